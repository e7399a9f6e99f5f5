"""Claims with all their parts: for marking and lists read by queries that are compiled once, table by table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Min, Q

from articles.models import (
    Answer,
    Article,
    Changeset,
    Choice,
    Claim,
    Highlight,
    Paragraph,
    Place,
    Question,
    Revision,
    Source,
    Story,
)
from articles.models.claim import ClaimQuerySet, is_on_the_page
from articles.models.listed import Shelf
from articles.models.roles import Visitor, is_editor
from newsdesk.compiled import Compiled

_RECORDED = Compiled(lambda uids: Revision.objects.of_claims(uids).order_by().values_list("claim_uid"))
_SOURCES = Compiled(lambda keys: Source.objects.filter(pk__in=keys).order_by())
_IN_LISTS = Compiled(
    lambda keys: Claim.objects.filter(pk__in=keys).select_related("source", "article__outlet").order_by()
)
_QUESTIONS = Compiled(lambda story, slugs: Question.objects.of_story(story).named(slugs))
_ASKED = Compiled(lambda story: Question.objects.of_story(story))
_CHOICES = Compiled(lambda keys: Choice.objects.filter(question__in=keys))
_PLACES = Compiled(lambda story: Place.objects.filter(story=story))
_NAMED_CLAIMS = Compiled(
    lambda uids: Claim.objects.with_uids(uids).select_related("article__story", "source", "continues").order_by()
)
_NAMED_CHANGESET = Compiled(
    lambda uid: Changeset.objects.with_uid(uid).select_related("article__story", "article__outlet").order_by()
)
_BY_TOKEN = Compiled(lambda token: Changeset.objects.with_token(token).order_by())
_ACT = Compiled(
    lambda token, editor: Changeset.objects.with_token(token).of_an_article().filter(editor=editor).order_by()
)
_NAMED_ARTICLE = Compiled(lambda slug: Article.objects.named(slug).select_related("story").order_by())
_CONTINUING = Compiled(lambda keys: Claim.objects.filter(continues__in=keys).order_by())
_HIGHLIGHTS = Compiled(lambda keys: Highlight.objects.filter(claim__in=keys).order_by("position", "id"))
_PLACED = Compiled(
    lambda keys: Highlight.objects.filter(claim__in=keys).select_related("paragraph").order_by("position", "id")
)
_ANSWERS = Compiled(
    lambda keys: (
        Answer.objects.filter(claim__in=keys).select_related("question", "choice", "place").order_by("question", "id")
    )
)
_FOR_CARDS = Compiled(lambda keys: Answer.objects.of_each(keys).for_cards())


def article_named(slug: str) -> Article | None:
    """With its story. One query."""
    return next(iter(_NAMED_ARTICLE.models(slug)), None)


def whole_claims(uids: Iterable[str]) -> list[Claim]:
    """As from `snapshots.whole`, and their articles with their stories, those that are there. Four queries. What
    several of them name is one object."""
    claims: list[Claim] = _NAMED_CLAIMS.models(sorted(uids))
    keys = [claim.pk for claim in claims]
    _keep(claims, "highlights", _PLACED.models(keys))
    _keep(claims, "answers", _ANSWERS.models(keys))
    _keep(claims, "continued_by", _CONTINUING.models(keys))
    return claims


def whole_claim(uid: str) -> Claim | None:
    """The same of one."""
    return next(iter(whole_claims([uid])), None)


def changeset_named(uid: str) -> Changeset | None:
    """With its article, and that one's story and outlet. One query."""
    return next(iter(_NAMED_CHANGESET.models(uid)), None)


def changeset_with_token(token: str) -> Changeset | None:
    """What was done for the form with this token. One query."""
    return next(iter(_BY_TOKEN.models(token)), None)


def act_with_token(token: str, editor: Visitor) -> Changeset | None:
    """The same, if this editor has done it, and to claims of an article. One query."""
    return next(iter(_ACT.models(token, editor.pk)), None) if token and editor.pk else None


def continuing(keys: Sequence[int]) -> list[Claim]:
    """Those that continue one of the claims with these keys. One query."""
    return _CONTINUING.models(list(keys))


def recorded(uids: Sequence[str]) -> set[str]:
    """Those of these ids of claims that there is a revision of. One query."""
    return {uid for (uid,) in _RECORDED.rows(list(uids))}


def with_parts(claims: ClaimQuerySet) -> list[Claim]:
    """Claims with source, highlights in reading order, and answers. Three queries."""
    return _with_parts(list(claims.select_related("source")))


def listed_with_parts(article: Article, visitor: Visitor) -> list[Claim]:
    """What the page of this article lists, in reading order, as from `with_parts`. Three queries."""
    return _with_parts(_PAGES[is_editor(visitor)].models(article.pk))


