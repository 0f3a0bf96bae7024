"""How passwords are set, reset, forgotten and changed."""

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none


@command(
    "AdminSetUserPassword",
    "life cycle",
    "passwords",
    "sign-in",
    "challenges",
    "mfa",
    "devices",
    "tokens",
    "attributes",
    "passkeys",
    "sessions",
    weight=3,
)
def admin_set_user_password(pick: Pick) -> Params:
    user = pick.user()
    return without_none(
        UserPoolId=roles.pool_id(pick),
        Username=roles.username(pick, user),
        Password=roles.new_password(pick, pick.pool),
        Permanent=pick.of([True, True, True, False, None]),
    )


@command("AdminResetUserPassword", "life cycle", "passwords")
def admin_reset_user_password(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, pick.user())}


@command("ForgotPassword", "life cycle", "passwords")
def forgot_password(pick: Pick) -> Params:
    client = pick.client()
    name = roles.username(pick, pick.user())
    return without_none(
        ClientId=roles.client_id(pick, client),
        Username=name,
        SecretHash=roles.secret_hash(pick, client, name),
    )


@command("ConfirmForgotPassword", "life cycle", "passwords", weight=3)
def confirm_forgot_password(pick: Pick) -> Params:
    client = pick.client()
    user = pick.user(lambda u: "forgot-password" in u.codes or pick.chance(15))
    name = roles.username(pick, user)
    return without_none(
        ClientId=roles.client_id(pick, client),
        Username=name,
        ConfirmationCode=roles.code(pick, user, "forgot-password"),
        Password=roles.new_password(pick, pick.pool),
        SecretHash=roles.secret_hash(pick, client, name),
    )


@command("ChangePassword", "passwords", "tokens")
def change_password(pick: Pick) -> Params:
    token = roles.access_token(pick)
    return without_none(
        AccessToken=token,
        PreviousPassword=None if pick.goes_wrong() else roles.password_of(pick, roles.owner(pick, token)),
        ProposedPassword=roles.new_password(pick, pick.pool),
    )
