from typing import Any

import pytest

from articles.loading import whole_claims
from articles.models import Claim
from articles.models.loaded import loaded
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def test_rows_that_were_read_are_not_read_again(django_assert_num_queries: Any) -> None:
    uid = make_claim().uid
    alone, prefetched, whole = (
        Claim.objects.get(),
        Claim.objects.prefetch_related("highlights").get(),
        *whole_claims([uid]),
    )
    rows = list(alone.highlights.all())
    with django_assert_num_queries(0):
        assert list(loaded(prefetched, "highlights")) == list(loaded(whole, "highlights")) == rows
    with django_assert_num_queries(1):
        assert list(loaded(alone, "highlights")) == rows
