"""What changed between two versions: the words, the claims, the sources."""

from collections.abc import Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import Article, Paragraph
from articles.pages.article_changes import is_same_speaker
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

# By hand, from the two reports: what version 1 has from an unnamed official and version 2 from Col. Thomas Veale.
TO_VEALE = [
    "Some 500 pro-regime troops carried out the attack",
    "about “20 to 30 artillery and tank rounds landed within 500 meters”",
    "“This action was taken in self-defense,”",
    "pro-regime forces that returned across the river had not been targeted",
    "no coalition or US personnel had been killed or wounded in the engagement",
    "one member of the Syrian Democratic Forces was wounded",
    "the coalition suspected that pro-regime forces were attempting to seize territory",
    "They “were likely seeking to seize oilfields in Khusham",
    "The coalition “cannot speculate on the exact makeup",
    "the coalition had informed Russia of the presence of pro-regime forces",
    "the coalition had observed a buildup of pro-regime troops over the past week",
    "“Coalition officials were in regular communication with Russian counterparts",
]
# Who speaks in version 2 alone; nobody is gone from it.
NEW_SOURCES = ["Russian MoD", "SANA", "US Air Forces Central Command"]
CHANGES = "/articles/after/changes/"


@pytest.fixture
def seeds(db: None) -> str:
    call_command("import_articles", stdout=StringIO())
    return f"/articles/{Article.objects.get(version_number=2).slug}/changes/"


def group(page: Any, title: str) -> list[str]:
    """The claims under a heading, each in words."""
    section = next(node for node in page.findall(".//section") if node.find("h2").get("id") == "changed-claims")
    nodes = list(section)
    at = next((at for at, node in enumerate(nodes) if words(node).startswith(title)), None)
    return [] if at is None else [words(item) for item in nodes[at + 1].findall("li")]


class TestSeeds:
    def test_each_claim_that_went_to_veale_is_named(self, reader: PageClient, seeds: str) -> None:
        found = group(main_of(reader.get(seeds)), "Attributed otherwise")
        assert len(found) == len(TO_VEALE)
        for quote, shown in zip(TO_VEALE, found, strict=True):
            assert quote in shown
            assert shown.startswith("US officials: "), shown
            assert "→became Coalition: " in shown and "Veale" in shown

    def test_the_number_that_changed(self, reader: PageClient, seeds: str) -> None:
        (only,) = group(main_of(reader.get(seeds)), "Another number")
        assert "How many pro-regime fighters were killed? [gone: over 100] [new: an estimated 100]" in only

    def test_the_sources_that_are_new_and_the_first_attribution_stand_at_the_top(
        self, reader: PageClient, seeds: str
    ) -> None:
        said = words(by_id(tree_of(reader.get(seeds)), "summary"))
        assert said.startswith(
            "Version 2 adds Russian MoD, SANA and US Air Forces Central Command; 12 claims are attributed otherwise, "
            "the first to Coalition: Col. Thomas Veale in place of US officials: a US military official; "
            "“over 100” became “an estimated 100”"
        )
        assert "no longer" not in said
        assert said.endswith("; 1 claim is given another answer, 1 is reworded, 15 are added and 1 is dropped.")
        page = main_of(reader.get(seeds))
        fates = ("Another answer", "Reworded", "Added", "Dropped")
        assert [len(group(page, fate)) for fate in fates] == [1, 1, 15, 1]

    def test_what_became_of_the_others(self, reader: PageClient, seeds: str) -> None:
        page = main_of(reader.get(seeds))
        (dropped,) = group(page, "Dropped")
        assert "maneuvered T-54 and T-72 main battle tanks" in dropped
        (elsewhere,) = group(page, "Another answer")
        assert "Khusham in the Middle Euphrates River Valley" in elsewhere and "moved" in elsewhere
        assert len(group(page, "Added")) == 15
        assert len(group(page, "Reworded")) == 1

    def test_the_words(self, reader: PageClient, seeds: str) -> None:
        said = words(main_of(reader.get(seeds)))
        assert "[gone: The official][new: Veale] said that about" in said
        assert "moved here from ¶13" in said
        assert "Version 1, ¶13 stood here and moved to ¶13 of version 2" in said
        assert "3 paragraphs unchanged" in said

    def test_the_reading_page_and_the_list_lead_there(self, reader: PageClient, seeds: str) -> None:
        for page in (seeds.removesuffix("changes/"), "/articles/"):
            assert seeds in links(main_of(reader.get(page)))

    def test_it_is_the_same_from_either_version(self, reader: PageClient, seeds: str) -> None:
        first = Article.objects.get(version_number=1)
        page = main_of(reader.get(f"/articles/{first.slug}/changes/?with={seeds.split('/')[2]}"))
        assert words(page.find(".//h1")) == "What changed from version 1 to version 2"
        assert len(group(page, "Attributed otherwise")) == len(TO_VEALE)


def two(old: Sequence[str | Paragraph], new: Sequence[str | Paragraph], **fields: Any) -> tuple[Article, Article]:
    story = make_story()
    before = make_article(slug="before", paragraphs=old, story=story)
    return before, make_article(slug="after", paragraphs=new, story=story, revises=before, **fields)


def test_a_claim_that_is_carried_over_as_it_was_is_kept(reader: PageClient) -> None:
    before, after = two(["One. It struck."], ["Two. It struck."])
    old = make_claim(article=before, quote="It struck")
    make_claim(article=after, quote="It struck", continues=old)
    assert "Kept: 1 claim" in words(main_of(reader.get(CHANGES)))


