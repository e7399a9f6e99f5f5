"""Restoring: a claim as one of its revisions left it."""

import pytest
from django.contrib.auth.models import User

from articles.models import Answer, Changeset, Choice, Claim, Highlight, Paragraph, Place, Question, Revision, Source
from articles.snapshots import Draft, content, whole
from articles.writing.bulk import set_source
from articles.writing.editing import EditError, changing, delete_claims, open_changeset
from articles.writing.merging import merge
from articles.writing.restoring import restore
from articles.writing.tagging import first_words
from tests.factories import make_article, make_claim, make_source
from tests.test_snapshots import make_whole_claim

pytestmark = pytest.mark.django_db


def contents(uid: str) -> object:
    return content(Draft.of(whole(Claim.objects.with_uid(uid)).get()))


def delete(*claims: Claim) -> None:
    delete_claims(claims, open_changeset(Changeset.Kind.DELETE))


def revision(uid: str, version: int) -> Revision:
    return Revision.objects.get(claim_uid=uid, version=version)


class TestOfAChangedClaim:
    def test_is_a_new_revision_that_says_what_the_old_one_said(self, editor: User) -> None:
        claim = make_whole_claim()
        before = contents("aaaa")
        with changing([claim], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.filter(uid="aaaa").update(speaker="Somebody", note="", continues=None)
            claim.highlights.first().delete()
            claim.answers.all().delete()
        assert contents("aaaa") != before
        restored = restore(revision("aaaa", 1), editor)
        assert contents("aaaa") == before
        assert (restored.version, Claim.objects.get(uid="aaaa").version) == (3, 3)
        last = revision("aaaa", 3).changeset
        assert (last.kind, last.editor, last.summary) == (
            "restore",
            editor,
            f"as of version 1: {first_words(claim.quote)}",
        )

    def test_gives_the_highlights_their_ids_back(self, editor: User) -> None:
        claim = make_whole_claim()
        uids = set(claim.highlights.values_list("uid", flat=True))
        with changing([claim], open_changeset(Changeset.Kind.EDIT)):
            claim.highlights.exclude(uid=min(uids)).delete()
        restore(revision("aaaa", 1), editor)
        assert set(claim.highlights.values_list("uid", flat=True)) == uids

    def test_can_itself_be_taken_back(self, editor: User) -> None:
        claim = make_whole_claim()
        with changing([claim], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.filter(uid="aaaa").update(speaker="Somebody")
        restore(revision("aaaa", 1), editor)
        restore(revision("aaaa", 2), editor)
        assert Claim.objects.get(uid="aaaa").speaker == "Somebody"


class TestOfADeletedClaim:
    def test_brings_back_all_of_it_under_its_id(self, editor: User) -> None:
        claim = make_whole_claim()
        before, uids = contents("aaaa"), list(claim.highlights.values_list("uid", flat=True))
        delete(claim)
        restored = restore(revision("aaaa", 2), editor)
        assert contents("aaaa") == before
        assert list(restored.highlights.values_list("uid", flat=True)) == uids
        assert (restored.version, restored.made_in.kind) == (3, "restore")
        assert restored.answers.count() == 4

    def test_links_the_claims_that_continued_it_again(self, editor: User) -> None:
        make_whole_claim()
        delete(Claim.objects.get(uid="bbbb"))
        assert Claim.objects.get(uid="aaaa").continues is None
        restored = restore(revision("bbbb", 2), editor)
        later = Claim.objects.get(uid="aaaa")
        assert (later.continues, later.version) == (restored, 3)
        assert revision("aaaa", 3).snapshot["continues"] == "bbbb"

    def test_leaves_alone_what_continues_another_by_now(self, editor: User) -> None:
        later = make_whole_claim()
        earlier = Claim.objects.get(uid="bbbb")
        other = make_claim(article=earlier.article, quote="yes", uid="cccc")
        delete(earlier)
        later.refresh_from_db()
        with changing([later], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.filter(uid="aaaa").update(continues=other)
        restore(revision("bbbb", 2), editor)
        assert Claim.objects.get(uid="aaaa").continues == other

    def test_links_two_that_were_deleted_together(self, editor: User) -> None:
        delete(make_whole_claim(), Claim.objects.get(uid="bbbb"))
        restore(revision("bbbb", 2), editor)
        restore(revision("aaaa", 2), editor)
        assert Claim.objects.get(uid="aaaa").continues == Claim.objects.get(uid="bbbb")

    def test_of_a_claim_whose_predecessor_is_gone_continues_none(self, editor: User) -> None:
        delete(make_whole_claim(), Claim.objects.get(uid="bbbb"))
        assert restore(revision("aaaa", 2), editor).continues is None

    def test_after_restoring_goes_on_counting(self, editor: User) -> None:
        delete(make_claim(uid="aaaa"))
        delete(restore(revision("aaaa", 2), editor))
        assert restore(revision("aaaa", 1), editor).version == 5


class TestSources:
    def test_a_merged_one_gives_the_one_that_took_it_over(self, editor: User) -> None:
        sana, agency = make_source(name="SANA"), make_source(name="Agency")
        claim = make_claim(source=sana, uid="aaaa")
        set_source([claim], make_source(name="Other"), editor)
        merge(sana, agency, editor)
        restore(revision("aaaa", 1), editor)
        assert Claim.objects.get().source == agency

    def test_none_stays_none(self, editor: User) -> None:
        claim = make_claim(source=None, status="suggested", proposed_source="somebody", uid="aaaa")
        delete(claim)
        restored = restore(revision("aaaa", 2), editor)
        assert (restored.source, restored.proposed_source) == (None, "somebody")


class TestWhatIsGone:
    @pytest.mark.parametrize(
        ("model", "names", "message"),
        [
            (Source, {"slug": "coalition"}, "The source “coalition”"),
            (Question, {"slug": "number"}, "The question “number”"),
            (Choice, {"slug": "sana"}, "The choice “Who, sana”"),
            (Place, {"slug": "khusham-town"}, "The place “khusham-town”"),
            (Paragraph, {"article__slug": "second"}, "The paragraph"),
        ],
    )
    def test_is_named_and_nothing_is_written(
        self, editor: User, model: type[Source], names: dict[str, str], message: str
    ) -> None:
        make_whole_claim()
        Question.objects.filter(slug="choice").update(text="Who")
        delete(*Claim.objects.all())
        model.objects.filter(**names).delete()
        before = Changeset.objects.count()
        with pytest.raises(EditError, match=f"{message}.*that this revision names is gone"):
            restore(revision("aaaa", 2), editor)
        assert (Changeset.objects.count(), Claim.objects.count(), Highlight.objects.count()) == (before, 0, 0)

    def test_a_place_of_another_story_is_refused(self, editor: User) -> None:
        delete(make_whole_claim())
        from tests.factories import make_story

        Place.objects.update(story=make_story(title="Other", slug="other"))
        with pytest.raises(EditError, match="This place belongs to another story"):
            restore(revision("aaaa", 2), editor)
        assert not Claim.objects.filter(uid="aaaa").exists() and not Answer.objects.exists()


def test_an_article_of_many_paragraphs(editor: User) -> None:
    article = make_article(paragraphs=["One.", "Two.", "Three."])
    claim = make_claim(article=article, quote=["Three", "One"], uid="aaaa")
    delete(claim)
    restored = restore(revision("aaaa", 2), editor)
    assert [row.paragraph.position for row in restored.highlights.all() if row.paragraph] == [0, 2]


@pytest.mark.parametrize(
    ("quote", "first"),
    [
        ("“We struck,”  he  said", "“‘We struck,’ he said”"),
        ("“We struck,”", "“We struck”"),
        ("«We struck»", "“We struck”"),
        ("“Stop” and “go”", "“‘Stop’ and ‘go’”"),
        ('called it "an aggression"', "“called it 'an aggression'”"),
        ("x" * 70, f"“{'x' * 60} …”"),
        ("word " * 20, f"“{'word ' * 11}word …”"),
        ("这是" * 40, f"“{'这是' * 30} …”"),
    ],
)
def test_the_first_words_of_a_claim(quote: str, first: str) -> None:
    assert first_words(quote) == first
