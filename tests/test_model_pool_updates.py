"""UpdateUserPool: what it sets, what it keeps, and what it takes back to the default."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Exactly, unwrap
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated
from support.people import Town

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "x"}
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
    ],
)
def test_unnamed_setting_is_kept(requirement, member, created, value):
    """UpdateUserPool leaves MFA and the tier as they are where it does not name them."""
    for shown in updated(created, DeletionProtection="INACTIVE"):
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
    ],
)
def test_unnamed_setting_is_reset(requirement, member, created):
    """Auto-verified attributes, triggers and threat protection go where an update does not name them."""
    (shown,) = updated(created, DeletionProtection="INACTIVE")
    assert reasons(shown[member]) == {f"pool-updates/{requirement}"}
    assert plain(shown[member]) == Exactly({}) or ABSENT in plain(shown[member]).choices


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


def test_unmeasured_setting_is_kept_or_reset():
    """A setting of which nobody knows may show its old value or its default, until it is seen."""
    created = {"DeletionProtection": "ACTIVE", "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}}
    reset, kept, either = updated(created, AutoVerifiedAttributes=["email"])
    assert plain(reset["DeletionProtection"]) == "INACTIVE"
    assert plain(kept["DeletionProtection"]) == "ACTIVE"
    assert len(plain(either["DeletionProtection"]).choices) == 2
    assert either["DeletionProtection"].requirement.slug == "pool-updates/unnamed-setting-is-known"
    assert "pool-updates/unnamed-setting-is-known" in reasons(reset["DeletionProtection"])
    assert plain(reset["AdminCreateUserConfig"])["AllowAdminCreateUserOnly"] is False
    assert plain(kept["AdminCreateUserConfig"])["AllowAdminCreateUserOnly"] is True


def test_doubtful_sign_up_may_be_refused():
    """While nobody knows whether only administrators create users, a sign-up may be refused."""
    drive = Drive()
    created = {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}}
    pool = drive.call("CreateUserPool", PoolName="people", **created)["UserPool"]["Id"]
    client = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"][
        "ClientId"
    ]
    drive.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"])
    outcome = drive.outcome("SignUp", ClientId=client, Username="ann", Password="Passw0rd!x")
    assert tolerated(outcome) == {"sign-up/pool-allows-sign-up"}


def test_doubt_ends_with_a_reading():
    """Once a pool was described, what is in it is known."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people", DeletionProtection="ACTIVE")["UserPool"]["Id"]
    drive.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"])
    assert tolerated(drive.outcome("DeleteUserPool", UserPoolId=pool)) == {"pools/protected-pool-stays"}
    drive.world = drive.outcome("DescribeUserPool", UserPoolId=pool).replies[1].world
    assert drive.refused("DeleteUserPool", UserPoolId=pool) == {"pools/protected-pool-stays"}


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


def test_mfa_without_factor_may_be_refused():
    """UpdateUserPool may refuse to turn MFA on in a pool that has no second factor."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    outcome = drive.outcome("UpdateUserPool", UserPoolId=pool, MfaConfiguration="ON")
    assert tolerated(outcome) == {"pool-updates/mfa-needs-factor"}
    assert "pool-updates/updates-pool" in rests_on(outcome)


def test_one_time_passwords_may_be_refused_with_mfa():
    """UpdateUserPool may refuse one-time passwords as first factors where MFA is on."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    totp = {"Enabled": True}
    drive.call(
        "SetUserPoolMfaConfig", UserPoolId=pool, MfaConfiguration="ON", SoftwareTokenMfaConfiguration=totp
    )
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    outcome = drive.outcome("UpdateUserPool", UserPoolId=pool, Policies=policies)
    assert tolerated(outcome) == {"pool-updates/mfa-and-passwordless"}


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
