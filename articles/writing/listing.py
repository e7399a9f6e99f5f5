"""Keeps what lists of claims are read from (`models/listed.py`), and with it the index of their words. Whoever writes
claims, or what lists know of their articles, calls it within the same transaction, when the rows are written and the
articles are locked: both hold of an article what it is now, not what it was when somebody read it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from articles import desk_stamp
from articles.models import Answer, Article, Claim, Listed, Question, Tally
from articles.models.listed import LAST, Key, Shelf
from articles.models.upserting import upsert
from articles.search import Where, index_drafts
from articles.snapshots import Draft
from articles.writing.at_once import BATCH, batches
from articles.writing.disputes import recount
from articles.writing.holding import MERGED, NOBODY, held
from articles.writing.tallying import EPOCH, Row, tallied
from newsdesk.compiled import Compiled

_ARTICLE = ("pk", "status", "is_latest", "story_id", "outlet_id", "published_at", "published_offset")
_ARTICLES = Compiled(
    lambda keys, sources: (
        Article.objects.filter(pk__in=keys).order_by().values_list(*_ARTICLE, "language", held(sources))
    )
)
_LISTED = Compiled(lambda keys: Listed.objects.of_claims(keys).values_list(*Row._fields))
_QUESTION = ("pk", "is_disputed", "kind", "story_id")
_ASKED = Compiled(lambda keys: Question.objects.filter(pk__in=keys).order_by().values_list(*_QUESTION))
_MERGED = "merged into another one in the meantime: choose that one"
_TAKEN_AWAY = "taken away in the meantime: choose another, or name it anew"
_CLAIM = ("pk", "article_id", "source_id", "speaker", "status", "reading_order")


class QuestionGone(Exception):
    """One that a claim answers is not there any more as it was. The message says what has become of it."""


class SourceLost(Exception):
    """One that a claim is said by is none any more. The message says what has become of it."""


def list_drafts(drafts: Sequence[Draft], *, are_new: bool = False) -> None:
    """Of claims that are saved, their words too. `are_new`: none of them was in a list before. Six queries at most for
    each 500, and those of `disputes`. Raises QuestionGone and SourceLost: nobody merges their sources or takes them
    away from here on until the transaction ends. That is asked where articles are read, which whoever does so has held
    before sources."""
    for some in batches(drafts):
        keys = sorted({draft.claim.article_id for draft in some})
        sources = sorted({draft.claim.source_id or NOBODY for draft in some})
        articles, where = dict[int, tuple[Any, ...]](), dict[int, Where]()
        for pk, status, is_latest, story, outlet, *published, language, found in _ARTICLES.values(keys, sources):
            if found < len(sources) - (NOBODY in sources):
                raise SourceLost(_MERGED if found == MERGED else _TAKEN_AWAY)
            articles[pk] = (status, is_latest, story, outlet, *published)
            where[pk] = Where(language, outlet, story)
        index_drafts(some, where)
        said = [
            ([getattr(draft.claim, name) for name in _CLAIM], [one.question_id for one in draft.answers])
            for draft in some
        ]
        before = {} if are_new else _before([draft.claim.pk for draft in some])
        given = {
            (one.question_id, one.kind, articles[draft.claim.article_id][2]) for draft in some for one in draft.answers
        }
        _replace(before, _rows(said, articles, given))


def list_articles(articles: Iterable[int]) -> None:
    """All claims of these articles, whatever of it all has changed."""
    if keys := list(articles):
        list_claims(Claim.objects.filter(article__in=keys))


def list_claims(claims: QuerySet[Any]) -> None:
    """Any number of claims, wherever they came from."""
    for keys, rows in _batches(claims, Article.objects.all(), Answer.objects.all()):
        _replace(_before(keys), rows)


def unlist(keys: Sequence[int]) -> None:
    """Of claims that are about to be deleted."""
    for some in batches(keys):
        _replace(_before(some), [])


def fill(claims: QuerySet[Any], articles: QuerySet[Any], answers: QuerySet[Any]) -> None:
    """The same of claims none of which is in a list yet. Takes querysets, so that a migration can give those of its
    time; who is in dispute is left to whoever calls."""
    for _, rows in _batches(claims, articles, answers):
        _write({}, rows)


def list_new(said: Iterable[tuple[Sequence[Any], Sequence[int]]], articles: Iterable[Article]) -> None:
    """The same of claims as they were just written: of each its columns as in `_CLAIM`, and what it answers."""
    known = {one.pk: tuple(getattr(one, name) for name in _ARTICLE[1:]) for one in articles}
    _write({}, _rows(list(said), known))


def _batches(
    claims: QuerySet[Any], articles: QuerySet[Any], answers: QuerySet[Any]
) -> Iterator[tuple[list[int], list[Row]]]:
    last = 0
    while found := list(claims.filter(pk__gt=last).order_by("pk").values_list(*_CLAIM)[:BATCH]):
        last = found[-1][0]
        keys = [fields[0] for fields in found]
        known = _articles(articles.filter(pk__in={fields[1] for fields in found}))
        asked: dict[int, list[int]] = {}
        for claim, question in answers.filter(claim__in=keys).order_by().values_list("claim_id", "question_id"):
            asked.setdefault(claim, []).append(question)
        yield keys, _rows([(fields, asked.get(fields[0], ())) for fields in found], known)


def _articles(articles: QuerySet[Any]) -> dict[int, tuple[Any, ...]]:
    return {fields[0]: fields[1:] for fields in articles.order_by().values_list(*_ARTICLE)}


def _rows(
    said: Sequence[tuple[Sequence[Any], Sequence[int]]],
    articles: dict[int, tuple[Any, ...]],
    given: Set[tuple[int, str, int | None]] = frozenset(),
) -> list[Row]:
    """Of those that are placed. Of each claim its columns, and what it answers; `given` are the answers that have just
    been written: of each its question, its kind, and the story that its article is in by now. One query."""
    asked = {question for _, questions in said for question in questions}
    found = {key: about for key, *about in _ASKED.rows(sorted(asked))}
    if found.keys() != asked:
        raise QuestionGone("taken away")
    if any(found[key][1] != kind for key, kind, _ in given):
        raise QuestionGone("changed to be answered by something else")
    if any(found[key][2] != story for key, _, story in given):
        raise QuestionGone("left behind by the article, which has gone to another story,")
    disputed = {key for key, (is_disputed, *_) in found.items() if is_disputed}
    known = {pk: (*where, age_of(published, offset)) for pk, (*where, published, offset) in articles.items()}
    rows = (_row(fields, known, sorted(questions), disputed) for fields, questions in said)
    return [row for row in rows if row]


def _row(
    fields: Sequence[Any], articles: dict[int, tuple[Any, ...]], questions: Sequence[int], disputed: Set[int]
) -> Row | None:
    pk, article, source, speaker, status, place = fields
    if place is None:
        return None
    public, latest, story, outlet, age = articles[article]
    return Row(
        claim_id=pk,
        shelf=shelf_of(status, public, is_latest=latest),
        article_id=article,
        source_id=source or 0,
        story_id=story,
        outlet_id=outlet,
        age=age,
        place=place,
        speaker=speaker,
        first_question=questions[0] if questions else LAST,
        questions=" ".join(map(str, questions)),
        is_disputed=not disputed.isdisjoint(questions),
    )


def shelf_of(status: str, article_status: str, *, is_latest: bool) -> str:
    match status, article_status == Article.Status.PUBLISHED, is_latest:
        case Claim.Status.SUGGESTED, _, latest:
            return Shelf.SUGGESTED if latest else Shelf.SUGGESTED_EARLIER
        case Claim.Status.REJECTED, _, latest:
            return Shelf.REJECTED if latest else Shelf.REJECTED_EARLIER
        case _, True, latest:
            return Shelf.PUBLIC if latest else Shelf.EARLIER
    return Shelf.DRAFT if is_latest else Shelf.HIDDEN


def age_of(published: datetime | None, offset: int) -> int:
    """Of the outlet's clock, as the pages print it."""
    if published is None:
        return LAST
    return -int((published - EPOCH).total_seconds()) - offset * 60


