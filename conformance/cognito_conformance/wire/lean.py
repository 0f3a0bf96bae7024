"""A client with boto3's requests at a fraction of its cost, which benchmarks/wire.py measures."""

from __future__ import annotations

import json
import ssl
import time
from collections import deque
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
    """

    def __init__(
        self,
        endpoint_url: str,
        *,
        region: str = "us-east-1",
        credentials: Credentials = TESTING,
        ca_bundle: str | None = None,
        timeout: float = 30.0,
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
        body = json.dumps(params).encode()
        sent = {"X-Amz-Target": f"{service.TARGET_PREFIX}.{operation}", "Content-Type": CONTENT_TYPE}
        sent = merge(sent, headers)
        if signed or (signed is None and operation not in self._public):
            sent = self._signer.sign(body, sent)
        return self.post(body, sent)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body with these headers and no others but Host, Accept-Encoding, Content-Length and
        User-Agent.

        Nothing is signed here. Raises ValueError for a header that would break the request's frame.
        """
        request = self._frame(body, headers)
        started = time.monotonic()
        try:
            reply = self._exchange(request, started + self.timeout)
        except TransportError as problem:
            return Answer.lost(problem.word, time.monotonic() - started)
        return read_answer(reply.status, reply.headers, reply.body, time.monotonic() - started)

    def close(self) -> None:
        """Close the idle connections."""
        while self._idle:
            self._idle.pop().close()

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

    def _exchange(self, request: bytes, deadline: float) -> Reply:
        """The reply, over an idle connection if the server has kept one. Raises TransportError."""
        connection = self._take()
        if connection is not None:
            try:
                return self._over(connection, request, deadline)
            except NotReceivedError:
                self.resent += 1
        return self._over(Connection(self._address, deadline), request, deadline)

    def _over(self, connection: Connection, request: bytes, deadline: float) -> Reply:
        """The reply over this connection, which is kept or closed afterwards."""
        try:
            reply = connection.exchange(request, deadline)
        except BaseException:
            connection.close()
            raise
        if reply.reusable:
            self._idle.append(connection)
        else:
            connection.close()
        return reply

    def _take(self) -> Connection | None:
        """An idle connection that is still open."""
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return None
            if not connection.is_stale():
                return connection
            connection.close()


def _context(ca_bundle: str | None) -> ssl.SSLContext:
    """Certificates and names are checked, always."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=ca_bundle or get_cert_path(True))
    return context
