"""What can go wrong between a request and an answer that can be read, in a few fixed words.

The words stand in `Answer.trouble`. A verdict is built on an answer that has one only where the target itself must have
given it: else it is the transport's or the harness's trouble until somebody has looked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from typing import TYPE_CHECKING

import urllib3.exceptions

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT = "timeout"
"""The answer was not complete in time."""
REFUSED = "connection refused"
"""Nothing listens there."""
CLOSED = "connection closed"
"""The server hung up before the first byte of an answer."""
CUT = "cut body"
"""The server hung up in the middle of an answer."""
NOT_HTTP = "not HTTP"
"""What came back is no HTTP answer."""
NOT_JSON = "not JSON"
"""The body is no JSON, or begins as such and goes on; status, headers and body are still right."""
NO_OBJECT = "no JSON object"
"""The body is JSON, and no object: null, a list, a number. All else is right, so nobody between us and the target said it."""
TOO_LARGE = "too large"
"""More bytes than anybody should read; the body holds the beginning at most."""
TOO_DEEP = "nested too deep"
"""JSON with more levels than anybody should walk; the body is still right."""


class TransportError(Exception):
    """A request that got no answer, or only a part of one. `word` is what `Answer.trouble` says."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def word_for(problem: BaseException) -> str:
    """The word for an exception of a socket, of TLS, or of a library that wrapped one of these."""
    chain = list(_chain(problem))
    word = next(filter(None, map(_word, chain)), None)
    if word is not None:
        return word
    # urllib3 compares names itself where botocore asks it to, and ssl has no part in that.
    by_tls = any(isinstance(link, urllib3.exceptions.SSLError) for link in chain)
    return f"{'TLS' if by_tls else 'no connection'}: {chain[-1] or type(chain[-1]).__name__}"


def _word(problem: BaseException) -> str | None:
    """The word for this exception alone, None where only what it wraps can tell."""
    if isinstance(problem, TransportError):
        return problem.word
    for kind, word in _WORDS:
        if isinstance(problem, kind):
            return word
    if isinstance(problem, ssl.SSLError):
        return f"TLS: {getattr(problem, 'verify_message', None) or problem.reason or 'handshake failed'}"
    if isinstance(problem, OSError) and problem.strerror:
        return f"no connection: {problem.strerror}"
    return None


_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, TIMEOUT),
    (ConnectionRefusedError, REFUSED),
    (socket.gaierror, "unknown host"),
    (http.client.IncompleteRead, CUT),
    (ConnectionResetError, CLOSED),
    (BrokenPipeError, CLOSED),
    (http.client.HTTPException, NOT_HTTP),
)
"""Asked in this order: http.client calls a hang-up both a reset and a bad status line."""


def _chain(problem: BaseException) -> Iterator[BaseException]:
    """The exception and what it was raised from or during, outermost first."""
    seen: set[int] = set()
    link: BaseException | None = problem
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
