"""Tagging: what an editor does to claims, one act at a time. Each is one changeset, which can be undone.

An act that comes with a token is carried out once, however often it arrives: a double click and a retry after a
lost answer find what was done the first time.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import IntegrityError, transaction

from articles.loading import changeset_with_token, whole_claim
from articles.models import Answer, Article, Changeset, Claim, Source
from articles.models.roles import Visitor
from articles.snapshots import Draft, content
from articles.writing.editing import (
    EditError,
    changing,
    create_claims,
    delete_claims,
    open_changeset,
    rewrite_claim,
)
from articles.writing.new_sources import MADE
from articles.writing.passages import Passage, highlights_of

_FIRST = 60
# A quote that is all within quotation marks needs them no more in others; those within it are single ones then.
_WHOLE = re.compile(r"^[\"“„«‘](?P<words>[^\"“”„«»]*)[\"”“»’,]+$", re.DOTALL)
_INNER = str.maketrans('“”„«»"', "‘’‚‹›'")


class Repeated(EditError):
    """The token came before, with something else to do. Nothing was written."""

    def __init__(self, changeset: Changeset) -> None:
        super().__init__("This form was saved before, with other words in it.")
        self.changeset = changeset


@dataclass(frozen=True, slots=True)
class Entry:
    """What an editor says of a claim. The answers are rows that are not saved. `is_source_new`: it was made for this
    claim."""

    passages: tuple[Passage, ...]
    source: Source | None = None
    is_source_new: bool = False
    proposed_source: str = ""
    speaker: str = ""
    cue: str = ""
    note: str = ""
    status: str = Claim.Status.ACCEPTED
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, and the token of the form that asked for it; empty if nothing tells a second time apart."""

    editor: Visitor
    token: str = ""


def add_claim(article: Article, entry: Entry, act: Act) -> Changeset:
    """Raises EditError for an entry that breaks a rule, Repeated for a token that did something else."""
    draft = _draft(Claim(article=article), entry)

    def write(changeset: Changeset) -> None:
        create_claims([draft], changeset, are_new=True)

    return _once(Changeset.Kind.CREATE, article, act, (content(draft),), write, **_made_for(entry))


def edit_claim(claim: Claim, entry: Entry, act: Act) -> Changeset:
    """The claim must come from `whole`; its version says what the edit is based on. Raises EditConflict."""
    draft = draft_of(claim, entry)

    def write(changeset: Changeset) -> None:
        rewrite_claim(claim, draft, changeset)

    is_accepting = claim.status == Claim.Status.SUGGESTED and entry.status == Claim.Status.ACCEPTED
    quote = " … ".join(one.quote for one in entry.passages)
    summary = _accepted(entry.source, first_words(quote)) if is_accepting and entry.source else ""
    asked = (claim.uid, content(draft))
    return _once(Changeset.Kind.EDIT, claim.article, act, asked, write, summary, **_made_for(entry))


def _made_for(entry: Entry) -> dict[str, str]:
    return {MADE: entry.source.slug} if entry.source and entry.is_source_new else {}


def draft_of(claim: Claim, entry: Entry) -> Draft:
    """What an edit would make of the claim, not saved."""
    return _draft(Claim(article=claim.article, continues=claim.continues), entry, claim)


def retag_claim(claim: Claim, source: Source, act: Act) -> Changeset:
    """Another source for the same words. Accepts no suggestion by the way. The claim must come from `whole`.
    Raises EditConflict."""

    def write(changeset: Changeset) -> None:
        _rewrite(claim, changeset, source=source, proposed_source="")

    summary = f"now said by {source}: {_words(claim)}"
    return _once(Changeset.Kind.EDIT, claim.article, act, (claim.uid, source.slug), write, summary)


def accept_suggestion(claim: Claim, act: Act, source: Source | None = None) -> Changeset:
    """As it stands, or with another source. The claim must come from `whole`. Raises EditError where there is no
    source, also EditConflict."""
    _refuse_reviewed(claim)
    chosen = source or claim.source
    if chosen is None:
        raise EditError("It has no source yet: choose who says it.")

    def write(changeset: Changeset) -> None:
        _rewrite(claim, changeset, source=chosen, proposed_source="", status=Claim.Status.ACCEPTED)

    summary = _accepted(chosen, _words(claim))
    return _once(Changeset.Kind.EDIT, claim.article, act, (claim.uid, "accept", chosen.slug), write, summary)


