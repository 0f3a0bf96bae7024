"""Tracked sessions of users, and the tokens of clients and of exchanges."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model.operations.user_sessions import session_id
from cognito_model.session_limit import sessions
from cognito_model.terms import Junk
from cognito_model.world import Client, User


@command("SetUserPoolSessionConfiguration", "sessions", weight=3)
def set_user_pool_session_configuration(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "UserSessionTracking": pick.of(["ENABLED", "ENABLED", "DISABLED"]),
        "TokenSession": {"MaxPerUser": 101 if pick.goes_wrong() else pick.of([5, 20])},
    }


@command("SetUserPoolSessionConfiguration", "sessions", weight=1)
def allow_one_session(pick: Pick) -> Params:
    """So few that the next sign-in ends the one before."""
    return {
        "UserPoolId": roles.pool_id(pick),
        "UserSessionTracking": "ENABLED",
        "TokenSession": {"MaxPerUser": 1},
    }


@command("GetUserPoolSessionConfiguration", "sessions", weight=1)
def get_user_pool_session_configuration(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


@command("SetUserPoolClientSessionConfiguration", "sessions", weight=1)
def set_user_pool_client_session_configuration(pick: Pick) -> Params:
    return {**roles.of_client(pick), "SSOSession": {"MaxValidityMinutes": pick.of([0, 30, 120])}}


@command("GetUserPoolClientSessionConfiguration", "sessions", weight=1)
def get_user_pool_client_session_configuration(pick: Pick) -> Params:
    return roles.of_client(pick)


@command("ListUserSessions", "sessions", weight=2)
def list_user_sessions(pick: Pick) -> Params:
    return without_none(AccessToken=roles.access_token(pick), NextToken=_next(pick))


@command("AdminListUserSessions", "sessions", weight=2)
def admin_list_user_sessions(pick: Pick) -> Params:
    return without_none(
        UserPoolId=roles.pool_id(pick), Username=roles.username(pick, pick.user()), NextToken=_next(pick)
    )


@command("RevokeUserSession", "sessions", weight=2)
def revoke_user_session(pick: Pick) -> Params:
    token = roles.access_token(pick)
    return {"AccessToken": token, "SessionId": _session(pick, roles.owner(pick, token))}


@command("AdminRevokeUserSession", "sessions", weight=2)
def admin_revoke_user_session(pick: Pick) -> Params:
    user = pick.user()
    return {
        "UserPoolId": roles.pool_id(pick),
        "Username": roles.username(pick, user),
        "SessionId": _session(pick, user),
    }


@command("GetClientToken", "sessions", weight=2)
def get_client_token(pick: Pick) -> Params:
    client = _confidential(pick)
    wrong = pick.goes_wrong() or client.secret is None
    return without_none(
        ClientId=roles.client_id(pick, client),
        Secret=Junk("ClientSecret", 1) if wrong else client.secret,
        Scopes=pick.maybe(20, lambda: ["https://none.example.com/read"]),
    )


@command("GetDerivedToken", "sessions", weight=2)
def get_derived_token(pick: Pick) -> Params:
    client = _confidential(pick)
    delegates = "ALLOW_TOKEN_EXCHANGE_DELEGATION" in (client.settings.get("ExplicitAuthFlows") or ())
    actor = pick.maybe(60 if delegates else 20, lambda: roles.access_token(pick))
    return without_none(
        ClientId=roles.client_id(pick, client),
        ClientSecret=Junk("ClientSecret", 2) if pick.goes_wrong() and client.secret else client.secret,
        SubjectToken=roles.access_token(pick),
        SubjectTokenType="ACCESS_TOKEN",
        ActorToken=actor,
        ActorTokenType=None if actor is None or pick.goes_wrong() else "ACCESS_TOKEN",
        **({"Audiences": ["a"], "Resources": ["b"]} if pick.goes_wrong() else {}),
    )


def _confidential(pick: Pick) -> Client:
    """A client with a secret, where there is one; wrong: any."""
    having = [client for client in pick.pool.clients.values() if client.secret is not None]
    return pick.client() if pick.goes_wrong() or not having else pick.of(having)


def _next(pick: Pick) -> Any:
    return Junk("PageToken", 1) if pick.goes_wrong() else None


def _session(pick: Pick, user: User) -> Any:
    """A session of the user that was listed, one of the newest; wrong: of none, or one that has been ended."""
    known = list(filter(pick.knows, map(session_id, sessions(pick.pool, user))))
    if pick.goes_wrong() or not known:
        ended = [grant for grant in pick.pool.grants.values() if grant.sub == user.sub and grant.revoked]
        former = list(filter(pick.knows, map(session_id, ended)))
        return pick.of([Junk("SessionId", 1), *former[-1:]])
    return pick.of(known[-3:])
