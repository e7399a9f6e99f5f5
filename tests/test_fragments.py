"""Each piece of the reading page, rendered alone, is what stands in the page."""

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from articles.editors.claim_form import ClaimForm
from articles.loading import whole_claims
from articles.models import Article, Claim, Paragraph, Question
from articles.pages.fragments import (
    _macro,
    announcement,
    answer_forms_html,
    card_html,
    claims_title_html,
    disputed_html,
    paragraph_html,
    reading_html,
    segments_html,
    speaking_html,
)
from articles.pages.marking import MarkedSegment
from articles.pages.reading import Reading, read
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_place,
    make_question,
    make_source,
    make_story,
)
from tests.pages import ids

pytestmark = pytest.mark.django_db

TEXT = "One said <alpha> & beta. Two said “gamma”."
ADDRESS = "/articles/strikes/?from=mail"
Piece = Callable[[Reading, HttpRequest, bool], str]


@pytest.fixture
def report() -> Article:
    """Two sources that contradict each other, and overlap."""
    article = make_article(paragraphs=[TEXT, Paragraph(text="A heading", kind="heading")], story=make_story())
    question = make_question(story=article.story)
    for name, quote, count in (("<One>", "<alpha> & beta", 1), ("Two", "beta. Two", 2)):
        source = make_source(name=name, code=quote[-3:].upper())
        make_claim(article=article, source=source, quote=quote, answers=[answer(question, count)], speaker='"O’"')
    return article


@pytest.fixture
def request_for() -> HttpRequest:
    return RequestFactory().get(ADDRESS)


def reading(article: Article, *shown: str) -> Reading:
    return read(Article.objects.for_reading().get(pk=article.pk), AnonymousUser(), shown)


def tree(html: str) -> Any:
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def plain(node: Any) -> Any:
    """A node and all within it, blanks as a browser shows them."""
    inner = [(plain(child), " ".join((child.tail or "").split())) for child in node]
    return node.tag, sorted(node.attrib.items()), " ".join((node.text or "").split()), inner


PIECES: dict[str, tuple[str, Piece]] = {
    "a paragraph": ("p1", lambda one, _, oob: paragraph_html(one.paragraphs[0], oob=oob)),
    "a heading": ("b1", lambda one, _, oob: paragraph_html(one.paragraphs[1], oob=oob)),
    "a card": ("claim-{}", lambda one, _, oob: card_html(one.cards[0], one.article, oob=oob)),
    "the title of the claims": ("claims-title", lambda one, _, oob: claims_title_html(one, oob=oob)),
    "who is speaking": ("speaking", lambda one, request, oob: speaking_html(one, request, oob=oob)),
    "what is disputed": ("disputed", lambda one, _, oob: disputed_html(one.article, one.disputed, oob=oob)),
}


