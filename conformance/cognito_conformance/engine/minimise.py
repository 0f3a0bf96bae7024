"""Make a finding short: on the model first, which costs nothing, and on the target only what the model still allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cognito_conformance.engine.ledger import Finding, disturbing, kind_of, place, spoken_of
from cognito_conformance.judge.judge import Step
from cognito_model.model import Model, Request, likeliest_world
from cognito_model.outcome import Outcome
from cognito_model.terms import Fresh, terms_in
from cognito_model.world import World

Replay = Callable[[Sequence[Request]], list[Step]]
"""Makes these calls in a fresh world of the target and judges them."""


@dataclass
class Minimiser:
    """Shortens findings. `now` is the moment at which the model predicts.

    `most` bounds the requests and `seconds` the thinking of one finding. `_went` says of the steps that went against
    the model whether the target accepted them: a trace that leans on such a step is followed as it went.
    """

    model: Model
    replay: Replay
    now: Callable[[], float]
    most: int = 400
    seconds: float = 0.5
    _short: dict[str, list[list[Step]]] = field(default_factory=dict)
    _went: dict[int, bool] = field(default_factory=dict)
    _deadline: float = 0.0

    def minimise(self, finding: Finding) -> None:
        """Replace the finding's steps by a shorter trace that still shows it, confirmed by a replay.

        One that no replay shows again is marked flaky and keeps its trace.
        """
        if self._known(finding):
            return
        spent = 0
        self._went = {
            s.request.step: s.answer.error is None for s in finding.steps[:-1] if _against(s) and s.answer
        }
        self._deadline = time.monotonic() + self.seconds
        for candidate in self._candidates(finding, [step.request for step in finding.steps]):
            if spent and spent + len(candidate) > self.most:
                break
            steps = self.replay(candidate)
            spent += len(steps)
            check = _shown(finding, steps) if len(steps) == len(candidate) else None
            if check is not None:
                finding.steps, finding.check, finding.confirmed = steps, check, True
                finding.downstream = any(disturbing(c) for step in steps[:-1] for c in step.broken)
                self._short.setdefault(finding.operation, []).append(steps)
                break
        else:
            finding.confirmed, finding.flaky = False, True
        finding.requests_to_minimise = spent

    def _known(self, finding: Finding) -> bool:
        """Whether a trace that was replayed for another finding shows this one too; then it costs nothing."""
        for steps in self._short.get(finding.operation, [])[-20:]:
            check = _shown(finding, steps)
            if check is not None:
                finding.steps, finding.check, finding.confirmed = steps, check, True
                finding.downstream = any(disturbing(c) for step in steps[:-1] for c in step.broken)
                return True
        return False

    def _candidates(self, finding: Finding, requests: list[Request]) -> Iterator[list[Request]]:
        """Traces to try on the target, shortest first, each of which reaches the requirement on the model."""
        wanted = _goal(finding)
        if not wanted(self._final(requests)):
            # The model does not follow how the target got there: only the whole trace may show it.
            yield requests
            return
        order = self._removable(requests, wanted)
        short = [r for i, r in enumerate(requests) if i not in order]
        yield self._simplified(short, wanted)
        yield short
        kept = len(order)
        while kept > 1:
            kept //= 2
            gone = set(list(order)[:kept])
            yield [r for i, r in enumerate(requests) if i not in gone]
        yield requests

    def _removable(
        self, requests: list[Request], wanted: Callable[[Outcome | None], bool]
    ) -> dict[int, None]:
        """The positions that the model can do without, last first: one pass, since what follows was already taken out."""
        worlds = [World()]
        for request in requests[:-1]:
            worlds.append(self._advance(worlds[-1], request))
        gone: dict[int, None] = {}
        for position in range(len(requests) - 2, -1, -1):
            rest = [r for i, r in enumerate(requests[position + 1 :], position + 1) if i not in gone]
            if _is_closed(requests[:position], rest) and wanted(self._final(rest, worlds[position])):
                gone[position] = None
        return gone

    def _simplified(self, requests: list[Request], wanted: Callable[[Outcome | None], bool]) -> list[Request]:
        """The trace without the members and list items that the model can do without."""
        world = World()
        for position in range(len(requests)):
            simpler = True
            while simpler:
                simpler = False
                for params in _simpler(requests[position].params):
                    if time.monotonic() > self._deadline:
                        return requests
                    trial = [*requests]
                    trial[position] = replace(requests[position], params=params)
                    if self._keeps_course(requests, trial, position, world) and wanted(
                        self._final(trial[position:], world)
                    ):
                        requests, simpler = trial, True
                        break
            world = self._advance(world, requests[position])
        return requests

    def _keeps_course(self, old: list[Request], new: list[Request], position: int, world: World) -> bool:
        """Whether a call made simpler is refused or accepted as it was, and so the last one in the same way."""
        before = self.model.predict(world, old[position], self.now())
        after = self.model.predict(world, new[position], self.now())
        return _reasons(before) == _reasons(after)

    def _advance(self, world: World, request: Request) -> World:
        outcome = self.model.predict(world, request, self.now())
        went = self._went.get(request.step)
        if went is False:
            return world
        if went and outcome.replies:
            outcome = replace(outcome, refusals=())
        return likeliest_world(world, outcome)

    def _final(self, requests: Sequence[Request], world: World | None = None) -> Outcome | None:
        """What the model says of the last call, the others having gone as it expects."""
        state = World() if world is None else world
        for request in requests[:-1]:
            state = self._advance(state, request)
        return self.model.predict(state, requests[-1], self.now())


def _reasons(outcome: Outcome) -> tuple[list[object], list[object]]:
    """Why a call is refused, and why it may be."""
    return [r.requirement for r in outcome.refusals], [r.requirement for r in outcome.tolerated]


def _against(step: Step) -> bool:
    """Whether the target accepted what it had to refuse, or refused what it had to accept."""
    return any(disturbing(check) for check in step.broken)


def _goal(finding: Finding) -> Callable[[Outcome | None], bool]:
    """Whether an outcome speaks of the finding's requirement in the way in which it was broken."""
    last = finding.steps[-1].outcome
    refusals = {r.requirement for r in last.refusals}
    if finding.requirement in refusals:
        # Fewer reasons to refuse make the finding clearer; the broken one must stay.
        return lambda o: (
            o is not None and finding.requirement in {r.requirement for r in o.refusals} <= refusals
        )
    if finding.requirement.text is None and finding.requirement.slug.endswith("/text"):
        owners = {
            r.requirement for r in last.refusals + last.tolerated if r.requirement.text is finding.requirement
        }
        return lambda o: o is not None and bool(owners & {r.requirement for r in o.refusals + o.tolerated})
    if finding.requirement.area == "protocol":
        success = last.replies[0].requirement if last.replies else None
        return lambda o: (
            o is not None
            and {r.requirement for r in o.refusals} == refusals
            and (bool(refusals) or (o.replies[0].requirement if o.replies else None) is success)
        )
    return lambda o: o is not None and not o.refusals and finding.requirement in spoken_of(o)


def _shown(finding: Finding, steps: list[Step]) -> Any:
    """The check of the last step that shows the finding, or None."""
    for check in steps[-1].broken if steps else ():
        same = check.requirement is finding.requirement and place(check.path) == finding.path
        if same and kind_of(steps[-1], check) == finding.kind:
            return check
    return None


def _is_closed(earlier: Sequence[Request], rest: Sequence[Request]) -> bool:
    """Whether every value that the calls use is made by a call that is still there."""
    made = {request.step for request in earlier}
    for request in rest:
        if any(isinstance(t, Fresh) and t.step not in made for t in terms_in(dict(request.params))):
            return False
        made.add(request.step)
    return True


def _simpler(params: Any) -> Iterator[dict[str, Any]]:
    """Params with one member less, or one item less in a list member, or one member less in a structure."""
    for name, value in params.items():
        yield {n: v for n, v in params.items() if n != name}
        if isinstance(value, list) and len(value) > 1:
            for index in range(len(value)):
                yield {**params, name: value[:index] + value[index + 1 :]}
        if isinstance(value, dict):
            for inner in _simpler(value):
                yield {**params, name: inner}
