"""Formats: how addresses and times are written, in pages and fragments alike."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.template import defaultfilters

_ENDED = re.compile(r"[.!?…](?:[\"'”’»)]|&#34;|&#39;)*$")
# A quotation within a quotation has single marks.
_INNER_QUOTES = str.maketrans('“”"', "‘’'")
# What says which page of a list it is, and what was done there.
_OF_A_PAGE = ("page", "below", "above", "end", "row", "done", "added")


def address(request: HttpRequest, **changes: Any) -> str:
    """The address asked for, with some parameters changed. An empty value takes a parameter out.

    Any change leads to the first page of a list, unless another is given, and tells no more what was done. What the
    page does not know is left out.
    """
    not_known = getattr(request, "not_known", None)
    query = dict((QueryDict(not_known.query) if not_known else request.GET).lists())
    for name, value in {**dict.fromkeys(_OF_A_PAGE), **changes}.items():
        values = value if isinstance(value, list | tuple) else [value]
        query[name] = [str(one) for one in values if one not in (None, "")]
    encoded = urlencode(query, doseq=True)
    return f"{request.path}?{encoded}" if encoded else request.path


def showing(path: str, shown: Iterable[str]) -> str:
    """The address of a report with these sources alone; none of them means all."""
    asked = urlencode([("shown", one) for one in shown])
    return f"{path}?{asked}" if asked else path


def clock(moment: datetime | None, time_known: bool) -> str:
    """The date, with the time of day where that is known: “8 February 2018, 14:05”."""
    if moment is None:
        return ""
    return defaultfilters.date(moment, "j F Y, H:i" if time_known else "j F Y")


def machine_clock(moment: datetime, time_known: bool) -> str:
    """The same for machines, on the same clock: “2018-02-08T14:05:00+03:00”, or the date alone."""
    return moment.isoformat() if time_known else moment.date().isoformat()


def from_whole_word(prefix: str) -> str:
    """What stands before a quote, without the word that its start cuts through. Whole if there is one word only."""
    head, space, rest = prefix.partition(" ")
    return rest if space and rest else head


def to_whole_word(suffix: str) -> str:
    """What stands after a quote, without the word that its end cuts through."""
    rest, space, tail = suffix.rpartition(" ")
    return rest if space and rest else tail


def within_quotes(words: str) -> str:
    """As they stand between quotation marks."""
    return words.translate(_INNER_QUOTES)


def as_sentence(words: str) -> str:
    """With a stop at its end, unless one stands there, be it within quotation marks, also as HTML."""
    return words if _ENDED.search(words) else words + "."
