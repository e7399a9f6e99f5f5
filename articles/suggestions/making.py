"""Making suggestions for an article: what its text attributes to somebody → claims with status suggested."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from articles.models import Article, Changeset, Claim, Highlight, Paragraph, Suggestion
from articles.models.roles import Visitor
from articles.models.uid import uid_from
from articles.snapshots import Draft
from articles.suggestions.answers import Answered
from articles.suggestions.matching import Known
from articles.suggestions.taken import Taken, Why
from articles.text.attribution.extracting import Attributed, extract
from articles.text.attribution.parting import parted
from articles.text.attribution.speakers import speakers_of
from articles.text.attribution.tokens import PERSONAL, RELATIVES
from articles.text.language import LITTLE_WORDS, is_english
from articles.text.offsets import BlockSpan
from articles.writing.anew import anew_if_merged
from articles.writing.editing import create_claims, open_changeset

_NO_NAMES = PERSONAL | RELATIVES
# “did not respond to a request for comment”, “declined to comment”, “asked not to be named”.
_SILENT = frozenset({"decline", "refuse", "respond", "reply", "ask"})
_NOTHING = re.compile(
    r"(?:not )?(?:to )?(?:comments?|be (?:fully )?(?:named|identified|quoted)|(?:\w+ )?questions)\b"
    r"|(?:to )?(?:a |any )?requests? for (?:comment|an? interview)\b"
)
# What one does, and what several do.
_REASONS = {
    Why.MARKED: ("overlaps what is marked already", "overlap what is marked already"),
    Why.WAITING: ("waits already", "wait already"),
    Why.REJECTED: ("was rejected before", "were rejected before"),
    Why.UNCHANGED: (
        "stands in a paragraph as it was in the version before",
        "stand in paragraphs as they were in the version before",
    ),
}


@dataclass(frozen=True, slots=True)
class Suggested:
    """What became of the claims that the rules found in an article. No changeset where none was made."""

    made: int = 0
    without_source: int = 0
    left_out: Counter[Why] = field(default_factory=Counter)
    is_english: bool = True
    changeset: Changeset | None = None

    def __str__(self) -> str:
        if not self.is_english:
            return "no suggestions: the text is not English, and the rules know no other language"
        one = self.made == 1
        without = "without a source" if one else f"{self.without_source} of them without a source"
        said = f"{self.made} claim{'' if one else 's'} suggested{f', {without}' if self.without_source else ''}"
        left_out = ", ".join(f"{count} that {does}" for count, does in self._left_out())
        return f"{said}; left out: {left_out}" if left_out else said

    def _left_out(self) -> list[tuple[int, str]]:
        counts = [(self.left_out[why], _REASONS[why]) for why in Why if self.left_out[why]]
        return [(count, one if count == 1 else several) for count, (one, several) in counts]

    @property
    def why_nothing(self) -> str:
        """In sentences, for whoever asked and got none."""
        if not self.is_english:
            return "Nothing to suggest: the text is not English, and the desk’s rules know no other language."
        left_out = ", ".join(f"{count} {does}" for count, does in self._left_out())
        return (
            f"Nothing new to suggest: {left_out}." if left_out else "Nothing to suggest: the rules find no claim here."
        )


class _Proposal(NamedTuple):
    draft: Draft
    row: Suggestion


def suggest(article: Article, asked_by: Visitor | None = None) -> Suggested:
    """Adds to the article what the rules find and nobody has marked, rejected or been shown yet: one changeset, which
    can be undone. To do it again adds nothing. Runs a fixed number of queries."""

    def suggesting() -> Suggested:
        # Whoever asks at the same time comes after, and finds them there.
        Article.objects.locked(article)
        return _Suggesting(article).run(asked_by)

    return anew_if_merged(suggesting)


class _Suggesting:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.paragraphs = list(article.paragraphs.order_by("position"))
        self.texts = [row.text for row in self.paragraphs]

    def run(self, asked_by: Visitor | None) -> Suggested:
        if not is_english(self.texts):
            return Suggested(is_english=False)
        left_out: Counter[Why] = Counter()
        proposals = list(self._proposals(left_out))
        without = sum(one.draft.claim.source is None for one in proposals)
        result = Suggested(len(proposals), without, left_out)
        if not proposals:
            return result
        return replace(result, changeset=self._write(proposals, str(result), asked_by))

    def _proposals(self, left_out: Counter[Why]) -> Iterator[_Proposal]:
        found = [one for one in extract(self.texts) if self._is_text(one) and self._says_something(one)]
        taken, known, answered = Taken(self.article, self.paragraphs), Known(self.article), Answered(self.article)
        there = set(Claim.objects.in_article(self.article).values_list("uid", flat=True))
        for one, content, full in self._statements(found):
            highlights = [self._highlight(span) for span in content]
            uid = self._uid(highlights)
            claim = Claim(uid=uid, article=self.article, status=Claim.Status.SUGGESTED, cue=self._words(one.cue)[:120])
            # Before anything is left out: who spoke further up tells who speaks further down.
            self._name(claim, one, full, known)
            why = taken.why_not(highlights) or (Why.MARKED if uid in there else None)
            if why:
                left_out[why] += 1
                continue
            taken.take(highlights)
            draft = Draft(claim, highlights)
            draft.answers, question = answered.on(" … ".join(row.quote for row in highlights))
            sure = round(100 * one.confidence)
            row = Suggestion(
                claim_uid=uid, confidence=sure, word=one.lemma[:40], reasons=list(one.reasons), question=question
            )
            yield _Proposal(draft, row)

    def _name(self, claim: Claim, one: Attributed, full: BlockSpan | None, known: Known) -> None:
        """Who says it: a pronoun is left out where the text does not tell whom it means."""
        speaker, fullest = self._words(one.source), self._words(full)
        if speaker.lower() in _NO_NAMES:
            speaker = "" if fullest.lower() in _NO_NAMES else fullest
        claim.speaker = speaker[:200]
        fullest = fullest if speaker else ""
        claim.source = known.source_of(speaker, fullest, self._words(one.apposition))
        claim.proposed_source = "" if claim.source else (fullest or speaker)[:200]

    def _is_text(self, one: Attributed) -> bool:
        return all(self.paragraphs[span.block].kind == Paragraph.Kind.TEXT for span in one.content)

    def _says_something(self, one: Attributed) -> bool:
        """More than “the” or “it”: what is left where a sentence was cut wrongly. “Who were seen as …” is nobody's, and
        who declined to comment made no statement."""
        if one.source is None and self._words(one.content[0]).lower() in RELATIVES:
            return False
        said = " ".join(self._words(span) for span in one.content).casefold()
        if one.lemma in _SILENT and _NOTHING.match(said):
            return False
        words = said.split()
        return not {word.strip("“”‘’\"'.,") for word in words} <= LITTLE_WORDS

    def _statements(
        self, found: Sequence[Attributed]
    ) -> Iterator[tuple[Attributed, Sequence[BlockSpan], BlockSpan | None]]:
        """Each with what it says and who: two statements that one cue introduces are two claims."""
        for one, full in zip(found, speakers_of(self.texts, found), strict=True):
            first, *others = one.content
            if others:
                yield one, one.content, full
            else:
                yield from ((one, [part], full) for part in parted(self.texts[first.block], first))

    def _highlight(self, span: BlockSpan) -> Highlight:
        """A “that” before what is said is none of its words."""
        text, start = self.texts[span.block], span.start
        if text[start : span.end].lower().startswith("that ") and span.end - start > 5:
            start += 5
        paragraph = self.paragraphs[span.block]
        return Highlight(paragraph=paragraph, start=start, end=span.end, quote=text[start : span.end])

    def _uid(self, highlights: Sequence[Highlight]) -> str:
        places = [f"{row.paragraph.position}:{row.start}-{row.end}" for row in highlights if row.paragraph]
        return uid_from(self.article.slug, f"suggested|{' '.join(places)}")

    def _words(self, span: BlockSpan | None) -> str:
        return self.texts[span.block][span.start : span.end] if span else ""

    def _write(self, proposals: Sequence[_Proposal], summary: str, asked_by: Visitor | None) -> Changeset:
        details = {"article": self.article.slug, "suggested": len(proposals)}
        changeset = open_changeset(Changeset.Kind.SUGGEST, asked_by, self.article, summary[:300], details=details)
        drafts, rows = zip(*proposals, strict=True)
        create_claims(drafts, changeset)
        for row in rows:
            row.article = self.article
        names = ("confidence", "word", "reasons", "question", "article")
        Suggestion.objects.bulk_create(rows, update_conflicts=True, unique_fields=["claim_uid"], update_fields=names)
        return changeset
