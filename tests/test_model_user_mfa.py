"""Which second factors a user has on, and prefers."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Bag, OneOf
from support.door import EMAIL, MAIL, PHONE, TEXT, TOTP, Door
from support.expectations import reasons, rests_on, tolerated
from support.people import attributes

ON = {"Enabled": True, "PreferredMfa": False}
FIRST = {"Enabled": True, "PreferredMfa": True}
OFF = {"Enabled": False, "PreferredMfa": False}
SENDING = {
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    }
}


def prefer(door: Door, **settings: object) -> dict:
    """AdminSetUserMFAPreference for Ann."""
    return door.admin("AdminSetUserMFAPreference", "ann", **settings)


def shown(door: Door) -> tuple[object, object]:
    """UserMFASettingList and PreferredMfaSetting, as AdminGetUser answers them."""
    answer = door.admin("AdminGetUser", "ann")
    listed = answer["UserMFASettingList"]
    return set(listed.items) if isinstance(listed, Bag) else listed, answer["PreferredMfaSetting"]


@pytest.mark.parametrize("own", [True, False])
def test_preference_is_kept(own):
    """What is turned on and preferred is what it was last set to, by the user or an administrator."""
    door = Door(mfa={**TOTP, **TEXT}, ann=PHONE)
    token = door.tokens().access
    assert shown(door) == (ABSENT, ABSENT)
    params = {"SMSMfaSettings": FIRST}
    if own:
        outcome = door.drive.outcome("SetUserMFAPreference", AccessToken=token, **params)
        door.drive.call("SetUserMFAPreference", AccessToken=token, **params)
    else:
        outcome = door.admin_outcome("AdminSetUserMFAPreference", "ann", **params)
        prefer(door, **params)
    assert rests_on(outcome) == {"mfa/preference-is-kept"}
    assert shown(door) == ({"SMS_MFA"}, "SMS_MFA")
    assert "mfa/preference-is-kept" in reasons(
        dict(door.admin_outcome("AdminGetUser", "ann").replies[0].members)
    )


def test_on_without_preference():
    """A factor may be on and not preferred."""
    door = Door(mfa=TOTP)
    door.with_totp(prefer=False)
    assert shown(door) == ({"SOFTWARE_TOKEN_MFA"}, ABSENT)


def test_preference_changes():
    """Preferring another factor leaves the first one on; turning the preferred one off leaves no preference."""
    door = Door(mfa={**TOTP, **TEXT}, ann=PHONE)
    door.with_totp()
    prefer(door, SMSMfaSettings=FIRST)
    assert shown(door) == ({"SOFTWARE_TOKEN_MFA", "SMS_MFA"}, "SMS_MFA")
    prefer(door, SMSMfaSettings=OFF)
    assert shown(door) == ({"SOFTWARE_TOKEN_MFA"}, ABSENT)


def test_two_are_preferred():
    """Two factors cannot both be preferred."""
    door = Door(mfa={**TOTP, **TEXT}, ann=PHONE)
    door.with_totp()
    both = {"SMSMfaSettings": FIRST, "SoftwareTokenMfaSettings": FIRST}
    assert door.admin_refused("AdminSetUserMFAPreference", "ann", **both) == {"mfa/one-is-preferred"}


def test_software_token_must_be_verified():
    """A software token that was not verified cannot be turned on; an administrator may be let. Off is no error."""
    door = Door(mfa=TOTP)
    on = {"SoftwareTokenMfaSettings": ON}
    by_admin = door.admin_outcome("AdminSetUserMFAPreference", "ann", **on)
    assert tolerated(by_admin) == {"mfa/token-is-verified"}
    token = door.tokens().access
    door.drive.call("AssociateSoftwareToken", AccessToken=token)
    assert door.drive.refused("SetUserMFAPreference", AccessToken=token, **on) == {"mfa/token-is-verified"}
    prefer(door, SoftwareTokenMfaSettings=OFF)


def test_passkeys_as_second_factor():
    """Passkeys turned on as a second factor may be refused, and rather so with no other one beside them."""
    door = Door(mfa=TOTP)
    alone = door.admin_outcome("AdminSetUserMFAPreference", "ann", WebAuthnMfaSettings=ON)
    assert tolerated(alone) == {"mfa/factor-may-be-refused"}
    door.with_totp()
    beside = door.admin_outcome("AdminSetUserMFAPreference", "ann", WebAuthnMfaSettings=ON)
    assert tolerated(beside) == {"mfa/factor-may-be-refused"}
    assert [any(refusal.likely for refusal in outcome.tolerated) for outcome in (alone, beside)] == [
        True,
        False,
    ]


def test_phone_must_be_there():
    """Text messages cannot be turned on without a phone number."""
    door = Door(mfa=TEXT)
    assert door.admin_refused("AdminSetUserMFAPreference", "ann", SMSMfaSettings=ON) == {"mfa/phone-is-there"}


def test_user_with_temporary_password():
    """An administrator may set the factors of a user who never signed in."""
    door = Door(mfa=TEXT)
    door.create("bob", **PHONE)
    door.admin("AdminSetUserMFAPreference", "bob", SMSMfaSettings=ON)


@pytest.mark.parametrize(
    ("mfa", "settings"),
    [
        (TOTP, {"SMSMfaSettings": ON}),
        (TEXT, {"EmailMfaSettings": ON}),
        (TEXT, {"SMSMfaSettings": {"Enabled": False, "PreferredMfa": True}}),
        ({**TEXT, "MfaConfiguration": "ON"}, {"SMSMfaSettings": OFF}),
    ],
)
def test_doubtful_settings(mfa, settings):
    """A factor that the pool does not use, one preferred and off, all off where MFA is required: doubtful."""
    door = Door(mfa=mfa, ann=PHONE)
    assert tolerated(door.admin_outcome("AdminSetUserMFAPreference", "ann", **settings)) == {
        "mfa/factor-may-be-refused"
    }


def test_pool_without_mfa():
    """In a pool without MFA a preference may be refused."""
    door = Door(ann=PHONE)
    outcome = door.admin_outcome("AdminSetUserMFAPreference", "ann", SMSMfaSettings=ON)
    assert tolerated(outcome) == {"mfa/factor-may-be-refused"}


@pytest.mark.parametrize("own", [True, False])
def test_settings_of_old(own):
    """SetUserSettings and AdminSetUserSettings turn text messages on and off, or are refused."""
    door = Door(mfa=TEXT, ann=PHONE)
    token = door.tokens().access
    operation, bearer = "SetUserSettings", {"AccessToken": token}
    if not own:
        operation, bearer = "AdminSetUserSettings", {"UserPoolId": door.id, "Username": "ann"}
    options = [{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]
    outcome = door.drive.outcome(operation, **bearer, MFAOptions=options)
    assert rests_on(outcome) == {"mfa/settings-are-taken"}
    assert tolerated(outcome) == {"mfa/factor-may-be-refused"}
    door.drive.call(operation, **bearer, MFAOptions=options)
    assert shown(door) == ({"SMS_MFA"}, ABSENT)
    door.drive.call(operation, **bearer, MFAOptions=[])
    assert shown(door) == (ABSENT, ABSENT)


def test_unverified_contact_is_likely_no_factor():
    """A pool that allows passwords alone lists a verified address as a factor, and likely not one that is unverified."""
    door = Door(ann={**PHONE, **EMAIL})
    door.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(email_verified="true"))
    members = door.admin_outcome("AdminGetUserAuthFactors", "ann").replies[0].members
    assert members["ConfiguredUserAuthFactors"].value == OneOf.of(
        Bag(("EMAIL_OTP", "PASSWORD"), ("SMS_OTP",)), Bag(("PASSWORD",), ("EMAIL_OTP", "SMS_OTP"))
    )


@pytest.mark.parametrize("own", [True, False])
def test_auth_factors(own):
    """GetUserAuthFactors tells the name, second factors and first factors of a user."""
    factors = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}}
    door = Door(mfa={**MAIL, **TEXT}, ann={**PHONE, **EMAIL}, **SENDING, **factors)
    prefer(door, SMSMfaSettings=FIRST)
    door.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(email_verified="true"))
    session = door.start()["Session"]
    token = door.answer("SMS_MFA", session, SMS_MFA_CODE=door.text())["AuthenticationResult"][
        "AccessToken"
    ].term
    if own:
        outcome = door.drive.outcome("GetUserAuthFactors", AccessToken=token)
    else:
        outcome = door.admin_outcome("AdminGetUserAuthFactors", "ann")
    assert {"mfa/factors-are-told", "mfa/first-factors-are-told"} <= rests_on(outcome)
    members = outcome.replies[0].members
    assert members["Username"] == "ann"
    assert members["ConfiguredUserAuthFactors"].value == OneOf.of(
        Bag(("EMAIL_OTP", "PASSWORD", "SMS_OTP")), Bag(("EMAIL_OTP", "PASSWORD"), ("SMS_OTP",))
    )
    assert members["PreferredMfaSetting"].value == "SMS_MFA"
