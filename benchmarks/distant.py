"""The reference server as if it were far away: each answer takes a while, and it counts the requests that wait for one.

`python -m benchmarks.distant SECONDS` prints its URL; `GET /_distant` tells the counts since the last time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cognito_conformance.server.app import App, plain
from cognito_conformance.server.connection import Connection, HttpRequest, listen, run
from cognito_conformance.server.core import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cognito_conformance.server.wire import HttpAnswer

PATH = "/_distant"


@dataclass
class Counts:
    """`waited` is the sum over all moments of the requests that were under way."""

    under_way: int = 0
    most: int = 0
    requests: int = 0
    waited: float = 0.0
    first: float | None = None
    last: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def came(self) -> float:
        """Note a request; the moment at which it came."""
        now = time.monotonic()
        with self.lock:
            self.first = now if self.first is None else self.first
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        return now

    def went(self, came: float) -> None:
        """Note the answer to a request that came at this moment."""
        with self.lock:
            self.under_way -= 1
            self.requests += 1
            self.last = time.monotonic()
            self.waited += self.last - came

    def told(self) -> HttpAnswer:
        """The counts as an answer."""
        span = self.last - (self.first or self.last)
        mean = self.waited / span if span else 0.0
        return plain(200, {"requests": self.requests, "most": self.most, "mean": mean})


def distant_connection(delay: float, counts: Counts) -> type[Connection]:
    """Connections of a server that is `delay` seconds away."""

    class Distant(Connection):
        def respond(self, request: HttpRequest) -> None:
            """Answer late, and not at all later than that: the work is done when the answer is due."""
            if request.path == PATH:
                self.finish(counts.told())
                return
            came = counts.came()
            time.sleep(delay)
            super().respond(request)
            counts.went(came)

    return Distant


@contextmanager
def distant(delay: float) -> Iterator[str]:
    """The URL of a reference server that is so many seconds away, in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.distant", str(delay)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def counts(url: str) -> dict[str, Any]:
    """What the server at `url` has counted."""
    with urllib.request.urlopen(url + PATH, timeout=10) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


def serve(delay: float) -> None:
    """Serve until killed."""
    reference = Reference(seed=1)
    listener, reference.base_url = listen("127.0.0.1", 0)
    print(reference.base_url, flush=True)
    run(listener, App(reference).answer, distant_connection(delay, Counts()))


if __name__ == "__main__":
    serve(float(sys.argv[1]))