def first_words(quote: str) -> str:
    """In quotation marks, so that whoever reads what was done knows to which claim."""
    words = " ".join(_WHOLE.sub(r"\g<words>", quote.strip(", ")).strip(", ").split()).translate(_INNER)
    if len(words) > _FIRST:
        # Not every script has blanks between its words.
        words = f"{words[:_FIRST].rpartition(' ')[0] or words[:_FIRST]} …"
    return f"“{words}”"


def _words(claim: Claim) -> str:
    return claim.led(first_words(claim.quote))


def _which(claim: Claim) -> str:
    """Who says what: enough to know a claim by that is gone."""
    return f"{claim.source or claim.proposed_source or 'nobody yet'}, {_words(claim)}"


def _accepted(source: Source, words: str) -> str:
    return f"accepted, said by {source}: {words}"


def accept_suggestions(article: Article, claims: Sequence[Claim], summary: str, act: Act) -> Changeset:
    """All of them, as they stand, or none. Raises EditError, EditConflict."""
    if not claims:
        raise EditError("No suggestion here is as sure as that and has a source.")

    def write(changeset: Changeset) -> None:
        with changing(claims, changeset):
            Claim.objects.with_uids([one.uid for one in claims]).update(status=Claim.Status.ACCEPTED)

    return _once(Changeset.Kind.BULK, article, act, tuple(one.uid for one in claims), write, summary)


def reject_suggestion(claim: Claim, act: Act) -> Changeset:
    """One without a source goes, as only a suggestion may have none; it stays restorable. The claim must come from
    `whole`. Raises EditError, EditConflict."""
    _refuse_reviewed(claim)

    def write(changeset: Changeset) -> None:
        if claim.source is None:
            delete_claims([claim], changeset)
        else:
            _rewrite(claim, changeset, status=Claim.Status.REJECTED)

    kind = Changeset.Kind.EDIT if claim.source else Changeset.Kind.REJECT
    return _once(kind, claim.article, act, (claim.uid, "reject"), write, f"rejected: {_words(claim)}")


def _refuse_reviewed(claim: Claim) -> None:
    if claim.status != Claim.Status.SUGGESTED:
        raise EditError(f"It is no suggestion any more: somebody has {claim.status} it.")


def delete_claim(claim: Claim, act: Act) -> Changeset:
    """It stays restorable, and undoing the changeset brings it back. Raises EditConflict."""

    def write(changeset: Changeset) -> None:
        delete_claims([claim], changeset)

    return _once(Changeset.Kind.DELETE, claim.article, act, (claim.uid,), write, _which(claim))


def drop_claim(claim: Claim, act: Act) -> Changeset:
    """Says that the outlet has dropped what it still said in the version before. The claim goes from this version, is
    not carried over into it again, and stays restorable. Raises EditError, EditConflict."""
    if claim.continues_id is None:
        raise EditError("It continues no claim of the version before, so the outlet has dropped nothing.")

    def write(changeset: Changeset) -> None:
        delete_claims([claim], changeset)

    return _once(Changeset.Kind.DROP, claim.article, act, (claim.uid,), write, _which(claim))


def confirm_claim(claim: Claim, act: Act) -> Changeset:
    """Says that an editor has looked at what was carried over, and that it is still right: nothing of it changes, but
    it needs no look any more. The claim must come from `whole`. Raises EditError, EditConflict."""
    if claim.continues_id is None:
        raise EditError("It continues no claim of the version before, so there is nothing that may be right still.")

    def write(changeset: Changeset) -> None:
        _rewrite(claim, changeset)

    summary = f"looked at, and still right: {first_words(claim.quote)}"
    return _once(Changeset.Kind.EDIT, claim.article, act, (claim.uid, "right"), write, summary)


