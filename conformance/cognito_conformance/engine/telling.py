"""Which findings a report tells in full, and which only as places where a requirement is broken too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cognito_conformance.engine.ledger import Finding

UNREPLAYED = 2
"""So many findings of a requirement are told in full where no replay has shown it broken; one, if all came after others."""


def in_full(findings: Iterable[Finding]) -> list[Finding]:
    """Those whose traces a report shows.

    Where a replay has shown the requirement broken, what was not replayed tells only where else it is: a constraint that
    is not kept is none at fifty operations, and fifty long traces say no more. Where none has, the clearest are shown.
    """
    by_requirement = defaultdict(list)
    for finding in findings:
        by_requirement[finding.requirement].append(finding)
    return [finding for several in by_requirement.values() for finding in _in_full(several)]


def _in_full(findings: list[Finding]) -> list[Finding]:
    replayed = [finding for finding in findings if finding.confirmed is not None]
    if any(finding.confirmed for finding in replayed):
        return replayed
    waiting = sorted(
        [finding for finding in findings if finding.confirmed is None],
        key=lambda finding: (finding.downstream, len(finding.steps)),
    )
    first = [finding for finding in waiting if not finding.downstream][:UNREPLAYED]
    return replayed + (first or waiting[:1])
