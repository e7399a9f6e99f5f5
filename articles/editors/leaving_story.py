"""Leaving a story: the answers that go when an article, or a new version of it, is in another story than it was."""

from dataclasses import dataclass

from articles.models import Answer, Article, Changeset, Claim, Story
from articles.snapshots import whole
from articles.writing.claim_rows import remove_answers
from articles.writing.editing import changing


@dataclass(frozen=True, slots=True)
class Leaving:
    """`to` is the slug of the other story, empty for none. `answers` are given to questions of the one that is left."""

    story: Story
    to: str
    answers: int

    @property
    def key(self) -> str:
        """What an editor who agrees sends back: it holds for just this. No slug has a colon."""
        return f"{self.answers}:{self.story.slug}:{self.to}"

    @property
    def counted(self) -> str:
        return "1 answer" if self.answers == 1 else f"{self.answers} answers"


def leaving_of(article: Article, to: str) -> Leaving | None:
    """None where the article has no story, keeps it, or answers nothing there. One query, none for the first two."""
    if article.story is None or article.story.slug == to:
        return None
    answers = Answer.objects.filter(claim__article=article).count()
    return Leaving(article.story, to, answers) if answers else None


def unchecked_answering(article: Article) -> int:
    """How many of its claims answer something and were carried over, and nobody has looked at them since. One query."""
    return Claim.objects.in_article(article).unsure().filter(answers__isnull=False).distinct().count()


def take_answers_away(article: Article, changeset: Changeset) -> None:
    """From all its claims, which are held; what each of them answered stays on record, as any change of one does."""
    answering = Claim.objects.in_article(article).filter(answers__isnull=False).order_by().values("pk")
    claims = list(whole(Claim.objects.filter(pk__in=answering)))
    with changing(claims, changeset):
        for claim in claims:
            remove_answers(claim)
