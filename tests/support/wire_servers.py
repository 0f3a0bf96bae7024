"""Small servers for the tests of the wire: one that records, and ones that do each thing wrong."""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\n\r\n{}"


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes
    connection: int


class ConnectionEndedError(Exception):
    """The client has hung up."""


@dataclass
class Peer:
    """A client's connection, as the server has it."""

    socket: socket.socket
    number: int
    requests: list[Received]
    _buffer: bytes = field(default=b"", repr=False)

    def read(self) -> Received:
        """The next request, recorded. Raises ConnectionEndedError where there is none."""
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, rest = self._buffer.partition(b"\r\n\r\n")
        line, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(one.split(": ", 1) for one in lines)
        length = int(headers.get("Content-Length", 0))
        self._buffer = rest
        while len(self._buffer) < length:
            self._more()
        request = Received(line, headers, self._buffer[:length], self.number)
        self._buffer = self._buffer[length:]
        self.requests.append(request)
        return request

    def send(self, data: bytes) -> None:
        """Write bytes as they are."""
        self.socket.sendall(data)

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionEndedError
        self._buffer += data


@dataclass
class Server:
    """What the test sees: where it listens, and what it has got."""

    port: int
    requests: list[Received] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def server(serve: Callable[[Peer], None], *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that hands each connection to `serve`, in a thread of its own, and then closes it."""
    listener = socket.create_server(("127.0.0.1", 0))
    running = Server(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def start(target: Callable[..., None], *args: object) -> None:
        threads.append(threading.Thread(target=target, args=args, daemon=True))
        threads[-1].start()

    def accept() -> None:
        for number in itertools.count(1):
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            start(attend, connection, number)

    def attend(connection: socket.socket, number: int) -> None:
        with (
            contextlib.suppress(OSError, ConnectionEndedError),
            contextlib.closing(_secured(connection, tls)) as plain,
        ):
            plain.settimeout(5)
            serve(Peer(plain, number, running.requests))

    start(accept)
    try:
        yield running
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in threads:
            thread.join(5)


def _secured(connection: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    try:
        return tls.wrap_socket(connection, server_side=True) if tls else connection
    except OSError:
        connection.close()
        raise


def answering(*answers: bytes) -> Callable[[Peer], None]:
    """Keeps the connection; gives these answers in turn, and the last one for ever."""

    def serve(peer: Peer) -> None:
        waiting = list(answers)
        while True:
            peer.read()
            peer.send(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return serve


def once(answer: bytes) -> Callable[[Peer], None]:
    """Reads one request, writes these bytes, and hangs up."""

    def serve(peer: Peer) -> None:
        peer.read()
        peer.send(answer)

    return serve


def http(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    """A complete answer."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body
