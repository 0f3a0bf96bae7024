"""UpdateUserPool: what it sets, what it keeps, and what it takes back to the default."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Exactly, unwrap
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated
from support.people import Town

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "x"}
COGNITO = {"EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "help@example.com"}
KEY = {"KeyType": "AWS_OWNED_KEY"}
ONLY_ADMIN = {"RecoveryMechanisms": [{"Priority": 1, "Name": "admin_only"}]}
TRIGGER = {"PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:pre"}


def updated(created: dict[str, object], **params: object) -> list[dict[str, object]]:
    """The UserPool members that may be shown after a pool, made as in `created`, was updated."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people", **created)["UserPool"]["Id"]
    drive.call("UpdateUserPool", UserPoolId=pool, **params)
    outcome = drive.outcome("DescribeUserPool", UserPoolId=pool)
    return [reply.members["UserPool"] for reply in outcome.replies]


def test_named_settings_are_set():
    """The settings that UpdateUserPool was given are the pool's settings."""
    policy = {"MinimumLength": 14, "RequireSymbols": True}
    (shown,) = updated(
        {}, Policies={"PasswordPolicy": policy}, DeletionProtection="ACTIVE", UserPoolTier="LITE"
    )
    assert reasons(shown["DeletionProtection"]) == {"pool-updates/updates-pool"}
    assert plain(shown["UserPoolTier"]) == "LITE"
    assert policy.items() <= plain(shown["Policies"])["PasswordPolicy"].items()


def test_pool_is_renamed():
    """UpdateUserPool with a PoolName renames the pool."""
    (shown,) = updated({}, PoolName="others")
    assert reasons(shown["Name"]) == {"pool-updates/renames-pool"}
    assert plain(shown["Name"]) == "others"


@pytest.mark.parametrize(
    ("requirement", "member", "created", "value"),
    [
        ("keeps-mfa", "MfaConfiguration", {"MfaConfiguration": "ON", "SmsConfiguration": SMS}, "ON"),
        ("keeps-tier", "UserPoolTier", {"UserPoolTier": "PLUS"}, "PLUS"),
        ("keeps-protection", "DeletionProtection", {"DeletionProtection": "ACTIVE"}, "ACTIVE"),
        ("keeps-tags", "UserPoolTags", {"UserPoolTags": {"team": "a"}}, Exactly({"team": "a"})),
        ("keeps-sms", "SmsConfiguration", {"SmsConfiguration": SMS}, SMS),
        ("keeps-sender", "EmailConfiguration", {"EmailConfiguration": COGNITO}, COGNITO),
        ("keeps-keys", "KeyConfiguration", {"KeyConfiguration": KEY}, KEY),
    ],
)
def test_unnamed_setting_is_kept(requirement, member, created, value):
    """UpdateUserPool leaves much as it is that it does not name."""
    for shown in updated(created, AutoVerifiedAttributes=["email"]):
        assert reasons(shown[member]) == {f"pool-updates/{requirement}"}
        assert plain(shown[member]) == value


@pytest.mark.parametrize("policies", [None, {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}}])
def test_policy_is_kept(policies):
    """UpdateUserPool leaves a policy as it is that it does not name."""
    named = {} if policies is None else {"Policies": policies}
    (shown,) = updated({"Policies": {"PasswordPolicy": {"MinimumLength": 12}}}, **named)
    found = unwrap(shown["Policies"]["PasswordPolicy"])["MinimumLength"]
    assert reasons(found) == {"pool-updates/keeps-policies"}
    assert plain(found) == 12


@pytest.mark.parametrize(
    ("requirement", "member", "created"),
    [
        ("resets-auto-verified", "AutoVerifiedAttributes", {"AutoVerifiedAttributes": ["email"]}),
        ("resets-triggers", "LambdaConfig", {"LambdaConfig": TRIGGER}),
        (
            "resets-threat-protection",
            "UserPoolAddOns",
            {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}},
        ),
        ("resets-sms-message", "SmsAuthenticationMessage", {"SmsAuthenticationMessage": "It is {####}"}),
        (
            "resets-devices",
            "DeviceConfiguration",
            {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True}},
        ),
    ],
)
def test_unnamed_setting_is_reset(requirement, member, created):
    """What an update takes back to nothing where it does not name it."""
    (shown,) = updated(created, DeletionProtection="INACTIVE")
    assert reasons(shown[member]) == {f"pool-updates/{requirement}"}
    found = plain(shown[member])
    assert found in (ABSENT, Exactly({})) or ABSENT in found.choices


