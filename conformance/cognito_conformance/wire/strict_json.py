"""JSON from an endpoint that nobody vouches for: read strictly, in bounded depth, and into text that can be
printed.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from cognito_conformance.wire import trouble

DEEPEST = 100
"""Levels of nesting. Cognito's own answers have fewer than ten, free-form branding documents fewer than
forty; what walks an answer recursively must not run out of stack."""


class UnreadableError(ValueError):
    """The bytes are no JSON object that can be worked with. `word` is what `Answer.trouble` says."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object that a body is, {} for an empty one. Raises UnreadableError, and nothing else.

    As the standard says and Python's reader does not: UTF-8 only, no NaN or infinity, not even as 1e999. A
    lone half of a surrogate pair becomes U+FFFD, since such a string can be neither printed nor sent.
    """
    try:
        text = body.decode("utf-8")
        if not text.strip(_SPACE):
            return {}
        if _HALF.search(text):
            text = _ESCAPE.sub(_whole, text)
        value = _DECODER.decode(text)
    except RecursionError:
        raise UnreadableError(trouble.TOO_DEEP) from None
    except ValueError:
        raise UnreadableError(trouble.NOT_JSON) from None
    if not isinstance(value, dict):
        raise UnreadableError(trouble.NO_OBJECT)
    # No deeper than there are brackets: most bodies need no walk.
    if body.count(b"{") + body.count(b"[") > DEEPEST and _deeper(value):
        raise UnreadableError(trouble.TOO_DEEP)
    return value


def _deeper(value: Any) -> bool:
    """Whether a value has more than DEEPEST levels; counted level by level, without recursion."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def _whole(escape: re.Match[str]) -> str:
    """The escape as it was, or U+FFFD where it is half a pair."""
    return "\\ufffd" if escape["half"] else escape[0]


_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
"""One escape of a JSON text: a surrogate pair, half of one, or any other (so that an escaped backslash is
skipped)."""
