import pytest

from articles.models import SourceNumber
from tests.factories import make_article, make_source
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


def test_a_source_has_one_number_in_an_article() -> None:
    article, source = make_article(), make_source()
    SourceNumber.objects.create(article=article, source=source, number=1)
    with refused("source_number_once_per_article"):
        SourceNumber.objects.create(article=article, source=source, number=2)


def test_a_number_stands_for_one_source_in_an_article() -> None:
    article = make_article()
    SourceNumber.objects.create(article=article, source=make_source(), number=1)
    with refused("source_number_unique_in_article"):
        SourceNumber.objects.create(article=article, source=make_source(name="SANA"), number=1)


def test_numbers_count_from_one() -> None:
    with refused("source_number_from_1"):
        SourceNumber.objects.create(article=make_article(), source=make_source(), number=0)
