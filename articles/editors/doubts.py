"""Doubts: what an editor is asked about once more before a claim is saved, and may save all the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.editors.near_sources import there_is
from articles.models import Article, Claim, Highlight, Source
from articles.writing.passages import Passage

_WORDS_SHOWN = 100
# The words of a passage without what stands around them: quotation marks, commas.
_Words = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """`key` tells it from others, so that a form can say which of them do not hold. `instead` is the source that may be
    meant in place of a new one."""

    key: str
    message: str
    instead: Source | None = None


def heard_with(article: Article, passages: Sequence[Passage]) -> list[str]:
    """The slugs of the sources that have a claim of just these passages already. One query, none without a passage."""
    words = {_words(one.paragraph.pk, one.start, one.quote) for one in passages if one.paragraph}
    if not words or len(words) < len(passages):
        return []
    claims = Claim.objects.in_article(article).marked_in({paragraph for paragraph, _, _ in words})
    rows = Highlight.objects.of_claims(claims.exclude(status=Claim.Status.REJECTED).exclude(source=None))
    found: dict[tuple[int, str], set[_Words | None]] = defaultdict(set)
    for claim, slug, paragraph, start, quote in rows.values_list(
        "claim_id", "claim__source__slug", "paragraph_id", "start", "quote"
    ):
        found[claim, slug].add(None if paragraph is None or start is None else _words(paragraph, start, quote))
    return sorted({slug for (_, slug), its in found.items() if its == words})


def _words(paragraph: int, start: int, quote: str) -> _Words:
    inner = [at for at, one in enumerate(quote) if one.isalnum()] or [0, len(quote) - 1]
    return paragraph, start + inner[0], start + inner[-1]


def source_doubt(source: Source, passages: Iterable[Passage]) -> Doubt:
    numbers = dict.fromkeys(one.paragraph.number for one in passages if one.paragraph and one.paragraph.number)
    where = f": {', '.join(f'¶{number}' for number in numbers)}" if numbers else ""
    return Doubt(f"same:{source.slug}", f"{source} already has a claim of these words{where}.")


def near_doubt(near: Source, name: str) -> Doubt:
    return Doubt(f"near:{near.slug}:{name}", there_is(near, name), instead=near)


def number_doubt(question: str, value: str, words: str) -> Doubt:
    shown = words if len(words) <= _WORDS_SHOWN else f"{words[:_WORDS_SHOWN].rpartition(' ')[0]} …"
    message = f"“{question}”: the number given, “{value}”, was not found in the words, “{shown}”."
    return Doubt(f"number:{question}:{value}"[:200], message)
