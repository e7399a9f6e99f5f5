"""The index of words: tables that a migration makes and `search.py` fills.

On SQLite they are FTS5 tables, on PostgreSQL tables with a tsvector. On both the index stands in a column that has
the table's name, because FTS5 calls it so. A row goes with what it indexes.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from articles.models.article import Article
from articles.models.claim import Claim
from articles.text.seeking import Sought, Term

CLAIMS, ARTICLES = "articles_claimwords", "articles_articlewords"
# Each index, and what it is of.
TABLES = {CLAIMS: "articles_claim", ARTICLES: "articles_article"}


# What the index of claims has beside their words: under which source, outlet and story each stands. A mark is a word of
# two characters for private use, as no text has them; the first one says of what kind it is, and both together its key.
MARKED = {"source": 0xE000, "outlet": 0xE800, "story": 0xF000}
DIGIT, DIGITS = 0xF0000, 60_000
MOST_MARKED = 2_000 * DIGITS


def mark_of(kind: str, key: int) -> str:
    """For keys below 120 million. Raises ValueError for others, whose marks would be those of another kind."""
    if key >= MOST_MARKED:
        raise ValueError(f"{key} is too large for a mark of a {kind}.")
    return chr(MARKED[kind] + key // DIGITS) + chr(DIGIT + key % DIGITS)


def marks_of(source: int | None, outlet: int | None, story: int | None) -> str:
    """Of a claim, by their keys."""
    keys = zip(MARKED, (source, outlet, story), strict=True)
    return " ".join([mark_of(kind, key) for kind, key in keys if key])


class IndexField(models.TextField):  # type: ignore[type-arg]
    """Asked with `matches`, and nothing else."""


@IndexField.register_lookup
class Matches(models.Lookup):
    lookup_name = "matches"
    prepare_rhs = False
    rhs: Sought

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*params, fts5_query(self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, ts_query(self.rhs)]


@IndexField.register_lookup
class Holds(models.Lookup):
    """The same of a row that is at hand, by the words that FTS5 keeps beside its index: to ask the index of each of
    many rows takes some fifteen times as long. On SQLite alone."""

    lookup_name = "holds"
    prepare_rhs = False
    rhs: Sought
    lhs: Any

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        row = compiler.quote_name_unless_alias(self.lhs.alias)
        terms = [_parts_of(term, in_notes=self.rhs.in_notes) for term in self.rhs.terms]
        held = [" OR ".join(f"instr(' ' || {row}.{name} || ' ', %s) > 0" for name, _ in parts) for parts in terms]
        return " AND ".join(f"({one})" for one in held), [words for parts in terms for _, words in parts]


def _parts_of(term: Term, *, in_notes: bool) -> list[tuple[str, str]]:
    """Each column that may hold it, with what stands there then: blanks part the words."""
    columns = _columns(term, in_notes=in_notes).split()
    wanted = [f" {form} " for form in sorted(term.forms)] or [
        f" {' '.join(term.written)}{'' if term.is_begun else ' '}"
    ]
    if term.forms and term.is_begun:
        wanted.append(f" {term.written[0]}")
    return [(column, words) for column in columns for words in wanted]


def _columns(term: Term, *, in_notes: bool) -> str:
    """Phrases are sought as they are written, words in their stems as well."""
    if term.forms:
        return "words stems note note_stems" if in_notes else "words stems"
    return "words note" if in_notes else "words"


def fts5_query(sought: Sought) -> str:
    """Words are letters and digits, so that they need nothing but their quotes."""
    terms = [_fts5_term(term, in_notes=sought.in_notes) for term in sought.terms]
    return " AND ".join([*terms, *(f"{{stems}} : ({' OR '.join(_quoted(some))})" for some in sought.marks)])


def _fts5_term(term: Term, *, in_notes: bool) -> str:
    star = " *" if term.is_begun else ""
    columns = _columns(term, in_notes=in_notes)
    if not term.forms:
        return f'{{{columns}}} : ("{" ".join(term.written)}"{star})'
    begun = [f'"{term.written[0]}" *'] if term.is_begun else []
    return f"{{{columns}}} : ({' OR '.join([*_quoted(term.forms), *begun])})"


def _quoted(forms: Iterable[str]) -> list[str]:
    return [f'"{form}"' for form in sorted(forms)]


def ts_query(sought: Sought) -> str:
    """Words of a claim have weight A, its stems B; those of its note C and D. Its marks have none."""
    terms = [_ts_term(term, in_notes=sought.in_notes) for term in sought.terms]
    marks = [" | ".join(f"'{mark}'" for mark in sorted(some)) for some in sought.marks]
    return " & ".join([*terms, *(f"({some})" for some in marks)])


def _ts_term(term: Term, *, in_notes: bool) -> str:
    star = "*" if term.is_begun else ""
    if not term.forms:
        weights = "AC" if in_notes else "A"
        *before, last = (f"'{word}'" for word in term.written)
        return " <-> ".join([*(f"{word}:{weights}" for word in before), f"{last}:{star}{weights}"])
    weights = "ABCD" if in_notes else "AB"
    forms = [f"'{form}':{weights}" for form in sorted(term.forms)]
    begun = [f"'{term.written[0]}':*{weights}"] if term.is_begun else []
    return f"({' | '.join([*forms, *begun])})"


class ClaimWords(models.Model):
    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="words"
    )
    index = IndexField(db_column=CLAIMS, editable=False)

    class Meta:
        managed = False
        db_table = CLAIMS
        verbose_name = "entry of the search index"

    def __str__(self) -> str:
        return f"words of claim {self.claim_id}"


class ArticleWords(models.Model):
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="words"
    )
    index = IndexField(db_column=ARTICLES, editable=False)

    class Meta:
        managed = False
        db_table = ARTICLES
        verbose_name = "entry of the search index"

    def __str__(self) -> str:
        return f"words of article {self.article_id}"
