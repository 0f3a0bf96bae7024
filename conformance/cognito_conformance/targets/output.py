"""What a process prints: read at once, and only the end of it kept."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import re

KEPT = 512 * 1024
"""Bytes that are kept."""


class Output:
    """Reads a stream in a thread of its own until it ends. Positions count all bytes ever printed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._printed = 0
        self._more = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._read, name="target output", daemon=True)
        self._thread.start()

    def tail(self, size: int = 2000) -> str:
        """The end of it, as text."""
        with self._more:
            return self._kept[-size:].decode("utf-8", "replace").strip()

    def since(self, position: int) -> tuple[str, int]:
        """What was printed since a position, as far as it is kept, and the position after it."""
        with self._more:
            missing = self._printed - position
            text = self._kept[-missing:] if missing > 0 else b""
            return text.decode("utf-8", "replace"), self._printed

    def wait(self, position: int, timeout: float) -> bool:
        """Wait until there is more than at a position; false where nothing came in time, or nothing will."""
        with self._more:
            self._more.wait_for(lambda: self._printed > position or self._ended, timeout)
            return self._printed > position

    def find(self, pattern: re.Pattern[str], timeout: float) -> re.Match[str] | None:
        """The first match in what is kept, waiting for it; None where it does not come in time, or ever."""
        deadline = time.monotonic() + timeout
        while True:
            text, position = self.since(0)
            found = pattern.search(text)
            if found or not self.wait(position, max(0.0, deadline - time.monotonic())):
                return found

    def close(self) -> None:
        """Wait for the end, which comes with that of the processes that print."""
        self._thread.join(2.0)
        if not self._thread.is_alive():
            self._stream.close()

    def _read(self) -> None:
        # A read of at most so many bytes returns with what is there.
        while data := self._stream.read1(65536):  # type: ignore[attr-defined]
            with self._more:
                self._kept += data
                del self._kept[:-KEPT]
                self._printed += len(data)
                self._more.notify_all()
        with self._more:
            self._ended = True
            self._more.notify_all()
