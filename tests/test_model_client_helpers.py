"""What an app client permits: flows, how long tokens and sessions count, which attributes it reads."""

from __future__ import annotations

import pytest

from cognito_model import clients
from cognito_model.terms import Fresh
from cognito_model.world import Client


def client(**settings: object) -> Client:
    """A client with these settings."""
    return Client(Fresh("ClientId", 1), Fresh("PoolId", 1), settings, None, None, None)


@pytest.mark.parametrize(
    ("flows", "allowed"),
    [
        (None, {"USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", "CUSTOM_AUTH"}),
        (["ALLOW_USER_PASSWORD_AUTH"], {"USER_PASSWORD_AUTH"}),
        (
            ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"],
            {"ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_AUTH"},
        ),
        (
            ["ADMIN_NO_SRP_AUTH"],
            {
                "ADMIN_NO_SRP_AUTH",
                "ADMIN_USER_PASSWORD_AUTH",
                "USER_SRP_AUTH",
                "REFRESH_TOKEN_AUTH",
                "REFRESH_TOKEN",
                "CUSTOM_AUTH",
            },
        ),
        (["CUSTOM_AUTH_FLOW_ONLY"], {"CUSTOM_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"}),
    ],
)
def test_flows(flows, allowed):
    """Legacy names add flows to the default ones; ALLOW_ names replace them."""
    every = {
        "USER_SRP_AUTH",
        "REFRESH_TOKEN_AUTH",
        "REFRESH_TOKEN",
        "CUSTOM_AUTH",
        "ADMIN_NO_SRP_AUTH",
        "ADMIN_USER_PASSWORD_AUTH",
        "USER_PASSWORD_AUTH",
        "USER_AUTH",
    }
    settings = {} if flows is None else {"ExplicitAuthFlows": flows}
    assert {flow for flow in every if clients.allows_flow(client(**settings), flow)} == allowed


def test_rotation_takes_the_refresh_flow_away():
    """A client whose refresh tokens rotate is not refreshed with REFRESH_TOKEN_AUTH."""
    rotating = client(RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 20})
    assert not clients.allows_flow(rotating, "REFRESH_TOKEN_AUTH")
    assert clients.rotation_grace_seconds(rotating) == 20
    assert clients.allows_flow(client(RefreshTokenRotation={"Feature": "DISABLED"}), "REFRESH_TOKEN_AUTH")


@pytest.mark.parametrize(
    ("settings", "kind", "seconds"),
    [
        ({}, "access", 3600),
        ({}, "id", 3600),
        ({}, "refresh", 30 * 86400),
        ({"AccessTokenValidity": 5}, "access", 5 * 3600),
        ({"RefreshTokenValidity": 2}, "refresh", 2 * 86400),
        ({"IdTokenValidity": 20, "TokenValidityUnits": {"IdToken": "minutes"}}, "id", 1200),
        ({"IdTokenValidity": 20, "TokenValidityUnits": {"AccessToken": "minutes"}}, "id", 20 * 3600),
    ],
)
def test_validity(settings, kind, seconds):
    """Validities count in hours, refresh tokens in days, unless a unit is given."""
    assert clients.validity_seconds(client(**settings), kind) == seconds


def test_session_counts_minutes():
    """A challenge's session counts AuthSessionValidity minutes, three by default."""
    assert clients.auth_session_seconds(client()) == 180
    assert clients.auth_session_seconds(client(AuthSessionValidity=15)) == 900


def test_reading():
    """A client reads everything unless ReadAttributes say what it reads; sub it always reads."""
    assert clients.may_read(client(), "custom:team")
    assert clients.may_read(client(ReadAttributes=["name"]), "name")
    assert clients.may_read(client(ReadAttributes=["name"]), "sub")
    assert not clients.may_read(client(ReadAttributes=["name"]), "email")
