"""Checking: damage of each kind is found, and counters alone are repaired."""

from hashlib import sha256

import pytest
from django.core.management import call_command

from articles.models import (
    Answer,
    Article,
    ArticleText,
    Changeset,
    Claim,
    Highlight,
    Paragraph,
    Place,
    Question,
    Revision,
    Source,
)
from articles.models.words import TABLES
from articles.text.parsing import decode, parse
from articles.writing.checking import Problem, check_all, check_claims, check_versions
from articles.writing.editing import changing, open_changeset
from articles.writing.publishing import set_status
from tests.conftest import SEEDS
from tests.factories import make_article, make_claim, make_place, make_question, make_source, make_story

pytestmark = pytest.mark.django_db
REPORT = "The coalition said it struck. Nobody was hurt.\n\nWhere\n\nSANA said it struck twice.\n"


@pytest.fixture
def article() -> Article:
    article = make_article(paragraphs=[], story=make_story())
    keep_text(article, REPORT.encode())
    for position, block in enumerate(parse(decode(REPORT.encode())).blocks):
        Paragraph.objects.create(
            article=article, position=position, number=block.number, kind=block.kind.value, text=block.text
        )
    return article


@pytest.fixture
def claim(article: Article) -> Claim:
    question = make_question()
    answer = Answer(question=question, low=0, high=0, as_worded="Nobody")
    return make_claim(article=article, quote=["it struck", "Nobody was hurt"], answers=[answer], uid="aaaa")


def keep_text(article: Article, content: bytes) -> None:
    ArticleText.objects.update_or_create(article=article, defaults={"content": content})
    Article.objects.filter(pk=article.pk).update(sha256=sha256(content).hexdigest())


def problems(*, repair: bool = False) -> list[str]:
    """Without those of the index and of lists, which damage written past them leaves behind: tests/test_search.py and
    tests/test_listing.py have these."""
    found = [f"{one.where}: {one.what}" for one in check_all(repair=repair) if not one.what.startswith("lists hold")]
    return [one for one in found if not one.startswith(tuple(TABLES))]


def edit(uid: str, **values: object) -> None:
    row = Claim.objects.get(uid=uid)
    with changing([row], open_changeset(Changeset.Kind.EDIT)):
        Claim.objects.filter(uid=uid).update(**values)


def test_a_desk_in_order(claim: Claim) -> None:
    edit("aaaa", speaker="Veale")
    assert problems() == []


def test_the_seeds_are_in_order() -> None:
    call_command("import_articles", str(SEEDS), verbosity=0)
    assert Claim.objects.count() > 20
    assert problems() == []


class TestArticles:
    @pytest.mark.parametrize("content", [REPORT.encode() + b" ", b"", b"\xff"])
    def test_bytes_that_are_not_those_imported(self, article: Article, content: bytes) -> None:
        ArticleText.objects.update(content=content)
        assert problems() == ["strikes: the text as given is not the one that was imported"]

    def test_bytes_that_are_gone(self, article: Article) -> None:
        ArticleText.objects.all().delete()
        assert problems() == ["strikes: the text as given is not the one that was imported"]

    @pytest.mark.parametrize("content", [b"Another text.", b"\xff", b""])
    def test_bytes_that_make_other_paragraphs(self, article: Article, content: bytes) -> None:
        keep_text(article, content)
        assert problems() == ["strikes: its paragraphs are not those of the text as given"]

    def test_a_paragraph_that_was_changed(self, article: Article) -> None:
        Paragraph.objects.filter(position=2).update(text="SANA said nothing.")
        assert problems() == ["strikes: its paragraphs are not those of the text as given"]

    def test_a_paragraph_that_is_gone(self, article: Article) -> None:
        Paragraph.objects.filter(position=2).delete()
        assert problems() == ["strikes: its paragraphs are not those of the text as given"]

    def test_positions_with_a_gap(self, article: Article) -> None:
        Paragraph.objects.filter(position=2).update(position=3)
        assert problems() == ["strikes: the positions of its paragraphs do not run from 0"]

    def test_numbers_with_a_gap(self, article: Article) -> None:
        Paragraph.objects.filter(position=2).update(number=7)
        assert problems() == ["strikes: the numbers of its paragraphs do not run from 1"]


