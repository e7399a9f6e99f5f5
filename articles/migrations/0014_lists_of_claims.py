"""The tables alone: what they hold is filled in by the last migration that changes them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_suggestions"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="is_disputed",
            field=models.BooleanField(
                default=False, editable=False, help_text="Accounts that readers find conflict; kept by disputes.py."
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope", "facet", "value", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scope", models.CharField(max_length=24)),
                ("facet", models.CharField(max_length=8)),
                ("value", models.CharField(max_length=200)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "tallies",
                "indexes": [models.Index(fields=["scope", "facet", "-number"], name="tally_most")],
            },
        ),
        migrations.CreateModel(
            name="Listed",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="listed",
                        serialize=False,
                        to="articles.claim",
                    ),
                ),
                (
                    "shelf",
                    models.CharField(
                        choices=[
                            ("p", "accepted, in the latest published version"),
                            ("o", "accepted, in an earlier published version"),
                            ("d", "accepted, in a draft without a published version"),
                            ("x", "accepted, in any other article that readers do not see"),
                            ("s", "suggested, in the latest version"),
                            ("t", "suggested, in another version"),
                            ("r", "rejected, in the latest version"),
                            ("q", "rejected, in another version"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "age",
                    models.BigIntegerField(
                        help_text="Seconds from publication, by the outlet’s clock, to 1970; undated: most."
                    ),
                ),
                ("place", models.BigIntegerField(help_text="The claim’s reading order.")),
                ("speaker", models.CharField(max_length=200)),
                (
                    "first_question",
                    models.BigIntegerField(help_text="The key of the first one that it answers; of none: the last."),
                ),
                ("questions", models.TextField(help_text="The keys of all that it answers, separated by blanks.")),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="articles.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=0,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="articles.source",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the lists of claims",
                "verbose_name_plural": "entries of the lists of claims",
                "indexes": [
                    models.Index(fields=["shelf", "age", "article", "place", "claim"], name="listed_newest"),
                    models.Index(fields=["shelf", "claim"], name="listed_marked"),
                    models.Index(
                        fields=["shelf", "source", "age", "article", "place", "claim"], name="listed_by_source"
                    ),
                    models.Index(fields=["shelf", "story", "age", "article", "place", "claim"], name="listed_by_story"),
                    models.Index(
                        fields=["shelf", "outlet", "age", "article", "place", "claim"], name="listed_by_outlet"
                    ),
                    models.Index(fields=["shelf", "speaker"], name="listed_by_speaker"),
                    models.Index(
                        fields=["shelf", "first_question", "age", "article", "place"], name="listed_by_question"
                    ),
                    models.Index(fields=["shelf", "article", "place", "claim"], name="listed_by_article"),
                ],
            },
        ),
    ]
