"""How attributes are written, deleted and verified."""

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command
from cognito_model import attributes


@command("AdminUpdateUserAttributes", "attributes", "life cycle", "listing", "tokens", weight=3)
def admin_update_user_attributes(pick: Pick) -> Params:
    user = pick.user()
    return {
        "UserPoolId": roles.pool_id(pick),
        "Username": roles.username(pick, user),
        "UserAttributes": _changes(pick, flags=40),
    }


@command("UpdateUserAttributes", "attributes", weight=3)
def update_user_attributes(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick), "UserAttributes": _changes(pick)}


@command("AdminDeleteUserAttributes", "attributes")
def admin_delete_user_attributes(pick: Pick) -> Params:
    user = pick.user()
    return {
        "UserPoolId": roles.pool_id(pick),
        "Username": roles.username(pick, user),
        "UserAttributeNames": _names(pick, list(user.attributes)),
    }


@command("DeleteUserAttributes", "attributes")
def delete_user_attributes(pick: Pick) -> Params:
    token = roles.access_token(pick)
    return {
        "AccessToken": token,
        "UserAttributeNames": _names(pick, list(roles.owner(pick, token).attributes)),
    }


@command("GetUserAttributeVerificationCode", "attributes")
def get_user_attribute_verification_code(pick: Pick) -> Params:
    return {
        "AccessToken": roles.access_token(pick),
        "AttributeName": "name" if pick.goes_wrong() else pick.of(["email", "email", "phone_number"]),
    }


@command("VerifyUserAttribute", "attributes", weight=3)
def verify_user_attribute(pick: Pick) -> Params:
    token = roles.access_token(pick)
    user = roles.owner(pick, token)
    sent = [purpose for purpose in user.codes if purpose.startswith("verify")]
    purpose = pick.of(sent) if sent else "verify:email"
    return {
        "AccessToken": token,
        "AttributeName": pick.of(["name", "sub"])
        if pick.goes_wrong()
        else purpose.partition(":")[2] or "email",
        "Code": roles.code(pick, user, purpose),
    }


def _changes(pick: Pick, flags: int = 0) -> list[dict[str, object]]:
    """At least one attribute to write; now and then a flag alone, and an empty value, which deletes."""
    pool = pick.pool
    changes = roles.attribute_list(pick, pool, flags=flags)
    if not changes:
        name = roles.attribute_name(pick, pool)
        changes = [{"Name": name, "Value": roles.attribute_value(pick, pool, name)}]
    if flags and pick.chance(15):
        flag = pick.of(attributes.VERIFIED_FLAGS)
        changes = [*(c for c in changes if c["Name"] != flag), {"Name": flag, "Value": "true"}]
    if pick.chance(15):
        changes[0] = {**changes[0], "Value": ""}
    if pick.goes_wrong():
        changes[0] = {"Name": changes[0]["Name"]}
    return changes


def _names(pick: Pick, present: list[str]) -> list[str]:
    """Names of attributes to delete; wrong: unknown, or required."""
    known = list(attributes.schema(pick.pool))
    if pick.goes_wrong():
        return [pick.of(["unknown", "custom:unknown", "sub", *known])]
    return [pick.of(present or ["name"])]
