"""Things that belong to a pool or to the account: domains, providers, resource servers and the like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cognito_model.evolve import replace
from cognito_model.expect import Because

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call
    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool, World


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its key within its kind, its members as the API shows them, and two dates."""

    key: Any
    members: Mapping[str, Any]
    created: Any = None
    modified: Any = None
    causes: Mapping[str, Requirement] = field(default_factory=dict)

    def cause(self, member: str, otherwise: Requirement) -> Requirement:
        """The requirement that last wrote a member, or `otherwise`."""
        return self.causes.get(f"members.{member}", otherwise)

    def shown(self, member: str) -> Any:
        """A member for an answer, with the requirement that last wrote it, where one did."""
        found = self.members.get(member)
        cause = self.causes.get(f"members.{member}")
        return found if cause is None else Because(found, cause)


def write(call: Call, resource: Resource, because: Requirement, members: Mapping[str, Any]) -> Resource:
    """The resource with these members set, and `because` remembered as the reason of each."""
    changed = call.change(resource, because, members={**resource.members, **members})
    reasons = {f"members.{name}": because for name in members}
    return replace(changed, causes={**changed.causes, **reasons})


def table(pool: Pool, kind: str) -> Mapping[Any, Resource]:
    """The pool's resources of one kind ("ResourceServers", "IdentityProviders", …), by key."""
    return pool.resources.get(kind, {})


def put(call: Call, pool: Pool, because: Requirement, kind: str, resource: Resource) -> Pool:
    """The pool with this resource added or replaced."""
    changed = {**table(pool, kind), resource.key: resource}
    return call.change(pool, because, resources={**pool.resources, kind: changed})


def knows(call: Call, pool: Pool, kind: str, key: Any) -> bool:
    """Whether the pool has, or had, a resource of this kind and key."""
    return key in table(pool, kind) or (kind, pool.id, key) in call.world.gone


def need(call: Call, pool: Pool, kind: str, key: Any, exists: Requirement, deletes: Requirement) -> Resource:
    """The pool's resource of this kind and key. Where there is none the call is refused: as `exists` says, or as `deletes`
    does of one that was deleted.
    """
    found = table(pool, kind).get(key)
    if found is None:
        call.refuse(deletes if (kind, pool.id, key) in call.world.gone else exists)
    return found


def without(call: Call, pool: Pool, because: Requirement, kind: str, key: Any) -> World:
    """The world without this resource of the pool, which it knows as one that is gone."""
    world = call.world.with_pool(drop(call, pool, because, kind, key))
    return world.knowing_gone((kind, pool.id, key))


def drop(call: Call, pool: Pool, because: Requirement, kind: str, key: Any) -> Pool:
    """The pool without this resource."""
    left = {name: item for name, item in table(pool, kind).items() if name != key}
    return call.change(pool, because, resources={**pool.resources, kind: left})
