"""Software tokens: given, verified, taken away."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Bag, OneOf
from cognito_model.terms import Junk, Spoiled, TotpCode
from support.door import PHONE, TEXT, TOTP, Door
from support.expectations import rests_on, tolerated

REQUIRED = {"MfaConfiguration": "ON"}


def associate(door: Door, **bearer: object) -> object:
    """The secret that AssociateSoftwareToken gives."""
    return door.drive.call("AssociateSoftwareToken", **bearer)["SecretCode"].parts[-1]


def test_secret_is_given():
    """By access token AssociateSoftwareToken gives a base32 secret, another each time, and no session."""
    door = Door(mfa=TOTP)
    token = door.tokens().access
    outcome = door.drive.outcome("AssociateSoftwareToken", AccessToken=token)
    assert rests_on(outcome) == {"mfa/gives-secret", "mfa/secret-is-base32"}
    assert door.drive.call("AssociateSoftwareToken", AccessToken=token)["Session"] == ABSENT
    assert associate(door, AccessToken=token) != associate(door, AccessToken=token)


def test_token_or_session():
    """Neither access token nor session is refused, both at once may be."""
    door = Door(mfa=TOTP)
    for operation, more in (("AssociateSoftwareToken", {}), ("VerifySoftwareToken", {"UserCode": "123456"})):
        assert door.drive.refused(operation, **more) == {"mfa/one-of-token-and-session"}
    both = {"AccessToken": door.tokens().access, "Session": Junk("Session")}
    assert tolerated(door.drive.outcome("AssociateSoftwareToken", **both)) == {"mfa/one-of-token-and-session"}


def test_pool_without_software_tokens():
    """In a pool that does not use software tokens setting one up may be refused."""
    door = Door()
    outcome = door.drive.outcome("AssociateSoftwareToken", AccessToken=door.tokens().access)
    assert tolerated(outcome) == {"mfa/pool-has-software-tokens"}


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_code_verifies(offset):
    """A code of the step before, of now or of the step after verifies the token; by access token there is no session."""
    door = Door(mfa=TOTP)
    token = door.tokens().access
    code = TotpCode(associate(door, AccessToken=token), offset)
    outcome = door.drive.outcome("VerifySoftwareToken", AccessToken=token, UserCode=code)
    assert rests_on(outcome) == {"mfa/code-verifies"}
    answer = door.drive.call("VerifySoftwareToken", AccessToken=token, UserCode=code)
    assert (answer["Status"], answer["Session"].choices[0]) == ("SUCCESS", ABSENT)
    assert isinstance(answer["Session"], OneOf)


def test_verified_token_may_be_listed():
    """Whether a token that was verified, and not enabled, is a user's factor, or the preferred one, is not settled.

    One that was enabled without being preferred is none that is preferred, and a disabled one is no factor.
    """
    door = Door(mfa=TOTP)
    token = door.tokens().access
    code = TotpCode(associate(door, AccessToken=token), 0)
    door.drive.call("VerifySoftwareToken", AccessToken=token, UserCode=code)
    listed = door.admin("AdminGetUser", "ann")["UserMFASettingList"]
    assert listed == OneOf.of(ABSENT, Bag(("SOFTWARE_TOKEN_MFA",)))
    preferred = door.admin("AdminGetUser", "ann")["PreferredMfaSetting"]
    assert preferred == OneOf.of(ABSENT, "SOFTWARE_TOKEN_MFA")
    on = {"Enabled": True, "PreferredMfa": False}
    door.admin("AdminSetUserMFAPreference", "ann", SoftwareTokenMfaSettings=on)
    assert door.admin("AdminGetUser", "ann")["PreferredMfaSetting"] is ABSENT
    off = {"Enabled": False, "PreferredMfa": False}
    door.admin("AdminSetUserMFAPreference", "ann", SoftwareTokenMfaSettings=off)
    assert door.admin("AdminGetUser", "ann")["UserMFASettingList"] is ABSENT


def test_wrong_code():
    """A wrong code is refused, and the right one is taken afterwards; what is no code breaks the API's pattern."""
    door = Door(mfa=TOTP)
    token = door.tokens().access
    secret = associate(door, AccessToken=token)
    for wrong in (Spoiled(TotpCode(secret, 0), "digit"), TotpCode(secret, 2), "000000"):
        refused = door.drive.refused("VerifySoftwareToken", AccessToken=token, UserCode=wrong)
        assert refused == {"mfa/code-is-right"}
    refused = door.drive.refused("VerifySoftwareToken", AccessToken=token, UserCode="abc")
    assert refused == {"protocol/request-keeps-constraints"}
    door.drive.call("VerifySoftwareToken", AccessToken=token, UserCode=TotpCode(secret, 0))


def test_nothing_to_verify():
    """Verifying a token that was not given is refused."""
    door = Door(mfa=TOTP)
    refused = door.drive.refused("VerifySoftwareToken", AccessToken=door.tokens().access, UserCode="123456")
    assert refused == {"mfa/secret-was-given"}


def test_session_of_setup():
    """A session must be one of MFA_SETUP that was not used and is fresh."""
    door = Door(mfa={**TOTP, **TEXT, **REQUIRED})
    door.confirmed("bob", **PHONE)
    genuine = door.drive.refused("AssociateSoftwareToken", Session=Junk("Session"))
    assert genuine == {"challenges/session-is-genuine"}
    other = door.start(USERNAME="bob")["Session"]
    assert door.drive.refused("AssociateSoftwareToken", Session=other) == {"challenges/session-fits-answer"}
    session = door.start()["Session"]
    following = door.drive.call("AssociateSoftwareToken", Session=session)["Session"]
    assert door.drive.refused("AssociateSoftwareToken", Session=session) == {"challenges/session-counts-once"}
    verify = {"Session": following, "UserCode": "123456"}
    door.later(200)
    assert door.drive.refused("VerifySoftwareToken", **verify) == {"challenges/session-is-fresh"}
    door.admin("AdminDeleteUser", "ann")
    door.later(-200)
    assert door.drive.refused("VerifySoftwareToken", **verify) == {"challenges/session-is-genuine"}


def test_token_is_taken_away():
    """After AdminDeleteSoftwareToken the token is asked for no more, and cannot be turned on."""
    door = Door(mfa=TOTP)
    door.with_totp()
    outcome = door.admin_outcome("AdminDeleteSoftwareToken", "ann")
    assert rests_on(outcome) == {"mfa/deletes-token"}
    door.admin("AdminDeleteSoftwareToken", "ann")
    assert "AccessToken" in door.start()["AuthenticationResult"]
    on = {"SoftwareTokenMfaSettings": {"Enabled": True}}
    token = door.tokens().access
    assert door.drive.refused("SetUserMFAPreference", AccessToken=token, **on) == {"mfa/token-is-verified"}
    assert tolerated(door.admin_outcome("AdminDeleteSoftwareToken", "ann")) == {"mfa/token-is-there"}
