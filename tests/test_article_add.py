"""Bringing an article in by the browser: what it will be is shown, then it is saved."""

from hashlib import sha256
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.editors import article_add_form
from articles.editors.article_add_form import TEXT_LIMIT
from articles.editors.article_forms import STORIES
from articles.importing.pasted import add_article
from articles.models import Article, ArticleText, Changeset, Claim, Paragraph, Source, Story
from articles.writing.checking import check_all
from articles.writing.unsure import MOST
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    make_user,
    orphan,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/new/"
PARAGRAPHS = [
    "SYRIA — The coalition said it struck.",
    "Hotline",
    "Nobody was hurt, SANA said.",
    "A. B contributed to this report.",
]
TEXT = "\n\n".join(PARAGRAPHS) + "\n"


def send(client: Client, text: str = TEXT, *, step: str = "check", seen: str | None = None, **fields: Any) -> Any:
    """`seen` is the text whose paragraphs the page showed; the same one unless told. The page was that of the version
    that is revised, unless `begun` says otherwise."""
    checked = sha256((text if seen is None else seen).encode()).hexdigest()
    begun = {"begun": fields["revises"].replace("\x00", "")} if "revises" in fields else {}
    given = {"token": str(uuid4()), "text": text, "language": "en", "checked": checked, "step": step, **begun, **fields}
    return client.post(ADDRESS, given)


def save(client: Client, text: str = TEXT, **fields: Any) -> Article:
    response = send(client, text, **{"step": "publish", **fields})
    assert response.status_code == 302, words(main_of(response))
    return Article.objects.get(slug=unquote(response["Location"]).split("/")[2])


def fields_of(page: Any) -> dict[str, str]:
    """What the form of the page would send, without buttons."""
    found: dict[str, str] = {}
    for node in main_of(page).iter():
        name = node.get("name")
        if node.tag == "input" and name and node.get("type") != "file":
            found[name] = node.get("value") or ""
        elif node.tag == "textarea":
            # The line end at the start is no part of it.
            found[name] = (node.text or "").removeprefix("\n")
        elif node.tag == "select":
            chosen = [one for one in node if one.get("selected") is not None] or list(node)[:1]
            found[name] = chosen[0].get("value") or ""
    return found


def shown(page: Any) -> list[tuple[str, str, str]]:
    """Number, kind and words of each paragraph."""
    blocks = [node for node in main_of(page).iter("li") if node.get("class") == "block"]
    return [
        (words(node.find("span")), words(node.find(".//select/option[@selected]")), words(node.find("p")))
        for node in blocks
    ]


def trouble(page: Any) -> str:
    assert page.status_code == 422
    return " ".join(words(node) for node in main_of(page).iter() if node.get("role") == "alert")


class TestSuggesting:
    def test_is_asked_for_with_a_tick(self, editors_browser: PageClient) -> None:
        response = send(editors_browser, step="publish", suggest="on")
        claim = Claim.objects.in_reading_order().first()
        assert claim
        assert response["Location"].endswith(f"/?review={claim.uid}#sign-{claim.uid}")
        assert list(Claim.objects.values_list("status", flat=True)) == ["suggested"] * 2
        changeset = Changeset.objects.get(kind="suggest")
        assert changeset.by_whom == "the desk’s rules, asked by editor"

    def test_the_tick_stays_while_the_text_is_looked_at(self, editors_browser: PageClient) -> None:
        for given, expected in (({"suggest": "on"}, True), ({}, False)):
            shown = main_of(send(editors_browser, seen="", **given))
            (box,) = (node for node in shown.iter("input") if node.get("name") == "suggest")
            assert (box.get("checked") is not None) == expected
        assert not Article.objects.exists()

    def test_else_nothing_is_suggested(self, editors_browser: PageClient) -> None:
        save(editors_browser)
        assert not Claim.objects.exists()


