"""What `attribution.py` measures: how well suggested claims agree with those that people marked. Counted in words, so
that quotation marks and full stops at the edges do not matter.

- token: of the words in the content of any claim, precision, recall and F1.
- exact: one to one, contents of the same words. Partial: one to one, the words of both at least half of those of either
  (Jaccard), the best pairs first.
- source: of the partial pairs whose marked claim has a source, those whose suggested one covers half of its head (or of
  all its words) and has at least half of its own words in it.
- claim: a partial pair with the right source, or rightly with none.
- quoted: of claims with a double quotation mark in or right beside their content. Reported: of those whose cue has a
  common verb of saying or thinking, or “according”. Precision counts the suggestions of such a group, recall the marked
  claims of it; the other half of a pair may be of any.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
Words = frozenset[int]
GROUPS = ("all", "quoted", "indirect", "reported")
MEASURES = ("token", "exact", "partial", "claim")

_TOKEN = re.compile(r"\w+(?:['’.,]\w+)*|[^\w\s]")
_QUOTE = re.compile(r"[\"“”„«»]|''|``")
_QUOTE_BEFORE = re.compile(rf"(?:{_QUOTE.pattern})$")
_HEAD_END = re.compile(
    r"[,;:()\[\]—–]|\b(?:who|whom|whose|which|that|where|of|for|in|at|from|with|on|to|by|about)\b", re.IGNORECASE
)
_DETERMINERS = frozenset(
    """the a an this that these those some one another his her their its our my your""".split()  # noqa: SIM905
)
_SAYING = """say tell add write ask note report announce suggest tweet describe argue explain declare claim state insist
    warn reply respond admit acknowledge confirm deny indicate recall conclude believe think"""
_IRREGULAR = "said told wrote thought admitted admitting replies replied denies denied"


def _saying() -> frozenset[str]:
    found = {"according", *_IRREGULAR.split()}
    for verb in _SAYING.split():
        soft = verb.removesuffix("e")
        found |= {verb, verb + "s", soft + "ing", soft + "ed"}
    return frozenset(found)


SAYING = _saying()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim by the numbers of its words."""

    words: Words
    source: Words
    head: Words
    groups: frozenset[str]


