"""The one place that knows how text is indexed. Whoever writes claims, articles or their languages calls it within the
same transaction; that rows go with what they index is the database's relation (`models/words.py`).

Our own words and stems are indexed (`text/words.py`), so that every database finds the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from articles.models import Article, Claim, Highlight, Paragraph
from articles.models.listed import ListedQuerySet
from articles.models.words import ARTICLES, CLAIMS, TABLES, ClaimWords, marks_of
from articles.snapshots import Draft
from articles.text.seeking import Sought
from articles.text.words import GAP, Indexed, indexed, language_of
from newsdesk.fetching import fetched

BATCH = 500
ARTICLE_BATCH = 50
# Longer texts are indexed as far as this, so that PostgreSQL can hold their words: it takes a megabyte.
_MOST_CHARACTERS = 2_000_000
_MOST_BYTES = 900_000
_NOTHING = Indexed("", "")
_CLAIM = ("pk", "article__language", "speaker", "note", "source_id", "article__outlet_id", "article__story_id")
# More rows than these are not looked into one by one. One that is costs as much as so many that are gathered.
_FEW, _ASKED_COSTS = 10_000, 4


class Words(NamedTuple):
    """What the index holds of a claim or of an article. `marks`: of a claim, as from `marks_of`."""

    text: Indexed
    note: Indexed = _NOTHING
    marks: str = ""


class Where(NamedTuple):
    """What the index of claims has of an article: its language, and the keys of outlet and story."""

    language: str
    outlet: int | None
    story: int | None


class Row(NamedTuple):
    pk: int
    words: Words


@dataclass(frozen=True, slots=True)
class Wrong:
    """What differs between an index and what it should hold: rows to write, and keys of rows that index nothing."""

    table: str
    rows: list[Row]
    strays: list[int]


def languages() -> list[str]:
    """Those of the articles, as `read_query` takes them. One query, from one to the next in the index: a DISTINCT
    reads all articles."""
    table = Article._meta.db_table
    sql = f"""WITH RECURSIVE known (tag) AS (SELECT min(language) FROM {table} UNION ALL
        SELECT (SELECT min(language) FROM {table} WHERE language > tag) FROM known WHERE tag IS NOT NULL)
        SELECT tag FROM known WHERE tag IS NOT NULL"""
    return sorted({language_of(tag) for (tag,) in fetched(sql)} - {""})


def find_among(rows: ListedQuerySet, sought: Sought) -> ListedQuerySet:
    """Those of the rows of `Listed` whose words hold all that is sought; none if that is nothing.

    SQLite gathers all that its index finds, a word in a tenth of all claims in 0.1 s, where looking into a few rows
    takes milliseconds. Which is less it does not know, so that both are counted: two queries. PostgreSQL knows.
    """
    if not sought:
        return rows.none()
    found = ClaimWords.objects.filter(index__matches=sought)
    if _is_postgresql():
        return rows.among_found(found)
    few = rows.order_by()[: _FEW + 1].count()
    is_less = few <= _FEW and found[: few * _ASKED_COSTS + 1].count() > few * _ASKED_COSTS
    return rows.each_found(ClaimWords.objects.filter(index__holds=sought)) if is_less else rows.among_found(found)


def index_drafts(drafts: Iterable[Draft], where: Mapping[int, Where]) -> None:
    """Of claims that are saved, with their highlights loaded; `where` they stand, by the keys of their articles. One
    query for each 500."""
    index_claims((draft.claim.pk, _words_of(draft, where[draft.claim.article_id])) for draft in drafts)


def _words_of(draft: Draft, where: Where) -> Words:
    claim, quotes = draft.claim, [one.quote for one in draft.highlights]
    marks = marks_of(claim.source_id, where.outlet, where.story)
    return words_of_claim(where.language, claim.speaker, claim.note, quotes, marks)


def index_claims(claims: Iterable[tuple[int, Words]]) -> None:
    """Of each its key and its words. One query for each 500."""
    rows = list(starmap(Row, claims))
    for start in range(0, len(rows), BATCH):
        _write(CLAIMS, rows[start : start + BATCH])


def index_articles(articles: Iterable[tuple[int, Words]]) -> None:
    """The same of articles. One query."""
    _write(ARTICLES, list(starmap(Row, articles)))


def index_article(article: Article, texts: Iterable[str]) -> None:
    """`texts` are those of its paragraphs. One query."""
    index_articles([(article.pk, words_of_article(article.language, article.title, texts))])


def follow_metadata(pairs: Iterable[tuple[Article, Article]]) -> None:
    """Of articles whose metadata have changed, as they were and as they are."""
    pairs = list(pairs)
    words = [now.pk for was, now in pairs if (was.title, was.language) != (now.title, now.language)]
    claims = [now.pk for was, now in pairs if _where(was) != _where(now)]
    if words:
        fill_articles(Article.objects.filter(pk__in=words), Paragraph.objects.all())
    if claims:
        fill_claims(Claim.objects.filter(article__in=claims), Highlight.objects.all())


def _where(article: Article) -> Where:
    return Where(article.language, article.outlet_id, article.story_id)


def fill_claims(claims: QuerySet[Any], highlights: QuerySet[Any]) -> None:
    for rows in claim_rows(claims, highlights):
        _write(CLAIMS, rows)


def fill_articles(articles: QuerySet[Any], paragraphs: QuerySet[Any]) -> None:
    for rows in article_rows(articles, paragraphs):
        _write(ARTICLES, rows)


def claim_rows(claims: QuerySet[Any], highlights: QuerySet[Any]) -> Iterator[list[Row]]:
    """In batches, of any number of claims. Takes querysets, so that a migration can give those of its time."""
    for keys in _keys(claims, BATCH):
        quotes: dict[int, list[str]] = defaultdict(list)
        found = highlights.filter(claim__in=keys).order_by("claim_id", "position", "id")
        for claim, quote in found.values_list("claim_id", "quote"):
            quotes[claim].append(quote)
        fields = claims.filter(pk__in=keys).order_by("pk").values_list(*_CLAIM)
        yield [
            Row(pk, words_of_claim(language, speaker, note, quotes[pk], marks_of(*marked)))
            for pk, language, speaker, note, *marked in fields
        ]


def article_rows(articles: QuerySet[Any], paragraphs: QuerySet[Any]) -> Iterator[list[Row]]:
    """In batches, as those of claims."""
    for keys in _keys(articles, ARTICLE_BATCH):
        texts: dict[int, list[str]] = defaultdict(list)
        found = paragraphs.filter(article__in=keys).order_by("article_id", "position")
        for article, text in found.values_list("article_id", "text"):
            texts[article].append(text)
        fields = articles.filter(pk__in=keys).order_by("pk").values_list("pk", "language", "title")
        yield [Row(pk, words_of_article(language, title, texts[pk])) for pk, language, title in fields]


def _keys(rows: QuerySet[Any], size: int) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        yield keys
        last = keys[-1]


def words_of_claim(language: str, speaker: str, note: str, quotes: Iterable[str], marks: str = "") -> Words:
    """By the language of its article. The marks may come later, when the keys are known that they are of."""
    return Words(indexed([*quotes, speaker], language), indexed([note], language) if note else _NOTHING, marks)


def words_of_article(language: str, title: str, texts: Iterable[str]) -> Words:
    return Words(indexed(_as_far([title, *texts]), language))


def _as_far(texts: Iterable[str]) -> Iterator[str]:
    left = _MOST_CHARACTERS
    for text in texts:
        yield text[:left]
        left = max(0, left - len(text))


def find_wrong() -> Iterator[Wrong]:
    """Compares both indexes with what they should hold, batch by batch."""
    for rows in claim_rows(Claim.objects.all(), Highlight.objects.all()):
        yield Wrong(CLAIMS, _missing(CLAIMS, rows), [])
    for rows in article_rows(Article.objects.all(), Paragraph.objects.all()):
        yield Wrong(ARTICLES, _missing(ARTICLES, rows), [])
    for table, indexed_table in TABLES.items():
        sql = f"SELECT rowid FROM {table} WHERE rowid NOT IN (SELECT id FROM {indexed_table})"
        yield Wrong(table, [], [pk for (pk,) in fetched(sql)])


def mend(wrong: Wrong) -> None:
    _write(wrong.table, wrong.rows)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {wrong.table} WHERE rowid = %s", [(pk,) for pk in wrong.strays])


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _write(table: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if _is_postgresql():
            sql = f"""INSERT INTO {table} (rowid, {table}) VALUES (%s, %s::tsvector)
                ON CONFLICT (rowid) DO UPDATE SET {table} = excluded.{table}"""
            cursor.executemany(sql, [(row.pk, _tsvector(row.words)) for row in rows])
        else:
            sql = f"INSERT OR REPLACE INTO {table} (rowid, words, stems, note, note_stems) VALUES (%s, %s, %s, %s, %s)"
            cursor.executemany(sql, [(row.pk, *_columns(row.words)) for row in rows])


def _columns(words: Words) -> tuple[str, str, str, str]:
    text, stems = words.text
    return text, f"{stems} {words.marks}".strip() if words.marks else stems, *words.note


def _tsvector(of: Words) -> str:
    """As PostgreSQL writes it. The weights tell apart what FTS5 has columns for."""
    words = [*of.text.words.split(), GAP, *of.note.words.split()]
    first_of_note = len(words) - len(of.note.words.split())
    lexemes: dict[str, list[str]] = defaultdict(list)
    size = 0
    places = [(word, f"{at + 1}{'C' if at >= first_of_note else 'A'}") for at, word in enumerate(words) if word != GAP]
    places += [(stem, "1B") for stem in of.text.stems.split()] + [(stem, "1D") for stem in of.note.stems.split()]
    for word, place in places:
        size += 2 if word in lexemes else len(word.encode()) + 8
        if size < _MOST_BYTES:
            lexemes[word].append(place)
    kept = [f"'{word}':{','.join(found)}" for word, found in lexemes.items()]
    return " ".join([*kept, *(f"'{mark}'" for mark in of.marks.split())])


def _missing(table: str, rows: Sequence[Row]) -> list[Row]:
    """Those of the rows that the index does not hold as they are."""
    keys = [row.pk for row in rows]
    if _is_postgresql():
        sql = f"""SELECT rowid FROM {table} JOIN unnest(%s::bigint[], %s::text[]) AS wanted (pk, words) ON rowid = pk
            WHERE {table} = words::tsvector"""
        right = {pk for (pk,) in fetched(sql, [keys, [_tsvector(row.words) for row in rows]])}
        return [row for row in rows if row.pk not in right]
    places = ", ".join(["%s"] * len(keys))
    found = fetched(f"SELECT rowid, words, stems, note, note_stems FROM {table} WHERE rowid IN ({places})", keys)
    kept = {pk: columns for pk, *columns in found}
    return [row for row in rows if kept.get(row.pk) != list(_columns(row.words))]
