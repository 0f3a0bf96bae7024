"""CreateGroup, GetGroup, UpdateGroup, DeleteGroup, ListGroups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import paging, regions
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, AtLeast, Because, OneOf
from cognito_model.operations.common import instant, need_pool
from cognito_model.outcome import Outcome, Reply
from cognito_model.requirements import groups as R
from cognito_model.world import Group, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping

DETAILS = ("Description", "RoleArn", "Precedence")


def need_group(call: Call, pool: Pool) -> Group:
    """The group that GroupName names; the call is refused where there is none."""
    check_group(call, pool)
    call.settle()
    return pool.groups[call.GroupName]


def check_group(call: Call, pool: Pool) -> None:
    """Refuse the name of a group that the pool does not have, or no longer has."""
    is_gone = ("group", pool.id, call.GroupName) in call.world.gone
    call.refuse_if(call.GroupName not in pool.groups, R.deletes_group if is_gone else R.group_exists)


def view(pool: Pool, group: Group) -> dict[str, Any]:
    """GroupType of the group."""
    cause = group.causes.get("members", R.creates_group)
    details = {name: Because(group.members.get(name, ABSENT), cause) for name in DETAILS}
    changed: Any = (
        group.created if group.modified == group.created else AtLeast(group.modified, group.created)
    )
    return {
        "GroupName": group.name,
        "UserPoolId": pool.id,
        **details,
        "CreationDate": group.created,
        "LastModifiedDate": changed,
    }


def given(call: Call) -> dict[str, Any]:
    """The details of a group that the call gives; whether an empty description is kept is not settled."""
    found = {name: call.params[name] for name in DETAILS if call.params.get(name) is not None}
    return {name: OneOf.of(value, ABSENT) if value == "" else value for name, value in found.items()}


def check_role(call: Call) -> None:
    """Refuse a role of another account, where the account is known; elsewhere a refusal is tolerated."""
    call.refuse_if(regions.is_foreign(call.account, call.RoleArn), R.role_is_of_account)
    call.tolerate_if(call.RoleArn is not None, R.role_is_of_account)


@operation("CreateGroup")
def create_group(call: Call) -> Outcome:
    """Make a group."""
    pool = need_pool(call)
    call.refuse_if(call.GroupName in pool.groups, R.name_is_free)
    check_role(call)
    now = instant(call)
    group = call.change(Group(call.GroupName, now, now), R.creates_group, members=given(call))
    return call.reply(R.creates_group, call.world.with_pool(pool.put(group=group)), Group=view(pool, group))


@operation("GetGroup")
def get_group(call: Call) -> Outcome:
    """Show a group."""
    pool = need_pool(call)
    return call.reply(R.shows_group, Group=view(pool, need_group(call, pool)))


@operation("UpdateGroup")
def update_group(call: Call) -> Outcome:
    """Change description, role or precedence; whether the others stay or go the answer shows."""
    pool = need_pool(call)
    group = need_group(call, pool)
    check_role(call)
    changes = given(call)
    left_out = any(name not in changes for name in group.members)
    readings = [{**group.members, **changes}] + ([changes] if left_out else [])
    return call.outcome(*(updated(call, pool, group, members) for members in readings))


def updated(call: Call, pool: Pool, group: Group, members: Mapping[str, Any]) -> Reply:
    """The reply with the group that has these details now."""
    group = replace(call.change(group, R.updates_group, members=members), modified=instant(call))
    return Reply(R.updates_group, {"Group": view(pool, group)}, call.world.with_pool(pool.put(group=group)))


@operation("DeleteGroup")
def delete_group(call: Call) -> Outcome:
    """Delete a group; its members lose it."""
    pool = need_pool(call)
    group = need_group(call, pool)
    members = [user for user in pool.users.values() if group.name in user.groups]
    call.tolerate_if(members, R.deletion_may_need_emptiness)
    pool = call.change(
        pool, R.deletes_group, groups={n: g for n, g in pool.groups.items() if n != group.name}
    )
    for user in members:
        left = tuple(name for name in user.groups if name != group.name)
        pool = pool.put(user=call.change(user, R.deletes_group, groups=left))
    world = call.world.with_pool(pool)
    return call.reply(R.deletes_group, world.knowing_gone(("group", pool.id, group.name)))


@operation("ListGroups")
def list_groups(call: Call) -> Outcome:
    """The groups of the pool, and those that Cognito itself makes for its identity providers' users."""
    pool = need_pool(call)
    items = {name: view(pool, group) for name, group in pool.groups.items()}
    return paging.page(
        call,
        R.lists_groups,
        items,
        member="Groups",
        key="GroupName",
        limit=paging.limit(call.Limit),
        open="IdentityProviders" in pool.resources,
    )
