"""What an editor is asked about once more before a claim is saved: the same claim again, numbers that nobody said."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Claim
from tests.factories import (
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.htmx import HEADERS
from tests.pages import PageClient, by_id, tree_of, words
from tests.test_marking_claims import form_of

pytestmark = pytest.mark.django_db

TEXT = "“It struck about 2,000 troops in self-defence,” the coalition said. Nobody was hurt, it said."
ADD = "/articles/strikes/claims/new/"
WORDS = "self-defence"


@pytest.fixture
def article(db: None) -> Article:
    make_source()
    make_source(name="SANA", tone=2)
    return make_article(paragraphs=["Nothing here.", TEXT], story=make_story())


def place(quote: str, text: str = TEXT, paragraph: int = 1) -> str:
    return f"{paragraph}:{text.index(quote)}-{text.index(quote) + len(quote)}"


def opened(client: PageClient, *quotes: str) -> dict[str, Any]:
    """The form for these words, chosen to be said by the coalition."""
    return {**form_of(client.get(ADD, {"at": [place(quote) for quote in quotes]})), "source": "coalition"}


def doubts(response: Any) -> str:
    assert response.status_code == 409
    return " ".join(
        words(node) for node in by_id(tree_of(response), "claim-form").iter() if node.get("role") == "alert"
    )


def button(response: Any) -> str:
    found = by_id(tree_of(response), "claim-form").findall(".//button[@class='button-strong']")
    return " ".join(words(one) for one in found)


class TestTheSameAgain:
    def test_is_told_before_it_is_saved(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote=WORDS)
        page = editors_browser.post(ADD, opened(editors_browser, WORDS))
        assert "Coalition already has a claim of these words: ¶2. Nothing is saved yet." in doubts(page)
        assert Claim.objects.count() == 1 and button(page) == "Save all the same ↵"

    def test_and_can_be_saved_all_the_same(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote=WORDS)
        page = editors_browser.post(ADD, {**opened(editors_browser, WORDS), "speaker": "Veale"})
        assert editors_browser.post(ADD, form_of(page)).status_code == 302
        assert sorted(claim.speaker for claim in Claim.objects.all())[-1] == "Veale" and Claim.objects.count() == 2

    def test_a_piece_of_the_reading_page_tells_the_same(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote=WORDS)
        page = editors_browser.post(ADD, opened(editors_browser, WORDS), headers=HEADERS)
        assert page.status_code == 409 and b"already has a claim of these words" in page.content

    @pytest.mark.parametrize("named", ["Coalition", "COALITION"])
    def test_also_of_a_source_that_is_named_anew(
        self, article: Article, editors_browser: PageClient, named: str
    ) -> None:
        make_claim(article=article, quote=WORDS)
        form = {**opened(editors_browser, WORDS), "source": "+", "source_name": named}
        assert "Coalition already has a claim" in doubts(editors_browser.post(ADD, form))

    def test_also_of_words_that_are_typed(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote=WORDS)
        form = {**form_of(editors_browser.get(ADD)), "quote": WORDS, "source": "coalition"}
        assert "Coalition already has a claim" in doubts(editors_browser.post(ADD, form))

    def test_quotation_marks_and_commas_make_no_other_words(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        make_claim(article=article, quote="“It struck about 2,000 troops in self-defence,”")
        form = opened(editors_browser, "It struck about 2,000 troops in self-defence")
        assert "already has a claim" in doubts(editors_browser.post(ADD, form))

    def test_another_source_is_another_claim(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote=WORDS)
        form = {**opened(editors_browser, WORDS), "source": "sana"}
        assert editors_browser.post(ADD, form).status_code == 302

    def test_what_was_said_of_one_source_holds_for_no_other(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        for name in ("Coalition", "SANA"):
            make_claim(article=article, quote=WORDS, source=make_source(name=name))
        page = editors_browser.post(ADD, opened(editors_browser, WORDS))
        assert "SANA already has a claim" in doubts(editors_browser.post(ADD, {**form_of(page), "source": "sana"}))

    @pytest.mark.parametrize(
        "others",
        [
            {"quote": "in self-defence"},
            {"quote": WORDS, "status": "rejected"},
            {"quote": WORDS, "status": "suggested", "source": None},
            {"quote": [WORDS, "Nobody was hurt"]},
            {"quote": "Nothing here"},
        ],
        ids=str,
    )
    def test_other_words_and_what_is_no_claim_of_a_source_are_not(
        self, article: Article, editors_browser: PageClient, others: dict[str, Any]
    ) -> None:
        make_claim(article=article, **others)
        assert editors_browser.post(ADD, opened(editors_browser, WORDS)).status_code == 302

    def test_of_several_passages_all_are_the_same(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote=[WORDS, "Nobody was hurt"])
        make_claim(article=article, highlights=[make_highlight(article, WORDS), orphan("Nobody was hurt")])
        form = opened(editors_browser, WORDS, "Nobody was hurt")
        assert "Coalition already has" in doubts(editors_browser.post(ADD, form))
        assert editors_browser.post(ADD, opened(editors_browser, WORDS)).status_code == 302

    def test_a_claim_that_is_edited_is_not_told_of_itself(
        self, article: Article, editors_browser: PageClient, editor: User
    ) -> None:
        address = f"/claims/{make_claim(article=article, quote=WORDS, editor=editor).uid}/edit/"
        form = {**form_of(editors_browser.get(address)), "speaker": "Veale"}
        assert editors_browser.post(address, form).status_code == 302

    def test_a_form_that_is_sent_again_is_answered_as_before(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        form = {**form_of(editors_browser.get(ADD)), "quote": WORDS, "source": "coalition"}
        assert [editors_browser.post(ADD, form).status_code for _ in range(2)] == [302, 302]
        assert Claim.objects.count() == 1

    def test_what_was_found_when_the_form_was_shown_is_not_looked_for_again(
        self, article: Article, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = opened(editors_browser, WORDS)
        monkeypatch.setattr("articles.editors.claim_marking.heard_with", None)
        assert editors_browser.post(ADD, form).status_code == 302


class TestNumbers:
    @pytest.fixture(autouse=True)
    def question(self, article: Article) -> None:
        make_question(text="How many troops?", slug="troops", story=article.story)

    def send(self, client: PageClient, quote: str, value: str, **more: str) -> Any:
        return client.post(ADD, {**opened(client, quote), "q-troops-value": value, **more})

    def test_one_that_the_words_do_not_say_is_asked_about(self, article: Article, editors_browser: PageClient) -> None:
        page = self.send(editors_browser, "about 2,000 troops", "no")
        said = "“How many troops?”: the number given, “no”, was not found in the words, “about 2,000 troops”."
        assert said in doubts(page) and not Claim.objects.exists()
        assert form_of(page)["q-troops-value"] == ["no"]
        assert editors_browser.post(ADD, form_of(page)).status_code == 302
        assert Claim.objects.get().answers.get().low == 0

    def test_another_one_is_asked_about_again(self, article: Article, editors_browser: PageClient) -> None:
        page = self.send(editors_browser, "about 2,000 troops", "no")
        again = editors_browser.post(ADD, {**form_of(page), "q-troops-value": "20"})
        assert "the number given, “20”" in doubts(again)
        assert editors_browser.post(ADD, {**form_of(again), "q-troops-value": "about 2,000"}).status_code == 302

    def test_what_the_line_of_words_says_counts(self, article: Article, editors_browser: PageClient) -> None:
        worded = {"q-troops-as_worded": "some 300 men"}
        assert self.send(editors_browser, WORDS, "300", **worded).status_code == 302
        assert "in the words, “some 300 men”" in doubts(self.send(editors_browser, "2,000 troops", "30", **worded))

    def test_a_new_question_is_asked_about_too(self, article: Article, editors_browser: PageClient) -> None:
        new = {"new-text": "Hurt?", "new-kind": "number", "new-counted": "hurt", "new-value": "7"}
        page = editors_browser.post(ADD, {**opened(editors_browser, "2,000 troops"), **new})
        assert "“Hurt?”: the number given, “7”, was not found" in doubts(page)
        assert editors_browser.post(ADD, form_of(page)).status_code == 302

    def test_one_that_was_there_before_is_not(self, article: Article, editors_browser: PageClient) -> None:
        page = self.send(editors_browser, "about 2,000 troops", "no")
        editors_browser.post(ADD, form_of(page))
        address = f"/claims/{Claim.objects.get().uid}/edit/"
        form = form_of(editors_browser.get(address))
        assert editors_browser.post(address, {**form, "speaker": "Veale"}).status_code == 302
        assert "the number given, “3”" in doubts(
            editors_browser.post(address, {**form_of(editors_browser.get(address)), "q-troops-value": "3"})
        )

    def test_a_very_long_claim_is_cut(self, editors_browser: PageClient) -> None:
        text = f"It struck 2,000 troops {'and more ' * 40}there."
        make_article(slug="long", paragraphs=[text], story=Article.objects.get().story)
        form = form_of(editors_browser.get("/articles/long/claims/new/", {"at": place(text, text, 0)}))
        page = editors_browser.post(
            "/articles/long/claims/new/", {**form, "source": "coalition", "q-troops-value": "3"}
        )
        assert "in the words, “It struck 2,000 troops and more" in doubts(page) and "there." not in doubts(page)

    def test_both_doubts_are_told_at_once(self, article: Article, editors_browser: PageClient) -> None:
        make_claim(article=article, quote="about 2,000 troops")
        page = self.send(editors_browser, "about 2,000 troops", "no")
        assert "“no”" in doubts(page) and "already has a claim" in doubts(page)
        assert editors_browser.post(ADD, form_of(page)).status_code == 302