def test_updated_policy_counts_at_once():
    """A password policy that an update brought is shown, and holds for the next password."""
    town = Town()
    policy = {"MinimumLength": 14, "RequireNumbers": True}
    town.admin("UpdateUserPool", Policies={"PasswordPolicy": policy})
    shown = town.admin("DescribeUserPool")["UserPool"]["Policies"]["PasswordPolicy"]
    assert shown["MinimumLength"] == 14
    refused = town.public_refused("SignUp", "ann", Password="Passw0rd!x")
    assert refused == {"passwords/password-keeps-policy"}
    town.sign_up("ann", "passw0rdpassw0rd")


def test_attributes_may_wait_from_an_update_on():
    """Which attributes wait for a verification is what the creation said, or an update after it."""
    waiting = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    settings = {"AutoVerifiedAttributes": ["email"], "UserAttributeUpdateSettings": waiting}
    drive = Drive()
    pools = [
        drive.call("CreateUserPool", PoolName="people", **given)["UserPool"]["Id"] for given in (settings, {})
    ]
    drive.call("UpdateUserPool", UserPoolId=pools[1], **settings)
    for pool in pools:
        shown = drive.call("DescribeUserPool", UserPoolId=pool)["UserPool"]["UserAttributeUpdateSettings"]
        assert shown["AttributesRequireVerificationBeforeUpdate"].items == ("email",)


def test_waiting_attributes_must_be_named_again():
    """An update that leaves attributes waiting for a verification which is no longer asked for is refused."""
    drive = Drive()
    waiting = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    settings = {"AutoVerifiedAttributes": ["email"], "UserAttributeUpdateSettings": waiting}
    pool = drive.call("CreateUserPool", PoolName="people", **settings)["UserPool"]["Id"]
    refused = drive.refused("UpdateUserPool", UserPoolId=pool, DeletionProtection="INACTIVE")
    assert refused == {"pool-updates/update-settings-stay"}
    refused = drive.refused("UpdateUserPool", UserPoolId=pool, UserAttributeUpdateSettings=waiting)
    assert refused == {"pool-rules/update-waits-for-verified"}
    drive.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"])
    shown = drive.call("DescribeUserPool", UserPoolId=pool)["UserPool"]
    assert shown["UserAttributeUpdateSettings"]["AttributesRequireVerificationBeforeUpdate"].items == (
        "email",
    )


def test_recovery_is_kept():
    """The ways of recovery that a pool was given stay where an update does not name them."""
    (shown,) = updated({"AccountRecoverySetting": ONLY_ADMIN}, UserPoolTags={"team": "a"})
    assert reasons(shown["AccountRecoverySetting"]) == {"pool-updates/keeps-recovery"}


@pytest.mark.parametrize(
    ("requirement", "member", "part", "before", "after"),
    [
        ("resets-self-sign-up", "AdminCreateUserConfig", "AllowAdminCreateUserOnly", True, False),
        (
            "resets-verification",
            "VerificationMessageTemplate",
            "DefaultEmailOption",
            "CONFIRM_WITH_LINK",
            "CONFIRM_WITH_CODE",
        ),
    ],
)
def test_part_of_a_setting_is_reset(requirement, member, part, before, after):
    """Who may sign up and how users are verified goes back to the default, whatever else the setting says."""
    (shown,) = updated({member: {part: before}}, DeletionProtection="INACTIVE")
    assert f"pool-updates/{requirement}" in reasons(shown[member])
    assert plain(shown[member])[part] == after


