"""What answers an act: pieces where the page can take them, the region where not, a way back without htmx."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from articles.editors.editors_desk import page_stamp, stamp_after
from articles.editors.written import answer_with_pieces, back_to_list, before_act, repeated_act
from articles.models import Article, Changeset, Claim, Story
from articles.writing.tagging import Act, delete_claim, retag_claim, stored
from tests.factories import make_article, make_claim, make_source, make_story
from tests.htmx import by_id
from tests.pages import tree_of, words

pytestmark = pytest.mark.django_db

TEXT = "Alpha said that it was so. Beta said that it was not."


@pytest.fixture
def article() -> Article:
    article = make_article(paragraphs=[TEXT, "Quiet."], story=make_story())
    alpha, beta = make_source(name="Alpha"), make_source(name="Beta", tone=2)
    for uid, source, quote in (("aaa1", alpha, "it was so"), ("bbb1", beta, "it was not"), ("aaa2", alpha, "Quiet")):
        make_claim(uid=uid, article=article, source=source, quote=quote)
    return read()


def read() -> Article:
    return Article.objects.select_related("story", "outlet").get(slug="strikes")


def whole(uid: str) -> Claim:
    claim = stored(uid)
    assert claim
    return claim


def request(editor: User, query: str = "", htmx: bool = True, **data: Any) -> Any:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/articles/strikes/{query}"} if htmx else {}
    made: Any = RequestFactory().post("/claims/aaa1/act/", data, headers=headers)
    made.user, made.htmx = editor, HtmxDetails(made)
    return made


def told(response: HttpResponse) -> list[str]:
    uids: list[str] = json.loads(response.headers["HX-Trigger-After-Settle"])["newsdesk:done"]["claims"]
    return uids


def pieces_of(response: HttpResponse) -> dict[str, str]:
    """By id or place, what is done with each piece out of band."""
    tree = tree_of(response)
    found = [node for node in tree.iter() if isinstance(node.tag, str) and node.get("hx-swap-oob")]
    return {node.get("id") or node.get("hx-swap-oob"): node.get("hx-swap-oob") for node in found}


class TestBefore:
    def test_a_page_is_asked_for_without_htmx(self, article: Article, editor: User) -> None:
        assert before_act(request(editor, htmx=False), article) is None

    def test_the_filter_of_the_page_that_sent_it(self, article: Article, editor: User) -> None:
        page = before_act(request(editor, "?shown=alpha&shown=&shown=beta&shown=alpha&x=1"), article)
        assert page and page.shown == ("alpha", "beta") and page.is_current
        assert page.request.path == "/articles/strikes/"

    def test_a_page_that_shows_something_older_is_not_current(self, article: Article, editor: User) -> None:
        for seen, expected in ((page_stamp(article), True), ("0.0", False)):
            page = before_act(request(editor, seen=seen), article)
            assert page and page.is_current is expected

    def test_needs_no_query(self, article: Article, editor: User, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            before_act(request(editor), article)


class TestPieces:
    def test_only_what_changed(self, article: Article, editor: User) -> None:
        asked = request(editor)
        page = before_act(asked, article)
        response = answer_with_pieces(asked, article, delete_claim(whole("bbb1"), Act(editor)), page)
        assert pieces_of(response) == {
            "p1": "true",
            "claim-bbb1": "delete",
            "claims-title": "true",
            "speaking": "true",
            "afterbegin:#notices": "afterbegin:#notices",
            "source-numbers": "true",
        }
        assert told(response) == ["bbb1"] and response.status_code == 200
        assert "HX-Retarget" not in response.headers

    def test_the_card_goes_where_it_is_read(self, article: Article, editor: User) -> None:
        asked = request(editor)
        page = before_act(asked, article)
        changeset = retag_claim(whole("bbb1"), make_source(name="Alpha"), Act(editor))
        assert "afterend:#claim-aaa1" in pieces_of(answer_with_pieces(asked, article, changeset, page))

    def test_what_the_filter_hides_is_said_and_the_title_is_new(self, article: Article, editor: User) -> None:
        asked = request(editor, "?shown=alpha")
        page = before_act(asked, article)
        changeset = retag_claim(whole("aaa1"), make_source(name="Beta"), Act(editor))
        response = answer_with_pieces(asked, article, changeset, page)
        assert "It is not shown" in words(tree_of(response))
        assert tree_of(response).find(".//title") is not None

    def test_the_stamp_of_the_page_is_the_one_of_the_desk(self, article: Article, editor: User) -> None:
        asked = request(editor)
        page = before_act(asked, article)
        response = answer_with_pieces(asked, article, delete_claim(whole("bbb1"), Act(editor)), page)
        numbers = by_id(tree_of(response), "source-numbers")
        assert numbers.get("data-stamp") == page_stamp(read())
        assert json.loads(numbers.get("data-numbers")) == {"1": "alpha", "2": "beta"}

    def test_an_undone_act_is_not_offered_to_be_undone(self, article: Article, editor: User) -> None:
        for kind, offered in (("delete", True), ("restore", False)):
            changeset = delete_claim(whole("bbb1" if offered else "aaa2"), Act(editor))
            changeset.kind = kind
            response = answer_with_pieces(request(editor), article, changeset, before_act(request(editor), article))
            assert (tree_of(response).find(".//form") is not None) is offered


class TestTheRegion:
    def test_where_the_page_shows_something_older(self, article: Article, editor: User) -> None:
        asked = request(editor, seen="0.0")
        page = before_act(asked, article)
        response = answer_with_pieces(asked, article, delete_claim(whole("bbb1"), Act(editor)), page)
        assert response.headers["HX-Retarget"] == "#reading"
        assert by_id(tree_of(response), "reading") is not None
        assert "claim-bbb1" not in response.content.decode() and told(response) == ["bbb1"]
        assert by_id(tree_of(response), "source-numbers").get("data-stamp") == page_stamp(read())

    def test_where_an_act_was_carried_out_before(self, article: Article, editor: User) -> None:
        token = str(uuid4())
        delete_claim(whole("bbb1"), Act(editor, token))
        response = repeated_act(request(editor), Changeset.objects.get(token=token))
        assert response.headers["HX-Retarget"] == "#reading" and told(response) == ["bbb1"]


class TestTheWayBack:
    def test_to_the_mark_on_the_page(self, article: Article, editor: User) -> None:
        changeset = delete_claim(whole("bbb1"), Act(editor))
        response = answer_with_pieces(request(editor, htmx=False, shown=["alpha", "beta"]), article, changeset, None)
        assert response.status_code == 302
        expected = f"/articles/strikes/?shown=alpha&shown=beta&done={changeset.uid}#sign-bbb1"
        assert response.headers["Location"] == expected

    def test_to_the_list_as_it_was_asked_for(self, article: Article, editor: User) -> None:
        changeset = delete_claim(whole("bbb1"), Act(editor))
        assert back_to_list("shown=alpha&page=2", changeset) == f"/claims/?shown=alpha&page=2&done={changeset.uid}"
        assert back_to_list("done=before", changeset) == f"/claims/?done={changeset.uid}"


class TestStamps:
    def test_what_somebody_else_wrote_in_between_makes_another(self, article: Article, editor: User) -> None:
        """The page does not show it, and must not be taken for one that does."""
        make_claim(article=article, source=make_source(name="Alpha"), quote="Beta said")
        changeset = delete_claim(whole("bbb1"), Act(editor))
        assert stamp_after(article, changeset) != page_stamp(read())
        assert stamp_after(read(), Changeset()) == page_stamp(read())

    def test_a_change_of_the_story_alone_too(self, article: Article, editor: User) -> None:
        Story.objects.update(stamp=F("stamp") + 1)
        changeset = delete_claim(whole("bbb1"), Act(editor))
        assert stamp_after(article, changeset) != page_stamp(read())

    def test_other_articles_that_the_act_has_changed_are_counted(self, article: Article, editor: User) -> None:
        later = make_article(slug="later", paragraphs=[TEXT], story=article.story, revises=article)
        make_claim(article=later, source=make_source(name="Beta"), quote="it was not", continues=whole("bbb1"))
        article = read()
        changeset = delete_claim(whole("bbb1"), Act(editor))
        assert stamp_after(article, changeset) == page_stamp(read())
