"""The secrets of authenticator apps are sealed."""

from typing import Any

from django.db import migrations, models

from newsdesk.people.sealed import opened, sealed


def seal(apps: Any, schema_editor: Any) -> None:
    for factor in apps.get_model("people", "SecondFactor").objects.all():
        if (secret := opened(factor.secret)) is not None:
            factor.secret = sealed(secret)
            factor.save(update_fields=["secret"])


def unseal(apps: Any, schema_editor: Any) -> None:
    for factor in apps.get_model("people", "SecondFactor").objects.all():
        if (secret := opened(factor.secret)) is not None:
            factor.secret = secret
            factor.save(update_fields=["secret"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]

    operations = [
        migrations.AlterField(
            model_name="secondfactor",
            name="secret",
            field=models.CharField(help_text="What the app was given, in base 32, sealed.", max_length=200),
        ),
        migrations.RunPython(seal, unseal, elidable=False),
    ]
