from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Changeset, Claim
from articles.writing.editing import delete_claims, open_changeset
from articles.writing.publishing import set_status
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_highlight,
    make_place,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.pages import PageClient, by_id, links, main_of, marked, tree_of, words

pytestmark = pytest.mark.django_db

BEFORE = "Nothing is said here."
TEXT = "“We struck,” the colonel said, “and café 🤔 burned.”"


@pytest.fixture
def report() -> Article:
    return make_article(
        paragraphs=[BEFORE, TEXT],
        story=make_story(title="Khusham"),
        outlet=make_source(name="Gazette", code="GAZ", kind="outlet"),
        published_at=datetime(2018, 2, 7, 21, 30, tzinfo=UTC),
        published_offset=180,
    )


@pytest.fixture
def claim(report: Article) -> Claim:
    return make_claim(
        article=report,
        quote=["“We struck,”", "“and café 🤔 burned.”"],
        speaker="Col. Thomas Veale",
        cue="said",
        note="Told to reporters.",
    )


def show(client: PageClient, claim: Claim) -> Any:
    response = client.get(claim.get_absolute_url())
    assert response.status_code == 200
    return main_of(response)


def mail(main: Any) -> dict[str, str]:
    """The fields of the mail that the report of an error opens."""
    (address,) = [link for link in links(main) if link.startswith("mailto:")]
    fields = parse_qs(urlsplit(address).query, strict_parsing=True)
    return {"to": urlsplit(address).path, **{name: values[0] for name, values in fields.items()}}


class TestFacts:
    def test_the_words_stand_in_their_paragraph(self, reader: PageClient, claim: Claim) -> None:
        (passage,) = show(reader, claim).iter("blockquote")
        assert "".join(passage.itertext()) == TEXT
        assert marked(passage) == {claim.uid: "“We struck,”“and café 🤔 burned.”"}

    def test_other_claims_of_the_paragraph_are_not_marked(self, reader: PageClient, claim: Claim) -> None:
        make_claim(article=claim.article, quote="the colonel")
        assert marked(show(reader, claim)).keys() == {claim.uid}

    def test_a_claim_in_two_paragraphs_shows_both(self, reader: PageClient, report: Article) -> None:
        claim = make_claim(article=report, quote=["We struck", "said here"])
        assert ["".join(one.itertext()) for one in show(reader, claim).iter("blockquote")] == [BEFORE, TEXT]

    def test_who_said_it_how_and_where(self, reader: PageClient, claim: Claim) -> None:
        main = show(reader, claim)
        for fact in ("Col. Thomas Veale", "“said”", "Gazette, 8 February 2018", "Told to reporters."):
            assert fact in words(main)
        assert links(main.find(".//h1")) == {"/sources/coalition/": "Coalition"}

    def test_what_is_not_known_has_no_heading(self, reader: PageClient) -> None:
        facts = words(show(reader, make_claim()))
        for heading in ("Speaker", "Attributed by", "Reported by", "Note", "In the version"):
            assert heading not in facts

    def test_it_leads_into_the_text_and_the_text_leads_back(self, reader: PageClient, claim: Claim) -> None:
        where = f"/articles/strikes/#sign-{claim.uid}"
        main = show(reader, claim)
        assert "¶2" in links(main)[where]
        report = tree_of(reader.get("/articles/strikes/"))
        assert by_id(report, f"sign-{claim.uid}").get("href") == f"#claim-{claim.uid}"
        assert claim.get_absolute_url() in links(by_id(report, f"claim-{claim.uid}"))

    def test_it_leads_to_all_that_the_source_says_there(self, reader: PageClient, claim: Claim) -> None:
        assert "/articles/strikes/?shown=coalition" in links(show(reader, claim))

    def test_it_leads_to_its_story_and_its_article(self, reader: PageClient, claim: Claim) -> None:
        assert links(show(reader, claim))["/stories/khusham/"] == "Khusham"

    def test_title_and_canonical_address(self, reader: PageClient, claim: Claim) -> None:
        tree = tree_of(reader.get(f"{claim.get_absolute_url()}?from=mail"))
        assert words(tree.find(".//title")).startswith("Coalition: “We struck,” …")
        canonical = tree.find(".//link[@rel='canonical']").get("href")
        assert canonical == f"http://testserver/claims/{claim.uid}/"

    def test_a_partly_orphaned_claim_shows_what_is_found(self, reader: PageClient, report: Article) -> None:
        claim = make_claim(article=report, highlights=[orphan("lost"), make_highlight(report, "We struck")])
        assert marked(show(reader, claim)) == {claim.uid: "We struck"}

    def test_markup_is_text(self, reader: PageClient) -> None:
        article = make_article(paragraphs=['He said <b>"now"</b> & left'], title="<i>T</i>")
        source = make_source(name="<u>S</u>", code="UUU")
        claim = make_claim(article=article, source=source, quote='<b>"now"</b> &', speaker="<s>X</s>", note="<q>N</q>")
        main = show(reader, claim)
        assert marked(main) == {claim.uid: '<b>"now"</b> &'}
        assert "<q>N</q>" in words(main)
        assert not [node for tag in "bius" for node in main.iter(tag)]

    def test_a_report_from_right_to_left(self, reader: PageClient) -> None:
        claim = make_claim(article=make_article(paragraphs=["قالت سانا إنه عدوان"], language="ar"), quote="عدوان")
        (around,) = [node for node in show(reader, claim).iter("div") if node.get("lang")]
        assert (around.get("lang"), around.get("dir")) == ("ar", "rtl")


