"""How fast and how large the page of a large story is, and the comparison of two versions: `make bench-story`.

500 claims of 12 sources in two articles, each answering one of 20 questions (five of each kind); and two versions of
5,000 words, of which the second has every tenth sentence changed. Times to the last byte from one worker over one
connection, in turn, beside an empty view's.
"""

import http.client
import os
import random
import statistics
import time
from urllib.parse import urlsplit

from benchmarks import desk

ROUNDS = int(os.environ.get("ROUNDS", "100"))
WARM_UP = 10
CLAIMS, SOURCES, QUESTIONS = 500, 12, 20
WORDS = 5000
STORY = "/stories/large/"
CHANGES = "/articles/long-2/changes/"
PLAIN = {"Accept-Encoding": "identity"}


def make_story() -> None:
    """Django must be set up."""
    from articles.models import Choice, Place, Question, Source, Story

    story = Story.objects.create(title="A large story", slug="large")
    for at in range(SOURCES):
        code = f"S{chr(65 + at)}"
        Source.objects.create(name=f"Ministry number {at + 1}", slug=f"ministry-{at}", code=code, tone=at % 12 + 1)
    for at in range(QUESTIONS):
        kind = Question.Kind.values[at % 4]
        question = Question.objects.create(
            story=story, slug=f"q-{at}", text=f"What was the matter with number {at + 1}?", kind=kind, position=at,
            counted="men of the ministry" if kind == "number" else "",
        )  # fmt: skip
        if kind == "choice":
            for choice in range(3):
                Choice.objects.create(question=question, slug=f"c-{choice}", label=f"choice {choice}", position=choice)
    outer = Place.objects.create(story=story, slug="valley", name="the valley")
    for at in range(4):
        Place.objects.create(story=story, slug=f"p-{at}", name=f"town {at}", within=outer if at % 2 else None)
    for at in range(2):
        _make_article(story, f"large-{at}", CLAIMS // 2, random.Random(at))


def _make_article(story: object, slug: str, count: int, chance: random.Random) -> None:
    from articles.models import Answer, Article, Changeset, Claim, Highlight, Paragraph, Question, Source
    from articles.snapshots import Draft
    from articles.writing.editing import create_claims, open_changeset
    from articles.writing.publishing import set_status
    from benchmarks.made_articles import SENTENCE

    article = Article.objects.create(title=f"Report {slug}", slug=slug, story=story)
    Paragraph.objects.bulk_create(
        Paragraph(article=article, position=at, number=at + 1, text=SENTENCE.format(at)) for at in range(count)
    )
    sources = list(Source.objects.filter(slug__startswith="ministry-"))
    questions = list(Question.objects.of_story(story).prefetch_related("choices"))
    places = list(story.places.all())  # type: ignore[attr-defined]
    drafts = []
    for paragraph in article.paragraphs.order_by("position"):
        question = chance.choice(questions)
        quote = paragraph.text[: paragraph.text.index(", and that")]
        answer = Answer(question=question, as_worded="had come under fire near the town")
        match question.kind:
            case "number":
                answer.low = answer.high = chance.randrange(200)
            case "choice":
                answer.choice = chance.choice(list(question.choices.all()))
            case "place":
                answer.place = chance.choice(places)
            case _:
                answer.words = "under fire"
        claim = Claim(article=article, source=chance.choice(sources), speaker="a spokesman", cue="said")
        highlight = Highlight(paragraph=paragraph, start=0, end=len(quote), quote=quote)
        drafts.append(Draft(claim, [highlight], [answer]))
    create_claims(drafts, open_changeset(Changeset.Kind.IMPORT, article=article))
    set_status(article, Article.Status.PUBLISHED)


def make_versions() -> None:
    """Two versions of an article. Django must be set up."""
    from articles.models import Article, Paragraph
    from articles.writing.publishing import mark_latest, set_status
    from benchmarks.made_articles import SENTENCE

    sentences = [SENTENCE.format(at) for at in range(WORDS // len(SENTENCE.split()))]
    later = [one.replace("ministry", "command") if at % 10 == 0 else one for at, one in enumerate(sentences)]
    before = None
    for number, some in enumerate((sentences, later), 1):
        article = Article.objects.create(
            title="Long", slug=f"long-{number}", lineage="long-1", version_number=number, revises=before
        )
        Paragraph.objects.bulk_create(
            Paragraph(article=article, position=at, number=at + 1, text=" ".join(some[at * 3 : at * 3 + 3]))
            for at in range(len(some) // 3)
        )
        set_status(article, Article.Status.PUBLISHED)
        before = article
    mark_latest("long-1")


def queries(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert Client(SERVER_NAME="127.0.0.1").get(path).status_code == 200
    return len(captured)


def main() -> None:
    with desk.prepared() as folder:
        make_story()
        make_versions()
        paths = ["/empty/", STORY, f"{STORY}q-0/", "/embed/q-0/", CHANGES]
        counted = {path: queries(path) for path in paths}
        with desk.served(folder, WEB_WORKERS="1") as address:
            connection = http.client.HTTPConnection(urlsplit(address).netloc)
            times: dict[str, list[float]] = {path: [] for path in paths}
            sizes: dict[str, int] = {}
            for turn in range(WARM_UP + ROUNDS):
                for path in paths:
                    start = time.perf_counter()
                    connection.request("GET", path, headers=PLAIN)
                    response = connection.getresponse()
                    sizes[path] = len(response.read())
                    assert response.status == 200, (path, response.status)
                    if turn >= WARM_UP:
                        times[path].append((time.perf_counter() - start) * 1000)
    print(f"{'page':<28}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'KB, plain':>11}")
    for path in paths:
        median, late = statistics.median(times[path]), statistics.quantiles(times[path], n=20)[18]
        print(f"{path:<28}{median:>10.2f}{late:>9.2f}{counted[path]:>9}{sizes[path] / 1000:>11.1f}")


if __name__ == "__main__":
    main()
