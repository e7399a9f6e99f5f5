from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Answer, Article, Changeset, Claim, Source
from articles.models.uid import UID_LENGTH, new_uid, uid_from
from tests.factories import (
    QUOTE,
    make_article,
    make_claim,
    make_editor,
    make_question,
    make_source,
    make_story,
    make_user,
    orphan,
)
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


def uids(claims: Any) -> list[str]:
    return [claim.uid for claim in claims]


class TestConstraints:
    @pytest.mark.parametrize("status", ["accepted", "rejected"])
    def test_a_source_unless_suggested(self, status: str) -> None:
        make_claim(source=None, status="suggested")
        with refused("Only a suggested claim may have no source."):
            Claim.objects.update(status=status)

    def test_continuing_itself(self) -> None:
        claim = make_claim()
        with refused("A claim cannot continue itself."):
            Claim.objects.update(continues=claim)

    def test_an_id_is_unique(self) -> None:
        article = make_article()
        make_claim(article=article, uid="aaaa")
        make_claim(article=article, uid="bbbb")
        with refused("Another claim has this public id."):
            Claim.objects.filter(uid="bbbb").update(uid="aaaa")

    def test_what_it_rests_on_cannot_be_deleted(self) -> None:
        make_claim()
        for rows in (Source.objects.all(), Article.objects.all(), Changeset.objects.all()):
            with pytest.raises(ProtectedError):
                rows.delete()


class TestClean:
    def test_continues_one_of_the_version_before(self) -> None:
        first = make_article()
        second = make_article(slug="second", revises=first)
        before = make_claim(article=first)
        Claim(article=second, continues=before, source=make_source()).clean()
        for article in (first, make_article(slug="other")):
            with pytest.raises(ValidationError, match="one of the version before of its article"):
                Claim(article=article, continues=before, source=make_source()).clean()

    def test_a_merged_source(self) -> None:
        merged = Source.objects.create(name="Old", slug="old", code="OLD", merged_into=make_source())
        with pytest.raises(ValidationError, match="Old has been merged into another source"):
            Claim(article=make_article(), source=merged).clean()


class TestVisibleTo:
    @pytest.fixture(autouse=True)
    def claims(self) -> None:
        for status in Article.Status:
            article = make_article(slug=status, status=status)
            for judged in Claim.Status:
                make_claim(article=article, status=judged, source=make_source(), uid=f"{status}-{judged}")
        make_claim(article=article, highlights=[orphan("gone")], uid="orphaned")
        Claim.objects.filter(uid="orphaned").update(article=Article.objects.get(slug="published"))

    def test_readers_see_accepted_claims_placed_in_published_articles(self) -> None:
        for reader in (AnonymousUser(), make_user("reader")):
            assert uids(Claim.objects.visible_to(reader)) == ["published-accepted"]

    def test_editors_see_all(self) -> None:
        assert Claim.objects.visible_to(make_editor()).count() == 10

    def test_on_the_page_is_what_is_neither_rejected_nor_lost(self) -> None:
        article = Article.objects.get(slug="published")
        found = Claim.objects.in_article(article).on_the_page()
        assert set(uids(found)) == {"published-accepted", "published-suggested"}


