"""Settings of pools and app clients: written member by member, shown with the requirement that wrote each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from cognito_model.evolve import replace
from cognito_model.expect import Because
from cognito_model.world import Client, Pool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cognito_model.call import Call
    from cognito_model.requirement import Requirement

Configured = TypeVar("Configured", Pool, Client)


def write(
    call: Call,
    thing: Configured,
    because: Requirement,
    members: Mapping[str, Any],
    parts: Iterable[str] | None = None,
) -> Configured:
    """`thing` with these members of its settings set, and `because` remembered as the reason of each.

    A member whose value is None is taken out. `parts` names what the reason is for, where it is less than the
    whole members.
    """
    if not members:
        return thing
    merged = {name: value for name, value in {**thing.settings, **members}.items() if value is not None}
    changed = call.change(thing, because, settings=merged)
    reasons = {f"settings.{name}": because for name in (members if parts is None else parts)}
    return replace(changed, causes={**changed.causes, **reasons})


def shown(thing: Pool | Client, member: str, value: Any, otherwise: Requirement | None = None) -> Any:
    """`value`, with the requirement that wrote this member of the settings, or with `otherwise`."""
    cause = thing.causes.get(f"settings.{member}", otherwise)
    return value if cause is None else Because(value, cause)
