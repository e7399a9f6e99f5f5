"""Restoring: a claim as one of its revisions left it, highlights, answers and all."""

from typing import Any

from django.db import transaction

from articles.models import Answer, Article, Changeset, Choice, Claim, Highlight, Paragraph, Place, Question, Revision
from articles.models.roles import Visitor
from articles.models.source import Source
from articles.snapshots import Draft, Snapshot, content, whole
from articles.writing.editing import EditConflict, EditError, changing, create_claims, open_changeset, replace_claim
from articles.writing.new_sources import brought_back
from articles.writing.tagging import first_words
from newsdesk.compiled import Compiled

_ROWS: dict[Any, Compiled] = {
    Article: Compiled(lambda slug: Article.objects.named(slug).order_by()),
    Source: Compiled(lambda slug: Source.objects.filter(slug=slug).order_by()),
    Paragraph: Compiled(lambda article, position: Paragraph.objects.filter(article=article).at([position])),
    Question: Compiled(lambda slug: Question.objects.filter(slug=slug).order_by()),
    Choice: Compiled(lambda question, slug: Choice.objects.filter(question=question, slug=slug).order_by()),
    Place: Compiled(lambda slug: Place.objects.filter(slug=slug).order_by()),
}


def restore(revision: Revision, editor: Visitor, based_on: int | None = None) -> Claim:
    """Makes the claim what the revision says, as a new revision. A deleted claim comes back under its old id.

    `based_on` is the version that the editor saw as the current one, 0 for a deleted claim; None does not ask.
    Raises EditConflict when it has moved since, and EditError when something that the revision names is gone, or when
    the claim says the same already.
    """
    with transaction.atomic():
        draft = draft_from(revision.snapshot)
        summary = f"as of version {revision.version}: {first_words(revision.quote)}"
        changeset = open_changeset(Changeset.Kind.RESTORE, editor, draft.claim.article, summary)
        claim = Claim.objects.filter(uid=revision.claim_uid).first()
        if based_on is not None and based_on != (claim.version if claim else 0):
            raise EditConflict([claim] if claim else [])
        if claim is None:
            return bring_back(revision, draft, changeset)
        if _says(claim) == content(draft):
            raise EditError(f"The claim says what it said in version {revision.version} already.")
        with changing([claim], changeset):
            replace_claim(claim, draft)
        return claim


def _says(claim: Claim) -> Snapshot:
    return content(Draft.of(whole(Claim.objects.filter(pk=claim.pk)).get()))


def bring_back(revision: Revision, draft: Draft, changeset: Changeset) -> Claim:
    """A deleted claim under its old id; what continued it continues it again."""
    draft.claim.uid = revision.claim_uid
    (claim,) = create_claims([draft], changeset)
    later = list(Claim.objects.filter(uid__in=revision.snapshot["continued_by"], continues=None))
    with changing(later, changeset):
        for one in later:
            one.continues = claim
            one.save(update_fields=["continues"])
    return claim


def draft_from(kept: Snapshot) -> Draft:
    """The rows that a snapshot describes, not saved but for a source that comes back. Raises EditError when one it
    names is gone."""
    article = _named(Article, kept["article"])
    claim = Claim(
        article=article,
        source=_source(kept["source"]) if kept["source"] else None,
        continues=Claim.objects.filter(uid=kept["continues"]).first() if kept["continues"] else None,
        **{name: kept[name] for name in ("proposed_source", "speaker", "cue", "note", "status")},
    )
    return Draft(
        claim,
        [_highlight(article, row) for row in kept["highlights"]],
        [_answer(row) for row in kept["answers"]],
    )


def _source(slug: str) -> Source:
    """One that went with what was undone comes back."""
    found: list[Source] = _ROWS[Source].models(slug)
    if source := found[0].living() if found else brought_back(slug):
        return source
    raise _gone(Source, slug)


def _highlight(article: Article, row: Snapshot) -> Highlight:
    position = row["paragraph"]
    paragraph = None if position is None else _named(Paragraph, article, position)
    return Highlight(**{**row, "paragraph": paragraph})


def _answer(row: Snapshot) -> Answer:
    question = _named(Question, row["question"])
    choice = _named(Choice, question, row["choice"]) if row["choice"] else None
    place = _named(Place, row["place"]) if row["place"] else None
    return Answer(**{**row, "question": question, "choice": choice, "place": place})


def _named(model: Any, *names: Any) -> Any:
    """`names` are what `_ROWS` finds such a row by: words, places, rows that it belongs to."""
    found = _ROWS[model].models(*(getattr(name, "pk", name) for name in names))
    if not found:
        raise _gone(model, *names)
    return found[0]


def _gone(model: Any, *names: Any) -> EditError:
    what = ", ".join(map(str, names))
    return EditError(f"The {model._meta.verbose_name} “{what}” that this revision names is gone.")
