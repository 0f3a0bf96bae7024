"""One walker of a run: its Hypothesis runs, its walks, and the findings that it makes short."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, get_state_machine_test

from cognito_conformance.judge.judge import Judge
from cognito_conformance.machines import profiles, triggers
from cognito_conformance.machines.areas import drawn
from cognito_conformance.machines.factory import machine_for
from cognito_conformance.machines.leaving import deletions
from cognito_conformance.machines.pick import Command, Subject
from cognito_conformance.machines.walk import Walk, wheel
from cognito_conformance.planner.backend import BACKEND, chosen_by
from cognito_conformance.planner.fleet import SLOTS, Fleet

if TYPE_CHECKING:
    from cognito_conformance.engine.run import Run

EXAMPLES, STEPS = 4, 9
PLANNED_EXAMPLES, PLANNED_STEPS = 20, 4
"""With the planner, walks take turns in short examples. A step makes several moves, but the first, which begins a walk."""
FEWEST_EXAMPLES = 10
"""Of many walkers each makes so few before it looks at what was found; all of them together make as many as one alone."""
WALK_LENGTH = 1400
"""A pool serves several examples, up to about so many calls: making one is dear (fact of many targets)."""


class Walker:
    """Explores with pools of its own; what it learns and finds belongs to the run, which all walkers share.

    It is `number` of `walkers`, which share out among them the pools that are open at a time.
    """

    def __init__(self, run: Run, number: int, walkers: int) -> None:
        self.run = run
        self.number = number
        self.walkers = walkers
        self._seeds = random.Random(run.options.seed)
        self._walks: dict[str, Walk] = {}
        self._fleets: dict[tuple[str, ...], Fleet] = {}
        self._machines: dict[tuple[str, ...], type[RuleBasedStateMachine]] = {}
        self._area_seed = 0
        self._made = 0
        planned = run.options.planner
        self._how = settings(
            max_examples=max(FEWEST_EXAMPLES, PLANNED_EXAMPLES // self.walkers) if planned else EXAMPLES,
            stateful_step_count=PLANNED_STEPS if planned else STEPS,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            backend=BACKEND if planned else "hypothesis",
            print_blob=False,
        )

    def begin(self) -> None:
        """Draw from the seed of the run's options, each walker something else."""
        seed = self.run.options.seed
        self._seeds.seed(seed if self.number == 0 else f"{seed}/{self.number}")

    def explore(self) -> None:
        """Spend the budget. Raises BudgetSpent."""
        while self.run.budget.left:
            if self.run.options.planner:
                self._explore_planned(self._seeds.getrandbits(48))
                self.run.shorten(exploring=True)
                continue
            for area in self.run.options.areas:
                self._explore_area(area, self._seeds.getrandbits(48))
                self.run.shorten(exploring=True)

    # -- with the planner

    def _explore_planned(self, seed: int) -> None:
        """One Hypothesis run in which the planner chooses the walk of each example and the calls on it."""
        areas = self.run.options.areas
        if areas not in self._fleets:
            self._fleets[areas] = self._fleet(areas)
        known = self.run.commands_of(*areas)
        if not known:
            self.run.give_up("the target has none of the operations that were asked for")
        fleet = self._fleets[areas]
        machine = self._machine("planned", areas, known, fleet.walk)
        with chosen_by(fleet):
            self._make_examples(machine, seed)

    def _fleet(self, areas: tuple[str, ...]) -> Fleet:
        def draw(seed: int) -> profiles.Profile:
            options = self.run.options
            return drawn(seed, areas, sms=options.sms, email=options.email, functions=options.functions)

        def launch() -> Walk:
            return self._new_walk(self.run.commands_of(*areas))

        slots = max(1, SLOTS // self.walkers)
        return Fleet(self.run.planner, draw, launch, is_good, delete_pools, slots)

    # -- without it

    def _explore_area(self, area: str, seed: int) -> None:
        known = self.run.commands_of(area)
        if not known:
            return
        self._area_seed = seed
        machine = self._machine(
            area, (area,), known, lambda number: self._walk(area, known, self._area_seed ^ number)
        )
        self._make_examples(machine, seed)
        self._close(area)

    def _machine(
        self, name: str, areas: tuple[str, ...], known: list[Command], new_walk: Callable[[int], Walk]
    ) -> type[RuleBasedStateMachine]:
        """The machine of these areas, made once: Hypothesis keeps what it knows of each class for ever."""
        if areas not in self._machines:
            self._machines[areas] = machine_for(name, len(wheel(known)), new_walk)
        return self._machines[areas]

    def _make_examples(self, machine: type[RuleBasedStateMachine], seed: int) -> None:
        """One Hypothesis run. The seed is given to its test, made for it: a class would keep a trace of each seed.

        With the source of machine and test Hypothesis would name examples in its database. There is none, and reading
        them takes as long as twenty calls: a partial has no source, and a test that has a key already needs none.
        """
        test = get_state_machine_test(functools.partial(machine), settings=self._how)  # type: ignore[arg-type]
        test._hypothesis_internal_database_key = None  # type: ignore[attr-defined]
        hypothesis.seed(seed)(test)()

    def _walk(self, area: str, known: list[Command], number: int) -> Walk:
        """A walk for the next example: on the pool in use while it is good, else on a new one.

        `number` has the seed of the Hypothesis run in it, whose first example is all zeros: else every run would begin
        with the same pool.
        """
        walk = self._walks.get(area)
        if walk is not None and is_good(walk):
            return walk
        self._close(area)
        walk = self._walks[area] = self._new_walk(known)
        walk.begin(self._profile(number, area))
        return walk

    def _profile(self, seed: int, area: str) -> profiles.Profile:
        options = self.run.options
        return triggers.draw(seed, area, sms=options.sms, email=options.email, functions=options.functions)

    def _new_walk(self, known: list[Command]) -> Walk:
        run = self.run
        judge = Judge(run.model, run.endpoint)
        self._made += 1
        mark = f"-{run.options.seed % 10**9}-{self.number}-{self._made}"
        subject = Subject(mark=mark)
        return Walk(
            judge,
            known,
            run.allowed,
            run.record,
            defer=run.endpoint.defer,
            waits=run.waits,
            subject=subject,
        )

    def _close(self, area: str) -> None:
        """Delete the pool of a walk that is over; it is a judged call like any other."""
        walk = self._walks.pop(area, None)
        if walk is not None:
            delete_pools(walk)


def is_good(walk: Walk) -> bool:
    """Whether a walk can go on: its pool is in order, and not too full."""
    return not walk.ended and len(walk.steps) < WALK_LENGTH and walk.subject.client is not None


def delete_pools(walk: Walk) -> None:
    """Delete the pools of a walk that is over: judged calls like any other."""
    for operation, params in deletions(walk.judge.world):
        walk.make(operation, params)