class TestVersions:
    def test_the_wrong_one_is_the_latest(self, article: Article) -> None:
        Article.objects.update(is_latest=False)
        assert list(check_versions(repair=False)) == [Problem("strikes", "another version is marked as the latest")]
        found = list(check_versions(repair=True))
        assert found == [Problem("strikes", "another version is marked as the latest", True)]
        assert Article.objects.get().is_latest
        assert problems() == []

    def test_a_chain_that_is_broken(self, article: Article) -> None:
        two = make_article(slug="two", revises=article)
        make_article(slug="three", revises=two)
        Article.objects.filter(slug="three").update(revises=None, version_number=1, lineage="three")
        Article.objects.filter(slug="two").update(lineage="three", version_number=2, is_latest=False)
        assert "three: its versions do not revise one another in order" in problems()


class TestClaims:
    where = "claim aaaa in strikes"

    def test_without_highlights(self, claim: Claim) -> None:
        Claim.objects.update(reading_order=None)
        Highlight.objects.all().delete()
        assert problems() == [f"{self.where}: it has no highlight"]

    def test_a_quote_that_is_not_what_stands_there(self, claim: Claim) -> None:
        Highlight.objects.filter(position=0).update(quote="it missed")
        assert problems() == [f"{self.where}: The quote is “it missed”, but the text there reads “it struck”."]

    def test_a_highlight_in_another_article(self, claim: Claim) -> None:
        other = make_article(slug="other", paragraphs=[Paragraph.objects.get(position=0).text])
        keep_text(other, other.paragraphs.get().text.encode())
        Highlight.objects.filter(position=0).update(paragraph=other.paragraphs.get())
        assert f"{self.where}: The highlight lies in a paragraph of another article than its claim." in problems()

    def test_a_context_that_is_not_what_stands_there(self, claim: Claim) -> None:
        Highlight.objects.update(prefix="nix")
        assert problems() == [f"{self.where}: the context of 2 of its highlights is not what stands there"]

    def test_highlights_out_of_order(self, claim: Claim) -> None:
        Highlight.objects.filter(position=1).update(position=5)
        assert problems() == [f"{self.where}: its highlights are not in the order in which they are read"]

    def test_an_answer_of_another_story(self, claim: Claim) -> None:
        Question.objects.update(story=make_story(slug="other"))
        assert problems() == [f"{self.where}: The question belongs to another story than the claim’s article."]

    def test_an_answer_of_another_kind(self, claim: Claim) -> None:
        Question.objects.update(kind="words", counted="")
        assert problems() == [f"{self.where}: The question asks for words, the answer is a number."]

    def test_one_that_continues_none_of_the_version_before(self, claim: Claim) -> None:
        make_claim(article=claim.article, quote="SANA", uid="bbbb")
        Claim.objects.filter(uid="aaaa").update(continues=Claim.objects.get(uid="bbbb"))
        assert problems() == [
            f"{self.where}: A claim continues one of the version before of its article.",
        ]

    def test_one_of_a_merged_source(self, claim: Claim) -> None:
        Source.objects.filter(slug="coalition").update(merged_into=make_source(name="Other"))
        assert problems() == [f"{self.where}: Coalition has been merged into another source: choose that one."]

    @pytest.mark.parametrize("wrong", [None, 7])
    def test_a_counter_is_counted_again(self, claim: Claim, wrong: int | None) -> None:
        right = claim.reading_order
        Claim.objects.update(reading_order=wrong)
        found = f"{self.where}: its place in the reading order is wrong"
        assert problems() == [found]
        assert Claim.objects.get().reading_order == wrong
        assert [one.repaired for one in check_claims(repair=True)] == [True]
        assert Claim.objects.get().reading_order == right
        assert problems() == []

    def test_a_counter_of_orphans_is_emptied(self, claim: Claim) -> None:
        Highlight.objects.update(paragraph=None, start=None, end=None, state="orphaned", prefix="", suffix="")
        assert problems(repair=True) == [f"{self.where}: its place in the reading order is wrong"]
        assert Claim.objects.get().reading_order is None


