"""Lived: what became of suggestions at the desk, by source, by reporting word, and by how sure they were."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.models import Changeset, Claim, Revision, Source, Suggestion
from articles.snapshots import Snapshot
from articles.suggestions.figures import BANDS, PRECISION

# Parts of a suggestion that an editor may correct. To name the source of one that had none corrects nothing.
PARTS = ("words", "source", "speaker", "cue")


@dataclass(slots=True)
class Tally:
    """Of suggestions that were reviewed: accepted as they stood, corrected and then accepted, rejected. One may be
    corrected in several parts. `benchmark` is what was measured on marked texts, in per cent."""

    name: str
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    benchmark: float = PRECISION

    @property
    def reviewed(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def right(self) -> float:
        """In per cent of those reviewed."""
        return 100 * self.accepted / self.reviewed if self.reviewed else 0.0

    @property
    def by_part(self) -> list[int]:
        return [self.parts[part] for part in PARTS]

    def add(self, corrected: list[str] | None) -> None:
        """None: it was rejected."""
        if corrected is None:
            self.rejected += 1
        elif corrected:
            self.corrected += 1
            self.parts.update(corrected)
        else:
            self.accepted += 1


@dataclass(frozen=True, slots=True)
class Lived:
    total: Tally
    waiting: int
    by_source: list[Tally]
    by_word: list[Tally]
    by_confidence: list[Tally]


def lived() -> Lived:
    """Over the whole desk. Four queries, and memory for two revisions of each suggestion."""
    total, by_source, by_word = Tally("all"), _Tallies(), _Tallies()
    bands = {(one.least, one.below): Tally(_band(one.least, one.below), benchmark=one.right) for one in BANDS}
    rows = {row.claim_uid: row for row in Suggestion.objects.all()}
    names = dict(Source.objects.values_list("slug", "name"))
    for uid, first, corrected in _reviewed():
        row = rows.get(uid)
        tallies = [total, by_source[names.get(first["source"] or "", first["source"]) or "no source proposed"]]
        if row:
            tallies.append(by_word[row.word])
            tallies += [one for (least, below), one in bands.items() if least <= row.confidence < below]
        for tally in tallies:
            tally.add(corrected)
    waiting = Claim.objects.waiting().with_uids(Suggestion.objects.values("claim_uid")).count()
    return Lived(total, waiting, by_source.most_first(), by_word.most_first(), list(bands.values()))


class _Tallies(defaultdict[str, Tally]):
    def __missing__(self, name: str) -> Tally:
        self[name] = Tally(name)
        return self[name]

    def most_first(self) -> list[Tally]:
        return sorted(self.values(), key=lambda one: (-one.reviewed, one.name.casefold()))


def _band(least: int, below: int) -> str:
    return f"{least} % and more" if below > 100 else f"{least} to {below - 1} %"


def _reviewed() -> Iterator[tuple[str, Snapshot, list[str] | None]]:
    """For each suggestion that somebody has decided on: its id, what was proposed, and which parts were corrected."""
    for uid, revisions in _by_claim(Revision.objects.of_suggestions().iterator(2_000)):
        at = max(place for place, one in enumerate(revisions) if one.changeset.kind == Changeset.Kind.SUGGEST)
        first, last = revisions[at], revisions[-1]
        is_gone = last.changeset.kind in {Changeset.Kind.DELETE, Changeset.Kind.REJECT}
        if is_gone or last.snapshot["status"] == Claim.Status.REJECTED:
            yield uid, first.snapshot, None
        elif last.snapshot["status"] == Claim.Status.ACCEPTED:
            yield uid, first.snapshot, list(_corrected(first.snapshot, last.snapshot))


def _by_claim(revisions: Iterable[Revision]) -> Iterator[tuple[str, list[Revision]]]:
    """They come claim by claim."""
    some: list[Revision] = []
    for one in revisions:
        if some and some[0].claim_uid != one.claim_uid:
            yield some[0].claim_uid, some
            some = []
        some.append(one)
    if some:
        yield some[0].claim_uid, some


def _corrected(first: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[str]:
    if _places(first) != _places(last):
        yield "words"
    if first["source"] and first["source"] != last["source"]:
        yield "source"
    for part in ("speaker", "cue"):
        if first[part] != last[part]:
            yield part


def _places(kept: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [(row["paragraph"], row["start"], row["end"]) for row in kept["highlights"]]
