"""Which divergences may be the bug of an entry, and when a trace of calls tells that it was mended."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from cognito_conformance.engine import results
from cognito_conformance.engine.ledger import Finding, place
from cognito_conformance.history.concern import Concern
from cognito_conformance.judge.judge import Fate, Step
from cognito_model.model import Request
from cognito_model.requirements import catalogue

CUSTOM = "custom:"
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
    likeness: int
    """How many words it has in common with what the entry says."""
    after: int
    """So many requests the broken release had had."""

    @classmethod
    def of(cls, finding: Finding, steps: list[Step], words: str, after: int) -> Proof:
        """Told by this trace, the last step of which shows the finding, after so many requests. `words` are the entry's."""
        expected, observed = results.texts(finding)
        requirement = finding.requirement
        calls = tuple(step.request.operation for step in steps)
        return cls(
            requirement.slug,
            requirement.sentence,
            finding.operation,
            finding.path,
            expected,
            observed,
            calls,
            likeness(finding, words),
            after,
        )


def likeness(finding: Finding, words: str) -> int:
    """How many words a divergence has in common with these: with none it is another one, whatever was mended with it."""
    requirement = finding.requirement
    said = f"{requirement.slug} {requirement.sentence} {finding.path or ''}"
    return len(_stems(words) & _stems(said))


def may_be(concern: Concern, finding: Finding) -> bool:
    """Whether a divergence may be the bug, by what its entry says.

    It shows in one of the bug's operations, and its requirement raises the error that the entry says AWS answers, if it
    says one. A difference in a member counts where the entry or its script speaks of that member, one in a message where
    they speak of messages. That a refusal was missed, or was another, is not the bug where AWS is said to succeed, but for
    one that the script asks for.
    """
    slug = finding.requirement.slug
    requirement = catalogue().get(slug.removesuffix("/text")) or finding.requirement
    if finding.operation not in concern.operations:
        return False
    if concern.errors and not concern.errors & set(requirement.raises):
        return False
    if concern.succeeds and finding.path is None and finding.steps[-1].outcome.refusals:
        return bool(concern.asked & set(requirement.raises))
    return finding.path is None or spoken_of(finding.path, concern.names)


def spoken_of(path: str, names: frozenset[str]) -> bool:
    """Whether a member that is another is one that the entry speaks of: of a token its claim, else it or what it is in."""
    if not names:
        return True
    parts = [part.strip("()").lower() for part in path.split(".")]
    if parts[-1].startswith(CUSTOM) and any(name.startswith(CUSTOM) for name in names):
        # What a custom attribute is called is its owner's affair.
        return True
    return not names.isdisjoint(parts[-1:] if any(part in TOKENS for part in parts) else parts[-2:])


def form_of(request: Request) -> str:
    """How a call is put: its members and values, whatever stands where a name or a number does that was made for it."""
    return _MADE.sub("0", repr(request.params))


def later(finding: Finding, steps: list[Step], length: int) -> Later:
    """What became of the finding's requirement where its trace, so many calls long, was made on another release."""
    if len(steps) < length or steps[-1].fate is not Fate.JUDGED:
        return Later.UNTOLD
    checks = [check for check in steps[-1].checks if check.requirement is finding.requirement]
    if any(not check.held and _same_place(place(check.path), finding.path) for check in checks):
        return Later.BROKEN
    # What holds is noted without its place.
    return Later.KEPT if any(check.held for check in checks) else Later.UNTOLD


def _same_place(shown: str | None, path: str | None) -> bool:
    """Whether what is broken at `shown` leaves nothing to be seen at `path`: the same, what it is in, or the whole answer."""
    return shown is None or (path is not None and f"{path}.".startswith(f"{shown}."))


_MADE = re.compile(r"\w*\d\w*")
_USUAL = frozenset({"the", "and", "user", "for", "with"})


def _stems(text: str) -> set[str]:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word.lower()[:6] for word in re.findall(r"[A-Za-z]{3,}", split)} - _USUAL
