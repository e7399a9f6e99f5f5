"""The story that an import read: found by a key, where its slug in the details had to be searched for."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def note_stories(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    changesets = apps.get_model("articles", "Changeset").objects.filter(kind="import")
    for story in apps.get_model("articles", "Story").objects.all():
        changesets.filter(details__story=story.slug).update(story=story)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_readable_json")]

    operations = [
        migrations.AddField(
            model_name="changeset",
            name="story",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="changesets",
                to="articles.story",
            ),
        ),
        migrations.RunPython(note_stories, migrations.RunPython.noop),
    ]
