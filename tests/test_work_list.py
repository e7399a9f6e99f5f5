"""The work list: what there is for editors to do, and what pages hide."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import counting
from articles.editors.article_check import left_to_check
from articles.editors.metadata_edits import set_read_through
from articles.models import Article, Changeset, Claim
from articles.pages import work
from articles.pages.work import LISTS, rows_to_count, work_counts, work_total
from articles.pages.work_rows import work_page
from articles.views import work as views_work
from articles.views.work import PER_PAGE, SHOWN
from articles.writing.editing import changing, delete_claims, open_changeset
from articles.writing.publishing import set_status
from articles.writing.versions import carry_over
from tests.factories import (
    QUOTE,
    answer,
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_story,
    make_user,
    orphan,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words
from tests.plans import query_plan

pytestmark = pytest.mark.django_db

ADDRESS = "/work/"


def section(client: Client, name: str) -> Any:
    return by_id(main_of(client.get(ADDRESS)), name)


def quotes(client: Client, name: str) -> list[str]:
    """The words of each row, in order."""
    return [words(node.find("p")) for node in section(client, name).findall("./ul/li")]


def read(**fields: Any) -> Article:
    """An article that has been read through: on no list by itself."""
    return make_article(read_through_at=timezone.now(), **fields)


class TestSuggested:
    def test_are_listed_by_article_in_reading_order(self, editors_browser: PageClient) -> None:
        for slug in ("one", "two"):
            article = read(slug=slug, paragraphs=["First. Second."])
            for quote in ("Second.", "First."):
                make_claim(article=article, quote=quote, status="suggested")
        assert quotes(editors_browser, "suggested") == ["First.", "Second."] * 2
        assert work_total() == 4

    def test_say_whom_they_may_be_of_and_lead_to_claim_and_text(self, editors_browser: PageClient) -> None:
        make_claim(article=read(), status="suggested", proposed_source="a colonel", uid="suggested")
        found = section(editors_browser, "suggested")
        assert "perhaps a colonel" in words(found)
        assert {"/claims/suggested/", "/articles/strikes/#sign-suggested"} <= links(found).keys()

    def test_their_articles_lead_to_the_review(self, editors_browser: PageClient) -> None:
        make_claim(article=read(slug="draft", status="draft"), status="suggested", uid="suggested")
        make_claim(article=read(slug="done"))
        make_claim(article=read(slug="gone", status="withdrawn"), status="suggested")
        make_claim(article=read(slug="lost"), highlights=[orphan("lost")], status="suggested")
        found = section(editors_browser, "review")
        assert [one for one in links(found) if one.startswith("/articles/")] == [
            "/articles/draft/",
            "/articles/draft/review/",
            "/articles/draft/edit/",
        ]
        assert editors_browser.get("/articles/draft/review/")["Location"].endswith("?review=suggested#sign-suggested")

    def test_of_withdrawn_articles_are_no_work(self, editors_browser: PageClient) -> None:
        make_claim(article=read(status="withdrawn"), status="suggested")
        assert quotes(editors_browser, "suggested") == []


class TestUnanswered:
    def test_are_those_of_stories_that_ask_something(self, editors_browser: PageClient) -> None:
        silent, asking = make_story(slug="silent"), make_story(slug="asking")
        question = make_question(story=asking)
        make_claim(article=read(slug="a", story=silent, paragraphs=["Of a silent story."]), quote="Of a silent story.")
        report = read(slug="b", story=asking, paragraphs=["Nothing said. Three said."])
        make_claim(article=report, quote="Nothing said.")
        make_claim(article=report, quote="Three said.", answers=[answer(question, 3)])
        make_claim(article=read(slug="c", paragraphs=["Of no story."]), quote="Of no story.")
        assert quotes(editors_browser, "unanswered") == ["Nothing said."]

    def test_are_those_of_latest_versions_that_readers_could_see(self, editors_browser: PageClient) -> None:
        story = make_story()
        make_question(story=story)
        before = read(slug="before", story=story)
        report = read(story=story, revises=before)
        make_claim(article=before)
        make_claim(article=report, status="suggested")
        make_claim(article=report, status="rejected")
        make_claim(article=report, highlights=[orphan("lost")])
        assert quotes(editors_browser, "unanswered") == []

    def test_come_as_lists_have_them_here_and_there(self, editors_browser: PageClient) -> None:
        """By the clock of their outlets, of which one may be ten hours behind and one ten ahead."""
        story = make_story()
        make_question(story=story)
        for slug, hour, offset in (("a", 12, -600), ("b", 11, 600)):
            at = datetime(2018, 2, 8, hour, tzinfo=UTC)
            quotes_of = [f"{slug}{number}." for number in range(SHOWN)]
            article = read(slug=slug, story=story, paragraphs=quotes_of, published_at=at, published_offset=offset)
            for quote in quotes_of:
                make_claim(article=article, quote=quote)
        shown = quotes(editors_browser, "unanswered")
        assert shown == [f"b{number}." for number in range(SHOWN)]
        page = main_of(editors_browser.get(ADDRESS, {"list": "unanswered"}))
        assert [words(node.find("p")) for node in by_id(page, "unanswered").findall("./ul/li")][:SHOWN] == shown

    def test_page_by_page_none_is_missed_or_shown_twice(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Though one of them is answered, or deleted, meanwhile."""
        monkeypatch.setattr(views_work, "PER_PAGE", 3)
        question = make_question(story=make_story())
        sentences = [f"{number}." for number in range(8)]
        for slug, status in (("a", "published"), ("b", "draft")):
            article = read(slug=slug, story=question.story, paragraphs=sentences, status=status)
            claims = [make_claim(article=article, quote=quote) for quote in sentences]
        assert [claim.article.slug for claim in claims] == ["b"] * 8

        def page_at(address: str) -> tuple[list[str], dict[str, str]]:
            page = main_of(editors_browser.get(address))
            found = {words: href for href, words in links(page).items()}
            rows = [words(node.find("p")) for node in by_id(page, "unanswered").findall("./ul/li")]
            first, _, last = words(by_id(page, "unanswered-title")).removesuffix(" of 16 claims").partition("–")
            assert int(last or first) - int(first) + 1 == len(rows)
            return rows, found

        seen, address = list[str](), f"{ADDRESS}?list=unanswered"
        while address:
            rows, found = page_at(address)
            seen += rows
            address = found.get("Next page", "")
        assert seen == sentences * 2
        assert page_at(found["Page before"])[0] == sentences[4:7]
        assert page_at(found["First page"])[0] == sentences[:3]
        assert page_at(f"{ADDRESS}?list=unanswered&end=last")[0] == sentences[-3:]
        assert page_at(f"{ADDRESS}?list=unanswered&page=2")[0] == sentences[3:6]
        assert page_at(f"{ADDRESS}?list=unanswered&page=0")[0] == sentences[:3]

    def test_a_page_below_one_that_is_answered_or_deleted_stays(
        self, editors_browser: PageClient, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views_work, "PER_PAGE", 1)
        question = make_question(story=make_story())
        article = read(story=question.story, paragraphs=["1.", "2.", "3."])
        first = make_claim(article=article, quote="1.")
        for quote in ("2.", "3."):
            make_claim(article=article, quote=quote)
        page = main_of(editors_browser.get(f"{ADDRESS}?list=unanswered"))
        (below,) = (href for href, said in links(page).items() if said == "Next page")
        delete_claims([first], open_changeset(Changeset.Kind.DELETE, editor))
        page = main_of(editors_browser.get(below))
        assert [words(node.find("p")) for node in by_id(page, "unanswered").findall("./ul/li")] == ["3."]
        assert editors_browser.get(f"{ADDRESS}?list=unanswered&below={'x' * 81}").status_code == 400


