"""Revisions of articles' metadata, which editors may look at."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import articles.models.readable_json


def let_editors_look(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The permission is made here as well, because Django makes its own only after all migrations."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="articlerevision"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="view_articlerevision",
        defaults={"name": "Can view article revision"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_marking"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1. The first one is the metadata as imported."),
                ),
                ("snapshot", models.JSONField(encoder=articles.models.readable_json.ReadableJSON)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="articles.article"
                    ),
                ),
                (
                    "changeset",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the first one, where no import is on record.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_revisions",
                        to="articles.changeset",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "number"), name="article_revision_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("changeset__isnull", False), ("number", 1), _connector="OR"),
                        name="article_revision_has_a_changeset",
                        violation_error_message="Every change has a changeset.",
                    ),
                ],
            },
        ),
        migrations.RunPython(let_editors_look, migrations.RunPython.noop),
    ]
