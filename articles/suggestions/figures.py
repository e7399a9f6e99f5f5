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
    Measured("all", 2192, 1704, (80.8, 62.8, 70.6), (74.3, 57.8, 65.0), 92.8),
    Measured("with quotation marks", 711, 629, (92.4, 81.9, 86.8), (87.4, 77.5, 82.2), 94.8),
    Measured("without", 1481, 1075, (74.0, 53.6, 62.2), (66.6, 48.3, 56.0), 91.3),
    Measured("with a common verb of saying", 1039, 993, (90.1, 86.1, 88.1), (86.7, 82.9, 84.7), 96.5),
)
BANDS = (
    Band(90, 101, 374, 93.3),
    Band(80, 90, 346, 84.7),
    Band(70, 80, 264, 81.1),
    Band(50, 70, 415, 63.9),
    Band(30, 50, 305, 47.5),
)
# Precision of what is right as it stands, over all.
PRECISION = DEV[0].whole[0]
