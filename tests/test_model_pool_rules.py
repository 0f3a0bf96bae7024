"""What the settings of a user pool may not say."""

from __future__ import annotations

import pytest

from support.drive import Drive
from support.expectations import tolerated

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "x"}
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"
INVITATION = {"AdminCreateUserConfig": {"InviteMessageTemplate": {"EmailMessage": "Welcome aboard."}}}
SENT_BY_US = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
}
SIGN_IN = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}


def mechanisms(*names: str) -> dict[str, object]:
    """An AccountRecoverySetting with these mechanisms, the first before the second."""
    return {"RecoveryMechanisms": [{"Name": name, "Priority": n} for n, name in enumerate(names, 1)]}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        ("alias-or-username", {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]}),
        ("mfa-needs-sms", {"MfaConfiguration": "OPTIONAL"}),
        ("mfa-needs-sms", {"MfaConfiguration": "ON"}),
        ("phone-verification-needs-sms", {"AutoVerifiedAttributes": ["phone_number"]}),
        (
            "update-waits-for-verified",
            {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}},
        ),
        ("admin-only-is-alone", {"AccountRecoverySetting": mechanisms("admin_only", "verified_email")}),
        ("threat-protection-needs-plus", {"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}),
        ("passwordless-needs-essentials", {"UserPoolTier": "LITE", "Policies": SIGN_IN}),
        ("feature-needs-essentials", {"UserPoolTier": "LITE", "DcrConfiguration": {"OpenDcrEnabled": True}}),
        ("level-names-differ", {"AcrConfiguration": {"Level2": {"AcrValue": "urn:cognito:loa:1"}}}),
        ("sms-configuration-is-not-empty", {"SmsConfiguration": {}}),
        (
            "sms-otp-needs-sms",
            {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "SMS_OTP"]}}},
        ),
        (
            "recovery-priorities-differ",
            {"AccountRecoverySetting": mechanisms("verified_email", "verified_email")},
        ),
        (
            "password-is-first-factor",
            {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["EMAIL_OTP"]}}},
        ),
        (
            "unused-account-days-are-gone",
            {
                "AdminCreateUserConfig": {"UnusedAccountValidityDays": 3},
                "Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 3}},
            },
        ),
        ("developer-has-source", {"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"}}),
        ("sender-is-address", {"EmailConfiguration": {**SENT_BY_US, "From": "nobody"}}),
        (
            "custom-sender-has-key",
            {"LambdaConfig": {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION}}},
        ),
        (
            "token-generation-is-one-function",
            {
                "LambdaConfig": {
                    "PreTokenGeneration": FUNCTION,
                    "PreTokenGenerationConfig": {"LambdaVersion": "V1_0", "LambdaArn": f"{FUNCTION}2"},
                }
            },
        ),
        (
            "token-generation-needs-essentials",
            {
                "UserPoolTier": "LITE",
                "LambdaConfig": {
                    "PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": FUNCTION}
                },
            },
        ),
        ("invitation-has-placeholder", INVITATION),
        (
            "invitation-has-placeholder",
            {"AdminCreateUserConfig": {"InviteMessageTemplate": {"SMSMessage": "Welcome aboard."}}},
        ),
    ],
)
def test_pool_is_refused(requirement, params):
    """A pool whose settings do not go together is refused."""
    assert Drive().refused("CreateUserPool", PoolName="x", **params) == {f"pool-rules/{requirement}"}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        (
            "token-is-no-first-factor",
            {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"]}}},
        ),
        (
            "password-history-needs-essentials",
            {"UserPoolTier": "LITE", "Policies": {"PasswordPolicy": {"PasswordHistorySize": 2}}},
        ),
        ("invitation-has-placeholder", {"Policies": SIGN_IN, **INVITATION}),
        ("sms-configuration-has-sender", {"SmsConfiguration": {"ExternalId": "x"}}),
        ("ses-identity-is-verified", {"EmailConfiguration": {"From": "a@example.com"}}),
        (
            "template-is-of-one-kind",
            {"VerificationMessageTemplate": {"EmailMessage": "{####}x", "EmailMessageByLink": "{##here##}"}},
        ),
    ],
)
def test_pool_may_be_refused(requirement, params):
    """What lies outside the pool, or about which sources disagree, may be refused or accepted."""
    assert tolerated(Drive().outcome("CreateUserPool", PoolName="x", **params)) == {
        f"pool-rules/{requirement}"
    }


