"""Signing in with a password, answering NEW_PASSWORD_REQUIRED, refreshing, signing out."""

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model.terms import Junk
from cognito_model.world import Client

EVERYWHERE = (
    "life cycle",
    "passwords",
    "attributes",
    "groups",
    "sign-in",
    "challenges",
    "mfa",
    "devices",
    "tokens",
    "passkeys",
    "sessions",
)


@command("InitiateAuth", *EVERYWHERE, weight=4)
def sign_in(pick: Pick) -> Params:
    client = roles.readable_client(pick, "USER_PASSWORD_AUTH")
    return {
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH" if pick.goes_wrong() else "USER_PASSWORD_AUTH",
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": _password_parameters(pick, client),
    }


@command("AdminInitiateAuth", *EVERYWHERE, weight=4)
def admin_sign_in(pick: Pick) -> Params:
    client = roles.readable_client(pick, "ADMIN_USER_PASSWORD_AUTH")
    return {
        "UserPoolId": roles.pool_id(pick),
        "AuthFlow": "USER_PASSWORD_AUTH" if pick.goes_wrong() else "ADMIN_USER_PASSWORD_AUTH",
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": _password_parameters(pick, client),
    }


@command("InitiateAuth", "tokens", "life cycle", "sign-in", "passwords", weight=2)
def refresh(pick: Pick) -> Params:
    return {"AuthFlow": pick.of(["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]), **_refresh_parameters(pick)}


@command("AdminInitiateAuth", "tokens", weight=1)
def admin_refresh(pick: Pick) -> Params:
    of_token = {"UserPoolId": roles.pool_id(pick), **_refresh_parameters(pick)}
    return {**of_token, "AuthFlow": pick.of(["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])}


@command("GetTokensFromRefreshToken", "tokens", weight=3)
def get_tokens_from_refresh_token(pick: Pick) -> Params:
    parameters = _refresh_parameters(pick)
    client = pick.pool.clients.get(parameters["ClientId"])
    secret = client.secret if client is not None else None
    return without_none(
        ClientId=parameters["ClientId"],
        RefreshToken=parameters["AuthParameters"]["REFRESH_TOKEN"],
        ClientSecret=Junk("ClientSecret", 1) if secret is not None and pick.goes_wrong() else secret,
        DeviceKey=parameters["AuthParameters"].get("DEVICE_KEY"),
    )


@command("GlobalSignOut", "tokens", "life cycle", weight=1)
def global_sign_out(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick)}


@command("AdminUserGlobalSignOut", "tokens", "life cycle", weight=1)
def admin_user_global_sign_out(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, pick.user())}


@command("RevokeToken", "tokens", weight=2)
def revoke_token(pick: Pick) -> Params:
    pool = pick.pool
    live = roles.usable_tokens(pick, "refresh")
    wrong = pick.goes_wrong()
    token = (
        pick.of([Junk("RefreshToken", 1), *roles.tokens_of(pool, "access", now=pick.now)[:1]])
        if wrong
        else pick.of(live[:3])
    )
    state = pool.tokens.get(token)
    client = pool.clients.get(pool.grants[state.grant].client) if state else None
    client = pick.client() if client is None or pick.goes_wrong() else client
    return without_none(
        Token=token,
        ClientId=roles.client_id(pick, client),
        ClientSecret=client.secret if client.secret is not None and not pick.goes_wrong() else None,
    )


def _password_parameters(pick: Pick, client: Client) -> Params:
    user = pick.user()
    name = roles.username(pick, user)
    return without_none(
        USERNAME=name,
        PASSWORD=None if pick.goes_wrong() else roles.password_of(pick, user),
        SECRET_HASH=roles.secret_hash(pick, client, name),
        DEVICE_KEY=roles.device_key(pick, user),
    )


def _refresh_parameters(pick: Pick) -> Params:
    pool = pick.pool
    live = roles.usable_tokens(pick, "refresh")
    dead = roles.dead_tokens(pool, "refresh", now=pick.now)
    token = (
        pick.of([Junk("RefreshToken", 2), *dead]) if pick.goes_wrong() else pick.of([*live[:3], *dead[:1]])
    )
    state = pool.tokens.get(token)
    grant = pool.grants[state.grant] if state else None
    client = pool.clients.get(grant.client) if grant else None
    client = pick.client() if client is None or pick.goes_wrong() else client
    user = pool.users.get(grant.sub) if grant else None
    return {
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": without_none(
            REFRESH_TOKEN=token,
            SECRET_HASH=roles.secret_hash(pick, client, user.username if user else "nobody"),
            DEVICE_KEY=Junk("DeviceKey", 1) if pick.goes_wrong() else grant and grant.device,
        ),
    }