class TestCheck:
    def test_shows_the_paragraphs_with_their_kinds_and_saves_nothing(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, seen="", outlet="Gazette")
        assert shown(page) == [
            ("1", "text", "Dateline: SYRIA — The coalition said it struck."),
            ("", "heading", "Hotline"),
            ("2", "text", "Nobody was hurt, SANA said."),
            ("", "credit", "A. B contributed to this report."),
        ]
        said = words(main_of(page))
        assert "4 paragraphs" in said and "Nothing is saved yet" in said
        assert "the first sentence makes one: “The coalition said it struck”" in said
        assert "The outlet “Gazette” is new." in said
        assert not Article.objects.exists() and not Source.objects.exists() and not Changeset.objects.exists()

    def test_items_of_a_list_are_paragraphs_unless_the_editor_joins_them(self, editors_browser: PageClient) -> None:
        text = "It has three aims:\n- peace\n- order\n\nNobody was hurt."
        page = send(editors_browser, text, checked="")
        assert [text for *_, text in shown(page)] == ["It has three aims:", "- peace", "- order", "Nobody was hurt."]
        note = "Lines that begin with a bullet were parted by blank lines"
        assert note in words(by_id(tree_of(page), "check"))
        found = fields_of(page)
        assert found["text"] == "It has three aims:\n\n- peace\n\n- order\n\nNobody was hurt."
        joined = editors_browser.post(ADDRESS, {**found, "text": text, "step": "check"})
        assert ("", "heading", "It has three aims: - peace - order") in shown(joined)
        assert fields_of(joined)["text"] == text and note not in words(main_of(joined))
        assert editors_browser.post(ADDRESS, {**found, "step": "publish"}).status_code == 302
        assert bytes(ArticleText.objects.get().content) == found["text"].encode()
        assert not list(check_all())

    @pytest.mark.parametrize("title", ["", "Strikes at night", "STRIKES AT NIGHT"])
    def test_says_which_heading_is_the_headline(self, editors_browser: PageClient, title: str) -> None:
        page = send(editors_browser, f"Strikes at night\n\n{TEXT}", seen="", title=title)
        assert shown(page)[0] == ("", "heading", "Strikes at night")
        assert words(main_of(page)).count("The headline: readers see it once") == 1
        other = send(editors_browser, f"Strikes at night\n\n{TEXT}", seen="", title="Other")
        assert "The headline:" not in words(main_of(other))

    def test_recognises_a_long_headline_by_the_title(self, editors_browser: PageClient) -> None:
        long = "Coalition says that it struck forces that had crossed the river during the night near Khusham"
        text = f"{long}\n\n{TEXT}"
        for title, kind in (("", "text"), (long, "heading")):
            assert shown(send(editors_browser, text, seen="", title=title))[0][1] == kind
        assert shown(send(editors_browser, long, seen="", title=long))[0][1] == "text"
        chosen = {"title": long, "kind-0": "text", **{f"kind-{at}": "text" for at in range(1, 5)}}
        assert shown(send(editors_browser, text, **chosen))[0][1] == "text"

    def test_keeps_all_that_was_typed(self, editors_browser: PageClient) -> None:
        make_story()
        typed = {
            "title": "Title",
            "outlet": "Gazette",
            "url": "https://example.org/a",
            "archive_url": "https://example.org/b",
            "published_on": "2018-02-08",
            "published_time": "07:30",
            "published_offset": "-05:00",
            "byline": "A. B",
            "language": "en-GB",
            "story": "khusham",
        }
        found = fields_of(send(editors_browser, **typed))
        assert typed.items() <= found.items()
        assert found["text"].rstrip("\n") == TEXT.rstrip("\n")

    def test_kinds_can_be_changed_and_numbers_follow(self, editors_browser: PageClient) -> None:
        kinds = {"kind-0": "heading", "kind-1": "text", "kind-2": "text", "kind-3": "text"}
        assert [(number, kind) for number, kind, _ in shown(send(editors_browser, **kinds))] == [
            ("", "heading"),
            ("1", "text"),
            ("2", "text"),
            ("3", "text"),
        ]

    def test_kinds_chosen_for_another_text_do_not_count(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, seen="another", **{f"kind-{number}": "heading" for number in range(4)})
        assert [kind for _, kind, _ in shown(page)] == ["text", "heading", "text", "credit"]

    def test_one_paragraph_is_text(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, **{f"kind-{number}": "heading" for number in range(4)})
        assert "At least one paragraph is text" in trouble(page)
        assert [kind for _, kind, _ in shown(page)] == ["heading"] * 4

    def test_a_text_that_was_not_shown_is_not_saved(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, step="publish", seen="another")
        assert page.status_code == 200
        assert "has not been saved yet" in words(main_of(page))
        assert len(shown(page)) == 4 and not Article.objects.exists()
        send_again = editors_browser.post(ADDRESS, {**fields_of(page), "step": "publish"})
        assert send_again.status_code == 302


