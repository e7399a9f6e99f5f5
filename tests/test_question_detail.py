from typing import Any

import pytest

from articles.models import Article, Question, Ruling, Source
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_place,
    make_question,
    make_source,
    make_story,
    make_user,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/stories/khusham/how-many/"
SVG = "{http://www.w3.org/2000/svg}"
RULE = f"{ADDRESS}rule/"
SAID = {"one": "coalition", "other": "sana", "says": "agree", "reason": "They count others."}


@pytest.fixture
def killed() -> Question:
    return make_question(story=make_story(title="Night at Khusham"), text="How many were killed?")


@pytest.fixture(autouse=True)
def report(killed: Question) -> Article:
    made = make_article(paragraphs=["One said alpha. Two said beta. Three said gamma."], story=killed.story)
    make_claim(article=made, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=made, source=make_source(name="SANA", tone=2), quote="beta", answers=[answer(killed, 25)])
    return made


def show(client: PageClient, status: int = 200, **sent: Any) -> Any:
    response = client.post(RULE, sent) if sent else client.get(ADDRESS)
    assert response.status_code == status
    return main_of(response)


def test_a_question_has_every_account(reader: PageClient) -> None:
    main = show(reader)
    assert words(main.find(".//h1")) == "How many were killed?"
    assert links(main)["/stories/khusham/#how-many"] == "Night at Khusham"
    assert "alpha" in words(by_id(main, "coalition"))
    assert "beta" in words(by_id(main, "sana"))
    assert "Coalition and SANA conflict" in words(main)


@pytest.mark.parametrize("address", [ADDRESS, "/stories/khusham/", "/embed/how-many/"])
def test_of_a_number_it_is_said_what_is_counted(reader: PageClient, address: str) -> None:
    assert words(tree_of(reader.get(address)).find(".//main")).count("Counted: fighters killed") == 1


def test_of_others_nothing_is(reader: PageClient, killed: Question) -> None:
    make_question(story=killed.story, slug="why", kind="words")
    assert "Counted" not in words(main_of(reader.get("/stories/khusham/why/")))


def test_who_says_nothing_on_it_is_named(reader: PageClient, report: Article, killed: Question) -> None:
    where = make_question(slug="where", kind="words")
    make_claim(article=report, source=make_source(name="Aleppo"), quote="gamma", answers=[answer(where, "there")])
    assert "nothing found: Aleppo" in words(show(reader))
    report.read_through_at = report.imported_at
    report.save()
    assert "Says nothing on this: Aleppo" in words(show(reader))
    assert "One account" in words(main_of(reader.get("/stories/khusham/where/")))


def test_one_that_nobody_answers_says_so(reader: PageClient) -> None:
    make_question(slug="where", kind="words")
    assert "Nobody answers this yet" in words(main_of(reader.get("/stories/khusham/where/")))