class Text:
    """A text with its words; reads claims, which are dictionaries of places, as they are in JSON and in standoff."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in _TOKEN.finditer(text)]
        self._tokens = found
        self._ends = [end for _, end in found]
        self._is_word = [text[start].isalnum() or text[start] == "_" for start, _ in found]
        self.length = sum(self._is_word)

    def claims(self, raw: Iterable[dict[str, Any]]) -> list[Claim]:
        return [claim for claim in map(self._claim, raw) if claim.words]

    def _claim(self, raw: dict[str, Any]) -> Claim:
        content, source = _spans(raw["content"]), _spans(raw["source"])
        cue = self._covered(_spans(raw["cue"]))
        groups = {"all", "quoted" if self._is_quoted(content) else "indirect"}
        if any(self._word(number) in SAYING for number in cue):
            groups.add("reported")
        return Claim(self._covered(content), self._covered(source), self._head(source), frozenset(groups))

    def _covered(self, spans: Sequence[Span]) -> Words:
        found: set[int] = set()
        for start, end in spans:
            number = bisect_right(self._ends, start)
            while number < len(self._tokens) and self._tokens[number][0] < end:
                if self._is_word[number]:
                    found.add(number)
                number += 1
        return frozenset(found)

    def _is_quoted(self, spans: Sequence[Span]) -> bool:
        return any(
            _QUOTE.search(self.text, start, end)
            or _QUOTE.match(self.text, end)
            or _QUOTE_BEFORE.search(self.text[max(0, start - 2) : start])
            for start, end in spans
        )

    def _word(self, number: int) -> str:
        start, end = self._tokens[number]
        return self.text[start:end].casefold()

    def _head(self, spans: Sequence[Span]) -> Words:
        if not spans:
            return frozenset()
        start, end = spans[0]
        for match in _HEAD_END.finditer(self.text[start:end]):
            before = self._without_determiners(self._covered([(start, start + match.start())]))
            if before:
                return before
        return self._without_determiners(self._covered([(start, end)])) or self._covered(spans)

    def _without_determiners(self, words: Words) -> Words:
        return frozenset(number for number in words if self._word(number) not in _DETERMINERS)


def _spans(raw: Any) -> list[Span]:
    return sorted((start, end) for start, end in raw or ())


def has_right_source(marked: Claim, suggested: Claim) -> bool:
    if not marked.source:
        return not suggested.source
    common = len(marked.source & suggested.source)
    if not common or common * 2 < len(suggested.source):
        return False
    return len(marked.head & suggested.source) * 2 >= len(marked.head) or common * 2 >= len(marked.source)


def pairs(
    marked: Sequence[Claim], suggested: Sequence[Claim], likeness: Callable[[Claim, Claim], float]
) -> list[tuple[int, int]]:
    """One to one, the likest first, and of equals the first in the text."""
    scored = [(likeness(m, s), -i, -j) for i, m in enumerate(marked) for j, s in enumerate(suggested)]
    seen_marked: set[int] = set()
    seen_suggested: set[int] = set()
    found = []
    for _, i, j in sorted((one for one in scored if one[0] > 0), reverse=True):
        if i not in seen_marked and j not in seen_suggested:
            seen_marked.add(i)
            seen_suggested.add(j)
            found.append((-i, -j))
    return found


def overlap(marked: Claim, suggested: Claim) -> float:
    common = len(marked.words & suggested.words)
    likeness = common / (len(marked.words) + len(suggested.words) - common) if common else 0.0
    return likeness if likeness >= 0.5 else 0.0


def count(marked: Sequence[Claim], suggested: Sequence[Claim]) -> Counter[tuple[str, str, str]]:
    """For each group and measure: hits among the suggested, all suggested, hits among the marked, all marked."""
    counts: Counter[tuple[str, str, str]] = Counter()
    partial = pairs(marked, suggested, overlap)
    right = [(i, j) for i, j in partial if has_right_source(marked[i], suggested[j])]
    found = {"exact": pairs(marked, suggested, lambda m, s: float(m.words == s.words)), "partial": partial}
    found["claim"] = right
    all_marked = frozenset[int]().union(*(one.words for one in marked))
    all_suggested = frozenset[int]().union(*(one.words for one in suggested))
    for group in GROUPS:
        mine, others = _of(marked, group), _of(suggested, group)
        words = frozenset[int]().union(*(marked[i].words for i in mine))
        other_words = frozenset[int]().union(*(suggested[j].words for j in others))
        _add(counts, group, "token", (len(other_words & all_marked), len(other_words)))
        _add(counts, group, "token", (len(words & all_suggested), len(words)), "marked")
        for measure, chosen in found.items():
            _add(counts, group, measure, (sum(j in others for _, j in chosen), len(others)))
            _add(counts, group, measure, (sum(i in mine for i, _ in chosen), len(mine)), "marked")
        sourced = [pair for pair in partial if pair[0] in mine and marked[pair[0]].source]
        _add(counts, group, "source", (sum(pair in right for pair in sourced), len(sourced)))
    return counts


def _of(claims: Sequence[Claim], group: str) -> set[int]:
    return {number for number, claim in enumerate(claims) if group in claim.groups}


def _add(
    counts: Counter[tuple[str, str, str]], group: str, measure: str, pair: tuple[int, int], side: str = "suggested"
) -> None:
    counts[group, measure, f"{side} right"] += pair[0]
    counts[group, measure, f"{side} all"] += pair[1]


def rate(counts: Counter[tuple[str, str, str]], group: str, measure: str, side: str = "suggested") -> float:
    """In per cent."""
    return 100 * counts[group, measure, f"{side} right"] / max(1, counts[group, measure, f"{side} all"])


def f1(counts: Counter[tuple[str, str, str]], group: str, measure: str) -> float:
    precision, recall = (rate(counts, group, measure, side) for side in ("suggested", "marked"))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
