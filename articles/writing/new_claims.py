"""Claims of articles that are new themselves, written many at once: a part of `editing` for imports of any size.

What `editing.check` looks for holds by how these are made: a passage is given by its paragraph, so that its words are
those that stand there; the article revises none, so that its claims continue none. Callers see to the rest: sources
that are in use, answers of the question's kind and one a question, ids that no claim and no revision has.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from articles.models import Answer, Article, Claim, Highlight
from articles.models.highlight import reading_order
from articles.models.uid import uid_from
from articles.text.quotes import context
from articles.writing.at_once import insert, reserve
from articles.writing.listing import list_new

_CLAIM = (
    *("id", "uid", "article_id", "source_id", "proposed_source", "speaker", "cue", "note", "status"),
    *("continues_id", "version", "reading_order", "is_doubtful", "made_in_id"),
)
_HIGHLIGHT = (*("uid", "claim_id", "paragraph_id", "position", "start", "end", "quote", "prefix", "suffix", "state"),)
_PLACED = Highlight.State.PLACED.value


class Passage(NamedTuple):
    """`position` and `text` are those of the paragraph with this key."""

    paragraph: int
    position: int
    text: str
    start: int
    end: int


class NewAnswer(NamedTuple):
    """Question, choice and place by their keys."""

    question_id: int
    low: int | None
    high: int | None
    about: bool
    choice_id: int | None
    place_id: int | None
    words: str
    as_worded: str


class NewClaim(NamedTuple):
    """`article` and `source` are saved, `made_in` is the key of an import's changeset. One passage or more, in reading
    order."""

    uid: str
    article: Article
    source: int
    speaker: str
    cue: str
    note: str
    status: str
    made_in: int
    passages: Sequence[Passage]
    answers: Sequence[NewAnswer]


def write_claims(claims: Sequence[NewClaim]) -> Sequence[int]:
    """With their passages and answers. An import's changeset is record enough of what it makes. The index and stamps
    are left to whoever calls. A fixed number of queries. Returns their keys."""
    keys = reserve(Claim, len(claims))
    insert(Claim, _CLAIM, map(_row, claims, keys))
    insert(Highlight, _HIGHLIGHT, _highlights(claims, keys))
    insert(Answer, ("claim_id", *NewAnswer._fields), _answers(claims, keys))
    return keys


def list_all_new(claims: Sequence[NewClaim], keys: Sequence[int]) -> None:
    """In what lists are read from; who is in dispute is left to whoever calls."""
    said = (
        (
            (key, one.article.pk, one.source, one.speaker, one.status, _order(one)),
            [row.question_id for row in one.answers],
        )
        for one, key in zip(claims, keys, strict=True)
    )
    list_new(said, {one.article.pk: one.article for one in claims}.values())


def _order(one: NewClaim) -> int:
    return reading_order(one.passages[0].position, one.passages[0].start)


def _row(one: NewClaim, key: int) -> Sequence[Any]:
    said = (one.source, "", one.speaker, one.cue, one.note, one.status)
    return (key, one.uid, one.article.pk, *said, None, 1, _order(one), False, one.made_in)


def _highlights(claims: Iterable[NewClaim], keys: Sequence[int]) -> Iterator[Sequence[Any]]:
    for one, key in zip(claims, keys, strict=True):
        for place, (paragraph, _, text, start, end) in enumerate(one.passages):
            around = context(text, start, end)
            yield uid_from(one.uid, str(place)), key, paragraph, place, start, end, text[start:end], *around, _PLACED


def _answers(claims: Iterable[NewClaim], keys: Sequence[int]) -> Iterator[Sequence[Any]]:
    for one, key in zip(claims, keys, strict=True):
        for answer in sorted(one.answers):
            yield key, *answer