@pytest.mark.parametrize(("name", "make"), PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("shown", [(), ("two",)], ids=["all", "filtered"])
def test_it_is_what_stands_in_the_page(
    report: Article, request_for: HttpRequest, name: str, make: Piece, shown: tuple[str, ...]
) -> None:
    one = reading(report, *shown)
    whole = tree(reading_html(one, request_for, is_editor=False))
    name = name.format(one.cards[0].claim.uid)
    (within,) = [node for node in whole.iter() if isinstance(node.tag, str) and node.get("id") == name]
    (alone,) = tree(make(one, request_for, False))
    assert plain(alone) == plain(within)
    (swapped,) = tree(make(one, request_for, True))
    assert swapped.attrib.pop("hx-swap-oob") == "true"
    assert plain(swapped) == plain(within)


def test_what_is_not_disputed_is_an_empty_element(report: Article) -> None:
    (alone,) = tree(disputed_html(report, []))
    assert (alone.get("id"), len(alone), (alone.text or "").strip()) == ("disputed", 0, "")


def test_a_card_depends_on_its_claim_alone(report: Article) -> None:
    one = reading(report)
    card = card_html(one.cards[0], one.article)
    make_claim(article=report, source=make_source(name="Three"), quote="gamma")
    again = reading(report)
    assert card_html(again.cards[0], again.article) == card
    assert claims_title_html(again) != claims_title_html(one)


def test_no_id_stands_twice(report: Article, request_for: HttpRequest) -> None:
    found = ids(tree(reading_html(reading(report), request_for, is_editor=False)))
    assert len(found) == len(set(found))


def test_what_is_filled_in_is_text(report: Article) -> None:
    html = card_html(reading(report).cards[0], report)
    assert "&lt;One&gt;" in html
    assert "<One>" not in html
    assert segments_html([MarkedSegment("a  b\n\n<c>", (), ())]) == "a  b\n\n&lt;c&gt;"


@pytest.mark.parametrize(("others", "shown", "rest"), [(5, 5, ""), (6, 4, "and 2 others"), (30, 4, "and 26 others")])
def test_a_card_names_some_who_contradict_it_and_leads_to_all(
    report: Article, others: int, shown: int, rest: str
) -> None:
    question = Question.objects.get()
    for at in range(others - 1):
        source = make_source(name=f"Witness {at:02}", code=f"W{at}")
        make_claim(article=report, source=source, quote="gamma", answers=[answer(question, 10 + at)])
    found = [
        node for node in tree(card_html(reading(report).cards[0], report)).iter() if node.get("class") == "against"
    ]
    named, links = ([node for node in found if node.tag == tag] for tag in ("span", "a"))
    assert len(named) == shown
    assert "".join(link.text for link in links) == rest
    assert all(link.get("href") == f"{report.story.get_absolute_url()}#{question.slug}" for link in links)


ANSWERED = {"q-hurt-value": "rather <many>", "q-who-value": "+", "q-why-value": "\nbecause", "new-value": "no"}


@pytest.mark.parametrize("data", [None, ANSWERED], ids=["empty", "filled in, and wrong"])
def test_the_fields_of_answers_are_those_that_django_makes(report: Article, data: dict[str, str] | None) -> None:
    make_question(story=report.story, slug="hurt")
    make_choice(question=make_question(story=report.story, slug="who", kind="choice"), slug="the-<army>")
    make_question(story=report.story, slug="why", kind="words")
    form = ClaimForm(report, data=data)
    html = tree(answer_forms_html(form))
    fields = [field for one in [*form.answers, form.new_question] for field in one or ()]
    assert len(fields) == 2 + 2 + 3 + 2 + 5
    for field in fields:
        (made,) = [node for node in html.iter() if node.get("id") == field.auto_id]
        hints = [texts(node) for node in html.iter() if node.get("id") == f"{field.auto_id}_hint"]
        assert without_hint(made, f"{field.auto_id}_hint") == bool(hints)
        assert described(made) == described(tree(str(field))[0])
        about = [node for node in html.iter() if node.get("id") in (made.get("aria-describedby") or "").split()]
        assert len(about) == bool(field.help_text) + bool(field.errors)
        assert [error for node in about for error in texts(node)][bool(field.help_text) :] == list(field.errors)
    assert bool(data) == any(field.errors for field in fields)


def test_empty_fields_of_answers_are_kept_until_anything_in_them_changes(report: Article) -> None:
    question = make_question(story=report.story, slug="who", kind="choice", text="By whom?")
    choice = make_choice(question=question, slug="army")
    place = make_place(story=report.story)
    number = Question.objects.get(slug="how-many")

    def shown(claim: Claim | None = None) -> str:
        html = answer_forms_html(ClaimForm(report, claim))
        assert html == _macro("answer_forms")(ClaimForm(report, claim))
        return html

    seen = {shown()}
    assert shown() in seen
    for row, name in (
        *((question, "text"), (question, "slug"), (number, "counted")),
        *((choice, "label"), (choice, "slug"), (place, "name"), (place, "slug")),
    ):
        setattr(row, name, f"X-{name}")
        row.save()
        if row is place:
            make_question(story=report.story, slug=f"where-{name}", kind="place")
        html = shown()
        assert html not in seen and f"X-{name}" in html
        seen.add(html)
    claims = whole_claims([claim.uid for claim in Claim.objects.in_article(report)])
    assert all(shown(claim) not in seen for claim in claims)
    assert shown() in seen
    assert shown(whole_claims([make_claim(article=report, quote="said").uid])[0]) in seen


def test_the_fields_of_answers_of_another_story_are_others() -> None:
    some, other = (make_article(slug=slug, story=make_story(slug=slug)) for slug in ("some", "other"))
    alone = make_article(slug="alone")
    make_question(story=some.story)
    found = [answer_forms_html(ClaimForm(article)) for article in (some, other, alone)]
    assert len(set(found)) == 3 and "details" not in found[2]


def described(node: Any) -> object:
    options = [(one.get("value"), one.text, "selected" in one.attrib) for one in node.iter("option")]
    options = [
        (value, text, chosen or (not any(one[2] for one in options) and not value)) for value, text, chosen in options
    ]
    attributes = {name: " ".join(value.split()) for name, value in node.attrib.items() if name != "value" or value}
    return node.tag, attributes, [] if options else node.text, options


def without_hint(field: Any, name: str) -> bool:
    """Takes our own hint out of what a field is described by: Django has none. False if it is not there."""
    about = field.attrib.pop("aria-describedby", "").split()
    others = [one for one in about if one != name]
    if others:
        field.set("aria-describedby", " ".join(others))
    return others != about


def texts(node: Any) -> list[str]:
    return [text.strip() for text in node.itertext() if text.strip()]


def test_only_an_editor_is_not_told_of_editors(request_for: HttpRequest) -> None:
    one = reading(make_article())
    told = [reading_html(one, request_for, is_editor=is_editor) for is_editor in (False, True)]
    assert ["Its editors" in html for html in told] == [True, False]


@pytest.mark.parametrize(("shown", "said"), [((), "All 2 claims shown"), (("two",), "1 of 2 claims shown: Two")])
def test_the_announcement(report: Article, shown: tuple[str, ...], said: str) -> None:
    assert announcement(reading(report, *shown)) == said


def test_a_page_holds_no_indentation(report: Article, request_for: HttpRequest) -> None:
    assert not re.search(r"[ \t]{2}", reading_html(reading(report), request_for, is_editor=False))
