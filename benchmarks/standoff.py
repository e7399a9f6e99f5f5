"""Reads brat standoff: texts with the claims that people marked in them.

A folder holds NAME.txt and beside it NAME.ann or NAME_<annotator>.ann, in one folder or in text/ and attributions/. Of
several annotators the first by name counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SPAN = re.compile(r"(?P<id>T\d+)\t\S+ (?P<where>\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"E\d+\t(?P<roles>.+)")
_ROLE = re.compile(r"(Content|Source|Cue)\d*:(T\d+)")


def marked_texts(folder: Path) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """The name of each text, the text with its newlines kept, and its claims."""
    texts = folder / "text" if (folder / "text").is_dir() else folder
    marks = folder / "attributions" if (folder / "attributions").is_dir() else folder
    for path in sorted(texts.glob("*.txt")):
        of_text = [
            path.with_suffix(".ann").name,
            *(one.name for one in sorted(marks.glob("*.ann")) if _is_of(one, path)),
        ]
        for name in of_text:
            if (marks / name).exists():
                yield path.name, path.read_bytes().decode(), list(claims(marks / name))
                break


def _is_of(marks: Path, text: Path) -> bool:
    name, _, annotator = marks.stem.rpartition("_")
    return name == text.stem and bool(annotator)


def claims(path: Path) -> Iterator[dict[str, Any]]:
    lines = path.read_bytes().decode().split("\n")
    spans = {match["id"]: _places(match["where"]) for match in map(_SPAN.match, lines) if match}
    for match in filter(None, map(_EVENT.match, lines)):
        parts: dict[str, list[list[int]]] = defaultdict(list)
        for role, span in _ROLE.findall(match["roles"]):
            parts[role] += spans.get(span, [])
        if parts["Content"]:
            yield {role.lower(): sorted(parts[role]) or None for role in ("Content", "Source", "Cue")}


def _places(where: str) -> list[list[int]]:
    return [[int(number) for number in part.split()] for part in where.split(";")]
