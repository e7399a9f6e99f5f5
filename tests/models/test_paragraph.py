from typing import Any

import pytest

from articles.models import Paragraph
from tests.factories import make_article
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


class TestConstraints:
    @pytest.mark.parametrize(
        "values",
        [
            {"kind": "text", "number": None},
            {"kind": "text", "number": 0},
            {"kind": "heading", "number": 2},
            {"kind": "credit", "number": 2},
        ],
    )
    def test_a_number_is_for_kind_text(self, values: dict[str, Any]) -> None:
        article = make_article()
        with refused("Paragraphs of kind text have a number, others have none."):
            Paragraph.objects.create(article=article, position=1, text="x", **values)

    def test_one_for_each_position(self) -> None:
        with refused("position"):
            Paragraph.objects.create(article=make_article(), position=0, number=2, text="x")

    def test_one_for_each_number(self) -> None:
        with refused("number"):
            Paragraph.objects.create(article=make_article(), position=1, number=1, text="x")

    def test_a_text_is_needed(self) -> None:
        make_article()
        with refused("A paragraph has a text."):
            Paragraph.objects.update(text="")


def test_only_kind_text_has_a_printed_number() -> None:
    heading = Paragraph(kind="heading", text="Where")
    article = make_article(paragraphs=["One.", heading, "Two."])
    rows = list(article.paragraphs.all())
    assert [row.anchor for row in rows] == ["p1", "b1", "p2"]
    assert [str(row) for row in rows] == ["¶1", "heading", "¶2"]