def rows_of(page: Any) -> list[str]:
    """The rows that changed, each in words."""
    return [words(row) for row in page.findall(".//div") if (row.get("class") or "").startswith("row-compared")]


def test_a_heading_that_another_replaced_is_one_row(reader: PageClient) -> None:
    heads = [
        Paragraph(text=text, kind="heading") for text in ("Strikes at night", "Dozens are dead", "Russia", "A line")
    ]
    two([heads[0], "It struck.", heads[2]], [heads[1], "It struck.", heads[3]])
    first, _, last = rows_of(main_of(reader.get(CHANGES)))
    assert first.startswith("Version 1, heading Version 2, heading wording [gone: Strikes at night]")
    assert "[new: Dozens are dead]" in first and "[gone: Russia][new: A line]" in last


def test_a_heading_beside_new_paragraphs_takes_the_place_of_none(reader: PageClient) -> None:
    heads = [Paragraph(text=text, kind="heading") for text in ("Strikes at night", "Dozens are dead")]
    two([heads[0], "It struck."], ["So say three.", heads[1], "It struck."])
    gone, *came = rows_of(main_of(reader.get(CHANGES)))[:3]
    assert "gone" in gone and all("new" in row for row in came)


def test_what_stood_under_a_heading_follows_it(reader: PageClient) -> None:
    heads = [Paragraph(text=text, kind="heading") for text in ("Strikes at night", "Dozens are dead")]
    two([heads[0], "It struck.", "End."], [heads[1], "Nobody knows why.", "End."])
    heading, gone, came, _ = rows_of(main_of(reader.get(CHANGES)))
    assert "Strikes" in heading and "Dozens" in heading
    assert "It struck" in gone and "Nobody" in came


def test_a_source_that_is_gone_and_one_that_nothing_replaces(reader: PageClient) -> None:
    before, _ = two(["It struck, SANA said."], ["It struck."])
    make_claim(article=before, quote="It struck", source=make_source(name="SANA"))
    said = words(by_id(tree_of(reader.get(CHANGES)), "summary"))
    assert said == "Version 2 adds no source; it no longer has SANA; 1 claim is dropped."


def test_typographic_changes_are_shown_on_demand(reader: PageClient) -> None:
    two(['He said "no" twice.'], ["He said “no” twice."])
    page = main_of(reader.get(CHANGES))
    assert not page.findall(".//ins") and "1 paragraph unchanged" in words(page)
    assert f"{CHANGES}?typographic=1" in links(page)
    shown = main_of(reader.get(f"{CHANGES}?typographic=1"))
    assert shown.findall(".//ins") and "typographic" in words(shown)


def test_versions_that_lie_apart_are_linked_through_the_ones_between(reader: PageClient) -> None:
    before, after = two(["It struck."], ["It struck."])
    third = make_article(slug="third", paragraphs=["It struck."], revises=after, story=after.story)
    claim = make_claim(article=before, quote="It struck")
    for article in (after, third):
        claim = make_claim(article=article, quote="It struck", continues=claim)
    assert "Kept: 1 claim" in words(main_of(reader.get("/articles/third/changes/?with=before")))


def test_there_may_be_nothing_to_compare(reader: PageClient) -> None:
    make_article(slug="alone")
    assert "no version before" in words(main_of(reader.get("/articles/alone/changes/")))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("", 200), ("?view=inline", 200), ("?with=before", 200), ("?with=other", 404), ("?with=after", 404)),
        *(("?with=none", 404), ("?view=sideways", 400), (f"?with={'y' * 200}", 400)),
    ],
)
def test_what_an_address_may_ask_for(query: str, status: int) -> None:
    two(["It struck."], ["It struck twice."])
    make_article(slug="other")
    assert Client().get(CHANGES + query).status_code == status


def test_what_is_not_public_is_not_compared(reader: PageClient, editors_browser: PageClient) -> None:
    two(["It struck."], ["It struck twice."], status="draft")
    assert reader.get(CHANGES).status_code == 404
    assert reader.get("/articles/before/changes/?with=after").status_code == 404
    assert editors_browser.get(CHANGES).status_code == 200
    Article.objects.filter(slug="after").update(status="withdrawn")
    assert reader.get(CHANGES).status_code == 410


def test_claims_that_readers_do_not_see_are_not_counted(reader: PageClient) -> None:
    _, after = two(["It struck."], ["It struck twice."])
    make_claim(article=after, quote="twice", source=make_source(name="Hidden"), status="suggested")
    assert "Hidden" not in words(main_of(reader.get(CHANGES)))


def test_a_number_is_compared_by_what_it_says(reader: PageClient) -> None:
    before, after = two(["It hit 5."], ["It hit five."])
    question = make_question(story=before.story)
    old = make_claim(article=before, quote="5", answers=[answer(question, 5)])
    make_claim(article=after, quote="five", continues=old, answers=[answer(question, 5)])
    assert "Another number" not in words(main_of(reader.get(CHANGES)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Veale", "Col. Thomas Veale", True),
        ("The official", "a US military official", True),
        ("", "Veale", True),
        ("a US military official", "Col. Thomas Veale", False),
        ("المتحدث", "الوزير", False),
    ],
)
def test_who_is_the_same_speaker(one: str, other: str, same: bool) -> None:
    assert is_same_speaker(one, other) is is_same_speaker(other, one) is same
