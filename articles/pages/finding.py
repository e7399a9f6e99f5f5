"""What the page of a search is made of: articles and claims that hold what was asked for, with the hits told apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.counting import count_if_quick, written
from articles.models import Article, Claim, Paragraph
from articles.models.article import ArticleQuerySet
from articles.models.claim import ClaimQuerySet
from articles.models.roles import Visitor, is_editor
from articles.pages.finding_names import named_so
from articles.pages.forms import SearchForm
from articles.pages.paging import Place, RowsPage, Values, Window, window
from articles.search import languages
from articles.text.seeking import (
    MOST_CHARACTERS,
    MOST_WORDS,
    Piece,
    Sought,
    count_terms,
    excerpt,
    pieces,
    read_query,
)
from articles.text.words import language_of

PER_PAGE = 20
# Articles above the claims, where both are asked for.
FIRST_ARTICLES = 5
# By which other searches leave a word out; and what stands between quotation marks, where it is a stroke like others.
_MINUS = re.compile(r"(?<!\S)[-−](\w\S*)")
_QUOTED = re.compile(r"[“”„«»\"][^“”„«»\"]*[“”„«»\"]?")


@dataclass(frozen=True, slots=True)
class Found(RowsPage[Any]):
    """One page of what the index finds, and how much that is in all, if it `is_exact`; else more than that."""

    total: int = 0
    is_exact: bool = True

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    @property
    def in_words(self) -> str:
        return written(self.total, is_exact=self.is_exact)


@dataclass(frozen=True, slots=True)
class FoundClaim:
    claim: Claim
    words: list[Piece]
    speaker: list[Piece]
    note: list[Piece]

    @property
    def tone(self) -> int:
        return self.claim.source.tone if self.claim.source else 0


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """With the paragraph that holds most of what is sought, if one holds any."""

    article: Article
    title: list[Piece]
    paragraph: Paragraph | None
    words: list[Piece]


def search_page(form: SearchForm, visitor: Visitor) -> dict[str, Any]:
    """Ten queries at most, however much is found."""
    asked = form.cleaned_data
    spoken = languages() if asked["q"] else []
    sought = read_query(asked["q"], spoken, in_notes=is_editor(visitor), is_typing=asked["typing"])
    context: dict[str, Any] = {
        "form": form,
        "asked": asked["q"].strip(),
        "sought": sought,
        "taken": _taken(sought),
        "minus": _MINUS.search(_QUOTED.sub(" ", asked["q"])),
    }
    if not sought:
        return context
    articles, claims = _articles(sought, visitor, all_versions=bool(asked["versions"])), _claims(sought, visitor)
    if not asked["versions"]:
        claims = claims.in_latest_versions()
    page = None
    if asked["kind"] != "claims":
        page = _page(articles, "words__article_id", "slug", asked if asked["kind"] else None)
        context |= {"articles": page, "found_articles": _found_articles(sought, list(page))}
    if asked["kind"] != "articles":
        page = _page(claims, "words__claim_id", "uid", asked)
        context |= {"claims": page, "found_claims": [_found_claim(sought, claim) for claim in page]}
    is_first = not asked["kind"] and not (page and page.has_before)
    return {**context, "page": page, "found_names": named_so(sought, spoken, visitor) if is_first else []}


def _taken(sought: Sought) -> str:
    """How much is looked for, where more was asked for."""
    if not sought.is_cut:
        return ""
    is_full = sum(len(term.written) for term in sought.terms) == MOST_WORDS
    return f"{MOST_WORDS} words" if is_full else f"{MOST_CHARACTERS:,} characters"


def _articles(sought: Sought, visitor: Visitor, *, all_versions: bool) -> ArticleQuerySet:
    articles = Article.objects.visible_to(visitor).found_by(sought).select_related("outlet", "story")
    return (articles if all_versions else articles.latest_versions()).last_indexed_first()


def _claims(sought: Sought, visitor: Visitor) -> ClaimQuerySet:
    claims = Claim.objects.listed_for(visitor).found_by(sought).select_related("source", "article__outlet")
    return claims.prefetch_related("highlights").last_indexed_first()


def _page(rows: Any, key: str, name: str, asked: Mapping[str, Any] | None) -> Found:
    """Three queries, and one for where it begins; without `asked` the first few."""

    def fetch(values: Values | None, backwards: bool, count: int, left_out: int) -> list[Any]:
        found = rows
        if values is not None:
            found = rows.filter(**{f"{key}__{'gt' if backwards else 'lt'}": values[0]})
        return list(found.order_by(key if backwards else f"-{key}")[left_out : left_out + count])

    def values_of(cursor: str) -> Values | None:
        found = rows.model.objects.filter(**{name: cursor}) if cursor else None
        return found.values_list("pk").first() if found is not None else None

    place = Place()
    if asked:
        below, above = values_of(asked["below"]), values_of(asked["above"])
        place = Place(below, above, asked["end"] == "last", max(1, asked["page"]), asked["row"])
    size = PER_PAGE if asked else FIRST_ARTICLES
    page = window(fetch, place, size)
    first, last = (str(getattr(page.rows[at], name)) if page.rows else "" for at in (0, -1))
    total, is_exact = _total(rows, page)
    found = Found(page.rows, page.has_before, page.has_after, first, last, at=page.at, total=total, is_exact=is_exact)
    return found.counted(total if is_exact else None, size)


def _total(rows: Any, page: Window[Any]) -> tuple[int, bool]:
    """And whether it is exact."""
    if not (page.has_before or page.has_after):
        return len(page.rows), True
    return count_if_quick(rows, len(page.rows))


def _found_claim(sought: Sought, claim: Claim) -> FoundClaim:
    language = language_of(claim.article.language)
    note = (
        excerpt(sought, claim.note, language) if sought.in_notes and count_terms(sought, claim.note, language) else []
    )
    speaker = pieces(sought, claim.other_speaker, language)
    return FoundClaim(claim, pieces(sought, claim.quote, language), speaker, note)


def _found_articles(sought: Sought, articles: Sequence[Article]) -> list[FoundArticle]:
    """Reads their texts: one query."""
    texts: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in Paragraph.objects.of_articles(articles) if articles else []:
        texts[paragraph.article_id].append(paragraph)
    return [_found_article(sought, article, texts[article.pk]) for article in articles]


def _found_article(sought: Sought, article: Article, paragraphs: Iterable[Paragraph]) -> FoundArticle:
    language = language_of(article.language)
    counted = [(count_terms(sought, row.text, language), -row.position, row) for row in paragraphs]
    most, _, best = max(counted, key=lambda one: one[:2], default=(0, 0, None))
    shown = best if most else None
    words = excerpt(sought, shown.text, language) if shown else []
    return FoundArticle(article, pieces(sought, article.title, language), shown, words)
