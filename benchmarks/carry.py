"""How long carrying over takes: part of `make bench-anchoring`.

An article of 5,000 words with 500 claims: the longer report of the seeds five times, each with most words of its own.
In its second version a paragraph in ten is gone, the others stand in another order by tens, and a word in ten is
another. The figures are in computing time, of the whole of `carry_over` and of what of it is looking for the words;
the database is SQLite in a file.
"""

import statistics
import time
from collections.abc import Sequence
from contextlib import nullcontext
from random import Random
from typing import TYPE_CHECKING

from benchmarks import desk

if TYPE_CHECKING:
    from articles.models import Article

ROUNDS, COPIES, CLAIMS, LENGTH = 5, 5, 500, 90


def texts() -> list[str]:
    """Needs Django to be set up."""
    from articles.models import Paragraph

    report = Paragraph.objects.filter(article__slug="khusham-2").order_by("position")
    seeds = list(report.values_list("text", flat=True))
    return [
        " ".join(f"{word}{copy}" if at % 3 else word for at, word in enumerate(text.split(" ")))
        for copy in range(COPIES)
        for text in seeds
    ]


def make_version(slug: str, paragraphs: Sequence[str], revises: "Article | None" = None) -> "Article":
    from articles.models import Article, Paragraph, Story

    number = revises.version_number + 1 if revises else 1
    story = Story.objects.get(slug="khusham-2018")
    article = Article.objects.create(
        title="Made", slug=slug, story=story, revises=revises, lineage="long", version_number=number
    )
    Paragraph.objects.bulk_create(
        Paragraph(article=article, position=at, number=at + 1, text=text) for at, text in enumerate(paragraphs)
    )
    return article


def make_claims(article: "Article") -> None:
    """A sixth of a paragraph each, with an answer to every second one."""
    from articles.models import Answer, Changeset, Claim, Highlight, Question, Source
    from articles.snapshots import Draft
    from articles.writing.editing import create_claims, open_changeset

    chance = Random("claims")
    sources = list(Source.objects.all())
    question = Question.objects.get(slug="fighters-hurt")
    paragraphs = [row for row in article.paragraphs.all() if len(row.text) > LENGTH]
    drafts = []
    for at in range(CLAIMS):
        row = chance.choice(paragraphs)
        start = row.text.rindex(" ", 0, chance.randrange(10, len(row.text) - LENGTH + 10)) + 1 if " " in row.text else 0
        end = row.text.index(" ", start + LENGTH - 12) if " " in row.text[start + LENGTH - 12 :] else len(row.text)
        highlight = Highlight(paragraph=row, start=start, end=end, quote=row.text[start:end])
        answers = [Answer(question=question, low=at, high=at, as_worded="hurt")] if at % 2 else []
        drafts.append(Draft(Claim(article=article, source=chance.choice(sources), cue="said"), [highlight], answers))
    create_claims(drafts, open_changeset(Changeset.Kind.IMPORT, article=article))


def changed(paragraphs: Sequence[str], chance: Random) -> list[str]:
    turned = [text for at in range(0, len(paragraphs), 10) for text in reversed(paragraphs[at : at + 10])]
    return [_changed(text, chance) for text in turned if chance.random() > 0.1]


def _changed(text: str, chance: Random) -> str:
    words = text.split(" ")
    return " ".join(chance.choice(words) if chance.random() < 0.1 else word for word in words)


def measure() -> None:
    """Needs Django to be set up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles.models import Article, Changeset, Claim, Revision
    from articles.text.anchoring import Anchoring
    from articles.writing.versions import carry_over

    looking = [0.0]
    find = Anchoring.find

    def timed(self, passage):  # type: ignore[no-untyped-def]
        started = time.process_time()
        try:
            return find(self, passage)
        finally:
            looking[0] += time.process_time() - started

    Anchoring.find = timed  # type: ignore[method-assign]
    paragraphs = texts()
    first = make_version("long", paragraphs)
    make_claims(first)
    print(f"{sum(len(text.split()) for text in paragraphs)} words, {CLAIMS} claims")
    times, lookings = [], []
    # Watching the queries takes time itself: in a round that does not count.
    for number in range(ROUNDS + 1):
        article = make_version(f"long-{number}", changed(paragraphs, Random(number)), first)
        looking[0] = 0.0
        with nullcontext() if number else CaptureQueriesContext(connection) as queries:
            started = time.process_time()
            result = carry_over(article)
            taken = time.process_time() - started
        if queries is not None:
            print(f"{len(queries)} queries")
        else:
            times.append(taken)
            lookings.append(looking[0])
            print(f"{result}; {taken * 1000:.0f} ms, of that looking {looking[0] * 1000:.0f} ms")
        Claim.objects.in_article(article).delete()
        Revision.objects.filter(changeset__kind=Changeset.Kind.CARRY).delete()
        Article.objects.filter(pk=article.pk).delete()
    print(f"median: {statistics.median(times) * 1000:.0f} ms, looking {statistics.median(lookings) * 1000:.0f} ms")


def main() -> None:
    with desk.prepared():
        measure()


if __name__ == "__main__":
    main()
