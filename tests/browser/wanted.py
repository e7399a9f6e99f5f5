"""Claims to be made in a browser, as a file of annotations has them, and those that were made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from articles.models import Answer, Article, Claim
from articles.text.numbers import Figure, read_number


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, as the file of claims has it."""

    question: str
    as_worded: str
    low: int | None = None
    high: int | None = None
    about: bool = False
    choice: str = ""
    place: str = ""
    words: str = ""

    @property
    def value(self) -> str:
        """What an editor enters: a slug where it is chosen, else words."""
        return (
            self.choice or self.place or Answer(words=self.words, low=self.low, high=self.high, about=self.about).value
        )

    @property
    def is_said_by_its_words(self) -> bool:
        """The words as they stand in the report are the answer."""
        figure = read_number(self.as_worded)
        return bool(self.words) or figure == Figure(self.low, self.high, self.about)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim to be made, or one that was. Answers are in the order of their questions' slugs."""

    source: str
    quotes: tuple[str, ...]
    speaker: str = ""
    cue: str = ""
    note: str = ""
    answers: tuple[Said, ...] = ()


def claims_of(file: Path) -> list[Wanted]:
    """The claims that a file of annotations holds."""
    return [_wanted(one) for one in json.loads(file.read_text())["first"]["items"]]


def _wanted(item: dict[str, Any]) -> Wanted:
    body, *notes = item["body"]
    return Wanted(
        source=body["source"].rpartition(":")[2],
        quotes=tuple(target["selector"][0]["exact"] for target in item["target"]),
        speaker=body["speaker"],
        cue=body["cue"],
        note=notes[0]["value"] if notes else "",
        answers=tuple(sorted((_said(one) for one in body.get("answers", [])), key=lambda one: one.question)),
    )


def _said(answer: dict[str, Any]) -> Said:
    return Said(**{"as_worded" if name == "asWorded" else name: value for name, value in answer.items()})


def claims_in(article: Article) -> list[Wanted]:
    """The claims that the database holds, in the order in which they were made."""
    claims = Claim.objects.in_article(article).select_related("source").order_by("pk")
    return [
        Wanted(
            source=claim.source.slug if claim.source else "",
            quotes=tuple(row.quote for row in claim.highlights.order_by("paragraph__position", "start")),
            speaker=claim.speaker,
            cue=claim.cue,
            note=claim.note,
            answers=tuple(_stored(claim)),
        )
        for claim in claims
    ]


def _stored(claim: Claim) -> Iterator[Said]:
    for row in claim.answers.select_related("question", "choice", "place").order_by("question__slug"):
        yield Said(
            question=row.question.slug,
            as_worded=row.as_worded,
            low=row.low,
            high=row.high,
            about=row.about,
            choice=row.choice.slug if row.choice else "",
            place=row.place.slug if row.place else "",
            words=row.words,
        )


class Place(NamedTuple):
    """Of words in an article: the position of their paragraph, and code points in it."""

    position: int
    start: int
    end: int


def place_of(article: Article, quote: str) -> Place:
    """Where these words stand, which must be one place."""
    (found,) = (row for row in article.paragraphs.all() if quote in row.text)
    start = found.text.index(quote)
    return Place(found.position, start, start + len(quote))
