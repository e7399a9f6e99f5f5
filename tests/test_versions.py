"""Carrying over: the claims of a version in the next one, none twice, none lost."""

import shutil
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.outcomes import Imported
from articles.importing.run import plan
from articles.models import Article, Changeset, Claim, Revision, Source
from articles.writing.checking import check_claims, check_revisions
from articles.writing.editing import changing, delete_claims, open_changeset
from articles.writing.merging import merge, unmerge
from articles.writing.passages import passages_of
from articles.writing.restoring import restore
from articles.writing.tagging import Act, Entry, delete_claim, edit_claim, stored
from articles.writing.undoing import undo
from articles.writing.versions import Carried, carry_over
from tests.factories import answer, make_article, make_claim, make_highlight, make_question, make_source, orphan
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).parent.parent / "seeds"
SAID = "The coalition said the strikes were an act of self-defence."
HURT = "Four soldiers were hurt near the refinery, the ministry said on the following day."
LEFT = "Nothing was said about where the survivors went afterwards, or who had sent them there."
MORE = "The hotline between both armies was used before, during and after the attack, officials told reporters."


def versions(after: list[str], before: list[str] | None = None, **fields: Any) -> tuple[Article, Article]:
    first = make_article(paragraphs=before or [SAID, HURT, LEFT], slug="first", **fields)
    return first, make_article(paragraphs=after, slug="second", revises=first, **fields)


def carried(article: Article) -> Carried:
    result = carry_over(article)
    assert result
    assert result.before == result.placed + result.reworded + result.orphaned + result.dropped
    assert not [*check_claims(repair=False), *check_revisions()]
    return result


def states(claim: Claim) -> list[str]:
    return [row.state for row in claim.highlights.all()]


class TestCarrying:
    def test_a_claim_comes_over_with_all_that_is_said_of_it(self) -> None:
        story = make_question().story
        first, second = versions([LEFT, SAID], [SAID, LEFT], story=story)
        old = make_claim(
            article=first,
            speaker="a spokesman",
            cue="said",
            note="heard twice",
            answers=[answer(story.questions.get(), 4, as_worded="self-defence")],
        )
        assert carried(second) == Carried(1, 1, placed=1, made=1)
        (new,) = Claim.objects.in_article(second)
        assert (new.continues, new.source, new.speaker, new.cue, new.note) == (
            *(old, old.source, "a spokesman", "said", "heard twice"),
        )
        assert [(one.question.slug, one.low, one.as_worded) for one in new.answers.all()] == [
            ("how-many", 4, "self-defence")
        ]
        (row,) = new.highlights.all()
        assert row.paragraph and row.paragraph.text == SAID
        assert (row.state, row.quote, row.prefix[-5:]) == ("placed", old.quote, "said ")
        assert new.made_in.kind == Changeset.Kind.CARRY

    @pytest.mark.parametrize("status", ["suggested", "accepted", "rejected"])
    def test_the_status_stays(self, status: str) -> None:
        first, second = versions([SAID])
        make_claim(article=first, status=status, proposed_source="a colonel" if status == "suggested" else "")
        carried(second)
        new = Claim.objects.in_article(second).get()
        assert (new.status, new.proposed_source) == (status, "a colonel" if status == "suggested" else "")

    def test_words_that_changed_are_those_of_the_new_text(self) -> None:
        first, second = versions([SAID.replace("the strikes were", "its strikes had been"), HURT])
        make_claim(article=first)
        assert carried(second) == Carried(1, 1, reworded=1, made=1)
        (row,) = Claim.objects.in_article(second).get().highlights.all()
        assert (row.state, row.quote) == ("reworded", "its strikes had been an act of self-defence")

    def test_what_is_not_found_is_orphaned_and_not_for_readers(self) -> None:
        first, second = versions([HURT, LEFT])
        make_claim(article=first)
        assert carried(second) == Carried(1, 1, orphaned=1, made=1)
        (row,) = Claim.objects.in_article(second).get().highlights.all()
        assert (row.state, row.quote, row.paragraph) == ("orphaned", "the strikes were an act of self-defence", None)
        assert row.prefix == "The coalition said "
        assert not Claim.objects.accepted_and_placed().in_article(second).exists()

    def test_a_claim_of_which_a_part_is_found_is_reworded(self) -> None:
        first, second = versions([HURT, LEFT])
        rows = [make_highlight(first, "an act of self-defence"), make_highlight(first, "Four soldiers were hurt")]
        make_claim(article=first, highlights=rows)
        assert carried(second) == Carried(1, 1, reworded=1, made=1)
        assert states(Claim.objects.in_article(second).get()) == ["placed", "orphaned"]

    def test_two_highlights_never_come_to_lie_on_the_same_words(self) -> None:
        first, second = versions([HURT, LEFT], [HURT, LEFT, HURT])
        rows = [make_highlight(first, HURT, occurrence=1), make_highlight(first, HURT, occurrence=2)]
        make_claim(article=first, highlights=rows)
        carried(second)
        assert states(Claim.objects.in_article(second).get()).count("placed") <= 1

    def test_an_orphan_is_looked_for_again(self) -> None:
        first, second = versions([LEFT, MORE])
        make_claim(article=first, highlights=[orphan(MORE)])
        assert carried(second).placed == 1

    def test_an_answer_whose_words_are_gone_is_left_out(self) -> None:
        question = make_question()
        first, second = versions(
            [HURT.replace("Four soldiers", "Five soldiers"), LEFT], [HURT, LEFT], story=question.story
        )
        make_claim(article=first, quote=HURT[:-1], answers=[answer(question, 4, as_worded="Four soldiers")])
        result = carried(second)
        assert (result.reworded, result.unanswered) == (1, 1)
        assert not Claim.objects.in_article(second).get().answers.exists()
        assert "1 of their answers left out" in str(result)

    def test_a_claim_that_has_nobody_before_it_has_nothing_to_carry(self) -> None:
        assert carry_over(make_article()) is None