class TestOrphaned:
    def test_lead_to_the_claim_and_to_the_text_to_find_them_in(self, editors_browser: PageClient) -> None:
        make_claim(article=read(), highlights=[orphan("lost words")], uid="lost")
        found = section(editors_browser, "orphaned")
        assert links(found) == {
            "/claims/lost/": "lost words",
            "/articles/strikes/": "Strikes in Syria",
            "/articles/strikes/?place=lost": "Find its words in the text",
        }
        assert "no passage is found" in words(found)
        assert "lost words" in words(main_of(editors_browser.get("/claims/lost/")))

    def test_are_counted_once_whatever_is_lost_of_them(self, editors_browser: PageClient) -> None:
        article = read()
        kept = make_highlight(article, "coalition")
        make_claim(article=article, highlights=[orphan("lost"), orphan("gone"), kept], uid="partly")
        assert quotes(editors_browser, "orphaned") == ["coalition … lost … gone"]
        assert work_counts()["orphaned"] == 1
        assert "/articles/strikes/#sign-partly" in links(section(editors_browser, "orphaned"))

    def test_of_withdrawn_articles_are_no_work(self, editors_browser: PageClient) -> None:
        make_claim(article=read(status="withdrawn"), highlights=[orphan("lost")])
        assert quotes(editors_browser, "orphaned") == []
        assert work_total() == 0

    def test_are_those_of_drafts_and_of_earlier_versions_too(self, editors_browser: PageClient) -> None:
        """Readers can still see the one, and are to see the other."""
        before = read(slug="before")
        for article in (before, read(slug="after", revises=before, status="draft")):
            make_claim(article=article, highlights=[orphan(f"lost {article.slug}")])
        assert sorted(quotes(editors_browser, "orphaned")) == ["lost after", "lost before"]


