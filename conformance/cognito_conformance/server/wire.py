"""awsJson1_1 as Cognito speaks it: what an HTTP request asks, and how an answer or an error is written.

Facts: wire-*, ser-*, route-*, auth-* of the protocol evidence.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "AWSCognitoIdentityProviderService."
CONTENT_TYPE = "application/x-amz-json-1.1"
MAX_BODY = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A status, headers and a body to send."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class WireError(Exception):
    """A request that never reaches an operation: how it must be answered instead."""

    def __init__(self, error: str, message: str | None, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.message, self.status = error, message, status


def parse(target: str | None, body: bytes, known: frozenset[str]) -> tuple[str, dict[str, Any]]:
    """The operation and params of a request. Raises WireError."""
    if not target:
        raise WireError("BadRequest", "The server did not understand the operation that was requested.", 404)
    prefix, dot, name = target.partition(".")
    if not dot or prefix + dot != PREFIX or name not in known:
        raise WireError("UnknownOperationException", None)
    if len(body) > MAX_BODY:
        raise WireError("SerializationException", "Request body is too large")
    try:
        params = _DECODER.decode(body.decode("utf-8")) if body.strip() else {}
    except (ValueError, RecursionError):
        raise WireError("SerializationException", None) from None
    if not isinstance(params, dict):
        raise WireError("SerializationException", "Expected map or null")
    return name, params


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def answer(output: Mapping[str, Any] | None, extra: tuple[tuple[str, str], ...] = ()) -> HttpAnswer:
    """A success; None stands for an operation without output, whose body is empty."""
    body = b"" if output is None else _dump(output)
    return HttpAnswer(200, (*_headers(body), *extra), body)


def error(name: str, message: str | None, status: int = 400) -> HttpAnswer:
    """An error, in the body and in the headers that repeat it."""
    if status == 404:
        body = _dump({"code": name, "message": message, "type": "client"})
        return HttpAnswer(status, _headers(body), body)
    member = "Message" if name == "SerializationException" else "message"
    body = _dump({"__type": name} if message is None else {"__type": name, member: message})
    extra = [("x-amzn-ErrorType", f"{name}:")]
    if message is not None:
        extra.append(("x-amzn-ErrorMessage", _header_text(message)))
    return HttpAnswer(status, (*_headers(body), *extra), body)


def _headers(body: bytes) -> tuple[tuple[str, str], ...]:
    return (
        ("Content-Type", CONTENT_TYPE),
        ("Content-Length", str(len(body))),
        ("x-amzn-RequestId", _request_id()),
    )


def _request_id() -> str:
    """A random UUID; Python's own class takes five times as long to write one."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _dump(value: Any) -> bytes:
    return _ENCODER.encode(value).encode("ascii")


def _header_text(message: str) -> str:
    """A message as a header may hold it: one line of visible ASCII, not too long."""
    return "".join(c if " " <= c <= "~" else " " for c in message[:1000]).strip()
