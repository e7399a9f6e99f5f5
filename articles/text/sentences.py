"""Sentences: where one ends and the next begins. The one rule for it."""

import re
from collections.abc import Iterator

from articles.text.kinds import CLOSING_MARKS, OPENING_MARKS, SENTENCE_MARKS

# After these a point ends no sentence; nor after a single capital.
_ABBREVIATIONS = (
    *("Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Sens", "Rep", "Reps", "Gov", "Pres", "Rev", "Hon", "St", "Jr", "Sr"),
    *("Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Sgt", "Cpl", "Pvt", "Spc", "Adm", "Brig", "Supt", "Det"),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"),
    *("No", "Nos", "vs", "Inc", "Ltd", "Co", "Corp", "Mt", "Ft", "[A-Z]"),
)
# A small letter begins no sentence: “Who fired?” he asked.
_BEGINS = "[^\\W\\d_a-zß-öø-ÿ]"
_END = re.compile(
    rf"(?<=[{SENTENCE_MARKS}])"
    + "".join(rf"(?<!\b{abbreviation}\.)" for abbreviation in _ABBREVIATIONS)
    + rf"[{CLOSING_MARKS}]*(?=\s+[{OPENING_MARKS}]*{_BEGINS})"
)


def sentence_ends(text: str) -> Iterator[int]:
    """Where sentences end within a text, in order: after the closing marks. The end of the text is not among them."""
    return (match.end() for match in _END.finditer(text))
