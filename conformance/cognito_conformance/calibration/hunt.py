"""Run the suite against one mutant until something about its fault breaks."""

from __future__ import annotations

from dataclasses import dataclass

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import MEMBER_FAULTS, Fault, MutantReference, Mutation
from cognito_conformance.calibration.shadows import ProbingReference
from cognito_conformance.calibration.survivors import reason_of
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.machines.areas import AREAS
from cognito_conformance.wire import service
from cognito_model.functions import ROLES
from cognito_model.model import Model
from cognito_model.requirements import protocol

CONSTRAINTS = (protocol.request_keeps_constraints.slug, protocol.required_member_is_present.slug)
"""Guards whose text is one requirement."""


@dataclass(frozen=True, slots=True)
class Kill:
    """How a mutant ended: by which requirement, after how many requests, in how short a trace; or alive (None).

    One that was not found but made the server fail is `crashed`: another fault than the one meant. `walk` tells the
    killing traces of one run apart: those of the same walk have their beginning in common. `passed` is the request that
    first came to the fault, where that is known.
    """

    mutation: Mutation
    requirement: str | None
    requests: int
    depth: int | None
    crashed: bool = False
    walk: str | None = None
    passed: int | None = None


def census(
    requests: int, seed: int = 0, *, look: int = 0, areas: tuple[str, ...] = AREAS
) -> dict[Mutation, str | None]:
    """The mutations whose point a fault-free run of these machines passes with so many requests, in a stable order, each
    with the reason why no client can see it (None: one can).

    The run goes on to its request `look`: the more calls a guard refuses, the surer it is whether its fault shows.
    """
    reference = ProbingReference(requests, seed=seed)
    endpoint = ReferenceEndpoint.of(reference, Budget(max(requests, look)))
    options = Options(seed=seed, areas=areas, minimise=False, functions=frozenset(ROLES))
    Run(Model(service.description()), endpoint, endpoint.budget, options).explore()
    points = sorted(reference.points, key=lambda mutation: mutation.id)
    return {m: reference.shown[m].reason if m in reference.shown else reason_of(m) for m in points}


def hunt(mutation: Mutation, requests: int, options: Options) -> Kill:
    """Spend at most so many requests on a mutant; the first finding about its fault ends the hunt."""
    endpoint = ReferenceEndpoint.of(MutantReference(mutation, seed=options.seed), Budget(requests))
    run = Run(
        Model(service.description()),
        endpoint,
        endpoint.budget,
        options,
        until=lambda finding: is_about(finding, mutation),
    )
    run.explore()
    return kill_of(mutation, run.ledger, endpoint.budget.spent)


def kill_of(mutation: Mutation, ledger: Ledger, spent: int) -> Kill:
    """How a mutant ended whose run left this ledger."""
    found = next((finding for finding in ledger.findings.values() if is_about(finding, mutation)), None)
    if found is None:
        return Kill(mutation, None, spent, None, any(map(is_crash, ledger.findings.values())))
    return Kill(mutation, found.requirement.slug, found.first_seen, len(found.steps), walk=_walk(found))


def _walk(finding: Finding) -> str | None:
    """What tells the walk of a finding from the others of its run: the id of the pool that it began with."""
    answer = finding.steps[0].answer
    pool = (answer.output or {}).get("UserPool", {}) if answer is not None else {}
    return str(pool.get("Id"))


def is_crash(finding: Finding) -> bool:
    """Whether the server failed instead of answering wrongly."""
    return finding.requirement is protocol.no_server_fault or finding.kind == "server fault"


def is_about(finding: Finding, mutation: Mutation) -> bool:
    """Whether a finding is about the behaviour that the mutation broke, and not only something that follows from it."""
    slug = finding.requirement.slug
    if is_crash(finding):
        return False
    match mutation.fault:
        case Fault.GUARD_DROPPED | Fault.ERROR_SWAPPED:
            texts = {f"{mutation.point}/text"}
            if mutation.point in CONSTRAINTS:
                texts.add(protocol.constraint_text.slug)
            return slug in {mutation.point, *texts} and finding.operation == mutation.operation
        case Fault.EFFECT_LOST:
            # What is not stored is missed where it is read: by a requirement of its own, or of the same area.
            was_made = any(step.request.operation == mutation.operation for step in finding.steps)
            return slug == mutation.point or (was_made and slug.split("/")[0] == mutation.point.split("/")[0])
        case _ if mutation.fault in MEMBER_FAULTS:
            shown, faulty = (finding.path or "?").replace("(JSON)", "").split("."), mutation.point.split(".")
            shared = min(len(shown), len(faulty))
            return finding.operation == mutation.operation and shown[:shared] == faulty[:shared]
        case Fault.VALUE_REUSED:
            return slug == "protocol/fresh-values-are-new"
        case _:
            return finding.operation == mutation.operation
