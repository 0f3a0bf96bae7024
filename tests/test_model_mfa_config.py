"""GetUserPoolMfaConfig and SetUserPoolMfaConfig."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Exactly, OneOf
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "x"}
TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
TEXT = {"SmsMfaConfiguration": {"SmsConfiguration": SMS, "SmsAuthenticationMessage": "{####} it is"}}
SES = {
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    }
}


def pool_in(drive: Drive, *factors: str, **params: object) -> object:
    """The id of a pool that was just made, with these first factors if any are given."""
    if factors:
        params["Policies"] = {"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}}
    return drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]


def test_bare_pool_has_no_factor():
    """A bare pool shows MfaConfiguration OFF and no second factor."""
    drive = Drive()
    outcome = drive.outcome("GetUserPoolMfaConfig", UserPoolId=pool_in(drive))
    assert {"mfa-config/shows-mfa", "mfa-config/no-totp-unless-set", "pool-defaults/mfa-is-off"} <= rests_on(
        outcome
    )
    members = plain(outcome.replies[0].members)
    assert members["MfaConfiguration"] == "OFF"
    assert members["SoftwareTokenMfaConfiguration"] is ABSENT


@pytest.mark.parametrize("member", ["SmsMfaConfiguration", "EmailMfaConfiguration"])
def test_factor_that_was_not_set_may_be_empty(member):
    """The member of a factor that was not set may be left out or be empty; evidence settles the software token's alone."""
    drive = Drive()
    shown = drive.outcome("GetUserPoolMfaConfig", UserPoolId=pool_in(drive)).replies[0].members[member]
    assert plain(shown).choices == (ABSENT, Exactly({}))


@pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
def test_mode_of_the_creation_is_shown(mode):
    """A pool that was created with MFA by text message shows the mode, here as in its description."""
    drive = Drive()
    pool = pool_in(drive, MfaConfiguration=mode, SmsConfiguration=SMS)
    for operation in ("GetUserPoolMfaConfig", "DescribeUserPool"):
        answer = drive.call(operation, UserPoolId=pool)
        assert answer.get("UserPool", answer)["MfaConfiguration"] == mode


def test_factors_are_set_and_shown():
    """SetUserPoolMfaConfig sets MfaConfiguration and the factors that it names, and answers with them."""
    drive = Drive()
    pool = pool_in(drive)
    answer = drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="OPTIONAL", **TOTP, **TEXT)
    assert answer["MfaConfiguration"] == "OPTIONAL"
    assert answer["SmsMfaConfiguration"] == TEXT["SmsMfaConfiguration"]
    shown = drive.outcome("GetUserPoolMfaConfig", UserPoolId=pool).replies[0].members
    assert reasons(shown["SoftwareTokenMfaConfiguration"]) == {"mfa-config/sets-mfa"}


def test_text_configuration_of_the_pool_is_open():
    """Whether DescribeUserPool shows the SmsConfiguration that SetUserPoolMfaConfig was given is not settled."""
    drive = Drive()
    pool = pool_in(drive)
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="OPTIONAL", **TEXT)
    replies = drive.outcome("DescribeUserPool", UserPoolId=pool).replies
    shown = [plain(reply.members["UserPool"]["SmsConfiguration"]) for reply in replies]
    assert shown == [SMS, ABSENT]


def test_unnamed_factors_are_gone():
    """A factor that SetUserPoolMfaConfig does not name is off afterwards, and so is MFA."""
    drive = Drive()
    pool = pool_in(drive)
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON", **TOTP)
    answer = drive.outcome("SetUserPoolMfaConfig", UserPoolId=pool).replies[0].members
    assert reasons(answer["MfaConfiguration"]) == {"mfa-config/replaces-all"}
    assert plain(answer["MfaConfiguration"]) == "OFF"
    assert plain(answer["SoftwareTokenMfaConfiguration"]) is ABSENT