class TestAnswers:
    def test_each_answer_stands_under_its_question(self, reader: PageClient, report: Article) -> None:
        killed = make_question(text="How many were killed?")
        who = make_question(slug="who", text="Who attacked?", kind="choice")
        where = make_question(slug="where", text="Where?", kind="place")
        why = make_question(slug="why", text="Why?", kind="words")
        claim = make_claim(
            article=report,
            quote="We struck",
            answers=[
                answer(killed, 100, as_worded="a hundred"),
                answer(who, make_choice(who, "regime")),
                answer(where, make_place()),
                answer(why, "to defend"),
            ],
        )
        main = show(reader, claim)
        assert links(main)["/stories/khusham/#how-many"] == "How many were killed?"
        for fact in ("a hundred, read as 100", "read as Regime", "read as Khusham-Town", "to defend"):
            assert fact in words(main)

    def test_who_contradicts_it_is_said(self, reader: PageClient, report: Article) -> None:
        question = make_question()
        claim = make_claim(article=report, quote="We struck", answers=[answer(question, 100)])
        make_claim(article=report, quote="said here", source=make_source(name="SANA"), answers=[answer(question, 25)])
        assert "SANA: as worded, read as 25" in words(show(reader, claim))

    def test_a_rejected_claim_contradicts_nobody(self, editors_browser: PageClient, report: Article) -> None:
        question = make_question()
        claim = make_claim(article=report, quote="We struck", answers=[answer(question, 100)])
        make_claim(
            article=report,
            quote="said here",
            source=make_source(name="SANA"),
            answers=[answer(question, 25)],
            status="rejected",
        )
        assert "SANA" not in words(show(editors_browser, claim))


class TestCitation:
    def test_it_names_all_that_finds_it_again(self, reader: PageClient, claim: Claim) -> None:
        assert words(by_id(show(reader, claim), "citation")) == (
            "Coalition, Col. Thomas Veale: “‘We struck,’ … ‘and café 🤔 burned.’” "
            "In: “Strikes in Syria”, Gazette, 8 February 2018, version 1, ¶2. "
            f"Newsdesk, http://testserver/claims/{claim.uid}/"
        )

    def test_what_is_not_known_leaves_no_gap(self, reader: PageClient) -> None:
        claim = make_claim()
        assert words(by_id(show(reader, claim), "citation")) == (
            "Coalition: “the strikes were an act of self-defence”. "
            f"In: “Strikes in Syria”, version 1, ¶1. Newsdesk, http://testserver/claims/{claim.uid}/"
        )

    def test_it_names_the_version_and_every_paragraph(self, reader: PageClient, report: Article) -> None:
        second = make_article(slug="second", paragraphs=[BEFORE, TEXT], revises=report)
        claim = make_claim(article=second, quote=["We struck", "said here"])
        assert "version 2, ¶1, ¶2." in words(by_id(show(reader, claim), "citation"))

    @pytest.mark.parametrize(
        ("quote", "end"),
        [("He fell.", "fell.” In"), ("“Why?”", "Why?’” In"), ("it is", "is”. In"), ("in café 🤔", "🤔”. In")],
    )
    def test_a_stop_stands_before_where_it_was_found(self, reader: PageClient, quote: str, end: str) -> None:
        claim = make_claim(article=make_article(paragraphs=[quote]), quote=quote)
        assert end in words(by_id(show(reader, claim), "citation"))

    def test_words_from_right_to_left_are_isolated(self, reader: PageClient) -> None:
        article = make_article(title="ليلة 7", paragraphs=["قالت إنه عدوان"], language="ar")
        claim = make_claim(article=article, quote="عدوان", source=make_source(name="سانا", code="ABC"))
        main = show(reader, claim)
        cited = by_id(main, "citation").text
        assert cited.startswith("\u2068سانا\u2069: “\u2068عدوان\u2069”. In: “\u2068ليلة 7\u2069”, version 1")
        assert {"سانا", "ليلة 7"} <= {words(one) for one in main.iter("bdi")}

    @pytest.mark.parametrize("speaker", ["Coalition", "the coalition", "The Coalition"])
    def test_a_speaker_that_is_the_source_is_named_once(self, reader: PageClient, speaker: str) -> None:
        citation = words(by_id(show(reader, make_claim(speaker=speaker)), "citation"))
        assert citation.startswith("Coalition: “")

    def test_an_error_is_reported_to_the_desk(self, reader: PageClient, claim: Claim, settings: Any) -> None:
        settings.ERRATA_EMAIL = "errors@desk.example"
        fields = mail(show(reader, claim))
        assert fields["to"] == "errors@desk.example"
        assert claim.uid in fields["subject"]
        assert fields["body"].split("\r\n")[:4] == [
            f"http://testserver/claims/{claim.uid}/",
            "",
            "““We struck,” … “and café 🤔 burned.””",
            "is attributed to: Coalition",
        ]

    def test_signs_that_separate_fields_do_not_cut_the_report(self, reader: PageClient) -> None:
        text = "100% & more? body=x #1 + 2"
        claim = make_claim(article=make_article(paragraphs=[text]), quote=text)
        assert f"“{text}”" in mail(show(reader, claim))["body"]


