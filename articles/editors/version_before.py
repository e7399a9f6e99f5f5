"""The version before: its text, with which a new one begins, the kinds of its paragraphs, and what differs from it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.importing.files import MEGABYTE
from articles.models import Article
from articles.text.aligning import Aligned, align, moved
from articles.text.kinds import Kind, kinds_of
from articles.text.parsing import blocks_of, first_sentence, headline, written_out

# What a browser may send at once; longer texts come in as files, by command.
TEXT_LIMIT = MEGABYTE


@dataclass(frozen=True)
class VersionBefore:
    """Its paragraphs are read once, by one query."""

    article: Article

    @cached_property
    def _paragraphs(self) -> list[tuple[str, Kind]]:
        rows = self.article.paragraphs.order_by("position").values_list("text", "kind")
        return [(text, Kind(kind)) for text, kind in rows]

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self._paragraphs]

    @cached_property
    def text(self) -> str:
        """As a form shows it, which reads it as the same paragraphs; empty if it is more than a browser may send."""
        text = written_out(self.texts)
        return text if len(text.encode()) <= TEXT_LIMIT else ""

    @property
    def title(self) -> str:
        """Empty if the text makes the same title by itself, so that it follows when the text is corrected."""
        blocks = list(blocks_of(self.texts, [kind for _, kind in self._paragraphs]))
        made = headline(blocks) or first_sentence(blocks)
        return "" if made.casefold() == self.article.title.casefold() else self.article.title

    def kinds(self, texts: Sequence[str], recognised: Sequence[Kind]) -> tuple[Kind, ...]:
        """For the paragraphs of a new version: of those that stayed the kind that they had, and of those that were
        reworded too if somebody had chosen it; of all others the one that was recognised."""
        kinds, by_themselves = list(recognised), kinds_of(self.texts)
        for row in self._pairs(texts):
            (old, kind), new = self._paragraphs[row.old[0]], row.new[0]
            if old == texts[new] or kind is not by_themselves[row.old[0]]:
                kinds[new] = kind
        return tuple(kinds)

    def _pairs(self, texts: Sequence[str]) -> Iterator[Aligned]:
        return (row for row in align(self.texts, texts) if len(row.old) == len(row.new) == 1)

    def compared(self, texts: Sequence[str], kinds: Sequence[Kind], *, keeps_claims: bool) -> str:
        """What a new version changes, in a sentence."""
        counts = Counter(self._changes(texts, kinds))
        said = [_said(counts[change], change, is_first=not at) for at, change in enumerate(_in_order(counts))]
        claims = "; all claims are kept" if keeps_claims else ""
        return f"Compared with version {self.article.version_number}: {', '.join(said)}{claims}."

    def _changes(self, texts: Sequence[str], kinds: Sequence[Kind]) -> Iterator[str]:
        """One for each paragraph that is not as it was."""
        rows = align(self.texts, texts)
        elsewhere = moved(rows)
        for index, row in enumerate(rows):
            if not (row.old and row.new):
                yield from ["new" if row.new else "gone"] * (len(row.new) or len(row.old))
            elif [self.texts[at] for at in row.old] != [texts[at] for at in row.new]:
                yield from ["reworded"] * len(row.new)
            elif index in elsewhere:
                yield "moved"
            elif self._paragraphs[row.old[0]][1] is not kinds[row.new[0]]:
                yield "of another kind"


# What is said of one, and of several.
_CHANGES = {
    "reworded": ("differs", "differ"),
    "new": ("is new", "are new"),
    "gone": ("is gone", "are gone"),
    "moved": ("stands elsewhere", "stand elsewhere"),
    "of another kind": ("has another kind", "have another kind"),
}


def _in_order(counts: Counter[str]) -> list[str]:
    return [change for change in _CHANGES if counts[change]]


def _said(count: int, change: str, *, is_first: bool) -> str:
    one, several = _CHANGES[change]
    noun = (" paragraph" if count == 1 else " paragraphs") if is_first else ""
    return f"{count}{noun} {one if count == 1 else several}"
