"""What the suggestions measured on texts that people had marked: `make bench-attribution`, docs/measured.md.

Written by hand from its output, in per cent; the page on suggestions and the one for editors print them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one group of claims: how many are marked, how many suggested; found at least in part, and right as they stand,
    speaker included: precision, recall, F1; how often the speaker is right."""

    group: str
    marked: int
    suggested: int
    partial: tuple[float, float, float]
    whole: tuple[float, float, float]
    speaker: float


@dataclass(frozen=True, slots=True)
class Band:
    """Suggestions that said to be so sure, in hundredths, and how many of them were right as they stood."""

    least: int
    below: int
    suggested: int
    right: float


DEV = (
    Measured("all", 2192, 1632, (85.6, 63.7, 73.1), (79.8, 59.4, 68.1), 94.1),
    Measured("with quotation marks", 711, 642, (93.1, 84.2, 88.5), (88.8, 80.3, 84.3), 95.5),
    Measured("without", 1481, 990, (80.7, 53.9, 64.6), (74.0, 49.4, 59.3), 93.1),
    Measured("with a common verb of saying", 1039, 1005, (91.7, 88.3, 90.0), (87.6, 85.0, 86.3), 96.6),
)
BANDS = (
    Band(90, 101, 589, 95.4),
    Band(80, 90, 367, 88.0),
    Band(70, 80, 255, 75.3),
    Band(60, 70, 177, 65.5),
    Band(43, 60, 244, 45.1),
)
# Precision of what is right as it stands, over all.
PRECISION = DEV[0].whole[0]