@pytest.mark.parametrize("path", ["/stories/khusham/other/", "/stories/other/how-many/"])
def test_there_is_no_such_question(reader: PageClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_it_tells_others_how_to_show_it(reader: PageClient) -> None:
    tree = tree_of(reader.get(ADDRESS))
    (link,) = [one for one in tree.iter("link") if one.get("type") == "application/json+oembed"]
    assert reader.get(link.get("href")).json()["title"] == "How many were killed? Night at Khusham"
    assert "/embed/how-many/" in words(tree.find(".//code"))


class TestRuling:
    def test_is_offered_to_editors(self, reader: PageClient, editors_browser: PageClient) -> None:
        assert show(reader).find(".//form") is None
        form = show(editors_browser).find(f".//form[@action='{RULE}#refused']")
        offered = [option.get("value") for option in form.find(".//select[@name='one']").iter("option")]
        assert offered == ["", "coalition", "sana"]

    def test_is_not_offered_where_one_source_speaks(self, editors_browser: PageClient) -> None:
        make_question(slug="where", kind="words")
        main = main_of(editors_browser.get("/stories/khusham/where/"))
        assert main.find(".//form[@action]") is None

    def test_is_saved_with_its_reason(self, editors_browser: PageClient) -> None:
        response = editors_browser.post(RULE, SAID)
        assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}?saved=decision#saved")
        main = main_of(editors_browser.get(response["Location"]))
        page = words(main)
        assert words(by_id(main, "saved")).startswith("Saved.")
        assert "Coalition and SANA can agree" in page
        assert "“They count others.” (editor)" in page

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"reason": ""}, "This field is required."),
            ({"other": "coalition"}, "Choose two different sources."),
            ({"one": "nobody"}, "Select a valid choice."),
        ],
        ids=str,
    )
    def test_that_breaks_a_rule_keeps_what_was_typed(
        self, editors_browser: PageClient, changes: dict[str, str], why: str
    ) -> None:
        main = show(editors_browser, 422, **SAID | {"reason": "Typed <b>words</b>."} | changes)
        assert words(by_id(main, "refused")).startswith("Nothing was saved.")
        assert why in words(by_id(main, "refused"))
        if "reason" not in changes:
            assert words(main.find(".//textarea")) == "Typed <b>words</b>."
        assert not Ruling.objects.exists()

    def test_comes_back_to_its_form_where_it_is_refused(self, editors_browser: PageClient) -> None:
        form = show(editors_browser, 422, **SAID | {"reason": ""}).find(".//form[@class='rule']")
        assert form.get("action") == f"{RULE}#refused"
        assert by_id(form, "refused").get("tabindex") == "-1"

    def test_is_on_those_who_speak(self, editors_browser: PageClient, report: Article) -> None:
        where = make_question(slug="where", kind="words")
        make_claim(article=report, source=make_source(name="Aleppo"), quote="gamma", answers=[answer(where, "there")])
        form = show(editors_browser, 422, **SAID | {"other": "aleppo"}).find(".//form[@class='rule']")
        offered = [option.get("value") for option in form.find(".//select[@name='other']").iter("option")]
        assert offered == ["", "coalition", "sana"]
        assert not Ruling.objects.exists()

    def test_is_said_to_be_saved_to_editors_alone(self, reader: PageClient, editors_browser: PageClient) -> None:
        assert "Saved." not in words(show(editors_browser))
        assert "Saved." not in words(main_of(reader.get(f"{ADDRESS}?saved=decision")))

    def test_is_refused_to_others(self, reader: PageClient) -> None:
        assert reader.post(RULE, SAID).status_code == 401
        reader.force_login(make_user("reader"))
        assert reader.post(RULE, SAID).status_code == 403
        assert not Ruling.objects.exists()

    @pytest.mark.parametrize("path", ["/stories/khusham/other/rule/", "/stories/other/how-many/rule/"])
    def test_on_no_question_is_not_found(self, editors_browser: PageClient, path: str) -> None:
        assert editors_browser.post(path, SAID).status_code == 404

    def test_holds_on_the_reading_page_too(
        self, reader: PageClient, editors_browser: PageClient, report: Article
    ) -> None:
        def against() -> str:
            return words(by_id(main_of(reader.get(report.get_absolute_url())), "disputed"))

        assert "How many" in against()
        editors_browser.post(RULE, SAID)
        assert "How many" not in against()

    def test_holds_on_the_front_page_too(self, reader: PageClient, editors_browser: PageClient) -> None:
        assert "How many" in words(main_of(reader.get("/")))
        editors_browser.post(RULE, SAID)
        assert "How many" not in words(main_of(reader.get("/")))

    def test_of_a_conflict_holds_where_nothing_can_be_computed(
        self, reader: PageClient, editors_browser: PageClient, report: Article
    ) -> None:
        why = make_question(slug="why", kind="words")
        sana = Source.objects.get(slug="sana")
        make_claim(article=report, quote="Three", answers=[answer(why, "oil")])
        make_claim(article=report, source=sana, quote="gamma", answers=[answer(why, "greed")])
        assert "Not comparable" in words(main_of(reader.get("/stories/khusham/why/")))
        editors_browser.post("/stories/khusham/why/rule/", SAID | {"says": "conflict"})
        assert "Accounts conflict" in words(main_of(reader.get("/stories/khusham/why/")))


def test_places_with_coordinates_are_sketched(reader: PageClient, report: Article) -> None:
    where = make_question(slug="where", text="Where?", kind="place")
    towns = [make_place(slug=f"town-{at}") for at in range(2)]
    for town, quote, name in zip(towns, ("gamma", "Three"), ("Coalition", "SANA"), strict=True):
        make_claim(article=report, source=make_source(name=name), quote=quote, answers=[answer(where, town)])
    assert main_of(reader.get("/stories/khusham/where/")).find(f".//{SVG}svg") is None
    for at, town in enumerate(towns):
        town.latitude, town.longitude = 35.0, 40.0 + at / 10
        town.save()
    drawn = main_of(reader.get("/stories/khusham/where/")).find(f".//{SVG}svg")
    assert [words(text) for text in drawn.iter(f"{SVG}text")] == [
        "Town-0 (COALI)",
        "Town-1 (SANA)",
        "5 km, north is up",
    ]
