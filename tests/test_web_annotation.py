import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.files import ArticleFileError
from articles.importing.web_annotation import AnswerData, Target, read


def target(exact: str = "struck", **more: Any) -> dict[str, Any]:
    return {"selector": [{"type": "TextQuoteSelector", "exact": exact, **more}]}


def annotation(**more: Any) -> dict[str, Any]:
    body = {"type": "SpecificResource", "purpose": "identifying", "source": "urn:newsdesk:source:sana"}
    return {"id": "urn:newsdesk:claim:abcd", "body": body, "target": target(), **more}


def write(folder: Path, data: Any) -> Path:
    path = folder / "a.jsonld"
    text = data if isinstance(data, str) else json.dumps({"items": data}, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_annotation_in_full(tmp_path: Path) -> None:
    answer = {"question": "killed", "low": 101, "high": None, "about": True, "asWorded": "more than 100"}
    identifying = {
        "purpose": "identifying",
        "source": "urn:newsdesk:source:sana",
        "speaker": "SANA",
        "cue": "said",
        "answers": [answer],
    }
    (one,) = read(
        write(
            tmp_path,
            [
                annotation(
                    body=[identifying, {"purpose": "commenting", "value": "A note."}],
                    status="suggested",
                    continues="urn:newsdesk:claim:wxyz",
                    target=[
                        {
                            "id": "urn:newsdesk:highlight:h1h1",
                            "selector": [
                                {"type": "TextQuoteSelector", "exact": "struck", "prefix": "a", "suffix": "b"},
                                {"type": "TextPositionSelector", "start": 3, "end": 9},
                            ],
                        }
                    ],
                )
            ],
        )
    )
    assert (one.id, one.source, one.speaker, one.cue, one.note) == ("abcd", "sana", "SANA", "said", "A note.")
    assert (one.status, one.continues, one.line) == ("suggested", "wxyz", 4)
    assert one.answers == (AnswerData("killed", 101, None, True, "", "", "", "more than 100"),)
    assert one.targets == (Target("h1h1", "struck", "a", "b", 3, 9),)


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, [{"target": target()}]))
    assert (one.id, one.line, one.source, one.status, one.note, one.answers) == ("", None, "", "accepted", "", ())
    assert one.targets == (Target("", "struck", "", "", None, None),)


@pytest.mark.parametrize("wrap", [lambda items: {"first": {"items": items}}, lambda items: items])
def test_a_collection_a_page_and_a_bare_list(tmp_path: Path, wrap: Any) -> None:
    assert len(read(write(tmp_path, json.dumps(wrap([annotation()]))))) == 1


def test_a_selector_of_several_types(tmp_path: Path) -> None:
    several = {"type": ["oa:Selector", "TextQuoteSelector"], "exact": "struck"}
    for others in ([], [{"type": []}], [{"type": {}}], [{"type": None}]):
        (one,) = read(write(tmp_path, [annotation(target={"selector": [several, *others]})]))
        assert [target.exact for target in one.targets] == ["struck"]


def test_a_selector_may_stand_without_a_list(tmp_path: Path) -> None:
    alone = {"selector": {"type": "TextQuoteSelector", "exact": "struck"}}
    assert read(write(tmp_path, [annotation(target=alone)]))[0].targets[0].exact == "struck"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "line 1: This is not JSON: Expecting property name"),
        ('{"items": [\n1,\n]}', "line 3: This is not JSON"),
        ("[" * 100_000, "This JSON cannot be read"),
        ("5", "This is no collection of annotations: it has no “items”"),
        ('{"items": 5}', "it has no “items”"),
        ([5], "An annotation is an object, not 5"),
        ([annotation(target=[])], "line 4: This annotation marks nothing: it has no “target”"),
        ([annotation(target=5)], "“target” is an object or a list of objects"),
        ([annotation(target={})], "no TextQuoteSelector with the “exact” words"),
        ([annotation(target=target(" "))], "no TextQuoteSelector with the “exact” words"),
        ([annotation(target=target(prefix=5))], "“prefix” is a text, not 5"),
        ([annotation(status="certain")], "“status” is one of: suggested, accepted, rejected"),
        ([annotation(), annotation()], "Two annotations have the id abcd. Give each its own"),
        ([annotation(continues="\0")], "“continues” is a text, not"),
        ([annotation(body={"purpose": "identifying", "answers": {"low": "5"}})], "“low” is a whole number, not '5'"),
        ([annotation(body={"purpose": "identifying", "answers": {"low": True}})], "“low” is a whole number"),
        ([annotation(body={"purpose": "identifying", "answers": {"low": 2**60}})], "“low” is a whole number"),
        ([annotation(body={"purpose": "identifying", "answers": {"low": float("nan")}})], "number, not nan"),
        ([annotation(body={"purpose": "identifying", "answers": {"high": float("inf")}})], "number, not inf"),
        ([annotation(body={"purpose": "identifying", "answers": {"about": 1}})], "“about” is true or false"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, data: Any, message: str) -> None:
    with pytest.raises(ArticleFileError) as caught:
        read(write(tmp_path, data))
    assert message in str(caught.value)


def test_each_annotation_knows_its_line(tmp_path: Path) -> None:
    ids = [f"urn:newsdesk:claim:a{number:03}" for number in range(50)]
    path = write(tmp_path, json.dumps([annotation(id=one, note=ids[0]) for one in ids], indent=1))
    lines = path.read_text().splitlines()
    for one in read(path):
        assert one.line and f'"id": "urn:newsdesk:claim:{one.id}"' in lines[one.line - 1]


def test_ids_written_in_another_way_have_no_line(tmp_path: Path) -> None:
    text = json.dumps([annotation(id="a/b"), annotation(id="c")], indent=1).replace("/", "\\/")
    assert [one.line for one in read(write(tmp_path, text))] == [None, None]


def test_half_a_character_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="is a text"):
        read(write(tmp_path, '[{"target": {"selector": {"type": "TextQuoteSelector", "exact": "\\ud800"}}}]'))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["items", "target", "body", "selector", "exact", "type", "answers"]), inner)
    ),
    max_leaves=8,
)


@given(data=json_values)
def test_whatever_stands_in_a_file_nothing_but_its_own_error_is_raised(
    tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    path = tmp_path_factory.mktemp("jsonld") / "a.jsonld"
    path.write_text(json.dumps({"items": [data]}))
    try:
        read(path)
    except ArticleFileError as error:
        assert "a.jsonld" in str(error)
