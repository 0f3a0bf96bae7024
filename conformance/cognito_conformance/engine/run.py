"""The run: machines spend the budget, area by area, and what they find is made short as it comes."""

from __future__ import annotations

import contextlib
import functools
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from cognito_conformance.engine import cut, explain
from cognito_conformance.engine.budget import Budget, BudgetSpent, RunEnded
from cognito_conformance.engine.colleagues import Colleagues
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.minimise import MOST, Minimiser
from cognito_conformance.engine.store import Store
from cognito_conformance.engine.trace import requests_of
from cognito_conformance.engine.turns import Turns
from cognito_conformance.engine.walker import Walker
from cognito_conformance.garbage import collected_seldom
from cognito_conformance.judge.judge import Fate, Judge, Step
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines.areas import AREAS
from cognito_conformance.machines.leaving import deletions
from cognito_conformance.machines.pick import Command, commands
from cognito_conformance.planner.aims import Aims
from cognito_conformance.planner.atlas import recipes_for
from cognito_conformance.planner.imagine import Imagination
from cognito_conformance.planner.planner import Planner
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirement import MUST, Requirement

log = logging.getLogger(__name__)

HELD_BACK = 0.1
"""The share of the budget that is kept for confirming what was found last."""
SHORTENING = 0.5
"""The share of what is spent that shortening may have while there is more to explore."""
BRIEFLY = 100
"""So many requests one finding may have then."""
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
    functions: frozenset[str] = frozenset()
    """The roles of the functions for Lambda triggers that the target offers, so that pools may have them."""
    walkers: int = 1
    """So many go on at the same time, each in pools of its own, while the others wait for the target."""


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
    colleagues: Colleagues | None = None
    store: Store | None = None
    ledger: Ledger = field(default_factory=Ledger)
    ended: str | None = None
    to_cut: int = 0
    """So many traces are still to be cut, at the end of the run."""
    unsupported: set[str] = field(default_factory=set)
    broken: set[tuple[str, str]] = field(default_factory=set)
    _partial: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pending: list[Finding] = field(default_factory=list)
    _hard: set[str] = field(default_factory=set)
    _shortening: float = 0.0
    _trouble: int = 0
    _tried: bool = False
    _short: dict[str, list[list[Step]]] = field(default_factory=dict)
    _walkers: list[Walker] = field(init=False)
    planner: Planner = field(init=False)

    def __post_init__(self) -> None:
        count = self.options.walkers
        self._walkers = [Walker(self, number, count) for number in range(count)]
        self.planner = Planner(
            Imagination(self.model, self.allowed, self.broken, self.waits),
            self.endpoint.now,
            self.options.seed,
            Aims.at(self.options.requirements, self.options.operations),
        )

    @collected_seldom()
    def explore(self) -> None:
        """Spend the budget. Returns when it is used up, the target is gone, or the user interrupts (`ended` says which)."""
        areas = self.options.areas
        self._shortening = 0.0
        self.planner.dice.seed(self.options.seed)
        self.planner.follow(
            recipes_for(areas, self.commands_of(*areas), self.options.functions, waits=self.waits)
        )
        for walker in self._walkers:
            walker.begin()
        try:
            self._trade()
            with contextlib.suppress(BudgetSpent):
                self._try_what_is_stored()
            # Most of the budget first, then what it found is confirmed, then what is left is explored as well.
            for held_back in (HELD_BACK if self.options.minimise else 0.0, 0.0):
                self.budget.held_back = held_back
                self._together([walker.explore for walker in self._walkers])
                self.budget.held_back = 0.0
                self._together([self.shorten for _ in self._walkers])
            for finding in self._pending:
                finding.flaky = finding.flaky or finding.may_be_chance
            self._trade()
            self.ended = "budget"
        except TargetGone as gone:
            self.ended = str(gone)
        except KeyboardInterrupt:
            self.ended = "interrupted"
        finally:
            self.ledger.settle()
            self.progress(self)

    @property
    def waits(self) -> bool:
        """Whether calls may wait, by moving the target's clock: whoever does so does it to all who use the target."""
        return self.options.clock and self.options.walkers == 1

    def _trade(self) -> None:
        if self.colleagues is not None:
            self.colleagues.trade(self)

    def _together(self, work: list[Callable[[], None]]) -> None:
        """Let all walkers work until each has come to its end or to that of the budget."""

        def to_the_end(piece: Callable[[], None]) -> None:
            with contextlib.suppress(BudgetSpent):
                piece()

        if len(work) == 1:
            to_the_end(work[0])
            return
        turns = Turns(len(work))
        self.endpoint.away = turns.away
        try:
            turns.run([functools.partial(to_the_end, piece) for piece in work])
        finally:
            self.endpoint.away = contextlib.nullcontext

    def commands_of(self, *areas: str) -> list[Command]:
        """The commands of the machines of these areas, each once, without what the target lacks."""
        found = {
            (command.operation, command.build): command
            for area in reversed(areas)
            for command in commands(area)
            if command.operation not in self.endpoint.lacks and command.operation in self.model.operations
        }
        return [command for command in commands() if found.get((command.operation, command.build)) is command]

    def give_up(self, reason: str) -> NoReturn:
        """End the run: the target cannot be asked any more."""
        raise TargetGone(reason)

    def allowed(self, request: Request, outcome: Outcome) -> bool:
        """Whether a planned call is worth a request: the target has the operation, and its point is not known broken."""
        if request.operation in self.unsupported or self._partial[_part(request, outcome)] >= KNOWN_AFTER:
            return False
        if outcome.refusals:
            return any(self._failures(request, r.requirement) < KNOWN_AFTER for r in outcome.refusals)
        # What a refusal would be blamed for stands in the way of the rest as the success itself does.
        rests_on = [*outcome.suspects.values(), *(r.requirement for r in outcome.replies[:1])]
        return all(self._failures(request, requirement) < 10 * KNOWN_AFTER for requirement in rests_on)

    def _failures(self, request: Request, requirement: Requirement) -> int:
        elsewhere = (
            0 if self.colleagues is None else self.colleagues.failures[requirement.slug, request.operation]
        )
        return elsewhere + self.ledger.failures(requirement, request.operation)

    def record(self, step: Step, steps: list[Step]) -> None:
        """Count a step and note what is new with it. Raises RunEnded where the run ends with it."""
        new = self.ledger.record(step, steps, self.budget.total)
        self._pending += new
        self.broken |= {(finding.requirement.slug, finding.operation) for finding in new}
        if any(self.until(finding) for finding in new):
            self.budget.max_requests = self.budget.spent
            raise BudgetSpent
        if step.fate is Fate.UNSUPPORTED:
            self._note_unsupported(step)
        self._trouble = self._trouble + 1 if step.fate is Fate.ERROR else 0
        if self._trouble >= TROUBLE_LIMIT:
            raise TargetGone(f"the target stopped answering ({step.reason})")
        if self.colleagues is not None:
            self.colleagues.trade_now_and_then(self)
        self.progress(self)

    def _note_unsupported(self, step: Step) -> None:
        """What the target has not got is not asked for again: an operation at once, a part of one the second time."""
        if step.lacking:
            self.unsupported.add(step.request.operation)
        else:
            self._partial[_part(step.request, step.outcome)] += 1

    # -- findings

    def shorten(self, *, exploring: bool = False) -> None:
        """Minimise what was found since the last time, the requirements that must hold first.

        Between two stretches of exploring it has its share, and what another operation has shown already waits, or what took
        too many requests.
        """
        if not self.options.minimise:
            self._pending.clear()
        while finding := self._next(exploring):
            self._pending.remove(finding)
            was_claimed = finding.id in self._hard
            if not was_claimed and self.colleagues is not None and not self.colleagues.claims(finding):
                continue
            before = self.budget.used
            most = BRIEFLY if exploring else MOST
            try:
                Minimiser(self.model, self.replay, self.endpoint.now, most=most, short=self._short).minimise(
                    finding
                )
            except RunEnded:
                self._pending.append(finding)
                raise
            finally:
                self._shortening += (self.budget.used - before) / len(self._walkers)
            if exploring and finding.confirmed is None:
                self._hard.add(finding.id)
                self._pending.append(finding)
            if self.store is not None and finding.confirmed:
                self.store.save(requests_of(finding.steps))
            self.progress(self)

    def _next(self, exploring: bool) -> Finding | None:
        """The finding to shorten now, if any."""
        if exploring and self._shortening > SHORTENING * self.budget.used:
            return None
        shown = {finding.requirement for finding in self.ledger.findings.values() if finding.confirmed}
        waiting = [
            f for f in self._pending if not exploring or not (f.requirement in shown or f.id in self._hard)
        ]
        return min(
            waiting,
            key=lambda f: (f.requirement in shown, f.requirement.level is not MUST, f.downstream),
            default=None,
        )

    def _try_what_is_stored(self) -> None:
        """Replay, once in a run, the traces that earlier runs and other machines have stored; one that shows nothing goes."""
        if self.store is None or self._tried:
            return
        self._tried = True
        if self.colleagues is not None and not self.colleagues.board.claim("stored"):
            return
        for value, requests in self.store.traces():
            if not self.waits and any(request.wait for request in requests):
                continue
            try:
                steps = self.replay(requests)
            except Exception:
                # What others have stored may be anything.
                log.exception("a stored trace cannot be replayed")
                continue
            for count, step in enumerate(steps, 1):
                self.record(step, steps[:count])
            if len(steps) == len(requests) and steps[-1].fate is Fate.JUDGED and not steps[-1].broken:
                self.store.forget(value)

    def replay(self, requests: Sequence[Request], *, pause: float = 0.0) -> list[Step]:
        """Make these calls in a world of their own; the steps made, up to the first that cannot be made.

        The last comes `pause` seconds later than it could, for clocks of whole seconds.
        """
        judge = Judge(self.model, self.endpoint)
        steps: list[Step] = []
        for request in requests:
            if pause and request is requests[-1]:
                with self.endpoint.away():
                    time.sleep(pause)
            step = judge.step(request)
            steps.append(step)
            if step.fate is Fate.SKIPPED or (step.lost and request is not requests[-1]):
                break
        for operation, params in deletions(judge.world):
            judge.step(Request(10**6, operation, params))
        return steps

    def cut(self) -> None:
        """Cut the traces that no replay made short, on the model alone, and mark what only follows from others.

        An interrupt leaves the rest as they are.
        """
        waiting = cut.waiting(self.ledger.findings.values())
        self.to_cut = len(waiting)

        def one_less() -> None:
            self.to_cut -= 1
            self.progress(self)

        asleep = replace(self.endpoint, fetches=False)
        with contextlib.suppress(KeyboardInterrupt):
            cut.Cutter(self.model, asleep).cut(waiting, one_less)
        self.to_cut = 0
        with contextlib.suppress(KeyboardInterrupt):
            explain.explain(self.model, asleep, self.ledger.findings.values())

    def requirements(self) -> list[Requirement]:
        """The requirements that this run is about."""
        from cognito_model.requirements import catalogue

        return list(catalogue().values())


def _part(request: Request, outcome: Outcome) -> tuple[str, str]:
    """The part of an operation that a call asks for: what it would be refused for, or what it would rest on."""
    said: list[Refusal | Reply] = [*outcome.refusals, *outcome.replies]
    return request.operation, said[0].requirement.slug if said else ""
