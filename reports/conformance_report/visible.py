"""Text that a target may have chosen, made fit to be read: nothing in it is invisible, endless or turned.

Markup is not its business: Jinja escapes that in HTML, the XML writer in JUnit, code spans in Markdown.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 2000
"""Characters of one value that a page shows."""
NOTE = 80
"""Characters that the note on what is left out may take; a text is not cut for fewer."""
WIDEST = 96
"""Characters of a JSON value that stay on one line."""
DEEPEST = 32
"""Indentation from which nested JSON is no longer spread over lines."""

# C0 and C1 controls except tab and newline, what is invisible or sets a direction, line and paragraph
# separators, interlinear notes, noncharacters, lone surrogates, tags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """The text with every character that cannot be seen, or that turns others around, as ⟨U+202E⟩."""
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def visible_source(source: str) -> str:
    """Python source with such characters as Python's own escapes, which mean the same inside its strings."""
    return _HIDDEN.sub(lambda found: _escape(ord(found[0])), source)


def clipped(text: str, most: int = LONGEST) -> str:
    """The text, or its beginning with a note of how much is left out and where it is.

    What has been clipped to fewer characters stays as it is.
    """
    left = len(text) - most
    return (
        text if left <= NOTE else f"{text[:most]}… ({left:,} more characters; the whole is in results.jsonl)"
    )


def one_line(text: str, most: int) -> str:
    """The visible text on a single line of at most so many characters and an ellipsis."""
    flat = visible(" ".join(text[: 4 * most].split()))
    return flat if len(flat) <= most and len(text) <= 4 * most else f"{flat[:most]}…"


def told(value: Any) -> str:
    """An expectation or observation: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else _json(value)


def members(params: Mapping[str, Any]) -> str:
    """The members of a request or an answer, one a line and more only where a value is long."""
    return "\n".join(f"{name}: {_json(value)}" for name, value in params.items())


def _json(value: Any, indent: int = 0) -> str:
    """JSON in which whatever fits on a line stays on one: denser, and easier to compare."""
    try:
        flat = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(nested too deeply to show)"
    if len(flat) <= WIDEST - indent or not isinstance(value, dict | list) or indent >= DEEPEST:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        items = [
            f"{json.dumps(name, ensure_ascii=False)}: {_json(item, inner)}" for name, item in value.items()
        ]
    else:
        items = [_json(item, inner) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    lines = ",\n".join(" " * inner + item for item in items)
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
