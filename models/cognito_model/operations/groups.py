"""All operations on groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cognito_model import paging, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, AtLeast, Because, OneOf
from cognito_model.operations.common import instant, need_pool, need_user
from cognito_model.outcome import Outcome
from cognito_model.requirements import groups as R
from cognito_model.world import Group, Pool, User

DETAILS = ("Description", "RoleArn", "Precedence")


def need_group(call: Call, pool: Pool) -> Group:
    """The group that GroupName names; the call is refused where there is none."""
    group = pool.groups.get(call.GroupName)
    if group is None:
        call.refuse(R.group_exists)
    return group


def view(pool: Pool, group: Group) -> dict[str, Any]:
    """GroupType of the group."""
    cause = group.causes.get("members", R.creates_group)
    details = {name: Because(group.members.get(name, ABSENT), cause) for name in DETAILS}
    changed: Any = group.created if group.modified == group.created else AtLeast(group.modified, group.created)
    return {
        "GroupName": group.name,
        "UserPoolId": pool.id,
        **details,
        "CreationDate": group.created,
        "LastModifiedDate": changed,
    }


@operation("CreateGroup")
def create_group(call: Call) -> Outcome:
    """Make a group."""
    pool = need_pool(call)
    call.refuse_if(call.GroupName in pool.groups, R.name_is_free)
    now = instant(call)
    given = {name: call.params[name] for name in DETAILS if call.params.get(name) is not None}
    group = call.change(Group(call.GroupName, now, now), R.creates_group, members=given)
    return call.reply(R.creates_group, call.world.with_pool(pool.put(group=group)), Group=view(pool, group))


@operation("GetGroup")
def get_group(call: Call) -> Outcome:
    """Show a group."""
    pool = need_pool(call)
    return call.reply(R.shows_group, Group=view(pool, need_group(call, pool)))


@operation("UpdateGroup")
def update_group(call: Call) -> Outcome:
    """Change description, role or precedence."""
    pool = need_pool(call)
    group = need_group(call, pool)
    given = {name: call.params[name] for name in DETAILS if call.params.get(name) is not None}
    group = replace(call.change(group, R.updates_group, members={**group.members, **given}), modified=instant(call))
    shown = view(pool, group)
    for name in DETAILS:
        if name not in given and name in group.members:
            # Whether what an update leaves out is kept or cleared is not settled.
            shown[name] = OneOf.of(group.members[name], ABSENT)
            kept = {n: v for n, v in group.members.items() if n != name}
            group = replace(group, members={**kept, name: OneOf.of(group.members[name], ABSENT)})
    return call.reply(R.updates_group, call.world.with_pool(pool.put(group=group)), Group=shown)


@operation("DeleteGroup")
def delete_group(call: Call) -> Outcome:
    """Delete a group; its members lose it."""
    pool = need_pool(call)
    group = need_group(call, pool)
    members = [user for user in pool.users.values() if group.name in user.groups]
    call.tolerate_if(members, R.deletion_may_need_emptiness)
    pool = call.change(pool, R.deletes_group, groups={n: g for n, g in pool.groups.items() if n != group.name})
    for user in members:
        left = tuple(name for name in user.groups if name != group.name)
        pool = pool.put(user=call.change(user, R.deletes_group, groups=left))
    return call.reply(R.deletes_group, call.world.with_pool(pool))


@operation("AdminAddUserToGroup")
def admin_add_user_to_group(call: Call) -> Outcome:
    """Make a user a member."""
    pool = need_pool(call)
    user, group = both(call, pool)
    if group.name not in user.groups:
        user = call.change(user, R.adds_member, groups=(*user.groups, group.name))
    return call.reply(R.adds_member, call.world.with_pool(pool.put(user=user)))


@operation("AdminRemoveUserFromGroup")
def admin_remove_user_from_group(call: Call) -> Outcome:
    """End a membership."""
    pool = need_pool(call)
    user, group = both(call, pool)
    call.tolerate_if(group.name not in user.groups, R.non_member_may_be_refused)
    left = tuple(name for name in user.groups if name != group.name)
    user = call.change(user, R.removes_member, groups=left)
    return call.reply(R.removes_member, call.world.with_pool(pool.put(user=user)))


def both(call: Call, pool: Pool) -> tuple[User, Group]:
    """The user and the group; where both are missing either refusal is right."""
    call.refuse_if(call.GroupName not in pool.groups, R.group_exists)
    user = need_user(call, pool)
    call.settle()
    return user, pool.groups[call.GroupName]


@operation("ListGroups")
def list_groups(call: Call) -> Outcome:
    """The groups of the pool."""
    pool = need_pool(call)
    items = {name: view(pool, group) for name, group in pool.groups.items()}
    return paging.page(
        call, R.lists_groups, items, member="Groups", key="GroupName", limit=paging.limit(call.Limit)
    )


@operation("AdminListGroupsForUser")
def admin_list_groups_for_user(call: Call) -> Outcome:
    """The groups that a user is in."""
    pool = need_pool(call)
    user = need_user(call, pool)
    cause = user.causes.get("groups", R.lists_groups_of_user)
    items = {name: Because(view(pool, pool.groups[name]), cause) for name in user.groups if name in pool.groups}
    return paging.page(
        call, cause, items, member="Groups", key="GroupName", limit=paging.limit(call.Limit)
    )


@operation("ListUsersInGroup")
def list_users_in_group(call: Call) -> Outcome:
    """The members of a group."""
    pool = need_pool(call)
    group = need_group(call, pool)
    items = {
        user.username: user_view.member(call, user, "Attributes")
        for user in pool.users.values()
        if group.name in user.groups
    }
    return paging.page(
        call, R.lists_members, items, member="Users", key="Username", limit=paging.limit(call.Limit)
    )
