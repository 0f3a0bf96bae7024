"""The broken requirements, worst first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance_report.records import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance_report.records import FindingRecord, RequirementRecord, Results


@dataclass(frozen=True, slots=True)
class Card:
    """A broken requirement with its findings, the clearest first."""

    requirement: RequirementRecord
    findings: tuple[FindingRecord, ...]

    @property
    def downstream(self) -> bool:
        """True where it was seen only after another divergence."""
        return bool(self.findings) and all(finding["downstream"] for finding in self.findings)

    @property
    def in_full(self) -> tuple[FindingRecord, ...]:
        """The first, and those that have a trace."""
        return self.findings[:1] + tuple(finding for finding in self.findings[1:] if finding["trace"])

    @property
    def elsewhere(self) -> tuple[FindingRecord, ...]:
        """Those beside the first that only say where else it is broken."""
        return tuple(finding for finding in self.findings[1:] if not finding["trace"])

    @property
    def flaky(self) -> bool:
        """True where no replay showed it again, or none without another divergence before it."""
        return self.requirement["verdict"] == "flaky"


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that weigh the same."""

    name: str
    title: str
    note: str
    cards: tuple[Card, ...]


GROUPS = (
    ("must", "MUST", "Code, shape and state: a client can break on each of these."),
    ("should", "SHOULD", "Message texts, order and formatting."),
    ("may", "MAY", "Recorded, no more."),
    (
        "flaky",
        "Flaky",
        "A replay did not show it again, or it came only after another divergence: not held against the target.",
    ),
    ("provisional", "Provisional", "The evidence is weak or disagrees: reported, fails nobody."),
)
"""Name, title and note, the worst first."""


def ranked(results: Results) -> tuple[Group, ...]:
    """The broken requirements in groups, each group's cards worst first; no group is empty."""
    findings: dict[str, list[FindingRecord]] = defaultdict(list)
    for finding in results.findings:
        findings[finding["requirement"]].append(finding)
    groups: dict[str, list[Card]] = defaultdict(list)
    for requirement in results.requirements:
        if requirement["verdict"] in ("fail", "flaky"):
            card = Card(requirement, tuple(sorted(findings[requirement["slug"]], key=_clarity)))
            groups[_group(requirement)].append(card)
    return tuple(
        Group(name, title, note, tuple(sorted(groups[name], key=_badness)))
        for name, title, note in GROUPS
        if groups[name]
    )


def first_finding(findings: Sequence[FindingRecord]) -> FindingRecord | None:
    """The finding that shows a divergence best."""
    return min(findings, key=_clarity, default=None)


def _group(requirement: RequirementRecord) -> str:
    if requirement["provisional"]:
        return "provisional"
    if requirement["verdict"] == "flaky":
        return "flaky"
    return requirement["level"].lower()


def _clarity(finding: FindingRecord) -> tuple[bool, bool, bool, int, str]:
    trace = finding["trace"]
    return (not trace, finding["flaky"], finding["downstream"], len(trace), finding["id"])


def _badness(card: Card) -> tuple[bool, bool, int, int, str]:
    requirement = card.requirement
    return (
        card.flaky,
        card.downstream,
        LEVELS.index(requirement["level"]),
        -requirement["failures"],
        requirement["slug"],
    )