class TestRejected:
    def test_are_found_and_are_no_work(self, editors_browser: PageClient) -> None:
        make_claim(article=read(), status="rejected", uid="rejected")
        assert work_total() == 0
        assert "/claims/rejected/" in links(section(editors_browser, "rejected"))
        assert editors_browser.get("/claims/rejected/").status_code == 200


class TestArticles:
    def test_not_read_through_are_the_versions_that_lists_show_and_drafts(self, editors_browser: PageClient) -> None:
        before = make_article(slug="before", title="Before")
        make_article(slug="after", title="After", revises=before)
        make_article(slug="draft", title="Draft", status="draft")
        make_article(slug="gone", title="Gone", status="withdrawn")
        read(slug="read", title="Read")
        assert sorted(quotes(editors_browser, "unread")) == ["After", "Draft"]

    def test_drafts(self, editors_browser: PageClient) -> None:
        before = read(slug="before", title="Before")
        read(slug="after", title="After", revises=before, status="draft")
        assert quotes(editors_browser, "drafts") == ["After"]
        assert links(section(editors_browser, "drafts"))["/articles/after/edit/"] == "Its data"

    @pytest.mark.parametrize("name", ["drafts", "unread"])
    def test_drafts_without_a_date_come_first_the_last_one_before_the_others(
        self, editors_browser: PageClient, name: str
    ) -> None:
        make_article(slug="dated", title="Dated", status="draft", published_at=datetime(2018, 1, 1, tzinfo=UTC))
        for slug in ("first", "second"):
            make_article(slug=slug, title=slug, status="draft")
        assert quotes(editors_browser, name) == ["second", "first", "Dated"]


class TestPage:
    def test_lists_without_rows_say_so(self, editors_browser: PageClient) -> None:
        main = main_of(editors_browser.get(ADDRESS))
        for one in LISTS:
            assert one.empty in words(by_id(main, one.name))
        assert words(by_id(main, "work-empty").find("summary")) == "There is nothing to do"
        assert not main.findall(".//section") and not main.findall(".//nav")

    def test_lists_without_rows_are_one_line_beside_others(self, editors_browser: PageClient) -> None:
        make_claim(article=read(), status="suggested")
        main = main_of(editors_browser.get(ADDRESS))
        assert [node.get("id") for node in main.iter("section")] == ["review", "suggested"]
        assert list(links(main.find(".//nav"))) == ["#review", "#suggested"]
        line = words(by_id(main, "work-empty").find("summary"))
        assert line == "Nothing in: " + ", ".join(one.title for one in LISTS[2:])

    def test_shows_the_beginning_and_leads_to_all(self, editors_browser: PageClient) -> None:
        article = read()
        for _ in range(SHOWN + 1):
            make_claim(article=article, status="suggested")
        assert len(quotes(editors_browser, "suggested")) == SHOWN
        assert links(section(editors_browser, "suggested"))["/work/?list=suggested"].startswith(f"All {SHOWN + 1}")

    def test_a_whole_list_has_pages(self, editors_browser: PageClient) -> None:
        article = read()
        for _ in range(PER_PAGE + 1):
            make_claim(article=article, status="suggested")
        first = main_of(editors_browser.get(f"{ADDRESS}?list=suggested"))
        assert words(first.find(".//h1")) == "Suggestions to review"
        assert len(first.findall(".//section/ul/li")) == PER_PAGE
        assert "/work/?list=suggested&page=2" in links(first)
        second = main_of(editors_browser.get(f"{ADDRESS}?list=suggested&page=2"))
        assert len(second.findall(".//section/ul/li")) == 1

    @pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
    def test_every_list_can_be_asked_for(self, editors_browser: PageClient, one: Any) -> None:
        assert words(main_of(editors_browser.get(ADDRESS, {"list": one.name})).find(".//h1")) == one.title

    def test_no_other_can(self, editors_browser: PageClient) -> None:
        assert editors_browser.get(ADDRESS, {"list": "secret"}).status_code == 400


