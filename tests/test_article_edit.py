"""The page of an article's data: its metadata, whether readers see it, whether it was read through."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Answer, Article, ArticleRevision, Changeset, Claim, Revision, Source, Story
from articles.writing.checking import check_claims, check_revisions
from articles.writing.editing import EditError
from articles.writing.undoing import undo
from articles.writing.versions import carry_over
from tests.article_forms import fields_of
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_editor,
    make_question,
    make_source,
    make_story,
    make_user,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/strikes/edit/"
STATUS = "/articles/strikes/status/"
READ = "/articles/strikes/read-through/"


@pytest.fixture
def article() -> Article:
    """With all that can be said of one."""
    return make_article(
        outlet=make_source(name="Gazette", kind="outlet", code="GAZ"),
        story=make_story(),
        byline="A. B",
        url="https://example.org/a",
        published_at=datetime(2018, 2, 8, 12, 30, tzinfo=UTC),
        published_offset=-300,
        published_time_known=True,
        inferred=["published", "byline"],
    )


def form_of(client: Client) -> dict[str, str]:
    """What the form of the data would send as it stands."""
    found = fields_of(client.get(ADDRESS))
    names = [*json.loads(found["filled"]), "filled", "published_on", "published_time", "published_offset", "new_story"]
    return {name: found[name] for name in names if name in found}


def save(client: Client, fields: dict[str, str] | None = None, **changes: Any) -> Any:
    return client.post(ADDRESS, {**(form_of(client) if fields is None else fields), **changes})


def reloaded() -> Article:
    return Article.objects.for_reading().get(slug="strikes")


def trouble(page: Any, status: int = 422) -> str:
    assert page.status_code == status
    return " ".join(words(node) for node in main_of(page).iter() if node.get("role") == "alert")


class TestForm:
    def test_holds_what_the_article_has(self, editors_browser: PageClient, article: Article) -> None:
        assert form_of(editors_browser) | {"filled": ""} == {
            "title": "Strikes in Syria",
            "outlet": "Gazette",
            "url": "https://example.org/a",
            "archive_url": "",
            "byline": "A. B",
            "language": "en",
            "story": "khusham",
            "new_story": "",
            "published_on": "2018-02-08",
            "published_time": "07:30",
            "published_offset": "-05:00",
            "filled": "",
        }

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({"published_at": None}, ("", "", "")),
            ({"published_at": datetime(2018, 2, 8, tzinfo=UTC)}, ("2018-02-08", "", "")),
            (
                {"published_at": datetime(2018, 2, 8, 0, 0, 5, tzinfo=UTC), "published_time_known": True},
                ("2018-02-08", "00:00:05", "+00:00"),
            ),
        ],
    )
    def test_of_any_time_saved_as_it_stands_changes_nothing(
        self, editors_browser: PageClient, fields: dict[str, Any], shown: tuple[str, ...]
    ) -> None:
        make_article(**fields)
        form = form_of(editors_browser)
        assert tuple(form[f"published_{part}"] for part in ("on", "time", "offset")) == shown
        assert save(editors_browser).status_code == 302
        assert not ArticleRevision.objects.exists() and not Changeset.objects.filter(kind="edit").exists()

    def test_the_text_is_shown_and_is_no_field(self, editors_browser: PageClient, article: Article) -> None:
        page = editors_browser.get(ADDRESS)
        assert "The coalition said the strikes" in words(main_of(page))
        save(editors_browser, text="Another text.")
        assert article.paragraphs.get().text.startswith("The coalition said")

    def test_leads_to_a_new_version(self, editors_browser: PageClient, article: Article) -> None:
        assert "/articles/new/?revises=strikes" in links(main_of(editors_browser.get(ADDRESS)))
        make_article(slug="second", revises=article)
        main = main_of(editors_browser.get(ADDRESS))
        assert "/articles/new/?revises=strikes" not in links(main)
        assert "has a later version already" in words(main)


class TestSave:
    def test_every_field(self, editors_browser: PageClient, editor: User, article: Article) -> None:
        response = save(
            editors_browser,
            title="Another title",
            outlet="The Courier",
            url="https://example.org/b",
            archive_url="https://example.org/c",
            byline="C. D",
            language="en-GB",
            story="",
            new_story="The Night",
            published_on="2018-02-09",
            published_time="01:00",
            published_offset="+03:00",
        )
        assert response["Location"] == f"{ADDRESS}?saved=data"
        assert "Saved." in words(main_of(editors_browser.get(response["Location"])))
        now = reloaded()
        assert (now.title, now.byline, now.language) == ("Another title", "C. D", "en-GB")
        assert (now.url, now.archive_url) == ("https://example.org/b", "https://example.org/c")
        assert now.outlet and (now.outlet.name, now.outlet.kind) == ("The Courier", "outlet")
        assert now.story and now.story.title == "The Night"
        assert now.published_local and now.published_local.isoformat() == "2018-02-09T01:00:00+03:00"
        assert now.inferred == []
        made = Changeset.objects.get(kind="edit")
        assert (made.editor, made.article) == (editor, article)

    def test_what_is_emptied_is_empty(self, editors_browser: PageClient, article: Article) -> None:
        empty = dict.fromkeys(["outlet", "url", "byline", "story"], "")
        times = dict.fromkeys(["published_on", "published_time", "published_offset"], "")
        save(editors_browser, **empty, **times)
        now = reloaded()
        assert (now.outlet, now.url, now.byline, now.story, now.published_at) == (None, "", "", None, None)

    def test_only_what_was_changed_is_inferred_no_longer(self, editors_browser: PageClient, article: Article) -> None:
        save(editors_browser, byline="C. D")
        assert reloaded().inferred == ["published"]

    def test_an_outlet_goes_by_any_of_its_names(self, editors_browser: PageClient, article: Article) -> None:
        courier = make_source(name="Courier", kind="outlet", code="COU")
        save(editors_browser, outlet="cOURIER")
        assert reloaded().outlet == courier and Source.objects.count() == 2

    def test_sent_twice_changes_once(self, editors_browser: PageClient, article: Article) -> None:
        form = form_of(editors_browser)
        for _ in range(2):
            assert save(editors_browser, form, title="Another title").status_code == 302
        assert ArticleRevision.objects.count() == 2

    def test_history_says_who_changed_what(self, editors_browser: PageClient, article: Article) -> None:
        assert "Nobody has changed it" in words(main_of(editors_browser.get(ADDRESS)))
        save(editors_browser, title="Another title", byline="")
        said = words(by_id(main_of(editors_browser.get(ADDRESS)), "history"))
        assert "edited by editor" in said
        assert "Title Strikes in Syria → Another title" in said and "Byline A. B → nothing" in said

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"title": " "}, "An article has a title"),
            ({"title": "\u200f\u200f"}, "Nothing of this title can be seen"),
            ({"url": "nonsense words"}, "This is no web address"),
            ({"published_on": "yesterday"}, "Write the day as year, month and day"),
            ({"outlet": "Coalition"}, "“Coalition” is a source of kind “military”. Make it a “news outlet”"),
            ({"new_story": "Another"}, "Choose a story or name another one"),
            ({"story": "", "new_story": "!!!"}, "The story “!!!” cannot be made"),
        ],
    )
    def test_trouble_is_said_and_nothing_typed_is_lost(
        self, editors_browser: PageClient, article: Article, fields: dict[str, str], said: str
    ) -> None:
        make_source()
        page = save(editors_browser, archive_url="https://example.org/typed", **fields)
        assert said in trouble(page)
        found = fields_of(page)
        assert {"archive_url": "https://example.org/typed", **fields}.items() <= found.items()
        assert not ArticleRevision.objects.exists() and Story.objects.count() == 1

    @pytest.mark.parametrize("filled", ["", "[]", "no json", "7"])
    def test_needs_to_know_what_it_is_based_on(
        self, editors_browser: PageClient, article: Article, filled: str
    ) -> None:
        page = save(editors_browser, title="Another title", filled=filled)
        assert page.status_code in (409, 422)
        assert reloaded().title == "Strikes in Syria"
        assert fields_of(page)["title"] == "Another title"


class TestAnotherStory:
    """What its claims answer belongs to the story that it leaves."""

    @pytest.fixture
    def claim(self, article: Article) -> Claim:
        make_story(title="Other", slug="other")
        return make_claim(article=article, answers=[answer(make_question(), 25)])

    def moved(self, client: PageClient, **fields: str) -> Any:
        page = save(client, **fields)
        return save(client, leaves=fields_of(page)["leaves"], **fields)

    def test_is_asked_about(self, editors_browser: PageClient, claim: Claim) -> None:
        page = save(editors_browser, story="other", byline="Mine")
        said = trouble(page)
        assert "Its claims give 1 answer to questions of the story “Khusham”." in said
        assert "the history of each claim keeps them" in said
        assert "Take the 1 answer away." in words(main_of(page))
        found = fields_of(page)
        assert (found["story"], found["byline"]) == ("other", "Mine")
        assert claim.answers.exists() and not ArticleRevision.objects.exists()
        assert save(editors_browser, title="Another title").status_code == 302, "nothing else is asked about"

    @pytest.mark.parametrize("fields", [{"story": "other"}, {"story": ""}, {"story": "", "new_story": "A third one"}])
    def test_whoever_agrees_takes_the_answers_away(
        self, editors_browser: PageClient, claim: Claim, editor: User, fields: dict[str, str]
    ) -> None:
        other = make_claim(article=claim.article, quote="The coalition")
        assert self.moved(editors_browser, **fields).status_code == 302
        now = reloaded()
        assert (now.story.slug if now.story else "") != "khusham"
        assert not claim.answers.exists()
        made = Changeset.objects.get(kind="edit")
        assert (made.editor, made.article_revisions.count()) == (editor, 1)
        assert made.summary == "its data; 1 answer went with its story"
        assert [one.claim_uid for one in made.revisions.all()] == [claim.uid], "others are as they were"
        other.refresh_from_db()
        assert other.version == 1
        assert not [*check_claims(repair=False), *check_revisions()]

    def test_what_goes_is_kept_and_comes_back_with_the_story(
        self, editors_browser: PageClient, claim: Claim, editor: User
    ) -> None:
        self.moved(editors_browser, story="other")
        first = Revision.objects.of_claims([claim.uid]).of_version(1).get()
        assert first.snapshot["answers"][0]["low"] == 25
        made = Changeset.objects.get(kind="edit")
        with pytest.raises(EditError, match="belongs to another story"):
            undo(made, editor)
        save(editors_browser, story="khusham")
        undo(made, editor)
        assert [one.low for one in claim.answers.all()] == [25]
        assert not [*check_claims(repair=False), *check_revisions()]

    def test_what_was_agreed_to_holds_for_so_many_answers(self, editors_browser: PageClient, claim: Claim) -> None:
        tick = fields_of(save(editors_browser, story="other"))["leaves"]
        said = [answer(make_question(slug="killed"), 3)]
        make_claim(article=claim.article, quote="The coalition", answers=said)
        assert "give 2 answers" in trouble(save(editors_browser, story="other", leaves=tick))
        assert Answer.objects.count() == 2

    def test_claims_that_want_an_eye_are_checked_first(self, editors_browser: PageClient) -> None:
        """What is taken away from them would settle why they want it."""
        question = make_question()
        make_story(title="Other", slug="other")
        said = "The coalition said the strikes hurt 25 men."
        before = make_article(paragraphs=[said], story=question.story, slug="before")
        make_claim(article=before, quote="the strikes hurt 25 men", answers=[answer(question, 25)])
        article = make_article(
            paragraphs=[said.replace("The coalition said", "SANA claimed")], story=question.story, revises=before
        )
        carry_over(article)
        assert Claim.objects.in_article(article).unsure().exists()
        said = trouble(save(editors_browser, story="other"))
        assert "1 claim that answers them was carried over and not checked yet" in said
        assert Answer.objects.count() == 2


class TestConflict:
    def test_what_only_one_of_two_changed_is_kept(self, editors_browser: PageClient, article: Article) -> None:
        form = form_of(editors_browser)
        save(editors_browser, byline="Theirs", title="The same")
        assert save(editors_browser, form, url="https://example.org/mine", title="The same").status_code == 302
        now = reloaded()
        assert (now.byline, now.url, now.title) == ("Theirs", "https://example.org/mine", "The same")

    def test_what_both_changed_is_shown_with_both(self, editors_browser: PageClient, article: Article) -> None:
        form = form_of(editors_browser)
        save(editors_browser, title="Theirs", published_time="08:00")
        page = save(editors_browser, form, title="Mine", published_time="09:00", byline="Mine too")
        said = trouble(page, 409)
        assert "Title Theirs: Theirs Yours: Mine" in said
        assert "Published Theirs: 2018-02-08 08:00 -05:00 Yours: 2018-02-08 09:00 -05:00" in said
        assert "Byline" not in said
        found = fields_of(page)
        assert (found["title"], found["published_time"], found["byline"]) == ("Mine", "09:00", "Mine too")
        assert reloaded().title == "Theirs" and reloaded().byline == "A. B"

    def test_what_is_told_of_it_stands_first_and_has_the_focus(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        """The status of the article fills a screen: below it, nobody saw that nothing was saved."""
        form = form_of(editors_browser)
        save(editors_browser, byline="Theirs")
        page = save(editors_browser, form, byline="Mine")
        assert words(tree_of(page).find(".//title")).startswith("Not saved: The data of")
        _, first, *_ = [node for node in main_of(page).iter() if "autofocus" in node.attrib or node.get("id")]
        assert first.get("role") == "alert" and "Byline Theirs: Theirs Yours: Mine" in words(first)
        assert reloaded().byline == "Theirs"

    def test_what_only_they_changed_is_not_taken_back_by_saving_again(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        form = form_of(editors_browser)
        save(editors_browser, title="Theirs", url="https://example.org/theirs", published_time="08:00")
        page = save(editors_browser, form, title="Mine")
        again = {name: value for name, value in fields_of(page).items() if name in form}
        assert (again["url"], again["published_time"]) == ("https://example.org/theirs", "08:00")
        assert save(editors_browser, again).status_code == 302
        now = reloaded()
        assert (now.title, now.url) == ("Mine", "https://example.org/theirs")
        assert now.published_local and now.published_local.hour == 8

    def test_saving_again_takes_mine_but_for_what_is_ticked(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        form = form_of(editors_browser)
        save(editors_browser, title="Theirs", byline="Theirs")
        page = save(editors_browser, form, title="Mine", byline="Mine")
        again = {name: value for name, value in fields_of(page).items() if name in form}
        assert save(editors_browser, again, theirs="byline").status_code == 302
        assert (reloaded().title, reloaded().byline) == ("Mine", "Theirs")

    def test_what_is_left_as_theirs_makes_nothing_new(self, editors_browser: PageClient, article: Article) -> None:
        make_story(title="Other", slug="other")
        form = form_of(editors_browser)
        save(editors_browser, story="other", outlet="Their outlet")
        mine = {"story": "", "new_story": "Mine", "outlet": "My outlet", "title": "Mine"}
        page = save(editors_browser, form, **mine)
        again = {name: value for name, value in fields_of(page).items() if name in form}
        assert save(editors_browser, again, theirs=["story", "outlet"]).status_code == 302
        assert not Story.objects.filter(title="Mine").exists() and not Source.objects.filter(name="My outlet").exists()
        assert reloaded().title == "Mine"

    def test_claims_that_are_marked_meanwhile_are_no_conflict(
        self, editors_browser: PageClient, article: Article, editor: User
    ) -> None:
        form = form_of(editors_browser)
        make_claim(article=article, editor=editor)
        assert save(editors_browser, form, title="Mine").status_code == 302


class TestStatus:
    def test_is_published_with_what_will_be_seen_said_before(
        self, editors_browser: PageClient, reader: PageClient
    ) -> None:
        before = make_article(slug="before")
        article = make_article(status="draft", revises=before)
        make_claim(article=article)
        make_claim(article=article, status="suggested")
        said = words(by_id(main_of(editors_browser.get(ADDRESS)), "status"))
        assert "Only editors see it" in said and "with its 1 accepted claim;" in said
        assert "it takes the place of version 1" in said
        response = editors_browser.post(STATUS, {"shown": "draft", "status": "published"})
        assert response["Location"] == f"{ADDRESS}?saved=status#status"
        assert reader.get("/articles/strikes/").status_code == 200
        assert reloaded().is_latest

    def test_stands_before_all_other_data(self, editors_browser: PageClient, article: Article) -> None:
        ids = [node.get("id") for node in main_of(editors_browser.get(ADDRESS)).iter() if node.get("id")]
        assert ids.index("status") < ids.index("data") < ids.index("read-through")

    def test_is_published_from_the_reading_page(self, editors_browser: PageClient, reader: PageClient) -> None:
        """Which says so; of a published article it leads to where it is withdrawn."""
        make_article(status="draft")
        page = main_of(editors_browser.get("/articles/strikes/"))
        form = by_id(page, "publishing")
        assert words(form) == "Publish" and f"{ADDRESS}#id_notice" not in links(page)
        fields = {one.get("name"): one.get("value") for one in form.iter() if one.get("name")}
        response = editors_browser.post(form.get("action"), fields)
        assert response["Location"] == "/articles/strikes/"
        published = main_of(editors_browser.get("/articles/strikes/"))
        assert "Published: everybody can read it" in words(by_id(published, "notices"))
        assert links(published)[f"{ADDRESS}#id_notice"] == "Withdraw …"
        assert reader.get("/articles/strikes/").status_code == 200
        assert "Withdraw" not in words(main_of(reader.get("/articles/strikes/")))

    def test_what_somebody_did_meanwhile_is_shown_from_there_too(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        sent = {"shown": "draft", "status": "withdrawn", "notice": "Wrong.", "back": "reading"}
        assert "it is no longer draft, but published" in trouble(editors_browser.post(STATUS, sent), 409)
        assert editors_browser.post(STATUS, {**sent, "back": "//evil.example"}).status_code == 422

    def test_goes_back_to_draft(self, editors_browser: PageClient, reader: PageClient, article: Article) -> None:
        before = words(by_id(main_of(editors_browser.get(ADDRESS)), "status"))
        assert "told that it is not public at the moment" in before
        editors_browser.post(STATUS, {"shown": "published", "status": "draft"})
        assert reader.get("/articles/strikes/").status_code == 410

    def test_is_withdrawn_with_a_notice(
        self, editors_browser: PageClient, reader: PageClient, article: Article
    ) -> None:
        editors_browser.post(STATUS, {"shown": "published", "status": "withdrawn", "notice": "All wrong."})
        page = reader.get("/articles/strikes/")
        assert page.status_code == 410 and "All wrong." in words(main_of(page))
        said = words(by_id(main_of(editors_browser.get(ADDRESS)), "status"))
        assert "“All wrong.”" in said and "Change the notice" in said
        editors_browser.post(STATUS, {"shown": "withdrawn", "status": "withdrawn", "notice": "Wrong on most."})
        assert reloaded().withdrawal_notice == "Wrong on most."

    def test_a_notice_keeps_its_lines(self, editors_browser: PageClient, reader: PageClient, article: Article) -> None:
        make_article(slug="later", revises=article)
        notice = "It was invented.\r\nWe are <sorry>.\r\n\r\nThe desk"
        sent = {"shown": "published", "status": "withdrawn", "notice": notice}
        editors_browser.post("/articles/later/status/", sent)
        shown = (
            reader.get("/articles/later/").content,
            reader.get("/articles/strikes/").content,
            editors_browser.get("/articles/later/edit/").content,
        )
        for page in shown:
            assert "It was invented.<br>We are &lt;sorry&gt;.<br><br>The desk" in page.decode()

    def test_is_not_withdrawn_without_one(self, editors_browser: PageClient, article: Article) -> None:
        page = editors_browser.post(STATUS, {"shown": "published", "status": "withdrawn", "notice": " "})
        assert page.status_code == 422
        assert "Say why it is withdrawn" in words(by_id(main_of(page), "status"))
        assert reloaded().status == "published"

    def test_only_from_the_status_that_the_page_showed(self, editors_browser: PageClient, article: Article) -> None:
        for _ in range(2):
            response = editors_browser.post(STATUS, {"shown": "published", "status": "draft"})
            assert response.status_code == 302, "also sent twice"
        sent = {"shown": "published", "status": "withdrawn", "notice": "Wrong."}
        page = editors_browser.post(STATUS, sent)
        assert "it is no longer published, but draft" in trouble(page, 409)
        assert fields_of(page)["notice"].strip() == "Wrong."
        assert reloaded().status == "draft"

    @pytest.mark.parametrize("sent", [{}, {"shown": "draft"}, {"shown": "published", "status": "deleted"}])
    def test_needs_to_be_told_which(self, editors_browser: PageClient, article: Article, sent: dict[str, str]) -> None:
        assert editors_browser.post(STATUS, sent).status_code == 422
        assert reloaded().status == "published"

    def test_is_on_record(self, editors_browser: PageClient, editor: User, article: Article) -> None:
        editors_browser.post(STATUS, {"shown": "published", "status": "draft"})
        said = words(by_id(main_of(editors_browser.get(ADDRESS)), "history"))
        assert "edited by editor" in said and "Status published → draft" in said

    def test_says_which_version_lists_go_back_to_or_keep(self, editors_browser: PageClient, article: Article) -> None:
        later = make_article(slug="later", revises=article)
        said = words(by_id(main_of(editors_browser.get("/articles/later/edit/")), "status"))
        assert said.count("Lists and counts go back to version 1") == 2
        Article.objects.filter(pk=article.pk).update(status="draft")
        assert later.is_latest
        said = words(by_id(main_of(editors_browser.get(ADDRESS)), "status"))
        assert "Lists and counts keep version 2, which is later" in said


class TestReadThrough:
    def test_is_said_and_taken_back(self, editors_browser: PageClient, editor: User, article: Article) -> None:
        said = words(by_id(main_of(editors_browser.get(ADDRESS)), "read-through"))
        assert "Not read through yet" in said and "“Says nothing”; until then, “Not yet read”" in said
        response = editors_browser.post(READ, {"read": "yes"})
        assert response["Location"] == f"{ADDRESS}?saved=read#read-through"
        now = reloaded()
        assert now.read_through_at and now.read_through_by == editor
        assert "editor said so on" in words(by_id(main_of(editors_browser.get(ADDRESS)), "read-through"))
        editors_browser.post(READ, {"read": "no"})
        assert (reloaded().read_through_at, reloaded().read_through_by) == (None, None)

    def test_leads_back_to_the_reading_page(self, editors_browser: PageClient, article: Article) -> None:
        assert editors_browser.post(READ, {"read": "yes", "back": "reading"})["Location"] == "/articles/strikes/"

    def test_can_be_said_on_the_reading_page_and_taken_back(
        self, editors_browser: PageClient, reader: PageClient, article: Article
    ) -> None:
        def on_the_page(read: str) -> str:
            form = by_id(main_of(editors_browser.get("/articles/strikes/")), "reading-through")
            assert form.get("action") == READ
            fields = {one.get("name"): one.get("value") for one in form.iter() if one.get("name")}
            assert fields["read"] == read
            assert editors_browser.post(READ, fields)["Location"] == "/articles/strikes/"
            return words(form)

        assert on_the_page("yes") == "Mark as read through"
        assert on_the_page("no").startswith("Read through on ")
        assert reloaded().read_through_at is None
        assert "reading-through" not in reader.get("/articles/strikes/").content.decode()

    @pytest.mark.parametrize("sent", [{}, {"read": "perhaps"}, {"read": "yes", "back": "//evil.example"}])
    def test_needs_to_be_told_what(self, editors_browser: PageClient, article: Article, sent: dict[str, str]) -> None:
        assert editors_browser.post(READ, sent).status_code == 400
        assert reloaded().read_through_at is None


class TestWhoMay:
    def test_the_list_leads_editors_here(
        self, editors_browser: PageClient, reader: PageClient, article: Article
    ) -> None:
        assert links(main_of(editors_browser.get("/articles/")))[ADDRESS] == "Edit"
        assert ADDRESS not in links(main_of(reader.get("/articles/")))

    def test_readers_are_asked_to_sign_in_and_refused(self, reader: PageClient, article: Article) -> None:
        assert reader.get(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"
        sent = {"shown": "published", "status": "draft", "read": "yes"}
        assert {reader.post(one, sent).status_code for one in (ADDRESS, STATUS, READ)} == {401}
        reader.force_login(make_user("reader"))
        assert {reader.post(one, sent).status_code for one in (ADDRESS, STATUS, READ)} == {403}
        assert reader.get(ADDRESS).status_code == 403
        assert (reloaded().status, reloaded().read_through_at) == ("published", None)

    def test_a_get_writes_nothing(self, editors_browser: PageClient, article: Article) -> None:
        for one in (STATUS, READ):
            assert editors_browser.get(one, {"shown": "published", "status": "draft"}).status_code == 405
        editors_browser.get(ADDRESS, {"title": "Another title"})
        assert not ArticleRevision.objects.exists()

    def test_another_site_can_write_nothing(self, article: Article) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_editor("other"))
        assert {client.post(one, {"read": "yes"}).status_code for one in (ADDRESS, STATUS, READ)} == {403}

    def test_of_no_article_there_is_nothing(self, editors_browser: PageClient, db: None) -> None:
        assert editors_browser.get(ADDRESS).status_code == 404
        assert {editors_browser.post(one).status_code for one in (STATUS, READ)} == {404}
