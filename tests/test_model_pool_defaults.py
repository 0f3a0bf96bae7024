"""What a user pool has where nothing was asked for."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Exactly, OneOf
from support.drive import Drive, plain
from support.expectations import reasons, rests_on

BARE = {
    "MfaConfiguration": ("mfa-is-off", "OFF"),
    "UserPoolTier": ("tier-is-essentials", "ESSENTIALS"),
    "DeletionProtection": ("deletion-protection-is-inactive", "INACTIVE"),
    "EmailConfiguration": ("email-is-sent-by-cognito", {"EmailSendingAccount": "COGNITO_DEFAULT"}),
    "VerificationMessageTemplate": ("verification-is-by-code", {"DefaultEmailOption": "CONFIRM_WITH_CODE"}),
    "LambdaConfig": ("no-triggers", Exactly({})),
    "UserPoolTags": ("no-tags", OneOf.of(Exactly({}), ABSENT)),
    "SmsConfiguration": ("no-sms-configuration", ABSENT),
    "UsernameConfiguration": ("no-username-configuration", ABSENT),
    "AliasAttributes": ("no-sign-in-attributes", OneOf.of(ABSENT, [])),
    "UsernameAttributes": ("no-sign-in-attributes", OneOf.of(ABSENT, [])),
    "AutoVerifiedAttributes": ("nothing-auto-verified", OneOf.of(ABSENT, [])),
    "DeviceConfiguration": ("no-device-tracking", ABSENT),
}


def shown(**params: object) -> dict[str, object]:
    """The UserPool of the answer to DescribeUserPool, for a pool made with these settings."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]
    return drive.outcome("DescribeUserPool", UserPoolId=pool).replies[0].members["UserPool"]


@pytest.mark.parametrize("member", BARE)
def test_bare_pool_shows_default(member):
    """A setting that CreateUserPool was not given has its documented default."""
    requirement, value = BARE[member]
    found = shown()[member]
    assert reasons(found) == {f"pool-defaults/{requirement}"}
    assert plain(found) == value


def test_password_policy_is_shown_as_a_whole():
    """A pool that shows no password policy at all breaks the requirement about the default one."""
    policy = shown(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}})["Policies"][
        "PasswordPolicy"
    ]
    assert policy.requirement.slug == "pool-defaults/password-policy"


@pytest.mark.parametrize(
    "member",
    [
        "AccountRecoverySetting",
        "KeyConfiguration",
        "IssuerConfiguration",
        "AcrConfiguration",
        "UserPoolAddOns",
        "UserAttributeUpdateSettings",
    ],
)
def test_doubtful_default_may_be_absent(member):
    """Where recordings disagree, a default may be shown or left out."""
    assert ABSENT in plain(shown()[member]).choices


def test_doubtful_defaults_rest_on_their_requirements():
    """Defaults about which recordings disagree have requirements of their own."""
    names = {
        "account-recovery",
        "key-is-owned-by-aws",
        "acr-levels",
        "no-threat-protection",
        "no-update-waits",
    }
    assert {f"pool-defaults/{name}" for name in names} <= rests_on(
        Drive().outcome("CreateUserPool", PoolName="x")
    )


def test_default_password_policy():
    """A pool without a password policy asks for eight characters of all four kinds."""
    policy = shown()["Policies"]["PasswordPolicy"]
    assert reasons(policy) == {"pool-defaults/password-policy"}
    assert plain(policy) == {
        "MinimumLength": 8,
        "RequireUppercase": True,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "TemporaryPasswordValidityDays": 7,
    }


def test_default_template():
    """A pool without a VerificationMessageTemplate shows one, and its lack is told of as that."""
    template = shown()["VerificationMessageTemplate"]
    assert reasons(template) == {"pool-defaults/verification-is-by-code"}
    assert plain(template) == {"DefaultEmailOption": "CONFIRM_WITH_CODE"}


