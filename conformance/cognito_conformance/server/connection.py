"""HTTP/1.1 on sockets: a thread for each connection, whose requests are taken apart by llhttp (httptools) and answered in a row.

That costs a call a third of what a server for any application does, which was as much as the answer itself
(docs/benchmarks.md).
"""

from __future__ import annotations

import contextlib
import errno
import functools
import http
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import unquote

import httptools

from cognito_conformance.server import wire
from cognito_conformance.server.wire import HttpAnswer

log = logging.getLogger(__name__)

MOST_HEAD = 64 * 1024
"""Bytes of a request's line and headers, as far as they come in pieces of their own; no client comes near."""
LINGER = 1.0
"""Seconds for which a connection that is given up is still read from, so that the client sees why."""
PIECE = 64 * 1024
PHRASES = {status.value: status.phrase for status in http.HTTPStatus}


@dataclass(slots=True)
class HttpRequest:
    """One request: `headers` have lower-case names, `path` is decoded, `query` as it came."""

    method: str = ""
    path: str = ""
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


Answering = Callable[[HttpRequest], HttpAnswer]


class Connection:
    """One client's connection. The methods called `on_…` are for the parser alone."""

    def __init__(self, accepted: socket.socket, answer: Answering) -> None:
        self._socket = accepted
        self._answer = answer
        self._parser = httptools.HttpRequestParser(self)
        self._ended = False
        self.on_message_begin()

    def serve(self) -> None:
        """Answer requests until one side hangs up."""
        with self._socket, contextlib.suppress(OSError):
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not self._ended and (data := self._socket.recv(PIECE)):
                self._take(data)

    def _take(self, data: bytes) -> None:
        before = self._request
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._ended = True  # It was answered in this protocol.
        except httptools.HttpParserError:
            if not self._ended:
                self._give_up(400, "This is no HTTP request.")
        if self._in_head and self._request is before and not self._ended:
            # The parser keeps what it has of a header to itself, however much that comes to be.
            self._head += len(data)
            if self._head > MOST_HEAD:
                self._give_up(431, "The headers are too large.")

    # -- what the parser tells

    def on_message_begin(self) -> None:
        self._request = HttpRequest()
        self._url = b""
        self._parts: list[bytes] = []
        self._head = self._size = 0
        self._in_head, self._keep_alive = True, False

    def on_url(self, part: bytes) -> None:
        self._url += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self._request.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._in_head = False
        parser, request = self._parser, self._request
        request.method = parser.get_method().decode("ascii")
        url = httptools.parse_url(self._url)
        request.path = unquote((url.path or b"").decode("latin-1"))
        request.query = (url.query or b"").decode("latin-1")
        # What wants another protocol gets this one, and then none.
        self._keep_alive = parser.should_keep_alive() and not parser.should_upgrade()
        if request.headers.get("expect", "").lower() == "100-continue":
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, part: bytes) -> None:
        before, self._size = self._size, self._size + len(part)
        if self._size <= wire.MAX_BODY:
            self._parts.append(part)
        elif before <= wire.MAX_BODY:
            # Answered at once; the rest of it is read and dropped: to hang up on it would lose the answer.
            self._parts.clear()
            self._send(wire.error("SerializationException", "Request body is too large", 413))

    def on_message_complete(self) -> None:
        if self._ended:
            return
        if self._size <= wire.MAX_BODY:
            self._request.body = b"".join(self._parts)
            self.respond(self._request)
        elif not self._keep_alive:
            self._ended = True

    # -- answers

    def respond(self, request: HttpRequest) -> None:
        """Answer a complete request."""
        try:
            answer = self._answer(request)
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            answer = wire.error("InternalErrorException", "the server failed; this is a bug in it", 500)
        self.finish(answer)

    def finish(self, answer: HttpAnswer) -> None:
        """Write the answer to a request that is complete; it is the last one where the request says so."""
        self._send(answer)
        self._ended = not self._keep_alive

    def _send(self, answer: HttpAnswer) -> None:
        end = "" if self._keep_alive else "Connection: close\r\n"
        lines = "".join([f"{name}: {value}\r\n" for name, value in answer.headers])
        phrase = PHRASES.get(answer.status, "")
        head = f"HTTP/1.1 {answer.status} {phrase}\r\n{lines}Date: {_date(int(time.time()))}\r\n{end}\r\n"
        body = b"" if self._request.method == "HEAD" else answer.body
        self._socket.sendall(head.encode("latin-1") + body)

    def _give_up(self, status: int, why: str) -> None:
        """Say why, and end the connection when the client has had time to read it: to hang up at once would lose it."""
        self._ended, self._keep_alive = True, False
        self._send(wire.error("BadRequest", why, status))
        self._socket.shutdown(socket.SHUT_WR)
        until = time.monotonic() + LINGER
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            if not self._socket.recv(PIECE):
                return


@functools.lru_cache(maxsize=2)
def _date(second: int) -> str:
    """An epoch second as the Date header has it, which SDKs set their clocks by."""
    return formatdate(second, usegmt=True)


def listen(host: str, port: int) -> tuple[socket.socket, str]:
    """A socket that accepts connections, and its URL. Port 0 picks a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    shown = f"[{host}]" if ":" in host else host
    return listener, f"http://{shown}:{listener.getsockname()[1]}"


def run(listener: socket.socket, answer: Answering, connection: type[Connection] = Connection) -> None:
    """Serve until SIGTERM, or until the listening socket is shut down. An interrupt is raised as ever."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: _shut(listener))
    while True:
        try:
            accepted, _ = listener.accept()
        except OSError as problem:
            if problem.errno not in _PASSING:
                return
            time.sleep(0.05)
            continue
        threading.Thread(target=connection(accepted, answer).serve, daemon=True).start()


_PASSING = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ECONNABORTED})
"""Why a connection may not be accepted just now."""


def _shut(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
