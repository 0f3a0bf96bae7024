"""Which calls come next: short sequences are tried on the model, and the best beginning of one is sent."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cognito_conformance.machines.pick import Command
from cognito_conformance.machines.walk import ILL_TYPED, UNSIGNED
from cognito_conformance.planner.coverage import Coverage
from cognito_conformance.planner.look_ahead import LookAhead, Place

if TYPE_CHECKING:
    from cognito_conformance.judge.judge import Step
    from cognito_conformance.machines.walk import Walk
    from cognito_model.world import World

SPOILED = (ILL_TYPED, UNSIGNED)
Choices = tuple[int, int, int]
"""Which command, which argument goes wrong, what the roles pick."""


@dataclass
class Planner:
    """Plans the walks of a run. `rollouts` sequences of `length` calls are tried before each stretch."""

    ahead: LookAhead
    now: Callable[[], float]
    seed: int = 0
    rollouts: int = 8
    length: int = 6
    coverage: Coverage = field(default_factory=Coverage)
    rate: float = 4.0
    steps_imagined: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def guide(self, walk: Walk) -> Guide:
        """A guide for one walk; all guides share what was exercised."""
        return Guide(self, walk)


class Guide:
    """Plans one walk: `next` gives the choices of the next call, `saw` is told of every step."""

    def __init__(self, planner: Planner, walk: Walk) -> None:
        self.planner = planner
        self.walk = walk
        self.trails: dict[Any, tuple[str, ...]] = {}
        self.plan: deque[Choices] = deque()
        self.expected = None
        self.commands: list[Command] = []
        self.first: dict[int, int] = {}
        for index, command in enumerate(walk.wheel):
            if id(command) not in self.first:
                self.first[id(command)] = index
                self.commands.append(command)

    def saw(self, world: World, step: Step) -> None:
        p = self.planner
        found, self.trails = p.ahead.exercised(
            world, self.walk.subject, self.trails, step.request, step.outcome
        )
        p.rate += 0.02 * (p.coverage.worth(found) - p.rate)
        p.coverage.count(found)
        if step.broken:
            self.plan.clear()

    def next(self) -> Choices:
        if not self.plan:
            self._plan()
        return self.plan.popleft() if self.plan else self._any()

    def _any(self) -> Choices:
        r = self.planner.random
        return r.randrange(len(self.walk.wheel)), self._wrong(), r.getrandbits(32)

    def _wrong(self) -> int:
        """Mostly nothing; one of the arguments; now and then the request as a whole."""
        luck = self.planner.random.random()
        if luck < 0.7:
            return 0
        return self.planner.random.randrange(1, 9) if luck < 0.97 else self.planner.random.choice(SPOILED)

    def _plan(self) -> None:
        p, r = self.planner, self.planner.random
        luck = r.random()
        if luck < 0.1:
            self.plan.extend(self._any() for _ in range(p.length))
            return
        if luck < 0.15:
            self.plan.extend([self._any()] * p.length)
            return
        now = p.now()
        start = Place(self.walk.judge.world, self.walk.subject, self.walk.number, self.trails)
        best, best_plan = -1e9, []
        for _ in range(p.rollouts):
            place, total, calls = start, 0.0, []
            planned: dict[Any, Any] = {}
            for _ in range(p.length):
                choices = self._any()
                p.steps_imagined += 1
                seen = p.ahead.imagine(place, self.walk.wheel[choices[0]], *choices[1:], now)
                if seen is None:
                    continue
                place = seen.after
                total += p.coverage.worth(seen.found, planned) - p.rate
                calls.append(choices)
                if total > best:
                    best, best_plan = total, list(calls)
        self.plan.extend(best_plan)
