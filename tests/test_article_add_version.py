"""Adding a version of an article that the desk has: what it begins with, what it does to the claims, what goes."""

from typing import Any
from urllib.parse import unquote

import pytest

from articles.editors import article_add_form
from articles.models import Article, Claim, Paragraph
from articles.writing.checking import check_all
from articles.writing.unsure import MOST
from tests.article_forms import ADDRESS, fields_of, save, send, shown, trouble
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db


class TestWhatANewVersionDoes:
    """Claims whose speaker or words may have changed are shown before anybody else reads them."""

    BEFORE = ["Col. Veale said nobody was hurt in the strikes.", "SANA said a hundred people were killed in the night."]
    NOW = "Gen. Roe denied nobody was hurt in the strikes.\n\nSANA said a hundred civilians were killed in the night."

    @pytest.fixture
    def before(self) -> Article:
        article = make_article(paragraphs=self.BEFORE, story=make_story())
        sana = make_source(name="SANA", kind="agency", tone=2)
        make_claim(article=article, quote="nobody was hurt in the strikes", speaker="Col. Veale")
        make_claim(article=article, quote="a hundred people were killed in the night", source=sana)
        return article

    def unsure(self, page: Any) -> list[str]:
        return [words(one) for one in by_id(tree_of(page), "unsure").iter("li")]

    def headings(self, page: Any) -> list[str]:
        return [words(one) for one in by_id(tree_of(page), "unsure").iter("h4")]

    def marked(self, page: Any) -> list[tuple[int, str]]:
        """Tone and words of each."""
        return [(int(one.get("data-tone")), words(one)) for one in by_id(tree_of(page), "unsure").iter("mark")]

    def test_lists_those_that_want_an_eye(self, before: Article, editors_browser: PageClient) -> None:
        page = send(editors_browser, self.NOW, revises=before.slug)
        assert self.unsure(page) == [
            "Coalition · Col. Veale · ¶1 of the version before, now ¶1 below "
            "[gone: Col. Veale said][new: Gen. Roe denied] nobody was hurt in the strikes.",
            "SANA · ¶2 of the version before, now ¶2 below "
            "a hundred [gone: people][new: civilians] were killed in the night",
        ]
        said = words(by_id(tree_of(page), "unsure"))
        assert "Look at these 2 claims before you publish" in said and "Work lists them" in said
        assert self.headings(page) == ["Perhaps attributed otherwise", "Reworded"]
        assert not Claim.objects.filter(article__revises=before).exists(), "nothing is saved yet"
        article = save(editors_browser, self.NOW, revises=before.slug)
        assert Claim.objects.in_article(article).unsure().count() == 2

    def test_says_who_is_named_no_more(self, editors_browser: PageClient) -> None:
        said = "He said nobody was hurt in the strikes."
        before = make_article(paragraphs=["Col. Veale spoke to the press.", said])
        make_claim(article=before, quote="nobody was hurt in the strikes", speaker="Col. Veale")
        assert self.unsure(send(editors_browser, f"Gen. Roe spoke.\n\n{said}", revises=before.slug)) == [
            "Coalition · Col. Veale · ¶2 of the version before, now ¶2 below · the report names Col. Veale no more "
            + said
        ]

    def test_names_what_would_be_lost_and_where_it_stood(self, before: Article, editors_browser: PageClient) -> None:
        now = f"{self.BEFORE[0]}\n\nAgencies had no figures."
        page = send(editors_browser, now, revises=before.slug)
        assert self.headings(page) == ["Not found in this text"]
        assert self.unsure(page) == [f"SANA · ¶2 of the version before {self.BEFORE[1]}"]
        assert self.marked(page) == [(2, "a hundred people were killed in the night")]
        found = by_id(tree_of(page), "unsure")
        assert f"{before.get_absolute_url()}#p2" in links(found)
        assert "Readers see of such a claim what is found, and nothing where nothing is" in words(found)
        article = save(editors_browser, now, revises=before.slug)
        assert Claim.objects.in_article(article).with_orphans().count() == 1

    def test_of_a_claim_that_loses_a_passage_shows_which(self, editors_browser: PageClient) -> None:
        said = "“Nobody was hurt in the strikes,” Col. Veale said. “We had called them twice before,” he said."
        before = make_article(paragraphs=[said])
        passages = "Nobody was hurt in the strikes", "We had called them twice before"
        make_claim(article=before, highlights=[make_highlight(before, one) for one in passages])
        page = send(editors_browser, f"News.\n\n{said[: said.index(' “We')]}", revises=before.slug)
        assert self.unsure(page) == [
            "Coalition · ¶1 of the version before, now ¶2 below · not all of its passages are found "
            f"{passages[0]}[gone: … {passages[1]}]"
        ]
        assert by_id(tree_of(page), "block-1").find(".//p").text == said[: said.index(" “We")]

    def test_what_was_lost_before_is_told_as_such(self, before: Article, editors_browser: PageClient) -> None:
        make_claim(article=before, highlights=[orphan("Figures were withheld")], speaker="a spokesman")
        page = send(editors_browser, "\n\n".join([*self.BEFORE, "More."]), revises=before.slug)
        assert self.unsure(page) == [
            "Coalition · a spokesman · not found in the version before either Figures were withheld"
        ]

    def test_marks_the_claims_own_words(self, before: Article, editors_browser: PageClient) -> None:
        page = send(editors_browser, self.NOW, revises=before.slug)
        assert self.marked(page) == [
            (1, "nobody was hurt in the strikes"),
            (2, "a hundred [gone: people][new: civilians] were killed in the night"),
        ]

    def test_shows_what_is_cut_from_several_passages_without_marks_of_its_own(
        self, editors_browser: PageClient
    ) -> None:
        passages = "“We opened none of those old gates,”", "“The water came by itself, and it stayed for a week,”"
        said = "{} the port said. {} it added."
        before = make_article(paragraphs=[said.format(*passages)])
        make_claim(article=before, highlights=[make_highlight(before, one) for one in passages])
        now = said.format(passages[0].replace("opened", "shut"), passages[1])
        assert self.unsure(send(editors_browser, now, revises=before.slug)) == [
            "Coalition · ¶1 of the version before, now ¶1 below "
            "“We [gone: opened][new: shut] none of those old gates,” …"
        ]

    def test_says_nothing_where_all_is_as_it_was(self, before: Article, editors_browser: PageClient) -> None:
        page = send(editors_browser, "\n\n".join([*self.BEFORE, "More."]), revises=before.slug)
        assert not [one for one in tree_of(page).iter() if one.get("id") == "unsure"]

    @pytest.mark.parametrize("step", ["draft", "publish"])
    def test_once_saved_the_report_says_what_is_left_to_check(
        self, before: Article, editors_browser: PageClient, step: str
    ) -> None:
        make_claim(article=before, quote="SANA")
        now = self.NOW.replace("SANA said", "Agencies said that")
        page = editors_browser.get(save(editors_browser, now, revises=before.slug, step=step).get_absolute_url())
        notice = by_id(tree_of(page), "notices")
        assert words(notice).startswith(
            "Of the claims carried over, 2 are reworded or perhaps attributed otherwise, and 1 is not found. See Work."
        )
        assert links(notice)["/work/"] == "Work"

    def test_or_nothing_where_nothing_is(self, before: Article, editors_browser: PageClient) -> None:
        article = save(editors_browser, "\n\n".join([*self.BEFORE, "More."]), revises=before.slug)
        assert not words(by_id(tree_of(editors_browser.get(article.get_absolute_url())), "notices"))

    def test_of_many_says_how_many_more(self, editors_browser: PageClient) -> None:
        said = [f"Col. Veale said that strike {number} hurt nobody there." for number in range(MOST + 3)]
        before = make_article(paragraphs=said)
        for number in range(MOST + 3):
            make_claim(article=before, quote=f"strike {number} hurt nobody", speaker="Col. Veale")
        page = send(editors_browser, "\n\n".join(said).replace("Veale", "Roe"), revises=before.slug)
        assert len(self.unsure(page)) == MOST
        assert words(by_id(tree_of(page), "unsure")).endswith("and 3 more")


