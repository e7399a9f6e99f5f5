"""A desk of any size, made by a seeded generator: `lines` are articles as `import_articles` reads them, and `multiply`
makes the same desk many times over, with other stories, articles, sources and ids.

Lengths and frequencies are those of news: paragraphs of 20 to 60 words, 25 claims an article, of which half answer a
question; a few sources, outlets and stories have most of the claims. Django must be set up before `scenery`.
"""

import itertools
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from benchmarks.search import vocabulary

CLAIMS = 25
# The first desk speaks of so many stories, and of the first of the outlets and sources.
STORIES, OUTLETS, SOURCES, FIRST_OUTLETS, FIRST_SOURCES = 20, 200, 2_000, 20, 120
QUESTIONS = 6
CAST = 12
BEGIN = datetime(2018, 1, 1, tzinfo=UTC)
DAYS = 365 * 8
SPEAKERS = ("", "", "a spokesman", "a spokeswoman", "the minister", "Col. {}", "Maj. {}", "Ms. {}")


class Scenery:
    stories: ClassVar = [f"story-{number}" for number in range(STORIES)]
    outlets: ClassVar = [f"outlet-{number}" for number in range(OUTLETS)]
    sources: ClassVar = [f"source-{number}" for number in range(SOURCES)]


def make_scenery() -> None:
    """The rows of what articles name."""
    from articles.models import Question, Source, Story

    codes = map("".join, itertools.product("ABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=4))
    named = [*((slug, "outlet") for slug in Scenery.outlets), *((slug, "officials") for slug in Scenery.sources)]
    Source.objects.bulk_create(
        Source(slug=slug, name=_title(slug), code=next(codes), kind=kind, tone=1 + at % 12)
        for at, (slug, kind) in enumerate(named)
    )
    made = Story.objects.bulk_create(Story(slug=slug, title=_title(slug)) for slug in Scenery.stories)
    Question.objects.bulk_create(
        Question(story=story, slug=f"{story.slug}-q{at}", position=at, **_question(at))
        for story in made
        for at in range(QUESTIONS)
    )


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()


def _question(at: int) -> dict[str, Any]:
    if at % 2:
        return {"text": f"Why did it happen, part {at}?", "kind": "words"}
    return {"text": f"How many were counted, part {at}?", "kind": "number", "counted": f"people, part {at}"}


def _weights(count: int) -> list[float]:
    """Of the first one ten times that of the tenth."""
    return list(itertools.accumulate(1 / (rank + 3) for rank in range(count)))


class Writer:
    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.words = vocabulary(self.chance)
        self.names = [word.title() for word in self.chance.sample(self.words, 2_000)]
        self.of_words = _weights(len(self.words))
        self.slugs = {
            "stories": Scenery.stories,
            "outlets": Scenery.outlets[:FIRST_OUTLETS],
            "sources": Scenery.sources[:FIRST_SOURCES],
        }
        self.of = {name: _weights(len(slugs)) for name, slugs in self.slugs.items()}
        self.casts = {story: self._some("sources", CAST) for story in Scenery.stories}
        self.days = {story: self.chance.randrange(DAYS) for story in Scenery.stories}

    def _some(self, name: str, count: int) -> list[str]:
        return self.chance.choices(self.slugs[name], cum_weights=self.of[name], k=count)

    def lines(self, first: int, last: int) -> Iterator[str]:
        for number in range(first, last):
            yield json.dumps(self._article(number)) + "\n"

    def _sentence(self, least: int, most: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.of_words, k=self.chance.randint(least, most)))

    def _article(self, number: int) -> dict[str, Any]:
        (story,), (outlet,) = self._some("stories", 1), self._some("outlets", 1)
        published = BEGIN + timedelta(days=self.days[story] + self.chance.randrange(45), hours=number % 24)
        paragraphs: list[str] = []
        claims: list[dict[str, Any]] = []
        while len(claims) < CLAIMS:
            paragraphs.append(self._paragraph(len(paragraphs), story, claims))
        return {
            "id": f"made/{number}",
            "title": self._sentence(6, 12).capitalize(),
            "outlet": outlet,
            "story": story,
            "published": published.isoformat(),
            "paragraphs": paragraphs,
            "claims": claims,
        }

    def _paragraph(self, at: int, story: str, claims: list[dict[str, Any]]) -> str:
        """Of sentences that are said by somebody, and some that are not."""
        text = ""
        for _ in range(self.chance.randint(1, 3)):
            said = self._sentence(6, 24)
            start = len(text)
            text += f"{said.capitalize()}, {self._sentence(2, 6)}. "
            if len(claims) < CLAIMS and self.chance.random() < 0.8:
                claims.append(self._claim(at, start, start + len(said), said, story))
        return text.strip()

    def _claim(self, at: int, start: int, end: int, said: str, story: str) -> dict[str, Any]:
        answers = self.chance.choices(range(QUESTIONS), k=self.chance.choices((0, 1, 2), (45, 50, 5))[0])
        return {
            "paragraph": at,
            "start": start,
            "end": end,
            "source": self.chance.choice(self.casts[story]),
            "speaker": self.chance.choice(SPEAKERS).format(self.chance.choice(self.names)),
            "cue": "said",
            "answers": [self._answer(f"{story}-q{question}", question, said) for question in dict.fromkeys(answers)],
        }

    def _answer(self, slug: str, question: int, said: str) -> dict[str, Any]:
        worded = " ".join(said.split()[:3])
        if question % 2:
            return {"question": slug, "words": worded, "asWorded": worded}
        number = self.chance.choice((3, 5, 8, 20, 25, 100))
        return {"question": slug, "low": number, "high": number, "asWorded": worded}


# What changes in a copy: keys move on by as many rows as the first desk has, ids and slugs get the copy's number,
# sources and outlets are others of their kind.
_KEYS = {
    "id": "",
    "rowid": "",
    **{f"{name}_id": f"articles_{name}" for name in ("story", "article", "question", "claim", "paragraph")},
}
_NAMES = {"slug", "lineage", "import_key", "uid"}
_TABLES = (
    *("articles_story", "articles_question", "articles_article", "articles_articletext", "articles_paragraph"),
    *("articles_claim", "articles_highlight", "articles_answer", "articles_claimwords", "articles_articlewords"),
)
_OF = {"articles_claimwords": "articles_claim", "articles_articlewords": "articles_article"}


def multiply(first: int, last: int) -> None:
    """Copies with these numbers, from 1, of a desk that has no other rows yet than the first one's. Then whatever
    lists are read from."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from articles.models import Answer, Article, Claim

    with connection.cursor() as cursor:
        counts = {table: _first_desk(cursor, table) for table in _TABLES}
        if connection.vendor == "sqlite":
            # Room for the indexes: these rows go everywhere in them.
            cursor.execute("PRAGMA cache_size = -2000000")
            cursor.execute("PRAGMA synchronous = OFF")
        for number in range(first, last):
            with transaction.atomic():
                for table in _TABLES:
                    cursor.execute(_copy(cursor, table, number, counts))
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -32000")
        for sql in connection.ops.sequence_reset_sql(no_style(), [Article, Claim, Answer, *_models()]):
            cursor.execute(sql)
    _list(Claim.objects.filter(pk__gt=counts["articles_claim"] * first), Article.objects.all(), Answer.objects.all())


def _models() -> list[Any]:
    from articles.models import Highlight, Paragraph, Question, Story

    return [Highlight, Paragraph, Question, Story]


def _list(claims: Any, articles: Any, answers: Any) -> None:
    from articles.writing import listing

    before, listing.BATCH = listing.BATCH, 10_000
    listing.fill(claims, articles, answers)
    listing.BATCH = before


_KNOWN: dict[str, int] = {}


def _first_desk(cursor: Any, table: str) -> int:
    if table not in _KNOWN:
        cursor.execute(f"SELECT max({_key(table)}) FROM {table}")
        _KNOWN[table] = cursor.fetchone()[0]
    return _KNOWN[table]


def _key(table: str) -> str:
    return "rowid" if table in _OF else "id"


def _copy(cursor: Any, table: str, number: int, counts: dict[str, int]) -> str:
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    columns = [column[0] for column in cursor.description if column[0] != "rank"]
    if table in _OF:
        columns = ["rowid", *(one for one in columns if one not in ("rowid", table) or _is_tsvector(one, table))]
    values = [_value(table, column, number, counts) for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {_key(table)} <= {counts[table]}"
    )


def _is_tsvector(column: str, table: str) -> bool:
    from django.db import connection

    return column == table and connection.vendor == "postgresql"


def _value(table: str, column: str, number: int, counts: dict[str, int]) -> str:
    quoted = f'"{column}"'
    if table == "articles_claimwords" and column in ("stems", table):
        return _marked(column, number, counts)
    if column in ("source_id", "outlet_id"):
        first, count = (OUTLETS, SOURCES) if column == "source_id" else (0, OUTLETS)
        return f"{first} + 1 + ({quoted} - {first} - 1 + {number * 17}) % {count}"
    if column in _KEYS:
        return f"{quoted} + {number * counts[_KEYS[column] or _OF.get(table, table)]}"
    return f"{quoted} || 'c{number}'" if column in _NAMES else quoted


def _marked(column: str, number: int, counts: dict[str, int]) -> str:
    """The index of a claim's words with the marks of its copy in place of its own."""
    from articles.models.words import MARKED

    was = [(first, f'"{kind}_id"') for kind, first in MARKED.items()]
    now = [(first, _value("articles_claim", key.strip('"'), number, counts)) for first, key in was]
    found = "FROM articles_claim AS claim JOIN articles_article AS article ON article.id = claim.article_id"
    found += " WHERE claim.id = articles_claimwords.rowid"
    if column == "stems":
        # Of every claim of the first desk all three are known: two characters and a blank each.
        own = "rtrim(substr(stems, 1, length(stems) - 8))"
        marks = " || ' ' || ".join(_mark("char", *one) for one in now)
        return f"trim({own} || ' ' || (SELECT {marks} {found}))"
    old, new = (f"ARRAY[{', '.join(_mark('chr', *one) for one in some)}]" for some in (was, now))
    return f"ts_delete({column}, (SELECT {old} {found})) || array_to_tsvector((SELECT {new} {found}))"


def _mark(character: str, first: int, key: str) -> str:
    """As `mark_of`."""
    from articles.models.words import DIGIT, DIGITS

    cast = "::integer" if character == "chr" else ""
    parts = (f"({first} + ({key}) / {DIGITS}){cast}", f"({DIGIT} + ({key}) % {DIGITS}){cast}")
    return " || ".join(f"{character}({part})" for part in parts)
