"""What a run has judged: per requirement, per operation, and every divergence with the trace that shows it."""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.judge.compare import Check
from cognito_conformance.judge.judge import Fate, Step, reads
from cognito_model.expect import Because
from cognito_model.outcome import Outcome
from cognito_model.requirement import Requirement


@dataclass
class Tally:
    """How often a requirement was judged and broken, and what stood in the way of judging it."""

    checks: int = 0
    failures: int = 0
    errors: int = 0
    blocked: int = 0
    unsupported: int = 0
    reason: str | None = None


@dataclass
class OperationTally:
    """How an operation answered."""

    calls: int = 0
    succeeded: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    unsupported: bool = False


@dataclass
class Finding:
    """A divergence: the broken requirement, where it shows, and the steps that lead to it, the last one showing it."""

    requirement: Requirement
    operation: str
    path: str | None
    kind: str
    check: Check
    steps: list[Step]
    downstream: bool
    first_seen: int
    seen: int = 1
    confirmed: bool | None = None
    flaky: bool = False
    requests_to_minimise: int = 0
    renewed: bool = False
    cut_from: int | None = None
    """So many calls the trace had before some were left out that the model can do without, and no replay was made of it."""
    left_out: tuple[Requirement, ...] = ()
    """What those calls broke, where the target's state is in doubt after it."""
    follows_from: tuple[int, Requirement] | None = None
    """The call of the trace, and what is wrong with its answer, without which this answer would be right."""

    @property
    def key(self) -> tuple[str, str, str | None, str]:
        """What makes two sightings the same finding."""
        return (self.requirement.slug, self.operation, self.path, self.kind)

    @property
    def sight(self) -> tuple[str, str | None, str]:
        """Where and how it shows, whatever requirement it breaks."""
        return (self.operation, self.path, self.kind)

    @property
    def may_be_chance(self) -> bool:
        """Whether it was seen once, in an answer with a fault of the server: that is no verdict until it is seen again.

        What else is wrong with such an answer, a page of HTML for instance, comes and goes with the fault.
        """
        answer = self.steps[-1].answer
        return self.seen == 1 and answer is not None and answer.status >= 500

    @property
    def id(self) -> str:
        """A short stable name."""
        return hashlib.blake2b(repr(self.key).encode(), digest_size=5).hexdigest()


def kind_of(step: Step, check: Check) -> str:
    """In which way a step broke a requirement: accepted, refused (with which error), failed, or another value."""
    answer = step.answer
    if check.path is not None:
        return "value"
    if answer is None:
        return "none"
    if answer.status >= 500:
        return "server fault"
    if answer.trouble is not None:
        return answer.trouble
    if answer.error is not None:
        return f"refused with {answer.error}"
    return "accepted" if step.outcome.refused else "value"


@functools.lru_cache(maxsize=4096)
def place(path: str | None) -> str | None:
    """The path without the positions in lists, which vary from run to run."""
    if path is None:
        return None
    kept, depth = [], 0
    for char in path:
        depth += (char == "[") - (char == "]")
        if depth == 0 and char != "]":
            kept.append(char)
    return "".join(kept)