class TestMasthead:
    def test_says_how_much_there_is_to_do(self, editors_browser: PageClient) -> None:
        assert links(tree_of(editors_browser.get("/"))).get(ADDRESS) == "Work"
        make_claim(article=make_article(status="draft"), status="suggested")
        # The suggestion, the draft, and the draft again as not read through.
        assert links(tree_of(editors_browser.get("/")))[ADDRESS] == "Work (3)"

    def test_counts_again_after_each_kind_of_write(self, editors_browser: PageClient, editor: User) -> None:
        def said() -> str:
            return links(tree_of(editors_browser.get("/")))[ADDRESS]

        assert said() == "Work"
        article = make_article(story=make_story())
        assert said() == "Work (1)", "not read through"
        claim = make_claim(article=article)
        assert said() == "Work (1)"
        make_question()
        assert said() == "Work (2)", "nor answered"
        delete_claims([claim], open_changeset(Changeset.Kind.DELETE, editor))
        assert said() == "Work (1)"
        set_read_through(article, editor, read=True)
        assert said() == "Work"
        set_status(article, Article.Status.DRAFT, editor=editor)
        assert said() == "Work (1)"

    def test_says_nothing_of_it_to_readers(self, reader: PageClient) -> None:
        client = Client()
        client.force_login(make_user("reader"))
        for one in (reader, client):
            assert ADDRESS not in links(tree_of(one.get("/")))