def test_role_for_text_messages_may_be_refused():
    """A role may be one that Cognito may not assume, or another account's; with a second service it may be refused too."""
    role = {"pool-rules/sms-role-is-trusted", "pool-rules/sms-role-is-of-account"}
    assert tolerated(Drive().outcome("CreateUserPool", PoolName="x", SmsConfiguration=SMS)) == role
    both = {**SMS, "EumsSms": {"CallerArn": SMS["SnsCallerArn"], "OriginationIdentity": "+15555550100"}}
    outcome = Drive().outcome("CreateUserPool", PoolName="x", SmsConfiguration=both)
    assert tolerated(outcome) == {*role, "pool-rules/one-sms-service"}


def test_identity_of_ones_own_may_be_refused():
    """A SES identity may be none that Cognito may use, be it beside Cognito's own sender."""
    for sender in (SENT_BY_US, {"SourceArn": SENT_BY_US["SourceArn"]}):
        outcome = Drive().outcome("CreateUserPool", PoolName="x", EmailConfiguration=sender)
        unsure = {"pool-rules/ses-identity-is-verified", "pool-rules/email-source-is-in-region"}
        assert tolerated(outcome) == unsure


def test_registration_in_lite():
    """A pool in LITE has no client registration; one that is disabled may be named, and must be to go there."""
    drive = Drive()
    on, off = ({"DcrConfiguration": {"EnableStatus": status}} for status in ("Enabled", "Disabled"))
    lite = {"UserPoolTier": "LITE"}
    needs = {"pool-rules/feature-needs-essentials"}
    assert drive.refused("CreateUserPool", PoolName="x", **lite, **on) == needs
    assert tolerated(drive.outcome("CreateUserPool", PoolName="x", **lite, **off)) == needs
    pool = drive.call("CreateUserPool", PoolName="x", **on)["UserPool"]["Id"]
    refused = drive.refused("UpdateUserPool", UserPoolId=pool, **lite)
    assert refused == {"pool-rules/registration-ends-before-lite"}
    assert tolerated(drive.outcome("UpdateUserPool", UserPoolId=pool, **lite, **off)) == needs


@pytest.mark.parametrize(
    "params",
    [
        {"MfaConfiguration": "ON", "SmsConfiguration": SMS},
        {"AutoVerifiedAttributes": ["phone_number", "email"], "SmsConfiguration": SMS},
        {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}},
        {"Policies": SIGN_IN},
        {"AccountRecoverySetting": mechanisms("verified_phone_number", "verified_email")},
        {"AccountRecoverySetting": mechanisms("admin_only")},
    ],
)
def test_pool_is_accepted(params):
    """Settings that go together are accepted."""
    assert not Drive().outcome("CreateUserPool", PoolName="x", **params).refused


def test_unused_account_days_cannot_be_updated():
    """UnusedAccountValidityDays is refused beside a policy with TemporaryPasswordValidityDays, and may be elsewhere."""
    drive = Drive()
    update = {
        "UserPoolId": drive.call("CreateUserPool", PoolName="x")["UserPool"]["Id"],
        "AdminCreateUserConfig": {"UnusedAccountValidityDays": 7},
    }
    policies = {"PasswordPolicy": {"TemporaryPasswordValidityDays": 7}}
    refused = drive.refused("UpdateUserPool", **update, Policies=policies)
    assert refused == {"pool-rules/unused-account-days-are-gone"}
    alone = drive.outcome("UpdateUserPool", **update)
    assert tolerated(alone) == {"pool-rules/unused-account-days-are-gone"}
