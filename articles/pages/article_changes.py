"""What changed between two versions of an article: in its words, in its claims, in its sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from django import forms

from articles.loading import with_parts
from articles.models import Answer, Article, Claim, Paragraph, Question, Source
from articles.models.roles import Visitor
from articles.pages.cards import tones_of
from articles.text.attribution_changes import names_in
from articles.text.comparing import Kind, Row, compare, is_typographic, stretches
from articles.text.differences import Change, Piece, differences, in_one_order


class ChangesForm(forms.Form):
    """`?with=` another version of the article, `?view=inline`, `?typographic=1`."""

    other = forms.CharField(required=False, max_length=140)
    view = forms.ChoiceField(choices=[("", "side by side"), ("inline", "in line")], required=False)
    typographic = forms.ChoiceField(choices=[("", "hidden"), ("1", "shown")], required=False)


class Fate(StrEnum):
    """What became of a claim of the version before. Of several that hold the first is its heading."""

    REATTRIBUTED = "attributed otherwise"
    NUMBER = "another number"
    ANSWERED = "another answer"
    REWORDED = "reworded"
    MOVED = "moved"
    ADDED = "added"
    DROPPED = "dropped"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class AnswerChange:
    question: Question
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim before and after; one of them is None where it is added or dropped."""

    before: Claim | None
    after: Claim | None
    fates: tuple[Fate, ...]
    answers: tuple[AnswerChange, ...]
    pieces: tuple[Piece, ...]
    tones: tuple[int, int]

    @property
    def claim(self) -> Claim:
        claim = self.after or self.before
        assert claim
        return claim

    @property
    def tone(self) -> int:
        return self.tones[1 if self.after else 0]


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the words: the paragraphs of both versions, and the claims that are marked in them. `departed` are
    the paragraphs that followed it and stand elsewhere now, each with its new place."""

    row: Row
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    claims: tuple[ClaimChange, ...]
    kinds: tuple[Kind, ...]
    departed: tuple[tuple[Paragraph, Paragraph], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Rows in a row that changed, or that did not."""

    is_unchanged: bool
    cells: tuple[Cell, ...]


def changes_page(
    versions: Sequence[Article], before: Article, after: Article, visitor: Visitor, *, typographic: bool
) -> dict[str, Any]:
    """Four queries: the paragraphs of both, claims, highlights, answers; one more if there are versions between."""
    paragraphs: dict[int, list[Paragraph]] = {before.pk: [], after.pk: []}
    for paragraph in Paragraph.objects.filter(article__in=[before, after]).order_by("position"):
        paragraphs[paragraph.article_id].append(paragraph)
    listed = Claim.objects.listed_for(visitor).filter(article__in=[before, after])
    claims = with_parts(listed.in_reading_order())
    olds = [claim for claim in claims if claim.article_id == before.pk]
    news = [claim for claim in claims if claim.article_id == after.pk]
    changed = claim_changes(olds, news, _links(before, after, news), tones_of(claims))
    sides = paragraphs[before.pk], paragraphs[after.pk]
    rows = list(_with_headings(compare(*([one.text for one in side] for side in sides)), *sides))
    cells = _cells(rows, *sides, changed, typographic)
    return {
        "before": before,
        "after": after,
        "versions": versions,
        "groups": [(fate, [one for one in changed if one.fates[0] is fate]) for fate in Fate],
        "reattributed": [one for one in changed if Fate.REATTRIBUTED in one.fates],
        "also": _also(changed),
        "numbers": [answer for one in changed for answer in one.answers if answer.question.kind == "number"],
        "sources_new": _sources_only_in(news, olds, tones_of(claims)),
        "sources_gone": _sources_only_in(olds, news, tones_of(claims)),
        "runs": [Run(same, tuple(run)) for same, run in groupby(cells, key=_is_unchanged)],
        "typographic": sum(stretch.kind is Kind.TYPOGRAPHIC for row in rows for stretch in row.stretches),
        "shows_typographic": typographic,
    }


