"""What an access token must be for the operations that it authorises, and secret hashes where none belong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cognito_model.requirements.common import access_token_is_genuine
from cognito_model.terms import Junk, Spoiled
from support.people import GOOD, Town


class Signed:
    """Ann, signed in, with the tokens that she was given."""

    def __init__(self) -> None:
        self.town = Town()
        self.town.confirmed()
        answer = self.town.admin(
            "AdminInitiateAuth",
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            ClientId=self.town.client,
            AuthParameters={"USERNAME": "ann", "PASSWORD": GOOD},
        )["AuthenticationResult"]
        self.access, self.id = answer["AccessToken"].term, answer["IdToken"].term

    def refused(self, token: Any) -> set[str]:
        """The reasons for which GetUser refuses a token."""
        return self.town.drive.refused("GetUser", AccessToken=token)

    def change_grant(self, **fields: Any) -> None:
        """Change the sign-in behind the tokens, which no call does in this way."""
        pool = self.town.pool
        [grant] = pool.grants.values()
        self.town.drive.world = self.town.drive.world.with_pool(pool.put(grant=replace(grant, **fields)))


def test_only_the_pools_own_access_tokens_count():
    """A made-up token, an altered one and an id token are refused."""
    ann = Signed()
    ann.town.drive.call("GetUser", AccessToken=ann.access)
    for token in (Junk("AccessToken"), Spoiled(ann.access, "claim"), "WRONG_TOKEN"):
        assert ann.refused(token) == {"common/access-token-is-genuine"}
    assert ann.refused(ann.id) == {"common/id-token-is-no-access-token"}


@pytest.mark.parametrize("text", ["Invalid Access Token", "Could not verify signature for Access Token"])
def test_text_for_a_token_that_is_not_genuine(text):
    """An access token that is not genuine is called invalid, or one whose signature could not be verified."""
    assert access_token_is_genuine.text.allows_text(text)


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("ListDevices", {}),
        ("AssociateSoftwareToken", {}),
        ("VerifySoftwareToken", {"UserCode": "123456"}),
        ("SetUserMFAPreference", {"SMSMfaSettings": {"Enabled": True}}),
        ("ChangePassword", {"PreviousPassword": GOOD, "ProposedPassword": "N3wPassw0rd!y"}),
        ("UpdateUserAttributes", {"UserAttributes": [{"Name": "name", "Value": "Ann"}]}),
        ("GlobalSignOut", {}),
        ("DeleteUser", {}),
    ],
)
def test_made_up_token_permits_nothing(operation, params):
    """A made-up token is refused by whatever a user may do with a true one."""
    refused = Town().drive.refused(operation, AccessToken="bogus", **params)
    assert refused == {"common/access-token-is-genuine"}


def test_token_expires():
    """A token past its expiry is refused."""
    ann = Signed()
    ann.town.drive.now += 3601
    assert ann.refused(ann.access) == {"common/access-token-is-not-expired"}


def test_revoked_token_is_refused():
    """A token of a revoked sign-in is refused, whatever revoked it."""
    ann = Signed()
    ann.change_grant(revoked=True)
    assert ann.refused(ann.access) == {"common/access-token-is-not-revoked"}


def test_token_of_a_disabled_user_is_refused():
    """A token that outlived the disabling of its user is refused for the user."""
    ann = Signed()
    ann.town.admin("AdminDisableUser", "ann")
    ann.change_grant(revoked=False)
    assert ann.refused(ann.access) == {"common/user-of-token-is-enabled"}


def test_secret_hash_without_a_secret_is_refused():
    """A client without a secret takes no secret hash."""
    refused = Town().public_refused("SignUp", "ann", Password=GOOD, SecretHash=Junk("SecretHash"))
    assert refused == {"common/secret-hash-is-expected"}
