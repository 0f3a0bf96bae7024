"""Findings that only follow from another one: an answer that is right, had an earlier call asked for what its answer shows.

A target that keeps a setting which an update should have reset shows it in the answer to the update, which is one divergence;
that it acts by it afterwards is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cognito_conformance.engine.ledger import Finding
from cognito_conformance.engine.minimise import check_of
from cognito_conformance.engine.retell import retold
from cognito_conformance.engine.telling import in_full
from cognito_conformance.judge.compare import MISSING, Check
from cognito_conformance.judge.judge import Endpoint, Step
from cognito_conformance.wire import service
from cognito_model.model import Model
from cognito_model.requirement import MUST, Requirement

MOST = 8
"""So many wrong values of one answer are tried alone."""


def explain(model: Model, live: Endpoint, findings: Iterable[Finding]) -> None:
    """Mark those of the findings that follow from another one, which stands by itself and is settled.

    Those are looked at whose traces are short, as a report tells them; where all of a requirement follow, so do the
    others of it, which nobody has replayed.
    """
    open_ones = [finding for finding in findings if not (finding.downstream or finding.flaky)]
    standing = {finding.requirement for finding in open_ones if not finding.requirement.provisional}
    looked_at = sorted(in_full(open_ones), key=lambda finding: len(finding.steps))
    for finding in looked_at:
        finding.follows_from = _cause(model, live, finding, standing - {finding.requirement})
        finding.downstream = finding.follows_from is not None
        if finding.downstream:
            # Two that explained each other would explain nothing.
            standing.discard(finding.requirement)
    stand = {finding.requirement for finding in looked_at if not finding.downstream}
    for finding in open_ones:
        finding.downstream = finding.downstream or finding.requirement not in stand


def _cause(
    model: Model, live: Endpoint, finding: Finding, standing: set[Requirement]
) -> tuple[int, Requirement] | None:
    """The first call that explains the finding, and what its answer breaks."""
    *before, last = finding.steps
    for position, step in enumerate(before):
        for shown in _groups([check for check in _shown(step) if check.requirement in standing]):
            asked = _asking(step, shown)
            if asked is None:
                continue
            told = retold(model, live, [*before[:position], asked, *before[position + 1 :], last])
            if told is None or _routes(shown) & _routes(told[position].broken):
                continue
            if check_of(finding, told) is None:
                return step.request.step, shown[0].requirement
    return None


def _groups(checks: list[Check]) -> Iterator[list[Check]]:
    """Each alone, then those of a requirement together: a duration and its unit come in two members."""
    for check in checks[:MOST]:
        yield [check]
    for requirement in dict.fromkeys(check.requirement for check in checks):
        alike = [check for check in checks if check.requirement is requirement]
        if len(alike) > 1:
            yield alike


def _shown(step: Step) -> Iterator[Check]:
    """What an answer shows wrong, with another value in its place."""
    for check in step.broken:
        if check.requirement.level is MUST and check.probe is not None and check.observed is not MISSING:
            yield check


def _routes(checks: Iterable[Check]) -> set[Any]:
    return {check.probe.route for check in checks if check.probe is not None}


def _asking(step: Step, shown: list[Check]) -> Step | None:
    """The step as if its request had asked for what the answer shows, where a request can ask for any of that."""
    params: Any = dict(step.request.params)
    known = getattr(service.input_shape(step.request.operation), "members", {})
    asks = False
    for check in shown:
        route = check.probe.route[1:] if check.probe is not None else ()
        if route and route[0] in known and all(isinstance(part, str) for part in route):
            params, asks = _with(params, route, check.observed), True
    return replace(step, request=replace(step.request, params=params)) if asks else None


def _with(params: Any, route: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The structure with this value at the end of a route of members."""
    name, *rest = route
    inside = params if isinstance(params, Mapping) else {}
    return {**inside, name: _with(inside.get(name), tuple(rest), value) if rest else value}