def _before(keys: Sequence[int]) -> dict[int, Row]:
    return {fields[0]: Row(*fields) for fields in _LISTED.values(list(keys))}


def _replace(before: dict[int, Row], rows: Sequence[Row]) -> None:
    _write(before, rows)
    public = [row for row in (*before.values(), *rows) if row.shelf == Shelf.PUBLIC and row.questions]
    if public:
        recount({int(key) for row in public for key in row.questions.split()}, is_more=not before)


def _write(before: dict[int, Row], rows: Sequence[Row]) -> None:
    now = {row.claim_id: row for row in rows}
    changed = [row for row in rows if before.get(row.claim_id) != row]
    left = [row for key, row in before.items() if now.get(key) != row]
    counts = tallied(changed)
    counts.subtract(tallied(left))
    upsert(Listed, Row._fields, ("claim_id",), changed)
    if gone := [(key,) for key in before if key not in now]:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {Listed._meta.db_table} WHERE claim_id = %s", gone)
    Tally.objects.add(counts)


def wrong_rows() -> Iterator[tuple[dict[int, Row], list[Row]]]:
    """Batch by batch, what lists hold of the claims where it is not what they should, and what they should hold."""
    for keys, rows in _batches(Claim.objects.all(), Article.objects.all(), Answer.objects.all()):
        before, now = _before(keys), {row.claim_id: row for row in rows}
        wrong = [key for key in keys if before.get(key) != now.get(key)]
        if wrong:
            yield {k: before[k] for k in wrong if k in before}, [now[k] for k in wrong if k in now]


def mend_rows(before: dict[int, Row], rows: Sequence[Row]) -> None:
    _replace(before, rows)
    desk_stamp.move()


def wrong_tallies() -> Counter[Key]:
    """How much is missing from each, counting the rows anew; less than nothing where there is too much."""
    missing = tallied(Row(*fields) for fields in Listed.objects.order_by().values_list(*Row._fields).iterator(10_000))
    for scope, facet, value, number in (
        Tally.objects.order_by().values_list("scope", "facet", "value", "number").iterator(10_000)
    ):
        missing[scope, facet, value] -= number
    return Counter({key: number for key, number in missing.items() if number})


def mend_tallies(missing: Counter[Key]) -> None:
    Tally.objects.add(missing)
    desk_stamp.move()
