from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Highlight, Paragraph
from tests.factories import QUOTE, make_article, make_claim, make_highlight, orphan
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db
PLACED = "A highlight lies in a paragraph with start before end, or is orphaned."


class TestConstraints:
    @pytest.mark.parametrize(
        "values",
        [
            {"start": None},
            {"end": None},
            {"paragraph": None},
            {"start": None, "end": None},
            {"start": None, "end": None, "paragraph": None},
            {"start": None, "end": None, "paragraph": None, "state": "reworded"},
            {"start": 5, "end": 5},
            {"start": 5, "end": 4},
            {"state": "orphaned"},
            {"state": "lost"},
        ],
    )
    def test_placed_or_orphaned(self, values: dict[str, Any]) -> None:
        make_claim()
        with refused(PLACED):
            Highlight.objects.update(**values)

    def test_start_is_not_negative(self) -> None:
        make_claim()
        with refused("start"):
            Highlight.objects.update(start=-1)

    @pytest.mark.parametrize("values", [{"paragraph": True}, {"start": 0}, {"start": 0, "end": 1}])
    def test_an_orphan_lies_nowhere(self, values: dict[str, Any]) -> None:
        article = make_article()
        make_claim(article=article, highlights=[orphan("gone")])
        row = article.paragraphs.get()
        with refused(PLACED):
            Highlight.objects.update(**{name: row if value is True else value for name, value in values.items()})

    def test_a_quote_is_needed(self) -> None:
        make_claim()
        with refused("A highlight has a quote."):
            Highlight.objects.update(quote="")

    def test_its_paragraph_stays(self) -> None:
        make_claim()
        with pytest.raises(ProtectedError):
            Paragraph.objects.all().delete()

    def test_it_goes_with_its_claim(self) -> None:
        make_claim().delete()
        assert not Highlight.objects.exists()


class TestClean:
    def test_right(self) -> None:
        make_claim().highlights.get().clean()

    def test_other_words(self) -> None:
        row = make_claim().highlights.get()
        row.quote = "nothing"
        with pytest.raises(ValidationError, match=f"“nothing”, but the text there reads “{QUOTE}”"):
            row.clean()

    def test_offsets_that_leave_the_text(self) -> None:
        row = make_claim().highlights.get()
        row.start, row.end = 5000, 5000 + len(QUOTE)
        with pytest.raises(ValidationError, match="reads “”"):
            row.clean()

    def test_another_article(self) -> None:
        row = make_highlight(make_article(slug="other"), QUOTE)
        row.claim = make_claim()
        with pytest.raises(ValidationError, match="another article"):
            row.clean()

    def test_an_orphan_is_compared_with_nothing(self) -> None:
        row = orphan("gone")
        row.claim = make_claim()
        row.clean()


def test_the_number_of_its_place_sorts_by_paragraph_and_start() -> None:
    article = make_article(paragraphs=["x" * 500 + " two.", "Three."])
    two, three = (make_highlight(article, quote) for quote in ("two", "Three"))
    assert (two.reading_order, three.reading_order) == (501, 1 << 32)
    assert (two.is_placed, orphan("x").is_placed, orphan("x").reading_order) == (True, False, None)
