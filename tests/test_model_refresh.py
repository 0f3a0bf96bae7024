"""Refreshing: REFRESH_TOKEN_AUTH, GetTokensFromRefreshToken, rotation."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, unwrap
from cognito_model.terms import Fresh, Issuer, Junk, SecretHash
from support.door import TRACKED, Door, Tokens
from support.expectations import rests_on, tolerated

FLOWS = ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]
ROTATING = {
    "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
    "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
}
SECRET = {"GenerateSecret": True}
DAY = 86400


def gracious(seconds: int) -> dict:
    """A rotating client with a grace period."""
    return {**ROTATING, "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": seconds}}


def unwrapped(claims: dict) -> dict:
    """Claims without the requirements attached to them."""
    return {name: unwrap(value) for name, value in claims.items()}


def renew(door: Door, token: object, **params: object) -> dict:
    """GetTokensFromRefreshToken through the app client."""
    return door.drive.call("GetTokensFromRefreshToken", ClientId=door.client, RefreshToken=token, **params)


def renew_refused(door: Door, token: object, **params: object) -> set[str]:
    """The same, refused."""
    params = {"ClientId": door.client, **params}
    return door.drive.refused("GetTokensFromRefreshToken", RefreshToken=token, **params)


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("admin", [False, True])
def test_refresh_renews(flow, admin):
    """A refresh token alone gives new id and access tokens, and no new refresh token."""
    door = Door()
    tokens = door.tokens()
    outcome = door.start_outcome(flow, more={"admin": admin}, REFRESH_TOKEN=tokens.refresh)
    assert outcome.replies[0].requirement.slug == "tokens/refresh-renews"
    assert {"tokens/refresh-token-stays", "tokens/refresh-asks-nothing"} <= rests_on(outcome)
    renewed = door.start(flow, more={"admin": admin}, REFRESH_TOKEN=tokens.refresh)["AuthenticationResult"]
    assert renewed["RefreshToken"] == ABSENT
    assert renewed["AccessToken"].term != tokens.access
    door.drive.call("GetUser", AccessToken=renewed["AccessToken"].term)
    door.drive.call("GetUser", AccessToken=tokens.access)


@pytest.mark.parametrize("flow", FLOWS)
def test_renewed_tokens_are_of_their_kinds(flow):
    """A renewed access token says that it is one, and so does the id token, for the client and pool of the sign-in."""
    door = Door()
    tokens = door.tokens()
    later = door.drive.call("CreateUserPool", PoolName="later")["UserPool"]["Id"]
    door.drive.call("CreateUserPoolClient", UserPoolId=later, ClientName="later")
    renewed = door.start(flow, REFRESH_TOKEN=tokens.refresh)["AuthenticationResult"]
    access, identity = (unwrapped(renewed[kind].claims) for kind in ("AccessToken", "IdToken"))
    assert (access["token_use"], access["client_id"]) == ("access", door.client)
    assert (identity["token_use"], identity["aud"]) == ("id", door.client)
    assert access["iss"] == identity["iss"] == Issuer(door.id)


def test_what_a_refresh_keeps():
    """A refresh keeps auth_time and origin_jti, and gives other ids."""
    door = Door()
    first = door.start()["AuthenticationResult"]
    step = door.drive.step
    door.later(60)
    renewed = door.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=first["RefreshToken"])["AuthenticationResult"]
    before, after = first["AccessToken"].claims, renewed["AccessToken"].claims
    assert unwrap(after["auth_time"]) == Fresh("AuthTime", step)
    assert after["origin_jti"] == before["origin_jti"]
    assert after["jti"] != before["jti"]


def test_sign_ins_differ():
    """Every sign-in has an origin_jti of its own."""
    door = Door()
    one, other = (door.start()["AuthenticationResult"]["IdToken"].claims["origin_jti"] for _ in range(2))
    assert one != other


def test_refresh_by_default():
    """Clients by default, and those of legacy flows, may refresh."""
    door = Door(client={"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"]})
    tokens = door.tokens("ADMIN_NO_SRP_AUTH")
    outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    assert outcome.replies[0].requirement.slug == "tokens/refresh-renews"
    assert outcome.suspects["InvalidParameterException"].slug == "sign-in/legacy-flows-add"


@pytest.mark.parametrize("what", ["junk", "access", "id", "other client"])
def test_refresh_token_is_genuine(what):
    """What is no refresh token, or another client's, is refused."""
    door = Door()
    tokens = door.tokens()
    given = {"junk": Junk("RefreshToken"), "access": tokens.access, "id": tokens.id}.get(what, tokens.refresh)
    client = door.another_client() if what == "other client" else door.client
    refused = door.start_refused("REFRESH_TOKEN_AUTH", more={"ClientId": client}, REFRESH_TOKEN=given)
    wanted = "of-client" if what == "other client" else "genuine"
    assert refused == {f"tokens/refresh-token-is-{wanted}"}
    assert renew_refused(door, given, ClientId=client) == {f"tokens/refresh-token-is-{wanted}"}


