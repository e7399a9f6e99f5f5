"""The page of a story, and that of one question: the accounts side by side, as the visitor asks for them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.accounts import Relation
from articles.loading import said_in_story
from articles.models import Answer, Article, Claim, Highlight, Place, Question, Source, Story
from articles.models.roles import Visitor
from articles.pages.account_table import FULLEST, Column, Material, Row, rows
from articles.pages.forms import AccountsForm
from articles.pages.whereabouts import whereabouts
from articles.tones import tones_in_article
from articles.writing.rulings import in_force
from articles.writing.stating import surroundings_of
from articles.writing.versions import carried_uid


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; empty means everything."""

    shown: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    by_name: bool = False
    all_versions: bool = False
    most: int | None = FULLEST


@dataclass(frozen=True, slots=True)
class Accounts:
    """`articles` are the latest versions, of `versions` in all. `columns`: every source that answers anything here,
    `shown` those that were asked for. `is_read`: somebody
    has read all articles through, so that who is not marked as saying something is silent."""

    story: Story
    articles: list[Article]
    versions: int
    questions: list[Question]
    columns: list[Column]
    shown: list[Column]
    rows: list[Row]
    counts: dict[int, int]
    claim_count: int
    without_answer: list[Source]
    unknown: tuple[str, ...]
    is_read: bool
    asked: Asked

    @property
    def disputed(self) -> list[Row]:
        return [row for row in self.rows if row.sign is Relation.CONFLICT]

    @property
    def rows_answered(self) -> list[Row]:
        return [row for row in self.rows if row.is_answered]

    @property
    def is_read_again(self) -> bool:
        return any(row.read_again for row in self.rows_answered)

    @property
    def rows_open(self) -> list[Row]:
        return [row for row in self.rows if not row.is_answered]


def articles_of(slug: str, visitor: Visitor) -> list[Article]:
    """All versions that the visitor may read, with story and outlet, the newest first. One query."""
    return list(Article.objects.for_list(visitor).in_stories([slug]))


def accounts(story: Story, articles: Sequence[Article], visitor: Visitor, asked: Asked) -> Accounts:
    """`articles` as `articles_of` gives them. Three queries; another if a question is answered by a place, another
    if an editor has ruled on one."""
    questions = list(Question.objects.of_story(story))
    highlights, said = said_in_story(story, visitor)
    claims, quotes, places = _claims(highlights, articles)
    current = _current(claims.values(), asked)
    latest = [article for article in articles if article.is_latest]
    is_read = all(article.read_through_at for article in latest)
    answers = _answers(said, current, questions)
    reread = frozenset() if is_read else frozenset(_read_again(said, current, claims))
    columns = _columns(current, answers, by_name=asked.by_name)
    named = {column.source.slug for column in columns}
    wanted = asked.shown if named.issuperset(asked.shown) else Source.objects.living_slugs(list(asked.shown))
    shown = [column for column in columns if column.source.slug in wanted] or columns
    chosen = [one for one in questions if not asked.questions or one.slug in asked.questions] or questions
    around = surroundings_of(Place.objects.in_stories([story.slug])) if any(one.place_id for one in answers) else {}
    where = whereabouts(current, claims, quotes, places)
    material = Material(answers, quotes, where, around, in_force(chosen), reread)
    named |= {question.slug for question in questions}
    return Accounts(
        story=story,
        articles=latest,
        versions=len(articles),
        questions=questions,
        columns=columns,
        shown=shown,
        rows=rows(chosen, shown, material, asked.most),
        counts=Counter(claim.article_id for claim in current),
        claim_count=len(current),
        without_answer=_without_answer(current, columns),
        unknown=tuple(slug for slug in (*wanted, *asked.questions) if slug not in named),
        is_read=is_read,
        asked=asked,
    )


