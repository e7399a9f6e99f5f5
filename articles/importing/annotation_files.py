"""Annotation files: what other tools and this desk export, read as annotations of articles. No database.

Known by their form: a W3C Web Annotation collection (ours, Recogito's), our JSON Lines, Hypothesis' export, doccano's
JSON Lines. What says nothing of who says it becomes a suggestion.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.importing.files import MEGABYTE, ArticleFileError, read_text
from articles.importing.web_annotation import CLAIM, HIGHLIGHT, SOURCE, Annotation, read_one
from articles.text.quotes import context

LINE_LIMIT = MEGABYTE * 10
_LINES = {".jsonl", ".ndjson"}
_NO_ANNOTATION = "This is no annotation of a form that is known here."


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation, or the reason why it is none. `article` is the address that it gives of its text, `text` the
    text itself where that comes along; `line` is where it stands, or its number in the file."""

    line: int
    annotation: Annotation | None = None
    reason: str = ""
    article: str = ""
    text: str = ""


def read_items(path: Path) -> Iterator[Item]:
    """In the order of the file; JSON Lines are read line by line. Raises ArticleFileError for what cannot be read."""
    if is_lines(path.name):
        yield from _lines(path)
        return
    if path.suffix.lower() == ".csv":
        raise ArticleFileError(path, "CSV cannot be brought back. Take JSON Lines or Web Annotation.")
    for number, (item, reason) in enumerate(_listed(_json(path, read_text(path)), path), 1):
        yield _item(item, path, number) if not reason else Item(number, reason=reason)


def is_lines(name: str) -> bool:
    return Path(name).suffix in _LINES


