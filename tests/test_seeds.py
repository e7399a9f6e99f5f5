"""The demo reports: every claim of theirs against the texts, and what an import makes of them."""

import json
import tomllib
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from articles.accounts import Relation
from articles.models import Answer, Article, Claim, Highlight, Source, Story
from articles.pages.story_page import Asked, accounts, articles_of
from tests.pages import PageClient, main_of, marked, tree_of, words

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = ["khusham-1", "khusham-2"]
# As supplied, byte for byte.
SHA256 = {"khusham-1": "21c2370946b812b0", "khusham-2": "41d016761266b142"}
CLAIMS = {"khusham-1": 21, "khusham-2": 35}

# Read by hand in the latest version, before the program was asked: on which questions two sources conflict or can
# agree, and why. No sign where one source alone answers, or where answers are words.
CONFLICT, AGREE = "≠", "≈"
SIGNS = {
    # “forces allied with … Assad ‘initiated an unprovoked attack’”; to SANA an “aggression” by the coalition; the
    # ministry's militia “had come under … fire” on a search.
    "who-attacked-first": {"coalition sana": CONFLICT, "coalition russian-mod": CONFLICT, "russian-mod sana": AGREE},
    # “self defense” and “aggression”.
    "nature-of-strikes": {"coalition sana": CONFLICT},
    # “an estimated 100”, “more than 100” (an estimate too), “scores of persons dead”.
    "fighters-killed": {"coalition us-officials": AGREE, "coalition sana": AGREE, "sana us-officials": AGREE},
    # “25 Syrian militias were injured” and “others injured”.
    "fighters-hurt": {"russian-mod sana": AGREE},
    # In Khusham, and near a refinery southeast of Salhiyah: neither lies within the other.
    "where": {"coalition russian-mod": CONFLICT},
    # An attack on the SDF's headquarters; fighting ISIS and the SDF; reconnaissance and search.
    "force-doing": {"coalition sana": CONFLICT, "coalition russian-mod": CONFLICT, "russian-mod sana": CONFLICT},
}

STORY = tomllib.loads((SEEDS / "khusham-2018.toml").read_text())
QUESTIONS = {question["slug"]: question for question in STORY["question"]}


