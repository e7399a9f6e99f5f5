"""Drafts: claims while they are being found, in tokens of one paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.text.attribution.lexicon import Kind
from articles.text.attribution.quotations import Paragraph
from articles.text.attribution.tokens import Token

Range = tuple[int, int]
# Ways in which commas, or the edge of the sentence, part both the speaker and the cue from what is said.
SET_OFF = frozenset({"aside", "inverted", "according", "as", "survey"})


@dataclass(slots=True)
class Draft:
    """Half-open ranges of tokens of the paragraph. `pattern` is a word for the way it was found, and words for how the
    speaker was."""

    paragraph: Paragraph
    content: list[Range]
    source: Range | None
    cue: Range | None
    kind: Kind
    pattern: str
    lemma: str
    apposition: Range | None = None
    # Contents in later paragraphs: a quotation that runs on.
    further: list[tuple[Paragraph, Range]] = field(default_factory=list)

    @property
    def way(self) -> str:
        return self.pattern.split()[0]


@dataclass(slots=True)
class Reading:
    """A piece of a paragraph while it is read: from `low` to `high`, less what is taken already."""

    paragraph: Paragraph
    low: int
    high: int
    drafts: list[Draft] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    @property
    def tokens(self) -> Sequence[Token]:
        return self.paragraph.tokens

    def take(self, draft: Draft) -> None:
        self.drafts.append(draft)
        for part in (*draft.content, draft.source, draft.cue):
            if part:
                self.taken.update(range(*part))

    def is_free(self, at: int) -> bool:
        return at not in self.taken