class TestTextOfTheVersionBefore:
    """A new version begins with it, so that a slip of the pen takes one letter to correct."""

    PARAGRAPHS = [
        Paragraph(text="Strikes at night", kind="heading"),
        "SYRIA — The coalition said it struck forty.",
        Paragraph(text="Nobody was hurt, SANA said.", kind="heading"),
        "• One • two \u00ad<b> & “so”",
        Paragraph(text="A. B contributed to this report.", kind="credit"),
    ]

    @pytest.fixture
    def before(self) -> Article:
        article = make_article(paragraphs=self.PARAGRAPHS, title="Strikes at night")
        make_claim(article=article, quote="it struck forty")
        make_claim(article=article, quote="The coalition said")
        return article

    def filled(self, client: PageClient, before: Article) -> dict[str, str]:
        return fields_of(client.get(ADDRESS, {"revises": before.slug}))

    def test_stands_in_the_form(self, before: Article, editors_browser: PageClient) -> None:
        page = editors_browser.get(ADDRESS, {"revises": before.slug})
        assert fields_of(page)["text"] == "\n\n".join(row.text for row in before.paragraphs.all())
        assert "The text of version 1 is filled in" in words(main_of(page))

    def test_one_letter_corrected_is_one_paragraph_that_differs(
        self, before: Article, editors_browser: PageClient
    ) -> None:
        form = self.filled(editors_browser, before)
        page = editors_browser.post(ADDRESS, {**form, "text": form["text"].replace("forty", "fourty"), "step": "check"})
        assert "Compared with version 1: 1 paragraph differs." in words(by_id(tree_of(page), "check"))
        text = form["text"].replace("hurt", "harmed")
        page = editors_browser.post(ADDRESS, {**form, "text": text, "step": "check"})
        assert "Compared with version 1: 1 paragraph differs; all claims are kept." in words(main_of(page))
        assert [kind for _, kind, _ in shown(page)] == ["heading", "text", "heading", "text", "credit"]
        saved = editors_browser.post(ADDRESS, {**fields_of(page), "step": "publish"})
        article = Article.objects.get(slug=unquote(saved["Location"]).split("/")[2])
        assert (article.version_number, article.title) == (2, "Strikes at night")
        assert [(row.text.replace("harmed", "hurt"), row.kind) for row in article.paragraphs.all()] == [
            (row.text, row.kind) for row in before.paragraphs.all()
        ]
        assert not [one for one in check_all() if one.where == article.slug]

    def test_what_was_lost_in_the_version_before_is_no_change(
        self, before: Article, editors_browser: PageClient
    ) -> None:
        make_claim(article=before, highlights=[orphan("Figures were withheld")])
        text = self.filled(editors_browser, before)["text"].replace("hurt", "harmed")
        page = send(editors_browser, text, revises=before.slug)
        assert "1 paragraph differs; all claims are kept." in words(main_of(page))
        page = send(editors_browser, text.replace("struck", "hit"), revises=before.slug)
        assert "2 paragraphs differ." in words(main_of(page))

    def test_a_kind_that_somebody_chose_stays_and_one_chosen_now_counts(
        self, before: Article, editors_browser: PageClient
    ) -> None:
        text = f"{self.filled(editors_browser, before)['text']}\n\nMore."
        kinds = [kind for _, kind, _ in shown(send(editors_browser, text, seen="", revises=before.slug))]
        assert kinds == ["heading", "text", "heading", "text", "credit", "text"]
        chosen = {f"kind-{at}": kind for at, kind in enumerate([*kinds[:2], "text", *kinds[3:]])}
        page = send(editors_browser, text, revises=before.slug, **chosen)
        assert [kind for _, kind, _ in shown(page)][2] == "text"
        assert "Compared with version 1: 1 paragraph is new, 1 has another kind;" in words(main_of(page))

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            (["One.", "Three.", "Two."], "1 paragraph stands elsewhere."),
            (["One.", "Two."], "1 paragraph is gone."),
            (["Four came.", "One.", "Five went.", "Three."], "2 paragraphs are new, 1 is gone."),
        ],
    )
    def test_what_else_differs_is_counted(self, editors_browser: PageClient, now: list[str], said: str) -> None:
        make_article(paragraphs=["One.", "Two.", "Three."])
        page = send(editors_browser, "\n\n".join(now), seen="", revises="strikes")
        assert f"Compared with version 1: {said}" in words(main_of(page))

    @pytest.mark.parametrize("step", ["check", "publish"])
    def test_the_same_text_makes_no_version(self, before: Article, editors_browser: PageClient, step: str) -> None:
        page = send(editors_browser, self.filled(editors_browser, before)["text"], step=step, revises=before.slug)
        assert "No paragraph differs from version 1. Change the text first" in trouble(page)
        assert Article.objects.count() == 1

    def test_a_title_is_carried_over_unless_the_text_makes_it(self, editors_browser: PageClient) -> None:
        stated = make_article(paragraphs=["It struck."], slug="stated", title="Stated")
        made = make_article(paragraphs=["It struck twice."], slug="made", title="It struck twice")
        headline = make_article(
            paragraphs=[Paragraph(text="Night", kind="heading"), "It."], slug="night", title="Night"
        )
        assert [self.filled(editors_browser, one)["title"] for one in (stated, made, headline)] == ["Stated", "", ""]

    def test_one_too_long_for_the_form_is_said_to_be(
        self, before: Article, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.editors.version_before.TEXT_LIMIT", 20)
        page = editors_browser.get(ADDRESS, {"revises": before.slug})
        assert fields_of(page)["text"] == ""
        assert "that of version 1 is too long to be filled in here" in words(main_of(page))


class TestWhatIsRevised:
    @pytest.mark.parametrize("step", ["", "check"])
    def test_the_page_says_which_report_it_adds_a_version_of(self, editors_browser: PageClient, step: str) -> None:
        first = make_article(slug="first", title="Strikes <north>")
        make_article(slug="second", title="Strikes <south>", revises=first)
        fresh = editors_browser.get(ADDRESS, {"revises": "second"})
        page = send(editors_browser, revises="second") if step else fresh
        assert words(main_of(page).find(".//h1")) == "Add a new version"
        assert words(by_id(tree_of(page), "revised")) == "After version 2: Strikes <south>"
        assert "/articles/second/" in links(by_id(tree_of(page), "revised"))

    @pytest.mark.parametrize("revises", ["", "gone", "first", "a\x00b"])
    def test_of_none_it_does_not(self, editors_browser: PageClient, revises: str) -> None:
        make_article(slug="second", revises=make_article(slug="first"))
        for page in (editors_browser.get(ADDRESS, {"revises": revises}), send(editors_browser, revises=revises)):
            assert words(main_of(page).find(".//h1")) == "Add an article"

    def test_those_that_came_last_are_offered_and_the_one_that_is_chosen(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A desk may have tens of thousands."""
        monkeypatch.setattr(article_add_form, "NEWEST", 2)
        for slug in ("old", "newer", "newest"):
            make_article(slug=slug, title=slug.capitalize())
        page = tree_of(editors_browser.get("/articles/new/"))
        assert offered(page) == ["", "newer", "newest"]
        assert "The 2 that came last." in words(page)
        page = tree_of(editors_browser.get("/articles/new/?revises=old"))
        assert offered(page) == ["", "newer", "newest", "old"]
        assert [one.get("value") for one in options(page) if one.get("selected") is not None] == ["old"]

    def test_an_address_with_a_zero_byte_revises_nothing(self, editors_browser: PageClient) -> None:
        assert offered(tree_of(editors_browser.get("/articles/new/?revises=a%00b"))) == [""]

    def test_few_are_all_offered(self, editors_browser: PageClient) -> None:
        make_article(slug="old")
        page = tree_of(editors_browser.get("/articles/new/"))
        assert offered(page) == ["", "old"] and "that came last" not in words(page)


def options(page: Any) -> list[Any]:
    (select,) = (one for one in page.iter("select") if one.get("name") == "revises")
    return list(select.iter("option"))


def offered(page: Any) -> list[str]:
    return [one.get("value") for one in options(page)]


class TestAVersionChosenInTheList:
    """Without the link that begins with what both have in common."""

    BEFORE = ["Twelve people had drowned, the ministry said.", "The river rose in the night."]
    NOW = f"{BEFORE[0]}\n\nThe river rose at night."

    @pytest.fixture
    def before(self) -> Article:
        question = make_question(slug="drowned")
        outlet = make_source(name="Gazette", kind="outlet")
        article = make_article(
            paragraphs=self.BEFORE, story=question.story, outlet=outlet, byline="A. B", language="en-GB"
        )
        said = [answer(question, 12, as_worded="Twelve people")]
        make_claim(article=article, quote="Twelve people had drowned", answers=said)
        return article

    def choose(self, client: PageClient, **fields: Any) -> Any:
        return send(client, self.NOW, **{"revises": "strikes", "begun": "", **fields})

    def test_takes_what_the_link_takes_and_keeps_the_answers(
        self, editors_browser: PageClient, before: Article
    ) -> None:
        page = self.choose(editors_browser, seen="")
        found = fields_of(page)
        common = {"story": "khusham", "outlet": "Gazette", "byline": "A. B", "language": "en-GB", "begun": "strikes"}
        assert {**common, "title": before.title}.items() <= found.items()
        notes = words(by_id(tree_of(page), "check"))
        assert "Filled in from version 1: title, outlet, byline, language and story." in notes
        assert "1 paragraph differs; all claims are kept." in notes and "left out" not in notes
        response = editors_browser.post(ADDRESS, {**found, "step": "publish"})
        assert response.status_code == 302
        article = Article.objects.get(revises=before)
        assert article.story == before.story and article.outlet == before.outlet
        assert [one.low for one in Claim.objects.in_article(article).get().answers.all()] == [12]

    def test_is_shown_before_it_is_saved(self, editors_browser: PageClient, before: Article) -> None:
        page = self.choose(editors_browser, step="publish", **{"kind-0": "text", "kind-1": "heading"})
        assert page.status_code == 200 and not Article.objects.filter(revises=before).exists()
        said = words(main_of(page))
        assert "This is a new version now, so it has not been saved yet." in said and "not the one whose" not in said
        assert shown(page)[1][1] == "heading", "a kind that was chosen stays"

    def test_what_somebody_wrote_stays(self, editors_browser: PageClient, before: Article) -> None:
        page = self.choose(
            editors_browser, byline="C. D", language="fr", new_story="The flood", leaves="1:khusham:the-flood"
        )
        found = fields_of(page)
        assert (found["byline"], found["language"], found["new_story"]) == ("C. D", "fr", "The flood")
        assert (found["outlet"], found["story"]) == ("Gazette", "")

    def test_a_title_comes_only_where_there_would_be_none(self, editors_browser: PageClient, before: Article) -> None:
        found = fields_of(self.choose(editors_browser, title="Mine"))
        assert found["title"] == "Mine"
        headed = {"revises": "strikes", "begun": ""}
        assert fields_of(send(editors_browser, f"Flood in the east\n\n{self.NOW}", **headed))["title"] == ""
        Article.objects.update(title="Twelve people had drowned, the ministry said")
        assert fields_of(self.choose(editors_browser))["title"] == "", "the text makes it"

    def test_another_one_chosen_after_it_is_filled_in_anew(self, editors_browser: PageClient, before: Article) -> None:
        make_article(slug="other", story=make_story(title="Other", slug="other-story"), byline="E. F")
        filled = fields_of(self.choose(editors_browser))
        found = fields_of(editors_browser.post(ADDRESS, {**filled, "revises": "other", "step": "check"}))
        assert (found["story"], found["byline"], found["begun"]) == ("other-story", "E. F", "other")
        kept = fields_of(editors_browser.post(ADDRESS, {**filled, "revises": "", "step": "check"}))
        assert (kept["story"], kept["begun"]) == ("khusham", ":strikes"), "nothing is emptied"

    @pytest.mark.parametrize("between", [[], [""], ["", ""]])
    def test_what_only_the_one_before_had_goes_with_it(
        self, editors_browser: PageClient, before: Article, between: list[str]
    ) -> None:
        Article.objects.update(url="https://example.org/a")
        other = make_article(slug="other", title="Fire in the west", paragraphs=["Quite another."], language="de")
        found = fields_of(self.choose(editors_browser))
        assert (found["title"], found["url"]) == (before.title, "https://example.org/a")
        for revises in [*between, "other"]:
            page = editors_browser.post(ADDRESS, {**found, "revises": revises, "step": "check"})
            found = fields_of(page)
        assert {name: found[name] for name in ("title", "outlet", "url", "byline", "story")} == {
            **{"title": "Fire in the west", "outlet": "", "url": "", "byline": "", "story": ""}
        }
        notes = words(by_id(tree_of(page), "check"))
        assert "Filled in from version 1: title." in notes
        assert "Emptied, as “Fire in the west” has none: outlet, address at the outlet, byline and story." in notes
        assert editors_browser.post(ADDRESS, {**found, "step": "publish"}).status_code == 302
        article = Article.objects.get(revises=other)
        assert (article.title, article.byline, article.url, article.outlet, article.story) == (
            other.title,
            "",
            "",
            None,
            None,
        )

    def test_what_was_written_after_the_first_choice_stays_at_the_next(
        self, editors_browser: PageClient, before: Article
    ) -> None:
        make_article(slug="other", title="Other", paragraphs=["Quite another."], byline="E. F")
        found = fields_of(self.choose(editors_browser))
        mine = {"title": "Mine", "byline": "C. D", "url": "https://example.org/mine"}
        found = fields_of(editors_browser.post(ADDRESS, {**found, **mine, "revises": "", "step": "check"}))
        page = editors_browser.post(ADDRESS, {**found, "revises": "other", "step": "check"})
        assert mine.items() <= fields_of(page).items()

    def test_the_first_one_chosen_again_after_none_is_shown_first(
        self, editors_browser: PageClient, before: Article
    ) -> None:
        """What the page showed last was a report of its own."""
        found = fields_of(self.choose(editors_browser))
        found = fields_of(editors_browser.post(ADDRESS, {**found, "revises": "", "step": "check"}))
        page = editors_browser.post(ADDRESS, {**found, "revises": "strikes", "step": "publish"})
        assert page.status_code == 200 and not Article.objects.filter(revises=before).exists()
        assert fields_of(page)["begun"] == "strikes"

    def test_a_language_that_was_chosen_is_not_turned_into_another(self, editors_browser: PageClient) -> None:
        """The form comes with English, so it says nothing of a text that is in another language."""
        make_article(slug="arabic", paragraphs=["قال إن 14 جنديا قتلوا."], language="ar")
        chosen = {"revises": "arabic", "begun": "", "language": "en"}
        page = send(editors_browser, "Fourteen soldiers died, the ministry said.", **chosen)
        assert fields_of(page)["language"] == "en"
        assert "Filled in from version 1: title. Where" in words(by_id(tree_of(page), "check"))
        page = send(editors_browser, "قال إن 15 جنديا قتلوا.", **chosen)
        assert fields_of(page)["language"] == "ar"

    def test_nothing_is_filled_in_before_there_is_a_text(self, editors_browser: PageClient, before: Article) -> None:
        page = send(editors_browser, "", revises="strikes", begun="")
        found = fields_of(page)
        assert (found["byline"], found["begun"]) == ("", "") and "Paste the text of the report" in trouble(page)
        assert "in the story" not in trouble(page)
        assert (
            fields_of(editors_browser.post(ADDRESS, {**found, "text": self.NOW, "step": "check"}))["byline"] == "A. B"
        )

    @pytest.mark.parametrize("target", ["", "flood", "new"])
    def test_another_story_is_asked_about(self, editors_browser: PageClient, before: Article, target: str) -> None:
        make_story(title="Flood", slug="flood")
        chosen = {"new_story": "A third one"} if target == "new" else {"story": target}
        page = self.choose(editors_browser, begun="strikes", step="publish", **chosen)
        said = trouble(page)
        assert "Version 1 is in the story “Khusham”, and its claims give 1 answer to questions" in said
        assert "whose words are gone" not in words(main_of(page))
        tick = fields_of(page)["leaves"]
        assert "Leave the 1 answer out of the new version." in words(main_of(page))
        agreed = self.choose(editors_browser, begun="strikes", leaves=tick, **chosen)
        notes = words(by_id(tree_of(agreed), "check"))
        assert "1 of their answers left out with the story that they belong to" in notes
        assert "Version 1 is in the story “Khusham”; this one is not." in notes
        assert "whose words are gone" not in notes and "all claims are kept" not in notes
        (box,) = [node for node in main_of(agreed).iter("input") if node.get("name") == "leaves"]
        assert box.get("checked") is not None
        article = save(editors_browser, self.NOW, revises="strikes", leaves=tick, **chosen)
        assert article.story != before.story and not Claim.objects.in_article(article).get().answers.exists()
        assert Claim.objects.in_article(before).get().answers.exists()

    def test_what_was_agreed_to_holds_for_that_story_only(self, editors_browser: PageClient, before: Article) -> None:
        make_story(title="Flood", slug="flood")
        tick = fields_of(self.choose(editors_browser, begun="strikes", story=""))["leaves"]
        assert "in the story" in trouble(self.choose(editors_browser, begun="strikes", story="flood", leaves=tick))

    def test_where_nothing_is_answered_it_is_said_but_not_asked(self, editors_browser: PageClient) -> None:
        make_article(paragraphs=self.BEFORE, story=make_story())
        page = self.choose(editors_browser, begun="strikes", story="")
        assert page.status_code == 200
        assert "in the story “Khusham”; this one is not." in words(by_id(tree_of(page), "check"))
