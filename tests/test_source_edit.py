"""The data of a source, for editors: what it is called, its code, and what these were before."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Alias, Changeset, Source
from articles.writing.checking import check_all
from articles.writing.editing import EditError
from articles.writing.merging import merge
from articles.writing.source_edits import edit_source, source_parts
from tests.factories import make_administrator, make_article, make_claim, make_editor, make_source
from tests.pages import PageClient, by_id, links, main_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/sources/sana/edit/"


@pytest.fixture
def sana() -> Source:
    return make_source(name="SANA", code="SANA", kind="agency")


def fields_of(page: Any) -> dict[str, str]:
    form = next(one for one in main_of(page).iter("form"))
    found = {one.get("name"): one.get("value") or "" for one in form.iter("input")}
    chosen = [one.get("value") for one in form.iter("option") if one.get("selected") is not None]
    return {**found, "kind": next(iter(chosen), "")}


def save(browser: Client, page: Any = None, **changes: str) -> Any:
    return browser.post(ADDRESS, {**fields_of(page or browser.get(ADDRESS)), **changes})


def trouble(page: Any, status: int = 422) -> str:
    assert page.status_code == status
    return " ".join(words(node) for node in main_of(page).iter() if node.get("role") == "alert")


def reloaded() -> Source:
    return Source.objects.get(slug="sana")


def test_a_new_name_and_code_stand_everywhere_at_once(editors_browser: PageClient, sana: Source) -> None:
    article = make_article(paragraphs=["SANA said that nobody was hurt."])
    make_claim(article=article, source=sana, quote="nobody was hurt")
    reader = Client()
    assert 'data-code="SANA"' in reader.get(article.get_absolute_url()).content.decode()
    assert "/sources/sana/edit/" in links(main_of(editors_browser.get("/sources/sana/")))
    response = save(editors_browser, name="Syrian Arab News Agency", code="saa", description="The state’s agency.")
    assert response.status_code == 302 and response["Location"] == f"{ADDRESS}?saved=data"
    assert "Saved." in words(main_of(editors_browser.get(response["Location"])))
    now = reloaded()
    assert (now.name, now.code, now.kind, now.description) == (
        *("Syrian Arab News Agency", "SAA", "agency"),
        "The state’s agency.",
    )
    assert 'data-code="SAA"' in reader.get(article.get_absolute_url()).content.decode()
    assert "Syrian Arab News Agency" in reader.get("/sources/sana/").content.decode()


def test_the_name_that_it_had_stays_one_of_its_names(editors_browser: PageClient, sana: Source) -> None:
    sana.aliases.create(name="Syrian Arab News Agency")
    save(editors_browser, name="Syrian Arab News Agency")
    assert [alias.name for alias in reloaded().aliases.all()] == ["SANA"]
    save(editors_browser, name="SANA")
    assert [alias.name for alias in reloaded().aliases.all()] == ["Syrian Arab News Agency"]
    save(editors_browser, name="Sana")
    assert [alias.name for alias in reloaded().aliases.all()] == ["Syrian Arab News Agency"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "🙂"}, "Write a name with letters."),
        ({"name": "coalition"}, "“coalition” is a name of Coalition. An administrator can merge two that are one."),
        ({"name": "The  allies\u200b"}, "“The allies” is a name of Coalition."),
        ({"name": "the allies"}, "“the allies” is a name of Coalition."),
        ({"code": ""}, "This field is required"),
        ({"code": "x"}, "two to five letters"),
        ({"code": "A1"}, "two to five letters"),
        ({"code": "coa"}, "COA is the code of Coalition."),
        ({"kind": "robot"}, "Select a valid choice"),
        ({"filled": "["}, "Enter a valid JSON"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(
    editors_browser: PageClient, sana: Source, changes: dict[str, str], said: str
) -> None:
    make_source(name="Coalition", code="COA").aliases.create(name="The allies")
    page = save(editors_browser, **changes)
    assert said in trouble(page)
    assert {**fields_of(page), "kind": ""} == {**fields_of(page), **changes, "kind": ""}
    assert reloaded().name == "SANA" and reloaded().code == "SANA" and not Changeset.objects.exists()


def test_an_outlet_of_articles_stays_one(editors_browser: PageClient, sana: Source) -> None:
    Source.objects.update(kind="outlet")
    make_article(outlet=reloaded())
    assert "so it stays an outlet" in trouble(save(editors_browser, kind="agency"))


def test_history_says_who_changed_what_in_the_admin_as_well(
    editors_browser: PageClient, sana: Source, editor: User
) -> None:
    assert "Nobody has changed it since it came in." in words(main_of(editors_browser.get(ADDRESS)))
    save(editors_browser, code="SAA", kind="government")
    save(editors_browser, code="SAA")
    administrator = Client()
    administrator.force_login(make_administrator())
    inline = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    sent = {"name": "Sana", "slug": "sana", "code": "SAA", "kind": "government", "tone": 1, "description": "", **inline}
    assert administrator.post(f"/admin/articles/source/{sana.pk}/change/", sent).status_code == 302
    changes = [words(one) for one in by_id(main_of(editors_browser.get(ADDRESS)), "history").iter("li")]
    assert len(changes) == 2
    assert "Name SANA → Sana" in changes[0]
    assert f"edited by {editor.get_username()}" in changes[1]
    assert "Code SANA → SAA" in changes[1] and "Kind news agency → government" in changes[1]


def test_two_editors_at_once_are_told_apart(editors_browser: PageClient, sana: Source) -> None:
    mine, theirs = editors_browser.get(ADDRESS), editors_browser.get(ADDRESS)
    save(editors_browser, theirs, code="THEIR")
    again = save(editors_browser, mine, code="MINE")
    said = trouble(again, 409)
    assert "Somebody else has changed this in the meantime" in said and "Code is now: THEIR" in said
    assert fields_of(again)["code"] == "MINE" and json.loads(fields_of(again)["filled"])["code"] == "THEIR"
    assert reloaded().code == "THEIR"
    assert save(editors_browser, again).status_code == 302
    assert reloaded().code == "MINE"


def test_what_two_editors_change_apart_from_each_other_both_stays(editors_browser: PageClient, sana: Source) -> None:
    mine, theirs = editors_browser.get(ADDRESS), editors_browser.get(ADDRESS)
    save(editors_browser, theirs, description="The state’s agency.", kind="government")
    again = save(editors_browser, mine, name="Sana", kind="organisation")
    assert "Kind is now: government" in trouble(again, 409)
    kept = fields_of(again)
    assert (kept["name"], kept["kind"], kept["description"]) == ("Sana", "organisation", "The state’s agency.")
    assert save(editors_browser, again).status_code == 302
    now = reloaded()
    assert (now.name, now.kind, now.description) == ("Sana", "organisation", "The state’s agency.")
    assert save(editors_browser, mine, code="SA").status_code == 302
    assert (reloaded().code, reloaded().description) == ("SA", "The state’s agency.")


@pytest.mark.parametrize("filled", ["[1]", "1", '{"a": 1}'])
def test_what_is_no_data_of_a_source_is_a_conflict(editors_browser: PageClient, sana: Source, filled: str) -> None:
    assert save(editors_browser, filled=filled).status_code == 409


def test_a_name_that_stands_in_the_address_stays_a_name_too(editors_browser: PageClient) -> None:
    make_source(name="sana", code="SANA", kind="agency")
    assert save(editors_browser, name="Syrian Arab News Agency").status_code == 302
    assert [alias.name for alias in reloaded().aliases.all()] == ["sana"]


def test_what_has_become_an_outlet_meanwhile_stays_one(editors_browser: PageClient, sana: Source) -> None:
    Source.objects.update(kind="outlet")
    filled = source_parts(reloaded())
    make_article(outlet=sana)
    with pytest.raises(EditError, match="it stays an outlet"):
        edit_source(sana, filled, {**filled, "kind": "agency"}, make_editor("other"))
    assert reloaded().kind == "outlet"


def test_a_merged_source_leads_to_the_one_that_it_is(editors_browser: PageClient, sana: Source) -> None:
    make_source(name="Old", code="OLD")
    Source.objects.filter(slug="old").update(merged_into=sana)
    assert editors_browser.get("/sources/old/edit/")["Location"] == ADDRESS
    assert editors_browser.get("/sources/none/edit/").status_code == 404


@pytest.mark.parametrize("name", ["Syria’s agency", "syria’s AGENCY"])
def test_it_takes_the_name_of_one_that_was_merged_into_it(
    editors_browser: PageClient, sana: Source, editor: User, name: str
) -> None:
    old = make_source(name="Syria’s agency", code="OLD", kind="agency")
    old.aliases.create(name="The agency")
    merge(old, sana, editor)
    assert save(editors_browser, name=name).status_code == 302
    now = reloaded()
    assert now.name == name and set(now.aliases.values_list("name", flat=True)) == {"SANA", "The agency"}
    old.refresh_from_db()
    assert (old.name, old.slug, old.living()) == ("Syria’s agency (2)", "syrias-agency", now)
    for called in ("Syria’s agency", "SANA", "the agency"):
        assert Source.objects.called(called).get() == now
    assert editors_browser.get("/sources/syrias-agency/")["Location"] == "/sources/sana/"
    before = Changeset.objects.of_source(old).get().details
    assert (before["before"]["name"], before["after"]["name"]) == ("Syria’s agency", "Syria’s agency (2)")
    assert [problem.what for problem in check_all()] == []
    # And back to the name that it had.
    assert save(editors_browser, name="SANA").status_code == 302
    assert set(reloaded().aliases.values_list("name", flat=True)) == {name, "The agency"}


def test_it_takes_the_name_of_one_that_was_merged_on(editors_browser: PageClient, sana: Source, editor: User) -> None:
    first, second = make_source(name="First", code="FST"), make_source(name="First (2)", code="SND")
    merge(first, second, editor)
    merge(second, sana, editor)
    assert save(editors_browser, name="First").status_code == 302
    first.refresh_from_db()
    assert (reloaded().name, first.name) == ("First", "First (3)")


def test_it_takes_no_name_of_one_that_was_merged_into_another(
    editors_browser: PageClient, sana: Source, editor: User
) -> None:
    merge(make_source(name="Old", code="OLD"), make_source(name="Wire", code="WIRE"), editor)
    assert "“Old” is a name of Old." in trouble(save(editors_browser, name="Old"))
    filled = source_parts(reloaded())
    with pytest.raises(EditError, match="has just taken this name"):
        edit_source(sana, filled, {**filled, "name": "Old"}, editor)
    assert set(Source.objects.values_list("name", flat=True)) == {"SANA", "Old", "Wire"}


def test_a_long_name_that_is_given_up_has_room_for_its_number(
    editors_browser: PageClient, sana: Source, editor: User
) -> None:
    old = make_source(name="n" * 120, code="OLD")
    merge(old, sana, editor)
    assert save(editors_browser, name="n" * 120).status_code == 302
    old.refresh_from_db()
    assert old.name == f"{'n' * 110} (2)"


def test_readers_are_shown_no_way_to_it(reader: PageClient, sana: Source) -> None:
    make_claim(article=make_article(paragraphs=["SANA said so."]), source=sana, quote="said so")
    assert ADDRESS not in links(main_of(reader.get("/sources/sana/")))
    assert Alias.objects.count() == 0