def article_for_reading(slug: str, visitor: Visitor) -> Article | None:
    """With what the reading page shows of the article itself. None if this visitor may not read it. One query."""
    return next(iter(_FOR_READING[is_editor(visitor)].models(slug)), None)


def paragraphs_at(article: Article, positions: Iterable[int]) -> list[Paragraph]:
    """Those of its blocks that stand at these positions, counted from 0. One query."""
    return _AT.models(article.pk, sorted(positions))


def questions_named(story: Story, slugs: Iterable[str]) -> list[Question]:
    """Those of the story with these slugs, in its order, each with this story. One query."""
    return _of_story(story, _QUESTIONS.models(story.pk, sorted(slugs)))


def questions_of(story: Story) -> list[Question]:
    """As `questions_named`, all of them, with their choices. Two queries."""
    found = _of_story(story, _ASKED.models(story.pk))
    give_choices(found)
    return found


def _of_story(story: Story, questions: list[Question]) -> list[Question]:
    for question in questions:
        question.story = story
    return questions


def give_choices(questions: Sequence[Question]) -> None:
    """One query."""
    _fill(questions, "choices", _CHOICES.models(_keys(questions)))


def places_of(story: Story) -> list[Place]:
    """By their names. One query."""
    return _PLACES.models(story.pk)


def paragraphs_of(article: Article) -> list[Paragraph]:
    """In their order. One query."""
    return _IN_ORDER.models(article.pk)


def versions_of(article: Article) -> list[Article]:
    """All of them, the first one first. One query."""
    return _VERSIONS.models(article.lineage)


def said_beside(article: Article, questions: Iterable[int]) -> list[tuple[Any, ...]]:
    """What the latest versions of the other articles of its story say on these questions, as from `to_contradict`: the
    database finds what is the same, as a story may have thousands of answers. One query."""
    story = article.story_id
    return [] if story is None else _BESIDE.values(story, article.lineage, sorted(questions))


def listed_in(article: Article, paragraphs: Iterable[int], sources: Mapping[int, Source]) -> list[Claim]:
    """The claims that a page lists which are marked in these paragraphs, in reading order, with their highlights.
    Their sources are known; their answers are left out until they are asked for (`give_answers`). Two queries."""
    claims: list[Claim] = _LISTED.models(article.pk, sorted(paragraphs))
    for claim in claims:
        claim.source = sources[claim.source_id] if claim.source_id else None
    _fill(claims, "highlights", _HIGHLIGHTS.models(_keys(claims)))
    _fill(claims, "answers", ())
    return claims


def give_answers(claims: Sequence[Claim]) -> None:
    """As cards show them. One query."""
    _fill(claims, "answers", _FOR_CARDS.models(_keys(claims)))


def claims_to_list(keys: list[int]) -> list[Claim]:
    """The claims with these keys in their order, as from `with_parts`, each with its article and that one's
    outlet. Three queries."""
    found: dict[int, Claim] = {claim.pk: claim for claim in _IN_LISTS.models(keys)}
    return _with_parts([found[key] for key in keys if key in found])


def said_in_story(story: Story, visitor: Visitor) -> tuple[list[Highlight], list[Answer]]:
    """Of the claims in all versions of all its articles: highlights, as from `of_claims`, and answers, to be
    compared. Two queries."""
    highlights, answers = _STORIES_SAID[is_editor(visitor)]
    return highlights.models(story.pk), answers.models(story.pk)


def compared_on(
    article: Article, questions: Iterable[int], uids: Iterable[str], sources: Mapping[int, Source]
) -> tuple[list[Answer], set[tuple[Any, ...]]]:
    """What is said on these questions in the article and beside it, as from `AnswerQuerySet.different`, by claims of
    which nothing is known but their sources; and, as `Answer.saying`, what the claims say that the page lists, but for
    those named. Two queries, and one more if not all sources are known."""
    if article.story_id is None:
        return [], set()
    rows = _SAYINGS.rows(article.pk, article.story_id, article.lineage, list(uids), sorted(questions))
    by = {first: said[1] for *said, first, _ in rows}
    missing = {key for key in by.values() if key} - sources.keys()
    known = {**sources, **{row.pk: row for row in _SOURCES.models(sorted(missing))}}
    saying = {key: Claim(source=known[key] if key else None) for key in set(by.values())}
    found: list[Answer] = _FIRSTS.models(sorted(by))
    for row in found:
        row.claim = saying[by[row.pk]]
    return found, {tuple(said) for *said, _, others in rows if others}


def counts_of_sources(article: Article) -> tuple[dict[int | None, int], dict[int | None, int]]:
    """How many claims of each source the page lists, and how many are suggested besides: by the same keys."""
    rows = list(_COUNTS.rows(article.pk))
    return {key: number - suggested for key, number, suggested in rows}, {key: number for key, _, number in rows}


