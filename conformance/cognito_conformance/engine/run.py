"""The run: machines spend the budget, area by area, and what they find is made short as it comes."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from cognito_conformance.engine.budget import Budget, BudgetSpent, RunEnded
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.minimise import Minimiser
from cognito_conformance.judge.judge import Fate, Judge, Step
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines import profiles
from cognito_conformance.machines.factory import machine_for
from cognito_conformance.machines.pick import Command, commands
from cognito_conformance.machines.walk import Walk, wheel
from cognito_conformance.planner.aims import Aims
from cognito_conformance.planner.backend import BACKEND, chosen_by
from cognito_conformance.planner.fleet import Fleet
from cognito_conformance.planner.imagine import Imagination
from cognito_conformance.planner.planner import Planner
from cognito_model import domains
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirement import MUST, Requirement

AREAS = (
    "life cycle",
    "passwords",
    "attributes",
    "groups",
    "listing",
    "sign-in",
    "tokens",
    "challenges",
    "mfa",
    "devices",
    "passkeys",
    "sessions",
    "pools",
    "clients",
    "resources",
)
EXAMPLES, STEPS = 4, 40
HELD_BACK = 0.1
"""The share of the budget that is kept for confirming what was found last."""
PLANNED_EXAMPLES, PLANNED_STEPS = 40, 8
"""With the planner, walks take turns in short examples; beginning a Hypothesis run costs as much as 60 steps of one."""
WALK_LENGTH = 150
"""A pool serves several examples, up to about so many calls: making one is dear (fact of many targets)."""
KNOWN_AFTER = 2
"""A requirement that was seen broken so often is steered around, so that what it hides comes into view."""
TROUBLE_LIMIT = 5
"""After so many transport troubles in a row the target counts as gone."""


class TargetGone(RunEnded):
    """The target no longer answers."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do: its seed and areas, how findings are treated, and whether it plans.

    `operations` and `requirements` (slugs) are what the planner aims at; with neither, at everything.
    """

    seed: int = 0
    areas: tuple[str, ...] = AREAS
    operations: frozenset[str] = frozenset()
    requirements: frozenset[str] = frozenset()
    minimise: bool = True
    planner: bool = True
    sms: bool = True
    email: bool = True
    clock: bool = True
    """Whether the target's clock can be moved, so that calls wait for what they use to run out."""