class TestQuerysets:
    def test_narrowing(self) -> None:
        story, sana = make_story(), make_source(name="SANA")
        first = make_article(story=story)
        second = make_article(slug="second", revises=first, story=story)
        beside = make_article(slug="beside", story=story)
        before = make_claim(article=first, uid="aaaa", speaker="Veale")
        answer = Answer(question=make_question(), low=1, as_worded="x")
        make_claim(article=second, uid="bbbb", continues=before, source=sana, answers=[answer])
        make_claim(article=beside, uid="cccc")
        make_claim(article=make_article(slug="elsewhere"), uid="dddd")
        claims = Claim.objects.order_by("uid")
        assert uids(claims.with_uid("cccc")) == ["cccc"]
        assert (
            uids(claims.continuing(before))
            == uids(claims.by_source(sana))
            == uids(claims.by_sources(["sana"]))
            == ["bbbb"]
        )
        assert uids(claims.in_articles(["strikes", "beside"])) == ["aaaa", "cccc"]
        assert uids(claims.in_latest_versions()) == ["bbbb", "cccc", "dddd"]
        assert uids(claims.of_story(story)) == uids(claims.in_stories(["khusham"])) == ["aaaa", "bbbb", "cccc"]
        assert uids(claims.beside(second)) == uids(claims.beside(first)) == ["cccc"]
        assert uids(claims.beside(beside)) == ["bbbb"]
        assert claims.speakers() == ["Veale"]
        assert claims.counts_by("source__slug") == {"coalition": 3, "sana": 1}

    def test_counts_count_a_claim_once(self) -> None:
        article = make_article(story=make_story())
        answers = [Answer(question=make_question(slug=slug), low=1, as_worded="x") for slug in "ab"]
        make_claim(article=article, answers=answers)
        answering = Claim.objects.filter(answers__question__slug__in=["a", "b"])
        assert answering.counts_by("status") == {"accepted": 1}

    def test_in_reading_order(self) -> None:
        article = make_article(paragraphs=["One, two.", "Three."])
        for quote in ("Three", "two", "One"):
            make_claim(article=article, quote=quote)
        assert [claim.quote for claim in Claim.objects.in_reading_order()] == ["One", "two", "Three"]

    def test_the_newest_article_first_and_undated_ones_last(self) -> None:
        for slug, day in (("undated", None), ("older", 7), ("newer", 8)):
            published = datetime(2018, 2, day, tzinfo=UTC) if day else None
            make_claim(article=make_article(slug=slug, published_at=published))
        found = Claim.objects.newest_article_first()
        assert [claim.article.slug for claim in found] == ["newer", "older", "undated"]

    def test_by_story(self) -> None:
        for slug in ("b", "a"):
            make_claim(article=make_article(slug=slug, story=make_story(title=slug.upper(), slug=slug)))
        assert [str(claim.article.story) for claim in Claim.objects.by_story()] == ["A", "B"]

    def test_for_its_page_takes_one_query(self, django_assert_num_queries: Any) -> None:
        first = make_article(story=make_story())
        second = make_article(slug="second", revises=first, story=make_story())
        make_claim(article=second, continues=make_claim(article=first), uid="bbbb")
        with django_assert_num_queries(1):
            claim = Claim.objects.with_uid("bbbb").for_page().get()
            assert claim.continues and claim.continues.article.slug == "strikes"
            assert (str(claim.source), str(claim.article.story), claim.article.outlet) == ("Coalition", "Khusham", None)


class TestWords:
    def test_the_quote_is_that_of_all_its_highlights(self) -> None:
        article = make_article(paragraphs=["“We struck,” he said. “We won.”"])
        assert make_claim(article=article, quote=["“We won.”", "“We struck,”"]).quote == "“We struck,” … “We won.”"

    def test_its_name(self) -> None:
        assert str(make_claim(uid="aaaa")) == "Coalition: aaaa"
        assert str(Claim(uid="aaaa", proposed_source="officials")) == "officials: aaaa"
        assert str(Claim(uid="aaaa")) == "no source: aaaa"

    def test_its_address_holds_its_public_id(self) -> None:
        assert make_claim(uid="aaaa", quote=QUOTE).get_absolute_url() == "/claims/aaaa/"

    @pytest.mark.parametrize(
        ("speaker", "other"), [("", ""), ("the coalition", ""), ("Coalition", ""), ("Veale", "Veale"), ("The", "The")]
    )
    def test_a_speaker_who_is_the_source_goes_without_saying(self, speaker: str, other: str) -> None:
        assert Claim(source=Source(name="Coalition"), speaker=speaker).other_speaker == other


class TestUids:
    def test_are_random(self) -> None:
        assert len({new_uid() for _ in range(1000)}) == 1000

    def test_are_of_letters_that_are_not_mistaken(self) -> None:
        uid = new_uid() + uid_from("a")
        assert len(uid) == 2 * UID_LENGTH
        assert not set(uid) - set("0123456789abcdefghjkmnpqrstvwxyz")

    def test_of_the_same_parts_are_the_same(self) -> None:
        assert uid_from("a", "b") == uid_from("a", "b")
        assert len({uid_from("a", "b"), uid_from("ab"), uid_from("b", "a"), uid_from("a", "b", "")}) == 4