class TestDoubles:
    def test_carrying_over_again_changes_nothing(self) -> None:
        first, second = versions([SAID, HURT])
        make_claim(article=first)
        make_claim(article=first, quote="Four soldiers were hurt")
        make_claim(article=first, quote="the survivors")
        carried(second)
        before = list(Claim.objects.order_by("pk").values()), Changeset.objects.count(), Revision.objects.count()
        again = carried(second)
        assert not again.has_written
        assert (again.placed, again.orphaned) == (2, 1)
        after = list(Claim.objects.order_by("pk").values()), Changeset.objects.count(), Revision.objects.count()
        assert before == after

    def test_a_claim_that_says_what_it_continues_is_taken_for_it(self) -> None:
        first, second = versions([HURT, SAID])
        old = make_claim(article=first)
        make_claim(article=second, quote="Four soldiers were hurt", continues=old, source=make_source(name="SANA"))
        assert carried(second) == Carried(1, 1, reworded=1)
        assert Claim.objects.in_article(second).count() == 1

    def test_a_claim_of_the_same_source_on_the_same_words_is_taken_for_it(self) -> None:
        first, second = versions([HURT, SAID])
        old = make_claim(article=first)
        own = make_claim(article=second, quote="said the strikes were an act of self-defence")
        assert carried(second) == Carried(1, 1, reworded=1, linked=1)
        own.refresh_from_db()
        assert (own.continues, own.version) == (old, 2)
        assert not carried(second).has_written

    @pytest.mark.parametrize("case", ["another source", "other words"])
    def test_another_claim_is_not(self, case: str) -> None:
        first, second = versions([HURT, SAID])
        make_claim(article=first)
        source = make_source(name="SANA") if case == "another source" else make_source()
        make_claim(article=second, source=source, quote="self-defence" if case == "other words" else SAID[4:])
        assert carried(second).made == 1
        assert Claim.objects.in_article(second).count() == 2

    def test_what_was_carried_gives_way_to_what_the_version_has_of_its_own(self) -> None:
        first, second = versions([SAID])
        old = make_claim(article=first)
        carried(second)
        own = make_claim(article=second, continues=old, speaker="Col. Veale")
        assert carried(second) == Carried(1, 1, placed=1, removed=1)
        assert Claim.objects.in_article(second).get() == own

    def test_unless_an_editor_has_touched_it(self, editor: User) -> None:
        first, second = versions([SAID])
        old = make_claim(article=first)
        carried(second)
        mine = Claim.objects.in_article(second).get()
        with changing([mine], open_changeset(Changeset.Kind.EDIT, editor, second)):
            Claim.objects.filter(pk=mine.pk).update(note="seen")
        make_claim(article=second, continues=old, speaker="Col. Veale")
        assert not carried(second).has_written
        assert Claim.objects.in_article(second).count() == 2

    def test_what_an_editor_deleted_does_not_come_again(self, editor: User) -> None:
        first, second = versions([SAID, HURT])
        make_claim(article=first)
        kept = make_claim(article=first, quote="Four soldiers were hurt")
        own = make_claim(article=second, quote="Four soldiers", continues=kept)
        carried(second)
        for claim in Claim.objects.in_article(second):
            now = stored(claim.uid)
            assert now
            delete_claim(now, Act(editor))
        assert carried(second) == Carried(1, 2, dropped=2)
        assert not Claim.objects.in_article(second).exists()
        assert Revision.objects.of_claims([own.uid]).exists()

    def test_versions_are_carried_over_one_after_the_other(self) -> None:
        first, second = versions([SAID])
        third = make_article(paragraphs=[LEFT, SAID], slug="third", revises=second)
        old = make_claim(article=first)
        carried(second)
        carried(third)
        new = Claim.objects.in_article(third).get()
        assert new.continues and new.continues.continues == old


