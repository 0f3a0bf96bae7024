"""The suite explores the broken release; what may be the bug is tried on the mended one with the same calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Finding, Ledger, kind_of, place
from cognito_conformance.engine.minimise import SECOND, Minimiser, Replay
from cognito_conformance.engine.trace import in_company
from cognito_conformance.history.concern import Concern
from cognito_conformance.history.decide import Later, Proof, form_of, later, likeness, may_be
from cognito_conformance.judge.judge import Fate, Step
from cognito_conformance.judge.probe import needs_time
from cognito_model.model import Model, Request
from cognito_model.requirement import Requirement

TRACES = 8
"""So many traces of one divergence are tried, whatever they are: a fix may leave it in other circumstances. So often, too, is
a requirement broken before it is steered around, times what a run without a question needs to know it for broken.
"""
OF_A_FORM = 2
"""So many traces whose last call is put in one way are tried beyond that, as long as the mended release was asked less than half
of what the broken one was: where a fix left a divergence in most calls, it is the odd ones that tell the bug.
"""
Key = tuple[str, str, str | None, str]
"""What makes two divergences the same."""
AFTERWARDS = 400
LIKE = 4
"""A proof that has so many words in common with its entry is taken; after another one it goes on for so many requests, since a
likelier one may come.
"""


@dataclass
class Trial(Ledger):
    """A ledger that asks of each divergence that may be the bug whether the mended release shows it too.

    `before` and `after` make a trace in a new world of the broken and of the mended release, and spend `budget` and
    `budget_after`; the former ends earlier once there is a proof. `words` are the entry's.
    """

    model: Model = field(kw_only=True)
    concern: Concern = field(kw_only=True)
    words: str = field(kw_only=True)
    budget: Budget = field(kw_only=True)
    budget_after: Budget = field(kw_only=True)
    now: Callable[[], float] = field(kw_only=True)
    before: Replay = field(kw_only=True)
    after: Replay = field(kw_only=True)
    proofs: list[Proof] = field(default_factory=list)
    """What tells the bug, the likeliest first."""
    still: Counter[str] = field(default_factory=Counter)
    """Requirements that may be what the bug breaks, and how many traces break them on the mended release too."""
    untold: Counter[str] = field(default_factory=Counter)
    """Those that a trace broke in exploring, and how many such traces neither told nor broke on the mended release."""
    unsupported: Counter[str] = field(default_factory=Counter)
    """How often the broken release said of an operation, or of what was asked of it, that it has none."""
    _tried: Counter[Key] = field(default_factory=Counter)
    _forms: Counter[tuple[Key, str]] = field(default_factory=Counter)
    _told: set[Key] = field(default_factory=set)
    _suspects: set[tuple[str, str]] = field(default_factory=set)

    def failures(self, requirement: Requirement, operation: str) -> int:
        """How often the operation broke the requirement; fewer while that may be the bug, so that it is tried on."""
        failures = super().failures(requirement, operation)
        return failures // TRACES if (requirement.slug, operation) in self._suspects else failures

    def record(self, step: Step, steps: list[Step], request: int) -> list[Finding]:
        """Count a step, and try what may be the bug; the findings that are new with it."""
        new = super().record(step, steps, request)
        self.unsupported[step.request.operation] += step.fate is Fate.UNSUPPORTED
        for check in step.broken if step.fate is Fate.JUDGED else ():
            finding = Finding(
                check.requirement,
                step.request.operation,
                place(check.path),
                kind_of(step, check),
                check,
                list(steps),
                downstream=False,
                first_seen=request,
            )
            like = may_be(self.concern, finding) and likeness(finding, self.words)
            if like and self._is_worth_trying(finding):
                self._suspects.add((finding.requirement.slug, finding.operation))
                self._try(finding)
        return new

    def _is_worth_trying(self, finding: Finding) -> bool:
        """Whether another trace of a divergence may tell what those before it did not. It counts as tried then."""
        key, form = finding.key, form_of(finding.steps[-1].request)
        if key in self._told or (
            self._tried[key] >= TRACES
            and (self._forms[key, form] >= OF_A_FORM or 2 * self.budget_after.spent >= self.budget.spent)
        ):
            return False
        self._tried[key] += 1
        self._forms[key, form] += 1
        return True

    def _try(self, finding: Finding) -> None:
        """Make the finding's calls on both releases, the fewest first that the model says will do; these beside another pool last."""
        made: set[tuple[int, ...]] = set()
        slug = finding.requirement.slug
        traces = list(Minimiser(self.model, self.before, self.now).slices(finding))
        for requests in [*traces, in_company(traces[0])]:
            numbers = tuple(request.step for request in requests)
            if numbers in made:
                continue
            made.add(numbers)
            answer, _ = self._of(self.after, finding, requests)
            if answer is Later.BROKEN:
                self.still[slug] += 1
                return
            if answer is Later.UNTOLD:
                continue
            seen, steps = self._of(self.before, finding, requests)
            # Once more, so that what changes from time to time is not taken for mended.
            if seen is Later.BROKEN and self._of(self.after, finding, requests)[0] is Later.KEPT:
                self._prove(Proof.of(finding, steps, self.words, self.budget.spent))
                self._told.add(finding.key)
                self._suspects.discard((slug, finding.operation))
                return
        self.untold[slug] += 1

    def _prove(self, proof: Proof) -> None:
        if not self.proofs or proof.likeness >= LIKE:
            most = self.budget.spent + (0 if proof.likeness >= LIKE else AFTERWARDS)
            self.budget.max_requests = min(most, self.budget.max_requests or most)
        self.proofs.append(proof)
        self.proofs.sort(key=lambda proof: -proof.likeness)

    def _of(self, replay: Replay, finding: Finding, requests: Sequence[Request]) -> tuple[Later, list[Step]]:
        steps = replay(requests, pause=SECOND if needs_time(finding.check.probe) else 0.0)
        return later(finding, steps, len(requests)), steps
