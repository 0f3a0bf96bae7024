"""AdminAddUserToGroup, AdminRemoveUserFromGroup, AdminListGroupsForUser, ListUsersInGroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model import paging, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import Because
from cognito_model.operations.common import need_pool, need_user
from cognito_model.operations.groups import check_group, need_group, view
from cognito_model.requirements import groups as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Group, Pool, User


def both(call: Call, pool: Pool) -> tuple[User, Group]:
    """The user and the group; where both are missing either refusal is right."""
    check_group(call, pool)
    user = need_user(call, pool)
    call.settle()
    return user, pool.groups[call.GroupName]


@operation("AdminAddUserToGroup")
def admin_add_user_to_group(call: Call) -> Outcome:
    """Make a user a member."""
    pool = need_pool(call)
    user, group = both(call, pool)
    call.note(f"add:{user.status}{' again' if group.name in user.groups else ''}")
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


@operation("AdminListGroupsForUser")
def admin_list_groups_for_user(call: Call) -> Outcome:
    """The groups that a user is in."""
    pool = need_pool(call)
    user = need_user(call, pool)
    cause = user.causes.get("groups", R.lists_groups_of_user)
    items = {
        name: Because(view(pool, pool.groups[name]), cause) for name in user.groups if name in pool.groups
    }
    return paging.page(call, cause, items, member="Groups", key="GroupName", limit=paging.limit(call.Limit))


@operation("ListUsersInGroup")
def list_users_in_group(call: Call) -> Outcome:
    """The members of a group."""
    pool = need_pool(call)
    group = need_group(call, pool)
    items = {
        user_view.name(pool, user): user_view.member(call, pool, user, "Attributes")
        for user in pool.users.values()
        if group.name in user.groups
    }
    return paging.page(
        call, R.lists_members, items, member="Users", key="Username", limit=paging.limit(call.Limit)
    )
