"""Things that belong to a pool or to the account: domains, providers, resource servers and the like."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cognito_model.expect import Because

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its key within its kind, its members as the API shows them, and two dates."""

    key: Any
    members: Mapping[str, Any]
    created: Any = None
    modified: Any = None
    causes: Mapping[str, Requirement] = field(default_factory=dict)

    def shown(self, member: str, value: Any = None) -> Any:
        """A member for an answer, with the requirement that last wrote the members, where one did."""
        found = self.members.get(member) if value is None else value
        cause = self.causes.get("members")
        return found if cause is None else Because(found, cause)


def table(pool: Pool, kind: str) -> Mapping[Any, Resource]:
    """The pool's resources of one kind ("ResourceServers", "IdentityProviders", …), by key."""
    return pool.resources.get(kind, {})


def put(pool: Pool, kind: str, resource: Resource) -> Pool:
    """The pool with this resource added or replaced."""
    changed = {**table(pool, kind), resource.key: resource}
    return replace(pool, resources={**pool.resources, kind: changed})


def drop(pool: Pool, kind: str, key: Any) -> Pool:
    """The pool without this resource."""
    left = {name: item for name, item in table(pool, kind).items() if name != key}
    return replace(pool, resources={**pool.resources, kind: left})