@dataclass
class Ledger:
    """The counts and findings of a run."""

    tallies: dict[Requirement, Tally] = field(default_factory=dict)
    operations: dict[str, OperationTally] = field(default_factory=dict)
    findings: dict[tuple[str, str, str | None, str], Finding] = field(default_factory=dict)
    broken_by: Counter[tuple[Requirement, str]] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    seconds_in_target: float = 0.0

    def tally(self, requirement: Requirement) -> Tally:
        """The counts of a requirement."""
        known = self.tallies.get(requirement)
        if known is None:
            known = self.tallies[requirement] = Tally()
        return known

    def failures(self, requirement: Requirement, operation: str) -> int:
        """How often the operation broke the requirement so far."""
        return self.broken_by[requirement, operation]

    def record(self, step: Step, steps: list[Step], request: int) -> list[Finding]:
        """Count a step; the findings that are new with it, and those that nothing precedes for the first time."""
        operation = self.operations.get(step.request.operation)
        if operation is None:
            operation = self.operations[step.request.operation] = OperationTally()
        if step.answer is not None:
            self.seconds_in_target += step.answer.elapsed
            operation.calls += 1
            if step.answer.error is not None:
                operation.errors[step.answer.error] += 1
            elif step.answer.trouble is None and step.answer.status < 300:
                operation.succeeded += 1
        if step.fate is not Fate.JUDGED:
            self._not_judged(step, operation)
            return []
        for event in step.outcome.events:
            self.events[event] += 1
        for requirement, held in _by_requirement(step.checks).items():
            tally = self.tally(requirement)
            tally.checks += 1
            if not held:
                tally.failures += 1
                self.broken_by[requirement, step.request.operation] += 1
        return self._new_findings(step, steps, request)

    def settle(self) -> None:
        """Mark what follows from another finding, now that all are known."""
        found = [finding for finding in self.findings.values() if not finding.downstream]
        alike: dict[tuple[str, str | None, str], list[Finding]] = {}
        for finding in found:
            alike.setdefault(finding.sight, []).append(finding)
        for finding in found:
            finding.downstream = any(follows(finding, other) for other in alike[finding.sight])

    def _not_judged(self, step: Step, operation: OperationTally) -> None:
        if step.fate is Fate.SKIPPED:
            return
        operation.unsupported = operation.unsupported or step.lacking
        for requirement in spoken_of(step.outcome):
            tally = self.tally(requirement)
            tally.errors += step.fate is Fate.ERROR
            tally.blocked += step.fate is Fate.BLOCKED
            tally.unsupported += step.fate is Fate.UNSUPPORTED
            tally.reason = step.reason

    def _new_findings(self, step: Step, steps: list[Step], request: int) -> list[Finding]:
        new: list[Finding] = []
        if not step.broken:
            return new
        operation = step.request.operation
        downstream = any(earlier.disturbing for earlier in steps[:-1])
        for check in step.broken:
            at, kind = place(check.path), kind_of(step, check)
            known = self.findings.get((check.requirement.slug, operation, at, kind))
            if known is None:
                finding = Finding(
                    check.requirement, operation, at, kind, check, list(steps), downstream, request
                )
                self.findings[finding.key] = finding
                new.append(finding)
            else:
                known.seen += 1
                shorter = known.downstream == downstream and len(steps) < len(known.steps)
                if shorter and known.confirmed is None:
                    known.steps, known.check = list(steps), check
                elif known.downstream and not downstream and not known.renewed:
                    # Nothing precedes it here: it is looked at again, once.
                    known.downstream, known.steps, known.check = False, list(steps), check
                    known.renewed = True
                    if known.confirmed is not None:
                        known.confirmed, known.flaky = None, False
                        new.append(known)
        return new


OF_MANY_CAUSES = frozenset(
    {"UserNotFoundException", "ResourceNotFoundException", "NotAuthorizedException", "CodeMismatchException"}
)
"""Errors that are given for many reasons in the same words: that one call gets them says little of another."""


def follows(finding: Finding, other: Finding) -> bool:
    """Whether the other finding explains this one, which has another requirement: it shows the same without its point.

    A refusal explains another one with the same words where the other call had to succeed, whatever this one is about,
    and where it had to get the same error as this one, which further calls lead to. What a reading shows explains the
    same wrong value after further calls.
    """
    if finding.requirement is other.requirement or finding.sight != other.sight:
        return False
    mine, theirs = finding.steps[-1].outcome, other.steps[-1].outcome
    if finding.check.observed != other.check.observed:
        return False
    if finding.kind.startswith("refused with "):
        if finding.kind.removeprefix("refused with ") in OF_MANY_CAUSES:
            return False
        says_something = not str(finding.check.observed).endswith(": ")
        if not says_something or not mine.refusals:
            return False
        return not theirs.refusals or _comes_sooner(other, finding)
    return finding.kind == "value" and reads(finding.operation) and _comes_sooner(other, finding)


def _comes_sooner(other: Finding, finding: Finding) -> bool:
    """Whether the other finding expects the same after some of the calls of this one."""
    return (
        repr(finding.check.expected) == repr(other.check.expected)
        and len(other.steps) < len(finding.steps)
        and _is_part(_operations(other), _operations(finding))
    )


def _operations(finding: Finding) -> list[str]:
    return [step.request.operation for step in finding.steps]


def _is_part(few: list[str], many: list[str]) -> bool:
    """Whether all of `few` come in `many`, in this order."""
    rest = iter(many)
    return all(one in rest for one in few)


def spoken_of(outcome: Outcome) -> Iterable[Requirement]:
    """The requirements that an outcome would have judged."""
    if outcome.refusals:
        return {refusal.requirement: None for refusal in outcome.refusals}
    found: dict[Requirement, None] = {}
    for reply in outcome.replies[:1]:
        found[reply.requirement] = None
        _causes(reply.members, found)
    return found


def _causes(value: Any, found: dict[Requirement, None]) -> None:
    if isinstance(value, Because):
        found[value.requirement] = None
        _causes(value.value, found)
    elif isinstance(value, dict):
        for item in value.values():
            _causes(item, found)
    elif isinstance(value, list | tuple):
        for item in value:
            _causes(item, found)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            _causes(getattr(value, name), found)


def _by_requirement(checks: Iterable[Check]) -> dict[Requirement, bool]:
    held: dict[Requirement, bool] = {}
    for check in checks:
        if check.requirement not in held or not check.held:
            held[check.requirement] = check.held
    return held
