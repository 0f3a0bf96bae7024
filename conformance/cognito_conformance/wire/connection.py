"""One connection to an endpoint, used for one exchange at a time."""

from __future__ import annotations

import errno
import functools
import ipaddress
import select
import socket
import ssl
import time
from dataclasses import dataclass

from urllib3.util import wait_for_read

from cognito_conformance.wire import trouble
from cognito_conformance.wire.reply import Reply
from cognito_conformance.wire.trouble import TransportError, word_for

_CHUNK = 64 * 1024
_RESET = frozenset({errno.ECONNRESET, errno.EPIPE})
_RESET_FOLLOWS = 0.25
"""Seconds in which a reset may follow an end of stream that crossed a request: a round trip, and a kernel's time."""


class NotReceivedError(TransportError):
    """The server closed the connection without having read the whole request, as far as its kernel shows.

    It shows so by refusing or dropping bytes of ours, that is by a reset before the first byte of an answer.
    A server that reads a request and then hangs up, or dies, sends the end of the stream alone.
    """


@dataclass(frozen=True, slots=True)
class Address:
    """Where an endpoint listens; `tls` None for plain HTTP."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None


class Connection:
    """An open socket. Everything raises TransportError for what the network and the server do."""

    def __init__(self, address: Address, deadline: float) -> None:
        """Connect, by `deadline` (of time.monotonic)."""
        self._refused = False
        try:
            self._socket = _connected(address, _left(deadline))
        except OSError as problem:
            raise TransportError(word_for(problem)) from problem
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if address.tls is not None:
                self._socket.settimeout(_left(deadline))
                self._socket = address.tls.wrap_socket(self._socket, server_hostname=address.host)
        except OSError as problem:
            self._socket.close()
            raise TransportError(word_for(problem)) from problem

    def is_stale(self) -> bool:
        """Whether an idle connection is of no more use: closed by the server, or with bytes that nobody asked
        for.
        """
        return wait_for_read(self._socket, timeout=0)

    def send(self, request: bytes, deadline: float) -> None:
        """Send a request by `deadline`. Raises TransportError.

        Where the server takes no more of it, `receive` sees what it said before it hung up.
        """
        self._refused = False
        try:
            self._socket.settimeout(_left(deadline))
            self._socket.sendall(request)
        except (ConnectionResetError, BrokenPipeError):
            # It may have answered before it hung up: "too large" comes before the end of what is too large.
            self._refused = True
        except OSError as problem:
            raise TransportError(word_for(problem)) from problem

    def receive(self, deadline: float) -> Reply:
        """Read the answer by `deadline`, whatever the server does and however slowly; what has come by then is read
        however late it is.

        Raises NotReceivedError where the request was not received, another TransportError for any other
        trouble.
        """
        reply = Reply()
        while not reply.done:
            try:
                self._socket.settimeout(max(0.0, deadline - time.monotonic()))
                data = self._socket.recv(_CHUNK)
            except ConnectionResetError as problem:
                if not reply.received:
                    raise NotReceivedError(trouble.CLOSED) from problem
                raise TransportError(trouble.CUT) from problem
            except (BlockingIOError, ssl.SSLWantReadError) as problem:
                raise TransportError(trouble.TIMEOUT) from problem
            except OSError as problem:
                raise TransportError(word_for(problem)) from problem
            if data:
                reply.feed(data)
            elif not reply.received and (self._refused or self._was_reset(deadline)):
                raise NotReceivedError(trouble.CLOSED)
            else:
                reply.end()
        return reply

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def _was_reset(self, deadline: float) -> bool:
        """Whether a reset followed the server's end of stream, or follows it at once."""
        follows = select.poll()
        follows.register(self._socket, 0)
        follows.poll(min(_RESET_FOLLOWS, max(0.0, deadline - time.monotonic())) * 1000)
        return self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) in _RESET


def _connected(address: Address, timeout: float) -> socket.socket:
    """A connected socket. A name is looked up and all of its addresses are tried; most endpoints are an address already."""
    family = _family(address.host)
    if family is None:
        return socket.create_connection((address.host, address.port), timeout)
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(timeout)
        made.connect((address.host, address.port))
    except BaseException:
        made.close()
        raise
    return made


@functools.lru_cache(maxsize=256)
def _family(host: str) -> socket.AddressFamily | None:
    """The family of an address, None for a name and for an address with a zone, which has to be looked up."""
    try:
        version = None if "%" in host else ipaddress.ip_address(host).version
    except ValueError:
        return None
    return None if version is None else socket.AF_INET if version == 4 else socket.AF_INET6


def _left(deadline: float) -> float:
    """Seconds until the deadline. Raises TransportError where it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TransportError(trouble.TIMEOUT)
    return left