def test_refresh_token_expires():
    """A refresh token counts for its validity, thirty days by default, however often it is used."""
    door = Door()
    tokens = door.tokens()
    door.later(30 * DAY - 10)
    door.start("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    door.later(20)
    refused = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    assert refused == {"tokens/refresh-token-is-not-expired"}


def test_disabled_and_deleted_users():
    """The refresh token of a disabled user is refused, and that of a deleted one."""
    door = Door()
    tokens = door.tokens()
    door.admin("AdminDisableUser", "ann")
    assert "tokens/refresh-needs-enabled-user" in door.start_refused(
        "REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh
    )
    door.admin("AdminDeleteUser", "ann")
    assert "tokens/refresh-needs-user" in door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)


def test_secret_hash_of_refresh():
    """The secret hash of a refresh is over the username that the pool stores, not over an alias."""
    door = Door(
        client=SECRET, AliasAttributes=["email"], ann={"email": "a@example.com", "email_verified": "true"}
    )
    tokens = Tokens.of(door.start(USERNAME="a@example.com"))
    door.start("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, SECRET_HASH=SecretHash(door.client, "ann"))
    by_alias = SecretHash(door.client, "a@example.com")
    refused = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, SECRET_HASH=by_alias)
    assert refused == {"common/secret-hash-matches"}
    refused = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, SECRET_HASH=None)
    assert refused == {"common/secret-hash-is-sent"}
    both = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=Junk("RefreshToken"), SECRET_HASH=None)
    assert both == {"common/secret-hash-is-sent", "tokens/refresh-token-is-genuine"}


def test_client_secret():
    """GetTokensFromRefreshToken takes the client secret as it is."""
    door = Door(client=SECRET)
    tokens = door.tokens()
    secret = door.pool.clients[door.client].secret
    renew(door, tokens.refresh, ClientSecret=secret)
    assert "tokens/renewal-needs-secret" in renew_refused(door, tokens.refresh)
    assert "tokens/renewal-needs-secret" in renew_refused(
        door, tokens.refresh, ClientSecret=Junk("ClientSecret")
    )


def test_client_secret_that_nobody_asked_for():
    """A client secret for a client that has none may be refused."""
    door = Door()
    token = door.tokens().refresh
    secret = Junk("ClientSecret")
    params = {"ClientId": door.client, "RefreshToken": token, "ClientSecret": secret}
    assert tolerated(door.drive.outcome("GetTokensFromRefreshToken", **params)) == {
        "tokens/client-secret-is-known"
    }


def test_tokens_without_rotation():
    """Without rotation GetTokensFromRefreshToken gives no refresh token, and the old one serves on."""
    door = Door()
    tokens = door.tokens()
    for _ in range(2):
        assert renew(door, tokens.refresh)["AuthenticationResult"]["RefreshToken"] == ABSENT