class TestRevisions:
    def test_a_claim_written_past_the_record(self, claim: Claim) -> None:
        edit("aaaa", speaker="Veale")
        Claim.objects.update(speaker="Somebody")
        assert problems() == ["claim aaaa: it is not what its last revision says"]

    def test_a_highlight_written_past_the_record(self, claim: Claim) -> None:
        edit("aaaa", speaker="Veale")
        Highlight.objects.filter(position=1).delete()
        assert problems() == ["claim aaaa: it is not what its last revision says"]

    def test_a_version_that_moved_alone(self, claim: Claim) -> None:
        edit("aaaa", speaker="Veale")
        Claim.objects.update(version=3)
        assert problems() == ["claim aaaa: it is at version 3, its last revision at 2"]

    def test_a_version_without_revisions(self, claim: Claim) -> None:
        Claim.objects.update(version=2)
        assert problems() == ["claim aaaa: it is at version 2, its last revision at 0"]

    def test_a_revision_that_is_gone(self, claim: Claim) -> None:
        edit("aaaa", speaker="Veale")
        Revision.objects.filter(version=2).delete()
        assert problems() == ["claim aaaa: it is at version 2, its last revision at 1"]

    def test_a_claim_of_an_editor_without_revisions(self, claim: Claim) -> None:
        Changeset.objects.update(kind="create")
        assert problems() == ["claim aaaa: it is at version 1, its last revision at 0"]


def test_metadata_written_past_the_record(article: Article) -> None:
    Article.objects.update(title="Never changed on record")
    assert problems() == []
    set_status(article, Article.Status.DRAFT)
    assert problems() == []
    Article.objects.update(title="Changed past the record")
    assert problems() == ["strikes: its metadata is not what its last revision says"]


class TestPlaces:
    def test_within_itself(self) -> None:
        valley = make_place(slug="valley")
        town = make_place(slug="town", within=valley)
        Place.objects.filter(pk=valley.pk).update(within=town)
        assert problems() == [f"place {slug}: A place cannot lie within itself." for slug in ("valley", "town")]

    def test_within_one_of_another_story(self) -> None:
        make_place(slug="town", within=make_place(slug="valley", story=make_story(slug="other")))
        assert problems() == ["place town: A place lies within one of its own story."]


class TestSources:
    def test_merged_in_a_circle(self) -> None:
        one, two = make_source(name="One"), make_source(name="Two")
        Source.objects.filter(pk=one.pk).update(merged_into=two)
        Source.objects.filter(pk=two.pk).update(merged_into=one)
        assert problems() == [f"source {slug}: it has been merged in a circle" for slug in ("one", "two")]

    def test_merged_and_still_with_an_alias(self) -> None:
        one, two = make_source(name="One"), make_source(name="Two")
        one.aliases.create(name="1")
        Source.objects.filter(pk=one.pk).update(merged_into=two)
        assert problems() == ["source one: it has been merged, and still has articles or aliases"]


def test_repairing_changes_counters_and_nothing_else(claim: Claim) -> None:
    Highlight.objects.filter(position=0).update(quote="it missed", prefix="nix")
    Claim.objects.update(reading_order=7, version=9)
    before = list(Highlight.objects.values()), Revision.objects.count()
    found = [one for one in check_all(repair=True) if not one.where.startswith(tuple(TABLES))]
    assert [one.repaired for one in found].count(True) == 1
    assert (list(Highlight.objects.values()), Revision.objects.count()) == before
    row = Claim.objects.get()
    assert (row.reading_order, row.version) == (claim.reading_order, 9)
    assert len(problems()) == len(found) - 1
