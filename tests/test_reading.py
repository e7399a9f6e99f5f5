from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Article
from articles.pages.reading import Reading, read
from tests.factories import answer, make_article, make_claim, make_place, make_question, make_source, make_story

pytestmark = pytest.mark.django_db

TEXT = "One said alpha. Two said beta. Three said gamma. Four said delta."
QUOTES = {"Alpha": ["alpha"], "Beta": ["beta", "delta"], "Gamma": ["gamma"]}


@pytest.fixture
def report() -> Article:
    article = make_article(paragraphs=[TEXT], story=make_story())
    for name, quotes in QUOTES.items():
        for quote in quotes:
            make_claim(article=article, source=make_source(name=name), quote=quote)
    return article


def reading(article: Article, *shown: str, visitor: User | AnonymousUser | None = None) -> Reading:
    return read(Article.objects.for_reading().get(pk=article.pk), visitor or AnonymousUser(), shown)


def quotes(one: Reading) -> list[str]:
    return [card.claim.quote for card in one.cards]


def test_without_a_filter_all_claims_are_shown(report: Article) -> None:
    one = reading(report)
    assert quotes(one) == ["alpha", "beta", "gamma", "delta"]
    assert (one.numbers.shown, one.numbers.total, one.shown, one.unknown) == (4, 4, (), ())
    assert one.names_shown == ["Beta", "Alpha", "Gamma"]


def test_with_one_those_of_the_sources_asked_for(report: Article) -> None:
    one = reading(report, "gamma", "beta")
    assert quotes(one) == ["beta", "gamma", "delta"]
    assert (one.numbers.shown, one.numbers.total, one.shown) == (3, 4, ("gamma", "beta"))
    assert one.names_shown == ["Beta", "Gamma"]


def test_unknown_names_are_told_apart(report: Article) -> None:
    one = reading(report, "nobody", "beta")
    assert (one.shown, one.unknown, quotes(one)) == (("beta",), ("nobody",), ["beta", "delta"])
    assert quotes(reading(report, "nobody")) == ["alpha", "beta", "gamma", "delta"]


def test_a_source_that_does_not_speak_here_is_named(report: Article) -> None:
    elsewhere = make_source(name="Else & where", code="ELSE")
    assert (reading(report, elsewhere.slug).absent, reading(report, elsewhere.slug).unknown) == ((), (elsewhere.slug,))
    make_claim(article=make_article(slug="other"), source=elsewhere)
    one = reading(report, elsewhere.slug, "nobody", "beta")
    assert (one.absent, one.unknown, one.shown) == (("Else & where",), ("nobody",), ("beta",))


def test_cards_keep_their_numbers_under_a_filter(report: Article) -> None:
    assert [card.number for card in reading(report, "beta").cards] == ["1.2", "1.4"]


@pytest.mark.parametrize(
    ("shown", "only", "toggled"),
    [
        ([], ("beta",), ("alpha", "gamma")),
        (["beta"], (), ()),
        (["alpha"], ("beta",), ("beta", "alpha")),
        (["alpha", "beta"], ("beta",), ("alpha",)),
        (["alpha", "gamma"], ("beta",), ()),
        (["alpha", "beta", "gamma"], ("beta",), ("alpha", "gamma")),
    ],
)
def test_what_the_links_of_a_source_ask_for(
    report: Article, shown: list[str], only: tuple[str, ...], toggled: tuple[str, ...]
) -> None:
    (beta,) = [row for row in reading(report, *shown).speaking if row.source.slug == "beta"]
    assert (beta.only, beta.toggled) == (only, toggled)
    assert beta.is_shown == (not shown or "beta" in shown)


def test_the_order_of_sources_is_that_of_their_claims_then_of_their_names(report: Article) -> None:
    assert [(row.source.name, row.count) for row in reading(report).speaking] == [
        ("Beta", 2),
        ("Alpha", 1),
        ("Gamma", 1),
    ]


def test_disputes_come_in_the_storys_order_whatever_is_shown(report: Article) -> None:
    later, sooner = (make_question(story=report.story, slug=slug) for slug in ("later", "sooner"))
    later.position = 1
    later.save()
    for number, (name, quote) in enumerate((("Alpha", "One"), ("Gamma", "Three"))):
        said = [answer(question, number) for question in (later, sooner)]
        make_claim(article=report, source=make_source(name=name), quote=quote, answers=said)
    for shown in ((), ("alpha",), ("beta",)):
        assert [question.slug for question in reading(report, *shown).disputed] == ["sooner", "later"]


def test_editors_read_suggestions_but_nothing_rejected(report: Article, editor: User) -> None:
    make_claim(article=report, quote="One", status="suggested")
    make_claim(article=report, quote="Two", status="rejected", source=make_source(name="Delta"))
    one = reading(report, visitor=editor)
    assert quotes(one) == ["One", "alpha", "beta", "gamma", "delta"]
    assert "Delta" not in one.names_shown
    assert quotes(reading(report, "beta", visitor=editor)) == ["beta", "delta"]


def test_the_last_version_is_the_last_that_the_visitor_may_read(report: Article, editor: User) -> None:
    make_article(slug="second", revises=report, status="draft")
    assert reading(report).newest.version_number == 1
    assert reading(report, visitor=editor).newest.version_number == 2


def test_reading_takes_five_to_seven_queries(report: Article, django_assert_num_queries: Any) -> None:
    article = Article.objects.for_reading().get(pk=report.pk)
    with django_assert_num_queries(5):
        read(article, AnonymousUser(), [])
    make_claim(article=report, quote="One", answers=[answer(make_question(story=report.story), 1)])
    with django_assert_num_queries(6):
        read(article, AnonymousUser(), [])
    where = make_question(story=report.story, slug="where", kind="place")
    make_claim(article=report, quote="Two", answers=[answer(where, make_place())])
    with django_assert_num_queries(7):
        read(article, AnonymousUser(), [])
