"""Addresses: where a row has its page."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=10_000)
def address_of(name: str, *args: str) -> str:
    """The path of the view of that name. Kept, since a page may hold thousands of them."""
    return reverse(name, args=args)
