"""Run the suite against one mutant until something about its fault breaks."""

from __future__ import annotations

from dataclasses import dataclass

from cognito_conformance.calibration.census import Census
from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Finding
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_model.model import Model
from cognito_model.requirements import protocol

SEEN_OFTEN_ENOUGH = 1
"""A point that the census passes so often counts as one that a client can come to."""


@dataclass(frozen=True, slots=True)
class Kill:
    """How a mutant ended: by which requirement, after how many requests, in how short a trace; or alive (None).

    One that makes the server fail outright is `crashed`: no test of the suite. `walk` tells the killing traces of one
    run apart: those of the same walk have their beginning in common.
    """

    mutation: Mutation
    requirement: str | None
    requests: int
    depth: int | None
    crashed: bool = False
    walk: str | None = None


def census(requests: int, seed: int = 0) -> list[Mutation]:
    """The mutations whose point a fault-free run of so many requests passes, in a stable order."""
    counted = Census()
    reference = Reference(seed=seed, call_type=counted.call_type())
    endpoint = ReferenceEndpoint.of(reference, Budget(requests))
    Run(Model(service.description()), endpoint, endpoint.budget, Options(seed=seed, minimise=False)).explore()
    return sorted((m for m, n in counted.points.items() if n >= SEEN_OFTEN_ENOUGH), key=lambda m: m.id)


def hunt(mutation: Mutation, requests: int, seed: int, *, planner: bool = True) -> Kill:
    """Spend at most so many requests on a mutant; the first finding about its fault ends the hunt."""
    endpoint = ReferenceEndpoint.of(MutantReference(mutation, seed=seed), Budget(requests))
    run = Run(
        Model(service.description()),
        endpoint,
        endpoint.budget,
        Options(seed=seed, minimise=False, planner=planner),
        until=lambda finding: is_about(finding, mutation),
    )
    run.explore()
    for finding in run.ledger.findings.values():
        if is_about(finding, mutation):
            crashed = finding.requirement is protocol.no_server_fault
            return Kill(mutation, finding.requirement.slug, finding.first_seen, len(finding.steps), crashed)
    return Kill(mutation, None, endpoint.budget.spent, None)


def is_about(finding: Finding, mutation: Mutation) -> bool:
    """Whether a finding is about the behaviour that the mutation broke, and not only something that follows from it."""
    slug = finding.requirement.slug
    if finding.requirement is protocol.no_server_fault:
        return True
    match mutation.fault:
        case Fault.GUARD_DROPPED | Fault.ERROR_SWAPPED:
            return slug == mutation.point and finding.operation == mutation.operation
        case Fault.EFFECT_LOST:
            return slug == mutation.point
        case Fault.MEMBER_OMITTED | Fault.MEMBER_WRONG:
            path = finding.path or ""
            return finding.operation == mutation.operation and (
                path.startswith(mutation.point) or mutation.point.startswith(path or "?")
            )
        case Fault.VALUE_REUSED:
            return slug == "protocol/fresh-values-are-new"
        case _:
            return finding.operation == mutation.operation