def _listed(article: int) -> ClaimQuerySet:
    return Claim.objects.on_the_page().filter(article=article)


def _beside(story: int, lineage: str) -> ClaimQuerySet:
    public = Claim.objects.visible_to(AnonymousUser())
    return public.beside(Article(story_id=story, lineage=lineage))


def _sayings(article: int, story: int, lineage: str, uids: list[str], questions: list[int]) -> Any:
    """Of each its first answer, and how many claims of the article say it but for those named."""
    here = is_on_the_page("claim__") & Q(claim__article=article)
    answers = Answer.objects.filter(here | Q(claim__in=_beside(story, lineage)), question__in=questions)
    others = Count("pk", filter=Q(claim__article=article) & ~Q(claim__uid__in=uids))
    return answers.sayings(first=Min("pk"), others=others)


def _page_for(visitor: Visitor) -> Compiled:
    """The claims of `listed_with_parts`, for those who see what this visitor sees."""
    listed = Claim.objects.listed_for(visitor)
    return Compiled(lambda article: listed.filter(article=article).in_reading_order().select_related("source"))


def _article_for(visitor: Visitor) -> Compiled:
    return Compiled(lambda slug: Article.objects.for_reading().visible_to(visitor).named(slug).order_by())


def _story_for(visitor: Visitor) -> tuple[Compiled, Compiled]:
    def counted(story: int) -> ClaimQuerySet:
        return Claim.objects.counted_for(visitor).filter(article__story=story)

    return (
        Compiled(lambda story: Highlight.objects.of_claims(counted(story))),
        Compiled(lambda story: Answer.objects.to_compare(counted(story))),
    )


# For whom something is read, by whether that is an editor: they all see the same, as all others do.
WHO: dict[bool, Visitor] = {True: User(is_superuser=True), False: AnonymousUser()}
_PAGES = {is_for_editors: _page_for(who) for is_for_editors, who in WHO.items()}
_FOR_READING = {is_for_editors: _article_for(who) for is_for_editors, who in WHO.items()}
_STORIES_SAID = {is_for_editors: _story_for(who) for is_for_editors, who in WHO.items()}
_AT = Compiled(lambda article, positions: Paragraph.objects.filter(article=article).at(positions))
_IN_ORDER = Compiled(lambda article: Paragraph.objects.filter(article=article).order_by("position"))
_VERSIONS = Compiled(lambda lineage: Article.objects.versions_of(Article(lineage=lineage)))
_BESIDE = Compiled(
    lambda story, lineage, keys: (
        Answer.objects.filter(question__in=keys, claim__listed__shelf=Shelf.PUBLIC, claim__article__story=story)
        .exclude(claim__article__lineage=lineage)
        .to_contradict()
    )
)
_LISTED = Compiled(lambda article, keys: _listed(article).marked_in(keys).in_reading_order())
_SAYINGS = Compiled(_sayings)
_FIRSTS = Compiled(
    lambda keys: Answer.objects.filter(pk__in=keys).select_related("question", "choice", "place").order_by("pk")
)
_COUNTS = Compiled(
    lambda article: (
        _listed(article)
        .order_by()
        .values_list("source")
        .annotate(Count("id"), suggested=Count("id", filter=Q(status=Claim.Status.SUGGESTED)))
    )
)


def _with_parts(claims: list[Claim]) -> list[Claim]:
    """By their keys: an editor may save another claim while these are read. Two queries."""
    _fill(claims, "highlights", _HIGHLIGHTS.models(_keys(claims)))
    give_answers(claims)
    return claims


def _keys(rows: Iterable[Claim] | Iterable[Question]) -> list[int]:
    return [row.pk for row in rows]


def _keep(claims: Sequence[Claim], name: str, rows: Iterable[Any]) -> None:
    """Puts them where Django keeps what it has prefetched, as it does."""
    own = _by_owner(claims, name, rows)
    for claim in claims:
        manager = getattr(claim, name)
        found = manager.get_queryset()
        found._result_cache, found._prefetch_done = own[claim.pk], True
        for row in own[claim.pk]:
            setattr(row, manager.field.name, claim)
        claim.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def _fill(of: Sequence[Claim] | Sequence[Question], name: str, rows: Iterable[Any]) -> None:
    """The same where nothing but `all` is asked of them: making a queryset for each costs more than all the rest."""
    own = _by_owner(of, name, rows)
    for one in of:
        one.__dict__.setdefault("_prefetched_objects_cache", {})[name] = own[one.pk]


def _by_owner(of: Sequence[Claim] | Sequence[Question], name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    """The rows of this relation, by the keys of those whose they are; none for any of the others."""
    found: dict[int, list[Any]] = {one.pk: [] for one in of}
    if of:
        key = getattr(type(of[0]), name).field.attname
        for row in rows:
            found[getattr(row, key)].append(row)
    return found
