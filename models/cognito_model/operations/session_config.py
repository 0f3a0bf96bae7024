"""Get- and SetUserPoolSessionConfiguration, Get- and SetUserPoolClientSessionConfiguration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.call import Call, operation
from cognito_model.operations.clients import with_client
from cognito_model.operations.common import need_client, need_pool
from cognito_model.requirements import pool_extras as R
from cognito_model.settings import shown, write

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client, Pool

POOL_DEFAULT: dict[str, Any] = {"UserSessionTracking": "DISABLED", "TokenSession": {"MaxPerUser": 20}}
CLIENT_DEFAULT: dict[str, Any] = {"MaxValidityMinutes": 60}


def pool_answer(pool: Pool) -> dict[str, Any]:
    """The session configuration of a pool (kept in its settings as `_sessions`), for an answer."""
    found = pool.settings.get("_sessions", POOL_DEFAULT)
    members = {
        name: shown(pool, "_sessions", found[name], R.sessions_are_not_tracked) for name in POOL_DEFAULT
    }
    return {"UserPoolId": pool.id, **members}


def client_answer(client: Client) -> dict[str, Any]:
    """The session configuration of an app client (kept in its settings as `_sso`), for an answer."""
    session = shown(
        client, "_sso", client.settings.get("_sso", CLIENT_DEFAULT), R.client_session_counts_an_hour
    )
    return {"UserPoolId": client.pool, "ClientId": client.id, "SSOSession": session}


@operation("GetUserPoolSessionConfiguration")
def get_user_pool_session_configuration(call: Call) -> Outcome:
    """Show whether a pool tracks sessions, and how many a user may have."""
    return call.reply(R.sessions_are_not_tracked, **pool_answer(need_pool(call)))


@operation("SetUserPoolSessionConfiguration")
def set_user_pool_session_configuration(call: Call) -> Outcome:
    """Say whether a pool tracks sessions, and how many a user may have."""
    pool = need_pool(call)
    call.refuse_if(pool.settings["UserPoolTier"] == "LITE", R.session_configuration_needs_essentials)
    given = {name: call.params[name] for name in POOL_DEFAULT}
    pool = write(call, pool, R.sets_session_configuration, {"_sessions": given})
    return call.reply(R.sets_session_configuration, call.world.with_pool(pool), **pool_answer(pool))


@operation("GetUserPoolClientSessionConfiguration")
def get_user_pool_client_session_configuration(call: Call) -> Outcome:
    """Show for how long an app client reuses a session."""
    _, client = need_client(call, need_pool(call))
    return call.reply(R.client_session_counts_an_hour, **client_answer(client))


@operation("SetUserPoolClientSessionConfiguration")
def set_user_pool_client_session_configuration(call: Call) -> Outcome:
    """Say for how long an app client reuses a session."""
    pool, client = need_client(call, need_pool(call))
    call.refuse_if(pool.settings["UserPoolTier"] == "LITE", R.session_configuration_needs_essentials)
    tracking = pool.settings.get("_sessions", POOL_DEFAULT)["UserSessionTracking"]
    call.refuse_if(tracking != "ENABLED", R.client_session_needs_tracking)
    client = write(call, client, R.sets_client_session_configuration, {"_sso": call.SSOSession})
    return call.reply(
        R.sets_client_session_configuration,
        call.world.with_pool(with_client(call, pool, R.sets_client_session_configuration, client)),
        **client_answer(client),
    )
