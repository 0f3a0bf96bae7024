"""Make a finding short: on the model first, which costs nothing, and on the target only what the model still allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Any, Protocol

from cognito_conformance.engine.ledger import Finding, kind_of, place, spoken_of
from cognito_conformance.engine.trace import elsewhere, in_company, is_closed, requests_of, simpler, without
from cognito_conformance.judge.compare import Check
from cognito_conformance.judge.judge import Step
from cognito_conformance.judge.probe import needs_time
from cognito_conformance.wire import service
from cognito_model.model import Model, Request, likeliest_world
from cognito_model.outcome import Outcome
from cognito_model.world import World

MOST = 400
"""So many requests one finding may have."""
SECOND = 1.1
"""Seconds after which a clock of whole seconds shows another time."""


class Replay(Protocol):
    """Makes these calls in a fresh world of the target and judges them; waits `pause` seconds before the last."""

    def __call__(self, requests: Sequence[Request], *, pause: float = 0.0) -> list[Step]: ...


_State = tuple[World, float]
"""Where the model stands in a trace, and at which time."""


@dataclass
class Minimiser:
    """Shortens findings. `now` is the moment at which the model predicts.

    `short` has the traces that were replayed so far, by operation.
    `most` bounds the requests for one finding, `thoughts` the predictions for leaving out members. `_went` says of the steps that went against
    the model whether the target accepted them: a trace that leans on such a step is followed as it went.
    """

    model: Model
    replay: Replay
    now: Callable[[], float]
    most: int = MOST
    thoughts: int = 6000
    short: dict[str, list[list[Step]]] = field(default_factory=dict)
    _went: dict[int, bool] = field(default_factory=dict)
    _thought: int = 0
    _spent: int = 0
    _shown: int = 0

    def minimise(self, finding: Finding) -> None:
        """Replace the finding's steps by a shorter trace that still shows it, confirmed by a replay.

        One that no replay shows again is marked flaky and keeps its trace.
        """
        if self._known(finding):
            return
        self._spent = 0
        self._follow(finding.steps)
        for candidate in self._candidates(finding, requests_of(finding.steps)):
            if self._spent and self._spent + len(candidate) > self.most:
                break
            if self._shows(finding, candidate):
                self._thin(finding)
                self.short.setdefault(finding.operation, []).append(finding.steps)
                break
        else:
            finding.confirmed, finding.flaky = False, True
        finding.requests_to_minimise = self._spent

    def _shows(self, finding: Finding, candidate: Sequence[Request]) -> bool:
        """Replay a trace; where it shows the finding, it becomes the finding's own."""
        pause = SECOND if needs_time(finding.check.probe) else 0.0
        self._shown += 1
        steps = self.replay(elsewhere(candidate, f"again{finding.id[:4]}x{self._shown}"), pause=pause)
        self._spent += len(steps)
        check = check_of(finding, steps) if len(steps) == len(candidate) else None
        if check is not None:
            _confirm(finding, steps, check)
        return check is not None

    def _thin(self, finding: Finding) -> None:
        """Leave out, one by one, calls that went against the model or that it can do without, where the target can too."""
        requests = requests_of(finding.steps)
        against = {step.request.step for step in finding.steps[:-1] if step.disturbing}
        wanted = _goal(finding, finding.steps[-1].outcome)
        idle = (
            self._removable(requests, wanted) if wanted(self._final(requests)) else range(len(requests) - 1)
        )
        doubtful = against | {requests[position].step for position in idle}
        for request in reversed(requests[:-1]):
            position = next(i for i, known in enumerate(requests) if known.step == request.step)
            rest = requests[position + 1 :]
            if request.step in doubtful and is_closed(requests[:position], rest):
                if self._spent + len(requests) > self.most:
                    return
                shorter = without(requests, [position])
                if self._shows(finding, shorter):
                    requests = shorter

    def _known(self, finding: Finding) -> bool:
        """Whether a trace that was replayed for another finding shows this one too, and none of its calls is idle."""
        for steps in self.short.get(finding.operation, [])[-20:]:
            check = check_of(finding, steps)
            if check is not None and self._is_short(finding, steps):
                _confirm(finding, steps, check)
                return True
        return False

    def _follow(self, steps: Sequence[Step]) -> None:
        """Predict from now on as these steps went."""
        self._went = {s.request.step: s.answer.error is None for s in steps[:-1] if s.disturbing and s.answer}

    def _is_short(self, finding: Finding, steps: list[Step]) -> bool:
        """Whether the model can do without none of these calls."""
        self._follow(steps)
        requests, wanted = requests_of(steps), _goal(finding, steps[-1].outcome)
        return wanted(self._final(requests)) and not self._removable(requests, wanted)

    def _candidates(self, finding: Finding, requests: list[Request]) -> Iterator[list[Request]]:
        """Traces to try on the target, shortest first, each of which reaches the requirement on the model."""
        wanted = _goal(finding, finding.steps[-1].outcome)
        if not wanted(self._final(requests)):
            # The model does not follow how the target got there: only the whole trace may show it.
            yield requests
            return
        order = self._removable(requests, wanted)
        short = without(requests, order)
        yield self._simplified(short, wanted, _mends)
        yield self._simplified(short, wanted, _keeps)
        yield from self._sliced(requests, order)
        yield in_company(short)

    def slices(self, finding: Finding) -> Iterator[list[Request]]:
        """The finding's calls as they were made, without those that the model can do without, then with ever more of
        them.
        """
        self._follow(finding.steps)
        requests, wanted = requests_of(finding.steps), _goal(finding, finding.steps[-1].outcome)
        reaches = wanted(self._final(requests))
        yield from self._sliced(requests, self._removable(requests, wanted) if reaches else {})

    def _sliced(self, requests: list[Request], order: dict[int, None]) -> Iterator[list[Request]]:
        yield without(requests, order)
        # What went against the model may have left the target in the state that shows it.
        yield without(requests, [i for i in order if requests[i].step not in self._went])
        kept = len(order)
        while kept > 1:
            kept //= 2
            yield without(requests, list(order)[:kept])
        yield requests

    def _removable(self, requests: list[Request], wanted: Callable[[Outcome], bool]) -> dict[int, None]:
        """The positions that the model can do without, last first: one pass, since what follows was already taken out."""
        states = [self._beginning()]
        for request in requests[:-1]:
            states.append(self._advance(states[-1], request))
        gone: dict[int, None] = {}
        for position in range(len(requests) - 2, -1, -1):
            rest = without(requests[position:], [0, *(later - position for later in gone)])
            if is_closed(requests[:position], rest) and wanted(self._final(rest, states[position])):
                gone[position] = None
        return gone

    def _simplified(
        self,
        requests: list[Request],
        wanted: Callable[[Outcome], bool],
        alike: Callable[[Outcome, Outcome], bool],
    ) -> list[Request]:
        """The trace without the waits, members and list items that the model can do without.

        `alike` says whether a call that was refused or accepted in one way may be so in another.
        """
        state = self._beginning()
        self._thought = 0
        for position, request in enumerate(requests):
            required = _required(request.operation, request.params)
            before, kept = self._predict(state, request), 0
            # What is left out stays out, and the next simpler form is then the one after as many as were kept.
            while simple := next(islice(simpler(requests[position], required), kept, None), None):
                if self._thought > self.thoughts:
                    return requests
                after = self._predict(state, simple) if required <= set(simple.params) else None
                trial = [*requests[:position], simple, *requests[position + 1 :]]
                if (
                    after is not None
                    and self._keeps_course(trial, position, before, after, alike)
                    and wanted(self._final(trial[position:], state, after))
                ):
                    requests, before = trial, after
                else:
                    kept += 1
            state = self._after(state, requests[position], before)
        return requests

    def _keeps_course(
        self,
        requests: list[Request],
        position: int,
        before: Outcome,
        after: Outcome,
        alike: Callable[[Outcome, Outcome], bool],
    ) -> bool:
        """Whether a call made simpler is refused or accepted as it was: one that is refused and went as it should, for the
        same reasons, all others alike.
        """
        is_doubtful = self._went.get(requests[position].step) or position == len(requests) - 1
        return (alike if is_doubtful or not before.refusals else _keeps)(before, after)

    def _beginning(self) -> _State:
        return World(), self.now()

    def _predict(self, state: _State, request: Request) -> Outcome:
        world, now = state
        self._thought += 1
        return self.model.predict(world, request, now + request.wait)

    def _advance(self, state: _State, request: Request) -> _State:
        return self._after(state, request, self._predict(state, request))

    def _after(self, state: _State, request: Request, outcome: Outcome) -> _State:
        world, now = state
        now += request.wait
        went = self._went.get(request.step)
        if went is False:
            return world, now
        if went and outcome.replies:
            outcome = replace(outcome, refusals=())
        return likeliest_world(world, outcome), now

    def _final(
        self, requests: Sequence[Request], state: _State | None = None, outcome: Outcome | None = None
    ) -> Outcome:
        """What the model says of the last call, the others having gone as it expects; of the first it may have said already."""
        state = self._beginning() if state is None else state
        outcome = self._predict(state, requests[0]) if outcome is None else outcome
        for request, following in pairwise(requests):
            state = self._after(state, request, outcome)
            outcome = self._predict(state, following)
        return outcome


