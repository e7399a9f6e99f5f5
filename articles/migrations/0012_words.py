from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import CASCADE

from articles import search

NAMES = ("claim", "article")


def make_tables(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Words are separated by blanks and hold letters and digits alone, which is what `ascii` takes to be words."""
    for name in NAMES:
        table = f"articles_{name}words"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, {table} tsvector NOT NULL)")
            schema_editor.execute(f"CREATE INDEX {table}_gin ON {table} USING gin ({table})")
        else:
            columns = "words, stems, note, note_stems, tokenize='ascii', prefix='3 4 5'"
            schema_editor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns})")


def drop_tables(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in NAMES:
        schema_editor.execute(f"DROP TABLE articles_{name}words")


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = {name: apps.get_model("articles", name).objects for name in ("claim", "highlight", "article", "paragraph")}
    search.fill_claims(rows["claim"].all(), rows["highlight"].all())
    search.fill_articles(rows["article"].all(), rows["paragraph"].all())


def table_of(name: str) -> migrations.CreateModel:
    return migrations.CreateModel(
        name=f"{name.title()}Words",
        fields=[
            (
                name,
                models.OneToOneField(
                    db_column="rowid",
                    on_delete=CASCADE,
                    primary_key=True,
                    related_name="words",
                    serialize=False,
                    to=f"articles.{name}",
                ),
            ),
        ],
        options={"verbose_name": "entry of the search index", "db_table": f"articles_{name}words", "managed": False},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_carrying_over"),
    ]

    operations = [
        table_of("claim"),
        table_of("article"),
        migrations.RunPython(make_tables, drop_tables),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
