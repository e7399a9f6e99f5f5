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
    Measured("all", 2192, 1571, (85.7, 61.5, 71.6), (80.9, 58.0, 67.6), 94.9),
    Measured("with quotation marks", 711, 631, (93.0, 82.7, 87.6), (88.9, 79.0, 83.7), 95.6),
    Measured("without", 1481, 940, (80.9, 51.2, 62.7), (75.5, 47.9, 58.6), 94.4),
    Measured("with a common verb of saying", 1039, 994, (91.6, 87.3, 89.4), (88.0, 84.4, 86.2), 97.0),
)
BANDS = (
    Band(90, 101, 396, 96.0),
    Band(80, 90, 539, 87.8),
    Band(70, 80, 240, 79.2),
    Band(60, 70, 214, 64.0),
    Band(47, 60, 182, 50.0),
)
# Precision of what is right as it stands, over all.
PRECISION = DEV[0].whole[0]
