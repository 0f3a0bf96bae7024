"""What the workers of one run share: the budget, what was exercised, what is broken, and who looks into what.

The controller has the board; workers ask it over a socket of this machine (`posted`, `asked_at`).
"""

from __future__ import annotations

import contextlib
import math
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, Protocol

News = Mapping[tuple[str, ...], int]
"""How often things happened, each a kind and what it is about."""
Portion = tuple[int | None, float | None]
"""Requests and seconds."""
Address = tuple[str, int, str]
"""Where a board is asked, and the key (in hex) that says who may."""


class Shared(Protocol):
    """A board, or a way to one."""

    def portion(self, items: int) -> Portion:
        """The fair share of one item of so many in the whole run: of what is left, for one that is left."""

    def give_back(self, requests: int) -> None:
        """An item is done and did not need so many of its requests."""

    def trade(self, worker: str, news: News) -> News:
        """Tell what happened here since the last time, and hear what happened elsewhere."""

    def claim(self, what: Hashable) -> bool:
        """Whether nobody else has claimed it."""


@dataclass
class Board:
    """The shared state itself. `seconds` are those of all workers together."""

    max_requests: int | None = None
    seconds: float | None = None
    workers: int = 1
    clock: Callable[[], float] = time.monotonic
    _left: int = 0
    _begun: int = 0
    _started: float | None = None
    _all: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _unheard: dict[str, Counter[tuple[str, ...]]] = field(default_factory=dict)
    _claimed: set[Hashable] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._left = self.max_requests or 0

    def portion(self, items: int) -> Portion:
        """See `Shared`. Later items get what earlier ones gave back, and the last one all that is left."""
        with self._lock:
            to_come = max(1, items - self._begun)
            self._begun += 1
            requests = None
            if self.max_requests is not None:
                requests = math.ceil(self._left / to_come)
                self._left -= requests
            if self.seconds is None:
                return requests, None
            now = self.clock()
            self._started = now if self._started is None else self._started
            # What is left of the time, for the rounds of all workers that are still to come.
            rounds = math.ceil(to_come / self.workers)
            return requests, max(0.0, self.seconds - (now - self._started)) / rounds

    def give_back(self, requests: int) -> None:
        """See `Shared`."""
        with self._lock:
            self._left += requests

    def trade(self, worker: str, news: News) -> News:
        """See `Shared`. A newcomer hears everything."""
        with self._lock:
            heard = self._unheard.get(worker)
            heard = Counter(self._all) if heard is None else heard
            self._unheard[worker] = Counter()
            for other, unheard in self._unheard.items():
                if other != worker:
                    unheard.update(news)
            self._all.update(news)
            return dict(heard)

    def claim(self, what: Hashable) -> bool:
        """See `Shared`."""
        with self._lock:
            new = what not in self._claimed
            self._claimed.add(what)
            return new


QUESTIONS = ("portion", "give_back", "trade", "claim")


@contextlib.contextmanager
def posted(board: Board) -> Iterator[Address]:
    """Let processes of this machine that know the key ask the board, until the context ends."""
    key = secrets.token_bytes(32)
    with Listener(("127.0.0.1", 0), authkey=key) as listener:
        threading.Thread(target=_receive, args=(listener, board), daemon=True).start()
        host, port = listener.address
        yield str(host), int(port), key.hex()


def _receive(listener: Listener, board: Board) -> None:
    while True:
        try:
            connection = listener.accept()
        except OSError:
            return
        except Exception:  # noqa: BLE001, S112 - somebody who does not know the key, or gave up
            continue
        threading.Thread(target=_answer, args=(connection, board), daemon=True).start()


def _answer(connection: Connection, board: Board) -> None:
    with contextlib.suppress(EOFError, OSError), connection:
        while True:
            question, words = connection.recv()
            if question in QUESTIONS:
                connection.send(getattr(board, question)(*words))


class Correspondent:
    """A way to a board in another process."""

    def __init__(self, address: Address) -> None:
        host, port, key = address
        self._connection = Client((host, port), authkey=bytes.fromhex(key))

    def portion(self, items: int) -> Portion:
        """See `Shared`."""
        requests, seconds = self._ask("portion", items)
        return requests, seconds

    def give_back(self, requests: int) -> None:
        """See `Shared`."""
        self._ask("give_back", requests)

    def trade(self, worker: str, news: News) -> News:
        """See `Shared`."""
        heard: News = self._ask("trade", worker, dict(news))
        return heard

    def claim(self, what: Hashable) -> bool:
        """See `Shared`."""
        return bool(self._ask("claim", what))

    def _ask(self, question: str, *words: Any) -> Any:
        self._connection.send((question, words))
        return self._connection.recv()

    def close(self) -> None:
        """Ask no more."""
        self._connection.close()
