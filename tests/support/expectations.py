"""Look into what the model expects: which requirements an outcome rests on, and what a member looks like."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from cognito_model.expect import Because
from cognito_model.requirement import Requirement

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome


def reasons(value: Any) -> set[str]:
    """The slugs of all requirements that are attached to an expectation, at any depth."""
    if isinstance(value, Requirement):
        return {value.slug}
    if isinstance(value, dict):
        return set().union(*(reasons(item) for item in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(reasons(item) for item in value))
    if isinstance(value, Because):
        return {value.requirement.slug} | reasons(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return set().union(*(reasons(getattr(value, field.name)) for field in fields(value)))
    return set()


def rests_on(outcome: Outcome) -> set[str]:
    """The slugs of the requirements that an accepted call rests on, its answer's members included."""
    assert not outcome.refusals, [refusal.requirement.slug for refusal in outcome.refusals]
    return set().union(*({r.requirement.slug} | reasons(dict(r.members)) for r in outcome.replies))


def tolerated(outcome: Outcome) -> set[str]:
    """The slugs of the refusals that are as right as the reply."""
    assert not outcome.refusals, [refusal.requirement.slug for refusal in outcome.refusals]
    return {refusal.requirement.slug for refusal in outcome.tolerated}


def texts(outcome: Outcome) -> set[tuple[Any, ...] | None]:
    """What fills the messages of the refusals."""
    return {refusal.text for refusal in outcome.refusals}
