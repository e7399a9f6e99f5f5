"""Second factors, browsers in which people are signed in, and what happened at the front door."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import newsdesk.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret", models.CharField(help_text="What the app was given, in base 32.", max_length=64)),
                (
                    "last_step",
                    models.BigIntegerField(
                        default=0,
                        help_text="The half minute whose code was used last: it and those before are not taken again.",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignedInBrowser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.CharField(
                        default=newsdesk.people.models.new_uid, editable=False, max_length=16, unique=True
                    ),
                ),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("browser", models.CharField(help_text="As it calls itself.", max_length=300)),
                ("address", models.GenericIPAddressField(null=True)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "last_used",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="To within five minutes."),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="browsers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "digest"), name="recovery_code_once")],
            },
        ),
        migrations.CreateModel(
            name="SignInEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed-in", "Signed in"),
                            ("signed-out", "Signed out"),
                            ("wrong-password", "Wrong password"),
                            ("password-given", "Right password, code asked for"),
                            ("wrong-code", "Right password, wrong code"),
                            ("refused", "Refused after too many tries"),
                            ("reset-asked", "New password asked for by mail"),
                            ("password-changed", "Password changed"),
                            ("factor-set", "Second factor set up"),
                            ("factor-taken", "Second factor taken away"),
                            ("codes-made", "New recovery codes"),
                            ("code-used", "Recovery code used"),
                            ("ended", "Another session ended"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "name_key",
                    models.CharField(blank=True, help_text="A keyed digest of the name that was typed.", max_length=32),
                ),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="What counts as one address: of IPv6 a whole /64.", max_length=45
                    ),
                ),
                ("browser", models.CharField(blank=True, max_length=300)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sign_in_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="sign_in_event_at"),
                    models.Index(fields=["place", "at"], name="sign_in_event_place"),
                    models.Index(fields=["name_key", "at"], name="sign_in_event_name"),
                    models.Index(fields=["user", "at"], name="sign_in_event_user"),
                ],
            },
        ),
    ]
