"""New articles: several whose keys nobody knows yet → rows, all at once, in one transaction.

It takes what is plain, which of a large file is nearly everything, and leaves the rest to the way of files, which says
what is wrong. Both make the same rows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from articles.importing.answers import StoryAnswers
from articles.importing.articles import RESERVED
from articles.importing.files import ArticleFileError
from articles.importing.known_names import KnownNames
from articles.importing.outcomes import Imported
from articles.importing.prepared import Prepared
from articles.loading import recorded
from articles.models import Article, ArticleText, Changeset, Paragraph
from articles.models.words import marks_of
from articles.search import Words, index_articles, index_claims
from articles.text.parsing import Block
from articles.writing.at_once import insert, insert_made, reserve
from articles.writing.disputes import recount
from articles.writing.new_claims import NewAnswer, NewClaim, Passage, list_all_new, write_claims
from articles.writing.stamps import move_for_stories
from newsdesk.compiled import Compiled

_PARAGRAPH = ("id", "article_id", "position", "number", "kind", "text", "dateline_length")
_ASKED_AT_ONCE = 5_000
_SLUGS = Compiled(lambda slugs: Article.objects.filter(slug__in=slugs).order_by().values_list("slug"))


class NamesLeft(Exception):
    """Rows were made for what an article names that is left: they may not stay, should it fail."""


@dataclass(slots=True)
class _Made:
    ready: Prepared
    changeset: Changeset
    sources: list[int]
    answers: list[list[NewAnswer]] = field(default_factory=list)

    @property
    def article(self) -> Article:
        return self.ready.article

    @property
    def blocks(self) -> Sequence[Block]:
        return self.ready.given.text.parsed.blocks


def make_articles(ready: Sequence[Prepared], names: KnownNames) -> dict[int, Imported]:
    """The outcomes by line; lines that are not among them are left. To be called in a transaction, for which it raises
    NamesLeft."""
    names.look_again([one.given for one in ready])
    taken = {*RESERVED, *(slug for (slug,) in _SLUGS.rows([one.article.slug for one in ready]))}
    made = list[_Made]()
    for one in ready:
        try:
            if one.article.slug not in taken:
                made.append(_named(one, names))
                taken.add(one.article.slug)
        except ArticleFileError:
            continue
    plain = _with_free_ids(_with_answers(made, names))
    done = {one.ready.given.line.number: one.ready.result for one in plain}
    if any(one.result.notes for one in ready if one.given.line.number not in done):
        raise NamesLeft
    if plain:
        _write(plain)
    return done


def _named(ready: Prepared, names: KnownNames) -> _Made:
    """With the rows that it names. Raises ArticleFileError."""
    article, line, result = ready.article, ready.given.line, ready.result
    article.outlet, article.story = ready.metadata.outlet(result), ready.metadata.story(result)
    details = {"article": article.slug, "table": ready.metadata.table()}
    changeset = Changeset(kind=Changeset.Kind.IMPORT, article=article, summary=names.path.name[:300], details=details)
    return _Made(ready, changeset, [names.source(claim.source, line, result).pk for claim in ready.given.claims])


def _with_answers(made: Sequence[_Made], names: KnownNames) -> list[_Made]:
    """Those whose answers are as their questions want them."""
    asked = {one.article.story_id for one in made if any(claim.answers for claim in one.ready.given.claims)}
    known = StoryAnswers.of_stories({story for story in asked if story})
    nothing = StoryAnswers([], [], [])
    return [one for one in made if _fill_answers(one, known.get(one.article.story_id or 0, nothing), names)]


def _fill_answers(one: _Made, known: StoryAnswers, names: KnownNames) -> bool:
    """One a question."""
    given = one.ready.given

    def failing(message: str) -> ArticleFileError:
        return ArticleFileError(names.path, message, given.line.number)

    try:
        one.answers = [[known.new(answer, failing) for answer in claim.answers] for claim in given.claims]
    except ArticleFileError:
        return False
    return all(len({row.question_id for row in rows}) == len(rows) for rows in one.answers)


def _with_free_ids(made: Sequence[_Made]) -> list[_Made]:
    """Those whose claims have ids that no claim had that is gone. One that is there is the database's to refuse."""
    uids = list(chain.from_iterable(one.ready.uids for one in made))
    taken = {uid for uid, count in Counter(uids).items() if count > 1}
    for start in range(0, len(uids), _ASKED_AT_ONCE):
        taken |= recorded(uids[start : start + _ASKED_AT_ONCE])
    return [one for one in made if taken.isdisjoint(one.ready.uids)] if taken else list(made)


def _write(made: Sequence[_Made]) -> None:
    """The index comes last, and both of its parts together: SQLite takes its many small writes in one go as long as
    nothing else is written between them."""
    insert_made([one.article for one in made])
    insert_made([ArticleText(article=one.article, content=one.ready.given.text.content) for one in made])
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
    index_articles((one.article.pk, one.ready.words) for one in made)
    words = chain.from_iterable(one.ready.claim_words for one in made)
    index_claims(zip(claim_keys, map(_marked, words, claims), strict=True))


def _marked(words: Words, claim: NewClaim) -> Words:
    return words._replace(marks=marks_of(claim.source, claim.article.outlet_id, claim.article.story_id))


def _recount(made: Sequence[_Made]) -> None:
    asked = {answer.question_id for one in made for answers in one.answers for answer in answers}
    if asked:
        recount(asked, is_more=True)


def _paragraphs(made: Sequence[_Made], keys: Iterator[int]) -> Iterator[tuple[object, ...]]:
    for one in made:
        article = one.article.pk
        for position, block in enumerate(one.blocks):
            yield next(keys), article, position, block.number, block.kind.value, block.text, block.dateline_length


def _claims(one: _Made, keys: Sequence[int]) -> Iterator[NewClaim]:
    texts = [block.text for block in one.blocks]
    article, changeset = one.article, one.changeset.pk
    for claim, uid, source, answers in zip(
        one.ready.given.claims, one.ready.uids, one.sources, one.answers, strict=True
    ):
        passages = [Passage(keys[block], block, texts[block], start, end) for block, start, end in claim.spans]
        said = (claim.speaker, claim.cue, claim.note, claim.status)
        yield NewClaim(uid, article, source, *said, changeset, passages, answers)
