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
    Measured("all", 2192, 1696, (82.5, 63.9, 72.0), (76.6, 59.3, 66.8), 93.6),
    Measured("with quotation marks", 711, 638, (92.5, 83.1, 87.6), (88.1, 79.2, 83.4), 95.4),
    Measured("without", 1481, 1058, (76.6, 54.6, 63.8), (69.7, 49.7, 58.0), 92.3),
    Measured("with a common verb of saying", 1039, 1010, (91.0, 88.1, 89.5), (87.1, 85.0, 86.0), 96.8),
)
BANDS = (
    Band(90, 101, 426, 94.6),
    Band(80, 90, 398, 84.9),
    Band(70, 80, 239, 84.9),
    Band(50, 70, 416, 65.6),
    Band(30, 50, 217, 37.8),
)
# Precision of what is right as it stands, over all.
PRECISION = DEV[0].whole[0]
