"""Each imported file asks whether its text is here already."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_changeset_story")]

    operations = [
        migrations.AddIndex(model_name="article", index=models.Index(fields=["sha256"], name="article_by_text")),
    ]
