"""Fragments: the pieces of the reading page, each rendered alone as it is within the page.

They are Jinja macros, one to a file in `templates/fragments/`: a page of 500 claims is made of thousands of small
pieces, and each costs a call of a Python function. What a piece shows depends on its arguments alone. `oob` makes
it one that htmx puts in place of the element with its id, wherever that stands.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from articles.models import Article, Changeset, Question
from articles.pages.account_table import Row
from articles.pages.browsing import Group
from articles.pages.cards import Card
from articles.pages.marking import MarkedParagraph, MarkedSegment
from articles.pages.pieces import Pieces
from articles.pages.reading import Reading
from articles.pages.story_page import Accounts

# Of how many stories the empty fields of answers are kept.
MOST_KEPT = 50
_EMPTY_ANSWERS: dict[Hashable, str] = {}


def _macro(name: str) -> Callable[..., str]:
    """The macro of the file with its name. What it returns counts as HTML in templates of both languages."""
    engine = cast(Jinja2, engines["fragments"])
    return cast(Callable[..., str], getattr(engine.env.get_template(f"_{name}.html").module, name))


def reading_html(reading: Reading, request: HttpRequest, *, is_editor: bool) -> str:
    """The whole region that filters swap (`reading`)."""
    return _macro("reading")(reading, request, is_editor)


def paragraph_html(marked: MarkedParagraph, *, oob: bool = False, add: str = "") -> str:
    """One paragraph with its marks (`p1`, or `b0` for a block without a number). `add`: where editors add claims."""
    return _macro("paragraph")(marked, oob, add)


def segments_html(segments: Iterable[MarkedSegment]) -> str:
    """A text with its marks, without an element of its own."""
    return _macro("segments")(segments)


def card_html(card: Card, article: Article, *, oob: bool = False, editing: bool = False) -> str:
    """One claim as a card (`claim-UID`); for editors with what they do to it."""
    return _macro("card")(card, article, oob, editing)


def claims_title_html(reading: Reading | Pieces, *, oob: bool = False) -> str:
    """The heading of the cards, with their number (`claims-title`)."""
    return _macro("claims_title")(reading, oob)


def speaking_html(reading: Reading | Pieces, request: HttpRequest, *, oob: bool = False) -> str:
    """The sources that speak (`speaking`), with links that keep what the address asks for."""
    return _macro("speaking")(reading, request, oob)


def disputed_html(article: Article, questions: Sequence[Question], *, oob: bool = False) -> str:
    """What is in dispute (`disputed`); an empty element where nothing is."""
    return _macro("disputed")(article, questions, oob)


def accounts_html(page: Accounts) -> str:
    """The accounts of a story side by side."""
    return _macro("accounts")(page)


def question_html(row: Row, *, is_read: bool) -> str:
    """All accounts on one question, one after the other."""
    return _macro("question")(row, is_read)


def claim_groups_html(groups: Iterable[Group], grouped_by: str, *, for_editors: bool, with_tick: bool) -> str:
    """Claims under the articles that they stand in, or the questions that they answer (`grouped_by`)."""
    return _macro("claim_groups")(groups, grouped_by, for_editors, with_tick)


def claim_row_html(entry: Any, *, for_editors: bool, with_tick: bool, **how: Any) -> str:
    """One claim in a list. `how`: `on_source_page`, `show_article`, `question`."""
    return _macro("claim_row")(entry, for_editors, with_tick, **how)


def answer_forms_html(form: Any) -> str:
    """The fields of what a claim says on each question of its story, and on a new one (`ClaimForm`). The form of most
    claims comes with none filled in: then they are those of the last such form, be it of another claim."""
    shown = form.empty_answers()
    if shown is None:
        return _macro("answer_forms")(form)
    html = _EMPTY_ANSWERS.get(shown)
    if html is None:
        if len(_EMPTY_ANSWERS) >= MOST_KEPT:
            _EMPTY_ANSWERS.clear()
        html = _EMPTY_ANSWERS[shown] = _macro("answer_forms")(form)
    return html


def facets_html(facets: Sequence[Any], since: date | None, until: date | None) -> str:
    """What a list of claims can be narrowed by."""
    return _macro("facets")(facets, since, until)


def done_html(
    changeset: Changeset, request: HttpRequest, *, plain: bool = False, listed: str = "", place: Any = None
) -> str:
    """What was done (`done-UID`), and its undoing. `plain`: on a page of its own, which `listed` leads back to, or
    `place`, if that is the list of work (`WorkPlace`)."""
    words = changeset.words
    return _macro("done")(changeset, get_token(request), words, plain=plain, list=listed, place=place)


def told_html(
    changeset: Changeset, request: HttpRequest, *, words: str, is_hidden: bool, numbers: str, stamp: str
) -> str:
    """The same for htmx to put among the notices, with what the page knows besides: the keys of its sources, and its
    stamp."""
    return _macro("told")(changeset, get_token(request), words, is_hidden, numbers, stamp)


def announcement(reading: Reading) -> str:
    """What the live region says of a filter."""
    return _macro("announcement")(reading)
