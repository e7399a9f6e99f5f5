"""Indexes go that begin as another one does, or that hold next to nothing but empty values: each is written with
every claim."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


class AlterIndex(migrations.AlterField):
    """Of a foreign key, and nothing else: SQLite would copy the whole table, and its triggers would be lost."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model, field = self._of(app_label, from_state)
        meta = to_state.apps.get_model(app_label, self.model_name)._meta
        kept = {index.name for index in meta.indexes}
        for name in schema_editor._constraint_names(model, [field.column], index=True, type_="idx", exclude=kept):
            schema_editor.execute(schema_editor._delete_index_sql(model, name))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model, field = self._of(app_label, to_state)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))

    def _of(self, app_label: str, state: Any) -> tuple[Any, Any]:
        model = state.apps.get_model(app_label, self.model_name)
        return model, model._meta.get_field(self.name)


def _to(model: str, related_name: str, **options: Any) -> models.ForeignKey[Any, Any]:
    options = {"on_delete": django.db.models.deletion.PROTECT, **options}
    return models.ForeignKey(db_index=False, related_name=related_name, to=model, **options)


_CASCADE, _SET_NULL = django.db.models.deletion.CASCADE, django.db.models.deletion.SET_NULL
_OR_NONE = {"null": True, "blank": True}


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_indexes_of_choices_and_places")]
    # PostgreSQL locks each table for a moment, and not all of them until the last is done. Run again, it goes on.
    atomic = False

    operations = [
        AlterIndex("answer", "claim", _to("articles.claim", "answers", on_delete=_CASCADE)),
        AlterIndex("answer", "choice", _to("articles.choice", "answers", **_OR_NONE)),
        AlterIndex("answer", "place", _to("articles.place", "answers", **_OR_NONE)),
        AlterIndex("claim", "article", _to("articles.article", "claims")),
        AlterIndex("claim", "source", _to("articles.source", "claims", **_OR_NONE)),
        AlterIndex(
            "claim",
            "continues",
            _to(
                "articles.claim",
                "continued_by",
                help_text="The same claim in the version before.",
                on_delete=_SET_NULL,
                **_OR_NONE,
            ),
        ),
        AlterIndex("articlerevision", "article", _to("articles.article", "revisions")),
        AlterIndex("choice", "question", _to("articles.question", "choices", on_delete=_CASCADE)),
        AlterIndex("sourcenumber", "article", _to("articles.article", "source_numbers", on_delete=_CASCADE)),
        AlterIndex("paragraph", "article", _to("articles.article", "paragraphs", on_delete=_CASCADE)),
    ]