class TestDoubt:
    def test_another_speaker_beside_it_is_a_doubt(self) -> None:
        first, second = versions([SAID.replace("The coalition", "Col. Veale")], [SAID])
        make_claim(article=first, speaker="The coalition")
        assert carried(second).doubtful == 1
        assert Claim.objects.attributed_otherwise().get().article == second

    APPOSED = "“We lost nine people,” Dr. Samir Haddad, who heads the directorate, told reporters."

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Samir Haddad, who heads", "Lina Saleh, who speaks for"),
            ("Dr. Samir Haddad, who heads", "a doctor, who heads"),
            ("Dr. Samir", "Dr. Lina"),
        ],
    )
    def test_so_is_one_behind_a_title_or_an_apposition(self, old: str, new: str) -> None:
        first, second = versions([self.APPOSED.replace(old, new), HURT], [self.APPOSED, HURT])
        make_claim(article=first, quote="We lost nine people", speaker="Dr. Samir Haddad")
        make_claim(article=first, quote="Four soldiers were hurt", speaker="the ministry")
        assert carried(second).doubtful == 1
        assert Claim.objects.attributed_otherwise().get().speaker == "Dr. Samir Haddad"

    def test_one_beside_any_of_its_passages_is_a_doubt(self) -> None:
        said = f"{self.APPOSED} “They were all civilians,” Haddad said."
        first, second = versions([said.replace("Haddad said", "Saleh said")], [said])
        rows = [make_highlight(first, "We lost nine people"), make_highlight(first, "They were all civilians")]
        make_claim(article=first, highlights=rows, speaker="Dr. Samir Haddad")
        assert carried(second).doubtful == 1

    @pytest.mark.parametrize("name", ["khusham-1", "khusham-2"])
    def test_nothing_that_stayed_is_one(self, name: str, tmp_path: Path) -> None:
        """Of the demo reports, each with more around it and in another order."""
        others = {"khusham-2.txt", "khusham-2.toml", "khusham-2.jsonld"} if name == "khusham-1" else set()
        put(tmp_path, *({path.name for path in SEEDS.glob("khusham*")} - others))
        bring_in(tmp_path)
        first = Article.objects.last_versions().get()
        texts = [row.text for row in first.paragraphs.order_by("position")]
        after = ["Gen. Roe, who was there, told reporters that nothing had changed.", *texts[1:], LEFT, texts[0]]
        second = make_article(paragraphs=after, slug="later", revises=first, story=first.story)
        result = carried(second)
        assert result.doubtful == 0 and result.placed > 20

    def test_the_same_speaker_is_none(self) -> None:
        first, second = versions([f"{LEFT} {SAID}"], [SAID])
        make_claim(article=first, speaker="The coalition")
        assert carried(second).doubtful == 0

    def doubtful(self) -> Claim:
        """One that may be attributed otherwise, and whose words are others."""
        said = SAID.replace("The coalition", "Col. Veale").replace("an act", "a matter")
        first, second = versions([said], [SAID])
        make_claim(article=first, speaker="The coalition")
        carried(second)
        return self.in_doubt()

    def in_doubt(self) -> Claim:
        """It is in one of the two lists, and among those of either kind."""
        claim = Claim.objects.attributed_otherwise().get()
        assert Claim.objects.unsure().get() == claim and not Claim.objects.reworded().exists()
        return claim

    def save_as_it_is(self, claim: Claim, editor: User) -> None:
        now = stored(claim.uid)
        assert now
        edit_claim(now, Entry(tuple(passages_of(now)), now.source, speaker=now.speaker), Act(editor))

    def test_readers_are_told_until_somebody_has_looked(self, editor: User, client: PageClient) -> None:
        claim = self.doubtful()
        before = claim.article.revises
        assert before and claim.source
        report = claim.article.get_absolute_url()
        for address in (report, claim.get_absolute_url(), "/claims/", f"{report}changes/"):
            assert "not yet checked" in words(main_of(client.get(address))), address
        assert self.code(client.get(report)) == f"{claim.source.code}?"
        assert "not yet checked" not in words(main_of(client.get(before.get_absolute_url())))
        self.save_as_it_is(claim, editor)
        for address in (report, claim.get_absolute_url(), "/claims/", f"{report}changes/"):
            assert "not yet checked" not in words(main_of(client.get(address))), address
        assert self.code(client.get(report)) == claim.source.code

    def code(self, page: Any) -> str:
        (sign,) = (node for node in tree_of(page).iter("a") if node.get("class") == "sign")
        return str(sign.get("data-code"))

    @pytest.mark.parametrize("kind", ["edit", "bulk", "split", "join", "restore"])
    def test_what_an_editor_does_to_it_settles_it(self, editor: User, kind: str) -> None:
        claim = self.doubtful()
        article = None if kind == "bulk" else claim.article
        with changing([claim], open_changeset(Changeset.Kind(kind), editor, article)):
            pass
        assert not Claim.objects.unsure().exists() and not Claim.objects.filter(is_doubtful=True).exists()

    def test_merging_its_source_does_not_nor_taking_that_back(self, editor: User) -> None:
        claim = self.doubtful()
        assert claim.source
        changeset = merge(claim.source, make_source(name="Central Command"), editor)
        assert self.in_doubt().is_doubtful, "readers are still told"
        unmerge(changeset, editor)
        assert self.in_doubt().version == claim.version + 2
        self.save_as_it_is(claim, editor)
        assert not Claim.objects.unsure().exists()

    def test_those_that_were_looked_at_before_looks_told_are_settled(self, editor: User) -> None:
        """What a release before this one left."""
        claim = self.doubtful()
        assert claim.source
        settle = import_module("articles.migrations.0019_settled_doubts").settle
        merge(claim.source, make_source(name="Central Command"), editor)
        settle(apps, None)
        assert self.in_doubt().is_doubtful
        self.save_as_it_is(claim, editor)
        Claim.objects.filter(pk=claim.pk).update(is_doubtful=True)
        settle(apps, None)
        assert not Claim.objects.filter(is_doubtful=True).exists()

    def test_nor_does_merging_on_nor_taking_back_the_first_of_two_merges(self, editor: User) -> None:
        claim = self.doubtful()
        assert claim.source
        central, pentagon = make_source(name="Central Command"), make_source(name="Pentagon")
        first = merge(claim.source, central, editor)
        merge(central, pentagon, editor)
        assert self.in_doubt().source == pentagon
        unmerge(first, editor)
        assert self.in_doubt().source == claim.source

    def test_what_is_done_to_the_claim_that_it_continues_does_not(self, editor: User) -> None:
        claim = self.doubtful()
        before = stored(claim.continues.uid) if claim.continues else None
        assert before
        changeset = delete_claim(before, Act(editor))
        assert self.in_doubt().continues is None
        undo(changeset, editor)
        assert self.in_doubt().continues

    def test_nor_does_restoring_that_one(self, editor: User) -> None:
        claim = self.doubtful()
        before = stored(claim.continues.uid) if claim.continues else None
        assert before
        delete_claim(before, Act(editor))
        restored = restore(Revision.objects.filter(claim_uid=before.uid).latest("version"), editor)
        assert self.in_doubt().continues == restored
        assert Changeset.objects.latest("pk").article == before.article
        self.save_as_it_is(claim, editor)
        assert not Claim.objects.unsure().exists()

    def test_nor_does_deleting_many_nor_undoing_that(self, editor: User) -> None:
        """Together with claims of other articles, as the admin does: the change is then of none."""
        claim = self.doubtful()
        other = make_claim(article=make_article(slug="other", paragraphs=[SAID]))
        before = stored(claim.continues.uid) if claim.continues else None
        assert before
        changeset = open_changeset(Changeset.Kind.DELETE, editor)
        delete_claims([before, other], changeset)
        assert self.in_doubt().continues is None
        undo(changeset, editor)
        assert self.in_doubt().continues

    def test_restoring_the_claim_itself_settles_it(self, editor: User) -> None:
        claim = self.doubtful()
        merge(Source.objects.get(pk=claim.source_id), make_source(name="Central Command"), editor)
        Claim.objects.filter(pk=claim.pk).update(note="kept")
        restore(Revision.objects.get(claim_uid=claim.uid, version=1), editor)
        assert not Claim.objects.unsure().exists()


