"""The form in which an editor says who says what: one for a new claim and for changing one."""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict

from articles.editors.answer_forms import (
    NEW_NAMES,
    AnswerForm,
    Asked,
    NewQuestionForm,
    all_asked,
    answered_in,
    asked_in,
)
from articles.editors.completing import OFFERED, Completion
from articles.editors.doubts import Doubt, number_doubt
from articles.editors.new_sources import NewSourceForm
from articles.importing.sources import source_called
from articles.models import Answer, Article, Claim, Question, Source
from articles.suggestions.reviewing import likely_source
from articles.text.numbers import is_said, read_number
from articles.text.source_kinds import without_article
from articles.text.words import language_of
from articles.writing.editing import EditError
from articles.writing.passages import Passage
from articles.writing.source_numbers import KEYS, Numbered, living_source, numbered_sources
from articles.writing.tagging import Entry
from newsdesk.compiled import Compiled

OTHER, UNKNOWN = "+", "?"
# So many words before a figure, and after it, may belong to the number.
_BEFORE, _AFTER = 3, 2
# So many claims before one, and after it, are offered to be joined with it.
_NEAREST, _ALL = 8, 500
_NAMES = Compiled(lambda: Source.objects.in_use().by_name().values_list("name", "code")[:OFFERED])
_SPEAKERS = Compiled(lambda story: Claim.objects.of_story(story).speakers_by_source())
_SPEAKERS_IN_ONE = Compiled(lambda article: Claim.objects.in_article(article).speakers_by_source())


@dataclass(frozen=True, slots=True)
class Others:
    """`is_cut`: there are more."""

    claims: Sequence[Claim] = ()
    is_cut: bool = False


class ClaimForm(NewSourceForm):
    """Plain fields; `answers` and `new_question` are forms of their own, made when a page shows them: to save, those
    into which something was written are enough. Nothing is written by validating it, but by `entry`, which makes
    the source or the question that the editor asked for."""

    source = forms.CharField(max_length=140, required=False)
    proposed_source = forms.CharField(max_length=200, required=False)
    speaker = forms.CharField(max_length=200, required=False)
    cue = forms.CharField(max_length=120, required=False)
    note = forms.CharField(max_length=5000, required=False)
    status = forms.ChoiceField(choices=Claim.Status, required=False)
    token = forms.CharField(max_length=36, required=False)
    based_on = forms.IntegerField(min_value=1, required=False)

    def __init__(self, article: Article, claim: Claim | None = None, data: Any = None, **initial: str) -> None:
        super().__init__(data, initial={**_initial(claim), "token": str(uuid4()), **initial})
        self.article = article
        self.claim = claim
        self.offers_all = False

    @cached_property
    def sources(self) -> list[Numbered]:
        return numbered_sources(self.article)

    @cached_property
    def asked(self) -> Asked:
        return all_asked(self.article)

    @cached_property
    def answers(self) -> list[AnswerForm]:
        return self.asked.forms(self.claim, self.data if self.is_bound else None)

    @cached_property
    def new_question(self) -> NewQuestionForm | None:
        return NewQuestionForm(self.article, self.data if self.is_bound else None) if self.article.story_id else None

    @cached_property
    def _written(self) -> list[AnswerForm]:
        data = cast(QueryDict, self.data)
        return asked_in(self.article, data).forms(self.claim, data)

    @cached_property
    def _asked(self) -> NewQuestionForm | None:
        return self.new_question if any(self.data.get(f"new-{name}") for name in NEW_NAMES) else None

    def is_valid(self) -> bool:
        """Of all parts, so that all that is wrong is said at once."""
        more: list[forms.Form] = [*self._written, *([self._asked] if self._asked else [])]
        return all([super().is_valid(), *(form.is_valid() for form in more)])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = data.get("source", "")
        if not chosen:
            # A step on the way, as finding the words, saves nothing yet.
            if "step" not in self.data:
                self.add_error("source", "Choose who says it.")
        elif chosen == OTHER:
            self.clean_named(data)
        elif chosen != UNKNOWN and (known := living_source(chosen, self.sources)) is None:
            self.add_error("source", f"There is no source “{chosen:.40}” any more. Choose another.")
        elif chosen != UNKNOWN:
            data["chosen"] = known
        if chosen == UNKNOWN:
            data["status"] = Claim.Status.SUGGESTED
        return data

    def entry(self, passages: Sequence[Passage]) -> Entry:
        """To be called for a valid form, within the transaction that writes the claim. Raises ValidationError."""
        data = self.cleaned_data
        quote = " … ".join(one.quote for one in passages)
        source, is_new = self._source(data)
        return Entry(
            passages=tuple(passages),
            source=source,
            is_source_new=is_new,
            proposed_source=data["proposed_source"] if data["source"] == UNKNOWN else "",
            speaker=data["speaker"],
            cue=data["cue"],
            note=data["note"],
            status=data["status"] or Claim.Status.ACCEPTED,
            answers=tuple(self._answers(quote)),
        )

    def _source(self, data: dict[str, Any]) -> tuple[Source | None, bool]:
        chosen: Source | None = data.get("chosen")
        return (chosen, False) if chosen or data["source"] == UNKNOWN else self.named_source()

    def _answers(self, quote: str) -> Iterator[Answer]:
        """Raises EditError for what was written on a question that is not there any more."""
        known = {form.question.slug for form in self._written}
        if self.article.story_id and (lost := answered_in(cast(QueryDict, self.data)) - known):
            raise EditError(
                f"A question has been taken away in the meantime ({min(lost)}). Empty its answer to save the rest."
            )
        for form in self._written:
            words = _worded(form.question.kind, form.cleaned_data["value"], quote)
            if answer := form.answer(words):
                yield answer
        if self._asked:
            asked = self._asked.cleaned_data
            if answer := self._asked.answer(_worded(asked["kind"], asked["value"], quote)):
                yield answer

    def doubts(self, quote: str) -> Iterator[Doubt]:
        """Of a valid form: a new source that may be an old one, numbers that its words, or else the claim's, do not
        say."""
        yield from self.near_doubts()
        is_english = language_of(self.article.language) == "en"
        parts: list[AnswerForm | NewQuestionForm] = [*self._written, *([self._asked] if self._asked else [])]
        for form in parts:
            value, words = form.number_given, form.cleaned_data["as_worded"] or quote
            if value and not is_said(value, words, is_english=is_english):
                yield number_doubt(form.asks, value, words)

    def has_answers(self) -> bool:
        """Whether there is anything in the answers to look at, be it wrong."""
        parts: list[AnswerForm | NewQuestionForm] = [*self.answers]
        if self.new_question:
            parts.append(self.new_question)
        return any(part.is_answered or (part.is_bound and part.errors) for part in parts)

    def empty_answers(self) -> Hashable | None:
        """All that the answers show while each is as it came, and empty; None once there is more to them."""
        if self.is_bound or (self.claim and self.claim.answers.all()):
            return None
        return self.asked.shown, self.article.story_id is None

    def names_of_sources(self) -> list[Completion]:
        """The first to which the name of another source is completed, before anything is typed. One query."""
        return [Completion(name, code) for name, code in _NAMES.rows()]

    def speakers(self) -> list[dict[str, str]]:
        """Who has spoken for which source in the article's story, for completion. One query."""
        story, article = self.article.story_id, self.article.pk
        rows = _SPEAKERS.rows(story) if story else _SPEAKERS_IN_ONE.rows(article)
        return [{"speaker": speaker, "source": slug} for speaker, slug in rows]

    @cached_property
    def others(self) -> Others:
        """The claims with which this one can be joined: the nearest, unless all are asked for. Three queries."""
        if self.claim is None or self.claim.reading_order is None:
            return Others()
        order, most = self.claim.reading_order, _ALL if self.offers_all else _NEAREST
        rows = Claim.objects.in_article(self.claim.article).around(self.claim, most + 1)
        before = [row for row in rows if (row.reading_order or 0) <= order]
        after = rows[len(before) :]
        return Others([*before[-most:], *after[:most]], most < max(len(before), len(after)))

    def chosen(self) -> str:
        """The slug, or sign, of what is chosen as the source, in a filled-in form too."""
        return str(self["source"].value() or "")

    def chips(self) -> list[Numbered]:
        """The sources offered, and the chosen one if it is not among them; that one has no key."""
        chosen = self.chosen()
        if chosen in {"", OTHER, UNKNOWN, *(one.source.slug for one in self.sources)}:
            return self.sources
        own = Source.objects.living(chosen)
        return [*self.sources, Numbered(own, KEYS + 1)] if own else self.sources


