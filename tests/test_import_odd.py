"""Whatever stands in a file that is imported: nothing but the documented error, and the desk stays in order."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing.annotations import Fate, import_annotations
from articles.importing.files import ArticleFileError
from articles.importing.outcomes import Outcome
from articles.importing.sidecars import ArticleData
from articles.writing.checking import check_claims, check_places, check_revisions, check_sources
from tests.examples import examples
from tests.factories import make_article, make_question
from tests.reports import REPORT, STORY, put, run

pytestmark = pytest.mark.django_db

REPORT_AT = "http://x/articles/strikes/"
WORDS = ["The coalition said it struck.", "“We struck,” SANA said. 👩‍🚀 “We won.”"]
SETTINGS = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-2, 30)
    | st.sampled_from([10**18, -(10**30), 2**53, 2**63, 1e308, float("nan"), float("inf"), 0.5])
    | st.text(st.characters(codec=None), max_size=8)
    | st.sampled_from(["\x00", "\ud800", "\u202e", "é", "x" * 400, "'; --", "../x", "http://[", "urn:newsdesk:claim:"])
)
odd = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
deep = st.integers(50, 3_000).map(lambda depth: "[" * depth + "]" * depth)


def or_odd(*values: Any) -> st.SearchStrategy[Any]:
    """Mostly as it should be, so that what is odd comes to be read at all."""
    return st.sampled_from([*values, *values]) | odd


def record(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


quotes = or_odd("it struck", "The coalition said", "We won", "nowhere")
places = or_odd(0, 4, 12, 19, 28, 33)
answers = st.lists(
    record(
        question=or_odd("how-many", "hurt"),
        **dict.fromkeys(["low", "high"], or_odd(1, 5)),
        **dict.fromkeys(["about", "choice", "place", "words"], odd),
        **dict.fromkeys(["asWorded", "as_worded"], or_odd("one")),
    ),
    max_size=2,
)
selectors = st.lists(
    record(type=or_odd("TextQuoteSelector"), exact=quotes, prefix=odd, suffix=odd)
    | record(type=or_odd("TextPositionSelector"), start=places, end=places),
    max_size=3,
)
targets = st.lists(
    record(
        source=or_odd(REPORT_AT, "strikes"),
        selector=selectors | odd,
        id=odd,
        found=or_odd("orphaned"),
    ),
    max_size=2,
)
bodies = st.lists(
    record(
        purpose=or_odd("identifying"), source=or_odd("urn:newsdesk:source:sana"), speaker=odd, cue=odd, answers=answers
    )
    | record(purpose=or_odd("tagging", "commenting"), value=odd),
    max_size=3,
)
web = record(
    id=or_odd("urn:newsdesk:claim:abcd", "http://x/1"),
    body=bodies | odd,
    target=targets | odd,
    **dict.fromkeys(["created", "modified", "continues"], odd),
    status=or_odd("accepted", "suggested"),
)
hypothesis_row = record(uri=or_odd(REPORT_AT), target=targets | odd, tags=odd, text=odd, references=odd)
our_line = record(
    id=or_odd("abcd"),
    source=record(slug=or_odd("sana"), name=odd) | odd,
    article=record(address=or_odd(REPORT_AT)) | odd,
    highlights=st.lists(
        record(id=odd, state=or_odd("placed"), quote=quotes, text_start=places, text_end=places), max_size=2
    ),
    answers=answers | odd,
    **dict.fromkeys(["speaker", "cue", "note", "status", "continues", "created"], odd),
)
doccano = record(
    text=or_odd("\n".join(WORDS), "\n\n".join(WORDS)),
    label=st.lists(st.tuples(places, places, odd).map(list) | record(start_offset=places, end_offset=places, label=odd))
    | odd,
    id=odd,
)
items = st.one_of(web, hypothesis_row, our_line, doccano, odd)
lists = st.one_of(
    st.lists(items, max_size=3),
    record(items=st.lists(items, max_size=3) | odd, first=record(items=st.lists(items, max_size=2)) | odd),
    record(rows=st.lists(items, max_size=3) | odd),
)


def in_order() -> list[Any]:
    return [*check_claims(repair=False), *check_revisions(), *check_places(), *check_sources()]


@given(given=lists)
@SETTINGS
def test_annotations_in_one_document(given: Any, tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text(json.dumps(given))
    taken_or_refused(path)


@given(lines=st.lists(items.map(json.dumps) | deep | st.text(max_size=20), max_size=4))
@SETTINGS
def test_annotations_by_the_line(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes("\n".join(lines).encode(errors="surrogatepass"))
    taken_or_refused(path)


def taken_or_refused(path: Path) -> None:
    with transaction.atomic():
        make_question(story=make_article(paragraphs=WORDS, story=make_question(slug="hurt").story).story)
        try:
            taken = list(import_annotations(path))
        except ArticleFileError:
            taken = []
        assert all(one.reason for one in taken if one.fate in {Fate.REJECTED, Fate.KEPT, Fate.ORPHANED})
        assert not [one for one in taken if "The database refused it" in one.reason]
        assert in_order() == []
        transaction.set_rollback(True)


toml_values = st.one_of(
    st.text(max_size=8).map(json.dumps),
    st.sampled_from(
        ["3", "-1", "1e400", "nan", "true", "2018-02-08", "2018-02-08T07:30:00", "9999-12-31T23:59:59-14:00"]
    ),
    st.sampled_from(["[]", "[[]]", "{}", '"x"', '""', "9" * 40, "9" * 5000, "[" * 2000, '"' + "x" * 400 + '"']),
    st.sampled_from(
        ['"khusham"', '"CNN"', '"https://example.com/"', '"published"', '"report"', '"http://["', '"\\u0000"']
    ),
)
keys = st.sampled_from([*(one.name for one in fields(ArticleData)), "nothing"])
metadata = st.dictionaries(keys, toml_values, max_size=4).map(
    lambda table: "\n".join(f"{key} = {value}" for key, value in table.items())
)
story_keys = st.sampled_from(["slug", "name", "text", "code", "kind", "counted", "tone", "within", "latitude", "label"])
stories = st.tuples(
    st.sampled_from(["source", "question", "place", "question.choices"]),
    st.dictionaries(story_keys, toml_values, max_size=4),
).map(lambda one: f"\n[[{one[0]}]]\n" + "\n".join(f"{key} = {value}" for key, value in one[1].items()))


@given(
    metadata=metadata,
    claims=st.none() | st.lists(items, max_size=3),
    story=stories,
    text=st.none() | st.binary(max_size=60),
)
@SETTINGS
def test_a_text_and_what_lies_beside_it(
    metadata: str, claims: Any, story: str, text: bytes | None, tmp_path: Path
) -> None:
    with transaction.atomic():
        folder = put(tmp_path / "some", metadata=metadata, story=STORY + story)
        (folder / "report.txt").write_bytes(REPORT.encode() if text is None else text)
        (folder / "report.jsonld").write_text(json.dumps(claims))
        for _ in range(2):
            found = run(folder)
            for one in found.values():
                assert one.outcome != Outcome.FAILED or one.notes
                assert "the database refused it" not in str(one.notes)
        assert in_order() == []
        transaction.set_rollback(True)