def bring_in(folder: Path) -> dict[str, Imported]:
    return {job.path.name: job.run() for job in plan([folder])}


def put(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(SEEDS / name, folder)


class TestTheDemo:
    """The second version without its claims, which are to be found without help."""

    FILES = ("khusham-2018.toml", "khusham-1.txt", "khusham-1.toml", "khusham-1.jsonld", "khusham-2.txt")

    def test_of_21_claims_20_are_found_and_their_new_speakers_are_seen(self, tmp_path: Path) -> None:
        put(tmp_path, *self.FILES, "khusham-2.toml")
        notes = bring_in(tmp_path)["khusham-2.txt"].notes
        assert notes[-1].startswith("Claims of version 1: 21 = 17 placed + 3 reworded + 1 orphaned; 21 carried over")
        assert "15 perhaps attributed otherwise" in notes[-1]
        put(tmp_path, "khusham-2.jsonld")
        carried = {claim.continues_id: claim for claim in Claim.objects.filter(made_in__kind="carry")}
        bring_in(tmp_path)
        for claim in Claim.objects.filter(article__version_number=2, continues__isnull=False):
            if (guess := carried.get(claim.continues_id)) and guess.reading_order is not None and claim.continues:
                assert (
                    guess.reading_order == claim.reading_order
                    or claim.quote in guess.quote
                    or guess.quote in claim.quote
                )
                told = (claim.continues.cue, claim.continues.speaker.lower()) != (claim.cue, claim.speaker.lower())
                assert guess.is_doubtful is told

    def test_claims_that_come_later_take_their_places(self, tmp_path: Path) -> None:
        put(tmp_path, *self.FILES, "khusham-2.toml")
        bring_in(tmp_path)
        put(tmp_path, "khusham-2.jsonld")
        result = bring_in(tmp_path)["khusham-2.txt"]
        assert "20 gave way to the file’s own" in result.notes[-1]
        assert Claim.objects.filter(article__version_number=2).count() == 35 + 1
        again = bring_in(tmp_path)["khusham-2.txt"]
        assert (again.outcome, again.notes) == ("unchanged", [])
        assert not [*check_claims(repair=False), *check_revisions()]


def test_queries_do_not_grow_with_the_number_of_claims() -> None:
    counts = []
    for number in (2, 60):
        text = [f"Number {one} said “{one} were hurt”. {LEFT}" for one in range(number)]
        first = make_article(paragraphs=text, slug=f"first-{number}")
        second = make_article(paragraphs=[*text[1:], HURT], slug=f"second-{number}", revises=first)
        for one in range(number):
            make_claim(article=first, quote=f"“{one} were hurt”")
        with CaptureQueriesContext(connection) as queries:
            carry_over(second)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 35


def test_nothing_is_left_of_what_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = versions([SAID])
    make_claim(article=first)
    monkeypatch.setattr("articles.writing.versions.create_claims", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        carry_over(second)
    assert not Changeset.objects.filter(kind="carry").exists()


def test_a_deleted_claim_of_the_first_version_leaves_the_second_one_alone(editor: User) -> None:
    first, second = versions([SAID])
    old = make_claim(article=first)
    carried(second)
    delete_claims([old], open_changeset(Changeset.Kind.DELETE, editor, first))
    assert Claim.objects.in_article(second).get().continues is None
    assert carried(second).before == 0


class TestPages:
    def test_the_articles_data_say_what_was_carried_over(self, editors_browser: PageClient) -> None:
        first, second = versions([HURT, LEFT])
        make_claim(article=first)
        address = f"{second.get_absolute_url()}edit/"
        assert "Carried over" not in words(main_of(editors_browser.get(address)))
        carried(second)
        said = words(main_of(editors_browser.get(address)))
        assert "claims of version 1: 1 = 0 placed + 0 reworded + 1 orphaned; 1 carried over now" in said

    def test_a_new_version_from_the_browser_says_it_before_it_is_saved_and_then_has_the_claims(
        self, editors_browser: PageClient
    ) -> None:
        first = make_article(paragraphs=[SAID, LEFT], slug="first", import_key="first")
        make_claim(article=first)
        text = f"{LEFT}\n\n{SAID}"
        form = {"text": text, "revises": "first", "begun": "first", "language": "en", "token": str(uuid4())}
        form["checked"] = sha256(text.encode()).hexdigest()
        checked = main_of(editors_browser.post("/articles/new/", {**form, "step": "check"}))
        assert "Claims of version 1: 1 = 1 placed + 0 reworded + 0 orphaned" in words(checked)
        assert Claim.objects.count() == 1
        editors_browser.post("/articles/new/", {**form, "step": "publish"})
        new = Claim.objects.exclude(article=first).get()
        assert (new.continues.article if new.continues else None) == first
        assert new.made_in.editor

    def test_the_page_of_a_claim_that_is_not_found_offers_what_to_do(self, editors_browser: PageClient) -> None:
        first, second = versions([HURT, LEFT])
        make_claim(article=first)
        carried(second)
        claim = Claim.objects.in_article(second).get()
        page = main_of(editors_browser.get(claim.get_absolute_url()))
        assert f"{second.get_absolute_url()}?place={claim.uid}" in links(page)
        assert "Dropped by the outlet" in words(page)