class TestWhoMay:
    def test_readers_are_asked_to_sign_in_and_refused(self, reader: PageClient) -> None:
        assert reader.get(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"
        reader.force_login(make_user("reader"))
        assert reader.get(ADDRESS).status_code == 403

    def test_nothing_can_be_sent_to_it(self, editors_browser: PageClient) -> None:
        assert editors_browser.post(ADDRESS).status_code == 405


SAID = "The coalition said the strikes were an act of self-defence."
LEFT = "Nothing was said about where the survivors went afterwards, or who had sent them there."


def carried(text: str, **fields: Any) -> Article:
    """A second version with this text, and the claim that was carried over into it."""
    first = read(slug="first", paragraphs=[SAID, LEFT])
    second = read(revises=first, paragraphs=[text, LEFT])
    make_claim(article=first, **fields)
    carry_over(second)
    return second


class TestCarriedOver:
    def test_another_speaker_is_shown_in_both_wordings_until_the_claim_is_saved(
        self, editors_browser: PageClient
    ) -> None:
        second = carried(SAID.replace("The coalition", "Col. Veale"), speaker="The coalition")
        found = words(section(editors_browser, "attribution"))
        assert "The coalition: The coalition said the strikes were an act of self-defence." in found
        assert "Col. Veale said the strikes were an act of self-defence." in found
        claim = Claim.objects.in_article(second).get()
        check = f"/claims/{claim.uid}/edit/?back=work&work=&of=attribution&next="
        assert links(section(editors_browser, "attribution"))[check] == "Check it"
        (row,) = claim.highlights.all()
        assert row.paragraph
        form = {"at": f"{row.uid}@{row.paragraph.position}:{row.start}-{row.end}", "source": "coalition"}
        editors_browser.post(f"/claims/{claim.uid}/edit/", {**form, "status": "accepted", "based_on": 1})
        assert quotes(editors_browser, "attribution") == []

    def test_one_whose_claim_before_was_deleted_is_shown_as_it_is_now(
        self, editors_browser: PageClient, editor: User
    ) -> None:
        second = carried(SAID.replace("The coalition", "Col. Veale"), speaker="The coalition")
        before = Claim.objects.exclude(article=second).get()
        delete_claims([before], open_changeset(Changeset.Kind.DELETE, editor, before.article))
        found = words(section(editors_browser, "attribution"))
        assert "Now Col. Veale said the strikes were an act of self-defence." in found
        assert "Version before" not in found

    def test_other_words_are_shown_with_their_likeness(self, editors_browser: PageClient) -> None:
        carried(SAID.replace("an act", "a matter"))
        found = words(section(editors_browser, "reworded"))
        assert "the strikes were a matter of self-defence" in found
        assert "likeness 69 %" in found

    def test_one_that_is_both_stands_once_and_is_settled_once(self, editors_browser: PageClient, editor: User) -> None:
        second = carried(SAID.replace("The coalition", "Col. Veale").replace("an act", "a matter"))
        counts = work_counts()
        assert (counts["attribution"], counts["reworded"], work_total()) == (1, 0, 1)
        assert left_to_check(second) == ("Of the claims carried over, 1 is reworded or perhaps attributed otherwise.")
        found = words(section(editors_browser, "attribution"))
        assert "a matter of self-defence" in found and "reworded too, likeness" in found
        assert quotes(editors_browser, "reworded") == []
        claim = Claim.objects.in_article(second).get()
        with changing([claim], open_changeset(Changeset.Kind.EDIT, editor, second)):
            pass
        assert (work_counts()["attribution"], work_counts()["reworded"]) == (0, 0)

    def test_what_is_not_found_leads_to_the_text_where_its_form_opens(self, editors_browser: PageClient) -> None:
        second = carried(LEFT)
        claim = Claim.objects.in_article(second).get()
        address = f"/articles/strikes/?place={claim.uid}"
        assert links(section(editors_browser, "orphaned"))[address] == "Find its words in the text"
        page = main_of(editors_browser.get(address))
        assert f"/claims/{claim.uid}/edit/" in links(page)
        assert QUOTE in words(by_id(page, "notices"))

    def test_its_words_are_selected_with_the_form_of_every_claim(self, editors_browser: PageClient) -> None:
        second = carried(LEFT)
        claim = Claim.objects.in_article(second).get()
        form = {"source": "coalition", "status": "accepted", "based_on": 1}
        (row,) = claim.highlights.all()
        edit = f"/claims/{claim.uid}/edit/"
        both = editors_browser.post(edit, {**form, "at": [f"{row.uid}@", "~1:0-10"], "step": "drop:1"})
        (kept,) = [node.get("value") for node in main_of(both).iter("input") if node.get("name") == "at"]
        assert kept == "1:0-11"
        editors_browser.post(edit, {**form, "at": kept})
        (row,) = claim.highlights.all()
        assert (row.quote, row.state) == ("Nothing was", "placed")
        assert quotes(editors_browser, "orphaned") == []

    def test_an_editor_says_that_the_outlet_dropped_it_and_takes_it_back(self, editors_browser: PageClient) -> None:
        second = carried(LEFT)
        claim = Claim.objects.in_article(second).get()
        act = {"act": "drop", "based_on": 1, "back": "work"}
        answer = editors_browser.post(f"/claims/{claim.uid}/act/", act, follow=True)
        assert "Noted as dropped by the outlet: Coalition, “" in words(main_of(answer))
        assert quotes(editors_browser, "orphaned") == []
        assert not Claim.objects.in_article(second).exists()
        again = carry_over(second)
        assert again and (again.made, again.dropped) == (0, 1)
        assert "dropped by the outlet" in words(main_of(editors_browser.get(f"/claims/{claim.uid}/history/")))
        changeset = Changeset.objects.get(kind="drop")
        editors_browser.post(f"/changes/{changeset.uid}/undo/")
        assert Claim.objects.in_article(second).get().continues == claim.continues

    def test_only_what_the_version_before_says_can_be_dropped(self, editors_browser: PageClient) -> None:
        claim = make_claim(article=read(), highlights=[orphan("lost")])
        assert "Dropped by the outlet" not in words(section(editors_browser, "orphaned"))
        answer = editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "drop", "based_on": 1})
        assert answer.status_code == 409
        assert Claim.objects.filter(pk=claim.pk).exists()

    def test_of_a_withdrawn_version_it_is_no_work(self, editors_browser: PageClient) -> None:
        second = carried(SAID.replace("The coalition", "Col. Veale"))
        set_status(second, Article.Status.WITHDRAWN)
        assert quotes(editors_browser, "attribution") == []


def press(browser: PageClient, form: Any, **more: str) -> Any:
    """Sends a form as its button does."""
    sent = {node.get("name"): node.get("value") for node in form.iter("input")}
    button = form.find(".//button")
    named = {button.get("name"): button.get("value")} if button.get("name") else {}
    return browser.post(form.get("action"), {**sent, **named, **more})


