"""What the database refuses by itself, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from articles.models.refusals import refusal


@contextmanager
def refused(message: str) -> Iterator[None]:
    """By a constraint, with the message that says so."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert message in refusal(caught.value)
