"""Groups, and who is in them."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT
from support.drive import plain
from support.expectations import reasons, texts, tolerated
from support.people import Town

ROLE = "arn:aws:iam::123456789012:role/readers"


def group_of(town: Town, name: str = "cooks") -> dict[str, object]:
    """GetGroup's answer."""
    return town.admin("GetGroup", GroupName=name)["Group"]


def groups_of(town: Town, username: str = "ann") -> set[object]:
    """The names of a user's groups, as they are listed."""
    outcome = town.admin_outcome("AdminListGroupsForUser", username)
    return set(plain(outcome.replies[0].members["Groups"]).items)


def test_group_has_what_was_given():
    """A group is answered with its dates, the same, and without the members that were not given."""
    town = Town()
    made = town.admin("CreateGroup", GroupName="cooks")["Group"]
    assert made["CreationDate"] == made["LastModifiedDate"]
    assert (made["GroupName"], made["UserPoolId"]) == ("cooks", town.id)
    assert made["Description"] is made["RoleArn"] is made["Precedence"] is ABSENT
    full = {"Description": "they cook", "RoleArn": ROLE, "Precedence": 0}
    town.admin("CreateGroup", GroupName="waiters", **full)
    assert full.items() <= group_of(town, "waiters").items()


def test_name_is_free():
    """A name that is taken is refused."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    assert town.admin_refused("CreateGroup", GroupName="cooks") == {"groups/name-is-free"}


def test_empty_description_is_open():
    """Whether an empty description is kept is open."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks", Description="")
    assert group_of(town)["Description"].choices == ("", ABSENT)


@pytest.mark.parametrize(
    "operation", ["GetGroup", "UpdateGroup", "DeleteGroup", "ListUsersInGroup", "AdminAddUserToGroup"]
)
def test_missing_group_is_refused(operation):
    """An operation on a group that is not there is refused."""
    town = Town()
    town.create()
    params = {"Username": "ann"} if operation == "AdminAddUserToGroup" else {}
    assert town.admin_refused(operation, GroupName="ghosts", **params) == {"groups/group-exists"}


def test_update_changes_and_the_answer_says_what_stays():
    """An update changes what it is given; whether the rest stays or goes, its answer says."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks", Description="old", Precedence=5)
    outcome = town.admin_outcome("UpdateGroup", GroupName="cooks", Description="new")
    shown = [plain(reply.members["Group"]) for reply in outcome.replies]
    assert [(g["Description"], g["Precedence"]) for g in shown] == [("new", 5), ("new", ABSENT)]
    whole = town.admin_outcome("UpdateGroup", GroupName="cooks", Description="new", Precedence=1)
    assert len(whole.replies) == 1
    town.admin("UpdateGroup", GroupName="cooks", RoleArn=ROLE)
    assert group_of(town)["RoleArn"] == ROLE
    read = reasons(town.admin_outcome("GetGroup", GroupName="cooks").replies[0].members)
    assert "groups/updates-group" in read


def test_membership_begins_and_ends():
    """A user becomes a member, once however often it is added, and ceases to be one."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    town.create()
    for _ in range(2):
        town.admin("AdminAddUserToGroup", "ann", GroupName="cooks")
        assert groups_of(town) == {"cooks"}
    members = town.admin_outcome("ListUsersInGroup", GroupName="cooks").replies[0].members["Users"]
    assert list(members.items) == ["ann"]
    assert "Attributes" in members.items["ann"]
    town.admin("AdminRemoveUserFromGroup", "ann", GroupName="cooks")
    assert groups_of(town) == set()


def test_membership_is_blamed_on_what_wrote_it():
    """The groups of a user are read with the requirement that last changed them."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    town.create()
    assert reason_of_groups(town) == "groups/lists-groups-of-user"
    town.admin("AdminAddUserToGroup", "ann", GroupName="cooks")
    assert reason_of_groups(town) == "groups/adds-member"
    town.admin("AdminRemoveUserFromGroup", "ann", GroupName="cooks")
    assert reason_of_groups(town) == "groups/removes-member"


def reason_of_groups(town: Town) -> str:
    """Which requirement a listing of Ann's groups is about."""
    return town.admin_outcome("AdminListGroupsForUser", "ann").replies[0].requirement.slug


def test_removing_a_stranger_is_open():
    """Removing a user who is no member may be refused."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    town.create()
    outcome = town.admin_outcome("AdminRemoveUserFromGroup", "ann", GroupName="cooks")
    assert tolerated(outcome) == {"groups/non-member-may-be-refused"}


@pytest.mark.parametrize("operation", ["AdminAddUserToGroup", "AdminRemoveUserFromGroup"])
def test_membership_needs_user_and_group(operation):
    """A membership of nobody is refused; where the group is missing too, for either."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    assert town.admin_refused(operation, "ghost", GroupName="cooks") == {"common/user-exists"}
    refused = town.admin_refused(operation, "ghost", GroupName="ghosts")
    assert refused == {"common/user-exists", "groups/group-exists"}


