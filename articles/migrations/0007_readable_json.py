"""Letters in JSON as they are: SQLite keeps what it is given, and `\\u` escapes are found by no search."""

import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import articles.models.readable_json

COLUMNS = [("articles_changeset", "details"), ("articles_revision", "snapshot")]
BATCH = 500


def rewrite(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of the rows there are, those that hold an escape. Other databases keep JSON in a form of their own."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, column in COLUMNS:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} WHERE instr({column}, %s)", ["\\u"])
            ids = [pk for (pk,) in cursor.fetchall()]
            for start in range(0, len(ids), BATCH):
                some = ids[start : start + BATCH]
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(f"SELECT {column}, id FROM {table} WHERE id IN ({marks})", some)
                rows = [(json.dumps(json.loads(kept), ensure_ascii=False), pk) for kept, pk in cursor.fetchall()]
                cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", rows)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_article_revisions")]

    operations = [
        migrations.AlterField(
            model_name="changeset",
            name="details",
            field=models.JSONField(
                blank=True,
                default=dict,
                encoder=articles.models.readable_json.ReadableJSON,
                help_text="Counts, and what taking it back needs.",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="snapshot",
            field=models.JSONField(encoder=articles.models.readable_json.ReadableJSON),
        ),
        migrations.RunPython(rewrite, migrations.RunPython.noop),
    ]
