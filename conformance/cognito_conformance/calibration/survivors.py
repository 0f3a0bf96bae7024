"""Which mutants no client can observe, and why: the reasons that a survivor may have."""

from __future__ import annotations

from cognito_conformance.calibration.mutations import Fault, Mutation

UNOBSERVABLE: dict[tuple[str, str], str] = {}
"""(operation or *, point) → why no client can tell the difference."""


def reason_of(mutation: Mutation) -> str | None:
    """Why the mutant cannot be observed, or None if it can."""
    known = UNOBSERVABLE.get((mutation.operation, mutation.point)) or UNOBSERVABLE.get(("*", mutation.point))
    if known:
        return known
    if mutation.fault is Fault.EFFECT_LOST and mutation.field == "causes":
        return "bookkeeping of the model, no state of the service"
    return None
