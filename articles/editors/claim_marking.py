"""What an editor's form for one claim holds between two requests: its passages and fields, and what is wrong.

Nothing but `save` writes. Moving an edge, taking a passage out and finding typed words change the form alone, so
that leaving it puts everything back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from articles.editors.claim_form import ClaimForm, accepting
from articles.editors.conflicts import Clash, clashes, with_theirs
from articles.editors.doubts import Doubt, heard_with, source_doubt
from articles.editors.new_sources import with_instead
from articles.models import Article, Changeset, Claim, Paragraph
from articles.snapshots import content
from articles.text.cues import cue_near
from articles.text.quotes import closest, occurrences
from articles.writing.editing import EditError
from articles.writing.passages import (
    Passage,
    PassageError,
    passages_of,
    read_passages,
    united,
    with_edge_moved,
    without,
)
from articles.writing.source_numbers import Numbered, fix_numbers
from articles.writing.tagging import Act, add_claim, draft_of, edit_claim

# Two make a source or a question of one name, or one takes a source away.
AT_ONCE = "Somebody else was at work on the same source or question at this moment. Nothing was saved: save again."
_STEP = re.compile(r"(?:(start|end):(\d{1,2}):(-?\d)|drop:(\d{1,2})|find|others|instead:.+)")


@dataclass(slots=True)
class Marking:
    """`places` are passages offered for words that were typed: all where they stand, or the closest ones.
    `paragraph` is shown while there is no passage, for its words to be copied. `doubts` keep the claim from being saved
    until the form says that they do not hold. `known_with`: the sources that had a claim of the passages when the form
    was shown, if it was for these that it was."""

    article: Article
    claim: Claim | None
    form: ClaimForm
    passages: list[Passage]
    typed: str = ""
    paragraph: Paragraph | None = None
    places: list[Passage] = field(default_factory=list)
    trouble: str = ""
    clashes: list[Clash] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    known_with: list[str] | None = None
    numbered: list[Numbered] = field(default_factory=list)

    @property
    def quote(self) -> str:
        return " … ".join(one.quote for one in self.passages)

    def take(self, step: str) -> None:
        """`start:0:-1` moves the start of the first passage one word back, `drop:1` takes the second one out,
        `find` looks for the words typed, `others` offers all claims to join with; what `instead:sana` asks for,
        `with_instead` has done. Raises PassageError for what is none of these."""
        found = _STEP.fullmatch(step)
        if found is None:
            raise PassageError("The desk does not know what to do with this form. Open it again.")
        edge, at, words, drop = found.groups()
        self.form.offers_all = step == "others"
        if edge:
            self.passages = with_edge_moved(self.passages, int(at), cast(Literal["start", "end"], edge), int(words))
        elif drop:
            self.passages = without(self.passages, int(drop))

    def find_typed(self) -> None:
        """Puts words that stand once among the passages, and offers places for others."""
        if not self.typed:
            return
        paragraphs = list(self.article.paragraphs.order_by("position"))
        texts = [row.text for row in paragraphs]
        found = _passages(paragraphs, occurrences(texts, self.typed))
        if len(found) == 1:
            self.passages = united([*self.passages, *found])
            self.typed = ""
            return
        self.places = found or _passages(paragraphs, closest(texts, self.typed))
        self.trouble = _where(found, self.places)

    def is_ready(self) -> bool:
        """Whether all is there that a claim needs; says in the form what is not."""
        valid = self.form.is_valid()
        if not self.trouble and not self.passages:
            self.trouble = "Type or paste the words of the report that make the claim."
        return valid and not self.trouble

    def is_sure(self, anyway: Sequence[str]) -> bool:
        """Whether nothing is left to ask the editor about, but for what they have been asked already. Of a form that is
        ready; no query, unless the passages are others than those it was shown with."""
        found = [*self.form.doubts(self.quote), *self._same()]
        self.doubts = found if any(doubt.key not in anyway for doubt in found) else []
        return not self.doubts

    def _same(self) -> Iterator[Doubt]:
        source = self.form.cleaned_data.get("chosen")
        if source and source.slug in (self.heard_with if self.known_with is None else self.known_with):
            yield source_doubt(source, self.passages)

    @property
    def heard_with(self) -> list[str]:
        """The sources that have a claim of these passages, where this is to be a new one. One query."""
        return [] if self.claim else heard_with(self.article, self.passages)

    def save(self, act: Act) -> Changeset:
        """Raises EditError, also EditConflict and Repeated; then nothing is written. `numbered` are then the keys."""
        try:
            with transaction.atomic():
                # As they were shown: a source that is new, or chosen for the first time, is not heard yet.
                shown = self.form.sources
                entry = self.form.entry(self.passages)
                done = edit_claim(self.claim, entry, act) if self.claim else add_claim(self.article, entry, act)
                if done.is_repeated and entry.is_source_new:
                    # The one that was made at first is gone again: this form brings back neither claim nor source.
                    transaction.set_rollback(True)
                    return done
                chosen = [entry.source] if entry.source else []
                self.numbered = fix_numbers(self.article, shown, chosen)
                return done
        except ValidationError as error:
            raise EditError(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise EditError(AT_ONCE) from error

    def meet(self, now: Claim) -> None:
        """Shows what somebody else saved meanwhile beside what this form says, to be chosen from."""
        assert self.claim
        with transaction.atomic():
            draft = draft_of(self.claim, self.form.entry(self.passages))
            self.clashes = clashes(now, self.claim.version, content(draft))
            transaction.set_rollback(True)
        self.form = _again(self.form, based_on=now.version)


def begin(article: Article, claim: Claim | None, query: QueryDict) -> Marking:
    """The form as it opens: for the passages of the address, or those of the claim. Raises PassageError."""
    passages = read_passages(query.getlist("at"), article, claim)
    if claim:
        passages = united([*passages_of(claim), *passages])
    cue = "" if claim else _cue(passages)
    filled = {"cue": cue} if cue else accepting(claim) if claim and query.get("accept") else {}
    form = ClaimForm(article, claim, **filled)
    return Marking(article, claim, form, passages, paragraph=None if passages else _paragraph(article, query))


def _paragraph(article: Article, query: QueryDict) -> Paragraph | None:
    """The one from which words are to be copied, by its position."""
    position = query.get("paragraph", "")
    return article.paragraphs.at([int(position)]).first() if position.isdecimal() and len(position) < 9 else None


def resume(article: Article, claim: Claim | None, data: QueryDict) -> Marking:
    """The form as it was sent. Raises PassageError."""
    data = with_instead(data)
    if claim:
        data = with_theirs(data, data.getlist("theirs"), claim)
    form = ClaimForm(article, claim, data)
    passages = read_passages(data.getlist("at"), article, claim)
    if claim:
        based_on = form["based_on"].value()
        claim.version = int(based_on) if str(based_on).isdecimal() else 0
    marking = Marking(article, claim, form, passages, typed=data.get("quote", "").strip())
    if not (marking.typed or data.getlist("place")):
        marking.known_with = data.getlist("heard")
    for place in data.getlist("place"):
        marking.passages = united([*marking.passages, *read_passages([place], article)])
        marking.typed = ""
    return marking


def _again(form: ClaimForm, **changes: object) -> ClaimForm:
    """The same words in a form that can be sent again: with a new token, and based on something else."""
    data = cast(QueryDict, form.data).copy()
    for name, value in {"token": str(form.initial["token"]), **changes}.items():
        data[name] = str(value)
    data.setlist("theirs", [])
    again = ClaimForm(form.article, form.claim, data)
    again.is_valid()
    return again


def with_new_token(marking: Marking) -> Marking:
    """For a form whose token has been used for something else."""
    return replace(marking, form=_again(marking.form))


def _cue(passages: Iterable[Passage]) -> str:
    first = next((one for one in passages if one.paragraph), None)
    return cue_near(first.paragraph.text, first.start, first.end) if first and first.paragraph else ""


def _passages(paragraphs: list[Paragraph], places: Iterable[tuple[int, int, int]]) -> list[Passage]:
    return [Passage(paragraphs[at], start, end, paragraphs[at].text[start:end]) for at, start, end in places]


def _where(found: list[Passage], closest: list[Passage]) -> str:
    if found:
        return f"These words stand in {len(found)} places. Choose the one that is meant."
    if closest:
        return "These words do not stand in the report. Choose one of the passages that are closest, or type others."
    return "These words do not stand in the report, nor any like them. Copy them from the text."
