"""Requests that no SDK would send: broken JSON, wrong types, odd headers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cognito_conformance.generators.catalogue import description, service
from cognito_conformance.generators.draw import Draw
from cognito_conformance.generators.sites import request_with, sites
from cognito_conformance.generators.values import params

JSON_TYPE = "application/x-amz-json-1.1"
UNREADABLE = "SerializationException"
_WRONG_TYPES: tuple[Any, ...] = (7, 1.5, True, "text", [], {}, [{}], {"a": "b"}, [["x"]])
_DEEP, _HUGE = 20_000, 1 << 20


@dataclass(frozen=True, slots=True)
class IllFormed:
    """A raw request: `spoiler` says what is wrong with it, `headers` are all that differ by protocol.

    A header that is missing here is not to be sent. `error` is the exception that Cognito answers if the call
    is otherwise allowed; None where no evidence tells, and then any answer but a crash or silence is good.
    """

    operation: str
    spoiler: str
    body: bytes
    headers: Mapping[str, str]
    error: str | None = None


Spoiler = Callable[[str, Draw], IllFormed]


def ill_formed(operation: str, spoiler: str, seed: int = 0) -> IllFormed:
    """The request of `operation` that a spoiler (a key of `SPOILERS`) makes; KeyError on an unknown one."""
    return SPOILERS[spoiler](operation, Draw(seed))


def good_headers(operation: str) -> dict[str, str]:
    """The headers that route a request to `operation`."""
    return {
        "X-Amz-Target": f"{description()['metadata']['targetPrefix']}.{operation}",
        "Content-Type": JSON_TYPE,
    }


def _request(operation: str, draw: Draw) -> dict[str, Any]:
    return params(operation, draw.between(0, 999))


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _body(name: str, make: Callable[[bytes, Draw], bytes], error: str | None = None) -> Spoiler:
    def spoil(operation: str, draw: Draw) -> IllFormed:
        # A first member that the service does not know gives every body something to be broken in.
        good = _json({"Unknown": "unknown", **_request(operation, draw)})
        return IllFormed(operation, name, make(good, draw), good_headers(operation), error)

    return spoil


def _header(name: str, header: str, values: tuple[str | None, ...]) -> Spoiler:
    def spoil(operation: str, draw: Draw) -> IllFormed:
        template = draw.pick(values)
        headers = good_headers(operation)
        if template is None:
            del headers[header]
        else:
            headers[header] = template.format(operation=operation)
        return IllFormed(operation, name, _json(_request(operation, draw)), headers)

    return spoil


def _wrong_type(operation: str, draw: Draw) -> IllFormed:
    """A value of another JSON type somewhere in the request, but for documents.

    Cognito itself answers a document of another type with a 500 (fact branding-settings-of-another-type).
    """
    shapes = service().shapes
    places = [
        site
        for site in sites(operation)
        if site.steps[-1].kind != "key" and not shapes[site.shape].get("document")
    ]
    wrong = draw.pick(_WRONG_TYPES)
    request = request_with(operation, draw.pick(places), wrong, draw)
    error = UNREADABLE if service().serialization_problem(operation, request) else None
    return IllFormed(operation, "wrong type", _json(request), good_headers(operation), error)


def _cut(good: bytes, draw: Draw) -> bytes:
    return good[: draw.between(1, len(good) - 1)]


def _bad_utf8(good: bytes, draw: Draw) -> bytes:
    bad = draw.pick((b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82"))
    return good.replace(b"unknown", b"un" + bad + b"known", 1)


def _member(good: bytes, raw: bytes) -> bytes:
    """The body with the raw bytes as the value of its first member."""
    return good.replace(b'"unknown"', raw, 1)


SPOILERS: Mapping[str, Spoiler] = {
    "empty body": _body("empty body", lambda _good, _draw: b""),
    "truncated": _body("truncated", _cut, UNREADABLE),
    "not an object": _body(
        "not an object", lambda _good, draw: draw.pick((b"[]", b'"text"', b"[{}]", b'""')), UNREADABLE
    ),
    "scalar": _body("scalar", lambda _good, draw: draw.pick((b"null", b"1", b"true", b"-0.0", b" "))),
    "wrong type": _wrong_type,
    "not JSON": _body(
        "not JSON",
        lambda good, draw: draw.pick(
            (
                good.replace(b'"', b"'"),
                good + b"}",
                good + b" trailing",
                b"/* */" + good,
                good[:-1] + b",}",
                b"<a/>",
            )
        ),
    ),
    "form": _body("form", lambda _good, _draw: b"Action=SignUp&Username=alice", UNREADABLE),
    "deep nesting": _body(
        "deep nesting",
        lambda good, draw: _member(
            good, draw.pick((b"[" * _DEEP + b"]" * _DEEP, b'{"a":' * _DEEP + b"1" + b"}" * _DEEP))
        ),
    ),
    "never closed": _body("never closed", lambda _good, _draw: b'{"a":' + b"[" * _DEEP),
    "huge string": _body("huge string", lambda good, _draw: _member(good, b'"' + b"a" * _HUGE + b'"')),
    "huge number": _body(
        "huge number",
        lambda good, draw: _member(good, draw.pick((b"1e400", b"9" * 5000, b"-1e-400", b"0." + b"1" * 5000))),
    ),
    "many members": _body(
        "many members", lambda good, _draw: good[:-1] + b"".join(b',"u%d":0' % n for n in range(5000)) + b"}"
    ),
    "not a number": _body(
        "not a number",
        lambda good, draw: _member(good, draw.pick((b"NaN", b"Infinity", b"-Infinity", b"01", b"+1", b".5"))),
    ),
    "bad UTF-8": _body("bad UTF-8", _bad_utf8),
    "lone surrogate": _body("lone surrogate", lambda good, _draw: _member(good, rb'"\ud800"')),
    "NUL": _body("NUL", lambda good, draw: _member(good, draw.pick((rb'"\u0000"', b'"\x00"')))),
    "other encoding": _body(
        "other encoding",
        lambda good, draw: good.decode().encode(draw.pick(("utf-16", "utf-8-sig", "utf-32-be"))),
    ),
    "duplicate keys": _body("duplicate keys", lambda good, _draw: good[:-1] + b"," + good[1:]),
    "target": _header(
        "target",
        "X-Amz-Target",
        (
            None,
            "",
            ".",
            "{operation}",
            "AWSCognitoIdentityProviderService",
            "AWSCognitoIdentityProviderService.",
            "AWSCognitoIdentityProviderService.Bogus",
            "AWSCognitoIdentityProviderService.{operation}.{operation}",
            "awscognitoidentityproviderservice.{operation}",
            "AWSCognitoIdentityService.{operation}",
            "DynamoDB_20120810.ListTables",
            "AWSCognitoIdentityProviderService." + "A" * 4000,
            "AWSCognitoIdentityProviderService.__class__",
            "AWSCognitoIdentityProviderService.../../etc/passwd",
        ),
    ),
    "content type": _header(
        "content type",
        "Content-Type",
        (
            None,
            "",
            "application/json",
            "application/x-amz-json-1.0",
            "application/x-amz-json-1.1; charset=utf-8",
            "APPLICATION/X-AMZ-JSON-1.1",
            "application/x-amz-json-1.1; charset=no-such-charset",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/cbor",
            ";",
        ),
    ),
}
