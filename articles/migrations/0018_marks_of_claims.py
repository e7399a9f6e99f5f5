"""The index of the words of claims gets a mark for what each claim stands under: its source, its outlet, its story."""

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# In one transaction, so that editors need not wait for all.
BATCH = 2_000
TABLE = "articles_claimwords"
FIRST = {"claim.source_id": 0xE000, "article.outlet_id": 0xE800, "article.story_id": 0xF000}
DIGIT, DIGITS = 0xF0000, 60_000
CLAIM = "articles_claim AS claim JOIN articles_article AS article ON article.id = claim.article_id"


def mark(vendor: str, key: str, first: int) -> str:
    """NULL where there is none."""
    character, number = ("chr", "({})::integer") if vendor == "postgresql" else ("char", "{}")
    parts = (f"{first} + {key} / {DIGITS}", f"{DIGIT} + {key} %% {DIGITS}")
    found = " || ".join(f"{character}({number.format(part)})" for part in parts)
    return f"CASE WHEN {key} IS NOT NULL THEN {found} END"


def statement(vendor: str) -> str:
    """Leaves the words as they are, whoever writes them meanwhile. What has its marks stays as it is."""
    marks = [mark(vendor, key, first) for key, first in FIRST.items()]
    here = f"claim.id = {TABLE}.rowid AND {TABLE}.rowid BETWEEN %s AND %s"
    if vendor == "postgresql":
        found = f"array_to_tsvector(array_remove(ARRAY[{', '.join(marks)}], NULL))"
        return f"UPDATE {TABLE} SET {TABLE} = {TABLE} || {found} FROM {CLAIM} WHERE {here}"
    found = " || ".join(f"coalesce(' ' || {one}, '')" for one in marks)
    unmarked = f"{TABLE}.stems NOT GLOB '*[{chr(0xE000)}-{chr(0xF7FF)}]*'"
    return f"UPDATE {TABLE} SET stems = trim({TABLE}.stems || {found}) FROM {CLAIM} WHERE {here} AND {unmarked}"


def add_marks(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(rowid) FROM {TABLE}")
        last = cursor.fetchone()[0] or 0
        for begin in range(1, last + 1, BATCH):
            with transaction.atomic():
                cursor.execute(statement(connection.vendor), [begin, begin + BATCH - 1])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0017_few_among_many"),
    ]

    operations = [
        migrations.RunPython(add_marks, migrations.RunPython.noop),
    ]
