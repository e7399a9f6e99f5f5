from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_disputed_claims"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status", "suggested")), fields=["status", "article"], name="claim_suggested"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status", "rejected")), fields=["status", "article"], name="claim_rejected"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(condition=models.Q(("is_doubtful", True)), fields=["made_in"], name="claim_doubtful"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("continues__isnull", False)), fields=["continues"], name="claim_continuing"
            ),
        ),
        migrations.AddIndex(
            model_name="highlight",
            index=models.Index(
                condition=models.Q(("state", "orphaned")), fields=["state", "claim"], name="highlight_orphaned"
            ),
        ),
        migrations.AddIndex(
            model_name="highlight",
            index=models.Index(
                condition=models.Q(("state", "reworded")), fields=["state", "claim"], name="highlight_reworded"
            ),
        ),
    ]
