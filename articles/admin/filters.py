"""Filters by a source, a story, an article: by a row of another kind."""

from typing import Any

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.safestring import SafeString

LISTED = 20


class RelatedFilter(RelatedFieldListFilter):
    """Few rows are listed, so that one click chooses and “Show counts” counts them. Many are searched for, in
    the field that foreign keys have in forms: thousands of links would fill the page, and thousands of counts
    the query. (RelatedOnlyFieldListFilter would not help: nearly every article has claims.)"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display: Any = f"no {self.title}"

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        rows = field.remote_field.model._default_manager.complex_filter(field.get_limit_choices_to())
        listed = [(row.pk, str(row)) for row in rows[: LISTED + 1]]
        if len(listed) <= LISTED:
            return listed
        self.template = "admin/articles/search_filter.html"
        widget = AutocompleteSelect(field, model_admin.admin_site)
        self.rows: Any = ModelChoiceField(rows, required=False, widget=widget)
        self.kept = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {*self.expected_parameters(), "p"}
        ]
        return []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> Any:
        """The form of the search sends an empty value when nothing was chosen: no filter."""
        value: Any = self.lookup_val
        return queryset if value == [""] else super().queryset(request, queryset)

    def select(self) -> SafeString:
        attributes = {"id": f"filter-{self.lookup_kwarg}", "aria-label": self.title}
        return self.rows.widget.render(self.lookup_kwarg, self.lookup_val or [], attributes)