def _links(before: Article, after: Article, claims: Iterable[Claim]) -> dict[int, int]:
    """From each claim of the later version to the one it continues, across the versions between them."""
    links = {claim.pk: claim.continues_id for claim in claims if claim.continues_id}
    if after.revises_id == before.pk:
        return links
    between = Claim.objects.filter(article__lineage=after.lineage, continues__isnull=False)
    chain = dict(between.exclude(article=before).values_list("pk", "continues"))
    for key, earlier in links.items():
        while (further := chain.get(earlier)) is not None:
            earlier = further
        links[key] = earlier
    return links


def claim_changes(
    olds: Sequence[Claim], news: Sequence[Claim], links: Mapping[int, int], tones: Mapping[int, int]
) -> list[ClaimChange]:
    """The claims of the later version in reading order, then those that only the one before has."""
    by_key = {claim.pk: claim for claim in olds}
    orders = {claim.pk: at for at, claim in enumerate(olds)}
    pairs: list[tuple[Claim | None, Claim | None]] = [(by_key.get(links.get(new.pk, 0)), new) for new in news]
    continued: dict[int, int] = {}
    for old, new in pairs:
        if old and new:
            continued.setdefault(old.pk, new.pk)
    followed = list(continued)
    staying = {followed[at] for at in in_one_order([orders[key] for key in followed])}
    pairs += [(old, None) for old in olds if old.pk not in continued]
    return [
        _claim_change(old, new, bool(old and old.pk in continued and old.pk not in staying), tones)
        for old, new in pairs
    ]


def _claim_change(old: Claim | None, new: Claim | None, is_moved: bool, tones: Mapping[int, int]) -> ClaimChange:
    both = (tones.get((old and old.source_id) or 0, 0), tones.get((new and new.source_id) or 0, 0))
    if old is None or new is None:
        return ClaimChange(old, new, (Fate.DROPPED if old else Fate.ADDED,), (), (), both)
    answers = tuple(_answer_changes(old, new))
    is_turned = old.denial != new.denial
    is_reworded = is_turned or (old.quote != new.quote and not is_typographic(old.quote, new.quote))
    found = {
        Fate.REATTRIBUTED: old.source_id != new.source_id or not is_same_speaker(old.speaker, new.speaker),
        Fate.NUMBER: any(one.question.kind == Question.Kind.NUMBER for one in answers),
        Fate.ANSWERED: any(one.question.kind != Question.Kind.NUMBER for one in answers),
        Fate.REWORDED: is_reworded,
        Fate.MOVED: is_moved,
    }
    fates = tuple(fate for fate, holds in found.items() if holds) or (Fate.KEPT,)
    pieces = (*_denials(old, new), *differences(old.quote, new.quote)) if is_reworded else ()
    return ClaimChange(old, new, fates, answers, pieces, both)


def _denials(old: Claim, new: Claim) -> list[Piece]:
    """What turns the words then and now, in front of them."""
    both = [(Change.GONE, old.denial), (Change.NEW, new.denial)]
    told = [(Change.SAME, new.denial)] if old.denial == new.denial else both
    pieces = [Piece(change, f"{denial}:") for change, denial in told if denial]
    return [*pieces, Piece(Change.SAME, " ")] if pieces else []


def is_same_speaker(one: str, other: str) -> bool:
    """Whether the words for one are all among those for the other: “Veale” and “Col. Thomas Veale”. Where no speaker
    is named, nothing says that it is another."""
    words, others = names_in(one), names_in(other)
    return words <= others or others <= words


def _answer_changes(old: Claim, new: Claim) -> Iterable[AnswerChange]:
    """On questions that both answer otherwise; words are compared as words."""
    before = {answer.question_id: answer for answer in old.answers.all()}
    for answer in new.answers.all():
        earlier = before.get(answer.question_id)
        if earlier and earlier.kind != Question.Kind.WORDS and _said(earlier) != _said(answer):
            yield AnswerChange(answer.question, earlier, answer)


