"""Several walkers in one process: each thinks in its turn, and all wait for the target at the same time."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable, Iterator, Sequence

from hypothesis import core

from cognito_conformance.engine.budget import RunEnded

GRACE = 2.0
"""Seconds that walkers have for leaving a run that ended early; one that still waits for the target then is left behind."""

_SEEDS = random.Random()
"""Where Hypothesis takes seeds that nobody gave; here everybody gives one. Else it makes one in each thread, collects
garbage then, and around each example of any thread seeds and restores all of them.
"""


class Turns:
    """A ring of threads. Whoever has the turn keeps it until it waits for the target, and the next one gets it.

    So no two walkers touch what they share at once, whatever it is. The order is that of the ring, and not that in
    which answers come: same seed, same calls, however fast the target is. Python would not let them think at the same
    time anyway.
    """

    def __init__(self, members: int) -> None:
        self._gates = [threading.Lock() for _ in range(members)]
        for gate in self._gates:
            gate.acquire()
        self._present = [True] * members
        self._within = threading.Lock()
        self._here = threading.local()
        self._stopped = False
        self._problem: BaseException | None = None

    def run(self, work: Sequence[Callable[[], None]]) -> None:
        """Do all of it, one piece a member, and return when all are done.

        What one of them raises ends the others at their next turn and is raised here, as is an interrupt.
        """
        threads = [
            threading.Thread(target=self._member, args=(number, piece), daemon=True, name=f"walker-{number}")
            for number, piece in enumerate(work)
        ]
        for thread in threads:
            thread.start()
        self._gates[0].release()
        try:
            for thread in threads:
                thread.join()
        finally:
            self._stop()
            with self._within:
                """Whoever was at work has come to its end; nobody begins again."""
            for thread in threads:
                thread.join(GRACE / len(threads))
        if self._problem is not None:
            raise self._problem

    @contextlib.contextmanager
    def away(self) -> Iterator[None]:
        """Let the others go on meanwhile. Raises RunEnded where the run has ended when the turn comes again."""
        number = getattr(self._here, "number", None)
        if number is None:
            yield
            return
        self._pass_on(number)
        try:
            yield
        finally:
            self._take(number)

    def _member(self, number: int, piece: Callable[[], None]) -> None:
        self._here.number = number
        self._here.within = False
        core.threadlocal._hypothesis_global_random = _SEEDS
        try:
            self._take(number)
            piece()
        except BaseException as problem:  # noqa: BLE001 - it is raised where the run was begun
            if not self._stopped:
                self._problem = problem
                self._stop()
        finally:
            self._present[number] = False
            if self._here.within:
                self._pass_on(number)

    def _take(self, number: int) -> None:
        self._gates[number].acquire()
        self._within.acquire()
        if self._stopped:
            self._within.release()
            raise RunEnded("another walker ended the run")
        self._here.within = True

    def _pass_on(self, number: int) -> None:
        self._here.within = False
        self._within.release()
        members = len(self._present)
        for step in range(1, members + 1):
            following = (number + step) % members
            if self._present[following]:
                self._open(following)
                return

    def _stop(self) -> None:
        self._stopped = True
        for number in range(len(self._gates)):
            self._open(number)

    def _open(self, number: int) -> None:
        with contextlib.suppress(RuntimeError):  # it is open: the run has ended
            self._gates[number].release()
