"""Fields of the forms by which editors bring articles in and change their data."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import now

from articles.text.language_tags import is_language_tag


def words_input(**attributes: str) -> forms.TextInput:
    """For words of any language, which may run from right to left."""
    return forms.TextInput({"dir": "auto", "autocomplete": "off", **attributes})


def code_input(**attributes: str) -> forms.TextInput:
    """For figures and signs, which always run from left to right."""
    return forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false", **attributes})


class OfferedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Takes any row of its own, by slug; of many, the last that came are offered."""

    def __init__(self, queryset: QuerySet[Any], **options: Any) -> None:
        super().__init__(queryset, to_field_name="slug", required=False, **options)
        self.rows = queryset

    def to_python(self, value: Any) -> Any:
        """PostgreSQL cannot be asked for what holds a zero byte."""
        if "\x00" in str(value or ""):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def offer(self, most: int, chosen: str, others: str) -> None:
        """So many, and the one that is chosen; `others` says how to come by the rest. One query, or two."""
        rows = {row.slug: row for row in self.rows.order_by("-pk")[: most + 1]}
        if len(rows) > most:
            rows.popitem()
            self.help_text = f"The {most} that came last. {others}"
        if chosen and "\x00" not in chosen and chosen not in rows:
            rows |= {row.slug: row for row in self.rows.filter(slug=chosen)}
        ordered = sorted(rows.values(), key=lambda row: (str(row).casefold(), row.slug))
        self.choices = [("", str(self.empty_label)), *((row.slug, str(row)) for row in ordered)]


class LanguageField(forms.CharField):
    default_error_messages = {
        "invalid": "This is no language tag. Write en, ar, ru, pt-BR …",
        "required": "Say which language the text is in: en, ar, ru, pt-BR …",
    }

    def validate(self, value: str) -> None:
        super().validate(value)
        if not is_language_tag(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def refuse_to_come(published: date | datetime | None) -> None:
    """Raises ValidationError for a day or a moment that is yet to come. It is tomorrow already somewhere."""
    last = now() + timedelta(days=1)
    if published and published > (last if isinstance(published, datetime) else last.date()):
        raise forms.ValidationError("This day is yet to come. Correct it, or leave it empty until then.")