def _claims(
    highlights: Iterable[Highlight], articles: Sequence[Article]
) -> tuple[dict[int, Claim], dict[int, str], dict[int, Highlight]]:
    """The claims in all versions, each with its article, its quote and its first passage that stands in the text. No
    query."""
    by_key = {article.pk: article for article in articles}
    claims: dict[int, Claim] = {}
    words: dict[int, list[str]] = defaultdict(list)
    first: dict[int, Highlight] = {}
    for highlight in highlights:
        claim = claims.setdefault(highlight.claim_id, highlight.claim)
        claim.article = by_key[claim.article_id]
        words[claim.pk].append(highlight.quote)
        if highlight.is_placed:
            first.setdefault(claim.pk, highlight)
    return claims, {key: " … ".join(some) for key, some in words.items()}, first


def _current(claims: Iterable[Claim], asked: Asked) -> list[Claim]:
    """Those of the latest versions; of all versions without those that another one continues."""
    if not asked.all_versions:
        return [claim for claim in claims if claim.article.is_latest]
    followed = {claim.continues_id for claim in claims}
    return [claim for claim in claims if claim.pk not in followed]


def _answers(said: Iterable[Answer], claims: Iterable[Claim], questions: Iterable[Question]) -> list[Answer]:
    """Those of these claims, but for claims without a source, as they are read. No query."""
    by_claim = {claim.pk: claim for claim in claims if claim.source}
    asked = {question.pk: question for question in questions}
    order = {key: at for at, key in enumerate(by_claim)}
    found = [row for row in said if row.claim_id in by_claim]
    for answer in found:
        answer.claim, answer.question = by_claim[answer.claim_id], asked[answer.question_id]
    return sorted(found, key=lambda answer: order[answer.claim_id])


def _read_again(
    said: Iterable[Answer], current: Iterable[Claim], claims: Mapping[int, Claim]
) -> Iterator[tuple[int | None, int]]:
    """Sources and questions, by their keys, on which a claim said something in the version before, and says nothing now
    because its words are others: it was carried over without that answer, and nobody has looked at it yet."""
    asked: dict[int, set[int]] = defaultdict(set)
    for answer in said:
        asked[answer.claim_id].add(answer.question_id)
    carried = [
        (claim, gone)
        for claim in current
        if (gone := asked.get(claim.continues_id or 0, set()) - asked.get(claim.pk, set()))
        and (old := claims.get(claim.continues_id or 0))
        and claim.uid == carried_uid(claim.article, old)
    ]
    unchecked = _unchecked(claim for claim, _ in carried)
    for claim, gone in carried:
        if claim.pk in unchecked:
            yield from ((claim.source_id, question) for question in gone)


def _unchecked(claims: Iterable[Claim]) -> set[int]:
    """One query, where something has been done to one of them: it need not have been a look at its words."""
    versions = {claim.pk: claim.version for claim in claims}
    moved = [key for key, version in versions.items() if version > 1]
    still = Claim.objects.carried_unchecked().filter(pk__in=moved).values_list("pk", flat=True) if moved else ()
    return {key for key, version in versions.items() if version == 1} | set(still)


def _columns(claims: Iterable[Claim], answers: Iterable[Answer], *, by_name: bool) -> list[Column]:
    """By number of claims, then by name; or by name alone: no order that an editor sets."""
    sources = {answer.claim.source.pk: answer.claim.source for answer in answers if answer.claim.source}
    counts = Counter(claim.source_id for claim in claims)
    tones = tones_in_article({key: source.tone for key, source in sources.items()})
    columns = [Column(source, tones[key], counts[key]) for key, source in sources.items()]
    return sorted(columns, key=lambda one: (0 if by_name else -one.count, one.source.name_key))


def _without_answer(claims: Iterable[Claim], columns: Iterable[Column]) -> list[Source]:
    speaking = {claim.source.pk: claim.source for claim in claims if claim.source}
    return sorted(
        (speaking[key] for key in speaking.keys() - {column.source.pk for column in columns}),
        key=lambda source: source.name_key,
    )


def asked_in(form: AccountsForm) -> Asked:
    """The form must be valid."""
    data = form.cleaned_data
    return Asked(tuple(data["shown"]), tuple(data["question"]), data["order"] == "name", data["versions"] == "all")
