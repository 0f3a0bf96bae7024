"""Groups and who is in them."""

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_conformance.machines.preparation import GROUP_ROLES


@command("CreateGroup", "groups", "tokens", weight=3)
def create_group(pick: Pick) -> Params:
    taken = list(pick.pool.groups)
    wrong = pick.goes_wrong()
    return without_none(
        UserPoolId=roles.pool_id(pick),
        GroupName=pick.of([*taken[-1:], "with space"]) if wrong else f"group-{pick.step}",
        **_details(pick),
    )


@command("GetGroup", "groups")
def get_group(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "GroupName": roles.group(pick)}


@command("UpdateGroup", "groups")
def update_group(pick: Pick) -> Params:
    return without_none(UserPoolId=roles.pool_id(pick), GroupName=roles.group(pick), **_details(pick))


@command("DeleteGroup", "groups", weight=1)
def delete_group(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "GroupName": roles.group(pick)}


@command("AdminAddUserToGroup", "groups", "tokens", weight=3)
def admin_add_user_to_group(pick: Pick) -> Params:
    return _membership(pick)


@command("AdminRemoveUserFromGroup", "groups")
def admin_remove_user_from_group(pick: Pick) -> Params:
    return _membership(pick)


@command("ListGroups", "groups", "listing")
def list_groups(pick: Pick) -> Params:
    first = without_none(UserPoolId=roles.pool_id(pick), Limit=roles.limit(pick))
    return roles.paged(pick, "ListGroups", first)


@command("AdminListGroupsForUser", "groups")
def admin_list_groups_for_user(pick: Pick) -> Params:
    first = without_none(
        UserPoolId=roles.pool_id(pick),
        Username=roles.username(pick, pick.user()),
        Limit=roles.limit(pick),
    )
    return roles.paged(pick, "AdminListGroupsForUser", first)


@command("ListUsersInGroup", "groups", "listing")
def list_users_in_group(pick: Pick) -> Params:
    first = without_none(
        UserPoolId=roles.pool_id(pick),
        GroupName=roles.group(pick),
        Limit=roles.limit(pick),
    )
    return roles.paged(pick, "ListUsersInGroup", first)


def _membership(pick: Pick) -> Params:
    user = pick.user()
    return {
        "UserPoolId": roles.pool_id(pick),
        "Username": roles.username(pick, user),
        "GroupName": roles.group(pick),
    }


def _details(pick: Pick) -> Params:
    return {
        "Description": pick.maybe(40, lambda: f"description {pick.index(3)}"),
        "Precedence": pick.maybe(50, lambda: -1 if pick.goes_wrong() else pick.of([0, 1, 5, 5])),
        "RoleArn": pick.maybe(40, lambda: pick.of(GROUP_ROLES)),
    }
