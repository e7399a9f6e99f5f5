"""Conflicts: two editors changed one claim. What each of them says, part by part, and choosing between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from articles.editors.claim_form import ClaimForm
from articles.models import Claim, Revision
from articles.pages.history import compared
from articles.snapshots import Draft, Snapshot, snapshot
from articles.text.differences import Piece, differences
from articles.writing.passages import passages_of

_FIELDS = {
    "Source": ("source", "source_name", "source_code", "source_kind"),
    "Proposed source": ("proposed_source",),
    "Speaker": ("speaker",),
    "Cue": ("cue",),
    "Status": ("status",),
    "Note": ("note",),
}
WORDS = "Words"


@dataclass(frozen=True, slots=True)
class Clash:
    """One part in which what is saved differs from what the editor sends. `is_theirs_alone`: the editor left it as
    it was, so that only the other one has changed it."""

    part: str
    theirs: str
    yours: str
    pieces: tuple[Piece, ...]
    is_theirs_alone: bool


def clashes(claim: Claim, based_on: int, yours: Snapshot) -> list[Clash]:
    """The claim as it is now must come from `whole`; `yours` is the content of the draft that was refused."""
    theirs = snapshot(Draft.of(claim))
    base = Revision.objects.of_claims([claim.uid]).of_version(based_on).first()
    now, mine, before = compared(theirs, yours, base.snapshot if base else theirs)
    return [
        Clash(
            part=part,
            theirs=now.get(part, ""),
            yours=mine.get(part, ""),
            pieces=tuple(differences(now.get(part, ""), mine.get(part, ""))),
            is_theirs_alone=base is not None and mine.get(part) == before.get(part),
        )
        for part in dict.fromkeys([*now, *mine])
        if part != "Continues" and now.get(part) != mine.get(part)
    ]


def with_theirs(data: QueryDict, parts: Sequence[str], claim: Claim) -> QueryDict:
    """The data of the form, with what is saved now in place of these parts."""
    if not parts:
        return data
    saved = ClaimForm(claim.article, claim)
    questions = {form.question.text: form for form in saved.answers}
    chosen = data.copy()
    for part in parts:
        if part == WORDS:
            chosen.setlist("at", [one.written for one in passages_of(claim)])
        elif part in _FIELDS:
            _put(chosen, {name: saved[name].value() for name in _FIELDS[part]})
        elif form := questions.get(part):
            _put(chosen, {form.add_prefix(name): form[name].value() for name in form.fields})
    return chosen


def _put(data: QueryDict, values: dict[str, object]) -> None:
    for name, value in values.items():
        data[name] = "" if value is None else str(value)
