"""What is looked at in the admin, not changed there: lists of rows with links, in pages."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict

from articles.admin.desk import DeskAdmin

ROWS_PER_PAGE = 50


class ReadOnlyAdmin(DeskAdmin):
    """Rows that other parts of the desk write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PagedFormSet(BaseInlineFormSet):
    """One page of the rows. It takes no part in what a form sends: its rows may have been moved to another
    page, or deleted, since the form was opened."""

    parameter = ""
    query = QueryDict()

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(None, None, **kwargs)
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []

    @property
    def page(self) -> Page[Any]:
        if not hasattr(self, "_page"):
            rows: QuerySet[Any] = super().get_queryset()
            self._page = Paginator(rows, ROWS_PER_PAGE).get_page(self.query.get(self.parameter, "1"))
        return self._page

    def pages(self) -> Iterator[tuple[Any, str]]:
        """Number and address of each page; an ellipsis has none. The page of another list stays as it is."""
        for number in self.page.paginator.get_elided_page_range(self.page.number):
            query = self.query.copy()
            query[self.parameter] = str(number)
            yield number, f"?{query.urlencode()}#{self.prefix}-group" if isinstance(number, int) else ""

    def get_queryset(self) -> Any:
        return self.page.object_list

    def has_changed(self) -> bool:
        return False

    def is_valid(self) -> bool:
        return True

    def save(self, commit: bool = True) -> list[Any]:
        return []


class PagedInline(admin.TabularInline):
    """Rows of another kind, listed with links, 50 to a page. Forms for hundreds of rows would be more fields
    than a request may have."""

    extra = 0
    can_delete = False
    show_change_link = True
    template = "admin/articles/paged_inline.html"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        more = {"parameter": f"{self.opts.model_name}_page", "query": request.GET}
        formset = type("Paged", (PagedFormSet,), more)
        return super().get_formset(request, obj, formset=formset, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
