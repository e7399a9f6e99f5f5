"""New articles: several whose keys nobody knows yet → rows, all at once, in one transaction.

It takes what is plain, which of a large file is nearly everything, and leaves the rest to the way of files, which says
what is wrong. Both make the same rows.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.core.exceptions import ValidationError

from articles.importing.answers import StoryAnswers
from articles.importing.article_lines import LineArticle, LineClaim
from articles.importing.articles import RESERVED, slug_base, unsaved_article
from articles.importing.claims import uid_of_name
from articles.importing.files import ArticleFileError
from articles.importing.known_names import KnownNames, metadata_of
from articles.importing.outcomes import Imported, Outcome
from articles.models import Answer, Article, ArticleText, Changeset, Claim, Paragraph, Revision
from articles.models.uid import UID_PATTERN
from articles.search import index_article
from articles.text.parsing import Block
from articles.writing.at_once import insert, insert_made, reserve
from articles.writing.disputes import recount
from articles.writing.new_claims import NewClaim, Passage, index_new, list_all_new, write_claims
from articles.writing.stamps import move_for_stories

_PARAGRAPH = ("id", "article_id", "position", "number", "kind", "text", "dateline_length")
_LEFT_OUT = ["slug", "lineage", "outlet", "story", "revises", "read_through_by"]
_MOST = [(one.name, one.max_length or 0) for one in Claim._meta.fields if one.name in {"speaker", "cue"}]
_ASKED_AT_ONCE = 5_000


class NotPlain(Exception):
    """Said of an article that goes the way of files."""


@dataclass(slots=True)
class _Made:
    given: LineArticle
    article: Article
    changeset: Changeset
    result: Imported
    sources: list[int]
    uids: list[str]
    answers: list[list[Answer]] = field(default_factory=list)

    @property
    def blocks(self) -> Sequence[Block]:
        return self.given.text.parsed.blocks


def make_articles(given: Sequence[LineArticle], names: KnownNames) -> tuple[dict[int, Imported], list[LineArticle]]:
    """The outcomes by line, and the articles that were left. To be called in a transaction."""
    names.look_again(given)
    wanted = {slug_base(one.line.key) for one in given}
    taken = {*RESERVED, *Article.objects.filter(slug__in=wanted).values_list("slug", flat=True)}
    made, left = list[_Made](), list[LineArticle]()
    for one in given:
        try:
            made.append(_unsaved(one, names, taken))
            taken.add(made[-1].article.slug)
        except (ArticleFileError, NotPlain, ValidationError):
            left.append(one)
    plain = _with_free_ids(_with_answers(made, names))
    if plain:
        _write(plain)
    done = {one.given.line.number: one.result for one in plain}
    return done, [*left, *(one.given for one in made if one.given.line.number not in done)]


def _unsaved(given: LineArticle, names: KnownNames, taken: Collection[str]) -> _Made:
    """Its slug is that of its key."""
    line, data = given.line, given.data
    result = Imported(line.place(names.path), Outcome.CREATED)
    slug = slug_base(line.key)
    if slug in taken or data.revises or data.read_through or any(map(_is_unusual, given.claims)):
        raise NotPlain
    metadata = metadata_of(given, names.path, names)
    article = unsaved_article(metadata, given.text, line.key, result)
    article.clean_fields(exclude=_LEFT_OUT)
    article.slug = article.lineage = slug
    article.is_latest = article.status != Article.Status.WITHDRAWN
    result.claims.placed = len(given.claims)
    details = {"article": slug, "table": metadata.table()}
    changeset = Changeset(kind=Changeset.Kind.IMPORT, article=article, summary=names.path.name[:300], details=details)
    sources = [names.source(claim.source, line, result).pk for claim in given.claims]
    met = Counter[str]()
    return _Made(given, article, changeset, result, sources, [_uid(slug, claim, given, met) for claim in given.claims])


def _is_unusual(claim: LineClaim) -> bool:
    return not claim.source or any(len(getattr(claim, name)) > most for name, most in _MOST)


def _uid(article: str, claim: LineClaim, given: LineArticle, met: Counter[str]) -> str:
    """As `ClaimsImport` gives them."""
    if re.fullmatch(UID_PATTERN, claim.id):
        return claim.id
    return uid_of_name(article, claim.id or f"{claim.source}|{claim.words(given.text)}", met)


def _with_answers(made: Sequence[_Made], names: KnownNames) -> list[_Made]:
    """Those whose answers are as their questions want them."""
    asked = {one.article.story_id for one in made if any(claim.answers for claim in one.given.claims)}
    known = StoryAnswers.of_stories({story for story in asked if story})
    nothing = StoryAnswers([], [])
    return [one for one in made if _fill_answers(one, known.get(one.article.story_id or 0, nothing), names)]


def _fill_answers(one: _Made, known: StoryAnswers, names: KnownNames) -> bool:
    def failing(message: str) -> ArticleFileError:
        return ArticleFileError(names.path, message, one.given.line.number)

    try:
        one.answers = [[known.row(answer, failing) for answer in claim.answers] for claim in one.given.claims]
    except ArticleFileError:
        return False
    return all(map(_are_in_order, one.answers))


def _are_in_order(answers: Sequence[Answer]) -> bool:
    """Of the kinds that the questions want, and one a question."""
    if not answers:
        return True
    questions = {answer.question_id for answer in answers}
    return len(questions) == len(answers) and all(answer.kind == answer.question.kind for answer in answers)


def _with_free_ids(made: Sequence[_Made]) -> list[_Made]:
    """Those whose claims have ids that no claim had that is gone. One that is there is the database's to refuse."""
    uids = list(chain.from_iterable(one.uids for one in made))
    taken = {uid for uid, count in Counter(uids).items() if count > 1}
    for start in range(0, len(uids), _ASKED_AT_ONCE):
        some = uids[start : start + _ASKED_AT_ONCE]
        taken |= set(Revision.objects.of_claims(some).order_by().values_list("claim_uid", flat=True))
    return [one for one in made if taken.isdisjoint(one.uids)] if taken else list(made)


