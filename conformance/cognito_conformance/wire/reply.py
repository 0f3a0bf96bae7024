"""One HTTP answer out of bytes as they arrive."""

from __future__ import annotations

import httptools

from cognito_conformance.wire import trouble
from cognito_conformance.wire.answer import MOST
from cognito_conformance.wire.trouble import TransportError

_HEAD = 64 * 1024


class Reply:
    """Feed it what the socket gives until `done`, and call `end` where the socket gives no more.

    Parsing is llhttp's, which is node's. The methods called `on_…` are for it alone.
    """

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.done = False
        self.received = 0
        self._parts: list[bytes] = []
        self._has_head = False
        self._surplus = False
        self._keep_alive = False
        self._parser = httptools.HttpResponseParser(self)

    @property
    def body(self) -> bytes:
        """The body so far, as it came (no content encoding was asked for)."""
        return b"".join(self._parts)

    @property
    def reusable(self) -> bool:
        """Whether the connection can carry another request."""
        return self.done and self._keep_alive and not self._surplus

    def feed(self, data: bytes) -> None:
        """Take bytes. Raises TransportError where they are no HTTP answer or too many."""
        self.received += len(data)
        if self.received > MOST + _HEAD:
            raise TransportError(trouble.TOO_LARGE)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            raise TransportError(trouble.NOT_HTTP) from None
        except httptools.HttpParserError:
            # What follows a complete answer is not that answer's fault; the connection is given up.
            self._surplus = True
            if not self.done:
                raise TransportError(trouble.CUT if self._has_head else trouble.NOT_HTTP) from None

    def end(self) -> None:
        """The server has hung up. Raises TransportError where the answer is not complete."""
        if not self.received:
            raise TransportError(trouble.CLOSED)
        if not self._has_head:
            raise TransportError(trouble.CUT)
        framed = (
            "content-length" in self.headers or "chunked" in self.headers.get("transfer-encoding", "").lower()
        )
        if framed and not self.done:
            raise TransportError(trouble.CUT)
        self.done, self._surplus = True, True

    def on_message_begin(self) -> None:
        self._surplus = self.done

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._has_head:
            return  # a trailer
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        self.headers[key] = f"{self.headers[key]}, {text}" if key in self.headers else text

    def on_headers_complete(self) -> None:
        if self.done:
            return
        self._has_head = True
        self.status = self._parser.get_status_code()
        self._keep_alive = self._parser.should_keep_alive()

    def on_body(self, part: bytes) -> None:
        if not self.done:
            self._parts.append(part)

    def on_message_complete(self) -> None:
        if self.status < 200:
            # An interim answer (100 Continue): the real one follows.
            self.headers, self._has_head = {}, False
        else:
            self.done = True
