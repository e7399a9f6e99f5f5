"""What is looked at in the admin, not changed there: lists of rows with links, in pages."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

ROWS_PER_PAGE = 50


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that other parts of the desk write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PagedFormSet(BaseInlineFormSet):
    """Holds one page of the rows. The page's number is a parameter of the address."""

    parameter = ""
    number = "1"

    @property
    def page(self) -> Page[Any]:
        if not hasattr(self, "_page"):
            rows: QuerySet[Any] = super().get_queryset()
            self._page = Paginator(rows, ROWS_PER_PAGE).get_page(self.number)
        return self._page

    def get_queryset(self) -> Any:
        return self.page.object_list


class PagedInline(admin.TabularInline):
    """Rows of another kind, listed with links, 50 to a page. An inline with hundreds of forms would be too
    many fields for a request."""

    extra = 0
    can_delete = False
    show_change_link = True
    template = "admin/articles/paged_inline.html"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        parameter = f"{self.opts.model_name}_page"
        number = request.GET.get(parameter, "1")
        formset = type("Paged", (PagedFormSet,), {"parameter": parameter, "number": number})
        return super().get_formset(request, obj, formset=formset, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
