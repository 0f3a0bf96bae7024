"""The planner as a Hypothesis backend: it decides the numbers of a walk, and everything else is drawn as ever.

Its decisions are ordinary choices of the test case, so a stored example holds the same numbers whoever chose them,
and Hypothesis replays it without the planner. A provider lives as long as a test case: it needs the case's own
random numbers for all that it does not decide, and what must last longer lives in the planner.
"""

from __future__ import annotations

import random
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

from cognito_conformance.machines.factory import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.internal.conjecture.data import ConjectureData

BACKEND = "cognito-look-ahead"


class Chooser(Protocol):
    """Who decides the numbers of the examples."""

    def beginning(self) -> int:
        """The number that begins an example."""

    def command(self) -> tuple[int, int, int]:
        """Which command comes next, which argument goes wrong, what the roles pick."""


_chooser: ContextVar[Chooser | None] = ContextVar("chooser", default=None)


@contextmanager
def chosen_by(chooser: Chooser) -> Iterator[None]:
    """Let `chooser` decide for the examples that this thread generates with the backend."""
    token = _chooser.set(chooser)
    try:
        yield
    finally:
        _chooser.reset(token)


class LookAheadProvider(HypothesisProvider):
    """Hypothesis's own provider, but for the numbers of a walk: a span of the machine tells which one is drawn."""

    def __init__(self, conjecturedata: ConjectureData | None, /) -> None:
        super().__init__(conjecturedata)
        own = None if conjecturedata is None else conjecturedata._random
        self._dice = random.Random(0) if own is None else own
        self._chooser = _chooser.get()
        self._decided: dict[str, int] = {}
        self._asked: str | None = None

    def span_start(self, label: int, /) -> None:
        """A number of the walk may be drawn next."""
        if self._chooser is not None and label in NUMBERS:
            self._asked = NUMBERS[label]

    def draw_integer(
        self,
        min_value: int | None = None,
        max_value: int | None = None,
        *,
        weights: dict[int, float] | None = None,
        shrink_towards: int = 0,
    ) -> int:
        """The number that the chooser decided; where none was asked for, any, each as likely.

        Hypothesis itself would now and then draw a constant of the local source files, and so read them all.
        """
        if self._asked is not None:
            name, self._asked = self._asked, None
            value = self._decide(name)
            if (min_value is None or min_value <= value) and (max_value is None or value <= max_value):
                return value
        if min_value is not None and max_value is not None and weights is None:
            return self._dice.randint(min_value, max_value)
        return super().draw_integer(min_value, max_value, weights=weights, shrink_towards=shrink_towards)

    def _decide(self, name: str) -> int:
        if self._chooser is None:
            raise RuntimeError("nobody chooses")
        if name == "profile":
            return self._chooser.beginning()
        if name not in self._decided:
            self._decided = dict(zip(("which", "wrong", "picks"), self._chooser.command(), strict=True))
        return self._decided.pop(name)


AVAILABLE_PROVIDERS[BACKEND] = LookAheadProvider