def _lines(path: Path) -> Iterator[Item]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(iter(lambda: file.readline(LINE_LIMIT), ""), 1):
                if line.strip():
                    yield from _line(line, path, number)
    except OSError as error:
        raise ArticleFileError(path, f"The file cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ArticleFileError(path, "This is not UTF-8. Save the file as UTF-8.") from error


def _line(line: str, path: Path, number: int) -> Iterator[Item]:
    try:
        record = _json(path, line)
    except ArticleFileError as error:
        yield Item(number, reason=error.message)
        return
    if isinstance(record, dict) and isinstance(record.get("text"), str) and "highlights" not in record:
        yield from _doccano(record, path, number)
    elif isinstance(record, dict) and "highlights" in record:
        yield _item(_of_record(record), path, number)
    else:
        yield _item(record, path, number)


def _json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if not error.pos:
            raise ArticleFileError(path, "This is not JSON. Take JSON Lines or Web Annotation.", 1) from error
        raise ArticleFileError(path, f"This is not JSON: {error.msg}.", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise ArticleFileError(path, f"This JSON cannot be read: {error}.") from error


def _listed(data: Any, path: Path) -> Iterator[tuple[Any, str]]:
    """Each item of a file, as a Web Annotation, or the reason why it is none."""
    if isinstance(data, dict) and isinstance(data.get("first"), dict):
        data = data["first"]
    if isinstance(data, dict):
        rows = next((data[key] for key in ("rows", "annotations") if isinstance(data.get(key), list)), None)
        data = rows if rows is not None else [data] if "target" in data else data.get("items")
    if not isinstance(data, list):
        raise ArticleFileError(path, "This is no collection of annotations that is known here.")
    for item in data:
        if isinstance(item, dict) and "uri" in item:
            yield _of_hypothesis(item)
        else:
            yield item, ""


def _item(item: Any, path: Path, number: int, text: str = "") -> Item:
    try:
        annotation = read_one(_suggested(item), path, number)
    except ArticleFileError as error:
        return Item(number, reason=error.message)
    addresses = list(dict.fromkeys(target.source for target in annotation.targets))
    if len(addresses) > 1:
        return Item(number, reason="It marks passages of several texts. Give each an annotation of its own.")
    return Item(number, annotation, article=addresses[0], text=text)


def _suggested(item: Any) -> Any:
    """As a suggestion, if it does not say who says it."""
    if not isinstance(item, dict) or item.get("status") is not None:
        return item
    bodies = item.get("body")
    bodies = bodies if isinstance(bodies, list) else [bodies]
    known = (body for body in bodies if isinstance(body, dict) and body.get("purpose") == "identifying")
    return item if any(body.get("source") for body in known) else {**item, "status": "suggested"}


def _of_record(record: dict[str, Any]) -> dict[str, Any]:
    """One of our own lines. Whatever is of a wrong kind is left so, and refused by whoever reads it."""
    source, article = (_table(record.get(key)) for key in ("source", "article"))
    answers = [{**one, "asWorded": one.get("as_worded")} for one in _tables(record.get("answers"))]
    identifying = {
        "purpose": "identifying",
        "source": _named(SOURCE, source.get("slug")),
        "speaker": record.get("speaker"),
        "cue": record.get("cue"),
        "answers": answers,
    }
    tag = {"purpose": "tagging", "value": source.get("name")}
    note = [{"purpose": "commenting", "value": record["note"]}] if record.get("note") else []
    return {
        "id": _named(CLAIM, record.get("id")),
        "status": record.get("status"),
        "continues": _named(CLAIM, record.get("continues")),
        "created": record.get("created"),
        "modified": record.get("modified"),
        "body": [identifying, tag, *note],
        "target": [_of_highlight(one, article.get("address")) for one in _tables(record.get("highlights"))],
    }


def _of_highlight(highlight: dict[str, Any], address: Any) -> dict[str, Any]:
    state = highlight.get("state")
    quote = {"exact": highlight.get("quote"), "prefix": highlight.get("prefix"), "suffix": highlight.get("suffix")}
    place = {"start": highlight.get("text_start"), "end": highlight.get("text_end")}
    return {
        "id": _named(HIGHLIGHT, highlight.get("id")),
        "source": address,
        "found": None if state == "placed" else state,
        "selector": [{"type": "TextQuoteSelector", **quote}, {"type": "TextPositionSelector", **place}],
    }


def _of_hypothesis(row: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if row.get("references"):
        return {}, "It is a reply, and marks nothing itself."
    tags, note = row.get("tags"), row.get("text")
    bodies = [{"purpose": "tagging", "value": tag} for tag in (tags if isinstance(tags, list) else [])]
    if note:
        bodies.append({"purpose": "commenting", "value": note})
    targets = [{"source": row["uri"], **target} for target in _tables(row.get("target"))]
    return {"id": row.get("id"), "status": "suggested", "body": bodies, "target": targets}, ""


def _doccano(record: dict[str, Any], path: Path, number: int) -> Iterator[Item]:
    """An item for each labelled span of a text."""
    text = record["text"]
    spans: list[Any] = next(
        (record[key] for key in ("label", "labels", "entities") if isinstance(record.get(key), list)), []
    )
    for place, span in enumerate(spans, 1):
        start, end, label = _span(span)
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            yield Item(number, reason="A label has no “start” and “end” within its text.")
            continue
        prefix, suffix = context(text, start, end)
        quote = {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": prefix, "suffix": suffix}
        selectors = [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
        item = {
            "id": f"doccano:{record.get('id', number)!s:.40}:{place}",
            "body": [{"purpose": "tagging", "value": label}],
            "target": [{"selector": selectors}],
        }
        yield _item(item, path, number, text)


def _span(span: Any) -> tuple[Any, Any, Any]:
    if isinstance(span, dict):
        return span.get("start_offset"), span.get("end_offset"), span.get("label")
    return (span[0], span[1], span[2]) if isinstance(span, list) and len(span) == 3 else (None, None, None)


def _named(prefix: str, value: Any) -> Any:
    return prefix + value if isinstance(value, str) and value else value


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> Iterable[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
