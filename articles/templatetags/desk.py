"""Tags and filters of the desk's pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

from articles import counting
from articles.models import Changeset
from articles.pages import formats
from articles.pages.account_table import Row
from articles.pages.browsing import Group
from articles.pages.formats import clock, from_whole_word, machine_clock, to_whole_word
from articles.pages.fragments import (
    accounts_html,
    answer_forms_html,
    claim_groups_html,
    claim_row_html,
    done_html,
    facets_html,
    question_html,
    segments_html,
)
from articles.pages.marking import MarkedSegment
from articles.pages.story_page import Accounts
from newsdesk.static_files import reading_style

register = template.Library()
register.filter(clock)
register.filter(machine_clock)
register.filter(from_whole_word)
register.filter(to_whole_word)
register.simple_tag(reading_style)


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: Any) -> str:
    """This page's address with some parameters changed: see `formats.address`."""
    return formats.address(context["request"], **changes)


@register.simple_tag(takes_context=True)
def export_address(context: Context, **changes: str) -> str:
    """The address of what this page lists in another format. `unfiltered`: of all that it may list, for a line that
    stands outside what htmx swaps."""
    if context.get("unfiltered"):
        return f"{context['request'].path}?{urlencode(changes)}"
    return formats.address(context["request"], **changes)


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of what this page holds: a report is the same whatever is marked in it, each page of an
    unfiltered list is its own."""
    request, page = context["request"], context.get("page")
    address = str(request.build_absolute_uri(escape_uri_path(request.path)))
    return f"{address}?page={page.number}" if page and page.number > 1 and len(request.GET) == 1 else address


@register.simple_tag(takes_context=True)
def absolute(context: Context, name: str, *args: str) -> str:
    """The whole address of a page of this site, with its host."""
    return str(context["request"].build_absolute_uri(reverse(name, args=args)))


@register.simple_tag
def segments(segments: Iterable[MarkedSegment]) -> str:
    """A text with its marks, as the reading page has it."""
    return segments_html(segments)


@register.simple_tag
def account_table(accounts: Accounts) -> str:
    """The accounts of a story side by side."""
    return accounts_html(accounts)


@register.simple_tag
def question_accounts(row: Row, is_read: bool) -> str:
    """All accounts on one question."""
    return question_html(row, is_read=is_read)


@register.simple_tag(takes_context=True)
def claim_groups(context: Context, groups: Iterable[Group], grouped_by: str) -> str:
    """A list of claims, each under its heading; for editors with ticks, where claims are set together."""
    return claim_groups_html(groups, grouped_by, **_of_rows(context))


@register.simple_tag(takes_context=True)
def claim_row(context: Context, entry: Any, **how: Any) -> str:
    """One claim in a list; for editors with a tick, where claims are set together."""
    return claim_row_html(entry, **_of_rows(context), **how)


def _of_rows(context: Context) -> dict[str, bool]:
    return {
        "for_editors": bool(context.get("visitor_is_editor")),
        "with_tick": bool(context.get("statuses_to_set")),
    }


@register.simple_tag
def facets(facets: Sequence[Any], form: Any) -> str:
    """What a list of claims can be narrowed by."""
    return facets_html(facets, form.cleaned_data["since"], form.cleaned_data["until"])


@register.simple_tag
def answers_to(form: Any) -> str:
    """What a claim may say on each question of its story, to fill in."""
    return answer_forms_html(form)


@register.simple_tag(takes_context=True)
def done(context: Context, changeset: Changeset, plain: bool = False, listed: str = "", place: Any = None) -> str:
    """What was just done, and its undoing. `plain`: on a page of its own, which `listed` or `place` leads back to."""
    return done_html(changeset, context["request"], plain=plain, listed=listed, place=place)


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key that is itself a variable; 0 where there is none."""
    return mapping.get(key, 0)


@register.filter
def how_many(number: int) -> str:
    """A number from `count_each`."""
    return counting.written_as_counted(number)


@register.filter
def starts_with(path: str, beginning: str) -> bool:
    return path.startswith(beginning)
