"""Annotations that come in: our own exports back again, and those of other tools."""

import json
from io import StringIO
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing.annotations import Fate, import_annotations
from articles.models import Answer, Article, Changeset, Claim, Highlight, Revision, Source
from articles.writing.checking import check_all, check_claims, check_revisions
from articles.writing.editing import EditConflict, EditError, changing, delete_claims, open_changeset
from articles.writing.undoing import claims_brought_by, undo, undo_all
from tests.conftest import SEEDS
from tests.examples import examples
from tests.factories import make_article, make_claim, make_editor, make_source

pytestmark = pytest.mark.django_db

QUOTE = "the strikes were an act of self-defence"
PARAGRAPHS = ["👩‍🚀 The coalition 🚀 said " + QUOTE + ".", "“Then more,” he said, “and more.” Then more came."]
PLAIN = "\n".join(PARAGRAPHS)


def take(path: Path) -> str:
    out = StringIO()
    call_command("import_annotations", path, stdout=out)
    return out.getvalue()


def written(path: Path, *items: Any) -> Path:
    """JSON, or JSON Lines by its name."""
    lines = [json.dumps(item, ensure_ascii=False) for item in items]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def target(exact: str, *, start: int | None = None, source: str = "http://elsewhere.example/articles/strikes/") -> Any:
    place = [] if start is None else [{"type": "TextPositionSelector", "start": start, "end": start + len(exact)}]
    return {"source": source, "selector": [{"type": "TextQuoteSelector", "exact": exact}, *place]}


def annotation(exact: str, **fields: Any) -> Any:
    body = {"type": "SpecificResource", "purpose": "identifying", "source": "urn:newsdesk:source:coalition"}
    return {"type": "Annotation", "body": body, "target": target(exact), **fields}


def fates(path: Path) -> list[Fate]:
    return [one.fate for one in import_annotations(path)]


def rows() -> list[Any]:
    models = (Article, Claim, Highlight, Answer, Source, Changeset, Revision)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def report() -> Article:
    make_source()
    return make_article(paragraphs=PARAGRAPHS)


class TestRoundTrip:
    @pytest.mark.parametrize("query", ["format=jsonl", "format=jsonld&whole=1"])
    def test_what_went_out_comes_in_as_it_was(self, query: str, tmp_path: Path) -> None:
        before = self.exported(query)
        # PostgreSQL empties no table of which a constraint waits for the end of the transaction.
        connection.check_constraints()
        call_command("flush", interactive=False, verbosity=0)
        call_command("check_desk", "--repair", stdout=StringIO())  # `flush` does not know the search index.
        texts = copytree(SEEDS, tmp_path / "seeds", ignore=ignore_patterns("*.jsonld"))
        call_command("import_articles", texts, stdout=StringIO())
        assert not Claim.objects.exists()
        file = tmp_path / f"claims.{query[7:].partition('&')[0]}"
        file.write_text(before)
        assert take(file).endswith("56 annotations = 55 placed + 1 reworded.\n")
        assert Client().get(f"/claims/?versions=all&{query}").getvalue().decode() == before
        call_command("check_desk", stdout=StringIO())
        self.twice(file)
        self.files_again(texts)

    def exported(self, query: str) -> str:
        """With a claim that was edited, and one that is found by likeness."""
        call_command("import_articles", stdout=StringIO())
        edited, reworded = Claim.objects.on_the_page()[:2]
        with changing([edited, reworded], open_changeset(Changeset.Kind.EDIT, make_editor())):
            Claim.objects.filter(pk=edited.pk).update(note="With a note.", speaker="=1+1")
            Highlight.objects.filter(claim=reworded).update(state="reworded")
        exported = Client().get(f"/claims/?versions=all&{query}").getvalue().decode()
        assert "With a note." in exported and "reworded" in exported and "modified" in exported
        return str(exported)

    def twice(self, file: Path) -> None:
        before = rows()
        assert take(file).endswith("56 annotations = 56 unchanged.\n")
        assert rows() == before

    def files_again(self, texts: Path) -> None:
        """Neither takes a text without claims them back, nor one beside which other claims stand."""
        before = Claim.objects.count()
        call_command("import_articles", texts, stdout=StringIO())
        (texts / "khusham-1.jsonld").write_text('{"items": []}')
        call_command("import_articles", texts, stdout=StringIO())
        assert Claim.objects.count() >= before

    def test_a_source_that_is_not_here_gets_its_name(self, report: Article, tmp_path: Path) -> None:
        item = annotation(QUOTE)
        item["body"] = [
            {"purpose": "identifying", "source": "urn:newsdesk:source:us-officials"},
            {"purpose": "tagging", "value": "US officials"},
        ]
        take(written(tmp_path / "a.jsonld", [item]))
        source = Claim.objects.get().source
        assert source and (source.slug, source.name) == ("us-officials", "US officials")


