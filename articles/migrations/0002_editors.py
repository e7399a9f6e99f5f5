"""The group of editors, who may write claims and all that claims need."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITORS = "Editors"
# What an editor writes; the admin site itself asks for staff as well.
NOUNS = {
    "article": ("add", "change", "view"),
    "claim": ("add", "change", "delete", "view"),
    "highlight": ("view",),
    "answer": ("add", "change", "delete", "view"),
    "paragraph": ("view",),
    "question": ("add", "change", "view"),
    "choice": ("add", "change", "view"),
    "place": ("add", "change", "view"),
    "source": ("add", "change", "view"),
    "alias": ("add", "change", "delete", "view"),
    "story": ("add", "change", "view"),
    "changeset": ("view",),
    "revision": ("view",),
}


def make_group(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made here as well, because Django makes its own only after all migrations."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS)
    types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for noun, actions in NOUNS.items():
        content_type, _ = types.get_or_create(app_label="articles", model=noun)
        for action in actions:
            permission, _ = permissions.get_or_create(
                content_type=content_type, codename=f"{action}_{noun}", defaults={"name": f"Can {action} {noun}"}
            )
            group.permissions.add(permission)


def remove_group(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name=EDITORS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_group, remove_group)]
