import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import articles.models.readable_json


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="changeset",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "imported"),
                    ("create", "made"),
                    ("edit", "edited"),
                    ("bulk", "edited together"),
                    ("merge", "sources merged"),
                    ("delete", "deleted"),
                    ("restore", "restored"),
                    ("split", "split"),
                    ("join", "joined"),
                    ("carry", "carried over"),
                    ("drop", "dropped by the outlet"),
                    ("suggest", "suggested"),
                    ("reject", "rejected"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_uid", models.CharField(max_length=26, unique=True, verbose_name="claim")),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        help_text="In hundredths: how likely it is right as it stands.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                    ),
                ),
                (
                    "word",
                    models.CharField(help_text="The reporting word, as the lexicon has it: “say”.", max_length=40),
                ),
                (
                    "reasons",
                    models.JSONField(
                        default=list,
                        encoder=articles.models.readable_json.ReadableJSON,
                        help_text="Why the rules are as sure as they are.",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="articles.article",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        help_text="What a claim with like words answered, where these words do not give the answer.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.question",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("confidence__lte", 100)),
                        name="suggestion_confidence_in_hundredths",
                        violation_error_message="A confidence is between 0 and 100 hundredths.",
                    )
                ],
            },
        ),
    ]
