"""Jinja as both pages use it: everything escaped and made visible, style and script inline and hashed."""

from __future__ import annotations

import base64
import functools
import hashlib
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from conformance_report import sources, visible, words

LONGEST_PROGRAM = 100_000
"""Characters of a program that a page shows; a longer one is cut, and then nobody is offered to copy it."""


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
        members=visible.members,
        one_line=visible.one_line,
        pieces=lambda source: sources.pieces(visible.clipped(source)),
        program=_program,
        share=words.share,
        thousands=lambda count: f"{count:,}",
        told=visible.told,
    )
    style, script = _asset("page.css"), _asset("page.js")
    environment.globals.update(
        longest_program=LONGEST_PROGRAM,
        meanings=words.MEANINGS,
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
    return escape(visible.clipped(visible.visible_source(source), LONGEST_PROGRAM))


def _asset(name: str) -> str:
    return resources.files("conformance_report").joinpath("templates", name).read_text("utf-8")


def _csp_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
