"""CreateUserPoolClient, DescribeUserPoolClient, DeleteUserPoolClient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import client_rules, client_view
from cognito_model.call import Call, operation
from cognito_model.expect import AtLeast, OneOf
from cognito_model.operations.common import instant, need_client, need_pool
from cognito_model.requirements import client_rules as rules_R
from cognito_model.requirements import clients as R
from cognito_model.settings import write
from cognito_model.world import Client, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement

DEFAULTS: tuple[tuple[Requirement, Mapping[str, Any]], ...] = (
    (R.refresh_token_counts_thirty_days, {"RefreshTokenValidity": 30}),
    (R.revocation_is_on, {"EnableTokenRevocation": True}),
    (R.user_context_is_not_propagated, {"EnablePropagateAdditionalUserContextData": False}),
    (R.session_counts_three_minutes, {"AuthSessionValidity": 3}),
    (R.oauth_is_off, {"AllowedOAuthFlowsUserPoolClient": False}),
)
INITIAL: Mapping[str, Any] = {
    "ClientName": "",
    **{name: value for _, members in DEFAULTS for name, value in members.items()},
}
"""The settings of a client for which nothing but a name was asked."""

REASONS: Mapping[str, Requirement] = {
    f"settings.{name}": requirement for requirement, members in DEFAULTS for name in members
}
"""Why a new client has its settings, as `causes` of the client."""


@operation("CreateUserPoolClient")
def create_user_pool_client(call: Call) -> Outcome:
    """Make an app client, with a secret if one is asked for."""
    pool = need_pool(call)
    call.refuse_if(call.GenerateSecret and call.ClientSecret, rules_R.secret_is_made_or_given)
    now = instant(call)
    secret = call.fresh("ClientSecret") if call.GenerateSecret else call.ClientSecret
    client = Client(call.fresh("ClientId"), pool.id, INITIAL, secret, now, now, causes=REASONS)
    client = write(call, client, R.creates_client, {"ClientName": call.ClientName})
    if call.ClientSecret and not call.GenerateSecret:
        client = write(call, client, R.keeps_settings, {"_secret": "chosen"})
    client = with_given(call, client, R.keeps_settings, R.keeps_lists)
    client_rules.check(call, pool, client, doing="creating")
    return call.reply(
        R.creates_client,
        call.world.with_pool(with_client(call, pool, R.creates_client, client)),
        UserPoolClient=client_view.user_pool_client(client, now),
    )


def with_client(call: Call, pool: Pool, because: Requirement, client: Client) -> Pool:
    """The pool with this client added or replaced."""
    return call.change(pool, because, clients={**pool.clients, client.id: client})


def with_given(call: Call, client: Client, scalars: Requirement, lists: Requirement) -> Client:
    """The client with the settings that the request names."""
    given = {name: call.params[name] for name in client_view.SCALARS if names(call, name)}
    rotation = given.get("RefreshTokenRotation")
    if rotation:
        enabled = rotation.get("Feature") == "ENABLED"
        grace = rotation.get("RetryGracePeriodSeconds", 0) if enabled else 0
        given["RefreshTokenRotation"] = {**rotation, "RetryGracePeriodSeconds": grace}
    client = write(call, client, scalars, given)
    named = {name: sorted(set(call.params[name])) for name in client_view.LISTS if call.params.get(name)}
    return write(call, client, lists, named)


def names(call: Call, member: str) -> bool:
    """Whether the request gives a value to a setting that is no list; RefreshTokenValidity 0 is none."""
    value = call.params.get(member)
    return value is not None and value != {} and not (member == "RefreshTokenValidity" and value == 0)


@operation("DescribeUserPoolClient")
def describe_user_pool_client(call: Call) -> Outcome:
    """Show an app client."""
    _, client = need_client(call, need_pool(call))
    modified = OneOf.of(client.modified, AtLeast(instant(call), client.created))
    return call.reply(R.describes_client, UserPoolClient=client_view.user_pool_client(client, modified))


@operation("DeleteUserPoolClient")
def delete_user_pool_client(call: Call) -> Outcome:
    """Delete an app client."""
    pool = need_pool(call)
    pool, client = need_client(call, pool)
    left = call.change(pool, R.deletes_client, clients=pool.drop("clients", client.id).clients)
    world = call.world.with_pool(left)
    return call.reply(R.deletes_client, world.knowing_gone(("client", pool.id, client.id)))