def test_rotation():
    """With rotation every renewal gives a new refresh token, and the old one is dead."""
    door = Door(client=ROTATING)
    tokens = door.tokens()
    params = {"ClientId": door.client, "RefreshToken": tokens.refresh}
    assert "tokens/refresh-token-rotates" in rests_on(
        door.drive.outcome("GetTokensFromRefreshToken", **params)
    )
    following = renew(door, tokens.refresh)["AuthenticationResult"]["RefreshToken"]
    assert following != tokens.refresh
    assert renew_refused(door, tokens.refresh) == {"tokens/rotated-token-is-dead"}
    renew(door, following)


def test_rotated_token_counts_no_longer():
    """A rotated refresh token counts for what is left of the first one's time."""
    door = Door(client={**ROTATING, "RefreshTokenValidity": 2})
    tokens = door.tokens()
    door.later(DAY)
    following = renew(door, tokens.refresh)["AuthenticationResult"]["RefreshToken"]
    door.later(DAY + 10)
    assert renew_refused(door, following) == {"tokens/refresh-token-is-not-expired"}


def test_grace_period():
    """Within the grace period the old token is taken, after it refused."""
    door = Door(client=gracious(30))
    tokens = door.tokens()
    renew(door, tokens.refresh)
    door.later(20)
    outcome = door.drive.outcome(
        "GetTokensFromRefreshToken", ClientId=door.client, RefreshToken=tokens.refresh
    )
    assert outcome.replies[0].requirement.slug == "tokens/grace-takes-old-token"
    renew(door, tokens.refresh)
    door.later(12)
    assert renew_refused(door, tokens.refresh) == {"tokens/rotated-token-is-dead"}


def test_rotation_replaces_the_flow():
    """A client whose refresh tokens rotate cannot use REFRESH_TOKEN_AUTH."""
    door = Door(client=ROTATING)
    tokens = door.tokens()
    refused = door.start_refused("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens.refresh)
    assert refused == {"tokens/rotation-replaces-flow"}


def test_device_key_without_device():
    """What becomes of a device key where the sign-in has no device is not settled."""
    door = Door()
    tokens = door.tokens()
    outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, DEVICE_KEY="us-east-1_x")
    assert tolerated(outcome) == {
        "devices/tracking-is-on",
        "tokens/refresh-needs-device",
    }


def test_device_key_refreshes():
    """Where devices are tracked, a refresh needs the key of the confirmed device of its sign-in."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    refused = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    assert refused == {"tokens/refresh-needs-confirmed-device"}
    key = door.with_device(tokens)
    assert door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh) == {
        "tokens/refresh-needs-device"
    }
    for _ in range(2):
        outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, DEVICE_KEY=key)
        assert outcome.replies[0].requirement.slug == "tokens/device-key-refreshes"
        assert tolerated(outcome) == {"tokens/password-device-may-refresh"}
        renew(door, tokens.refresh, DeviceKey=key)
    door.admin("AdminForgetDevice", "ann", DeviceKey=key)
    outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, DEVICE_KEY=key)
    assert tolerated(outcome) == {"tokens/forgotten-device-may-refresh"}


def test_device_key_refreshes_what_srp_began():
    """A sign-in by SRP is refreshed with the key of its device; one by password alone may be refused."""
    door = Door(DeviceConfiguration=TRACKED)
    asked = door.start("USER_SRP_AUTH")
    tokens = Tokens.of(door.answer("PASSWORD_VERIFIER", None, **door.proof(asked)))
    key = door.with_device(tokens)
    outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh, DEVICE_KEY=key)
    assert tolerated(outcome) == set()
    by_password = door.tokens()
    key = door.with_device(by_password)
    outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=by_password.refresh, DEVICE_KEY=key)
    assert tolerated(outcome) == {"tokens/password-device-may-refresh"}
