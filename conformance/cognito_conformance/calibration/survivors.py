"""Lost effects that no client can observe, and why."""

from __future__ import annotations

from cognito_conformance.calibration.mutations import Fault, Mutation


def reason_of(mutation: Mutation) -> str | None:
    """Why the mutant cannot be observed, or None if it can."""
    if mutation.fault is Fault.EFFECT_LOST and mutation.field == "modified":
        # `looks` and `view` of every kind of thing allow any date from the creation on.
        return "evidence does not say that this date must move: the model takes the old one as well"
    return None
