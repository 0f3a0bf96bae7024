"""Jinja as both pages use it: everything escaped and made visible, style and script inline and hashed."""

from __future__ import annotations

import base64
import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from conformance_report import sources, visible, words

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_PROGRAM = 100_000
"""Characters of a program that a page shows; a longer one is cut, and then nobody is offered to copy it."""
MOST_ON_THE_WAY = 240
"""Characters of the members of an answer that only leads to a divergence; of the one that shows it, all."""


def render(template: str, **context: Any) -> str:
    """A page as text that UTF-8 can carry. The same context gives the same text."""
    return _environment().get_template(template).render(context)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("conformance_report"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        clipped=visible.clipped,
        counted=words.counted,
        members=_members,
        one_line=visible.one_line,
        pieces=lambda source: sources.pieces(visible.clipped(source)),
        program=_program,
        share=words.share,
        source=visible.visible_source,
        thousands=lambda count: f"{count:,}",
        told=visible.told,
    )
    style, script = _asset("page.css"), _asset("page.js")
    environment.globals.update(
        longest_program=LONGEST_PROGRAM,
        meanings=words.MEANINGS,
        most_on_the_way=MOST_ON_THE_WAY,
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=_csp_hash(script),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=_csp_hash(style),
        symbols={**words.SYMBOLS, **words.MUTANT_SYMBOLS},
    )
    return environment


def _shown(value: Any) -> Any:
    """What every expression of a template passes through: no text on a page is hidden or endless."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return visible.visible(visible.clipped(value))


def _program(source: str) -> Markup:
    return _content(visible.clipped(visible.visible_source(source), LONGEST_PROGRAM))


def _members(params: Mapping[str, Any], most: int = visible.LONGEST) -> Markup:
    return _content(visible.visible(visible.clipped(visible.members(params), most)))


def _content(text: str) -> Markup:
    """Text between tags, where a quotation mark needs no escape: JSON and programs are full of them."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(char, entity)
    return Markup(text)  # noqa: S704 - nothing in it can open or close a tag


def _asset(name: str) -> str:
    return resources.files("conformance_report").joinpath("templates", name).read_text("utf-8")


def _csp_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
