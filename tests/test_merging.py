"""Merging two sources, and taking that back."""

import pytest
from django.contrib.auth.models import User

from articles.models import Alias, Article, Changeset, Claim, Revision, Source
from articles.writing.anew import anew_if_merged
from articles.writing.bulk import set_source
from articles.writing.checking import check_all
from articles.writing.editing import EditError, SourceGone, changing, delete_claims, open_changeset
from articles.writing.merging import last_merge, merge, unmerge
from articles.writing.source_edits import edit_source, source_parts
from articles.writing.tagging import Act, retag_claim, stored
from tests.factories import make_article, make_claim, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def sana() -> Source:
    return make_source(name="SANA", kind="outlet")


@pytest.fixture
def agency() -> Source:
    return make_source(name="Agency", kind="outlet")


@pytest.fixture
def ministry() -> Source:
    return make_source(name="Ministry", kind="outlet")


def one_claim(source: Source, uid: str = "aaaa") -> Claim:
    article = Article.objects.first() or make_article()
    return make_claim(source=source, uid=uid, article=article)


def edit(uid: str, **values: object) -> None:
    claim = Claim.objects.get(uid=uid)
    with changing([claim], open_changeset(Changeset.Kind.EDIT)):
        Claim.objects.filter(uid=uid).update(**values)


def source_of(uid: str) -> Source | None:
    return Claim.objects.get(uid=uid).source


class TestMerge:
    def test_reads_both_anew_and_holds_them(self, sana: Source, agency: Source, editor: User) -> None:
        stale = Source.objects.get(slug="sana")
        merge(sana, agency, editor)
        with pytest.raises(EditError, match="neither of which has been merged before"):
            merge(stale, make_source(name="Ministry"), editor)
        Source.objects.filter(slug="ministry").delete()
        with pytest.raises(EditError, match="Ministry has been deleted in the meantime"):
            merge(Source(pk=99, name="Ministry"), agency, editor)

    def test_gives_all_to_the_other(self, sana: Source, agency: Source, editor: User) -> None:
        make_article(outlet=sana)
        one_claim(sana)
        Alias.objects.create(source=sana, name="S.A.N.A.")
        changeset = merge(sana, agency, editor)
        assert source_of("aaaa") == Article.objects.get().outlet == Alias.objects.get().source == agency
        assert Source.objects.get(slug="sana").living() == agency
        assert changeset.details == {
            "source": "sana",
            "name": "SANA",
            "into": "agency",
            "aliases": ["S.A.N.A."],
            "articles": ["strikes"],
        }
        assert (changeset.kind, changeset.editor, changeset.summary) == ("merge", editor, "SANA into Agency")

    def test_is_a_revision_of_each_claim(self, sana: Source, agency: Source, editor: User) -> None:
        one_claim(sana)
        one_claim(agency, "bbbb")
        changeset = merge(sana, agency, editor)
        (revision,) = changeset.revisions.all()
        assert (revision.claim_uid, revision.version, revision.snapshot["source"]) == ("aaaa", 2, "agency")
        assert Claim.objects.get(uid="bbbb").version == 1

    def test_leaves_the_desk_in_order(self, sana: Source, agency: Source, editor: User) -> None:
        one_claim(sana)
        unmerge(merge(sana, agency, editor), editor)
        merge(sana, agency, editor)
        assert not [problem for problem in check_all() if "text as given" not in problem.what]

    def test_of_one_into_itself_is_refused(self, sana: Source, editor: User) -> None:
        with pytest.raises(EditError, match="two different sources"):
            merge(sana, sana, editor)

    def test_of_a_merged_one_is_refused(self, sana: Source, agency: Source, ministry: Source, editor: User) -> None:
        merge(sana, agency, editor)
        for pair in ((sana, ministry), (ministry, sana)):
            with pytest.raises(EditError, match="neither of which has been merged"):
                merge(*pair, editor)
        assert Changeset.objects.filter(kind="merge").count() == 1

    def test_looks_at_the_sources_as_they_are_now(
        self, sana: Source, agency: Source, ministry: Source, editor: User
    ) -> None:
        stale = Source.objects.get(pk=sana.pk)
        merge(sana, agency, editor)
        with pytest.raises(EditError, match="neither of which has been merged"):
            merge(stale, ministry, editor)

    def test_of_an_outlet_into_what_is_none_is_refused(self, sana: Source, editor: User) -> None:
        make_article(outlet=sana)
        with pytest.raises(EditError, match="SANA has published articles, and Coalition is no outlet"):
            merge(sana, make_source(), editor)
        assert Article.objects.get().outlet == sana


def rename(source: Source, name: str, editor: User) -> None:
    filled = source_parts(Source.objects.get(pk=source.pk))
    edit_source(source, filled, {**filled, "name": name}, editor)


