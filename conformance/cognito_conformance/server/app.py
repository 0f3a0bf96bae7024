"""The reference service over HTTP: an ASGI application and the way to run it."""

from __future__ import annotations

import json
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

from cognito_conformance.crypto import tokens
from cognito_conformance.garbage import collected_seldom
from cognito_conformance.server import wire
from cognito_conformance.server.core import Reference
from cognito_conformance.server.regions import Regions
from cognito_conformance.server.wire import HttpAnswer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

JSON = (("Content-Type", "application/json"),)


class App:
    """ASGI: `POST /` is the API, `/<pool>/.well-known/…` the keys, `/_reference/…` what tests need of the server."""

    def __init__(self, reference: Reference) -> None:
        self.regions = Regions(reference)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            body = await read_body(receive)
            asked = scope.get("query_string", b"")
            query = dict(parse_qsl(asked.decode("latin-1"))) if asked else {}
            answer = self.route(scope["method"], scope["path"], scope["headers"], body, query)
        except wire.WireError as problem:
            answer = wire.error(problem.error, problem.message, problem.status)
        headers = [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    def route(
        self,
        method: str,
        path: str,
        headers: list[tuple[bytes, bytes]],
        body: bytes,
        query: Mapping[str, str] = MappingProxyType({}),
    ) -> HttpAnswer:
        """The answer to one HTTP request."""
        if path.startswith("/_reference/"):
            return self._control(method, path.removeprefix("/_reference/"), body, query)
        if method == "GET" and "/.well-known/" in path:
            return self._well_known(*path.strip("/").split("/.well-known/", 1))
        if method == "POST" and path.rstrip("/") == "":
            known = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
            return self.regions.handle(known, body)
        return wire.error(
            "BadRequest", "The server did not understand the operation that was requested.", 404
        )

    def _well_known(self, pool_id: str, name: str) -> HttpAnswer:
        found = self.regions.owner(pool_id)
        if found is None:
            return plain(404, {"message": "UserPool not found"})
        reference, pool = found
        if name == "jwks.json":
            return plain(200, reference.realiser.keys(pool).jwks())
        if name == "openid-configuration":
            return plain(200, tokens.openid_configuration(reference.realiser.issuer(pool)))
        return plain(404, {"message": "not found"})

    def _control(self, method: str, name: str, body: bytes, query: Mapping[str, str]) -> HttpAnswer:
        if (method, name) == ("GET", "messages"):
            return self._messages(dict(query))
        if (method, name) == ("POST", "reset"):
            for reference in self.regions:
                reference.reset()
            return plain(200, {})
        if (method, name) == ("POST", "clock"):
            try:
                seconds = float(json.loads(body or b"{}").get("advance", 0))
            except (ValueError, TypeError, AttributeError):
                return plain(400, {"message": 'POST {"advance": seconds}'})
            for reference in self.regions:
                reference.advance(seconds)
            return plain(200, {"now": self.regions.default.now()})
        return plain(404, {"message": "GET messages, POST reset, POST clock"})

    def _messages(self, wanted: dict[str, str]) -> HttpAnswer:
        """What was sent, oldest first: with `?pool=…&username=…` just what has these values, with `newest` so many."""
        newest = wanted.pop("newest", None)
        if newest is not None and not newest.isdecimal():
            return plain(400, {"message": "newest is a number"})
        found = [message for r in self.regions for message in r.outbox.list(**wanted)]
        return plain(
            200, {"messages": found if newest is None else found[max(0, len(found) - int(newest)) :]}
        )


def plain(status: int, value: Any) -> HttpAnswer:
    """An answer of ordinary JSON."""
    body = json.dumps(value).encode()
    return HttpAnswer(status, (*JSON, ("Content-Length", str(len(body)))), body)


async def read_body(receive: Receive) -> bytes:
    """The whole request body. Raises WireError where it is larger than the service takes."""
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return b"".join(parts)
        part = event.get("body", b"")
        size += len(part)
        if size > wire.MAX_BODY:
            raise wire.WireError("SerializationException", "Request body is too large", 413)
        parts.append(part)
        if not event.get("more_body"):
            return b"".join(parts)


def serve(reference: Reference, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until interrupted; `announce` is told the URL once connections are accepted. Port 0 picks a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it on a call takes 44 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        shown = f"[{host}]" if ":" in host else host
        reference.base_url = f"http://{shown}:{listener.getsockname()[1]}"
        listener.listen(128)
        announce(reference.base_url)
        config = uvicorn.Config(
            App(reference),
            log_level="warning",
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            http="httptools",
            loop="auto",
        )
        with collected_seldom():
            uvicorn.Server(config).run(sockets=[listener])
