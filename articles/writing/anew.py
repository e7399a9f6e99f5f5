"""Writing anew: what the desk itself reads and writes in one go, where a source was merged between the two."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from articles.writing.editing import SourceGone

T = TypeVar("T")


def anew_if_merged(write: Callable[[], T]) -> T:
    """Within a transaction; once more from the beginning, if a source is not in use any more when it is to be written.
    `write` reads all that it writes. An editor is told instead, who chose the source."""
    try:
        with transaction.atomic():
            return write()
    except SourceGone:
        with transaction.atomic():
            return write()