def _write(made: Sequence[_Made]) -> None:
    """The index comes last, and both of its parts together: SQLite takes its many small writes in one go as long as
    nothing else is written between them."""
    insert_made([one.article for one in made])
    insert_made([ArticleText(article=one.article, content=one.given.text.content) for one in made])
    for one in made:
        one.changeset.article = one.article
    insert_made([one.changeset for one in made])
    keys = reserve(Paragraph, sum(len(one.blocks) for one in made))
    insert(Paragraph, _PARAGRAPH, _paragraphs(made, iter(keys)))
    claims, first = list[NewClaim](), 0
    for one in made:
        claims += _claims(one, keys[first : first + len(one.blocks)])
        first += len(one.blocks)
    claim_keys = write_claims(claims)
    # This waits for whoever else writes in these stories, so that what is in dispute there is known to both.
    move_for_stories(one.article.story_id for one in made if one.article.story_id)
    list_all_new(claims, claim_keys)
    _recount(made)
    for one in made:
        index_article(one.article, [block.text for block in one.blocks])
    index_new(claims, claim_keys)


def _recount(made: Sequence[_Made]) -> None:
    asked = {answer.question_id for one in made for answers in one.answers for answer in answers}
    if asked:
        recount(asked, is_more=True)


def _paragraphs(made: Sequence[_Made], keys: Iterator[int]) -> Iterator[tuple[object, ...]]:
    for one in made:
        for position, block in enumerate(one.blocks):
            kind, article = block.kind.value, one.article.pk
            yield next(keys), article, position, block.number, kind, block.text, block.dateline_length


def _claims(one: _Made, keys: Sequence[int]) -> Iterator[NewClaim]:
    blocks = one.blocks
    for claim, uid, source, answers in zip(one.given.claims, one.uids, one.sources, one.answers, strict=True):
        passages = [
            Passage(keys[span.block], span.block, blocks[span.block].text, span.start, span.end) for span in claim.spans
        ]
        said = (claim.speaker, claim.cue, claim.note, claim.status)
        yield NewClaim(uid, one.article, source, *said, one.changeset.pk, passages, answers)
