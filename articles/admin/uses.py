"""Uses: what keeps a row from being deleted, counted."""

from collections.abc import Iterator

from django.contrib.admin import site
from django.db.models import PROTECT, ManyToOneRel, Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Answer, Claim


def uses_of(row: Model) -> Iterator[SafeString]:
    """“Coalition: 12 claims”, with a link to these, for each kind of row that points to this one for good."""
    relations = [field for field in row._meta.get_fields(include_hidden=True) if isinstance(field, ManyToOneRel)]
    for relation in relations:
        if relation.on_delete is not PROTECT:
            continue
        rows = relation.related_model._default_manager.filter(**{relation.field.name: row})
        if count := rows.count():
            yield _use(row, relation.related_model, relation.field.name, count)


def _use(row: Model, model: type[Model], field: str, count: int) -> SafeString:
    names = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    if model is Answer:
        model, field = Claim, f"answers__{field}"
    if not site.is_registered(model):
        return format_html("{}: {} {}", row, count, names)
    address = reverse(f"admin:articles_{model._meta.model_name}_changelist")
    return format_html('{}: <a href="{}?{}__id__exact={}">{} {}</a>', row, address, field, row.pk, count, names)
