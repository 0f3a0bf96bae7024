"""How users come, are looked at, and go."""

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import NotApplicable, Params, Pick, command, without_none
from cognito_model import mfa

LIFE = ("life cycle", "passwords", "attributes", "groups", "listing")


@command("SignUp", *LIFE, "challenges", "passkeys", weight=3)
def sign_up(pick: Pick) -> Params:
    client = pick.client()
    name = roles.new_username(pick)
    made = without_none(
        ClientId=roles.client_id(pick, client),
        Username=name,
        Password=None if pick.goes_wrong() else roles.new_password(pick, pick.pool),
        SecretHash=roles.secret_hash(pick, client, name),
        UserAttributes=roles.attribute_list(pick, pick.pool, required=True) or None,
    )
    if pick.goes_wrong() and "email" in pick.pool.username_attributes:
        # Another address than the one that is the name.
        other = {"Name": "email", "Value": f"other{pick.step}@example.com"}
        made["UserAttributes"] = [*made.get("UserAttributes", ()), other]
    return made


@command("ConfirmSignUp", "life cycle", "attributes", "challenges", "passkeys", weight=3)
def confirm_sign_up(pick: Pick) -> Params:
    client = pick.client()
    user = pick.user(lambda u: u.status == "UNCONFIRMED" or pick.chance(20))
    name = roles.username(pick, user)
    return without_none(
        ClientId=roles.client_id(pick, client),
        Username=name,
        ConfirmationCode=roles.code(pick, user, "sign-up"),
        SecretHash=roles.secret_hash(pick, client, name),
        ForceAliasCreation=pick.maybe(25, lambda: pick.chance(50)),
    )


@command("ResendConfirmationCode", "life cycle")
def resend_confirmation_code(pick: Pick) -> Params:
    client = pick.client()
    user = pick.user()
    name = roles.username(pick, user)
    return without_none(
        ClientId=roles.client_id(pick, client),
        Username=name,
        SecretHash=roles.secret_hash(pick, client, name),
    )


@command("AdminConfirmSignUp", *LIFE)
def admin_confirm_sign_up(pick: Pick) -> Params:
    user = pick.user(lambda u: u.status == "UNCONFIRMED" or pick.chance(20))
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, user)}


@command(
    "AdminCreateUser",
    *LIFE,
    "sign-in",
    "challenges",
    "mfa",
    "devices",
    "tokens",
    "passkeys",
    "sessions",
    weight=3,
)
def admin_create_user(pick: Pick) -> Params:
    pool = pick.pool
    made = without_none(
        UserPoolId=roles.pool_id(pick),
        Username=roles.new_username(pick),
        # Without one, a pool with one-time passwords confirms the user at once, if a contact is verified.
        TemporaryPassword=pick.maybe(
            100 if mfa.one_time_passwords(pool) else 85, lambda: roles.new_password(pick, pool)
        ),
        UserAttributes=roles.attribute_list(pick, pool, required=True, flags=70) or None,
        MessageAction=pick.maybe(60, lambda: "SUPPRESS"),
        ForceAliasCreation=pick.maybe(20, lambda: pick.chance(50)),
    )
    if pick.goes_wrong():
        # By what the user may have no address for.
        made.pop("MessageAction", None)
        made["DesiredDeliveryMediums"] = ["EMAIL", "SMS"]
    return made


@command("AdminCreateUser", "challenges", "mfa", weight=1)
def admin_create_passwordless_user(pick: Pick) -> Params:
    """Where one-time passwords are, a verified address is enough."""
    pool = pick.pool
    if pool.username_attributes or not mfa.one_time_passwords(pool):
        raise NotApplicable
    values = {a["Name"]: a["Value"] for a in roles.attribute_list(pick, pool, 0, required=True)}
    values |= {"email": roles.email(pick), "email_verified": "true"}
    return {
        "UserPoolId": roles.pool_id(pick),
        "Username": roles.new_username(pick),
        "UserAttributes": [{"Name": name, "Value": value} for name, value in sorted(values.items())],
        "MessageAction": "SUPPRESS",
    }


@command("AdminCreateUser", "life cycle", weight=1)
def admin_resend_invitation(pick: Pick) -> Params:
    user = pick.user()
    # Whether an invitation can be repeated by the sub is not settled: the name is the one that it was made with.
    signed_up_with = user.attributes.get(user.sign_in) if user.sign_in else None
    name = signed_up_with if isinstance(signed_up_with, str) else user.username
    return {"UserPoolId": roles.pool_id(pick), "Username": name, "MessageAction": "RESEND"}


@command("AdminGetUser", *LIFE, "sign-in", "mfa", weight=4)
def admin_get_user(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, pick.user())}


@command("GetUser", *LIFE, "tokens", "mfa", weight=2)
def get_user(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick)}


@command("AdminDeleteUser", *LIFE, "tokens", weight=1)
def admin_delete_user(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, pick.user())}


@command("DeleteUser", "life cycle", "tokens", weight=1)
def delete_user(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick)}


@command("AdminDisableUser", "life cycle", "sign-in", "tokens", "listing", "passwords")
def admin_disable_user(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, pick.user())}


@command("AdminEnableUser", "life cycle", "sign-in", "tokens", "listing", "passwords")
def admin_enable_user(pick: Pick) -> Params:
    user = pick.user(lambda u: not u.enabled or pick.chance(10))
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, user)}
