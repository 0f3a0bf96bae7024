"""The planner as a Hypothesis backend: it decides the numbers of a walk, and everything else is drawn as ever.

Its decisions are ordinary choices of the test case, so a stored example holds the same numbers whoever chose them,
and Hypothesis replays it without the planner. A provider lives as long as a test case: it needs the case's own
random numbers for all that it does not decide, and what must last longer lives in the planner.
"""

from __future__ import annotations

import random
import struct
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from hypothesis.internal.conjecture.providers import (
    AVAILABLE_PROVIDERS,
    COLLECTION_DEFAULT_MAX_SIZE,
    HypothesisProvider,
)
from hypothesis.stateful import STATE_MACHINE_RUN_LABEL

from cognito_conformance.machines.factory import MOVE_SIZE, NO_MOVE, packed, profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.internal.conjecture.data import ConjectureData

BACKEND = "cognito-look-ahead"
_BEGINNING, _END = profile().label, STATE_MACHINE_RUN_LABEL
"""The spans in which a chooser decides what is drawn: a machine draws nothing else from this strategy, and asks first
in each step whether it is the last. Bytes are drawn for moves alone.
"""


class Chooser(Protocol):
    """Who decides the numbers of the examples."""

    def beginning(self) -> int:
        """The number that begins an example."""

    def command(self) -> tuple[int, int, int]:
        """Which command comes next, which argument goes wrong, what the roles pick."""

    def is_done(self) -> bool:
        """Whether the example ends here, before it has as many steps as it may have."""


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
        self._asked: int | None = None

    def span_start(self, label: int, /) -> None:
        """A number of the walk may be drawn next."""
        if self._chooser is not None and label in (_BEGINNING, _END):
            self._asked = label

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
        if self._asks(_BEGINNING) and self._chooser is not None:
            value = self._chooser.beginning()
            if (min_value is None or min_value <= value) and (max_value is None or value <= max_value):
                return value
        if min_value is not None and max_value is not None and weights is None:
            return self._dice.randint(min_value, max_value)
        return super().draw_integer(min_value, max_value, weights=weights, shrink_towards=shrink_towards)

    def draw_boolean(self, p: float = 0.5) -> bool:
        """Whether the example ends, where that is asked."""
        if self._asks(_END) and self._chooser is not None:
            return self._chooser.is_done()
        return super().draw_boolean(p)

    def draw_bytes(self, min_size: int = 0, max_size: int = COLLECTION_DEFAULT_MAX_SIZE) -> bytes:
        """The move that the chooser decided, none where it is done; without a chooser any, each as likely."""
        if self._chooser is not None and min_size == max_size == MOVE_SIZE:
            if self._chooser.is_done():
                return NO_MOVE
            with suppress(struct.error):
                return packed(*self._chooser.command())
        if min_size == max_size:
            return self._dice.randbytes(min_size)
        return super().draw_bytes(min_size, max_size)

    def _asks(self, label: int) -> bool:
        """Whether the draw that comes is the one of this span."""
        asked, self._asked = self._asked, None
        return asked == label


AVAILABLE_PROVIDERS[BACKEND] = LookAheadProvider
