"""The templates of fragments: compact, strict, and all that is filled in is text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from articles.models import Claim
from articles.pages.jinja import environment, escaped
from tests.factories import make_source


def test_a_template_is_compact_from_the_start_and_keeps_what_is_filled_in() -> None:
    made = environment(autoescape=True).from_string("<p>\n   a  b c\n</p>\n\n{{ words }} {{ words }}")
    assert made.render(words="<b>  x") == "<p>\na\nb c\n</p>\n&lt;b&gt;  x &lt;b&gt;  x"


@pytest.mark.django_db
def test_what_a_template_asks_for_has_to_be_there() -> None:
    made = environment(autoescape=True, undefined=StrictUndefined).from_string("{{ claim.source.nmae }}")
    with pytest.raises(AttributeError, match="nmae"):
        made.render(claim=Claim(source=make_source()))


class Marked:
    def __html__(self) -> str:
        return "<i>"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text())))
def test_values_are_escaped_as_everywhere(value: Any) -> None:
    assert escaped(value) == escape(value)


@pytest.mark.parametrize("value", [Markup("<b>"), Marked()])
def test_what_is_marked_up_stays(value: Any) -> None:
    assert escaped(value) == escape(value)


@pytest.mark.parametrize(
    "source", ["{{ x }}", "<p>{{ x }}</p>", "{% set y %}{{ x }}{% endset %}{{ y }}", "{{ x|trim }}"]
)
def test_a_template_escapes_once(source: str) -> None:
    assert "&lt;script&gt;&amp;amp;" in environment(autoescape=True).from_string(source).render(x="<script>&amp;")
    assert "<i>" in environment(autoescape=True).from_string(source.replace("|trim", "")).render(x=Marked())
