"""What a search finds by its name: sources, stories and questions that are called what was asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast

from articles.desk_stamp import stamp_of_names
from articles.models import Claim, Question, Source, Story, Tally
from articles.models.address import address_of
from articles.models.listed import scope_of
from articles.models.roles import Visitor, is_editor
from articles.models.source import Alias
from articles.pages.narrowed import shelves_of
from articles.pages.visitors import sources_for, stories_for
from articles.text.name_index import NameIndex, words_of_name
from articles.text.seeking import MOST_WORDS, Piece, Sought, language_found, pieces
from newsdesk.compiled import rows_of

# So many of each kind are shown; of those that are called so the nearest are looked at.
SHOWN, _NEAREST = 5, 200
_KINDS = {"source": "Sources", "story": "Stories", "question": "Questions"}
# Its kind, and its key there.
_Key = tuple[str, int]


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
    """Sources, then stories, then questions, as far as the visitor may know of them. Words mean here what they mean
    elsewhere. Three queries at most."""
    known = _known()
    held = known.index.holding(sought, languages)
    called = {kind: _nearest(sought, known, (one for one in held if one[0] == kind), languages) for kind in _KINDS}
    if not any(called.values()):
        return []
    rows: dict[str, dict[int, tuple[Any, ...]]] = {kind: {} for kind in called}
    for kind, key, *row in _visible(called, visitor):
        rows[kind][key] = tuple(row)
    return [_shown(kind, called[kind], rows[kind], sought) for kind in _KINDS if rows[kind]]


@dataclass(frozen=True, slots=True)
class _Known:
    """All names as they were read when they had this stamp, or after it: by kind and key what it is called, then its
    code, then its other names."""

    stamp: int
    names: dict[_Key, list[str]]
    index: NameIndex[_Key]

    @classmethod
    def of(cls, stamp: int, rows: Iterable[tuple[Any, ...]]) -> "_Known":
        names: dict[_Key, list[str]] = {}
        for kind, key, name, _ in sorted(set(rows), key=itemgetter(3, 2)):
            names.setdefault((kind, key), []).append(name)
        return cls(stamp, names, NameIndex(names))


# The one that was made last, in this process.
_kept: list[_Known] = []


def _known() -> _Known:
    """The names as they are now: what has been renamed is found by its new name at once. Two queries, or one."""
    stamp, known = stamp_of_names(), _kept[-1] if _kept else None
    if known is None or known.stamp != stamp:
        known = _Known.of(stamp, _rows())
        _kept[:] = [known]
    return known


def _rows() -> Iterable[tuple[Any, ...]]:
    """Kind, key, name, and its rank among the names, in no order. Of a merged source the name leads to the one that it
    is now."""
    sources, merged = Source.objects.in_use(), Source.objects.merged()
    parts = [
        _part(sources, "source", "pk", "name", 0),
        _part(sources, "source", "pk", "code", 1),
        _part(merged, "source", "merged_into_id", "name", 2),
        _part(Alias.objects.filter(source__merged_into=None), "source", "source_id", "name", 2),
        _part(Story.objects.all(), "story", "pk", "title", 0),
        _part(Question.objects.all(), "question", "pk", "text", 0),
    ]
    return rows_of(parts[0].union(*parts[1:], all=True))


def _part(rows: QuerySet[Any], kind: str, key: str, name: str, rank: int) -> Any:
    told = {"of_kind": Value(kind, CharField()), "its_key": F(key), "called": F(name), "rank": Value(rank)}
    return rows.order_by().annotate(**told).values_list(*told)


def _nearest(sought: Sought, known: _Known, held: Iterable[_Key], languages: Sequence[str]) -> list[Called]:
    """What has least besides what is sought comes first."""
    called = []
    for key in sorted(held, key=lambda one: len(known.names[one][0]))[:_NEAREST]:
        names = known.names[key]
        language = language_found(sought, list(map(words_of_name, names)), languages or [""])
        if language is not None:
            called.append(Called(key[1], tuple(names), language))
    return sorted(called, key=lambda one: _besides(sought, one))


def _besides(sought: Sought, called: Called) -> tuple[int, str]:
    """How many words are in the shortest of its names that holds all; and what it is called."""
    names = map(words_of_name, called.names)
    whole = [len(name) for name in names if language_found(sought, [name], [called.language]) is not None]
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