class TestSave:
    def test_makes_an_article_as_a_file_does(self, editors_browser: PageClient, editor: User) -> None:
        story = make_story()
        article = save(
            editors_browser,
            title="Strikes",
            outlet="Gazette",
            url="https://example.org/a",
            published_on="2018-02-08",
            published_time="07:30",
            published_offset="-05:00",
            byline="A. B",
            language="ar",
            story="khusham",
        )
        assert (article.slug, article.title, article.byline, article.language) == ("strikes", "Strikes", "A. B", "ar")
        assert article.outlet and (article.outlet.name, article.outlet.kind) == ("Gazette", "outlet")
        assert article.story == story and article.url == "https://example.org/a"
        assert article.published_local and article.published_local.isoformat() == "2018-02-08T07:30:00-05:00"
        assert article.published_time_known and article.status == "published" and article.is_latest
        assert article.public_since and article.import_key == "" and article.inferred == []
        assert bytes(ArticleText.objects.get(article=article).content) == TEXT.encode()
        assert article.sha256 == sha256(TEXT.encode()).hexdigest()
        made = Changeset.objects.get(article=article)
        assert (made.kind, made.editor, made.details["table"]["title"]) == ("import", editor, "Strikes")
        assert [row.kind for row in article.paragraphs.all()] == ["text", "heading", "text", "credit"]
        assert article.paragraphs.all()[0].dateline_length == len("SYRIA — ")
        assert not list(check_all())

    def test_kinds_are_saved_as_chosen(self, editors_browser: PageClient) -> None:
        kinds = {"kind-0": "text", "kind-1": "text", "kind-2": "heading", "kind-3": "text"}
        article = save(editors_browser, **kinds)
        assert [(row.kind, row.number) for row in article.paragraphs.all()] == [
            ("text", 1),
            ("text", 2),
            ("heading", None),
            ("text", 3),
        ]
        assert not list(check_all())

    def test_a_draft_is_for_editors(self, editors_browser: PageClient, reader: PageClient) -> None:
        article = save(editors_browser, step="draft")
        assert article.status == "draft" and article.public_since is None
        assert reader.get(article.get_absolute_url()).status_code == 404

    def test_the_title_is_inferred_where_there_is_none(self, editors_browser: PageClient) -> None:
        article = save(editors_browser)
        assert (article.title, article.inferred) == ("The coalition said it struck", ["title"])

    def test_the_page_new_is_no_article(self, editors_browser: PageClient) -> None:
        assert save(editors_browser, title="New").slug == "new-2"
        assert save(editors_browser, "Another text.", title="New").slug == "new-3"

    def test_a_story_is_made_as_it_is_called(self, editors_browser: PageClient) -> None:
        article = save(editors_browser, new_story="The Night of 7 February")
        assert article.story and article.story.title == "The Night of 7 February"
        again = save(editors_browser, "Another text.", new_story="The night of 7 February")
        assert again.story == article.story and Story.objects.count() == 1

    def test_a_story_goes_by_its_title_whatever_its_address(self, editors_browser: PageClient) -> None:
        story = make_story(title="The night near Khusham", slug="khusham-2018")
        assert save(editors_browser, new_story="The Night near Khusham").story == story
        assert save(editors_browser, "Another text.", new_story="khusham-2018").story == story

    def test_of_two_stories_of_one_title_it_asks_which(self, editors_browser: PageClient) -> None:
        stories = [make_story(title="The night", slug=slug) for slug in ("night-2017", "night-2018")]
        page = send(editors_browser, new_story="The night")
        assert "Several stories are called so" in trouble(page) and "night-2017, night-2018" in trouble(page)
        assert save(editors_browser, new_story="night-2018").story == stories[1]
        floods = [make_story(title="Flood", slug=slug) for slug in ("flood", "flood-2")]
        assert save(editors_browser, "Another text.", new_story="flood").story == floods[0]

    def test_a_title_that_is_nearly_anothers_makes_no_story_unasked(self, editors_browser: PageClient) -> None:
        story = make_story(title="Khusham, February 2018", slug="khusham-2018")
        slip = "Khusham, Febuary 2018"
        page = send(editors_browser, step="publish", new_story=slip)
        assert "There is a story “Khusham, February 2018”. Choose it as the story, or" in trouble(page)
        assert f"“{slip}” is another story than “Khusham, February 2018”." in words(main_of(page))
        (tick,) = [node for node in main_of(page).iter("input") if node.get("name") == "other_story"]
        assert tick.get("value") == slip and tick.get("checked") is None
        assert Story.objects.get() == story and not Article.objects.exists()
        article = save(editors_browser, new_story=slip, other_story=slip)
        assert article.story and article.story.title == slip and Story.objects.count() == 2

    def test_what_was_said_of_one_title_holds_for_no_other(self, editors_browser: PageClient) -> None:
        make_story(title="Khusham, February 2018", slug="khusham-2018")
        page = send(editors_browser, new_story="Khusham, Febuary 2018", other_story="Khusham, Feb 2018")
        assert "There is a story" in trouble(page)
        page = send(editors_browser, new_story="Khusham, March 2018", other_story="Khusham, March 2018", url="no words")
        assert "There is a story" not in trouble(page) and fields_of(page)["other_story"] == "Khusham, March 2018"
        assert "The story “Khusham, March 2018” is new." in words(
            main_of(send(editors_browser, new_story="Khusham, March 2018", other_story="Khusham, March 2018"))
        )
        assert "other_story" not in fields_of(send(editors_browser, new_story="The flood"))

    def test_a_new_version_of_another(self, editors_browser: PageClient) -> None:
        before = make_article(import_key="strikes")
        article = save(editors_browser, revises="strikes")
        assert (article.slug, article.version_number, article.revises) == ("strikes-2", 2, before)
        assert (article.lineage, article.import_key, article.is_latest) == ("strikes", "strikes", True)

    def test_a_new_version_may_come_as_a_file(self, editors_browser: PageClient) -> None:
        """The text of the one before, with which the form begins, is in nobody's way; what was typed is."""
        make_article(paragraphs=["It began.", "It went on."])
        fields = fields_of(editors_browser.get(f"{ADDRESS}?revises=strikes"))
        assert fields["text"]
        file = SimpleUploadedFile("new.txt", b"It ended.")
        page = editors_browser.post(ADDRESS, {**fields, "step": "check", "file": file})
        assert page.status_code == 200 and fields_of(page)["text"] == "It ended."
        file.seek(0)
        refused = editors_browser.post(ADDRESS, {**fields, "text": "Typed.", "step": "check", "file": file})
        assert "There is a text in the field as well" in trouble(refused)

    def test_a_new_version_is_published_where_an_editor_says_so(self, editors_browser: PageClient) -> None:
        make_article(status="withdrawn")
        assert save(editors_browser, revises="strikes").status == "published"

    def test_line_ends_of_browsers_are_no_part_of_the_text(self, editors_browser: PageClient) -> None:
        sent = TEXT.replace("\n", "\r\n")
        article = save(editors_browser, sent, seen=TEXT)
        assert bytes(ArticleText.objects.get(article=article).content) == TEXT.encode()

    @pytest.mark.parametrize("text", ["🤔 he said.", "Cafe\u0301 said.", "قالت سانا إنه.", " \tIndented."])
    def test_every_character_is_kept(self, editors_browser: PageClient, text: str) -> None:
        article = save(editors_browser, text)
        assert bytes(ArticleText.objects.get(article=article).content) == text.encode()


