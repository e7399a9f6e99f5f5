"""Edits of an article's data by a form: what two editors changed at once is told apart, part by part."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from articles.editors.article_forms import LABELS, ArticleEditForm, parts_given, parts_of, story_given
from articles.editors.leaving_story import Leaving, leaving_of, take_answers_away, unchecked_answering
from articles.importing.outcomes import Imported, Outcome
from articles.importing.pasted import FormError, FormMetadata, metadata_of_form
from articles.models import Article, Changeset, Claim
from articles.models.roles import Visitor
from articles.writing.editing import open_changeset
from articles.writing.holding import hold_claims
from articles.writing.publishing import save_metadata

# The fields of the model that each part of the form stands for; others have the same name.
_FIELDS = {"published": ("published_at", "published_offset", "published_time_known")}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part that two editors gave different values at once."""

    part: str
    theirs: str
    yours: str

    @property
    def label(self) -> str:
        return LABELS[self.part]


class PartsConflict(Exception):
    """`article` is as it is now, to base the next try on. Nothing was written."""

    def __init__(self, conflicts: Collection[Conflict], article: Article) -> None:
        super().__init__("Changed by somebody else in the meantime: " + ", ".join(one.part for one in conflicts))
        self.conflicts, self.article = conflicts, article


def edit_metadata(slug: str, form: ArticleEditForm, editor: Visitor) -> Article:
    """Saves the parts that the form changes; those that somebody else changed since, and the form did not, stay.

    The form must be valid. Raises PartsConflict, and FormError for a value that cannot be taken.
    """
    with transaction.atomic():
        if _may_leave(form):
            hold_claims(Claim.objects.in_articles([slug]))
        article = Article.objects.for_reading().select_for_update(of=("self",)).get(slug=slug)
        changed = _changed(article, form)
        if changed:
            _save(article, changed, form, editor)
    return article


def _may_leave(form: ArticleEditForm) -> bool:
    """Its story; then its claims are held before it, all of them, as any may be given an answer at just this time."""
    return bool(parts_given(form)["story"] != form.cleaned_data["filled"].get("story"))


def _changed(article: Article, form: ArticleEditForm) -> list[str]:
    """The parts that the form gives another value than they have."""
    filled, yours, now = form.cleaned_data["filled"], parts_given(form), parts_of(article)
    changed = [part for part in yours if yours[part] not in (filled.get(part), now[part])]
    changed = [part for part in changed if part not in form.cleaned_data["theirs"]]
    moved = [part for part in changed if now[part] != filled.get(part)]
    if moved:
        raise PartsConflict([Conflict(part, now[part], yours[part]) for part in moved], article)
    return changed


def _metadata(form: ArticleEditForm, changed: Collection[str]) -> FormMetadata:
    """Without the names of an outlet and a story that stay: what holds already need not be looked up again."""
    data, new_story = form.article_data(), form.cleaned_data["new_story"]
    if "outlet" not in changed:
        data = replace(data, outlet="")
    if "story" not in changed:
        data, new_story = replace(data, story=""), ""
    return metadata_of_form(data, new_story)


def _save(article: Article, changed: Collection[str], form: ArticleEditForm, editor: Visitor) -> None:
    leaving = leaving_of(article, story_given(form.cleaned_data)) if "story" in changed else None
    if leaving:
        _ask_leaving(article, leaving, form)
    metadata = _metadata(form, changed)
    result = Imported(metadata.file.text, Outcome.UPDATED)
    values = metadata.with_story(result).values((), result)
    names = [name for part in changed for name in _FIELDS.get(part, (part,))]
    for name in names:
        setattr(article, name, values[name])
    # What an editor states is inferred no longer.
    article.inferred = [part for part in article.inferred if part not in changed]
    metadata.check(article)
    summary = f"its data; {leaving.counted} went with its story" if leaving else "its data"
    changeset = open_changeset(Changeset.Kind.EDIT, editor, article, summary)
    if leaving:
        take_answers_away(article, changeset)
    save_metadata(article, [*names, "inferred"], changeset)


def _ask_leaving(article: Article, leaving: Leaving, form: ArticleEditForm) -> None:
    """Raises FormError unless the editor has agreed to what goes, and nothing else would go by it: a change settles
    what a claim that was carried over is to be looked at for."""
    field = "new_story" if form.cleaned_data["new_story"] else "story"
    if unchecked := unchecked_answering(article):
        claims = "1 claim that answers them was" if unchecked == 1 else f"{unchecked} claims that answer them were"
        raise FormError(
            f"Its claims answer questions of the story “{leaving.story}”, and go without these answers. But {claims} "
            "carried over and not checked yet: check that first, from Work.",
            field,
        )
    if not form.agrees_to_leave(leaving):
        raise FormError(
            f"Its claims give {leaving.counted} to questions of the story “{leaving.story}”. These go when the article "
            "leaves that story, and the history of each claim keeps them. Choose that story again, or tick that this "
            "is meant.",
            field,
        )


def set_read_through(article: Article, editor: Visitor, *, read: bool) -> None:
    """Who said last that all its claims are marked, and when; nobody, once somebody has taken it back."""
    article.read_through_at = timezone.now() if read else None
    article.read_through_by_id = editor.pk if read else None
    article.save(update_fields=["read_through_at", "read_through_by"])
