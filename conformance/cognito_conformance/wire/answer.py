"""An answer as it came, and what of it can be trusted."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from cognito_conformance.wire import trouble
from cognito_conformance.wire.strict_json import UnreadableError, read_object
from cognito_model.immutable import immutable

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 8 * 1024 * 1024
"""Bytes of an answer that are read. The largest answer of Cognito, a page of 60 users, stays under one
MiB."""
_SAMPLE = 20_000


@immutable
class Answer:
    """One HTTP answer.

    `status` is 0 where none came; `headers` have lower-case names; `elapsed` is in seconds, from the first
    byte sent to the last one read. `output` is the JSON object of a 2xx answer ({} for an empty body), None
    for any other. `error` is the code of any other answer than 2xx, "HTTP 500" where the body names none;
    `message` its text. `trouble` is a word of `wire.trouble`: then there is neither output nor error, and
    with "not JSON" and "nested too deep" the status, the headers and the body can still be trusted, otherwise
    nothing can.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    elapsed: float
    output: Mapping[str, Any] | None = field(default=None, repr=False)
    error: str | None = None
    message: str | None = None
    trouble: str | None = None

    @classmethod
    def lost(cls, word: str, elapsed: float) -> Answer:
        """No answer, or too little of one, because of trouble on the way."""
        return cls(0, {}, b"", elapsed, trouble=word)


def read_answer(status: int, headers: Mapping[str, str], body: bytes, elapsed: float) -> Answer:
    """Read a body. Never raises, whatever the body is."""
    names = {name.lower(): value for name, value in headers.items()}
    if len(body) > MOST:
        return Answer(status, names, body[:_SAMPLE], elapsed, trouble=trouble.TOO_LARGE)
    try:
        value = read_object(body)
    except UnreadableError as problem:
        return Answer(status, names, body, elapsed, trouble=problem.word)
    if 200 <= status < 300:
        return Answer(status, names, body, elapsed, output=value)
    return Answer(
        status, names, body, elapsed, error=_code(status, value), message=_text(value, "message", "Message")
    )


def _code(status: int, value: Mapping[str, Any]) -> str:
    """The code as botocore cuts it: before ":" and after "#"; it falls back on `code`, and so did Cognito's
    front end.
    """
    code = (_text(value, "__type", "code") or "").split(":", 1)[0].rsplit("#", 1)[-1]
    return code or f"HTTP {status}"


def _text(value: Mapping[str, Any], *members: str) -> str | None:
    """The first of these members that is a string."""
    return next((value[member] for member in members if isinstance(value.get(member), str)), None)
