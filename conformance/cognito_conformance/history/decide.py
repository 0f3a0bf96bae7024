"""Which divergences may be the bug of an entry, and when a trace of calls tells that it was mended."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from cognito_conformance.engine import results
from cognito_conformance.engine.ledger import Finding, place
from cognito_conformance.history.concern import Concern
from cognito_conformance.judge.judge import Fate, Step
from cognito_model.requirement import Requirement
from cognito_model.requirements import catalogue

EVERYWHERE = 12
"""A requirement that speaks of more operations than this is about none of them in particular."""
TOKENS = frozenset({"accesstoken", "idtoken", "refreshtoken"})


class Answer(enum.StrEnum):
    """What is said of a bug."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NOT_REACHABLE = "not reachable"


class Later(enum.Enum):
    """What the release that is said to be mended makes of a trace that shows a divergence on the broken one."""

    KEPT = "it checked the requirement, and kept it"
    BROKEN = "it breaks it too"
    UNTOLD = "it did not come to check it"


@dataclass(frozen=True, slots=True)
class Proof:
    """A requirement that a trace of calls breaks on the broken release, and that the same calls keep on the mended one."""

    requirement: str
    sentence: str
    operation: str
    path: str | None
    expected: str
    observed: str
    calls: tuple[str, ...]

    @classmethod
    def of(cls, finding: Finding, steps: list[Step]) -> Proof:
        """Told by this trace, the last step of which shows the finding."""
        expected, observed = results.texts(finding)
        requirement = finding.requirement
        calls = tuple(step.request.operation for step in steps)
        return cls(
            requirement.slug, requirement.sentence, finding.operation, finding.path, expected, observed, calls
        )


def may_be(concern: Concern, finding: Finding) -> bool:
    """Whether a divergence may be the bug, by what its entry says.

    Its requirement speaks of the bug's operations or was broken by one of them, and raises the error that the entry says
    AWS answers, if it says one. A difference in a member counts where the entry or its script speaks of that member, one
    in a message where they speak of messages. That a refusal was missed, or was another, is not the bug where AWS is said
    to succeed.
    """
    slug = finding.requirement.slug
    requirement = catalogue().get(slug.removesuffix("/text")) or catalogue().get(slug)
    if requirement is None or not _concerned(requirement, finding.operation, concern):
        return False
    if concern.succeeds and finding.path is None and finding.steps[-1].outcome.refusals:
        return False
    return finding.path is None or _spoken_of(finding.path, concern.names)


def _concerned(requirement: Requirement, operation: str, concern: Concern) -> bool:
    if concern.errors and not concern.errors & set(requirement.raises):
        return False
    if operation in concern.operations:
        return True
    spoken = requirement.operations
    return len(spoken) <= EVERYWHERE and not set(spoken).isdisjoint(concern.operations)


def _spoken_of(path: str, names: frozenset[str]) -> bool:
    """Whether a member that is another is one that the entry speaks of: of a token its claim, else it or what it is in."""
    if not names:
        return True
    parts = [part.strip("()").lower() for part in path.split(".")]
    return not names.isdisjoint(parts[-1:] if any(part in TOKENS for part in parts) else parts[-2:])


def later(finding: Finding, steps: list[Step], length: int) -> Later:
    """What became of the finding's requirement where its trace, so many calls long, was made on another release."""
    if len(steps) < length or steps[-1].fate is not Fate.JUDGED:
        return Later.UNTOLD
    checks = [
        check
        for check in steps[-1].checks
        if check.requirement is finding.requirement and place(check.path) == finding.path
    ]
    if not all(check.held for check in checks):
        return Later.BROKEN
    return Later.KEPT if checks else Later.UNTOLD
