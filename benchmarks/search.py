"""How fast words are found: `make bench-search` (SIZES=10000,100000,1000000 claims; DATABASE_URL for PostgreSQL).

Articles of 25 claims, of words as unequally frequent as those of a language, made by a seeded generator. In this
process, without a server: what the index finds, its counts, the whole page, an entry that is written.
"""

import itertools
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

SIZES = [int(size) for size in os.environ.get("SIZES", "10000,100000").split(",")]
ROUNDS = int(os.environ.get("ROUNDS", "20"))
CLAIMS = 25
MADE_UP = 20_000
SEEDS = Path(__file__).parent.parent / "seeds"
ENDINGS = ["", "s", "ed", "ing", "er", "ers"]
ASKED = {
    "a word of a third of all claims": "the",
    "a word of one in ten": "strikes",
    "a phrase": "“the coalition”",
    "two words": "artillery wednesday",
    "a beginning": "artil*",
    "nothing": "xylophone",
}


def vocabulary(chance: random.Random) -> list[str]:
    """The words of the seeds, the most frequent ones, and made-up ones."""
    found = re.findall(r"[A-Za-z]{2,}", " ".join(path.read_text() for path in sorted(SEEDS.glob("*.txt"))).lower())
    made: list[str] = []
    while len(made) < MADE_UP:
        syllables = "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
        made += [syllables + chance.choice("dgkmnt") + ending for ending in ENDINGS]
    return [*dict.fromkeys(found), *made]


def quotes() -> Iterator[str]:
    chance = random.Random(7)
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    while True:
        yield " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(6, 34)))


def fill(count: int, given: Iterator[str]) -> None:
    """More articles, of one source, one paragraph each. Django must be set up."""
    from articles.models import Article, Changeset, Claim, Highlight, Paragraph, Source

    made_in, _ = Changeset.objects.get_or_create(kind="import", summary="measuring")
    source, _ = Source.objects.get_or_create(slug="all", defaults={"name": "All", "code": "ALL"})
    first = Article.objects.count()
    for start in range(first, first + count // CLAIMS, 200):
        numbers = range(start, min(start + 200, first + count // CLAIMS))
        named = [(f"a-{number}", f"Report {number}") for number in numbers]
        articles = Article.objects.bulk_create(
            Article(slug=slug, lineage=slug, title=title, status="published", is_latest=True, sha256=slug)
            for slug, title in named
        )
        said = [[next(given) for _ in range(CLAIMS)] for _ in articles]
        paragraphs = Paragraph.objects.bulk_create(
            Paragraph(article=article, position=0, number=1, text=" ".join(texts))
            for article, texts in zip(articles, said, strict=True)
        )
        places = [
            (paragraph, text, at)
            for paragraph, texts in zip(paragraphs, said, strict=True)
            for text, at in zip(texts, itertools.accumulate((len(one) + 1 for one in texts), initial=0), strict=False)
        ]
        claims = Claim.objects.bulk_create(
            (Claim(article=row.article, source=source, made_in=made_in, reading_order=at) for row, _, at in places),
            batch_size=2000,
        )
        Highlight.objects.bulk_create(
            (
                Highlight(claim=claim, paragraph=row, start=at, end=at + len(text), quote=text)
                for claim, (row, text, at) in zip(claims, places, strict=True)
            ),
            batch_size=2000,
        )


def size() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


def _clock() -> float:
    """The processor's time where all is done in this process, so that other work on the machine does not count."""
    from django.db import connection

    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def taken(act: Callable[[], object]) -> str:
    act()
    times = []
    for _ in range(ROUNDS):
        begun = _clock()
        act()
        times.append((_clock() - begun) * 1000)
    return f"{statistics.median(times):8.2f} {sorted(times)[int(len(times) * 0.95) - 1]:8.2f}"


def index(seen: int) -> None:
    from django.db import connection

    from articles.models import Article, Claim, Highlight, Paragraph
    from articles.search import fill_articles, fill_claims

    before, begun = size(), _clock()
    claims = Claim.objects.filter(pk__gt=seen)
    fill_claims(claims, Highlight.objects.all())
    seconds, more, count = _clock() - begun, size() - before, claims.count()
    fill_articles(Article.objects.all(), Paragraph.objects.all())
    print(f"indexed {count / seconds:,.0f} claims a second, {more / count:,.0f} bytes a claim")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure() -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.db import transaction
    from django.test import Client

    from articles.models import Claim
    from articles.pages.finding import COUNTED
    from articles.search import index_drafts, languages
    from articles.snapshots import Draft, whole
    from articles.text.seeking import read_query

    client, known = Client(), languages()
    print(f"{'in ms':48}  median      p95")
    for what, asked in ASKED.items():
        found = Claim.objects.listed_for(AnonymousUser()).in_latest_versions().found_by(read_query(asked, known))
        rows, counted = found.last_indexed_first()[:20], found.order_by()[: COUNTED + 1]
        print(f"{f'{what}: {counted.count():,}, the first 20':48}{taken(lambda rows=rows: list(rows.all()))}")
        print(f"{'  counted, as far as 10,001':48}{taken(counted.count)}")
        print(f"{'  the page':48}{taken(lambda asked=asked: client.get('/search/', {'q': asked}))}")
    draft = Draft.of(whole(Claim.objects.all()).first())

    def write() -> None:
        with transaction.atomic():
            index_drafts([draft])

    print(f"{'an entry written':48}{taken(write)}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DATA_DIR": folder, "SECRET_KEY": "measuring"}
        os.environ |= {"ALLOWED_HOSTS": "testserver"}
        django.setup()
        from django.core.management import call_command

        from articles.models import Claim

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        given = quotes()
        for wanted in SIZES:
            seen = Claim.objects.count()
            fill(wanted - seen, given)
            print(f"\n{wanted:,} claims")
            index(seen)
            measure()


if __name__ == "__main__":
    main()
