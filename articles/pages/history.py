"""History: the revisions of a claim as a list that can be read: who, when, what, in which words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.models import Answer, Article, Changeset, Choice, Claim, Highlight, Place, Question, Revision, Source
from articles.snapshots import Draft, Snapshot, content_of, snapshot, whole
from articles.text.differences import Piece, differences
from articles.writing.tagging import first_words
from articles.writing.undoing import claims_brought_by

# What ends a claim, in words.
_GONE = {
    Changeset.Kind.DELETE: "Deleted",
    Changeset.Kind.DROP: "Taken out: the outlet has dropped it",
    Changeset.Kind.REJECT: "Rejected and deleted",
    Changeset.Kind.JOIN: "Joined with another claim, which has its words now",
}

_BRINGING_BACK = (Changeset.Kind.RESTORE, Changeset.Kind.IMPORT)


@dataclass(frozen=True, slots=True)
class Changed:
    """One part of a claim, with what went and what came."""

    part: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of the claim, and what it changed in the one before; in the first version all is new. Where it
    changed nothing, `what` says what happened; `into` is the id of the claim that took its words over. `is_as_last`: it
    says what the last one does. `is_reworded`: it was carried over to other words. `brought`: how many claims the
    import brought that made it, all of which an editor can take back together."""

    version: int
    changeset: Changeset
    changes: tuple[Changed, ...]
    what: str = ""
    into: str = ""
    is_as_last: bool = False
    is_reworded: bool = False
    brought: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """Newest first. `current` is the claim's version now, 0 if it is deleted."""

    uid: str
    entries: tuple[Entry, ...]
    current: int
    article: Article | None


def history_of(uid: str) -> History | None:
    """None if there never was such a claim. Runs a fixed number of queries, however many revisions there are; a few
    more where an import can be taken back."""
    claim = whole(Claim.objects.with_uid(uid)).select_related("made_in__editor", "article__story").first()
    revisions = list(Revision.objects.of_claims([uid]).newest_first())
    if claim is None and not revisions:
        return None
    versions = [(one.version, one.changeset, one.snapshot) for one in reversed(revisions)]
    if claim and not versions:
        versions = [(claim.version, claim.made_in, snapshot(Draft.of(claim)))]
    entries = _with_what_happened(_entries(versions), uid, is_gone=claim is None)
    if claim and (last := entries[-1]).changeset.is_of_annotations:
        entries[-1] = replace(last, brought=claims_brought_by(last.changeset))
    return History(
        uid=uid,
        entries=tuple(reversed(entries)),
        current=claim.version if claim else 0,
        article=claim.article if claim else Article.objects.named(versions[-1][2]["article"]).first(),
    )


def compared(*kept: Snapshot) -> list[dict[str, str]]:
    """The parts of each, in words, by their names. Four queries, and one or two for what they continue."""
    words = _Words(kept)
    return [words.parts(one) for one in kept]


def _entries(versions: Sequence[tuple[int, Changeset, Snapshot]]) -> list[Entry]:
    words = _Words([kept for _, _, kept in versions])
    parts, last = [words.parts(kept) for _, _, kept in versions], content_of(versions[-1][2])
    return [
        Entry(
            version,
            changeset,
            _changes(before, now),
            is_as_last=content_of(kept) == last,
            is_reworded=any(row["state"] == "reworded" for row in kept["highlights"]),
        )
        for (version, changeset, kept), before, now in zip(versions, [{}, *parts], parts, strict=False)
    ]


def _with_what_happened(entries: Sequence[Entry], uid: str, *, is_gone: bool) -> list[Entry]:
    """What went or came back as a whole changed none of its parts. One query more where claims were joined."""
    joined = [one.changeset.pk for one in entries if one.changeset.kind == Changeset.Kind.JOIN and not one.changes]
    into = Revision.objects.joined_into(uid, joined) if joined else {}
    told: list[Entry] = []
    for at, entry in enumerate(entries):
        was_gone = bool(told) and told[-1].what in _GONE.values()
        # What undoes its making is of the same kind as what brings it back.
        if entry.changes:
            what = ""
        elif was_gone:
            what = "Brought back"
        elif _is_first_look(entries, at):
            what = (
                "Its new words were looked at and found right"
                if entry.is_reworded
                else "It was looked at and found right"
            )
        elif is_gone if entry is entries[-1] else _has_ended(entry.changeset, entries[at + 1].changeset):
            what = _GONE.get(Changeset.Kind(entry.changeset.kind), "Deleted")
        else:
            what = "Nothing that is shown changed"
        told.append(replace(entry, what=what, into=into.get(entry.changeset.pk, "")))
    return told


