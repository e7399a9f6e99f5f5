"""Folders of reports for tests of importing."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from articles.importing.outcomes import Imported
from articles.importing.run import plan

REPORT = "SYRIA — The coalition said it struck.\n\n“We struck,” SANA said. “We won.”\n\nNobody was hurt, it said.\n"
STORY = """
title = "Khusham"
[[source]]
name = "Coalition"
slug = "coalition"
code = "COA"
tone = 1
[[question]]
slug = "hurt"
text = "How many were hurt?"
kind = "number"
counted = "fighters hurt"
[[question]]
slug = "who"
text = "Who attacked?"
kind = "choice"
choices = [{ slug = "sana", label = "SANA" }]
[[place]]
slug = "khusham-town"
name = "Khusham"
within = "valley"
[[place]]
slug = "valley"
name = "Valley"
"""


def claim(
    *quotes: str, uid: str = "", source: str = "sana", answers: Sequence[Any] = (), text: str = REPORT, **more: Any
) -> dict[str, Any]:
    """An annotation of quotes that stand in the text, with their positions; others without one."""
    body = {"purpose": "identifying", "source": f"urn:newsdesk:source:{source}", "answers": list(answers)}
    targets = [{"selector": _selectors(quote, text)} for quote in quotes]
    named = {"id": f"urn:newsdesk:claim:{uid}"} if uid else {}
    return {**named, "type": "Annotation", "body": body, "target": targets, **more}


def _selectors(quote: str, text: str) -> list[dict[str, Any]]:
    found = {"type": "TextQuoteSelector", "exact": quote}
    if (start := text.find(quote)) < 0:
        return [found]
    return [found, {"type": "TextPositionSelector", "start": start, "end": start + len(quote)}]


def put(
    folder: Path,
    name: str = "report",
    *,
    text: str = REPORT,
    metadata: str | None = None,
    claims: Sequence[Any] | None = None,
    story: str | None = None,
) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    if metadata is not None:
        (folder / f"{name}.toml").write_text(metadata)
    if claims is not None:
        (folder / f"{name}.jsonld").write_text(json.dumps({"items": claims}, ensure_ascii=False, indent=1))
    if story is not None:
        (folder / "khusham.toml").write_text(story)
    return folder


def run(*paths: Path) -> dict[str, Imported]:
    """Imports, and gives the outcome of each file by its name."""
    return {job.path.name: job.run() for job in plan(paths)}