class TestFates:
    def test_each_item_has_one_and_they_add_up(self, report: Article, tmp_path: Path) -> None:
        items = [
            annotation(QUOTE),
            annotation("The coalition said the strikes were clearly an act of its self-defence"),
            annotation("Words that nobody has ever heard in this town"),
            annotation("Then more", target=[]),
            annotation("x", target=target("x", source="/articles/elsewhere/")),
            "no annotation",
        ]
        said = take(written(tmp_path / "a.jsonld", items))
        assert "6 annotations = 1 placed + 1 reworded + 1 orphaned + 3 rejected." in said
        assert "has the address “/articles/elsewhere/”" in said
        placed, reworded, orphaned = Claim.objects.order_by("pk")
        assert placed.quote == QUOTE
        assert QUOTE in reworded.quote and reworded.highlights.get().state == "reworded"
        assert orphaned.quote.startswith("Words that") and orphaned.reading_order is None
        assert [*check_claims(repair=False)] == [*check_revisions()] == []
        assert fates(tmp_path / "a.jsonld").count(Fate.UNCHANGED) == 3

    @pytest.mark.parametrize(
        "address",
        ["strikes", "/articles/strikes/", "https://x.example/articles/strikes", "https://cnn.example/a"],
    )
    def test_an_article_is_known_by_its_addresses(self, address: str, report: Article, tmp_path: Path) -> None:
        Article.objects.update(url="https://cnn.example/a")
        item = annotation(QUOTE, target=target(QUOTE, source=address))
        assert fates(written(tmp_path / "a.jsonld", [item])) == [Fate.PLACED]

    @pytest.mark.parametrize("address", ["", "http://[", "\x00", "/articles/none/", "https://cnn.example/b"])
    def test_no_other_article_is_taken_for_it(self, address: str, report: Article, tmp_path: Path) -> None:
        item = annotation(QUOTE, target=target(QUOTE, source=address))
        assert fates(written(tmp_path / "a.jsonld", [item])) == [Fate.REJECTED]

    def test_what_an_editor_changed_or_deleted_stays(self, report: Article, tmp_path: Path) -> None:
        items = [
            annotation(QUOTE, id="urn:newsdesk:claim:first"),
            annotation("and more", id="urn:newsdesk:claim:later"),
        ]
        file = written(tmp_path / "a.jsonld", items)
        take(file)
        first, later = Claim.objects.order_by("uid")
        changeset = open_changeset(Changeset.Kind.EDIT, make_editor())
        with changing([first], changeset):
            Claim.objects.filter(pk=first.pk).update(note="Mine.")
        delete_claims([later], changeset)
        assert fates(file) == [Fate.KEPT, Fate.KEPT]
        assert Claim.objects.get().note == "Mine."

    def test_what_an_editor_changed_is_the_same_in_a_file_made_since(self, report: Article, tmp_path: Path) -> None:
        item = annotation(QUOTE, id="urn:newsdesk:claim:first")
        take(written(tmp_path / "a.jsonld", [item]))
        claim = Claim.objects.get()
        with changing([claim], open_changeset(Changeset.Kind.EDIT, make_editor())):
            Claim.objects.filter(pk=claim.pk).update(speaker="A spokesman")
        item["body"]["speaker"] = "A spokesman"
        assert fates(written(tmp_path / "b.jsonld", [item])) == [Fate.UNCHANGED]
        item["body"]["speaker"] = "Another"
        assert fates(written(tmp_path / "c.jsonld", [item])) == [Fate.KEPT]

    def test_what_the_file_changed_is_updated(self, report: Article, tmp_path: Path) -> None:
        item = annotation(QUOTE, id="urn:newsdesk:claim:first")
        take(written(tmp_path / "a.jsonld", [item]))
        item["body"]["speaker"] = "A spokesman"
        assert fates(written(tmp_path / "a.jsonld", [item])) == [Fate.PLACED]
        assert Claim.objects.get().speaker == "A spokesman"

    def test_the_id_of_another_articles_claim_is_refused(self, report: Article, tmp_path: Path) -> None:
        make_claim(article=make_article(slug="other"), uid="taken")
        item = annotation(QUOTE, id="urn:newsdesk:claim:taken")
        twice = annotation(QUOTE, id="urn:newsdesk:claim:mine")
        file = written(tmp_path / "a.jsonld", [item, twice, twice])
        assert fates(file) == [Fate.REJECTED, Fate.PLACED, Fate.REJECTED]

    def test_utf_16_offsets_are_known_by_the_words(self, report: Article, tmp_path: Path) -> None:
        """“Then more” stands twice; the offset says which is meant."""
        point = PLAIN.rindex("Then more")
        units = len(PLAIN[:point].encode("utf-16-le")) // 2
        assert units == point + 3
        for start in (point, units):
            Claim.objects.all().delete()
            item = annotation("Then more", target=target("Then more", start=start))
            assert fates(written(tmp_path / "a.jsonld", [item])) == [Fate.PLACED]
            assert Highlight.objects.get().start == PARAGRAPHS[1].rindex("Then more")

    def test_a_dry_run_writes_nothing(self, report: Article, tmp_path: Path) -> None:
        out = StringIO()
        file = written(tmp_path / "a.jsonld", [annotation("no such words are here")])
        before = rows()
        call_command("import_annotations", file, "--dry-run", stdout=out)
        assert "1 orphaned" in out.getvalue() and "Nothing was written." in out.getvalue()
        assert rows() == before

    @pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "3", '{"a": 1}', "1" * 5000])
    def test_a_file_that_is_none_fails_with_a_sentence(self, content: str, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonld"
        file.write_text(content)
        with pytest.raises(CommandError, match="1 of 1 files"):
            take(file)


class TestUndoing:
    """An import is one act, which an editor takes back as a whole."""

    ITEMS = [
        annotation(QUOTE, id="urn:newsdesk:claim:first"),
        annotation("and more", id="urn:newsdesk:claim:later"),
        annotation("nowhere in it at all", id="urn:newsdesk:claim:stray"),
    ]

    def taken(self, path: Path, *items: Any, editor: Any = None) -> list[Changeset]:
        """The acts that the import consists of."""
        uids = {one.changeset for one in import_annotations(written(path / "a.jsonl", *items), editor)}
        return list(Changeset.objects.with_uids(uids).order_by("pk"))

    def sound(self) -> None:
        assert [one.what for one in check_all() if "text as given" not in one.what] == []

    def test_what_it_made_goes(self, report: Article, tmp_path: Path, editor: User) -> None:
        kept = make_claim(article=report, quote="The coalition")
        (changeset,) = self.taken(tmp_path, *self.ITEMS)
        assert Claim.objects.count() == 4 and claims_brought_by(changeset) == 3
        undone = undo(changeset, editor)
        assert list(Claim.objects.all()) == [kept]
        assert (undone.kind, undone.editor, undone.article) == ("restore", editor, report)
        assert undo(changeset, editor) == undone, "twice does it once"
        self.sound()

    def test_what_it_changed_is_what_it_was(self, report: Article, tmp_path: Path, editor: User) -> None:
        (first,) = self.taken(tmp_path, self.ITEMS[0])
        other = annotation("The coalition", id="urn:newsdesk:claim:first")
        (second,) = self.taken(tmp_path, other, *self.ITEMS[1:])
        assert Claim.objects.get(uid="first").quote == "The coalition"
        undo(second, editor)
        assert Claim.objects.get().quote == QUOTE
        undo(first, editor)
        assert not Claim.objects.exists()
        self.sound()

    def test_it_can_come_again_and_be_undone_again(self, report: Article, tmp_path: Path, editor: User) -> None:
        (first,) = self.taken(tmp_path, *self.ITEMS)
        undo(first, editor)
        (again,) = self.taken(tmp_path, *self.ITEMS)
        assert Claim.objects.count() == 3
        assert fates(tmp_path / "a.jsonl") == [Fate.UNCHANGED] * 3
        assert claims_brought_by(again) == 3
        undo(again, editor)
        assert not Claim.objects.exists()
        self.sound()

    def test_what_an_editor_deleted_before_stays_away(self, report: Article, tmp_path: Path, editor: User) -> None:
        self.taken(tmp_path, self.ITEMS[0])
        delete_claims(list(Claim.objects.all()), open_changeset(Changeset.Kind.DELETE, editor))
        (second,) = self.taken(tmp_path, self.ITEMS[1])
        undo(second, editor)
        assert fates(written(tmp_path / "a.jsonl", *self.ITEMS[:2])) == [Fate.KEPT, Fate.PLACED]

    @pytest.mark.parametrize("act", ["edit", "delete"])
    def test_nothing_goes_where_one_was_changed_since(
        self, report: Article, tmp_path: Path, editor: User, act: str
    ) -> None:
        (changeset,) = self.taken(tmp_path, *self.ITEMS)
        claim = Claim.objects.get(uid="later")
        since = open_changeset(Changeset.Kind(act), editor, report)
        if act == "delete":
            delete_claims([claim], since)
        else:
            with changing([claim], since):
                Claim.objects.filter(pk=claim.pk).update(note="Mine.")
        before = rows()
        with pytest.raises(EditConflict):
            undo(changeset, editor)
        assert rows() == before

    def test_what_was_taken_in_parts_goes_together(
        self, report: Article, tmp_path: Path, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.importing.annotations.AT_ONCE", 1)
        self.taken(tmp_path, annotation("“Then", id="urn:newsdesk:claim:before"))
        other = make_article(slug="other", paragraphs=PARAGRAPHS)
        elsewhere = annotation(QUOTE, target=target(QUOTE, source="/articles/other/"))
        parts = self.taken(tmp_path, *self.ITEMS[:2], elsewhere, self.ITEMS[2])
        assert [one.article for one in parts] == [report, report, other, report]
        assert claims_brought_by(parts[1]) == 3
        undo(parts[1], editor)
        assert {claim.article.slug for claim in Claim.objects.all()} == {"other", "strikes"}
        assert [claim.uid for claim in Claim.objects.in_article(report)] == ["before"]
        undo_all(parts, editor)
        assert [claim.uid for claim in Claim.objects.all()] == ["before"]
        self.sound()

    def test_files_beside_texts_are_not_undone_here(self, tmp_path: Path, editor: User) -> None:
        call_command("import_articles", stdout=StringIO())
        with pytest.raises(EditError, match="imported is not undone here"):
            undo(Claim.objects.all()[0].made_in, editor)


def test_many_are_undone_in_few_queries(
    report: Article, tmp_path: Path, editor: User, django_assert_max_num_queries: Any
) -> None:
    words = [PARAGRAPHS[0][at : at + 9] for at in range(8, 38)]
    items = [annotation(one, target=target(one, start=8 + at)) for at, one in enumerate(words)]
    file = written(tmp_path / "a.jsonl", *items)
    with django_assert_max_num_queries(60):
        assert fates(file) == [Fate.PLACED] * 30
    with django_assert_max_num_queries(40):
        undo(Changeset.objects.imports().latest("pk"), editor)
    assert not Claim.objects.exists()


class TestOtherTools:
    def test_hypothesis(self, report: Article, tmp_path: Path) -> None:
        Article.objects.update(url="https://cnn.example/a")
        row = {
            "id": "hYp0",
            "uri": "https://cnn.example/a",
            "text": "Check this.",
            "tags": ["Coalition", "later"],
            "user": "acct:somebody@hypothes.is",
            "target": [
                {
                    "source": "https://cnn.example/a",
                    "selector": [
                        {"type": "RangeSelector", "startContainer": "/p[1]"},
                        {"type": "TextPositionSelector", "start": 4_000, "end": 4_039},
                        {"type": "TextQuoteSelector", "exact": QUOTE, "prefix": "said ", "suffix": "."},
                    ],
                }
            ],
        }
        reply = {**row, "id": "reply", "references": ["hYp0"], "target": [{"source": "https://cnn.example/a"}]}
        file = written(tmp_path / "hypothesis.json", {"rows": [row, reply], "total": 2})
        said = take(file)
        assert "2 annotations = 1 placed + 1 rejected" in said and "reply" in said
        claim = Claim.objects.get()
        assert (claim.status, claim.source, claim.proposed_source) == ("suggested", None, "Coalition")
        assert (claim.quote, claim.note) == (QUOTE, "Check this.")
        assert fates(file) == [Fate.UNCHANGED, Fate.REJECTED]

    def test_recogito(self, report: Article, tmp_path: Path) -> None:
        units = len(PLAIN[: PLAIN.index(QUOTE)].encode("utf-16-le")) // 2
        item = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "#7d1c",
            "type": "Annotation",
            "body": [
                {"type": "TextualBody", "purpose": "commenting", "value": "A comment"},
                {"type": "TextualBody", "purpose": "tagging", "value": "SANA"},
            ],
            "target": {
                "source": "http://127.0.0.1:8000/articles/strikes/",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": QUOTE},
                    {"type": "TextPositionSelector", "start": units, "end": units + len(QUOTE)},
                ],
            },
        }
        file = written(tmp_path / "recogito.json", [item])
        assert fates(file) == [Fate.PLACED]
        claim = Claim.objects.get()
        assert (claim.proposed_source, claim.note, claim.quote) == ("SANA", "A comment", QUOTE)
        assert fates(file) == [Fate.UNCHANGED]

    def test_doccano(self, report: Article, tmp_path: Path) -> None:
        start = PLAIN.rindex("Then more")
        labels = {"id": 7, "text": PLAIN, "label": [[start, start + 9, "SANA"], [3, 1, "SANA"]], "Comments": []}
        entity = {"id": 1, "label": "Coalition", "start_offset": PLAIN.index(QUOTE), "end_offset": start - 45}
        other = {"id": 8, "text": PLAIN.replace("\n", "\n\n"), "entities": [entity], "relations": []}
        strange = {"id": 9, "text": "Another text.", "label": [[0, 7, "SANA"]]}
        file = written(tmp_path / "doccano.jsonl", labels, other, strange)
        assert fates(file) == [Fate.PLACED, Fate.REJECTED, Fate.PLACED, Fate.REJECTED]
        assert {claim.proposed_source for claim in Claim.objects.all()} == {"SANA", "Coalition"}
        assert Highlight.objects.get(quote="Then more").start == PARAGRAPHS[1].rindex("Then more")
        assert fates(file) == [Fate.UNCHANGED, Fate.REJECTED, Fate.UNCHANGED, Fate.REJECTED]

    def test_a_broken_line_is_named_by_its_number(self, report: Article, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonl"
        file.write_text(f'{json.dumps(annotation(QUOTE))}\n\n{{"broken\n[]\n', encoding="utf-8")
        assert [(one.line, one.fate.value) for one in import_annotations(file)] == [
            (1, "placed"), (3, "rejected"), (4, "rejected"),
        ]  # fmt: skip


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
NAMES = """
    id body target source selector type exact prefix suffix start end purpose value status continues created answers
    question low high choice place words asWorded found highlights article slug address quote text_start text_end
    text label entities start_offset end_offset uri tags references rows items first speaker cue note state
"""
KEYS = st.sampled_from(NAMES.split())
WORDS = st.sampled_from(
    ["TextQuoteSelector", "TextPositionSelector", "identifying", "tagging", "strikes", "/articles/strikes/", QUOTE,
     "accepted", "suggested", "urn:newsdesk:claim:0000", "orphaned", "reworded", "urn:newsdesk:source:coalition",
     "\x00"]
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS | WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(ANYTHING, max_size=3), lines=st.booleans())
def test_nothing_that_is_sent_breaks_it(items: list[Any], lines: bool, report: Article, tmp_path: Path) -> None:
    file = tmp_path / ("a.jsonl" if lines else "a.json")
    written(file, *items) if lines else written(file, items)
    assert all(isinstance(fate, Fate) for fate in fates(file))
