"""App clients and their secrets."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import NotApplicable, Params, Pick, command, without_none
from cognito_model import attributes
from cognito_model.clients import other_secrets
from cognito_model.operations.client_secrets import secrets
from cognito_model.terms import Junk, SecretHash
from cognito_model.world import Client

FLOWS = (
    ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ["USER_PASSWORD_AUTH"],
    ["ADMIN_NO_SRP_AUTH"],
)
CALLBACK = "https://app.example.com/callback"
CODE: Params = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK, "http://localhost:3000/callback"],
}
MACHINE: Params = {"AllowedOAuthFlowsUserPoolClient": True, "AllowedOAuthFlows": ["client_credentials"]}
UNSOUND: tuple[Params, ...] = (
    {"AllowedOAuthFlowsUserPoolClient": True},
    {**CODE, "CallbackURLs": None},
    {**CODE, "AllowedOAuthFlows": ["code", "client_credentials"]},
    {**CODE, "AllowedOAuthScopes": ["openid", "https://none.example.com/read"]},
    {**CODE, "CallbackURLs": ["http://app.example.com/callback"]},
    {**CODE, "CallbackURLs": ["/callback"]},
    {**CODE, "CallbackURLs": [f"{CALLBACK}#top"]},
    {**CODE, "LogoutURLs": ["http://app.example.com/out"]},
    {**CODE, "DefaultRedirectURI": "https://app.example.com/elsewhere"},
    {"SupportedIdentityProviders": ["COGNITO", "NoSuchProvider"]},
    {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]},
    {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]},
    {"ReadAttributes": ["no_such"]},
    {"WriteAttributes": ["email_verified"]},
    {"AccessTokenValidity": 2, "TokenValidityUnits": {"AccessToken": "days"}},
    {"IdTokenValidity": 4, "TokenValidityUnits": {"IdToken": "minutes"}},
    {"RefreshTokenValidity": 30, "TokenValidityUnits": {"RefreshToken": "minutes"}},
    {"RefreshTokenValidity": 3651},
    {"AuthSessionValidity": 16},
)
"""Settings that break one rule each, whatever the client is."""


@command("CreateUserPoolClient", "pools", "clients", weight=4)
def create_user_pool_client(pick: Pick) -> Params:
    secret = pick.of([None, None, True])
    return without_none(
        UserPoolId=roles.pool_id(pick),
        ClientName=f"client-{pick.step}",
        GenerateSecret=secret,
        ClientSecret="a" * 32 if pick.goes_wrong() and secret else None,
        **_settings(pick, confidential=bool(secret)),
    )


@command("UpdateUserPoolClient", "pools", "clients", weight=4)
def update_user_pool_client(pick: Pick) -> Params:
    client = _any_client(pick)
    # What is not named goes back to its default: the walk's own client goes on working with the flows that it had.
    flows = client.settings.get("ExplicitAuthFlows") if client.id == pick.subject.client else None
    settings = _settings(pick, confidential=client.secret is not None)
    return without_none(
        UserPoolId=roles.pool_id(pick),
        ClientId=roles.client_id(pick, client),
        ClientName=pick.maybe(20, lambda: f"renamed-{pick.step}"),
        **({"ExplicitAuthFlows": list(flows)} if flows else {}),
        **{name: value for name, value in settings.items() if not (flows and name == "ExplicitAuthFlows")},
    )


@command("DescribeUserPoolClient", "pools", "clients", weight=4)
def describe_user_pool_client(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "ClientId": roles.client_id(pick, _any_client(pick))}


@command("ListUserPoolClients", "pools", "clients", weight=2)
def list_user_pool_clients(pick: Pick) -> Params:
    most = 61 if pick.goes_wrong() else pick.of([None, 1, 2, 60])
    first = without_none(UserPoolId=roles.pool_id(pick), MaxResults=most)
    return roles.paged(pick, "ListUserPoolClients", first)


@command("DeleteUserPoolClient", "pools", "clients", weight=1)
def delete_user_pool_client(pick: Pick) -> Params:
    clients = list(pick.pool.clients)
    return {
        "UserPoolId": roles.pool_id(pick),
        "ClientId": Junk("ClientId", 4) if pick.goes_wrong() or len(clients) < 2 else clients[-1],
    }


@command("AddUserPoolClientSecret", "clients", weight=3)
def add_user_pool_client_secret(pick: Pick) -> Params:
    return without_none(
        **_confidential(pick), ClientSecret=pick.maybe(40, lambda: f"chosen{pick.step}".ljust(32, "x"))
    )


@command("SignUp", "clients", weight=1)
def sign_up_with_other_secret(pick: Pick) -> Params:
    """While one secret is replaced by another, both are good."""
    having = [client for client in pick.pool.clients.values() if other_secrets(client)]
    if not having:
        raise NotApplicable
    client, name = pick.of(having), roles.new_username(pick)
    return without_none(
        ClientId=client.id,
        Username=name,
        Password=roles.new_password(pick, pick.pool),
        SecretHash=SecretHash(client.id, name, pick.of(list(other_secrets(client)))),
        UserAttributes=roles.attribute_list(pick, pick.pool, required=True) or None,
    )


@command("ListUserPoolClientSecrets", "clients")
def list_user_pool_client_secrets(pick: Pick) -> Params:
    return _confidential(pick)


@command("DeleteUserPoolClientSecret", "clients")
def delete_user_pool_client_secret(pick: Pick) -> Params:
    where = _confidential(pick)
    client = pick.pool.clients.get(where["ClientId"])
    ids = [secret["id"] for secret in secrets(client)] if client is not None else []
    known = list(filter(pick.knows, ids))
    wrong = pick.goes_wrong() or not known
    return {**where, "ClientSecretId": Junk("ClientSecretId", 1) if wrong else pick.of(known)}


def _any_client(pick: Pick) -> Client:
    """One of the pool's clients, the newest as often as the walk's own."""
    clients = list(pick.pool.clients.values())
    return clients[-1] if clients and pick.chance(50) else pick.client()


def _confidential(pick: Pick) -> Params:
    """Pool and client, one with a secret where there is one; wrong: any client."""
    having = [client for client in pick.pool.clients.values() if client.secret is not None]
    client = pick.of(list(pick.pool.clients.values()) if pick.goes_wrong() or not having else having)
    return {"UserPoolId": roles.pool_id(pick), "ClientId": roles.client_id(pick, client)}


def _settings(pick: Pick, *, confidential: bool) -> Params:
    """Settings that go together; wrong: some that do not."""
    if pick.goes_wrong():
        more: list[Params] = (
            []
            if confidential
            else [
                MACHINE,
                {**MACHINE, "AllowedOAuthScopes": _scopes(pick)[:1] or ["openid"]},
                {"EnablePropagateAdditionalUserContextData": True},
            ]
        )
        return dict(pick.of([*UNSOUND, *more, *_unwritable(pick)]))
    validities: Params = pick.of(
        [
            {},
            {"AccessTokenValidity": pick.of([1, 5, 24])},
            {
                "AccessTokenValidity": 10,
                "IdTokenValidity": 1,
                "RefreshTokenValidity": 2,
                "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"},
            },
            {"RefreshTokenValidity": 3600, "TokenValidityUnits": {"RefreshToken": "seconds"}},
        ]
    )
    return {
        **validities,
        **_oauth(pick, confidential=confidential),
        "ExplicitAuthFlows": pick.maybe(60, lambda: pick.of(FLOWS)),
        "PreventUserExistenceErrors": pick.maybe(40, lambda: pick.of(["ENABLED", "LEGACY"])),
        "ReadAttributes": pick.maybe(25, lambda: pick.of([["email", "name"], ["email", "email_verified"]])),
        "WriteAttributes": pick.maybe(25, lambda: sorted({"email", "name", *_required(pick)})),
        "AuthSessionValidity": pick.maybe(20, lambda: pick.of([3, 15])),
        "EnableTokenRevocation": pick.maybe(20, lambda: pick.chance(50)),
    }


def _oauth(pick: Pick, *, confidential: bool) -> Params:
    """OAuth settings, half of the time."""
    scopes = _scopes(pick)
    providers = [name for name in pick.pool.resources.get("IdentityProviders", {}) if isinstance(name, str)]
    sound: list[Params] = [
        CODE,
        {**CODE, "DefaultRedirectURI": CALLBACK, "LogoutURLs": ["https://app.example.com/out"]},
        {**CODE, "AllowedOAuthFlows": ["implicit", "code"], "AllowedOAuthScopes": ["profile", "openid"]},
        {**CODE, "SupportedIdentityProviders": ["COGNITO", *providers[-1:]]},
    ]
    if confidential:
        sound.append({"EnablePropagateAdditionalUserContextData": True})
    if confidential and scopes:
        sound.append({**MACHINE, "AllowedOAuthScopes": scopes[:2]})
    return dict(pick.of(sound)) if pick.chance(50) else {}


def _scopes(pick: Pick) -> list[str]:
    """The scopes of the pool's own resource servers."""
    servers: dict[str, Any] = dict(pick.pool.resources.get("ResourceServers", {}))
    return [
        f"{key}/{s['ScopeName']}" for key, server in servers.items() for s in server.members["Scopes"] or ()
    ]


def _required(pick: Pick) -> list[str]:
    """The attributes that the pool requires."""
    return [name for name, a in attributes.schema(pick.pool).items() if a.get("Required") and name != "sub"]


def _unwritable(pick: Pick) -> list[Params]:
    """Lists of writable attributes that leave a required one out."""
    return [{"WriteAttributes": ["nickname"]}] if _required(pick) else []
