"""Fields that Django's pages show without a label of their own: here they have a name for who does not see them."""

from typing import Any

from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms import Field, ModelForm
from django.forms.models import BaseInlineFormSet


class NamedRows(BaseInlineFormSet):
    """A table of rows to be edited: each field is named by its column and its row."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        row = str(form.instance) if form.instance.pk else f"new {form.instance._meta.verbose_name}"
        for name, field in form.fields.items():
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = f"{field.label or name}: {row}"


def name_date_and_time(field: Field | None) -> None:
    """Of a moment, which has two fields and one label for both."""
    widget: Any = getattr(field, "widget", None)
    if field and isinstance(widget, AdminSplitDateTime):
        for one, part in zip(widget.widgets, ("date", "time"), strict=True):
            one.attrs["aria-label"] = f"{field.label}: {part}"