class TestStaying:
    """What is done in a list leads back to it, to the row that comes next, which has the focus."""

    REWORDED = "list=reworded"

    def reworded(self, number: int) -> list[str]:
        """The ids of claims that were carried over to other words."""
        names = ("Ann", "Ben", "Cem", "Dan")[:number]
        said = [f"{name} Moor said the strikes were an act of self-defence." for name in names]
        first = read(slug="first", paragraphs=[*said, LEFT])
        second = read(revises=first, paragraphs=[*(one.replace("an act", "a matter") for one in said), LEFT])
        for one in said:
            make_claim(article=first, quote=one.removesuffix("."))
        carry_over(second)
        return [claim.uid for claim in Claim.objects.in_article(second).in_reading_order()]

    def rows(self, browser: PageClient, address: str) -> list[Any]:
        return main_of(browser.get(address)).findall(".//section/ul/li")

    def test_dropped_from_a_chosen_list(self, editors_browser: PageClient) -> None:
        first = read(slug="first", paragraphs=[SAID, LEFT])
        second = read(revises=first, paragraphs=["Nobody says anything any more."])
        for quote in (QUOTE, "Nothing was said"):
            make_claim(article=first, quote=quote)
        carry_over(second)
        address = f"{ADDRESS}?list=orphaned"
        one, other = self.rows(editors_browser, address)
        assert other.get("tabindex") == "-1"
        answer = press(editors_browser, one.find("form"))
        changeset = Changeset.objects.get(kind="drop")
        assert answer["Location"] == f"{address}&done={changeset.uid}#{other.get('id')}"
        main = main_of(editors_browser.get(answer["Location"]))
        assert "Noted as dropped by the outlet: Coalition, “" in words(main)
        (left,) = main.findall(".//section/ul/li")
        assert left.get("id") == other.get("id")
        assert press(editors_browser, left.find("form"))["Location"].endswith("#orphaned"), "no row is left"
        undone = press(editors_browser, main.find(".//div[@id='done-" + changeset.uid + "']//form"))
        assert undone["Location"].startswith(f"{address}&done=")
        assert undone["Location"].endswith(f"#{one.get('id')}")

    def test_dropped_from_the_page_of_all_lists(self, editors_browser: PageClient) -> None:
        first = read(slug="first", paragraphs=[SAID, LEFT])
        second = read(revises=first, paragraphs=["Nobody says anything any more."])
        for quote in (QUOTE, "Nothing was said"):
            make_claim(article=first, quote=quote)
        carry_over(second)
        one, other = section(editors_browser, "orphaned").findall("./ul/li")
        answer = press(editors_browser, one.find("form"))
        assert answer["Location"].startswith(f"{ADDRESS}?done=")
        assert answer["Location"].endswith(f"#{other.get('id')}")

    def test_checked_and_saved(self, editors_browser: PageClient) -> None:
        uids = self.reworded(2)
        rows = self.rows(editors_browser, f"{ADDRESS}?{self.REWORDED}")
        (check,) = (href for href, said in links(rows[0]).items() if said == "Check it")
        page = main_of(editors_browser.get(check))
        assert links(page)[f"{ADDRESS}?{self.REWORDED}#work-reworded-{uids[0]}"] == "Cancel Esc"
        form = by_id(page, "claim-form")
        sent = {node.get("name"): node.get("value") for node in form.iter("input") if node.get("type") == "hidden"}
        again = editors_browser.post(form.get("action"), {**sent, "source": ""})
        assert again.status_code == 422
        kept = {node.get("name"): node.get("value") for node in by_id(main_of(again), "claim-form").iter("input")}
        assert {name: kept[name] for name in ("back", "work", "of", "next")} == {
            "back": "work",
            "work": self.REWORDED,
            "of": "reworded",
            "next": uids[1],
        }
        saved = editors_browser.post(form.get("action"), {**sent, "source": "coalition", "status": "accepted"})
        changeset = Changeset.objects.get(kind="edit")
        assert saved["Location"] == f"{ADDRESS}?{self.REWORDED}&done={changeset.uid}#work-reworded-{uids[1]}"
        main = main_of(editors_browser.get(saved["Location"]))
        assert "Saved: “Ann Moor said the strikes were a matter" in words(main), "which of them it was"
        assert [row.get("id") for row in main.findall(".//section/ul/li")] == [f"work-reworded-{uids[1]}"]

    def test_the_form_shows_the_old_words_beside_the_new(self, editors_browser: PageClient) -> None:
        (uid,) = self.reworded(1)
        page = main_of(editors_browser.get(f"/claims/{uid}/edit/"))
        (beside,) = (node for node in page.iter("dl") if "beside" in node.get("class"))
        before, now = beside.findall("dd")
        assert words(before) == "Ann Moor said the strikes were an act of self-defence."
        assert words(now) == "Ann Moor said the strikes were a matter of self-defence."
        assert [words(node) for node in (*before.iter("del"), *now.iter("ins"))] == ["an act", "a matter"]
        press(editors_browser, self.rows(editors_browser, f"{ADDRESS}?{self.REWORDED}")[0].find("form"))
        assert "beside" not in editors_browser.get(f"/claims/{uid}/edit/").content.decode(), "it was looked at"

    def test_still_right_without_the_form(self, editors_browser: PageClient) -> None:
        uids = self.reworded(3)
        rows = self.rows(editors_browser, f"{ADDRESS}?{self.REWORDED}")
        answer = press(editors_browser, rows[1].find("form"))
        changeset = Changeset.objects.get(kind="edit")
        assert answer["Location"] == f"{ADDRESS}?{self.REWORDED}&done={changeset.uid}#work-reworded-{uids[2]}"
        main = main_of(editors_browser.get(answer["Location"]))
        assert "Looked at, and still right: “Ben Moor said" in words(main)
        assert work_counts()["reworded"] == 2
        last = press(editors_browser, main.findall(".//section/ul/li")[1].find("form"))
        assert last["Location"].endswith(f"#work-reworded-{uids[0]}"), "after the last row the one before it"
        history = words(main_of(editors_browser.get(f"/claims/{uids[1]}/history/")))
        assert "Its new words were looked at and found right." in history
        assert "Nothing that is shown changed" not in history
        (after_all,) = (href for href, said in links(main).items() if said == "Check it after all")
        assert after_all == f"/claims/{uids[1]}/edit/?back=work&work=list%3Dreworded&of=reworded"
        assert "Undo" not in words(by_id(main, f"done-{changeset.uid}")), "that it has been seen cannot be taken back"

    def test_still_right_of_one_that_somebody_changed_meanwhile(self, editors_browser: PageClient) -> None:
        uids = self.reworded(1)
        (row,) = self.rows(editors_browser, f"{ADDRESS}?{self.REWORDED}")
        press(editors_browser, row.find("form"))
        refused = press(editors_browser, row.find("form"))
        assert refused.status_code == 409
        assert f"{ADDRESS}?{self.REWORDED}#work-reworded-{uids[0]}" in links(main_of(refused))

    def test_only_what_was_carried_over_can_be_still_right(self, editors_browser: PageClient) -> None:
        claim = make_claim(article=read())
        answer = editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "right", "based_on": 1})
        assert answer.status_code == 409
        assert Claim.objects.get().version == 1

    def test_made_a_suggestion_again(self, editors_browser: PageClient) -> None:
        article = read(paragraphs=["Nothing was hit."])
        uids = []
        for _ in range(2):
            claim = make_claim(article=article, quote="Nothing was hit.", status="suggested", proposed_source="he")
            editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "reject", "based_on": 1})
            uids.append(claim.uid)
        main = main_of(editors_browser.get(f"{ADDRESS}?list=taken-away"))
        newest, older = main.findall(".//ul/li")
        answer = press(editors_browser, newest.find("form"))
        assert answer["Location"] == f"{ADDRESS}?list=taken-away&done={answer_done()}#work-taken-away-{uids[0]}"
        main = main_of(editors_browser.get(answer["Location"]))
        assert "Brought back: “Nothing was hit.”" in words(main)
        assert [node.get("id") for node in main.findall(".//ul/li")] == [older.get("id")]

    @pytest.mark.parametrize("of", ["#x", "a/b", "x" * 80])
    def test_no_other_place_is_led_to(self, editors_browser: PageClient, of: str) -> None:
        first = read(slug="first", paragraphs=[SAID, LEFT])
        make_claim(article=first)
        carry_over(read(revises=first, paragraphs=[LEFT]))
        uid = Claim.objects.exclude(article=first).get().uid
        act = {"act": "drop", "based_on": 1, "back": "work", "work": "//evil.example/", "of": of, "next": "../"}
        answer = editors_browser.post(f"/claims/{uid}/act/", act)
        assert answer["Location"].startswith(f"{ADDRESS}?") and "#" not in answer["Location"]


