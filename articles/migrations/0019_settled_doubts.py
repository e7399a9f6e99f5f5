"""Claims that an editor has looked at since they were carried over are in no doubt: from now on the look says so."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def settle(apps: Any, schema_editor: Any) -> None:
    """By the rule of `Changeset.looks_at`."""
    claims, revisions = apps.get_model("articles", "Claim").objects, apps.get_model("articles", "Revision").objects
    of_others = Q(changeset__kind="delete") | Q(changeset__kind="restore", changeset__token__startswith="undo-")
    own = Q(changeset__article=OuterRef("article")) | Q(changeset__article=None) & ~of_others
    looks = revisions.filter(own, claim_uid=OuterRef("uid"))
    looks = looks.exclude(changeset__kind__in=["import", "merge", "carry", "suggest"])
    claims.filter(Exists(looks), is_doubtful=True, version__gt=1).update(is_doubtful=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_marks_of_claims")]

    operations = [
        migrations.AlterField(
            model_name="claim",
            name="is_doubtful",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Carried over, and another speaker or cue stands beside it now; until an editor looks at it.",
            ),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop, elidable=True),
    ]
