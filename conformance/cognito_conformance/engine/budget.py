"""How much a run may spend."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


class RunEnded(KeyboardInterrupt):
    """Ends a run from within an example.

    An interrupt to Hypothesis, which lets only these pass as they are: what else ends an example early it compares with
    how the same beginning went on before, and calls it flaky.
    """


class BudgetSpent(RunEnded):
    """The requests or the time of the run are used up."""


@dataclass
class Budget:
    """Requests and seconds, either of them unlimited (None). `spend` counts one request."""

    max_requests: int | None = None
    seconds: float | None = None
    clock: Callable[[], float] = time.monotonic
    spent: int = 0
    held_back: float = 0.0
    """The share that exploring may not touch: it is for confirming what was found last."""
    before: int = 0
    """Requests that earlier budgets of the same run paid for."""
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return self.clock() - self.started

    @property
    def total(self) -> int:
        """Requests of the whole run so far."""
        return self.before + self.spent

    @property
    def used(self) -> float:
        """The share of the requests or of the time that is used up, whichever is more; 0 where neither has an end."""
        return max(
            self.spent / self.max_requests if self.max_requests else 0.0,
            self.elapsed / self.seconds if self.seconds else 0.0,
        )

    @property
    def left(self) -> bool:
        """Whether another request may be made."""
        share = 1 - self.held_back
        return (self.max_requests is None or self.spent < self.max_requests * share) and (
            self.seconds is None or self.elapsed < self.seconds * share
        )

    def spend(self) -> None:
        """Count one request. Raises BudgetSpent where none is left."""
        if not self.left:
            raise BudgetSpent
        self.spent += 1