class TestOnce:
    def test_a_form_sent_twice_makes_one(self, editors_browser: PageClient) -> None:
        token = str(uuid4())
        first, second = (save(editors_browser, token=token) for _ in range(2))
        assert first == second and Article.objects.count() == 1

    def test_a_form_sent_twice_at_once_makes_one(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each looks before the other has written: the database refuses the second."""
        token = str(uuid4())
        first = save(editors_browser, token=token)
        looks = iter([None, first])
        monkeypatch.setattr("articles.importing.pasted._made_with", lambda _: next(looks))
        assert save(editors_browser, "Another text.", token=token) == first
        assert Article.objects.count() == 1

    def test_other_refusals_of_the_database_are_no_repetition(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.importing.pasted._made_with", lambda _: None)
        token = str(uuid4())
        save(editors_browser, token=token)
        with pytest.raises(Exception, match="token"):
            send(editors_browser, "Another text.", step="publish", token=token)

    def test_a_text_that_is_here_is_not_doubled(self, editors_browser: PageClient) -> None:
        article = save(editors_browser)
        for step in ("check", "publish"):
            page = send(editors_browser, step=step, title="Another title")
            assert "has been imported before" in trouble(page)
            assert links(main_of(page))[f"/articles/{article.slug}/"] == article.title
            assert fields_of(page)["title"] == "Another title"
        assert Article.objects.count() == 1


def upload(content: bytes, name: str = "report.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


class TestFile:
    def test_is_read_as_the_command_reads_it(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, "", file=upload(b"Aims:\n- peace\n- order\n\nNobody was hurt."))
        assert [text for *_, text in shown(page)] == ["Aims: - peace - order", "Nobody was hurt."]

    CONTENT = b"\xef\xbb\xbfThe coalition said it struck.\r\n\r\nNobody was hurt, SANA said.\r\n"

    def test_is_shown_and_kept_byte_for_byte(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, "", file=upload(self.CONTENT))
        assert [text for *_, text in shown(page)] == ["The coalition said it struck.", "Nobody was hurt, SANA said."]
        response = editors_browser.post(ADDRESS, {**fields_of(page), "step": "publish"})
        assert response.status_code == 302
        assert bytes(ArticleText.objects.get().content) == self.CONTENT

    def test_counts_no_longer_once_its_words_were_changed(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, "", file=upload(self.CONTENT))
        fields = {**fields_of(page), "text": "Another text.", "step": "check"}
        fields = {**fields_of(editors_browser.post(ADDRESS, fields)), "step": "publish"}
        assert editors_browser.post(ADDRESS, fields).status_code == 302
        assert bytes(ArticleText.objects.get().content) == b"Another text."

    def test_takes_the_place_of_one_that_was_sent_before(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, "", file=upload(self.CONTENT))
        page = editors_browser.post(ADDRESS, {**fields_of(page), "file": upload(b"Another text.")})
        assert [text for *_, text in shown(page)] == ["Another text."]

    def test_does_not_take_the_place_of_what_was_typed(self, editors_browser: PageClient) -> None:
        page = send(editors_browser, file=upload(self.CONTENT))
        assert "There is a text in the field as well" in trouble(page)
        assert fields_of(page)["text"].strip() == TEXT.strip()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "File: The file is empty"),
            (b"\xef\xbb\xbf \n", "nothing but white space"),
            ("\u200f\u200f".encode(), "File: The text is empty: it holds nothing that can be seen."),
            (b"caf\xe9", "Not UTF-8: byte 3 (in line 1) is 0xe9"),
            (b"a\x00b", "it holds zero bytes"),
            (b"a" * (3 * TEXT_LIMIT), "The file has 3 MB; at most 1 MB are read. A longer report comes in by command"),
            (b"a" * (TEXT_LIMIT + 1), "The file has 1.1 MB; at most 1 MB are read."),
        ],
    )
    def test_that_cannot_be_read_is_refused_as_the_import_does(
        self, editors_browser: PageClient, content: bytes, said: str
    ) -> None:
        page = send(editors_browser, "", title="Kept", file=upload(content))
        assert said in trouble(page)
        assert fields_of(page)["title"] == "Kept"

    @pytest.mark.parametrize("kept", ["no base 64!", "YWJj", "é"])
    def test_bytes_that_are_none_of_ours_do_not_count(self, editors_browser: PageClient, kept: str) -> None:
        article = save(editors_browser, kept=kept)
        assert bytes(ArticleText.objects.get(article=article).content) == TEXT.encode()


class TestTrouble:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"text": " \n "}, "Paste the text of the report, or choose a file"),
            ({"text": "a" * (2 * TEXT_LIMIT)}, "The text has 2 MB; at most 1 MB are read. A longer report"),
            ({"url": "nonsense words"}, "This is no web address"),
            ({"published_on": "8 February"}, "Write the day as year, month and day"),
            ({"published_on": "2018-02-08", "published_time": "7h"}, "Write the time as hours and minutes"),
            ({"published_time": "07:30", "published_offset": "+00:00"}, "Give the day as well"),
            ({"published_on": "2018-02-08", "published_time": "07:30"}, "A time needs its distance from UTC"),
            ({"published_on": "2018-02-08", "published_offset": "+03:00"}, "Give the time of day as well"),
            (
                {"published_on": "2018-02-08", "published_time": "07:30", "published_offset": "Paris"},
                "Write it as -05:00",
            ),
            (
                {"published_on": "2018-02-08", "published_time": "07:30", "published_offset": "+24:00"},
                "Write it as -05:00",
            ),
            (
                {"published_on": "2018-02-08", "published_time": "07:30", "published_offset": "+01:75"},
                "Write it as -05:00",
            ),
            (
                {"published_on": "0001-01-01", "published_time": "00:00", "published_offset": "+03:00"},
                "this time leaves the calendar",
            ),
            ({"language": "not a tag"}, "This is no language tag"),
            ({"language": "english"}, "This is no language tag"),
            ({"language": "xx-yy-zz-1"}, "This is no language tag"),
            ({"published_on": "2999-01-01"}, "This day is yet to come"),
            (
                {"published_on": "2999-01-01", "published_time": "07:30", "published_offset": "+01:00"},
                "This day is yet to come",
            ),
            ({"language": ""}, "Say which language the text is in"),
            ({"story": "khusham", "new_story": "Another"}, "Choose a story or name another one"),
            ({"story": "unknown"}, "There is no such story any more"),
            ({"title": "\u200f"}, "Title: Nothing of this title can be seen. Write one with letters."),
            ({"outlet": "\u200f\u200e"}, "Outlet: Nothing of this name can be seen."),
            ({"new_story": "\u200b"}, "Another story, by name: Nothing of this name can be seen."),
            ({"new_story": "!!!"}, "Another story, by name: The story “!!!” cannot be made"),
            ({"story": "a\0b"}, "There is no such story any more"),
            ({"outlet": "Coalition"}, "“Coalition” is a source of kind “military”. Make it a “news outlet”"),
            ({"revises": "unknown"}, "has a newer version by now"),
            ({"revises": "a\x00b"}, "has a newer version by now"),
            ({"title": "a" * 301}, "at most 300 characters"),
            ({"token": "none"}, "Enter a valid value"),
        ],
    )
    def test_is_said_and_nothing_typed_is_lost(
        self, editors_browser: PageClient, fields: dict[str, str], said: str
    ) -> None:
        make_story()
        make_source()
        typed = {"text": TEXT, "byline": "A. B", "kind-1": "text", **fields}
        page = send(editors_browser, typed.pop("text"), step="publish", **typed)
        assert said in trouble(page)
        found = fields_of(page)
        assert {name: value for name, value in typed.items() if name not in ("story", "revises", "kind-1")}.items() <= (
            found.items()
        )
        assert not Article.objects.exists() and Story.objects.count() == 1

    def test_a_text_of_which_nothing_can_be_seen(self, editors_browser: PageClient) -> None:
        said = trouble(send(editors_browser, "\u200f\u200f", step="publish"))
        assert "Text: The text is empty: it holds nothing that can be seen. Put the text of the report" in said
        assert not Article.objects.exists()

    def test_the_title_says_so_and_the_focus_is_where_it_is_said(self, editors_browser: PageClient) -> None:
        make_article(slug="before")
        page = send(editors_browser, url="nonsense words", revises="before")
        assert words(tree_of(page).find(".//title")) == "Error: Add a new version – Newsdesk"
        (summary,) = [node for node in main_of(page).iter() if node.get("autofocus") is not None]
        assert summary.get("role") == "alert" and summary.get("tabindex") == "-1"
        assert links(summary) == {"#id_url": "Address at the outlet"}
        fine = send(editors_browser, seen="")
        assert words(tree_of(fine).find(".//title")) == "Add an article – Newsdesk"
        assert not [node for node in main_of(fine).iter() if node.get("autofocus") is not None]

    def test_a_text_that_is_here_is_an_error_too(self, editors_browser: PageClient) -> None:
        save(editors_browser)
        assert words(tree_of(send(editors_browser)).find(".//title")) == "Error: Add an article – Newsdesk"

    def test_kinds_that_were_chosen_stay(self, editors_browser: PageClient) -> None:
        kinds = {"kind-0": "heading", "kind-1": "text", "kind-2": "text", "kind-3": "text"}
        assert kinds.items() <= fields_of(send(editors_browser, url="nonsense words", **kinds)).items()

    def test_somebody_was_faster_with_a_new_version(
        self, editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_article()

        def late(*given: Any) -> Article:
            make_article(slug="faster", revises=Article.objects.get(slug="strikes"), paragraphs=["Faster."])
            return add_article(*given)

        monkeypatch.setattr("articles.views.article_forms.add_article", late)
        page = send(editors_browser, step="publish", revises="strikes")
        assert "It has a newer version by now" in trouble(page)


class TestPage:
    def test_begins_empty_with_a_token_of_its_own(self, editors_browser: PageClient) -> None:
        first, second = (fields_of(editors_browser.get(ADDRESS)) for _ in range(2))
        assert first["token"] != second["token"]
        assert (first["text"], first["language"], first["revises"]) == ("", "en", "")

    def test_offers_outlets_stories_and_last_versions(self, editors_browser: PageClient) -> None:
        make_source(name="Gazette", kind="outlet", code="GAZ")
        make_article(slug="second", revises=make_article(story=make_story()))
        main = main_of(editors_browser.get(ADDRESS))
        offered = {node.get("value") for node in main.iter("option")}
        assert {"Gazette", "khusham", "second"} <= offered
        assert "strikes" not in offered

    def test_of_many_stories_offers_the_last_and_the_chosen(self, editors_browser: PageClient) -> None:
        make_article(story=make_story(title="The first"))
        Story.objects.bulk_create(Story(title=f"Story {number}", slug=f"story-{number}") for number in range(STORIES))
        page = editors_browser.get(ADDRESS)
        assert len(by_id(main_of(page), "id_story")) == STORIES + 1
        assert f"The {STORIES} that came last" in words(main_of(page))
        again = by_id(main_of(editors_browser.get(ADDRESS, {"revises": "strikes"})), "id_story")
        assert fields_of(editors_browser.get(ADDRESS, {"revises": "strikes"}))["story"] == "khusham"
        assert [option.get("value") for option in again if option.get("selected") is not None] == ["khusham"]

    def test_a_new_version_begins_with_what_it_has_in_common(self, editors_browser: PageClient) -> None:
        outlet = make_source(name="Gazette", kind="outlet")
        make_article(story=make_story(), outlet=outlet, language="ar", byline="A. B")
        found = fields_of(editors_browser.get(ADDRESS, {"revises": "strikes"}))
        common = {"revises": "strikes", "story": "khusham", "outlet": "Gazette", "language": "ar", "byline": "A. B"}
        assert common.items() <= found.items()

    def test_of_nothing_that_there_is_begins_empty(self, editors_browser: PageClient) -> None:
        assert fields_of(editors_browser.get(ADDRESS, {"revises": "none"}))["revises"] == ""

    def test_a_very_long_text_keeps_its_last_kinds(self, editors_browser: PageClient) -> None:
        text = "\n\n".join(f"Sentence {number}." for number in range(810))
        page = send(editors_browser, text)
        assert page.status_code == 200
        fields = fields_of(page)
        assert "kind-799" in fields and "kind-800" not in fields
        assert save(editors_browser, text, **{"kind-0": "heading"} | _kinds(fields)).paragraphs.count() == 810

    def test_the_list_leads_editors_here(self, editors_browser: PageClient, reader: PageClient) -> None:
        assert ADDRESS in links(main_of(editors_browser.get("/articles/")))
        assert ADDRESS not in links(main_of(reader.get("/articles/")))


def _kinds(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name.startswith("kind-")}


class TestWhoMay:
    def test_readers_are_asked_to_sign_in_and_refused(self, reader: PageClient) -> None:
        assert reader.get(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"
        assert send(reader, step="publish").status_code == 401
        reader.force_login(make_user("reader"))
        assert reader.get(ADDRESS).status_code == send(reader, step="publish").status_code == 403
        assert not Article.objects.exists()

    def test_a_session_that_ran_out_while_typing_loses_nothing(self, reader: PageClient, editor: User) -> None:
        page = send(reader, step="publish", title="Strikes")
        assert page.status_code == 401
        signed = {"sign-in-username": "editor", "sign-in-password": "a long pass phrase"}
        response = reader.post(ADDRESS, {**fields_of(page), **signed})
        assert response["Location"] == "/articles/strikes/"
        assert bytes(ArticleText.objects.get().content) == TEXT.encode()

    def test_a_browser_that_keeps_a_draft_is_told_that_it_is_saved(self, editors_browser: PageClient) -> None:
        token = str(uuid4())
        response = send(editors_browser, step="publish", title="Strikes", token=token, draft="kept")
        assert response["Location"] == f"/articles/strikes/?added={token}"
        editors_browser.get(response["Location"])

    def test_a_get_writes_nothing(self, editors_browser: PageClient) -> None:
        editors_browser.get(ADDRESS, {"text": TEXT, "step": "publish", "token": str(uuid4())})
        assert not Article.objects.exists()

    def test_another_site_can_write_nothing(self, editor: User) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        assert send(client, step="publish").status_code == 403
        assert not Article.objects.exists()


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
        assert (kept["story"], kept["begun"]) == ("khusham", ""), "nothing is emptied"

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