@pytest.mark.parametrize(
    ("member", "part", "text"),
    [
        (
            "AdminCreateUserConfig",
            "AllowAdminCreateUserOnly",
            {"InviteMessageTemplate": {"EmailSubject": "Hi"}},
        ),
        ("VerificationMessageTemplate", "DefaultEmailOption", {"EmailSubject": "Hi"}),
    ],
)
def test_texts_may_stay_where_the_part_is_reset(member, part, text):
    """Of a setting with texts, the measured part is reset; nobody knows of the texts."""
    value = True if member == "AdminCreateUserConfig" else "CONFIRM_WITH_LINK"
    choices = []
    for shown in updated({member: {part: value, **text}}, DeletionProtection="INACTIVE"):
        found = unwrap(shown[member])
        choices += getattr(found, "choices", (found,))
    assert {plain(choice)[part] for choice in choices} in ({False}, {"CONFIRM_WITH_CODE"})
    assert any(text.items() <= plain(choice).items() for choice in choices)


def test_unmeasured_setting_is_kept_or_reset():
    """A setting of which nobody knows may show its old value or its default, until it is seen."""
    developer = {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a.example",
    }
    reset, kept = updated({"EmailConfiguration": developer}, AutoVerifiedAttributes=["email"])
    assert plain(reset["EmailConfiguration"])["EmailSendingAccount"] == "COGNITO_DEFAULT"
    assert plain(kept["EmailConfiguration"])["EmailSendingAccount"] == "DEVELOPER"
    assert "pool-updates/unnamed-setting-is-known" in reasons(reset["EmailConfiguration"])
    created = {"EmailConfiguration": developer, "EmailVerificationSubject": "Hi"}
    *_, either = updated(created, AutoVerifiedAttributes=["email"])
    assert len(plain(either["EmailConfiguration"]).choices) == 2
    assert either["EmailConfiguration"].requirement.slug == "pool-updates/unnamed-setting-is-known"


def test_protection_outlives_an_update():
    """A protected pool stays where an update does not speak of it."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people", DeletionProtection="ACTIVE")["UserPool"]["Id"]
    drive.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"])
    assert drive.refused("DeleteUserPool", UserPoolId=pool) == {"pools/protected-pool-stays"}


def test_doubt_ends_with_a_reading():
    """Once a pool was described, what is in it is known."""
    drive = Drive()
    created = {"EmailVerificationSubject": "Your code"}
    pool = drive.call("CreateUserPool", PoolName="people", **created)["UserPool"]["Id"]
    drive.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"])
    drive.world = drive.outcome("DescribeUserPool", UserPoolId=pool).replies[1].world
    (reply,) = drive.outcome("DescribeUserPool", UserPoolId=pool).replies
    assert plain(reply.members["UserPool"]["EmailVerificationSubject"]) == "Your code"


def test_mfa_is_turned_off():
    """UpdateUserPool with MfaConfiguration OFF turns MFA off, unless SMS is said to stand in the way."""
    drive = Drive()
    created = {"MfaConfiguration": "ON", "SmsConfiguration": SMS}
    pool = drive.call("CreateUserPool", PoolName="people", **created)["UserPool"]["Id"]
    off = {"UserPoolId": pool, "MfaConfiguration": "OFF", "SmsConfiguration": SMS}
    assert "pool-updates/sms-mfa-stays-with-sms" in tolerated(drive.outcome("UpdateUserPool", **off))
    drive.call("UpdateUserPool", **off)
    assert drive.call("GetUserPoolMfaConfig", UserPoolId=pool)["MfaConfiguration"] == "OFF"


def test_factors_are_in_doubt_while_mfa_is_off():
    """After UpdateUserPool turned MFA off, a factor may still be shown; it counts again once MFA is on."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    totp = {"Enabled": True}
    drive.call(
        "SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON", SoftwareTokenMfaConfiguration=totp
    )
    drive.call("UpdateUserPool", UserPoolId=pool, MfaConfiguration="OFF")
    shown = drive.call("GetUserPoolMfaConfig", UserPoolId=pool)["SoftwareTokenMfaConfiguration"]
    assert shown.choices == (ABSENT, totp)
    drive.call("UpdateUserPool", UserPoolId=pool, MfaConfiguration="OPTIONAL")
    assert drive.call("GetUserPoolMfaConfig", UserPoolId=pool)["SoftwareTokenMfaConfiguration"] == totp


