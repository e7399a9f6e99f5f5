"""Choosing what a claim points to, with a word on each row that tells it from the others."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from articles.admin.desk import DeskOptions
from articles.models import Choice, Claim, Place, Question, Source


def label(row: Model) -> str:
    """A choice alone (“unknown”) or a claim's id says too little."""
    match row:
        case Choice():
            return f"{row.question}: {row.label}"
        case Question():
            return f"{row.text} ({row.kind})"
        case Claim():
            return f"{row.source or row.proposed_source}: “{row.quote[:100]}”"
    return str(row)


def fitting(rows: QuerySet, claim: Claim) -> QuerySet:
    """Those of the rows that this claim may point to: of its story, of the version before its own."""
    if rows.model is Claim:
        return rows.filter(article=claim.article.revises_id)
    if rows.model in (Question, Place):
        return rows.filter(story=claim.article.story_id)
    return rows.filter(question__story=claim.article.story_id) if rows.model is Choice else rows


class ChoosingView(AutocompleteJsonView):
    def get_queryset(self) -> QuerySet:
        rows: QuerySet = super().get_queryset()
        rows = rows.select_related("question") if rows.model is Choice else rows
        number = self.request.GET.get("claim", "")
        claim = Claim.objects.select_related("article").filter(pk=number if number.isdecimal() else 0).first()
        return fitting(rows, claim) if claim else rows.none()

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(obj.pk), "text": label(obj)}


class ChoosingSelect(AutocompleteSelect):
    """Knows the row that its claim or answer has: looking it up again would cost a query for each field."""

    row: Model | None = None

    def __init__(self, field: ForeignKey, admin_site: Any, claim: str) -> None:
        super().__init__(field, admin_site)
        self.claim = claim

    def get_url(self) -> str:
        return f"{reverse('admin:articles_claim_choosing')}?claim={self.claim}"

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        choices: Any = self.choices
        choices.field.label_from_instance = label
        if self.row is None or list(value) != [str(self.row.pk)]:
            return super().optgroups(name, value, attr) if any(value) else self._options(name, [])
        return self._options(name, [self.create_option(name, self.row.pk, label(self.row), True, 1)])

    def _options(self, name: str, options: list[Any]) -> Any:
        empty = [] if self.is_required else [self.create_option(name, "", "", not options, 0)]
        return [(None, [*empty, *options], 0)]


class Choosing(DeskOptions):
    """For the page of a claim and what is edited on it."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields and request.resolver_match:
            claim = request.resolver_match.kwargs.get("object_id", "")
            kwargs["widget"] = ChoosingSelect(db_field, self.admin_site, claim)
        if db_field.related_model is Source:
            kwargs["queryset"] = Source.objects.in_use()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
