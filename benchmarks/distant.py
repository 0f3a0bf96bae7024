"""The reference server as if it were far away: each answer takes a while, and it counts the requests that wait for one.

`python -m benchmarks.distant SECONDS` prints its URL; `GET /_distant` tells the counts since the last time.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn

from cognito_conformance.crypto.keys import KEYS, KeyPool
from cognito_conformance.server.app import App
from cognito_conformance.server.core import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cognito_conformance.server.app import Receive, Scope, Send

PATH = "/_distant"
SPARE_KEYS = 160
"""Two for each pool that is open at a time, and for those that follow."""


@dataclass
class Distant:
    """ASGI: `app`, `delay` seconds away. `waited` is the sum over all moments of the requests that were under way."""

    app: App
    delay: float
    under_way: int = 0
    most: int = 0
    requests: int = 0
    waited: float = 0.0
    first: float | None = None
    last: float = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer late, and not at all later than that: the work is done when the answer is due."""
        if scope["type"] == "http" and scope["path"] == PATH:
            await self._tell(send)
            return
        came = time.monotonic()
        self.first = came if self.first is None else self.first
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(self.delay)
        await self.app(scope, receive, send)
        self.under_way -= 1
        self.requests += 1
        self.last = time.monotonic()
        self.waited += self.last - came

    async def _tell(self, send: Send) -> None:
        span = self.last - (self.first or self.last)
        body = json.dumps(
            {"requests": self.requests, "most": self.most, "mean": self.waited / span if span else 0.0}
        ).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})


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


def _make_keys() -> None:
    """Make the keys that pools will sign with: a key takes as long as fifty calls, and a far service does not keep all others
    waiting for it, as this one process would.
    """
    made = KeyPool()
    with ThreadPoolExecutor() as threads:
        for key in list(threads.map(lambda _: made.take(), range(SPARE_KEYS))):
            KEYS.give_back(key)


def serve(delay: float) -> None:
    """Serve until killed."""
    _make_keys()
    reference = Reference(seed=1)
    # asyncio turns Nagle's algorithm off only where the protocol is named.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        reference.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        print(reference.base_url, flush=True)
        config = uvicorn.Config(
            Distant(App(reference), delay),
            log_level="warning",
            access_log=False,
            lifespan="off",
            http="httptools",
        )
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    serve(float(sys.argv[1]))
