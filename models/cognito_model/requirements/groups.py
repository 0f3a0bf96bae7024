"""Groups and their members."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

creates_group = requirement(
    "groups/creates-group",
    "CreateGroup creates the group and answers it, without the members that were not given.",
    MUST,
    "CreateGroup",
    facts="g-create-min g-create-full dates-epoch-ms",
)
name_is_free = requirement(
    "groups/name-is-free",
    "Creating a group whose name the pool already has is refused.",
    MUST,
    "CreateGroup",
    raises="GroupExistsException",
    says="A group with the name already exists.",
    facts="g-duplicate",
    evidence=(Evidence("reported", "https://github.com/aws-amplify/amplify-backend/issues/1781", 0.85),),
)
group_exists = requirement(
    "groups/group-exists",
    "An operation on a group that the pool does not have is refused.",
    MUST,
    "GetGroup",
    "UpdateGroup",
    "DeleteGroup",
    "AdminAddUserToGroup",
    "AdminRemoveUserFromGroup",
    "ListUsersInGroup",
    raises="ResourceNotFoundException",
    says="Group not found.",
    facts="g-add-missing-group",
)
shows_group = requirement(
    "groups/shows-group",
    "GetGroup answers the group as it was made or last changed.",
    MUST,
    "GetGroup",
    facts="g-create-full g-update-role",
)
updates_group = requirement(
    "groups/updates-group",
    "UpdateGroup changes what it is given and answers the group.",
    MUST,
    "UpdateGroup",
    facts="g-update-role g-create-full g-rename-impossible",
)
deletes_group = requirement(
    "groups/deletes-group",
    "A deleted group is gone, and nobody is in it.",
    MUST,
    "DeleteGroup",
    raises="ResourceNotFoundException",
    says="Group not found.",
    facts="g-add-empty-body",
    evidence=(documented("API_DeleteGroup", 0.9),),
    says_facts="g-add-missing-group",
)
deletion_may_need_emptiness = requirement(
    "groups/deletion-may-need-emptiness",
    "Deleting a group that has members may be refused.",
    MUST,
    "DeleteGroup",
    raises="InvalidParameterException NotAuthorizedException",
    facts="g-delete-with-members",
)
adds_member = requirement(
    "groups/adds-member",
    "AdminAddUserToGroup makes the user a member, once however often it is called.",
    MUST,
    "AdminAddUserToGroup",
    facts="g-list-for-user g-add-fcp g-add-idempotent disable-group-kept",
)
removes_member = requirement(
    "groups/removes-member",
    "AdminRemoveUserFromGroup ends the membership.",
    MUST,
    "AdminRemoveUserFromGroup",
    evidence=(documented("API_AdminRemoveUserFromGroup", 0.9),),
)
non_member_may_be_refused = requirement(
    "groups/non-member-may-be-refused",
    "Removing a user who is no member may be refused.",
    MUST,
    "AdminRemoveUserFromGroup",
    raises="InvalidParameterException UserNotFoundException ResourceNotFoundException",
    facts="g-remove-nonmember",
)
lists_groups = requirement(
    "groups/lists-groups",
    "ListGroups lists every group of the pool.",
    MUST,
    "ListGroups",
    facts="g-create-full page-token-names g-federated-autogroup g-autogroup-at-creation",
)
lists_groups_of_user = requirement(
    "groups/lists-groups-of-user",
    "AdminListGroupsForUser lists just the groups that the user is in.",
    MUST,
    "AdminListGroupsForUser",
    facts="g-list-for-user",
)
lists_members = requirement(
    "groups/lists-members",
    "ListUsersInGroup lists just the members of the group.",
    MUST,
    "ListUsersInGroup",
    facts="g-userin-group-shape",
)
role_is_of_account = requirement(
    "groups/role-is-of-account",
    "A role of another account is refused.",
    MUST,
    "CreateGroup",
    "UpdateGroup",
    raises="InvalidParameterException NotAuthorizedException",
    says="Cross-account pass role is not allowed.",
    facts="deploy-group-role-account",
)
