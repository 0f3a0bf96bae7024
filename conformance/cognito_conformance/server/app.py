"""The reference service over HTTP: what each request is answered, and the way to run it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from cognito_conformance.crypto import tokens
from cognito_conformance.garbage import collected_seldom
from cognito_conformance.server import connection, wire
from cognito_conformance.server.connection import HttpRequest
from cognito_conformance.server.core import Reference
from cognito_conformance.server.regions import Regions
from cognito_conformance.server.wire import HttpAnswer

JSON = (("Content-Type", "application/json"),)


class App:
    """`POST /` is the API, `/<pool>/.well-known/…` the keys, `/_reference/…` what tests need of the server."""

    def __init__(self, reference: Reference) -> None:
        self.regions = Regions(reference)
        self._lock = threading.Lock()

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The answer to one HTTP request; one is answered at a time."""
        with self._lock:
            return self._route(request)

    def _route(self, request: HttpRequest) -> HttpAnswer:
        method, path = request.method, request.path
        if method == "POST" and path.rstrip("/") == "":
            return self.regions.handle(request.headers, request.body)
        if path.startswith("/_reference/"):
            query = dict(parse_qsl(request.query))
            return self._control(method, path.removeprefix("/_reference/"), request.body, query)
        if method == "GET" and "/.well-known/" in path:
            return self._well_known(*path.strip("/").split("/.well-known/", 1))
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

    def _control(self, method: str, name: str, body: bytes, query: dict[str, str]) -> HttpAnswer:
        if (method, name) == ("GET", "messages"):
            return self._messages(query)
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


def serve(reference: Reference, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until interrupted; `announce` is told the URL once connections are accepted. Port 0 picks a free one."""
    listener, reference.base_url = connection.listen(host, port)
    with listener, collected_seldom():
        announce(reference.base_url)
        connection.run(listener, App(reference).answer)
