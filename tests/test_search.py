"""The index is in step with every kind of write, and finds what a naive scan finds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article, Changeset, Claim, Revision
from articles.models.words import ARTICLES, CLAIMS, MARKED, ClaimWords, mark_of, marks_of
from articles.search import find_wrong, languages
from articles.snapshots import Draft, whole
from articles.text.seeking import is_found, read_query
from articles.text.words import language_of, words
from articles.writing.bulk import set_source, set_status
from articles.writing.checking import check_index
from articles.writing.editing import EditError, changing, create_claims, delete_claims, open_changeset, rewrite_claim
from articles.writing.merging import merge, unmerge
from articles.writing.publishing import save_metadata
from articles.writing.restoring import restore
from articles.writing.undoing import undo
from tests.examples import examples
from tests.factories import make_article, make_claim, make_editor, make_highlight, make_source, make_story, orphan

pytestmark = pytest.mark.django_db


def claims_with(asked: str, **options: Any) -> list[str]:
    sought = read_query(asked, languages(), **options)
    return list(Claim.objects.found_by(sought).last_indexed_first().values_list("uid", flat=True))


def assert_held_is_matched(asked: str, **options: Any) -> None:
    """Rows that are looked into, and what the index finds."""
    sought = read_query(asked, languages(), **options)
    if not sought or connection.vendor != "sqlite":
        return
    held, matched = (
        set(ClaimWords.objects.filter(**{f"index__{how}": sought}).values_list("pk", flat=True))
        for how in ("holds", "matches")
    )
    assert held == matched, asked


def articles_with(asked: str, **options: Any) -> list[str]:
    sought = read_query(asked, languages(), **options)
    return list(Article.objects.found_by(sought).last_indexed_first().values_list("slug", flat=True))


def assert_in_step() -> None:
    assert not [(one.rows, one.strays) for one in find_wrong() if one.rows or one.strays]


def test_words_phrases_and_beginnings_find_claims() -> None:
    report = make_article(paragraphs=["The coalition said the strikes were self-defence.", "SANA said nothing."])
    make_claim(article=report, quote="the strikes were self-defence", speaker="Col. Thomas Veale", uid="strikes")
    make_claim(article=report, quote="nothing", uid="nothing")
    for asked in (
        "strike",
        "STRIKES",
        "the strikes",
        "“the strikes were”",
        "self-defence",
        "defen*",
        "veale",
        "Col. Veale",
    ):
        assert claims_with(asked) == ["strikes"], asked
    for asked in ("“strike”", "“were strikes”", "coalition", "strike nothing", "“defence col”", "", "*"):
        assert claims_with(asked) == [], asked
    assert claims_with("def", is_typing=True) == ["strikes"]
    assert articles_with("coalition nothing") == articles_with("syria strike") == ["strikes"], "title and text together"
    assert articles_with("“self-defence sana”") == [], "no phrase runs from one paragraph into the next"


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("en-GB", "They attacked repeatedly", "attacking"),
        ("ar", "وقالت القوات إن مقاتلين قتلوا", "مقاتلون"),
        ("ru", "Министерство обороны сообщило об ополченцах", "ополченцы"),
        ("ru", "самолёт", "самолет"),
        ("de", "Die Angriffe der Kräfte", "Angriff"),
        ("fr", "les généraux", "generaux"),
        ("ja", "国防省は発表した", "発表"),
        ("tlh", "nuqneH wo’", "nuqneh"),
    ],
)
def test_every_language_is_found_by_its_stems(language: str, text: str, asked: str) -> None:
    make_claim(article=make_article(paragraphs=[text], language=language), quote=text, uid="one")
    assert claims_with(asked) == ["one"]
    assert articles_with(asked) == ["strikes"]


def test_notes_are_found_by_those_alone_who_may_read_them() -> None:
    make_claim(note="check the casualties again", uid="noted")
    assert claims_with("casualty") == claims_with("“the casualties”") == []
    assert claims_with("casualty", in_notes=True) == claims_with("“the casualties”", in_notes=True) == ["noted"]
    assert claims_with("casua*", in_notes=True) == ["noted"]
    assert claims_with("“casualty”", in_notes=True) == [], "a stem is not what is written"


def test_the_last_indexed_comes_first() -> None:
    report = make_article()
    uids = [make_claim(article=report, quote="strikes").uid for _ in range(3)]
    assert claims_with("strikes") == uids[::-1]


def whole_claim(claim: Claim) -> Claim:
    return whole(Claim.objects.filter(pk=claim.pk)).get()


def _edit(claim: Claim, editor: User) -> None:
    changed = whole_claim(claim)
    draft = Draft.of(changed)
    draft.claim = Claim(source=changed.source, speaker="Veale", note="noted", status=changed.status)
    draft.highlights = [make_highlight(claim.article, "coalition")]
    rewrite_claim(changed, draft, open_changeset(Changeset.Kind.EDIT, editor, claim.article))


def _set_together(claim: Claim, editor: User) -> None:
    set_status([claim], Claim.Status.REJECTED, editor)


def _delete(claim: Claim, editor: User) -> None:
    delete_claims([claim], open_changeset(Changeset.Kind.DELETE, editor))


def _restore(claim: Claim, editor: User) -> None:
    _edit(claim, editor)
    _delete(whole_claim(claim), editor)
    restore(Revision.objects.of_claims([claim.uid]).get(version=1), editor)


def _undo(claim: Claim, editor: User) -> None:
    changeset = open_changeset(Changeset.Kind.EDIT, editor, claim.article)
    with changing([claim], changeset):
        Claim.objects.filter(pk=claim.pk).update(speaker="Somebody")
    undo(changeset, editor)


def _merge(claim: Claim, editor: User) -> None:
    assert claim.source
    unmerge(merge(claim.source, make_source(name="Other", code="OTH"), editor), editor)


def _rename(claim: Claim, editor: User) -> None:
    claim.article.title = "Another title"
    save_metadata(claim.article, ["title"], open_changeset(Changeset.Kind.EDIT, editor, claim.article))
    assert articles_with("another") == ["strikes"]


def _translate(claim: Claim, editor: User) -> None:
    claim.article.language = "de"
    save_metadata(claim.article, ["language"], open_changeset(Changeset.Kind.EDIT, editor, claim.article))


def _retag(claim: Claim, editor: User) -> None:
    set_source([claim], make_source(name="Other", code="OTH"), editor)


def _move(claim: Claim, editor: User) -> None:
    claim.article.story, claim.article.outlet = make_story(slug="elsewhere"), make_source(name="Paper", kind="outlet")
    save_metadata(claim.article, ["story", "outlet"], open_changeset(Changeset.Kind.EDIT, editor, claim.article))


def _merge_outlet(claim: Claim, editor: User) -> None:
    _move(claim, editor)
    assert claim.article.outlet
    merge(claim.article.outlet, make_source(name="Another", code="AN", kind="outlet"), editor)


WRITES = [
    *(_edit, _set_together, _delete, _restore, _undo, _merge, _rename, _translate, _retag, _move, _merge_outlet),
]


@pytest.mark.parametrize("write", WRITES)
def test_the_index_follows_every_write(write: Callable[[Claim, User], None], editor: User) -> None:
    claim = make_claim(note="a note of strikes", speaker="Col. Veale")
    make_claim(article=claim.article, highlights=[orphan("lost words")])
    write(claim, editor)
    assert_in_step()


def test_marks_are_told_apart() -> None:
    keys = [1, 2, 59_999, 60_000, 60_001, 119_999_999]
    marks = [mark_of(kind, key) for kind in MARKED for key in keys]
    assert len(set(marks)) == len(marks)
    assert {len(mark) for mark in marks} == {2}
    assert not any(words(mark) for mark in marks), "a text has a mark for a word"
    with pytest.raises(ValueError, match="too large"):
        mark_of("source", 120_000_000)
    assert marks_of(None, None, None) == ""
    assert marks_of(3, None, 5).split() == [mark_of("source", 3), mark_of("story", 5)]


def test_a_text_cannot_pass_for_a_mark() -> None:
    source = make_source()
    claim = make_claim(source=source, quote="The coalition", uid="one")
    other = make_article(slug="other", paragraphs=[f"Somebody wrote {mark_of('source', source.pk)} coalition."])
    make_claim(article=other, source=make_source(name="SANA"), quote="coalition", speaker=mark_of("source", source.pk))
    sought = replace(read_query("coalition", ["en"]), marks=((mark_of("source", source.pk),),))
    assert list(Claim.objects.found_by(sought)) == [claim]


def test_what_is_found_follows_an_edit(editor: User) -> None:
    claim = make_claim(uid="one")
    _edit(claim, editor)
    assert claims_with("strikes") == []
    assert claims_with("coalition veale") == ["one"]


def test_what_is_deleted_leaves_the_index(editor: User) -> None:
    claim = make_claim()
    _delete(claim, editor)
    claim.article.delete()
    with connection.cursor() as cursor:
        for table in (CLAIMS, ARTICLES):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def test_a_refused_write_leaves_the_index_as_it_was(editor: User) -> None:
    report = make_article()
    claim = Claim(article=report, source=None, status="accepted")
    with pytest.raises(EditError):
        create_claims(
            [Draft(claim, [make_highlight(report, "coalition")])], open_changeset(Changeset.Kind.CREATE, editor)
        )
    assert claims_with("coalition") == []


def test_an_index_that_is_wrong_is_found_and_repaired() -> None:
    claim = make_claim(note="noted", uid="one")
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {CLAIMS}")
        cursor.execute(f"DELETE FROM {ARTICLES}")
    found = list(check_index(repair=False))
    assert [(one.where, one.repaired) for one in found] == [
        (f"{CLAIMS} {claim.pk}", False),
        (f"{ARTICLES} {claim.article.pk}", False),
    ]
    assert all(one.repaired for one in check_index(repair=True))
    assert not list(check_index(repair=False))
    assert claims_with("strike") == ["one"]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {CLAIMS} SET rowid = rowid + 100")
    assert {one.what for one in check_index(repair=True)} == {
        "the index holds other words",
        "the index holds words of nothing",
    }
    assert_in_step()


ASKED = [
    *(
        "",
        "*",
        '"',
        "“",
        "a AND",
        "NEAR(a b)",
        "a NEAR b",
        "{words}: a",
        "-a",
        "^a",
        "a OR",
        "'a' & !b",
        "a:*",
        "\x00a\x00",
    ),
    *("'; DROP TABLE articles_claim; --", "\\", "%s", "()", "﷽ ﷺ ⑴ ½", "a" * 10_000, "a " * 5_000, "😀", "ـ", "\ud800"),
]


@pytest.mark.parametrize("asked", ASKED, ids=range(len(ASKED)))
def test_nothing_that_is_asked_for_is_refused(asked: str) -> None:
    make_claim()
    for options in ({}, {"in_notes": True}, {"is_typing": True}):
        assert isinstance(claims_with(asked, **options), list)
        assert isinstance(articles_with(asked, **options), list)
        assert_held_is_matched(asked, **options)


def test_a_very_long_text_is_indexed() -> None:
    text = " ".join(f"{number:x}wörd" for number in range(60_000))
    make_article(paragraphs=[text])
    assert articles_with("“0wörd 1word”") == ["strikes"]


WORDS = [
    "strike",
    "strikes",
    "striking",
    "Khusham’s",
    "US-led",
    "résumé",
    "resume",
    "ударами",
    "удар",
    "القوات",
    "قوات",
    "北京",
]
SPACED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


class FoundTests(TestCase):
    @settings(max_examples=examples(60))
    @given(st.lists(st.tuples(SPACED, st.sampled_from(["en", "ar", "ru", "fr"])), max_size=4), st.sampled_from(WORDS))
    def test_a_word_finds_what_a_naive_scan_finds(self, reports: list[tuple[str, str]], word: str) -> None:
        for number, (text, language) in enumerate(reports):
            article = make_article(slug=f"report-{number}", paragraphs=[text], language=language, title="T")
            make_claim(article=article, quote=text, uid=f"claim{number}")
        for asked in (word, f"“{word}”", f"{word[:3]}*"):
            sought = read_query(asked, languages())
            naive = [at for at, (text, tag) in enumerate(reports) if is_found(sought, [text], language_of(tag))]
            assert sorted(claims_with(asked)) == [f"claim{at}" for at in naive]
            assert sorted(articles_with(asked)) == [f"report-{at}" for at in naive]

    @settings(max_examples=examples(60))
    @given(st.lists(st.tuples(SPACED, SPACED), max_size=4), SPACED, st.booleans())
    def test_what_is_looked_into_holds_what_the_index_finds(
        self, claims: list[tuple[str, str]], asked: str, in_notes: bool
    ) -> None:
        for number, (text, note) in enumerate(claims):
            make_claim(article=make_article(slug=f"r-{number}", paragraphs=[text]), quote=text, note=note)
        for one in (asked, f"“{asked}”", f"“{asked}”*", f"{asked[:3]}*", f"{asked}*"):
            assert_held_is_matched(one, in_notes=in_notes)


def test_readers_find_what_they_may_see() -> None:
    make_claim(uid="one")
    for status in ("suggested", "rejected"):
        make_claim(article=Article.objects.get(), status=status)
    found = Claim.objects.visible_to(AnonymousUser()).found_by(read_query("strikes", []))
    assert found.count() == 1
    assert Claim.objects.visible_to(make_editor()).found_by(read_query("strikes", [])).count() == 3
