"""Traces that no replay made short, cut on the model: it costs no request, and shows no more than that the model agrees."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from cognito_conformance.engine.ledger import Finding
from cognito_conformance.engine.minimise import Minimiser, check_of
from cognito_conformance.engine.retell import is_alike, retold
from cognito_conformance.engine.telling import in_full
from cognito_conformance.engine.trace import is_closed, without
from cognito_conformance.judge.judge import Endpoint, Step, disturbing
from cognito_model.model import Model, Request
from cognito_model.requirement import MUST

SECONDS = 20.0
"""CPU time that cutting may take at the end of a run; two hundred findings of a usual run take two."""


def waiting(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose traces a report shows as they were in the run, those that must hold and come first at the head."""
    long = [f for f in in_full(findings) if not f.confirmed and len(f.steps) > 1 and f.cut_from is None]
    return sorted(long, key=lambda finding: (finding.requirement.level is not MUST, finding.downstream))


@dataclass
class Cutter:
    """Leaves calls out of a trace as long as what the target answered to the others shows the same break.

    `live` knows what the target's description says, and is not asked anything of the target.
    """

    model: Model
    live: Endpoint
    seconds: float = SECONDS
    clock: Callable[[], float] = time.process_time

    def cut(self, findings: Iterable[Finding], progress: Callable[[], None] = lambda: None) -> None:
        """Cut these one after the other until the time is up."""
        end = self.clock() + self.seconds
        for finding in findings:
            if self.clock() >= end:
                return
            self.cut_one(finding)
            progress()

    def cut_one(self, finding: Finding) -> None:
        """Cut the trace of one finding, where the model agrees to anything shorter."""
        before = finding.steps
        best, first = self._candidate(finding)
        if best is not None and not first:
            best = self._thinned(finding, best)
        if best is None or len(best) == len(before):
            return
        check = check_of(finding, best)
        assert check is not None
        kept = {step.request.step for step in best}
        left_out = [step for step in before if step.disturbing and step.request.step not in kept]
        finding.steps, finding.check, finding.cut_from = best, check, len(before)
        finding.left_out = tuple(
            dict.fromkeys(c.requirement for step in left_out for c in step.broken if disturbing(c))
        )

    def _candidate(self, finding: Finding) -> tuple[list[Step] | None, bool]:
        """The shortest of the traces that the minimiser would replay which shows the break, and whether it is its first."""
        minimiser = Minimiser(self.model, _nobody, self.live.now)
        for number, requests in enumerate(minimiser.slices(finding)):
            steps = self._shows(finding, finding.steps, requests)
            if steps is not None:
                return steps, number == 0
        return None, False

    def _thinned(self, finding: Finding, steps: list[Step]) -> list[Step]:
        """The steps without the stretches that they can do without, long ones first."""
        for gone in _stretches(len(steps)):
            last = len(steps) - 1
            if gone.start < last:
                short = without([s.request for s in steps], range(gone.start, min(gone.stop, last)))
                steps = self._shows(finding, steps, short) or steps
        return steps

    def _shows(
        self, finding: Finding, steps: Sequence[Step], requests: Sequence[Request]
    ) -> list[Step] | None:
        """Those of the steps that make these requests, judged again, where they show the finding."""
        if not is_closed([], requests):
            return None
        made = {step.request.step: step for step in steps}
        some = [_waiting(made[request.step], request.wait) for request in requests]
        told = retold(self.model, self.live, some)
        check = None if told is None else check_of(finding, told)
        same = check is not None and is_alike(check.expected, finding.check.expected)
        return told if same else None


def _waiting(step: Step, seconds: int) -> Step:
    return replace(step, request=replace(step.request, wait=seconds))


def _stretches(length: int) -> Iterator[range]:
    """Stretches of a list, each half as long as the one before it, from the end to the beginning."""
    size = length // 2
    while size:
        for end in range(length - 1, 0, -size):
            yield range(max(0, end - size), end)
        size //= 2


def _nobody(requests: Sequence[Request], *, pause: float = 0.0) -> NoReturn:
    """Nothing is replayed here."""
    raise AssertionError("cutting makes no call")