def answer_done() -> str:
    return Changeset.objects.order_by("-pk")[0].uid


class TestTakenAway:
    """What was rejected without a source is no claim any more."""

    def reject(self, browser: PageClient, number: int = 1) -> list[Claim]:
        article = read(paragraphs=["Nothing was hit."])
        claims = [
            make_claim(article=article, quote="Nothing was hit.", status="suggested", proposed_source="a colonel")
            for _ in range(number)
        ]
        for claim in claims:
            browser.post(f"/claims/{claim.uid}/act/", {"act": "reject", "based_on": 1})
        return claims

    def test_it_is_listed_and_can_be_made_a_suggestion_again(self, editors_browser: PageClient) -> None:
        assert "Suggestions taken away" not in words(main_of(editors_browser.get(ADDRESS)))
        (claim,) = self.reject(editors_browser)
        assert not Claim.objects.exists()
        (row,) = section(editors_browser, "taken-away").findall("./ul/li")
        assert "Nothing was hit." in words(row)
        assert "perhaps a colonel" in words(row)
        assert "rejected on" in words(row)
        form = row.find("form")
        sent = {node.get("name"): node.get("value") for node in form.iter("input")}
        editors_browser.post(form.get("action"), sent)
        again = Claim.objects.get()
        assert (again.uid, again.status, again.proposed_source) == (claim.uid, "suggested", "a colonel")
        assert "Suggestions taken away" not in words(main_of(editors_browser.get(ADDRESS)))
        editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "reject", "based_on": again.version})
        assert len(section(editors_browser, "taken-away").findall("./ul/li")) == 1

    def test_what_was_deleted_and_was_no_suggestion_is_not_among_them(self, editors_browser: PageClient) -> None:
        claim = make_claim(article=read())
        editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "delete", "based_on": 1})
        assert "Suggestions taken away" not in words(main_of(editors_browser.get(ADDRESS)))

    def test_there_is_a_list_of_all(self, editors_browser: PageClient) -> None:
        address = f"{ADDRESS}?list=taken-away"
        assert "No suggestion has been taken away." in words(main_of(editors_browser.get(address)))
        self.reject(editors_browser, SHOWN + 1)
        found = section(editors_browser, "taken-away")
        assert len(found.findall("./ul/li")) == SHOWN
        assert address.removeprefix(ADDRESS) in found.find("./p/a").get("href")
        assert len(list(main_of(editors_browser.get(address)).iter("form"))) == SHOWN + 1