def test_disabled_totp_is_shown_or_not():
    """A software token that was set to disabled beside another factor is shown as such, or not at all."""
    drive = Drive()
    disabled = {"Enabled": False}
    pool = pool_in(drive)
    params = {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": disabled, **TEXT}
    answer = drive.call("SetUserPoolMfaConfig", UserPoolId=pool, **params)
    assert answer["SoftwareTokenMfaConfiguration"] == OneOf.of(disabled, ABSENT)


@pytest.mark.parametrize("off", [{}, {"MfaConfiguration": "OFF"}])
@pytest.mark.parametrize("factor", [TOTP, TEXT, {"EmailMfaConfiguration": {}}])
def test_factor_without_mfa_is_refused(off, factor):
    """A factor beside MfaConfiguration OFF is refused, before anything else is looked at."""
    drive = Drive()
    refused = drive.refused("SetUserPoolMfaConfig", UserPoolId=pool_in(drive), **off, **factor)
    assert refused == {"mfa-config/off-has-no-factor"}


@pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
def test_mfa_without_factor_is_refused(mode):
    """MfaConfiguration ON or OPTIONAL without any factor is refused."""
    drive = Drive()
    refused = drive.refused("SetUserPoolMfaConfig", UserPoolId=pool_in(drive), MfaConfiguration=mode)
    assert refused == {"mfa-config/on-has-factor"}


@pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
def test_mfa_beside_a_token_that_is_off_may_be_accepted(mode):
    """MfaConfiguration ON or OPTIONAL beside a software token that is off is accepted, or refused."""
    drive = Drive()
    off = {"SoftwareTokenMfaConfiguration": {"Enabled": False}}
    outcome = drive.outcome("SetUserPoolMfaConfig", UserPoolId=pool_in(drive), MfaConfiguration=mode, **off)
    assert tolerated(outcome) == {"mfa-config/on-has-factor"}
    assert plain(outcome.replies[0].members["MfaConfiguration"]) == mode


def test_mfa_beside_texts_that_cannot_be_sent_is_likely_refused():
    """MfaConfiguration ON beside text messages, in a pool without an SmsConfiguration, is likely refused."""
    drive = Drive()
    text = {"SmsMfaConfiguration": {"SmsAuthenticationMessage": "{####}"}}
    outcome = drive.outcome("SetUserPoolMfaConfig", UserPoolId=pool_in(drive), MfaConfiguration="ON", **text)
    assert "mfa-config/on-has-factor" in tolerated(outcome)


def test_mfa_in_a_pool_that_texts_may_need_no_factor():
    """Where the pool has an SmsConfiguration already, MFA without a named factor may be accepted."""
    drive = Drive()
    pool = pool_in(drive, SmsConfiguration=SMS)
    outcome = drive.outcome("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON")
    assert "mfa-config/on-has-factor" in tolerated(outcome)


def test_email_needs_its_own_sender():
    """E-mail as a factor is refused in a pool whose e-mail Cognito sends itself, and in the tier LITE."""
    drive = Drive()
    email = {"MfaConfiguration": "ON", "EmailMfaConfiguration": {}}
    refused = drive.refused("SetUserPoolMfaConfig", UserPoolId=pool_in(drive), **email)
    assert refused == {"mfa-config/email-needs-ses"}
    pool = pool_in(drive, **SES, UserPoolTier="LITE")
    assert drive.refused("SetUserPoolMfaConfig", UserPoolId=pool, **email) == {
        "mfa-config/email-needs-essentials"
    }
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool_in(drive, **SES), **email)


def test_sms_without_configuration_may_be_refused():
    """SMS as a factor may be refused in a pool that has no SmsConfiguration."""
    drive = Drive()
    params = {"MfaConfiguration": "ON", "SmsMfaConfiguration": {}, **TOTP}
    outcome = drive.outcome("SetUserPoolMfaConfig", UserPoolId=pool_in(drive), **params)
    assert tolerated(outcome) == {"mfa-config/sms-needs-configuration"}


def test_required_mfa_excludes_one_time_passwords():
    """MfaConfiguration ON is refused where one-time passwords are first factors; OPTIONAL is not."""
    drive = Drive()
    pool = pool_in(drive, "PASSWORD", "EMAIL_OTP")
    refused = drive.refused("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON", **TOTP)
    assert refused == {"mfa-config/required-mfa-needs-password"}
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="OPTIONAL", **TOTP)