@dataclass
class Run:
    """One run against one target. `explore` spends the budget; the ledger holds what came of it.

    `until` ends the run with the first finding that it is true of.
    """

    model: Model
    endpoint: TargetEndpoint
    budget: Budget
    options: Options
    progress: Callable[[Run], None] = lambda run: None
    until: Callable[[Finding], bool] = lambda finding: False
    ledger: Ledger = field(default_factory=Ledger)
    ended: str | None = None
    unsupported: set[str] = field(default_factory=set)
    _partial: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pending: list[Finding] = field(default_factory=list)
    _walks: dict[str, Walk] = field(default_factory=dict)
    _trouble: int = 0
    _broken: set[str] = field(default_factory=set)
    _minimiser: Minimiser = field(init=False)
    _planner: Planner = field(init=False)
    _fleets: dict[tuple[str, ...], Fleet] = field(default_factory=dict)
    _machines: dict[str, type[RuleBasedStateMachine]] = field(default_factory=dict)
    _area_seed: int = 0

    def __post_init__(self) -> None:
        self._minimiser = Minimiser(self.model, self.replay, self.endpoint.now)
        self._planner = Planner(
            Imagination(self.model, self._allowed, self._broken, self.options.clock),
            self.endpoint.now,
            self.options.seed,
            Aims.at(self.options.requirements, self.options.operations),
        )

    def explore(self) -> None:
        """Spend the budget. Returns when it is used up, the target is gone, or the user interrupts (`ended` says which)."""
        planned = self.options.planner
        how = settings(
            max_examples=PLANNED_EXAMPLES if planned else EXAMPLES,
            stateful_step_count=PLANNED_STEPS if planned else STEPS,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            backend=BACKEND if planned else "hypothesis",
            print_blob=False,
        )
        self._planner.dice.seed(self.options.seed)
        seeds = random.Random(self.options.seed)
        try:
            # Most of the budget first, then what it found is confirmed, then what is left is explored as well.
            for held_back in (HELD_BACK if self.options.minimise else 0.0, 0.0):
                self.budget.held_back = held_back
                with contextlib.suppress(BudgetSpent):
                    while self.budget.left:
                        self._explore_round(seeds, how, planned=planned)
                self.budget.held_back = 0.0
                with contextlib.suppress(BudgetSpent):
                    self._shorten()
            for finding in self._pending:
                # A fault that came once, with no request left to see it again, is no verdict on the target.
                finding.flaky = finding.flaky or (finding.seen == 1 and finding.kind == "server fault")
            self.ended = "budget"
        except TargetGone as gone:
            self.ended = str(gone)
        except KeyboardInterrupt:
            self.ended = "interrupted"
        finally:
            self.ledger.settle()
            self.progress(self)

    def _explore_round(self, seeds: random.Random, how: settings, *, planned: bool) -> None:
        """One Hypothesis run with the planner, or one for each area without."""
        if planned:
            self._explore_planned(seeds.getrandbits(48), how)
            self._shorten()
            return
        for area in self.options.areas:
            self._explore_area(area, seeds.getrandbits(48), how)
            self._shorten()

    def commands_of(self, area: str) -> list[Command]:
        """The commands of an area's machine, without what the target lacks."""
        return [
            c
            for c in commands(area)
            if c.operation not in self.endpoint.lacks and c.operation in self.model.operations
        ]

    def _explore_planned(self, seed: int, how: settings) -> None:
        """One Hypothesis run in which the planner chooses the walk of each example and the calls on it."""
        areas = self.options.areas
        if areas not in self._fleets:
            self._fleets[areas] = self._fleet(areas)
        known = self._commands_of_all(areas)
        if not known:
            raise TargetGone("the target has none of the operations that were asked for")
        fleet = self._fleets[areas]
        machine = self._machine("planned", known, fleet.walk)
        with chosen_by(fleet):
            run_state_machine_as_test(hypothesis.seed(seed)(machine), settings=how)

    def _fleet(self, areas: tuple[str, ...]) -> Fleet:
        def draw(seed: int) -> profiles.Profile:
            return profiles.draw(
                seed, areas[seed % len(areas)], sms=self.options.sms, email=self.options.email
            )

        def launch() -> Walk:
            known = self._commands_of_all(areas)
            return self._new_walk(known)

        return Fleet(self._planner, draw, launch, is_good, delete_pools)

    def _commands_of_all(self, areas: tuple[str, ...]) -> list[Command]:
        """The commands of these areas, each once."""
        found = {_kind(command): command for area in reversed(areas) for command in self.commands_of(area)}
        return [command for command in commands() if found.get(_kind(command)) is command]

    def _explore_area(self, area: str, seed: int, how: settings) -> None:
        known = self.commands_of(area)
        if not known:
            return
        self._area_seed = seed
        machine = self._machine(area, known, lambda number: self._walk(area, known, self._area_seed ^ number))
        run_state_machine_as_test(hypothesis.seed(seed)(machine), settings=how)
        self._close(area)

    def _machine(
        self, name: str, known: list[Command], new_walk: Callable[[int], Walk]
    ) -> type[RuleBasedStateMachine]:
        """The machine of this name, made once: Hypothesis keeps what it knows of each class for ever."""
        if name not in self._machines:
            self._machines[name] = machine_for(name, len(wheel(known)), new_walk)
        return self._machines[name]

    def _walk(self, area: str, known: list[Command], number: int) -> Walk:
        """A walk for the next example: on the pool in use while it is good, else on a new one.

        `number` has the seed of the Hypothesis run in it, whose first example is all zeros: else every run would begin
        with the same pool.
        """
        walk = self._walks.get(area)
        if walk is not None and is_good(walk):
            return walk
        self._close(area)
        walk = self._new_walk(known)
        self._walks[area] = walk
        walk.begin(profiles.draw(number, area, sms=self.options.sms, email=self.options.email))
        return walk

    def _new_walk(self, known: list[Command]) -> Walk:
        """A walk that has no pool yet."""
        return Walk(
            Judge(self.model, self.endpoint), known, self._allowed, self._record, waits=self.options.clock
        )

    def _close(self, area: str) -> None:
        """Delete the pool of a walk that is over; it is a judged call like any other."""
        walk = self._walks.pop(area, None)
        if walk is not None:
            delete_pools(walk)

    def _allowed(self, request: Request, outcome: Outcome) -> bool:
        """Whether a planned call is worth a request: the target has the operation, and its point is not known broken."""
        if request.operation in self.unsupported or self._partial[_part(request, outcome)] >= KNOWN_AFTER:
            return False
        if outcome.refusals:
            return any(self._failures(request, r) < KNOWN_AFTER for r in outcome.refusals)
        return all(self._failures(request, r) < 10 * KNOWN_AFTER for r in outcome.replies[:1])

    def _failures(self, request: Request, seen: Refusal | Reply) -> int:
        return self.ledger.failures(seen.requirement, request.operation)

    def _record(self, step: Step, steps: list[Step]) -> None:
        new = self.ledger.record(step, steps, self.budget.spent)
        self._pending += new
        self._broken |= {finding.requirement.slug for finding in new}
        if any(self.until(finding) for finding in new):
            self.budget.max_requests = self.budget.spent
            raise BudgetSpent
        if step.fate is Fate.UNSUPPORTED:
            self._note_unsupported(step)
        self._trouble = self._trouble + 1 if step.fate is Fate.ERROR else 0
        if self._trouble >= TROUBLE_LIMIT:
            raise TargetGone(f"the target stopped answering ({step.reason})")
        self.progress(self)

    def _note_unsupported(self, step: Step) -> None:
        """What the target has not got is not asked for again: an operation at once, a part of one the second time."""
        if step.lacking:
            self.unsupported.add(step.request.operation)
        else:
            self._partial[_part(step.request, step.outcome)] += 1

    # -- findings

    def _shorten(self) -> None:
        """Minimise what was found since the last time, the requirements that must hold first."""
        if not self.options.minimise:
            self._pending.clear()
        self._pending.sort(key=lambda f: (f.requirement.level is not MUST, f.downstream))
        while self._pending:
            self._minimiser.minimise(self._pending[0])
            del self._pending[0]
            self.progress(self)

    def replay(self, requests: Sequence[Request], *, pause: float = 0.0) -> list[Step]:
        """Make these calls in a world of their own; the steps made, up to the first that cannot be made.

        The last comes `pause` seconds later than it could, for clocks of whole seconds.
        """
        judge = Judge(self.model, self.endpoint)
        steps: list[Step] = []
        for request in requests:
            if pause and request is requests[-1]:
                time.sleep(pause)
            step = judge.step(request)
            steps.append(step)
            if step.fate is Fate.SKIPPED or (step.derailed and request is not requests[-1]):
                break
        for pool in list(judge.world.pools):
            judge.step(Request(10**6, "DeleteUserPool", {"UserPoolId": pool}))
        return steps

    def requirements(self) -> list[Requirement]:
        """The requirements that this run is about."""
        from cognito_model.requirements import catalogue

        return list(catalogue().values())


def _part(request: Request, outcome: Outcome) -> tuple[str, str]:
    """The part of an operation that a call asks for: what it would be refused for, or what it would rest on."""
    said: list[Refusal | Reply] = [*outcome.refusals, *outcome.replies]
    return request.operation, said[0].requirement.slug if said else ""


def _kind(command: Command) -> tuple[str, object]:
    """What makes the commands of two areas the same."""
    return command.operation, command.build


def is_good(walk: Walk) -> bool:
    """Whether a walk can go on: its pool is in order, and not too full."""
    return not walk.ended and len(walk.steps) < WALK_LENGTH and walk.subject.client is not None


def delete_pools(walk: Walk) -> None:
    """Delete the pools of a walk that is over, and first what keeps them: judged calls like any other."""
    for pool in list(walk.judge.world.pools.values()):
        for domain in domains.of_pool(walk.judge.world, pool):
            walk.make("DeleteUserPoolDomain", {"UserPoolId": pool.id, "Domain": domain.key})
        walk.make("DeleteUserPool", {"UserPoolId": pool.id})
