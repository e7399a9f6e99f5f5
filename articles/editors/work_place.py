"""Where on the list of work an editor is: what is done there carries it along, so that it leads back."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django import forms
from django.http import QueryDict
from django.urls import reverse

from articles.models import Changeset
from articles.models.uid import UID_PATTERN


class WorkPlaceForm(forms.Form):
    work = forms.CharField(max_length=500, required=False)
    of = forms.RegexField(r"^[a-z-]{1,20}$", required=False)
    next = forms.RegexField(rf"^{UID_PATTERN}$", required=False)


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """`work` is the query of the page, `of` the name of the list there, and `next` the id of the claim in the row to go
    on with, empty where there is none."""

    work: str = ""
    of: str = ""
    next: str = ""

    def address(self, uid: str) -> str:
        """Of the row of this claim."""
        return self._address(self.work, uid)

    def after(self, changeset: Changeset) -> str:
        """Of the row to go on with, on the page that says what was done."""
        kept = QueryDict(self.work, mutable=True)
        kept["done"] = changeset.uid
        return self._address(kept.urlencode(), self.next)

    def _address(self, query: str, uid: str) -> str:
        anchor = f"work-{self.of}-{uid}" if self.of and uid else self.of
        return f"{reverse('work_list')}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"


def work_place(asked: QueryDict) -> WorkPlace | None:
    """None for who did not come from there. What makes no place leads to the beginning."""
    if asked.get("back") != "work":
        return None
    form = WorkPlaceForm(asked)
    return WorkPlace(**form.cleaned_data) if form.is_valid() else WorkPlace()


def work_query(asked: QueryDict) -> str:
    """The page of work that is looked at, without what was done."""
    kept = asked.copy()
    kept.pop("done", None)
    return kept.urlencode()


def followers(uids: Iterable[str]) -> dict[str, str]:
    """For each of these ids of claims the next one; for the last one the one before it, if there is one."""
    rows = list(uids)
    return {**dict(zip(rows[1:], rows, strict=False)), **dict(pairwise(rows))}
