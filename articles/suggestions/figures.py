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
    Measured("all", 2192, 1743, (81.1, 64.5, 71.9), (74.8, 59.4, 66.2), 93.0),
    Measured("with quotation marks", 711, 643, (92.5, 83.7, 87.9), (87.9, 79.5, 83.5), 95.1),
    Measured("without", 1481, 1100, (74.5, 55.3, 63.5), (67.1, 49.8, 57.2), 91.3),
    Measured("with a common verb of saying", 1039, 1019, (90.5, 88.4, 89.4), (86.8, 85.1, 85.9), 96.6),
)
BANDS = (
    Band(90, 101, 378, 94.4),
    Band(80, 90, 353, 85.3),
    Band(70, 80, 269, 80.7),
    Band(50, 70, 430, 64.4),
    Band(30, 50, 313, 48.2),
)
# Precision of what is right as it stands, over all.
PRECISION = DEV[0].whole[0]
