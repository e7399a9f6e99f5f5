"""Bringing an article in by the browser: what it will be is shown, then it is saved."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.editors.article_add_form import TEXT_LIMIT
from articles.editors.article_forms import STORIES
from articles.importing.pasted import add_article
from articles.models import Article, ArticleText, Changeset, Claim, Source, Story
from articles.writing.checking import check_all
from tests.article_forms import ADDRESS, TEXT, fields_of, save, send, shown, trouble, upload
from tests.factories import (
    make_article,
    make_source,
    make_story,
    make_user,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db


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