def split_claim(claim: Claim, passage: str, act: Act) -> Changeset:
    """Makes one passage a claim of its own, with the same source and no answers: those stay where they are.

    `passage` is the id of its highlight. The claim must come from `whole`. Raises EditError, EditConflict.
    """

    def write(changeset: Changeset) -> None:
        draft = Draft.of(claim)
        own = [row for row in draft.highlights if row.uid == passage]
        others = [row for row in draft.highlights if row.uid != passage]
        if not own or not others:
            raise EditError("A claim is split where it has two passages or more, and this is one of them no longer.")
        new = Draft(_like(claim), own)
        rewrite_claim(claim, Draft(_like(claim, continues=claim.continues), others, draft.answers), changeset)
        create_claims([new], changeset, are_new=True)

    return _once(Changeset.Kind.SPLIT, claim.article, act, (claim.uid, passage), write)


def join_claims(claim: Claim, other: Claim, act: Act) -> Changeset:
    """Makes both one: the first takes the passages of the other, and its answers to questions that it does not
    answer itself. What continued the other continues the first. Both come from `whole`. Raises EditError."""
    if claim.pk == other.pk or claim.article_id != other.article_id:
        raise EditError("Choose another claim of the same article to join this one with.")
    mine, theirs = Draft.of(claim), Draft.of(other)
    answered = {answer.question_id for answer in mine.answers}
    added = [answer for answer in theirs.answers if answer.question_id not in answered]
    later = list(Claim.objects.continuing(other))
    joined = Draft(
        _like(claim, continues=claim.continues or other.continues),
        [*mine.highlights, *theirs.highlights],
        [*mine.answers, *added],
    )

    def write(changeset: Changeset) -> None:
        delete_claims([other], changeset)
        rewrite_claim(claim, joined, changeset)
        _continue(later, claim, changeset)

    summary = f"{_words(claim)} with {_words(other)}"
    return _once(Changeset.Kind.JOIN, claim.article, act, (claim.uid, other.uid), write, summary)


def _continue(later: Sequence[Claim], claim: Claim, changeset: Changeset) -> None:
    for one in later:
        one.refresh_from_db()
    with changing(later, changeset):
        for one in later:
            one.continues = claim
            one.save(update_fields=["continues"])


def _rewrite(claim: Claim, changeset: Changeset, **values: object) -> None:
    """The same but for these values. The claim must come from `whole`."""
    draft = Draft.of(claim)
    draft.claim = _like(claim, continues=claim.continues)
    for name, value in values.items():
        setattr(draft.claim, name, value)
    rewrite_claim(claim, draft, changeset)


def _like(claim: Claim, continues: Claim | None = None) -> Claim:
    names = ("article", "source", "proposed_source", "speaker", "cue", "note", "status")
    return Claim(continues=continues, **{name: getattr(claim, name) for name in names})


def _draft(claim: Claim, entry: Entry, before: Claim | None = None) -> Draft:
    for name in ("source", "proposed_source", "speaker", "cue", "note", "status"):
        setattr(claim, name, getattr(entry, name))
    return Draft(claim, highlights_of(entry.passages, before), list(entry.answers))


def _once(
    kind: Changeset.Kind,
    article: Article,
    act: Act,
    asked: tuple[object, ...],
    write: Callable[[Changeset], None],
    summary: str = "",
    **details: str,
) -> Changeset:
    digest = sha256(repr((kind, article.slug, asked)).encode()).hexdigest()
    details["asked"] = digest
    try:
        with transaction.atomic():
            changeset = open_changeset(kind, act.editor, article, summary, token=act.token, details=details)
            write(changeset)
            return changeset
    except IntegrityError:
        # A token is kept once, so it came before, be it a moment ago.
        if before := _done(act, digest):
            return before
        raise


def _done(act: Act, digest: str) -> Changeset | None:
    before = changeset_with_token(act.token) if act.token else None
    if before and before.details.get("asked") != digest:
        raise Repeated(before)
    if before:
        before.is_repeated = True
    return before


def stored(uid: str) -> Claim | None:
    """The claim as it is, with all its parts, and its article with its story. Set its version to the one that an act is
    based on."""
    return whole_claim(uid)