def test_optional_mfa_without_factor_may_be_refused():
    """UpdateUserPool may refuse to make MFA optional in a pool that has no second factor."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    outcome = drive.outcome("UpdateUserPool", UserPoolId=pool, MfaConfiguration="OPTIONAL")
    assert tolerated(outcome) == {"pool-updates/mfa-needs-factor"}
    assert "pool-updates/updates-pool" in rests_on(outcome)


def test_required_mfa_needs_a_factor():
    """UpdateUserPool refuses to require MFA in a pool that has no second factor, and not where one is on."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    required = {"UserPoolId": pool, "MfaConfiguration": "ON"}
    assert drive.refused("UpdateUserPool", **required) == {"pool-updates/required-mfa-has-factor"}
    token = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="OPTIONAL", **token)
    assert tolerated(drive.outcome("UpdateUserPool", **required)) == set()
    drive.call("UpdateUserPool", UserPoolId=pool, MfaConfiguration="OFF")
    assert tolerated(drive.outcome("UpdateUserPool", **required)) == {"pool-updates/required-mfa-has-factor"}


def requiring(**more):
    """A pool whose users need a software token, and the drive that made it."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    totp = {"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}}
    drive.call("SetUserPoolMfaConfig", UserPoolId=pool, **totp, **more)
    return drive, pool


def first(*factors):
    """The policies that allow these first factors."""
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}}}


def test_one_time_passwords_do_not_go_with_mfa():
    """UpdateUserPool is refused that adds one-time passwords to the first factors where MFA is on."""
    drive, pool = requiring()
    refused = drive.refused("UpdateUserPool", UserPoolId=pool, **first("PASSWORD", "EMAIL_OTP"))
    assert refused == {"pool-updates/mfa-and-passwordless"}


def test_passkeys_need_to_be_two_factors_with_mfa():
    """UpdateUserPool is refused that adds passkeys where MFA is on, unless they count as two factors."""
    drive, pool = requiring()
    refused = drive.refused("UpdateUserPool", UserPoolId=pool, **first("PASSWORD", "WEB_AUTHN"))
    assert refused == {"pool-updates/mfa-and-passkeys"}
    drive, pool = requiring(
        WebAuthnConfiguration={"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}
    )
    drive.call("UpdateUserPool", UserPoolId=pool, **first("PASSWORD", "WEB_AUTHN"))


def test_turning_mfa_on_or_off_with_one_time_passwords_may_be_refused():
    """Whether the MFA that an update brings counts for its own first factors is not settled."""
    drive, pool = requiring()
    outcome = drive.outcome(
        "UpdateUserPool", UserPoolId=pool, MfaConfiguration="OPTIONAL", **first("PASSWORD", "SMS_OTP")
    )
    assert "pool-updates/mfa-and-passwordless" in tolerated(outcome)


def test_client_registration_stays():
    """Dynamic client registration that an update does not name stays; one that it names takes its place."""
    on = {"DcrConfiguration": {"EnableStatus": "Enabled", "OpenDcrEnabled": True}}
    (shown,) = updated(on)
    assert reasons(shown["DcrConfiguration"]) == {"pool-updates/keeps-client-registration"}
    assert plain(shown["DcrConfiguration"]) == on["DcrConfiguration"]
    (shown,) = updated(on, DcrConfiguration={"EnableStatus": "Disabled"})
    assert plain(shown["DcrConfiguration"]) == {"EnableStatus": "Disabled"}


def test_a_change_of_tier_keeps_features():
    """What the new tier does not have is refused as a change of tier, or as the feature is in a pool that stays."""
    drive = Drive()
    protected = {"UserPoolTier": "ESSENTIALS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}
    plus = drive.call("CreateUserPool", PoolName="plus", UserPoolTier="PLUS")["UserPool"]["Id"]
    outcome = drive.outcome("UpdateUserPool", UserPoolId=plus, **protected)
    assert [refusal.requirement.slug for refusal in outcome.refusals] == [
        "pool-rules/threat-protection-needs-plus"
    ]
    assert [(refusal.requirement.slug, refusal.text) for refusal in outcome.tolerated] == [
        ("pool-rules/tier-change-keeps-features", ("ESSENTIALS", " Threat Protection"))
    ]
    essentials = drive.call("CreateUserPool", PoolName="essentials")["UserPool"]["Id"]
    assert not drive.outcome("UpdateUserPool", UserPoolId=essentials, **protected).tolerated