class TestUnmergeOfAName:
    """Of a source whose name the other has taken since."""

    def test_that_the_other_has_still_leaves_it_there(self, sana: Source, agency: Source, editor: User) -> None:
        changeset = merge(sana, agency, editor)
        rename(agency, "SANA", editor)
        unmerge(changeset, editor)
        assert list(Source.objects.values_list("slug", "name")) == [("agency", "SANA"), ("sana", "SANA (2)")]
        assert Alias.objects.get().name == "Agency"
        assert Changeset.objects.latest("pk").details["name"] == "SANA (2)"

    def test_that_the_other_has_given_up_gives_it_back(self, sana: Source, agency: Source, editor: User) -> None:
        changeset = merge(sana, agency, editor)
        rename(agency, "sana", editor)
        rename(agency, "Wire", editor)
        assert set(agency.aliases.values_list("name", flat=True)) == {"Agency", "sana"}
        unmerge(changeset, editor)
        assert list(Source.objects.values_list("slug", "name")) == [("sana", "SANA"), ("agency", "Wire")]
        assert Alias.objects.get().name == "Agency"
        assert Source.objects.called("SANA").get() == sana

    def test_that_a_third_has_is_left_there(self, sana: Source, agency: Source, ministry: Source, editor: User) -> None:
        changeset = merge(sana, agency, editor)
        rename(agency, "SANA", editor)
        rename(agency, "Wire", editor)
        Alias.objects.filter(name="SANA").update(source=ministry)
        unmerge(changeset, editor)
        assert Source.objects.get(slug="sana").name == "SANA (2)"
        assert Alias.objects.get(name="SANA").source == ministry


class TestUnmerge:
    def test_gives_all_back(self, sana: Source, agency: Source, editor: User) -> None:
        make_article(outlet=sana)
        one_claim(sana)
        one_claim(agency, "bbbb")
        sana.aliases.create(name="S.A.N.A.")
        agency.aliases.create(name="The agency")
        undone = unmerge(merge(sana, agency, editor), editor)
        assert (undone.returned, undone.kept) == (1, 0)
        assert (source_of("aaaa"), source_of("bbbb")) == (sana, agency)
        assert Article.objects.get().outlet == sana
        assert dict(Alias.objects.values_list("name", "source__name")) == {"S.A.N.A.": "SANA", "The agency": "Agency"}
        assert Source.objects.get(slug="sana").merged_into is None
        last = Revision.objects.of_claims(["aaaa"]).latest("version")
        assert (last.version, last.changeset.summary) == (3, "SANA taken out of Agency again")

    def test_says_what_came_back(self, sana: Source, agency: Source, ministry: Source, editor: User) -> None:
        for slug in ("one", "two"):
            make_article(outlet=sana, slug=slug)
        one_claim(sana)
        one_claim(sana, "bbbb")
        for name in ("S.A.N.A.", "The agency of Syria"):
            sana.aliases.create(name=name)
        changeset = merge(sana, agency, editor)
        set_source([Claim.objects.get(uid="aaaa")], ministry, editor)
        Alias.objects.filter(name="The agency of Syria").delete()
        Article.objects.filter(slug="two").update(outlet=ministry)
        unmerge(changeset, editor)
        record = Changeset.objects.latest("pk")
        assert record.details == {
            "source": "sana",
            "name": "SANA",
            "into": "agency",
            "taken_back": changeset.uid,
            "aliases": ["S.A.N.A."],
            "articles": ["one"],
            "claims": 1,
            "kept": 1,
        }
        assert last_merge(sana) == changeset, "taking it back is no merge to be taken back"
        again = merge(Source.objects.get(pk=sana.pk), agency, editor)
        assert last_merge(sana) == again

    def test_takes_claims_back_with_what_was_changed_since(self, sana: Source, agency: Source, editor: User) -> None:
        one_claim(sana)
        changeset = merge(sana, agency, editor)
        edit("aaaa", speaker="A speaker")
        assert unmerge(changeset, editor).returned == 1
        claim = Claim.objects.get()
        assert (claim.source, claim.speaker) == (sana, "A speaker")

    def test_leaves_what_an_editor_gave_to_another(
        self, sana: Source, agency: Source, ministry: Source, editor: User
    ) -> None:
        one_claim(sana)
        one_claim(sana, "bbbb")
        changeset = merge(sana, agency, editor)
        set_source([Claim.objects.get(uid="aaaa")], ministry, editor)
        undone = unmerge(changeset, editor)
        assert (undone.returned, undone.kept) == (1, 1)
        assert (source_of("aaaa"), source_of("bbbb")) == (ministry, sana)

    def test_leaves_what_an_editor_gave_to_the_other_on_purpose(
        self, sana: Source, agency: Source, ministry: Source, editor: User
    ) -> None:
        one_claim(sana)
        changeset = merge(sana, agency, editor)
        edit("aaaa", source=ministry)
        edit("aaaa", source=agency)
        assert (unmerge(changeset, editor).kept, source_of("aaaa")) == (1, agency)

    def test_leaves_new_claims_and_names_of_the_other(self, sana: Source, agency: Source, editor: User) -> None:
        sana.aliases.create(name="S.A.N.A.")
        make_article(outlet=sana)
        changeset = merge(sana, agency, editor)
        one_claim(agency)
        Alias.objects.all().delete()
        make_source(name="Third").aliases.create(name="S.A.N.A.")
        Article.objects.update(outlet=None)
        unmerge(changeset, editor)
        assert source_of("aaaa") == agency
        assert Alias.objects.get().source.name == "Third"
        assert Article.objects.get().outlet is None

    def test_passes_over_what_was_deleted_since(self, sana: Source, agency: Source, editor: User) -> None:
        one_claim(sana)
        changeset = merge(sana, agency, editor)
        delete_claims([Claim.objects.get()], open_changeset(Changeset.Kind.DELETE))
        undone = unmerge(changeset, editor)
        assert (undone.returned, undone.kept) == (0, 0)

    def test_works_once(self, sana: Source, agency: Source, editor: User) -> None:
        changeset = merge(sana, agency, editor)
        unmerge(changeset, editor)
        with pytest.raises(EditError, match="SANA is not merged any more"):
            unmerge(changeset, editor)

    def test_takes_back_the_last_merge_only(self, sana: Source, agency: Source, ministry: Source, editor: User) -> None:
        one_claim(sana)
        first = merge(sana, agency, editor)
        unmerge(first, editor)
        second = merge(Source.objects.get(slug="sana"), ministry, editor)
        with pytest.raises(EditError, match="not merged any more"):
            unmerge(first, editor)
        assert source_of("aaaa") == ministry
        assert last_merge(sana) == second
        assert unmerge(second, editor).returned == 1

    def test_of_one_that_was_never_merged(self, sana: Source) -> None:
        with pytest.raises(EditError, match="SANA has not been merged"):
            last_merge(sana)


