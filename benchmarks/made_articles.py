"""Articles made for measuring, in the story of the seeds, with as many claims as asked for.

Django must be set up before this is imported.
"""

from articles.models import Answer, Article, Changeset, Claim, Highlight, Paragraph, Question, Source, Story
from articles.search import index_article
from articles.snapshots import Draft
from articles.writing.editing import create_claims, open_changeset
from articles.writing.publishing import set_status

PARAGRAPHS = 20
SENTENCE = "The ministry said number {0} had come under fire near the town, and that {0} of its men were hurt there."


def make_article(count: int, *, slug: str = "", length: int = PARAGRAPHS) -> None:
    """`length` is in paragraphs, of 63 words each."""
    slug = slug or f"made-{count}"
    article = Article.objects.create(title=f"Made, {count} claims", slug=slug, story=Story.objects.get())
    Paragraph.objects.bulk_create(
        Paragraph(article=article, position=at, number=at + 1, text=" ".join(SENTENCE.format(i) for i in range(3)))
        for at in range(length)
    )
    paragraphs = list(article.paragraphs.order_by("position"))
    index_article(article, [row.text for row in paragraphs])
    sources = list(Source.objects.exclude(kind=Source.Kind.OUTLET))
    question = Question.objects.get(slug="fighters-hurt")
    step = 20 if count <= 200 else 10
    drafts = [
        _draft(article, paragraphs[at % length], sources[at % len(sources)], question, at, at // length * step)
        for at in range(count)
    ]
    create_claims(drafts, open_changeset(Changeset.Kind.IMPORT, article=article))
    set_status(article, Article.Status.PUBLISHED)


def _draft(article: Article, paragraph: Paragraph, source: Source, question: Question, at: int, start: int) -> Draft:
    """The claims of a paragraph begin a step apart and so overlap, by half or by more."""
    quote = paragraph.text[start : start + 45]
    return Draft(
        Claim(article=article, source=source, speaker="a spokesman", cue="said"),
        [Highlight(paragraph=paragraph, start=start, end=start + len(quote), quote=quote)],
        [Answer(question=question, low=at % 7, high=at % 7, as_worded="hurt")],
    )
