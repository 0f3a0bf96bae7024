"""The compact form of a JWS, taken apart and put together without any look at its signature."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from cognito_conformance.crypto.octets import from_base64url

if TYPE_CHECKING:
    from collections.abc import Mapping


class TokenError(ValueError):
    """Something that is no valid token of the pool."""


class NotAToken(TokenError):
    """The text is no compact JWS over a JSON object."""


def parts(token: str) -> tuple[str, str, str]:
    """Header, payload and signature, still encoded. Raises `NotAToken`."""
    found = token.split(".")
    if len(found) != 3:
        raise NotAToken(f"a compact JWS has three parts, this has {len(found)}")
    return found[0], found[1], found[2]


def json_part(text: str) -> dict[str, Any]:
    """The JSON object of an encoded part. Raises `NotAToken`."""
    try:
        value = json.loads(decoded(text))
    except (ValueError, RecursionError) as problem:
        raise NotAToken(f"a part is not JSON: {problem}") from problem
    if not isinstance(value, dict):
        raise NotAToken("a part is no JSON object")
    return value


def decoded(text: str) -> bytes:
    """The bytes of unpadded base64url. Raises `NotAToken`."""
    try:
        return from_base64url(text)
    except ValueError as problem:
        raise NotAToken(f"a part is not base64url: {problem}") from problem


def encoded(value: Mapping[str, Any] | bytes) -> str:
    """Bytes, or an object as JSON, in unpadded base64url."""
    data = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
