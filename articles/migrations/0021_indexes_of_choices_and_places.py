from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_stamp_of_names")]

    operations = [
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(condition=Q(choice__isnull=False), fields=["choice"], name="answer_of_choice"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(condition=Q(place__isnull=False), fields=["place"], name="answer_of_place"),
        ),
    ]