def text_of(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_bytes().decode()


def items(name: str) -> list[dict[str, Any]]:
    collection = json.loads((SEEDS / f"{name}.jsonld").read_text())
    page = collection["first"]
    assert collection["total"] == len(page["items"])
    assert "next" not in page
    found: list[dict[str, Any]] = page["items"]
    return found


def said_in(item: dict[str, Any]) -> dict[str, Any]:
    (body,) = [body for body in item["body"] if body["purpose"] == "identifying"]
    found: dict[str, Any] = body
    return found


def selectors(name: str) -> list[tuple[str, dict[str, Any]]]:
    """For every highlight the id of its claim and its selectors by type."""
    return [
        (item["id"], {one["type"]: one for one in target["selector"]})
        for item in items(name)
        for target in item["target"]
    ]


def answers(name: str) -> list[tuple[str, dict[str, Any]]]:
    return [(item["id"], answer) for item in items(name) for answer in said_in(item).get("answers", [])]


@pytest.mark.parametrize("name", NAMES)
class TestFiles:
    def test_the_text_is_as_supplied(self, name: str) -> None:
        assert sha256((SEEDS / f"{name}.txt").read_bytes()).hexdigest().startswith(SHA256[name])

    def test_there_are_as_many_claims_as_the_readme_says(self, name: str) -> None:
        assert len(items(name)) == CLAIMS[name]
        assert f"`{name}.jsonld` ({CLAIMS[name]} claims)" in (SEEDS / "README.md").read_text()

    def test_every_quote_stands_where_it_is_said_to_stand(self, name: str) -> None:
        text = text_of(name)
        for uid, selector in selectors(name):
            place, quote = selector["TextPositionSelector"], selector["TextQuoteSelector"]
            assert text[place["start"] : place["end"]] == quote["exact"], uid
            assert text[: place["start"]].endswith(quote["prefix"]), uid
            assert text[place["end"] :].startswith(quote["suffix"]), uid

    def test_no_highlight_has_outer_blanks_or_spans_two_paragraphs(self, name: str) -> None:
        for uid, selector in selectors(name):
            quote = selector["TextQuoteSelector"]["exact"]
            assert quote == quote.strip(), uid
            assert "\n" not in quote, uid

    def test_a_claim_does_not_cover_words_twice(self, name: str) -> None:
        ends: dict[str, int] = {}
        for uid, selector in selectors(name):
            place = selector["TextPositionSelector"]
            assert place["start"] >= ends.get(uid, 0), uid
            ends[uid] = place["end"]

    def test_every_source_is_one_of_the_storys(self, name: str) -> None:
        known = {f"urn:newsdesk:source:{source['slug']}" for source in STORY["source"]}
        assert {said_in(item)["source"] for item in items(name)} <= known

    def test_speakers_and_cues_are_as_worded(self, name: str) -> None:
        text = " ".join(text_of(name).split())
        for item in items(name):
            body = said_in(item)
            for field in ("speaker", "cue"):
                for piece in body.get(field, "").split(" … "):
                    assert piece.lower() in text.lower(), (item["id"], field)

    def test_every_answer_is_worded_in_the_report(self, name: str) -> None:
        for uid, answer in answers(name):
            assert answer["asWorded"], uid
            for piece in answer["asWorded"].split(" … "):
                assert piece in text_of(name), (uid, answer["question"])

    def test_every_answer_is_of_its_questions_kind(self, name: str) -> None:
        keys = {"number": {"low", "high"}, "choice": {"choice"}, "place": {"place"}, "words": {"words"}}
        places = {place["slug"] for place in STORY["place"]}
        for uid, answer in answers(name):
            question = QUESTIONS[answer["question"]]
            assert keys[question["kind"]] & answer.keys(), uid
            others = set().union(*keys.values()) - keys[question["kind"]]
            assert not others & answer.keys(), uid
            if question["kind"] == "choice":
                assert answer["choice"] in {choice["slug"] for choice in question["choices"]}, uid
            if question["kind"] == "place":
                assert answer["place"] in places, uid

    def test_ids_are_there_once(self, name: str) -> None:
        claims = [item["id"] for item in items(name)]
        highlights = [target["id"] for item in items(name) for target in item["target"]]
        assert len({*claims, *highlights}) == len(claims) + len(highlights)


class TestBoth:
    def test_claims_continue_claims_of_the_version_before_one_to_one(self) -> None:
        before = {item["id"] for item in items("khusham-1")}
        continued = [item["continues"] for item in items("khusham-2") if "continues" in item]
        assert len(continued) > 15
        assert set(continued) <= before
        assert len(set(continued)) == len(continued)
        assert not [item for item in items("khusham-1") if "continues" in item]

    def test_the_first_version_has_an_official_where_the_second_has_a_name(self) -> None:
        speakers = [{said_in(item).get("speaker", "") for item in items(name)} for name in NAMES]
        assert "a US military official" in speakers[0]
        assert not any("Veale" in speaker for speaker in speakers[0])
        assert any("Thomas Veale" in speaker for speaker in speakers[1])

    def test_sana_and_the_ministry_speak_in_the_second_version_alone(self) -> None:
        sources = [{said_in(item)["source"].rpartition(":")[2] for item in items(name)} for name in NAMES]
        assert not {"sana", "russian-mod"} & sources[0]
        assert {"sana", "russian-mod"} <= sources[1]

    def test_every_question_says_what_it_asks_and_is_answered(self) -> None:
        asked = {answer["question"] for name in NAMES for _, answer in answers(name)}
        assert asked == QUESTIONS.keys()


@pytest.fixture
def imported(db: None) -> str:
    out = StringIO()
    call_command("import_articles", stdout=out)
    return out.getvalue()


class TestImported:
    def test_every_highlight_is_placed(self, imported: str) -> None:
        count = sum(len(selectors(name)) for name in NAMES)
        assert Highlight.objects.filter(state="placed").count() == count
        assert Claim.objects.on_the_page().count() == sum(CLAIMS.values())

    def test_the_one_claim_that_the_second_version_dropped_waits_for_an_editor(self, imported: str) -> None:
        (lost,) = Claim.objects.filter(made_in__kind="carry")
        assert lost.continues and lost.continues.quote == lost.quote
        assert [one.state for one in lost.highlights.all()] == ["orphaned"]
        assert Highlight.objects.exclude(state="placed").count() == 1
        assert "21 = 15 placed + 5 reworded + 1 orphaned" in imported

    def test_quotes_are_those_of_the_files(self, imported: str) -> None:
        placed = {f"urn:newsdesk:highlight:{one.uid}": one.quote for one in Highlight.objects.all()}
        for name in NAMES:
            for item in items(name):
                for target in item["target"]:
                    (exact,) = [one["exact"] for one in target["selector"] if "exact" in one]
                    assert placed[target["id"]] == exact

    def test_every_answer_is_there(self, imported: str) -> None:
        given = Answer.objects.exclude(claim__made_in__kind="carry")
        assert given.count() == sum(len(answers(name)) for name in NAMES)

    def test_the_desk_is_in_order(self, imported: str) -> None:
        call_command("check_desk", stdout=StringIO())

    def test_importing_again_changes_nothing(self, imported: str) -> None:
        before = [list(model.objects.order_by("pk").values()) for model in (Article, Claim, Highlight, Answer, Source)]
        out = StringIO()
        call_command("import_articles", stdout=out)
        after = [list(model.objects.order_by("pk").values()) for model in (Article, Claim, Highlight, Answer, Source)]
        assert before == after
        assert "3 unchanged" in out.getvalue()

    def test_the_second_version_is_the_latest(self, imported: str) -> None:
        first, second = (Article.objects.get(import_key__contains=name) for name in NAMES)
        assert second.revises == first
        assert (first.is_latest, second.is_latest) == (False, True)

    def test_sana_alone_can_be_shown(self, imported: str, reader: PageClient) -> None:
        sana = {
            item["id"].rpartition(":")[2] for item in items("khusham-2") if said_in(item)["source"].endswith(":sana")
        }
        address = Article.objects.get(is_latest=True).get_absolute_url()
        assert marked(tree_of(reader.get(f"{address}?shown=sana"))).keys() == sana
        assert len(marked(tree_of(reader.get(address)))) == CLAIMS["khusham-2"]

    def test_the_accounts_of_the_night_conflict(self, imported: str, reader: PageClient) -> None:
        home = words(main_of(reader.get("/")))
        for question in ("Who attacked first?", "Where did it happen?", "What was the pro-regime force doing there?"):
            assert question in home

    def test_each_two_accounts_relate_as_a_reader_finds(self, imported: str) -> None:
        story = Story.objects.get()
        visitor = AnonymousUser()
        page = accounts(story, articles_of(story.slug, visitor), visitor, Asked())
        signs = {Relation.CONFLICT: CONFLICT, Relation.AGREE: AGREE}
        found = {
            row.question.slug: {
                " ".join(sorted((one.one.slug, one.other.slug))): signs[one.relation]
                for one in row.comparisons
                if one.relation in signs
            }
            for row in page.rows
        }
        assert {slug: pairs for slug, pairs in found.items() if pairs} == SIGNS

    def test_every_claim_has_a_page_with_its_words(self, imported: str, reader: PageClient) -> None:
        for claim in Claim.objects.on_the_page().prefetch_related("highlights"):
            shown = marked(tree_of(reader.get(claim.get_absolute_url())))
            assert shown == {claim.uid: "".join(one.quote for one in claim.highlights.order_by("position"))}
