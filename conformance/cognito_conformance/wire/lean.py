"""A client with boto3's requests at a fraction of its cost, which benchmarks/wire.py measures."""

from __future__ import annotations

import json
import ssl
import time
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Any, Self

from botocore.httpsession import get_cert_path

from cognito_conformance.wire import service
from cognito_conformance.wire.answer import Answer, read_answer
from cognito_conformance.wire.connection import Address, Connection, NotReceivedError
from cognito_conformance.wire.credentials import TESTING, Credentials
from cognito_conformance.wire.endpoint import Endpoint
from cognito_conformance.wire.headers import lines, merge
from cognito_conformance.wire.signing import Signer
from cognito_conformance.wire.trouble import TransportError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from cognito_conformance.wire.reply import Reply

CONTENT_TYPE = "application/x-amz-json-1.1"
USER_AGENT = "cognito-conformance"
CLOSES = 3
"""A server that ended the connection after so many answers in a row is taken to do so always."""
FRESH = 1.0
"""Seconds for which a connection that was made ahead is as good as a new one: no server gives up on one so soon."""
AT_ONCE = 0.05
"""Seconds that making one may take, since an answer may have come meanwhile."""


class LeanClient:
    """botocore's service model and signer over kept connections, without its machinery for each call.

    Safe to share among threads: each call takes an idle connection for itself or opens one. Proxies of the
    environment are not used.

    Nothing is sent again because of what came back, but one thing is sent again before anything came back. A
    server may close an idle connection at any time, announced or not, and a request may cross that on its
    way. Where the server's kernel then resets a connection that has carried answers before, without a byte of
    a new one, no process has read the whole request, and it goes out once more, on a new connection; `resent`
    counts these. Only a server that aborts connections on purpose, after the work is done, looks the same.
    One that hangs up in any other way may have carried the call out: that is trouble, and so is everything
    that goes wrong on a new connection.

    With `ahead` the connection for the next call is made, and that of the last one closed, while an answer is awaited,
    where the server ends each after its answer: then this takes none of the time between two calls. It is for one
    thread, and for a server that nobody else uses: one that attends to a single connection may be waiting at the one
    that was made ahead, which whoever else asks it for something has to `rest` before.
    """

    def __init__(
        self,
        endpoint_url: str,
        *,
        region: str = "us-east-1",
        credentials: Credentials = TESTING,
        ca_bundle: str | None = None,
        timeout: float = 30.0,
        ahead: bool = False,
    ) -> None:
        """`timeout`: seconds for a whole call. `ca_bundle`: a PEM file of the only authorities to trust,
        otherwise boto3's.

        Raises ValueError for a URL that is none, OSError for a bundle that cannot be read.
        """
        self.endpoint_url = endpoint_url
        self.timeout = timeout
        endpoint = Endpoint.of(endpoint_url)
        tls = _context(ca_bundle) if endpoint.secure else None
        self._address = Address(endpoint.host, endpoint.port, tls)
        self._usual = (
            f"POST {endpoint.path} HTTP/1.1",
            f"Host: {endpoint.authority}",
            "Accept-Encoding: identity",
            f"User-Agent: {USER_AGENT}",
        )
        self._signer = Signer(endpoint_url, region, credentials)
        self._public = service.noauth_operations()
        self._idle: deque[Connection] = deque()
        self._ahead = ahead and tls is None
        self._closes = 0
        self._ended: list[Connection] = []
        self._spare: tuple[float, Connection] | None = None
        self.resent = 0

    def send(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make the call; see `wire.client.Client`."""
        with closing(self.begin(operation, params, signed=signed, headers=headers)) as call:
            return call.answer()

    def begin(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Call:
        """Send the request of a call; the rest is as of `send`."""
        body = json.dumps(params).encode()
        sent = {"X-Amz-Target": f"{service.TARGET_PREFIX}.{operation}", "Content-Type": CONTENT_TYPE}
        sent = merge(sent, headers)
        if signed or (signed is None and operation not in self._public):
            sent = self._signer.sign(body, sent)
        return self._begin(body, sent)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body with these headers and no others but Host, Accept-Encoding, Content-Length and
        User-Agent.

        Nothing is signed here. Raises ValueError for a header that would break the request's frame.
        """
        with closing(self._begin(body, headers)) as call:
            return call.answer()

    def close(self) -> None:
        """Close the idle connections."""
        self.rest()
        for connections in (self._idle, self._ended):
            while connections:
                connections.pop().close()

    def rest(self) -> None:
        """Close the connection that was made ahead, so that the server need not wait at it."""
        if self._spare is not None:
            self._spare[1].close()
            self._spare = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"LeanClient({self.endpoint_url!r})"

    def _frame(self, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The request as bytes."""
        head = "\r\n".join([*self._usual, f"Content-Length: {len(body)}", *lines(headers)])
        return f"{head}\r\n\r\n".encode("latin-1") + body

    def _begin(self, body: bytes, headers: Mapping[str, str]) -> Call:
        return Call(self, self._frame(body, headers), time.monotonic())

    def connected(self, deadline: float, *, anew: bool = False) -> tuple[Connection, bool]:
        """A connection, and whether it has carried answers before: an idle one that is still open, unless `anew`; else one
        that was made ahead, or is made now, by `deadline`. Raises TransportError.
        """
        while not anew:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if not connection.is_stale():
                return connection, True
            connection.close()
        if self._spare is not None:
            (made, connection), self._spare = self._spare, None
            if time.monotonic() - made < FRESH and not connection.is_stale():
                return connection, False
            connection.close()
        return Connection(self._address, deadline), False

    def prepare(self) -> None:
        """While an answer is awaited: close what is ended, and connect for the next call where it will need that."""
        while self._ended:
            self._ended.pop().close()
        if self._closes < CLOSES or not self._ahead or self._spare is not None:
            return
        made = time.monotonic()
        try:
            self._spare = made, Connection(self._address, made + AT_ONCE)
        except TransportError:
            self._closes = 0

    def give_back(self, connection: Connection, *, reusable: bool) -> None:
        """A connection has carried an answer: keep it for another call, or close it, now or later."""
        if reusable:
            self._closes = 0
            self._idle.append(connection)
            return
        self._closes += 1
        if self._ahead:
            self._ended.append(connection)
        else:
            connection.close()


class Call:
    """A call whose request has been sent, over a connection of its own; to be closed."""

    def __init__(self, client: LeanClient, request: bytes, started: float) -> None:
        """Send the request. What goes wrong is the answer's trouble."""
        self._client, self._request, self._started = client, request, started
        self._deadline = started + client.timeout
        self._connection: Connection | None = None
        self._problem: TransportError | None = None
        self._kept = False
        try:
            self._send()
        except TransportError as problem:
            self._problem = problem
        except BaseException:
            self.close()
            raise

    def answer(self) -> Answer:
        """Wait for the answer. To be asked once."""
        try:
            reply = self._reply()
        except TransportError as problem:
            return Answer.lost(problem.word, time.monotonic() - self._started)
        return read_answer(reply.status, reply.headers, reply.body, time.monotonic() - self._started)

    def close(self) -> None:
        """Give the call up, if it is still under way."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, *, anew: bool = False) -> None:
        self.close()
        self._connection, self._kept = self._client.connected(self._deadline, anew=anew)
        self._connection.send(self._request, self._deadline)

    def _reply(self) -> Reply:
        """The reply, which a kept connection may be too old for. Raises TransportError."""
        if self._problem is not None:
            raise self._problem
        try:
            return self._received()
        except NotReceivedError:
            if not self._kept:
                raise
        self._client.resent += 1
        self._send(anew=True)
        return self._received()

    def _received(self) -> Reply:
        assert self._connection is not None
        self._client.prepare()
        reply = self._connection.receive(self._deadline)
        self._client.give_back(self._connection, reusable=reply.reusable)
        self._connection = None
        return reply


def _context(ca_bundle: str | None) -> ssl.SSLContext:
    """Certificates and names are checked, always."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=ca_bundle or get_cert_path(True))
    return context