def _keeps(before: Outcome, after: Outcome) -> bool:
    """Whether a call is refused, or may be, for the same reasons as before."""
    return _reasons(before) == _reasons(after)


def _mends(before: Outcome, after: Outcome) -> bool:
    """Whether a call is refused, or may be, for no other reasons than before: fewer make it clearer."""
    return all(
        set(now) <= set(then) for now, then in zip(_reasons(after), _reasons(before), strict=True)
    ) and bool(before.replies) == bool(after.replies)


def _reasons(outcome: Outcome) -> tuple[list[object], list[object]]:
    return [r.requirement for r in outcome.refusals], [r.requirement for r in outcome.tolerated]


def _confirm(finding: Finding, steps: list[Step], check: Check) -> None:
    finding.steps, finding.check, finding.confirmed = steps, check, True
    finding.downstream = any(step.disturbing for step in steps[:-1])


def _required(operation: str, params: Mapping[str, Any]) -> set[str]:
    """Those of the members that the API requires: without them a call says something else."""
    shape = service.input_shape(operation)
    return set() if shape is None else set(shape.required_members) & set(params)


def _goal(finding: Finding, last: Outcome) -> Callable[[Outcome], bool]:
    """Whether an outcome speaks of the finding's requirement in the way in which it was broken in the outcome `last`."""
    suspicion = finding.kind.removeprefix("refused with ")
    if last.suspects.get(suspicion) is finding.requirement:
        # The requirement is blamed for what stands in the way of any answer.
        return lambda o: (
            o.suspects.get(suspicion) is finding.requirement and bool(o.refusals) == bool(last.refusals)
        )
    refusals = {r.requirement for r in last.refusals}
    if finding.requirement in refusals:
        # Fewer reasons to refuse make the finding clearer; the broken one must stay.
        return lambda o: finding.requirement in {r.requirement for r in o.refusals} <= refusals
    if finding.requirement.text is None and finding.requirement.slug.endswith("/text"):
        owners = {
            r.requirement for r in last.refusals + last.tolerated if r.requirement.text is finding.requirement
        }
        return lambda o: bool(owners & {r.requirement for r in o.refusals + o.tolerated})
    if finding.requirement.area == "protocol":
        success = last.replies[0].requirement if last.replies else None
        return lambda o: (
            {r.requirement for r in o.refusals} == refusals
            and (bool(refusals) or (o.replies[0].requirement if o.replies else None) is success)
        )
    return lambda o: not o.refusals and finding.requirement in spoken_of(o)


def check_of(finding: Finding, steps: Sequence[Step]) -> Check | None:
    """The check of the last step that shows the finding, or None."""
    for check in steps[-1].broken if steps else ():
        same = check.requirement is finding.requirement and place(check.path) == finding.path
        if same and kind_of(steps[-1], check) == finding.kind:
            return check
    return None
