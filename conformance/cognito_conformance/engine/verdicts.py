"""What a run may say of a requirement, in the words of the design."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from cognito_conformance.engine.ledger import Finding, Tally


class Verdict(enum.StrEnum):
    """The verdicts, the gravest first."""

    FAIL = "fail"
    FLAKY = "flaky"
    ERROR = "error"
    PASS = "pass"
    BLOCKED = "blocked"
    UNSUPPORTED = "unsupported"
    NOT_EXERCISED = "not exercised"


def verdict_of(tally: Tally | None, findings: Iterable[Finding]) -> Verdict:
    """The verdict on a requirement, from its counts and its findings.

    A finding that no replay showed again is flaky, never failed, and so is one that came only after another divergence,
    which may explain it. Trouble of the harness or the transport counts only where nothing was judged, and never against
    the target.
    """
    findings = list(findings)
    if any(not finding.flaky and not finding.downstream for finding in findings):
        return Verdict.FAIL
    if findings:
        return Verdict.FLAKY
    if tally is None:
        return Verdict.NOT_EXERCISED
    if tally.failures:
        return Verdict.FAIL
    if tally.checks:
        return Verdict.PASS
    if tally.errors:
        return Verdict.ERROR
    if tally.blocked:
        return Verdict.BLOCKED
    if tally.unsupported:
        return Verdict.UNSUPPORTED
    return Verdict.NOT_EXERCISED
