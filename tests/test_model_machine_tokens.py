"""Tokens without a sign-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cognito_model.terms import Junk
from support.door import Door
from support.expectations import rests_on, tolerated


def with_flows(*flows: str) -> Door:
    """A pool whose client has a secret and allows these flows."""
    door = Door(client={"GenerateSecret": True})
    client = door.pool.clients[door.client]
    allowing = replace(client, settings={**client.settings, "ExplicitAuthFlows": [*flows]})
    door.drive.world = door.drive.world.with_pool(door.pool.put(client=allowing))
    return door


def secret(door: Door) -> Any:
    """The client's secret."""
    return door.pool.clients[door.client].secret


def test_client_gets_token():
    """A client with a secret that allows it gets an access token for itself."""
    door = with_flows("ALLOW_CLIENT_TOKEN_AUTH")
    outcome = door.drive.outcome("GetClientToken", ClientId=door.client, Secret=secret(door))
    assert "machine-tokens/client-gets-token" in rests_on(outcome)
    assert tolerated(outcome) == {"machine-tokens/scopes-are-known"}
    result = door.drive.call("GetClientToken", ClientId=door.client, Secret=secret(door))[
        "ClientAuthenticationResult"
    ]
    assert result["AccessToken"].claims["client_id"] == door.client


@pytest.mark.parametrize(
    ("flows", "given", "slug"),
    [
        (["ALLOW_CLIENT_TOKEN_AUTH"], Junk("ClientSecret"), "machine-tokens/client-secret-is-right"),
        (["ALLOW_REFRESH_TOKEN_AUTH"], None, "machine-tokens/client-token-flow-is-on"),
    ],
)
def test_client_gets_no_token(flows, given, slug):
    """A wrong secret gets no token, and neither does a client that does not allow it."""
    door = with_flows(*flows)
    refused = door.drive.refused("GetClientToken", ClientId=door.client, Secret=given or secret(door))
    assert refused == {slug}


def exchange(door: Door, **params: Any) -> dict[str, Any]:
    """The members of GetDerivedToken."""
    return {
        "ClientId": door.client,
        "ClientSecret": secret(door),
        "SubjectTokenType": "ACCESS_TOKEN",
        **params,
    }


def test_token_is_exchanged():
    """A token that the pool issued is exchanged, or the exchange is refused for reasons that no fact tells of."""
    door = with_flows("ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_USER_PASSWORD_AUTH")
    params = exchange(door, SubjectToken=door.tokens().access)
    outcome = door.drive.outcome("GetDerivedToken", **params)
    assert "machine-tokens/exchanges-token" in rests_on(outcome)
    assert tolerated(outcome) == {"machine-tokens/exchange-may-be-refused"}


@pytest.mark.parametrize(
    ("params", "slug"),
    [
        ({"SubjectToken": "junk"}, "subject-token-is-genuine"),
        ({"Audiences": ["a"], "Resources": ["r"]}, "one-kind-of-target"),
        ({"ActorToken": "junk", "ActorTokenType": "ACCESS_TOKEN"}, "exchange-is-on"),
        ({"ActorToken": "junk"}, "actor-has-type"),
        ({"ClientSecret": Junk("ClientSecret")}, "client-secret-is-right"),
    ],
)
def test_token_is_not_exchanged(params, slug):
    """A false token, two kinds of target, an actor without leave or type, a wrong secret: no exchange."""
    door = with_flows("ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_USER_PASSWORD_AUTH")
    given = exchange(door, SubjectToken=door.tokens().access) | params
    assert f"machine-tokens/{slug}" in door.drive.refused("GetDerivedToken", **given)
