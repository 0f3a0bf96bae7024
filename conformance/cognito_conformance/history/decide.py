"""Whether two runs tell a bug: a requirement on its operations fails before the fix and passes after it."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cognito_conformance.history.concern import Concern
from cognito_model.requirement import Requirement

EVERYWHERE = 12
"""A requirement that speaks of more operations than this is about none of them in particular."""

LUCK = 0.1
"""A later run that had a greater chance than this to see nothing of a bug that was still there proves nothing."""
TOKENS = frozenset({"accesstoken", "idtoken", "refreshtoken"})


class Answer(enum.StrEnum):
    """What the runs say of a bug."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NOT_REACHABLE = "not reachable"


@dataclass(frozen=True, slots=True)
class Proof:
    """A requirement whose verdict differs: on the whole, or on one operation of the bug. Checks and failures of both."""

    requirement: str
    operation: str
    whole: bool
    before: tuple[int, int]
    after: tuple[int, int]
    path: str | None
    expected: str
    observed: str
    likeness: int


def proofs(
    concern: Concern,
    words: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    catalogue: Mapping[str, Requirement],
) -> list[Proof]:
    """What tells the bug, the likeliest first. `words` are the entry's, to order what is found by its likeness to them.

    A requirement counts where it speaks of the bug's operations or was broken by one of them, where it raises the
    error that the entry says AWS answers, if it says one, and where the later run checked it and saw it kept. The same
    requirement may be broken still by another operation; then it counts for the bug's own. A difference in a member
    counts where the entry or its script speaks of that member, one in a message where they speak of messages. A refusal
    that was missed, or was another, is no proof where AWS is said to succeed.
    """
    told: dict[tuple[str, str], Proof] = {}
    for finding in before["findings"]:
        slug, operation = finding["requirement"], finding["operation"]
        requirement = catalogue.get(slug.removesuffix("/text")) or catalogue.get(slug)
        if requirement is None or not _concerned(requirement, operation, concern):
            continue
        if concern.succeeds and "Exception" in finding["expected"]:
            continue
        if finding["path"] is not None and not _spoken_of(finding["path"], concern.names):
            continue
        earlier, later = (_counts(run, slug, operation) for run in (before, after))
        whole = before["verdicts"].get(slug) == "fail" and after["verdicts"].get(slug) == "pass"
        of_operation = operation in concern.operations and later[0] > 0 and not later[1]
        if (whole or of_operation) and not _by_chance(before, after, slug, operation if not whole else None):
            proof = Proof(
                slug,
                operation,
                whole,
                earlier,
                later,
                finding["path"],
                finding["expected"],
                finding["observed"],
                _likeness(words, requirement, finding),
            )
            if (slug, operation) not in told or told[slug, operation].likeness < proof.likeness:
                told[slug, operation] = proof
    return sorted(told.values(), key=lambda p: (-p.likeness, not p.whole, p.requirement, p.operation))


def _concerned(requirement: Requirement, operation: str, concern: Concern) -> bool:
    if concern.errors and not concern.errors & set(requirement.raises):
        return False
    if operation in concern.operations:
        return True
    spoken = requirement.operations
    return len(spoken) <= EVERYWHERE and not set(spoken).isdisjoint(concern.operations)


def _by_chance(before: Mapping[str, Any], after: Mapping[str, Any], slug: str, operation: str | None) -> bool:
    """Whether the later run may have kept the requirement by luck, since the earlier kept it too at times.

    The chance to see it kept as often as the later run did, were it broken still as often as before.
    """
    checks, failures = _sum(before, slug, operation)
    chance: float = (1 - failures / checks) ** _sum(after, slug, operation)[0]
    return chance > LUCK


def _sum(run: Mapping[str, Any], slug: str, operation: str | None) -> tuple[int, int]:
    """The counts of a requirement for one operation, or for all."""
    if operation is not None:
        return _counts(run, slug, operation)
    counted = [counts for name, counts in run["counts"].items() if name.split(" ")[0] == slug]
    return sum(checks for checks, _ in counted), sum(failures for _, failures in counted)


def _spoken_of(path: str, names: frozenset[str]) -> bool:
    """Whether a member that is another is one that the entry speaks of: of a token its claim, else it or what it is in."""
    if not names:
        return True
    parts = [part.strip("()").lower() for part in path.split(".")]
    return not names.isdisjoint(parts[-1:] if any(part in TOKENS for part in parts) else parts[-2:])


def _counts(run: Mapping[str, Any], slug: str, operation: str) -> tuple[int, int]:
    checks, failures = run["counts"].get(f"{slug} {operation}", (0, 0))
    return checks, failures


def _likeness(words: str, requirement: Requirement, finding: Mapping[str, Any]) -> int:
    said = " ".join(
        str(part)
        for part in (requirement.slug, requirement.sentence, finding["path"] or "", finding["expected"])
    )
    return len(_stems(words) & _stems(said))


def _stems(text: str) -> set[str]:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word.lower()[:6] for word in re.findall(r"[A-Za-z]{3,}", split)} - {
        "the",
        "and",
        "user",
        "for",
        "with",
    }
