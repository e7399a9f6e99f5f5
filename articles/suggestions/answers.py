"""Answers: which question a suggestion answers, by what claims of the story with like words answered."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from articles.models import Answer, Article, Claim, Question
from articles.text.descent import fold

# In hundredths, of `fuzz.token_sort_ratio`: the same words in another order, or nearly so.
LEAST_ALIKE = 80


class Answered:
    """The claims of the story that answer something. Three queries to make, none without a story."""

    def __init__(self, article: Article) -> None:
        rows = list(Claim.objects.of_story(article.story).with_answers()) if article.story else []
        self._claims: Sequence[Claim] = rows
        self._quotes = [fold(row.quote) for row in rows]

    def on(self, quote: str) -> tuple[list[Answer], Question | None]:
        """Answers, not saved, that the words themselves give as they gave them before; else the question that claims
        with like words answered, for an editor to say what this one answers."""
        folded = fold(quote)
        found = process.extractOne(folded, self._quotes, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_ALIKE)
        if found is None:
            return [], None
        before = list(self._claims[found[2]].answers.all())
        given = [_copied(one) for one in before if fold(one.as_worded) in folded]
        return given, None if given else before[0].question


def _copied(answer: Answer) -> Answer:
    names = ("question", "low", "high", "about", "choice", "place", "words", "as_worded")
    return Answer(**{name: getattr(answer, name) for name in names})
