"""What a search finds by its name: sources, stories and questions that are called what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast

from articles.models import Claim, Question, Source, Story, Tally
from articles.models.address import address_of
from articles.models.listed import scope_of
from articles.models.roles import Visitor, is_editor
from articles.models.source import Alias
from articles.pages.narrowed import shelves_of
from articles.pages.visitors import sources_for, stories_for
from articles.text.seeking import MOST_WORDS, Piece, Sought, is_found, language_found, pieces
from articles.text.words import words

# So many of each kind are shown; of those that are called so the nearest are looked at.
SHOWN, _NEAREST = 5, 200
_KINDS = {"source": "Sources", "story": "Stories", "question": "Questions"}


class Called(NamedTuple):
    """The key of what has these names, its own first; and the language by whose rules they hold what is sought."""

    key: int
    names: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class FoundName:
    """`code` is that of a source, and `others` those of its other names for which it was found. `story` is the title of
    a question's, `number` how many claims lists hold."""

    address: str
    name: list[Piece]
    code: list[Piece]
    others: list[list[Piece]]
    story: str
    tone: int
    number: int


@dataclass(frozen=True, slots=True)
class Names:
    """Those of one kind. With `has_more`, others are called so too."""

    kind: str
    found: list[FoundName]
    has_more: bool

    @property
    def title(self) -> str:
        return _KINDS[self.kind]

    @property
    def in_words(self) -> str:
        """“3 sources”, “1 story”, “more than 5 questions”."""
        number = f"more than {len(self.found)}" if self.has_more else str(len(self.found))
        return f"{number} {self.kind if len(self.found) == 1 else self.title.lower()}"


def named_so(sought: Sought, languages: Sequence[str], visitor: Visitor) -> list[Names]:
    """Sources, then stories, then questions, as far as the visitor may know of them. Two queries: the names, of which
    there are some thousands at most, are read, so that words mean here what they mean elsewhere."""
    called = {kind: _nearest(sought, names, languages) for kind, names in _names().items()}
    if not any(called.values()):
        return []
    rows: dict[str, dict[int, tuple[Any, ...]]] = {kind: {} for kind in called}
    for kind, key, *row in _visible(called, visitor):
        rows[kind][key] = tuple(row)
    return [_shown(kind, called[kind], rows[kind], sought) for kind in _KINDS if rows[kind]]


def _names() -> dict[str, dict[int, list[str]]]:
    """Of each kind by key: what it is called, then its code, then its other names. One query."""
    found: dict[str, dict[int, list[str]]] = {kind: {} for kind in _KINDS}
    sources = Source.objects.in_use()
    parts = [
        _part(sources, "source", "pk", "name", 0),
        _part(sources, "source", "pk", "code", 1),
        _part(Alias.objects.filter(source__merged_into=None), "source", "source_id", "name", 2),
        _part(Story.objects.all(), "story", "pk", "title", 0),
        _part(Question.objects.all(), "question", "pk", "text", 0),
    ]
    for kind, key, name, _ in parts[0].union(*parts[1:], all=True).order_by("rank", "called"):
        found[kind].setdefault(key, []).append(name)
    return found


def _part(rows: QuerySet[Any], kind: str, key: str, name: str, rank: int) -> Any:
    told = {"of_kind": Value(kind, CharField()), "its_key": F(key), "called": F(name), "rank": Value(rank)}
    return rows.order_by().annotate(**told).values_list(*told)


def _nearest(sought: Sought, names: Mapping[int, Sequence[str]], languages: Sequence[str]) -> list[Called]:
    """What has least besides what is sought comes first."""
    called = [
        Called(key, tuple(some), language)
        for key, some in names.items()
        if (language := language_found(sought, some, languages or [""])) is not None
    ]
    return sorted(called, key=lambda one: _besides(sought, one))[:_NEAREST]


def _besides(sought: Sought, called: Called) -> tuple[int, str]:
    """How many words are in the shortest of its names that holds all; and what it is called."""
    whole = [len(words(name)) for name in called.names if is_found(sought, [name], called.language)]
    return min(whole, default=MOST_WORDS), called.names[0].casefold()


def _visible(called: Mapping[str, Sequence[Called]], visitor: Visitor) -> Any:
    """Those that the visitor may know of: kind, key, slug, number of claims in lists, tone, slug and title of a
    question's story. One query."""
    keys = {kind: [one.key for one in some] for kind, some in called.items()}
    stories = stories_for(visitor)
    questions = Question.objects.filter(pk__in=keys["question"], story__in=stories.values("pk"))
    parts = [
        _told(sources_for(visitor).filter(pk__in=keys["source"]), "source", visitor, tone=F("tone")),
        _told(stories.filter(pk__in=keys["story"]), "story", visitor),
        _told(questions, "question", visitor, story_slug=F("story__slug"), story_title=F("story__title")),
    ]
    return parts[0].union(*parts[1:], all=True)


def _told(rows: QuerySet[Any], kind: str, visitor: Visitor, **more: Any) -> Any:
    shelves = shelves_of([Claim.Status.ACCEPTED], for_editors=is_editor(visitor), has_all_versions=False)
    tallies = Tally.objects.of(map(scope_of, shelves), kind).filter(value=Cast(OuterRef("pk"), CharField()))
    told = {
        "of_kind": Value(kind, CharField()),
        "its_key": F("pk"),
        "its_slug": F("slug"),
        "number": Subquery(tallies.order_by().values("value").annotate(all=Sum("number")).values("all")),
        "its_tone": more.get("tone", Value(0)),
        "story_slug": more.get("story_slug", Value("", CharField())),
        "story_title": more.get("story_title", Value("", CharField())),
    }
    return rows.order_by().annotate(**told).values_list(*told)


def _shown(kind: str, called: Sequence[Called], rows: Mapping[int, Sequence[Any]], sought: Sought) -> Names:
    seen = [(one, rows[one.key]) for one in called if one.key in rows]
    found = [_found(kind, one, row, sought) for one, row in seen[:SHOWN]]
    return Names(kind, found, has_more=len(seen) > SHOWN)


def _found(kind: str, called: Called, row: Sequence[Any], sought: Sought) -> FoundName:
    slug, number, tone, story, story_title = row
    name, *others = (pieces(sought, one, called.language) for one in called.names)
    code = others.pop(0) if kind == "source" else []
    address = address_of(f"{kind}_detail", *([story, slug] if kind == "question" else [slug]))
    held = [one for one in others if any(piece.is_hit for piece in one)]
    return FoundName(address, name, code, held, story_title, tone, number or 0)
