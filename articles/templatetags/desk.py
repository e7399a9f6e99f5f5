"""Tags and filters of the desk's pages."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.http import QueryDict
from django.template import defaultfilters
from django.template.context import Context
from django.utils.encoding import escape_uri_path

register = template.Library()

_BLANKS = re.compile(r"[ \t\n]{2,}")


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: Any) -> str:
    """This page's address with some parameters changed. An empty value takes a parameter out.

    Any change leads to the first page of a list, unless `page` itself is given.
    """
    request = context["request"]
    query: QueryDict = request.GET.copy()
    for name, value in {"page": None, **changes}.items():
        values = value if isinstance(value, list | tuple) else [value]
        query.setlist(name, [str(one) for one in values if one not in (None, "")])
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else str(request.path)


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of what this page holds: a report is the same whatever is marked in it, each page of an
    unfiltered list is its own."""
    request, page = context["request"], context.get("page")
    address = str(request.build_absolute_uri(escape_uri_path(request.path)))
    return f"{address}?page={page.number}" if page and page.number > 1 and len(request.GET) == 1 else address


class _CompactNode(template.Node):
    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: Context) -> str:
        return _BLANKS.sub("\n", self.nodes.render(context))


@register.tag
def compact(parser: template.base.Parser, token: template.base.Token) -> _CompactNode:
    """{% compact %}…{% endcompact %}: each run of blanks and line ends as one line end, which HTML shows alike.

    A paragraph's text has no such run (it is one line, and the parser folded its blanks); where white space
    is shown as it stands, as in `pre`, this is not to be used.
    """
    nodes = parser.parse(["endcompact"])
    parser.delete_first_token()
    return _CompactNode(nodes)


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key that is itself a variable; 0 where there is none."""
    return mapping.get(key, 0)


@register.filter
def clock(moment: datetime | None, time_known: bool) -> str:
    """The date, with the time of day where that is known: “8 February 2018, 14:05”."""
    if moment is None:
        return ""
    return defaultfilters.date(moment, "j F Y, H:i" if time_known else "j F Y")


@register.filter
def machine_clock(moment: datetime, time_known: bool) -> str:
    """The same for machines, on the same clock: “2018-02-08T14:05:00+03:00”, or the date alone."""
    return moment.isoformat() if time_known else moment.date().isoformat()


@register.filter
def from_whole_word(prefix: str) -> str:
    """What stands before a quote, without the word that its start cuts through. Whole if there is one word only."""
    head, space, rest = prefix.partition(" ")
    return rest if space and rest else head


@register.filter
def to_whole_word(suffix: str) -> str:
    """What stands after a quote, without the word that its end cuts through."""
    rest, space, tail = suffix.rpartition(" ")
    return rest if space and rest else tail