def _is_first_look(entries: Sequence[Entry], at: int) -> bool:
    """Whether an editor saved here, as it was, what had been carried over and nobody had looked at since."""
    before = entries[:at]
    carried = bool(before) and before[0].changeset.kind == Changeset.Kind.CARRY
    looks = [one for one in before if one.changeset.looks_at(one.changeset.article_id or 0)]
    return carried and not looks and entries[at].changeset.kind == Changeset.Kind.EDIT


def _has_ended(changeset: Changeset, following: Changeset) -> bool:
    """Whether an act that changed no part of a claim took it away: then only what brings claims back can follow."""
    return (changeset.is_ending or changeset.is_restoring) and following.kind in _BRINGING_BACK


def _changes(before: dict[str, str], after: dict[str, str]) -> tuple[Changed, ...]:
    return tuple(
        Changed(part, tuple(differences(before.get(part, ""), after.get(part, ""))))
        for part in dict.fromkeys([*before, *after])
        if before.get(part, "") != after.get(part, "")
    )


class _Words:
    """What the slugs and ids in snapshots stand for. A row that is gone is called by its slug."""

    def __init__(self, kept: Sequence[Snapshot]) -> None:
        answers = [answer for one in kept for answer in one["answers"]]
        questions = {answer["question"] for answer in answers}
        self.sources = dict(Source.objects.filter(slug__in={one["source"] for one in kept}).values_list("slug", "name"))
        self.questions = dict(Question.objects.filter(slug__in=questions).values_list("slug", "text"))
        self.places = dict(
            Place.objects.filter(slug__in={answer["place"] for answer in answers}).values_list("slug", "name")
        )
        self.continued = self._continued({one["continues"] for one in kept if one["continues"]})
        choices = Choice.objects.filter(question__slug__in=questions)
        self.choices = {
            (question, slug): label for question, slug, label in choices.values_list("question__slug", "slug", "label")
        }

    def _continued(self, uids: set[str]) -> dict[str, str]:
        """One query, none for none; one more for those that are deleted."""
        quotes = Highlight.objects.quotes_of(uids)
        quotes |= Revision.objects.last_quotes(uids - quotes.keys())
        return {uid: first_words(quote) for uid, quote in quotes.items()}

    def parts(self, kept: Snapshot) -> dict[str, str]:
        """The parts of a claim, each in words. Empty ones are left out."""
        parts = {
            "Source": self.sources.get(kept["source"], kept["source"] or ""),
            "Proposed source": kept["proposed_source"],
            "Speaker": kept["speaker"],
            "Cue": kept["cue"],
            "Status": kept["status"],
            "Words": " … ".join(self._highlight(row) for row in kept["highlights"]),
            **{self.questions.get(row["question"], row["question"]): self._answer(row) for row in kept["answers"]},
            "Continues": self.continued.get(kept["continues"], "a claim that is gone") if kept["continues"] else "",
            "Note": kept["note"],
        }
        return {part: words for part, words in parts.items() if words}

    def _highlight(self, row: Snapshot) -> str:
        return row["quote"] if row["state"] == "placed" else f"{row['quote']} ({row['state']})"

    def _answer(self, row: Snapshot) -> str:
        choice = self.choices.get((row["question"], row["choice"]), row["choice"])
        place = self.places.get(row["place"], row["place"])
        value = choice or place or row["words"] or Answer(low=row["low"], high=row["high"], about=row["about"]).value
        return value if value == row["as_worded"] else f"{value} (as worded: {row['as_worded']})"