class TestChain:
    """SANA into the agency, and the agency into the ministry."""

    @pytest.fixture
    def merges(self, sana: Source, agency: Source, ministry: Source, editor: User) -> list[Changeset]:
        make_article(outlet=sana)
        one_claim(sana, "aaaa")
        one_claim(agency, "bbbb")
        sana.aliases.create(name="S.A.N.A.")
        return [merge(sana, agency, editor), merge(agency, ministry, editor)]

    def where(self) -> tuple[Source | None, Source | None, Source | None, Source]:
        return source_of("aaaa"), source_of("bbbb"), Article.objects.get().outlet, Alias.objects.get().source

    def test_leads_to_the_last(self, merges: list[Changeset], ministry: Source) -> None:
        assert self.where() == (ministry,) * 4
        assert Source.objects.get(slug="sana").living() == ministry

    def test_taken_back_from_the_end(self, merges: list[Changeset], sana: Source, agency: Source, editor: User) -> None:
        unmerge(merges[1], editor)
        assert self.where() == (agency,) * 4
        unmerge(merges[0], editor)
        assert self.where() == (sana, agency, sana, sana)

    def test_taken_back_from_the_start(
        self, merges: list[Changeset], sana: Source, agency: Source, ministry: Source, editor: User
    ) -> None:
        unmerge(merges[0], editor)
        assert self.where() == (sana, ministry, sana, sana)
        undone = unmerge(merges[1], editor)
        assert self.where() == (sana, agency, sana, sana)
        assert (undone.returned, undone.kept) == (1, 1)

    def test_a_circle_made_by_force_ends(self, sana: Source, agency: Source) -> None:
        Source.objects.filter(pk=sana.pk).update(merged_into=agency)
        Source.objects.filter(pk=agency.pk).update(merged_into=sana)
        assert Source.objects.get(pk=sana.pk).living() in (sana, agency)


class TestWhatIsWrittenMeanwhile:
    def test_what_the_desk_read_itself_is_read_again_once(self) -> None:
        tries: list[int] = []

        def write() -> int:
            tries.append(make_article(slug=f"try-{len(tries)}").pk)
            if len(tries) == 1:
                raise SourceGone("Merged.")
            return len(tries)

        assert anew_if_merged(write) == 2
        assert Article.objects.get().slug == "try-1", "what the first try wrote is not there"
        tries.clear()
        with pytest.raises(SourceGone):
            anew_if_merged(lambda: tries.clear() or write())

    def test_claims_of_an_editor_are_refused(self, sana: Source, agency: Source, editor: User) -> None:
        claim, stale = one_claim(agency), Source.objects.get(pk=sana.pk)
        make_claim(article=claim.article, source=sana)
        merge(sana, agency, editor)
        whole = stored("aaaa")
        assert whole
        with pytest.raises(EditError, match="merged into another one in the meantime: choose that one"):
            retag_claim(whole, stale, Act(editor))
        assert source_of("aaaa") == agency and Claim.objects.get(uid="aaaa").version == 1