def test_deleted_group_is_gone():
    """A deleted group is gone, nobody is in it, and a new one of its name is empty; with members it may be refused."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    assert tolerated(town.admin_outcome("DeleteGroup", GroupName="cooks")) == set()
    town.create()
    town.admin("AdminAddUserToGroup", "ann", GroupName="cooks")
    outcome = town.admin_outcome("DeleteGroup", GroupName="cooks")
    assert tolerated(outcome) == {"groups/deletion-may-need-emptiness"}
    town.admin("DeleteGroup", GroupName="cooks")
    assert groups_of(town) == set()
    assert town.admin_refused("GetGroup", GroupName="cooks") == {"groups/deletes-group"}
    town.admin("CreateGroup", GroupName="cooks")
    assert groups_of(town) == set()


def test_membership_outlives_disabling_and_passwords():
    """Disabling, enabling and a new password leave a user's groups alone."""
    town = Town()
    town.admin("CreateGroup", GroupName="cooks")
    town.confirmed()
    town.admin("AdminAddUserToGroup", "ann", GroupName="cooks")
    town.admin("AdminDisableUser", "ann")
    town.admin("AdminEnableUser", "ann")
    assert groups_of(town) == {"cooks"}


def test_groups_are_listed_in_pages():
    """A page of groups holds no more than the limit."""
    town = Town()
    for name in ("cooks", "waiters", "guests"):
        town.admin("CreateGroup", GroupName=name)
    page = plain(town.admin_outcome("ListGroups", Limit=2).replies[0].members["Groups"])
    assert (page.limit, set(page.items)) == (2, {"cooks", "waiters", "guests"})
    assert town.admin_refused("ListGroups", Limit=61) == {"protocol/request-keeps-constraints"}


def test_limit_of_nothing():
    """A limit of 0 for the groups of a user may be refused, as it once was."""
    town = Town()
    town.create()
    assert not tolerated(town.admin_outcome("AdminListGroupsForUser", "ann"))
    outcome = town.admin_outcome("AdminListGroupsForUser", "ann", Limit=0)
    assert (outcome.refusals, tolerated(outcome)) == ((), {"protocol/request-keeps-constraints"})


def test_cognito_makes_groups_for_identity_providers():
    """Once a pool has had an identity provider, ListGroups may show groups that nobody has made."""
    town = Town()

    def strangers() -> bool:
        return plain(town.admin_outcome("ListGroups").replies[0].members["Groups"]).open

    assert not strangers()
    details = {"client_id": "id", "client_secret": "secret", "authorize_scopes": "profile"}
    provider = {"ProviderName": "LoginWithAmazon", "ProviderType": "LoginWithAmazon"}
    town.admin("CreateIdentityProvider", **provider, ProviderDetails=details)
    assert strangers()
    town.admin("DeleteIdentityProvider", ProviderName="LoginWithAmazon")
    assert strangers()


@pytest.mark.parametrize(
    ("operation", "username", "params", "member"),
    [
        ("ListUsersInGroup", None, {"GroupName": "cooks"}, "Users"),
        ("AdminListGroupsForUser", "ann", {}, "Groups"),
    ],
)
def test_page_of_members_and_memberships_keeps_its_limit(operation, username, params, member):
    """A page of the users in a group, or of the groups of a user, holds no more than the limit; the rest must follow."""
    town = Town()
    for group in ("cooks", "waiters", "guests"):
        town.admin("CreateGroup", GroupName=group)
    for person in ("ann", "ben", "cat"):
        town.create(person)
        town.admin("AdminAddUserToGroup", person, GroupName="cooks")
    for group in ("waiters", "guests"):
        town.admin("AdminAddUserToGroup", "ann", GroupName=group)
    page = plain(town.admin_outcome(operation, username, Limit=2, **params).replies[0].members[member])
    assert (page.limit, len(page.required)) == (2, 3)


def test_groups_are_found_by_address():
    """Where users sign in with an address, it names them for their groups too."""
    town = Town(UsernameAttributes=["email"])
    town.create("ann@example.com")
    town.admin("CreateGroup", GroupName="cooks")
    town.admin("AdminAddUserToGroup", "ann@example.com", GroupName="cooks")
    assert groups_of(town, "ann@example.com") == {"cooks"}


def test_unknown_user_has_no_groups():
    """The groups of nobody are refused."""
    outcome = Town().admin_outcome("AdminListGroupsForUser", "ghost")
    assert [r.requirement.slug for r in outcome.refusals] == ["common/user-exists"]
    assert texts(outcome) == {None}


def test_role_may_be_of_another_account():
    """A group's role may be refused as one of another account."""
    town = Town()
    role = {"RoleArn": "arn:aws:iam::123456789012:role/r"}
    for operation in ("CreateGroup", "UpdateGroup"):
        outcome = town.admin_outcome(operation, GroupName="cooks", **role)
        assert tolerated(outcome) == {"groups/role-is-of-account"}
        town.admin(operation, GroupName="cooks", **role)