def test_default_sign_in_policy():
    """A pool without a sign-in policy allows PASSWORD alone as the first factor."""
    assert reasons(shown()["Policies"]["SignInPolicy"]) == {"pool-defaults/sign-in-policy"}


def test_partial_password_policy_is_completed():
    """A password policy asks for eight characters by default, and for no kind that it does not name."""
    policy = shown(Policies={"PasswordPolicy": {"RequireNumbers": True, "TemporaryPasswordValidityDays": 0}})
    found = policy["Policies"]["PasswordPolicy"]
    assert {
        "pool-defaults/minimum-length-is-eight",
        "pool-defaults/unset-requirement-is-off",
        "pool-defaults/temporary-password-counts-seven-days",
    } <= reasons(found)
    values = plain(found)
    assert values["MinimumLength"] == 8
    assert values["TemporaryPasswordValidityDays"] == 7
    assert values["RequireNumbers"] is True
    assert values["RequireSymbols"] is False


def test_unsaid_flag_is_the_defaults():
    """That anyone may sign up, where AdminCreateUserConfig does not say it, is the default's affair."""
    flag = "AllowAdminCreateUserOnly"
    config = shown(AdminCreateUserConfig={"InviteMessageTemplate": {"EmailSubject": "Hello"}})
    assert plain(config["AdminCreateUserConfig"])[flag] is False
    assert reasons(config["AdminCreateUserConfig"][flag]) == {"pool-defaults/anyone-may-sign-up"}
    assert reasons(config["AdminCreateUserConfig"]["InviteMessageTemplate"]) == {"pools/keeps-settings"}
    said = shown(AdminCreateUserConfig={flag: True})["AdminCreateUserConfig"]
    assert reasons(said[flag]) == {"pools/keeps-settings"}


def test_unused_account_days_mirror_the_policy():
    """AdminCreateUserConfig shows as UnusedAccountValidityDays the policy's TemporaryPasswordValidityDays."""
    config = shown(Policies={"PasswordPolicy": {"TemporaryPasswordValidityDays": 3}})["AdminCreateUserConfig"]
    assert reasons(config["UnusedAccountValidityDays"]) == {"pool-defaults/unused-account-days-mirror"}
    assert plain(config["UnusedAccountValidityDays"]) == 3


def test_anyone_may_sign_up():
    """A pool that was created without AdminCreateUserConfig has AllowAdminCreateUserOnly false."""
    found = shown()["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]
    assert reasons(found) == {"pool-defaults/anyone-may-sign-up"}
    assert plain(found) is False


def test_message_texts_are_mirrored():
    """The text of a verification message is shown in the template and in the older member alike."""
    pool = shown(
        EmailVerificationMessage="code {####}", VerificationMessageTemplate={"SmsMessage": "sms {####}"}
    )
    assert plain(pool["EmailVerificationMessage"]) == "code {####}"
    assert plain(pool["SmsVerificationMessage"]) == "sms {####}"
    template = plain(pool["VerificationMessageTemplate"])
    assert template["EmailMessage"] == "code {####}"
    assert template["SmsMessage"] == "sms {####}"
    # Whether a template that does not say how e-mails verify shows the default, no source tells.
    assert template["DefaultEmailOption"] == OneOf.of("CONFIRM_WITH_CODE", ABSENT)
    assert reasons(pool["SmsVerificationMessage"]) == {"pools/messages-are-mirrored"}


def test_two_texts_of_one_message_may_both_be_kept():
    """Where a request has two texts of one message, the older member shows its own or the template's."""
    pool = shown(
        EmailVerificationMessage="old {####}", VerificationMessageTemplate={"EmailMessage": "new {####}"}
    )
    assert plain(pool["EmailVerificationMessage"]) == OneOf.of("new {####}", "old {####}")
    assert plain(pool["VerificationMessageTemplate"])["EmailMessage"] == "new {####}"
