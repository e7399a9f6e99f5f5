"""Jinja, as the fragments of pages have it: templates are small, and a large page fills in ten thousands of values."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from articles.models.address import address_of
from articles.models.loaded import loaded
from articles.pages.formats import address, as_sentence, clock, from_whole_word, machine_clock, showing, to_whole_word

_BLANKS = re.compile(r"[ \t\n]{2,}")


def escaped(value: Any) -> str:
    """As `markupsafe.escape`, by which it is made, but that a text is not wrapped: it is joined with others at once."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


class _Generator(CodeGenerator):
    """Of templates of which all are escaped (`Fast`), whatever `autoescape` says in them: each value that is put out
    goes through `escaped`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)


class Compact(Extension):
    """Each run of blanks and line ends in a template as one line end, which HTML shows alike: folded when the
    template is compiled, so that rendering pays nothing and what is filled in stays as it is."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:
        for token in stream:
            folded = _BLANKS.sub("\n", token.value) if token.type == "data" else token.value
            yield Token(token.lineno, token.type, folded)


class Fast(Environment):
    """Asks things for what they have as Python does. Jinja's own way, which looks for a key where there is no
    attribute, calls a function of its own for each of the ten thousands of names on a large page."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]
    escaped = staticmethod(escaped)
    code_generator_class = _Generator


def environment(**options: Any) -> Environment:
    """What the settings give to Django's Jinja backend."""
    made = Fast(**options, extensions=[Compact], trim_blocks=True, lstrip_blocks=True)
    made.globals.update(address=address, clock=clock, machine_clock=machine_clock, showing=showing)
    made.globals.update(loaded=loaded, url=address_of)
    made.filters.update(
        as_sentence=as_sentence, capfirst=capfirst, from_whole_word=from_whole_word, to_whole_word=to_whole_word
    )
    return made
