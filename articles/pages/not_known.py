"""What an address asks for that its page does not know: told there, so that nobody takes it for a filter that holds.
Feeds tell it in their subtitles. Files have no place for telling it: there are none at such an address."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpResponse, QueryDict

from articles.pages.forms import Unknown
from articles.requests import HtmxHttpRequest, bad_request

View = Callable[..., HttpResponse]

# What others hang on to addresses to see where readers come from.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|at)_.*|(?:fb|g|d|y|tw|tt|sc)clid|gclsrc|[gw]braid|msclkid|li_fat_id|srsltid|mc_[ce]id|_g[al]"
    r"|igsh(?:id)?|ref(?:_src|_url)?|cmpid|ocid|xtor",
    re.IGNORECASE,
)
# So many are named, and so much of each.
_NAMED = 5
_LENGTH = 40


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The parameters, as far as they are named; `more` are not. `query` is the address's without any of them."""

    names: tuple[str, ...]
    more: int
    query: str

    def __str__(self) -> str:
        named = ", ".join(f"“{name or '='}”" for name in self.names)
        return f"{named} and {self.more} more" if self.more else named


def not_known(query: QueryDict, known: frozenset[str]) -> NotKnown | None:
    """None if the page knows all that is asked for. Parameters that trace readers ask it for nothing."""
    names = [name for name in query if name not in known and not _TRACKING.fullmatch(name)]
    if not names:
        return None
    left = query.copy()
    for name in names:
        del left[name]
    shown = tuple(name if len(name) <= _LENGTH else f"{name[:_LENGTH]}…" for name in names[:_NAMED])
    return NotKnown(shown, len(names) - len(shown), left.urlencode())


def knows(*parameters: str) -> Callable[[View], View]:
    """Around the view of a page, within what keeps its pages: names all that its address may ask for. What else it
    asks for is told by the page (`articles/_not_known.html`), which is not kept: `kept_for_readers` has the names of
    what is."""
    known = frozenset(parameters)

    def around(view: View) -> View:
        @wraps(view)
        def answered(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.not_known = not_known(request.GET, known)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return answered

    return around


def told(request: HtmxHttpRequest) -> str:
    """The same in a sentence, for what is no page; empty where there is nothing to tell. Within `knows`."""
    found: NotKnown | None = request.not_known  # type: ignore[attr-defined]
    return f"This address asks for {found}. The desk does not know that here, and it changes nothing." if found else ""


def refusal_of(request: HtmxHttpRequest, known: frozenset[str]) -> HttpResponse | None:
    """400 where the address asks for more than what is known: what it names would hold all that it is to leave out."""
    if found := not_known(request.GET, known):
        return bad_request(request, f"This address asks for {found}, which the desk does not know here.")
    return None


def refusal_of_values(request: HtmxHttpRequest, unknown: Sequence[Unknown]) -> HttpResponse | None:
    """400 where it asks for a story, a source and the like that the desk does not know: nothing is of one, and what
    is misspelt once would stay empty for good."""
    if not unknown:
        return None
    named = ", ".join(f"“{one.slug:.{_LENGTH}}”" for one in unknown[:_NAMED])
    return bad_request(request, f"This address asks for {named}, which the desk does not know.")
