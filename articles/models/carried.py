"""Claims that were carried over from the version before of their article, and want an editor's eye."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KT

from articles.models.article import Article
from articles.models.revision import Changeset, Revision
from articles.models.source import Source

_Claim = TypeVar("_Claim", bound=models.Model)


class CarriedQuerySet(models.QuerySet[_Claim]):
    def with_orphans(self) -> Self:
        """Those of whose highlights one or more are not found in the text any more, in articles that were not
        withdrawn."""
        return self.filter(self._with_a_highlight("orphaned"))._not_withdrawn()

    def carried_unchecked(self) -> Self:
        """Carried over from the version before, and not looked at since, in articles that were not withdrawn. A look is
        what an editor does to the claim: no merge, nor what becomes of the one before, which is of another article."""
        looked_at = Exists(Revision.objects.looks_at(OuterRef("uid"), OuterRef("article")))
        carried = self.filter(made_in__kind=Changeset.Kind.CARRY)
        return carried.filter(Q(version=1) | _moved_by_others() & ~looked_at)._not_withdrawn()

    def attributed_otherwise(self) -> Self:
        return self.carried_unchecked().filter(is_doubtful=True)

    def reworded(self) -> Self:
        """Without those that may be attributed otherwise as well: their editor settles both at once."""
        return self.carried_unchecked().filter(self._with_a_highlight("reworded"), is_doubtful=False)

    def unsure(self) -> Self:
        """Those of either kind."""
        return self.carried_unchecked().filter(Q(is_doubtful=True) | self._with_a_highlight("reworded"))

    def _not_withdrawn(self) -> Self:
        return self.exclude(article__status=Article.Status.WITHDRAWN)

    def _with_a_highlight(self, state: str) -> Q:
        return Q(pk__in=self.model._default_manager.filter(highlights__state=state).order_by().values("pk"))


def _moved_by_others() -> Q:
    """Those whose source was merged, be it for a while, or whose claim before went or came again. All that were looked
    at have moved, and to ask each for its revisions costs 3 µs, whenever work is counted."""
    named = Changeset.objects.filter(kind=Changeset.Kind.MERGE, article=None).values(slug=KT("details__source"))
    merged = Source.objects.filter(Q(slug__in=named) | Q(pk__in=Source.objects.merged().values("merged_into")))
    return Q(source__in=merged.values("pk")) | Q(continues=None) | Q(continues__gt=F("pk"))