def _said(answer: Answer) -> tuple[Any, ...]:
    return answer.low, answer.high, answer.about, answer.choice_id, answer.place_id


def _sources_only_in(
    claims: Sequence[Claim], others: Sequence[Claim], tones: Mapping[int, int]
) -> list[tuple[Source, int]]:
    """With their tones; by number of claims, then by name."""
    found = {claim.source.pk: claim.source for claim in claims if claim.source}
    counts = {key: sum(claim.source_id == key for claim in claims) for key in found}
    known = {claim.source_id for claim in others}
    ordered = sorted(found.values(), key=lambda source: (-counts[source.pk], source.name_key))
    return [(source, tones[source.pk]) for source in ordered if source.pk not in known]


def _with_headings(rows: Iterable[Row], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterable[Row]:
    """The rows, with a heading that is gone and the new one in its place as one. They may have no word in common, by
    which paragraphs find each other."""
    for is_paired, run in groupby(rows, key=lambda row: bool(row.old and row.new)):
        found = list(run)
        gone, came = [row for row in found if not row.new], [row for row in found if not row.old]
        if gone and came and not is_paired:
            one, other = old[gone[0].old[0]], new[came[0].new[0]]
            if one.kind == other.kind == Paragraph.Kind.HEADING:
                words = tuple(stretches(one.text, other.text))
                found = [Row(gone[0].old, came[0].new, words, is_moved=False), *gone[1:], *came[1:]]
        yield from found


def _cells(
    rows: Sequence[Row],
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    changed: Sequence[ClaimChange],
    typographic: bool,
) -> list[Cell]:
    marked: dict[int, list[ClaimChange]] = {}
    for change in changed:
        for key in dict.fromkeys(highlight.paragraph_id for highlight in change.claim.highlights.all()):
            marked.setdefault(key or 0, []).append(change)
    departures = _departures(rows)
    cells = []
    for row in rows:
        sides = tuple(old[at] for at in row.old), tuple(new[at] for at in row.new)
        claims = tuple(change for side in sides for one in side for change in marked.get(one.pk, ()))
        kinds = tuple(kind for kind in row.kinds if typographic or kind is not Kind.TYPOGRAPHIC)
        departed = tuple((old[gone.old[0]], new[gone.new[0]]) for gone in departures.get(row, ()))
        cells.append(Cell(row, *sides, claims, kinds, departed))
    return cells


def _departures(rows: Sequence[Row]) -> dict[Row, list[Row]]:
    """For each row that stayed, the rows that followed it in the old text and have moved."""
    staying = [row for row in rows if row.old and not row.is_moved]
    found: dict[Row, list[Row]] = {}
    for moved in sorted((row for row in rows if row.is_moved), key=lambda row: row.old):
        if before := max((row for row in staying if row.old < moved.old), key=lambda row: row.old, default=None):
            found.setdefault(before, []).append(moved)
    return found


# What the first sentence says of claims besides, where there are any: of one, of several.
_TOLD = {
    Fate.ANSWERED: ("is given another answer", "are given another answer"),
    Fate.REWORDED: ("is reworded", "are reworded"),
    Fate.ADDED: ("is added", "are added"),
    Fate.DROPPED: ("is dropped", "are dropped"),
}


def _also(changed: Sequence[ClaimChange]) -> list[str]:
    """“3 claims are reworded”, “1 is added”: of each its first fate, as the list below has them."""
    told: list[str] = []
    for fate, (of_one, of_several) in _TOLD.items():
        if count := sum(one.fates[0] is fate for one in changed):
            noun = "" if told else " claim" if count == 1 else " claims"
            told.append(f"{count}{noun} {of_one if count == 1 else of_several}")
    return told


def _is_unchanged(cell: Cell) -> bool:
    return not cell.kinds and not cell.row.is_moved and not cell.departed
