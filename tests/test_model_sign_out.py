"""Signing out: RevokeToken, GlobalSignOut, AdminUserGlobalSignOut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_model.terms import Junk
from support.door import Door, Tokens
from support.expectations import tolerated


def is_over(door: Door, tokens: Tokens, because: str) -> bool:
    """Whether neither token of a sign-in is good for anything, and that for the given reason."""
    user = door.drive.refused("GetUser", AccessToken=tokens.access)
    refresh = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    return user == refresh == {because}


def revoke(door: Door, token: object, **params: object) -> dict:
    """RevokeToken through the app client."""
    return door.drive.call("RevokeToken", **{"ClientId": door.client, "Token": token, **params})


def test_global_sign_out():
    """A user signs out everywhere: tokens of all sign-ins are dead, others' are not, and a new sign-in works."""
    door = Door()
    door.confirmed("bob")
    one, two, bobs = door.tokens(), door.tokens(), door.tokens(USERNAME="bob")
    door.drive.call("GlobalSignOut", AccessToken=one.access)
    assert is_over(door, one, "tokens/signs-out-everywhere")
    assert is_over(door, two, "tokens/signs-out-everywhere")
    door.start("REFRESH_TOKEN", REFRESH_TOKEN=bobs.refresh)
    door.drive.call("GetUser", AccessToken=door.tokens().access)


def test_administrators_sign_out():
    """An administrator signs a user out everywhere, and no other."""
    door = Door()
    door.confirmed("bob")
    tokens, bobs = door.tokens(), door.tokens(USERNAME="bob")
    door.admin("AdminUserGlobalSignOut", "ann")
    assert is_over(door, tokens, "tokens/signs-out-everywhere")
    door.start("REFRESH_TOKEN", REFRESH_TOKEN=bobs.refresh)
    assert door.admin_refused("AdminUserGlobalSignOut", "nobody") == {"common/user-exists"}


def test_revoke_token():
    """Revoking a refresh token ends its sign-in, and a token of it cannot sign out; another sign-in goes on."""
    door = Door()
    one, two = door.tokens(), door.tokens()
    revoke(door, one.refresh)
    assert is_over(door, one, "tokens/revokes-one-sign-in")
    assert door.drive.refused("GlobalSignOut", AccessToken=one.access) == {"tokens/revokes-one-sign-in"}
    door.start("REFRESH_TOKEN", REFRESH_TOKEN=two.refresh)
    door.drive.call("GetUser", AccessToken=two.access)


def test_renewed_tokens_are_revoked_too():
    """The tokens of a refresh belong to the sign-in, and end with it."""
    door = Door()
    tokens = door.tokens()
    renewed = door.start("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)["AuthenticationResult"][
        "AccessToken"
    ].term
    revoke(door, tokens.refresh)
    assert door.drive.refused("GetUser", AccessToken=renewed) == {"tokens/revokes-one-sign-in"}


@pytest.mark.parametrize("kind", ["access", "id"])
def test_only_refresh_tokens_revoke(kind):
    """An access or id token cannot be revoked."""
    door = Door()
    token = getattr(door.tokens(), kind)
    refused = door.drive.refused("RevokeToken", ClientId=door.client, Token=token)
    assert refused == {"tokens/only-refresh-tokens-revoke"}


def test_another_clients_token():
    """A client cannot revoke another's token."""
    door = Door()
    refused = door.drive.refused("RevokeToken", ClientId=door.another_client(), Token=door.tokens().refresh)
    assert refused == {"tokens/revoked-by-its-client"}


def test_revoking_through_an_unknown_client():
    """Through a client that does not exist nothing is revoked; RevokeToken does not declare how that is said."""
    door = Door()
    outcome = door.drive.outcome("RevokeToken", ClientId=Junk("ClientId"), Token=door.tokens().refresh)
    assert {r.requirement.slug for r in outcome.refusals} == {"common/client-exists"}
    assert {r.requirement.slug for r in outcome.tolerated} == {"tokens/unknown-token-may-be-refused"}


def test_revocation_is_off():
    """Through a client that turned revocation off nothing is revoked."""
    door = Door(client={"EnableTokenRevocation": False})
    refused = door.drive.refused("RevokeToken", ClientId=door.client, Token=door.tokens().refresh)
    assert refused == {"tokens/revocation-is-on"}


def test_unknown_or_dead_token():
    """Revoking what is no token, or dead already, may be refused or done."""
    door = Door()
    tokens = door.tokens()
    revoke(door, tokens.refresh)
    for token in (Junk("RefreshToken"), tokens.refresh):
        outcome = door.drive.outcome("RevokeToken", ClientId=door.client, Token=token)
        assert tolerated(outcome) == {"tokens/unknown-token-may-be-refused"}


def test_client_secret():
    """A client with a secret gives it to revoke."""
    door = Door(client={"GenerateSecret": True})
    tokens = door.tokens()
    refused = door.drive.refused("RevokeToken", ClientId=door.client, Token=tokens.refresh)
    assert refused == {"tokens/client-secret-is-given"}
    revoke(door, tokens.refresh, ClientSecret=door.pool.clients[door.client].secret)


def test_text_of_a_revoked_refresh_token():
    """The refusal of a revoked refresh token speaks of that token."""
    door = Door()
    tokens = door.tokens()
    revoke(door, tokens.refresh)
    outcome = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    assert outcome.refusals[0].text == ("Refresh Token has been revoked",)


def test_sign_in_that_is_over_for_no_known_reason():
    """The refresh token of a sign-in that was ended is refused, whatever ended it."""
    door = Door()
    tokens = door.tokens()
    grant = next(iter(door.pool.grants.values()))
    door.drive.world = door.drive.world.with_pool(door.pool.put(grant=replace(grant, revoked=True)))
    refused = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
    assert refused == {"tokens/refresh-token-is-not-revoked"}
