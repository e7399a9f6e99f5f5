"""What all pages of the desk's admin share."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db.models import Count, Field, Model, OuterRef, Subquery, TextField, URLField
from django.db.models.functions import Coalesce
from django.forms import Media, ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles.admin.named_fields import name_date_and_time
from articles.admin.object_history import recorded
from articles.admin.uses import uses_of
from articles.models.listed import Listed
from articles.models.source_number import SourceNumber
from articles.models.words import ArticleWords, ClaimWords

# What the desk itself keeps beside the rows, by its names for one and for several: nobody who deletes needs to know.
_KEPT_BESIDE = {
    str(model._meta.verbose_name): str(model._meta.verbose_name_plural)
    for model in (ClaimWords, ArticleWords, Listed, SourceNumber)
}


class DeskOptions(BaseModelAdmin):
    """For admins and inlines alike."""

    formfield_overrides = {
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a foreign key stand links to change or view the row chosen, none to delete it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name_date_and_time(field)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class DeletingUnused(ModelAdmin):
    """What is in use is not deleted, whoever registered it."""

    delete_confirmation_template = "admin/articles/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/articles/delete_selected_confirmation.html"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The page says what uses it: counts, not thousands of rows."""
        if in_use := [use for row in objs for use in uses_of(row)]:
            return [], {}, set(), in_use
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        counts = {name: count for name, count in counts.items() if name not in _KEPT_BESIDE.values()}
        return list(_meant(rows)), counts, lacking, protected


def _meant(rows: Iterable[Any]) -> Iterator[Any]:
    """Django's list of what goes, each row followed by the list of what goes with it, without what is kept beside."""
    for row in rows:
        if isinstance(row, list):
            if meant := list(_meant(row)):
                yield meant
        elif not row.startswith(tuple(f"{capfirst(name)}: " for name in _KEPT_BESIDE)):
            yield row


class DeskAdmin(DeskOptions, DeletingUnused):
    """`origin` says above the list where rows that the admin cannot add come from."""

    origin = ""
    list_per_page = 50

    @property
    def media(self) -> Media:
        """With what a filter needs that searches, which Django loads on forms only."""
        select = AutocompleteSelect(self.model._meta.get_field("id"), self.admin_site)
        return super().media + select.media + Media(js=["admin/js/autocomplete.js", "js/admin_fields.js"])

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "origin": self.origin})

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """With what the desk has on record; where that is nothing, with why."""
        row = self.get_object(request, unquote(object_id))
        more = recorded(row, request) if row else {}
        otherwise = self.origin or f"What imports and editors do to {self.opts.verbose_name_plural} is not on record."
        return super().history_view(request, object_id, {**more, "otherwise": otherwise, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Writes what the form changed: what the desk counts beside it may have moved since the row was read."""
        obj.save(update_fields=form.changed_data if change else None)


class LastingForm(ModelForm):
    """Holds fast what other rows rely on once the row is saved. Slugs stand in addresses, in files and in
    revisions, so they never change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.hold("slug", why="Stands in addresses and revisions, so it stays.")
            self.hold_what_is_used()

    def hold_what_is_used(self) -> None:
        """For forms whose rows have more to hold than the slug."""

    def hold(self, *names: str, why: str) -> None:
        for name in names:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = why


def count_of(field: Any) -> Coalesce:
    """How many rows have the outer row in this foreign key. Several such counts do not multiply each other."""
    rows = field.field.model._default_manager.order_by().filter(**{field.field.name: OuterRef("pk")})
    return Coalesce(Subquery(rows.values(field.field.name).annotate(n=Count("pk")).values("n")), 0)


def link_to_list(model: type[Model], lookup: str, row: Model, words: Any) -> SafeString:
    """A link to the rows of the model that have this row."""
    address = reverse(f"admin:articles_{model._meta.model_name}_changelist")
    return format_html('<a href="{}?{}__id__exact={}">{}</a>', address, lookup, row.pk, words)