class TestManyAreNotCounted:
    def test_beyond_what_is_counted_there_are_more(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(counting, "COUNTED", 2)
        monkeypatch.setattr(counting, "MORE", 3)
        monkeypatch.setattr(work, "MORE", 3)
        for slug in ("a", "b", "c", "d"):
            make_article(slug=slug, status="draft")
        assert (work_counts()["drafts"], work_total()) == (3, 3)
        page = tree_of(editors_browser.get(ADDRESS))
        assert words(by_id(page, "drafts-title")) == "Drafts more than 2"
        (link,) = (one for one in page.iter("a") if one.get("href") == ADDRESS and one.get("aria-current"))
        assert words(link) == "Work (more than 2)"

    def test_the_way_to_all_of_them_names_no_number_that_was_not_counted(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (counting, views_work):
            monkeypatch.setattr(module, "COUNTED", SHOWN + 1)
        monkeypatch.setattr(counting, "MORE", SHOWN + 2)
        for number in range(SHOWN + 1):
            make_article(slug=f"draft-{number}", status="draft")
        assert "All 21: Drafts" in words(section(editors_browser, "drafts"))
        for number in range(5):
            make_article(slug=f"more-{number}", status="draft")
        assert "All: Drafts" in words(section(editors_browser, "drafts"))

    def test_what_is_looked_for_goes_by_an_index(self) -> None:
        """Few of a million: all claims, or all passages, are not read for them."""
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL reads so small a table as it likes")
        for one in LISTS:
            sql, params = rows_to_count(one).order_by().values("pk")[:3].query.sql_with_params()
            plan = query_plan(sql, params)
            # What is looked for claim by claim has names like U0.
            of_many = *(f"SCAN articles_{name}" for name in ("claim", "highlight", "listed", "answer")), "SCAN U"
            few = ("claim_doubtful", "claim_suggested", "claim_rejected", "highlight_orphaned", "highlight_reworded")
            scans = [step for step in plan if step.startswith(of_many) and not step.endswith(few)]
            assert not scans, (one.name, plan)

    def test_claims_without_an_answer_are_not_sorted(self) -> None:
        """However many there are, and whichever page of them is asked for."""
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL reads so small a table as it likes")
        make_question(story=make_story())
        claims = [make_claim(article=read(story=make_story()), uid="one")]
        unanswered = next(one for one in LISTS if one.name == "unanswered")
        anywhere = {"below": "", "above": "", "end": "", "page": 1}
        for asked in ({}, {"page": 2}, {"end": "last"}, {"below": f"0.{claims[0].uid}"}, {"above": "-5.gone"}):
            with CaptureQueriesContext(
                connection,
            ) as found:
                work_page(unanswered, {**anywhere, **asked}, PER_PAGE)
            walks = [one["sql"] for one in found if '"first_question" >=' in one["sql"] and "ORDER BY" in one["sql"]]
            assert len(walks) >= 2
            for sql in walks:
                plan = query_plan(sql)
                assert any("listed_by_question" in step for step in plan), plan
                # Claims that begin at one letter are put in order (the right part of it), and no more.
                assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
