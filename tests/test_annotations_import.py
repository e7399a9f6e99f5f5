"""Annotations by the browser: seen before they are saved."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Changeset, Claim, Source
from articles.writing.checking import check_all
from articles.writing.editing import changing, open_changeset
from tests.factories import make_article, make_claim
from tests.pages import PageClient, links, main_of, words
from tests.test_import_annotations import PARAGRAPHS, QUOTE, annotation, target

pytestmark = pytest.mark.django_db

ADDRESS = "/claims/import-annotations/"


def sent(browser: Client, *items: Any, name: str = "some.jsonld", step: str = "check", **more: Any) -> Any:
    content = json.dumps({"items": items}, ensure_ascii=False).encode()
    return browser.post(ADDRESS, {"file": SimpleUploadedFile(name, content), "step": step, **more})


def saved(browser: Client, page: Any, step: str = "save") -> Any:
    """What a browser sends when the button is pressed on this page."""
    form = page.context["form"]
    return browser.post(ADDRESS, {"kept": form.data["kept"], "named": form.data["named"], "step": step})


def kinds(page: Any) -> dict[str, int]:
    return {one.fate.value: one.count for one in page.context["uploaded"].fates}


@pytest.fixture
def items() -> list[Any]:
    article = make_article(paragraphs=PARAGRAPHS)
    make_claim(article=article, quote="and more", uid="kept1")
    return [
        annotation(QUOTE, id="urn:newsdesk:claim:abcd1"),
        annotation("the strikes were acts of self-defence", id="urn:newsdesk:claim:abcd2"),
        annotation("nowhere in it at all", id="urn:newsdesk:claim:abcd3"),
        annotation(
            "and more", id="urn:newsdesk:claim:abcd4", target=target("x", source="http://other.example/nothing")
        ),
        annotation("and more", body={"purpose": "tagging", "value": "Somebody"}),
        {"target": 3},
    ]


def test_what_would_become_of_each_is_shown_and_nothing_saved(items: list[Any], editors_browser: PageClient) -> None:
    page = sent(editors_browser, *items)
    assert kinds(page) == {"placed": 2, "reworded": 1, "orphaned": 1, "rejected": 2}
    text = page.content.decode()
    assert "Nothing is saved yet" in text and "Save 4 claims" in text
    assert "No article here has the address “http://other.example/nothing”." in text
    assert "It now reads: “the strikes were an act of self-defence”." in text
    assert "Not found without doubt" in text and "nowhere in it at all" in text
    assert Claim.objects.count() == 1 and Source.objects.count() == 1


def test_then_it_is_saved_with_the_editors_name(items: list[Any], editors_browser: PageClient, editor: User) -> None:
    page = saved(editors_browser, sent(editors_browser, *items))
    assert kinds(page) == {"placed": 2, "reworded": 1, "orphaned": 1, "rejected": 2}
    assert "Saved. This is what has become of each." in page.content.decode()
    assert "Save 4" not in page.content.decode()
    assert Claim.objects.count() == 5
    assert Claim.objects.get(uid="abcd1").made_in.editor == editor
    assert Changeset.objects.filter(editor=editor).count() == 2, "the rejected one lies between two runs of one article"
    assert {one.where.split()[0] for one in check_all()} <= {"strikes"}, "a made article keeps no bytes"


@pytest.mark.parametrize(
    ("statuses", "before", "after"),
    [
        (["suggested"] * 2, "Save 2 claims All are suggestions: readers see none", "2 are suggestions, for editors to"),
        (["suggested"], "Save 1 claim It is a suggestion: readers see none", "1 is a suggestion, for editors to"),
        (["suggested", "accepted"], "1 of them is a suggestion: readers see none of these", "1 is a suggestion, for"),
        (["accepted"], "Readers see those that are placed or reworded at once.", ""),
    ],
)
def test_it_says_how_many_are_suggestions_and_where_they_are_reviewed(
    statuses: list[str], before: str, after: str, editors_browser: PageClient
) -> None:
    make_article(paragraphs=PARAGRAPHS)
    page = sent(editors_browser, *(annotation(QUOTE, id=f"urn:x:{at}", status=one) for at, one in enumerate(statuses)))
    assert before in words(main_of(page))
    done = main_of(saved(editors_browser, page))
    review = "/work/?list=suggested"
    assert after in words(done) and (review in links(done)) == ("suggested" in statuses)
    if after:
        assert "Suggestions to review" in words(main_of(editors_browser.get(review)))


def test_what_is_not_found_is_led_to(items: list[Any], editors_browser: PageClient) -> None:
    page = sent(editors_browser, *items)
    assert "/work/?list=orphaned" not in links(main_of(page))
    done = main_of(saved(editors_browser, page))
    assert "1 is not found without doubt: Passages not found." in words(done)
    assert "/work/?list=orphaned" in links(done)


def test_sent_twice_it_is_saved_once(items: list[Any], editors_browser: PageClient) -> None:
    page = sent(editors_browser, *items)
    saved(editors_browser, page)
    again = saved(editors_browser, page)
    assert kinds(again) == {"unchanged": 4, "rejected": 2}
    assert "Nothing was to be saved" in again.content.decode()
    assert Claim.objects.count() == 5


def test_a_file_that_was_not_looked_at_is_not_saved(items: list[Any], editors_browser: PageClient) -> None:
    page = sent(editors_browser, items[0], step="save")
    assert "Nothing is saved yet" in page.content.decode() and Claim.objects.count() == 1


def test_json_lines_are_known_by_their_name(items: list[Any], editors_browser: PageClient) -> None:
    lines = "\n".join(json.dumps(item) for item in items).encode()
    page = editors_browser.post(ADDRESS, {"file": SimpleUploadedFile("some.jsonl", lines), "step": "check"})
    assert kinds(page) == {"placed": 2, "reworded": 1, "orphaned": 1, "rejected": 2}
    assert "Line 6" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"  \n", "The file is empty."),
        (b"x" * 1_200_000, "The file has 1.2 MB; at most 1 MB are read. Split it, or take"),
        (b"\xff\xfe", "Not UTF-8 at byte 0."),
        (b"{", "Line 1: This is not JSON"),
        (b"Once upon a time", "Line 1: This is not JSON. Take JSON Lines or Web Annotation."),
        (b"[" * 10_000, "This JSON cannot be read"),
        (b"3", "This is no collection of annotations that is known here."),
        (b"\x89PNG\r\n\x1a\n", "Not UTF-8 at byte 0."),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(content: bytes, why: str, editors_browser: PageClient) -> None:
    page = editors_browser.post(ADDRESS, {"file": SimpleUploadedFile("some.json", content), "step": "check"})
    assert page.status_code == 422 and why in page.content.decode()
    assert "Nothing was saved" in page.content.decode()


def test_a_table_of_the_desk_is_refused_with_what_to_take(editors_browser: PageClient) -> None:
    page = editors_browser.post(ADDRESS, {"file": SimpleUploadedFile("claims.csv", b"id,source\n1,SANA\n")})
    assert page.status_code == 422
    assert "CSV cannot be brought back. Take JSON Lines or Web Annotation." in page.content.decode()


@pytest.mark.parametrize("kept", ["", "nonsense", "AAAA"])
def test_without_a_file_one_is_asked_for(kept: str, editors_browser: PageClient) -> None:
    page = editors_browser.post(ADDRESS, {"kept": kept, "step": "save"})
    assert page.status_code == 422 and "Choose a file." in page.content.decode()


def test_a_name_is_never_a_path(items: list[Any], editors_browser: PageClient) -> None:
    page = sent(editors_browser, items[0])
    data = page.context["form"].data
    found = editors_browser.post(ADDRESS, {"kept": data["kept"], "named": "../../etc/x.json", "step": "save"})
    assert found.status_code == 200 and Claim.objects.filter(uid="abcd1").exists()
    for odd in ("..", ".", "/", "a" * 300):
        answer = editors_browser.post(ADDRESS, {"kept": data["kept"], "named": odd, "step": "check"})
        assert answer.status_code in (200, 400, 422), odd


def test_many_are_shown_as_the_first_and_a_number(editors_browser: PageClient) -> None:
    page = sent(editors_browser, *([{"target": 3}] * 300))
    assert "And 100 more." in page.content.decode()


def test_it_is_linked_where_an_editor_looks(editors_browser: PageClient, reader: PageClient) -> None:
    make_claim()
    for place in (reverse("work_list"), reverse("article_list")):
        assert f'href="{ADDRESS}"' in editors_browser.get(place).content.decode()
    assert ADDRESS not in reader.get(reverse("article_list")).content.decode()
    assert reader.get(ADDRESS).status_code == 302 and reader.post(ADDRESS).status_code == 401


def test_sources_that_would_be_made_are_named_before_and_after(editors_browser: PageClient) -> None:
    make_article(paragraphs=PARAGRAPHS)
    who = {"type": "SpecificResource", "purpose": "identifying", "source": "urn:newsdesk:source:nobody-known"}
    item = annotation(QUOTE, body=who)
    page = sent(editors_browser, item)
    assert "would make a source of each: Nobody known." in words(main_of(page))
    assert not Source.objects.exists()
    done = saved(editors_browser, page)
    assert "New on the desk: Nobody known." in words(main_of(done))
    assert [row.name for row in Source.objects.all()] == ["Nobody known"]
    again = sent(editors_browser, item)
    assert "Nobody known." not in words(main_of(again))


class TestUndoing:
    def undone(self, browser: Client, page: Any) -> Any:
        (field,) = [one for one in main_of(page).iter("input") if one.get("name") == "saved"]
        return browser.post(ADDRESS, {"saved": field.get("value"), "step": "undo"})

    def test_all_of_it_goes_by_one_button(self, items: list[Any], editors_browser: PageClient) -> None:
        looked_at = sent(editors_browser, *items)
        assert "Undo this import" not in words(main_of(looked_at)), "before anything is saved"
        page = saved(editors_browser, looked_at)
        assert "Undo this import" in words(main_of(page))
        for _ in range(2):
            undone = self.undone(editors_browser, page)
            assert "Undone: the claims that this import made are gone" in words(main_of(undone))
            assert [claim.uid for claim in Claim.objects.all()] == ["kept1"]
        again = saved(editors_browser, sent(editors_browser, *items))
        assert kinds(again) == kinds(page)

    def test_nothing_goes_where_one_was_changed(self, items: list[Any], editors_browser: PageClient) -> None:
        page = saved(editors_browser, sent(editors_browser, *items))
        claim = Claim.objects.get(uid="abcd1")
        with changing([claim], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.filter(pk=claim.pk).update(note="Mine.")
        refused = self.undone(editors_browser, page)
        assert refused.status_code == 409 and Claim.objects.count() == 5
        assert "has been changed since, so nothing was undone." in words(main_of(refused))

    @pytest.mark.parametrize("asked", ["", "\x00", "nothing here", "OTHER"])
    def test_what_names_no_import_is_refused(self, asked: str, items: list[Any], editors_browser: PageClient) -> None:
        other = Changeset.objects.latest("pk").uid
        page = editors_browser.post(ADDRESS, {"saved": asked.replace("OTHER", other), "step": "undo"})
        assert page.status_code == 400 and Claim.objects.count() == 1

    def test_the_history_of_each_offers_it_for_its_report(
        self, items: list[Any], editors_browser: PageClient, editor: User
    ) -> None:
        saved(editors_browser, sent(editors_browser, *items))
        history = main_of(editors_browser.get("/claims/abcd2/history/"))
        assert "Undo this import: 4 claims of this report" in words(history)
        changeset = Claim.objects.get(uid="abcd2").made_in
        back = editors_browser.post(f"/changes/{changeset.uid}/undo/")
        assert back.status_code == 302 and back["Location"].startswith("/articles/strikes/?done=")
        assert "Undone" in words(main_of(editors_browser.get(back["Location"])))
        assert [claim.uid for claim in Claim.objects.all()] == ["kept1"]
        gone = words(main_of(editors_browser.get("/claims/abcd2/history/")))
        assert "Deleted" in gone and "Undo this import" not in gone

    def test_it_does_not_for_what_was_changed_since(self, items: list[Any], editors_browser: PageClient) -> None:
        saved(editors_browser, sent(editors_browser, *items))
        claim = Claim.objects.get(uid="abcd2")
        made = claim.made_in
        with changing([claim], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.filter(pk=claim.pk).update(note="Mine.")
        assert "Undo this import" not in words(main_of(editors_browser.get("/claims/abcd2/history/")))
        refused = editors_browser.post(f"/changes/{made.uid}/undo/")
        assert refused.status_code == 409 and Claim.objects.count() == 5
        assert "A claim that it made or changed has been changed since" in words(main_of(refused))
