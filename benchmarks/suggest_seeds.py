"""Every suggestion for the two reports of `seeds/` against the claims marked there: `make bench-suggest-seeds`.

A suggestion finds a claim if they share half of their words (Jaccard), one to one, the likest first. Its source is
right, or another one, or left for an editor to name. The first two runs know names and aliases alone; the third also
what editors chose for speakers of version 1. All that was missed, and all that was suggested beside, is listed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.attribution_measures import Claim, Text, overlap, pairs
from benchmarks.desk import prepared


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of an article: its quote, the slug of its source, and its words by their numbers."""

    quote: str
    source: str
    words: Claim


def main() -> None:
    with prepared():
        from django.db import transaction

        from articles.models import Article

        runs = (("khusham-1", ()), ("khusham-2", ()), ("khusham-2", ("khusham-1",)))
        for slug, known in runs:
            with transaction.atomic():
                article = Article.objects.select_related("story").get(slug=slug)
                show(slug, known, *compared(article, known))
                transaction.set_rollback(True)


def compared(article: Any, known: Sequence[str]) -> tuple[list[Row], list[Row]]:
    """The marked claims, which are then gone, and what is suggested in their place."""
    from articles.models import Answer, Highlight
    from articles.models import Claim as Marked
    from articles.suggestions.making import suggest

    marked = rows_of(article)
    gone = Marked.objects.exclude(article__slug__in=known)
    Answer.objects.filter(claim__in=gone).delete()
    Highlight.objects.filter(claim__in=gone).delete()
    Marked.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(continues=None)
    gone.delete()
    article.revises = None
    suggest(article)
    return marked, rows_of(article)


def rows_of(article: Any) -> list[Row]:
    from articles.models import Claim as Marked

    paragraphs = list(article.paragraphs.order_by("position"))
    starts, text = {}, ""
    for one in paragraphs:
        starts[one.pk] = len(text)
        text += one.text + "\n"
    whole, rows = Text(text), []
    claims = Marked.objects.in_article(article).in_reading_order().select_related("source")
    for claim in claims.prefetch_related("highlights"):
        places = [
            [starts[one.paragraph_id] + one.start, starts[one.paragraph_id] + one.end]
            for one in claim.highlights.all()
            if one.paragraph_id and one.start is not None and one.end is not None
        ]
        for words in whole.claims([{"content": places, "source": None, "cue": None}]):
            rows.append(Row(claim.quote, claim.source.slug if claim.source else "", words))
    return rows


def show(slug: str, known: Sequence[str], marked: list[Row], suggested: list[Row]) -> None:
    found = pairs([one.words for one in marked], [one.words for one in suggested], overlap)
    exact = sum(marked[i].words.words == suggested[j].words.words for i, j in found)
    sources = Counter(_source(marked[i], suggested[j]) for i, j in found)
    beside = f", beside the claims of {known[0]}" if known else ""
    print(f"{slug}{beside}: {len(marked)} marked, {len(suggested)} suggested")
    recall, precision = (_share(len(found), len(some)) for some in (marked, suggested))
    print(f"  found {len(found)}: recall {recall}, precision {precision}")
    print(f"  the same words in {exact}; source right in {sources['right']}, another in {sources['another']}, ", end="")
    print(f"left to be named in {sources['empty']}")
    _list("missed", (marked[i].quote for i in range(len(marked)) if i not in {one for one, _ in found}))
    _list("beside", (suggested[j].quote for j in range(len(suggested)) if j not in {one for _, one in found}))
    both = ((marked[i], suggested[j]) for i, j in found)
    _list("other words", (_both(*one) for one in both if one[0].words.words != one[1].words.words))
    print()


def _source(marked: Row, suggested: Row) -> str:
    return "empty" if not suggested.source else "right" if suggested.source == marked.source else "another"


def _both(marked: Row, suggested: Row) -> str:
    return f"{suggested.quote}\n{'':17}marked: {marked.quote}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.0f} %"


def _list(name: str, quotes: Iterable[str]) -> None:
    for quote in quotes:
        print(f"  {name:13}{quote}")


if __name__ == "__main__":
    main()
