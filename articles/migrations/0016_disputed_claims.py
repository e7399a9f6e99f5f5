from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.writing import disputes, listing


def drop_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lists and tallies are no longer watched by the desk's stamp."""
    for table in ("articles_listed", "articles_tally"):
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for act in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS desk_stamp_{act}_{table}{on}")


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """By today's rule, whatever that has become. A later migration that gives lists another column fills them again in
    place of this one: nothing here can be older than what it calls."""
    rows = {name: apps.get_model("articles", name).objects.all() for name in ("claim", "article", "answer")}
    for name in ("listed", "tally"):
        apps.get_model("articles", name).objects.all().delete()
    listing.fill(rows["claim"], rows["article"], rows["answer"])
    disputes.recount(rows["answer"].order_by().values_list("question", flat=True).distinct())


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_desk_stamp"),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["language"], name="article_by_language"),
        ),
        migrations.RemoveIndex(model_name="tally", name="tally_most"),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["scope", "facet", "-number", "value"], name="tally_most"),
        ),
        migrations.AddField(
            model_name="listed",
            name="is_disputed",
            field=models.BooleanField(
                default=False, help_text="Whether accounts conflict on a question that it answers."
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="listed",
            index=models.Index(
                fields=["shelf", "age", "article", "place", "claim"],
                condition=models.Q(("is_disputed", True)),
                name="listed_disputed",
            ),
        ),
        # Last, so that no table is altered whose rows have just been written.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