def accepting(claim: Claim) -> dict[str, str]:
    """What the form of a suggestion is filled with for whoever accepts it: the source that editors have chosen for its
    speaker since, or that has its proposed name; else that name as one of a new source. Where nobody is named, no
    source is chosen, so that the form asks for one."""
    if claim.status != Claim.Status.SUGGESTED:
        return {}
    filled = {"status": Claim.Status.ACCEPTED.value}
    if claim.source_id:
        return filled
    if likely := likely_source(claim, claim.article):
        return {**filled, "source": likely.slug}
    if not claim.proposed_source:
        return {**filled, "source": ""}
    if known := source_called(claim.proposed_source):
        return {**filled, "source": known.slug}
    return {**filled, "source": OTHER, "source_name": without_article(claim.proposed_source)[:120]}


def _worded(kind: str, value: str, quote: str) -> str:
    """The words of the quote in which the value stands, a number's with what bounds it: “an estimated 100” for 100. All
    of them if it does not stand there as it was typed."""
    if kind not in {Question.Kind.NUMBER, Question.Kind.WORDS}:
        return quote
    typed = r"\s+".join(map(re.escape, value.split()))
    found = re.search(rf"(?<![\w.,-]){typed}(?![\w-]|[.,]\d)", quote, re.IGNORECASE)
    if found is None or not typed:
        return quote
    return _number_around(quote, found) if kind == Question.Kind.NUMBER else found[0]


def _number_around(quote: str, figure: re.Match[str]) -> str:
    """The most words around the figure that are a number, and nothing else."""
    before = [figure.start(), *(word.start() for word in reversed([*re.finditer(r"\S+", quote[: figure.start()])]))]
    after = [figure.end(), *(word.end() for word in re.compile(r"\S+").finditer(quote, figure.end()))]
    windows = [quote[start:end] for end in after[_AFTER::-1] for start in before[_BEFORE::-1]]
    number = next((words for words in windows if read_number(words)), figure[0])
    return number.strip('“”".,;: ')


def _initial(claim: Claim | None) -> dict[str, Any]:
    if claim is None:
        return {"status": Claim.Status.ACCEPTED}
    names = ("proposed_source", "speaker", "cue", "note", "status")
    source = claim.source.slug if claim.source else UNKNOWN
    return {
        **{name: getattr(claim, name) for name in names},
        "source": source,
        "based_on": claim.version,
    }