def test_required_mfa_needs_verified_passkeys():
    """MfaConfiguration ON is refused where passkeys are a first factor and count as a single one."""
    drive = Drive()
    pool = pool_in(drive, "PASSWORD", "WEB_AUTHN")
    on = {"UserPoolId": pool, "MfaConfiguration": "ON", **TOTP}
    assert drive.refused("SetUserPoolMfaConfig", **on) == {"mfa-config/required-mfa-needs-verified-passkey"}
    passkeys = {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}
    answer = drive.call("SetUserPoolMfaConfig", **on, WebAuthnConfiguration=passkeys)
    assert answer["WebAuthnConfiguration"] == passkeys


def test_passkeys_need_no_mfa():
    """Passkeys are configured with MfaConfiguration OFF: they are no second factor."""
    drive = Drive()
    pool = pool_in(drive)
    passkeys = {"RelyingPartyId": "auth.example.com"}
    params = {"MfaConfiguration": "OFF", "WebAuthnConfiguration": passkeys}
    answer = drive.call("SetUserPoolMfaConfig", UserPoolId=pool, **params)
    assert answer["WebAuthnConfiguration"] == passkeys


def test_empty_block_is_a_factor():
    """An empty EmailMfaConfiguration turns the factor on, and is shown as it was given (mfa-email-empty-block)."""
    drive = Drive()
    pool = pool_in(drive, **SES)
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON", EmailMfaConfiguration={})
    assert drive.call("GetUserPoolMfaConfig", UserPoolId=pool)["EmailMfaConfiguration"] == {}


@pytest.mark.parametrize("party", ["com", "co.uk"])
def test_relying_party_is_no_public_suffix(party):
    """A public suffix is refused as relying party; a name without a dot may be."""
    drive = Drive()
    pool = pool_in(drive)
    given = {"UserPoolId": pool, "WebAuthnConfiguration": {"RelyingPartyId": party}}
    assert drive.refused("SetUserPoolMfaConfig", **given) == {"mfa-config/relying-party-is-no-suffix"}
    given["WebAuthnConfiguration"] = {"RelyingPartyId": "intranet"}
    outcome = drive.outcome("SetUserPoolMfaConfig", **given)
    assert tolerated(outcome) == {"mfa-config/relying-party-is-no-suffix"}
    drive.call(
        "SetUserPoolMfaConfig", UserPoolId=pool, WebAuthnConfiguration={"RelyingPartyId": f"a.{party}"}
    )


def test_passkeys_count_once_again_when_they_are_not_named():
    """SetUserPoolMfaConfig without WebAuthnConfiguration makes passkeys a single factor, which MFA may not go with."""
    drive = Drive()
    twice = {"WebAuthnConfiguration": {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}}
    required = {"MfaConfiguration": "ON", **TOTP}
    pool = pool_in(drive, "PASSWORD", "WEB_AUTHN")
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, **required, **twice)
    refused = drive.refused("SetUserPoolMfaConfig", UserPoolId=pool, **required)
    assert refused == {"mfa-config/required-mfa-needs-verified-passkey"}
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="OPTIONAL", **TOTP)
    shown = drive.call("GetUserPoolMfaConfig", UserPoolId=pool)["WebAuthnConfiguration"]
    assert [plain(choice) for choice in shown.choices][1] is ABSENT
    assert plain(shown.choices[0])["FactorConfiguration"] == OneOf.of("SINGLE_FACTOR", ABSENT)


def test_a_factor_that_recovers_may_be_refused():
    """A second factor that is a way of recovery too may be refused."""
    drive = Drive()
    for way, factor, slug, more in (
        ("verified_email", {"EmailMfaConfiguration": {"Subject": "s", "Message": "{####}"}}, "email", SES),
        ("verified_phone_number", TEXT, "phone", {}),
    ):
        setting = {"RecoveryMechanisms": [{"Priority": 1, "Name": way}]}
        pool = pool_in(drive, AccountRecoverySetting=setting, **more)
        outcome = drive.outcome("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON", **factor)
        assert f"pool-rules/{slug}-recovers-or-is-factor" in tolerated(outcome)