class TestVersions:
    @pytest.fixture
    def later(self, claim: Claim) -> Claim:
        second = make_article(slug="second", paragraphs=[TEXT], revises=claim.article)
        return make_claim(article=second, quote="We struck", continues=claim)

    def test_the_claim_before_and_the_claim_after_lead_to_each_other(
        self, reader: PageClient, claim: Claim, later: Claim
    ) -> None:
        assert links(show(reader, later))[claim.get_absolute_url()] == "Col. Thomas Veale, version 1"
        assert links(show(reader, claim))[later.get_absolute_url()] == "Coalition, version 2"

    def test_a_version_that_is_not_public_is_not_named(
        self, reader: PageClient, editors_browser: PageClient, claim: Claim, later: Claim
    ) -> None:
        set_status(later.article, Article.Status.DRAFT)
        assert later.get_absolute_url() not in links(show(reader, claim))
        assert later.get_absolute_url() in links(show(editors_browser, claim))

    @pytest.mark.parametrize("status", ["suggested", "rejected"])
    def test_a_claim_before_that_is_not_public_is_not_named(
        self, reader: PageClient, claim: Claim, later: Claim, status: str
    ) -> None:
        Claim.objects.with_uid(claim.uid).update(status=status)
        assert claim.get_absolute_url() not in links(show(reader, later))


class TestStates:
    @pytest.mark.parametrize("address", ["/claims/zzzzzzzzzzzz/", "/claims/abc/", "/claims/UPPERCASE123/"])
    def test_there_is_no_such_claim(self, reader: PageClient, address: str) -> None:
        assert reader.get(address).status_code == 404

    @pytest.mark.parametrize("status", ["suggested", "rejected"])
    def test_what_is_not_accepted_is_for_editors_who_are_told(
        self, reader: PageClient, editors_browser: PageClient, status: str
    ) -> None:
        claim = make_claim(status=status, source=make_source())
        assert reader.get(claim.get_absolute_url()).status_code == 404
        assert f"This claim is {status}" in words(show(editors_browser, claim))

    def test_a_suggestion_without_a_source_is_a_page(self, editors_browser: PageClient) -> None:
        claim = make_claim(status="suggested", proposed_source="The governor")
        main = show(editors_browser, claim)
        assert "Source not yet chosen" in words(main)
        assert "is attributed to: nobody yet" in mail(main)["body"]
        assert not [link for link in links(main) if link.endswith("?shown=")]

    def test_a_claim_of_which_nothing_is_found_any_more_is_for_editors(
        self, reader: PageClient, editors_browser: PageClient
    ) -> None:
        claim = make_claim(highlights=[orphan("lost words")])
        assert reader.get(claim.get_absolute_url()).status_code == 404
        main = words(show(editors_browser, claim))
        assert "lost words" in main
        assert "not found in the text" in main

    def test_a_claim_of_a_draft_is_for_editors(self, reader: PageClient, editors_browser: PageClient) -> None:
        claim = make_claim(article=make_article(status="draft"))
        assert reader.get(claim.get_absolute_url()).status_code == 404
        assert marked(show(editors_browser, claim))

    @pytest.mark.parametrize("status", ["accepted", "suggested", "rejected"])
    def test_the_claims_of_a_withdrawn_article_are_gone(self, reader: PageClient, status: str) -> None:
        claim = make_claim(status=status, source=make_source(), speaker="Col. Veale")
        set_status(claim.article, Article.Status.WITHDRAWN, "It was invented.")
        response = reader.get(claim.get_absolute_url())
        assert response.status_code == 410
        main = words(main_of(response))
        assert "It was invented." in main
        assert "self-defence" not in main
        assert "Veale" not in main

    def test_the_claims_of_an_article_set_back_to_draft_are_gone_for_now(self, reader: PageClient) -> None:
        claim = make_claim()
        set_status(claim.article, Article.Status.PUBLISHED)
        set_status(claim.article, Article.Status.DRAFT)
        response = reader.get(claim.get_absolute_url())
        assert response.status_code == 410
        assert "not public at the moment" in words(main_of(response))
        assert "self-defence" not in words(main_of(response))

    def test_a_deleted_claim_is_gone(self, reader: PageClient, editor: User) -> None:
        claim = make_claim(speaker="Col. Veale")
        delete_claims([claim], open_changeset(Changeset.Kind.DELETE, editor))
        response = reader.get(claim.get_absolute_url())
        assert response.status_code == 410
        assert "Veale" not in words(main_of(response))
