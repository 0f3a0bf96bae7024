"""Pools looked at, changed and listed, and the settings that no pool may have."""

from __future__ import annotations

from cognito_conformance.machines import factors, profiles, roles
from cognito_conformance.machines.pick import NotApplicable, Params, Pick, command, without_none
from cognito_model import domains, mfa
from cognito_model.terms import Junk


@command("DescribeUserPool", "pools", "listing", weight=4)
@command("DescribeUserPool", "life cycle", weight=1)
def describe_user_pool(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


@command("ListUserPools", "pools", weight=2)
def list_user_pools(pick: Pick) -> Params:
    most = pick.of([0, 61]) if pick.goes_wrong() else pick.of([60, 60, 10, 1])
    first = without_none(MaxResults=most)
    return roles.paged(pick, "ListUserPools", first)


@command("UpdateUserPool", "pools", weight=3)
def update_user_pool(pick: Pick) -> Params:
    wrong = pick.goes_wrong()
    # What is not named goes back to its default: a pool that verifies goes on to.
    automatic = list(pick.pool.settings.get("AutoVerifiedAttributes") or ())
    kept: Params = {
        "AutoVerifiedAttributes": (automatic if pick.chance(80) else None)
        or pick.maybe(30, lambda: ["email"]),
        "SmsConfiguration": factors.SMS if "phone_number" in automatic else None,
        "DeletionProtection": pick.maybe(20, lambda: pick.of(["ACTIVE", "INACTIVE"])),
        "PoolName": pick.maybe(20, lambda: f"renamed-{pick.step}"),
    }
    changed = pick.of([*UNSOUND, *UNSOUND_UPDATES]) if wrong else pick.of(CHANGES)
    return without_none(UserPoolId=roles.pool_id(pick), **{**kept, **changed})


@command("UpdateUserPool", "pools", "mfa", "passkeys", weight=1)
def add_first_factor_beside_mfa(pick: Pick) -> Params:
    """One that does not go with the MFA that the pool requires."""
    if pick.pool.settings["MfaConfiguration"] != "ON":
        raise NotApplicable
    more = pick.of(["EMAIL_OTP", "WEB_AUTHN"])
    return {
        "UserPoolId": roles.pool_id(pick),
        **roles.kept_by_update(pick.pool),
        **_first_factors("PASSWORD", more),
    }


@command("CreateUserPool", "pools", weight=2)
def create_unsound_user_pool(pick: Pick) -> Params:
    """No second pool: one that has to be refused."""
    return {"PoolName": f"unsound-{pick.step}", **pick.of([*UNSOUND, *UNSOUND_POOLS])}


@command("CreateUserPool", "pools", "groups", "tokens", weight=1)
def create_second_user_pool(pick: Pick) -> Params:
    """Another pool beside the one that the walk is about: what is asked of the wrong one must not be found there."""
    if len(pick.world.pools) > 1:
        raise NotApplicable
    # Where the pool of the walk may send text messages, another may ask for their codes from its beginning.
    sms = mfa.config(pick.pool).get("SmsMfaConfiguration", {}).get("SmsConfiguration")
    modes = [{"MfaConfiguration": mode, "SmsConfiguration": sms} for mode in ("OPTIONAL", "ON") if sms]
    return {"PoolName": f"second-{pick.step}", **pick.of([{}, *modes])}


@command("CreateUserPoolClient", "pools", "groups", "tokens", weight=1)
def create_client_of_second_pool(pick: Pick) -> Params:
    others = [pool for pool in pick.world.pools.values() if pool.id != pick.subject.pool and not pool.clients]
    return {
        "UserPoolId": pick.of(others).id,
        "ClientName": "elsewhere",
        "ExplicitAuthFlows": list(profiles.ALLOW_ALL),
    }


@command("DeleteUserPool", "pools", "resources", weight=1)
def delete_user_pool(pick: Pick) -> Params:
    """A pool that is not there, or one that its domain keeps from being deleted."""
    pool = pick.pool
    return {"UserPoolId": pool.id if domains.of_pool(pick.world, pool) else Junk("PoolId", 3)}


@command("AddCustomAttributes", "pools", weight=2)
def add_custom_attributes(pick: Pick) -> Params:
    entry: Params = {
        "Name": f"extra{pick.step}",
        "AttributeDataType": pick.of(["String", "Number", "Boolean"]),
    }
    if pick.chance(20):
        entry["DeveloperOnlyAttribute"] = True
    if pick.goes_wrong():
        entry |= pick.of(
            [
                {"Name": "department"},
                {"Name": "x" * 21},
                {"Required": True},
                {"AttributeDataType": None},
                {
                    "AttributeDataType": "String",
                    "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "2"},
                },
            ]
        )
    return {"UserPoolId": roles.pool_id(pick), "CustomAttributes": [without_none(**entry)]}


@command("AddCustomAttributes", "pools", weight=1)
def fill_schema(pick: Pick) -> Params:
    """Twenty-five at once: two such calls fill a schema."""
    entries = [{"Name": f"e{pick.step}x{n}", "AttributeDataType": "String"} for n in range(25)]
    return {"UserPoolId": roles.pool_id(pick), "CustomAttributes": entries}


@command("GetCSVHeader", "pools", weight=1)
def get_csv_header(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


@command("GetSigningCertificate", "pools", weight=1)
def get_signing_certificate(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


def _first_factors(*names: str) -> Params:
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": list(names)}}}


def _recovery(*names: str) -> Params:
    mechanisms = [{"Name": name, "Priority": priority} for priority, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


CHANGES: tuple[Params, ...] = (
    {},
    {"Policies": {"PasswordPolicy": {"MinimumLength": 8}}},
    {"Policies": {"PasswordPolicy": {"RequireSymbols": False, "MinimumLength": 10}}},
    _first_factors("PASSWORD", "EMAIL_OTP"),
    _recovery("verified_email"),
    {"UserPoolTags": {"team": "accounts"}},
    {"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}},
    {"LambdaConfig": {"CustomMessage": "arn:aws:lambda:us-east-1:123456789012:function:message"}},
    {"EmailVerificationSubject": "Your code", "EmailVerificationMessage": "It is {####}"},
    {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False}},
    {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"}},
    {"SmsAuthenticationMessage": "It is {####}"},
    {
        "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": False,
            "DeviceOnlyRememberedOnUserPrompt": True,
        }
    },
)
"""Settings of an update that may be had in every pool."""
UNSOUND: tuple[Params, ...] = (
    {"Policies": {"PasswordPolicy": {"MinimumLength": 5}}},
    {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["phone_number"]}},
    _recovery("admin_only", "verified_email"),
    _recovery("verified_email", "verified_email"),
    {"UserPoolTier": "ESSENTIALS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}},
    {"UserPoolTier": "LITE", **_first_factors("PASSWORD", "EMAIL_OTP")},
    {"UserPoolTier": "LITE", "AcrConfiguration": {"Level1": {"AcrValue": "urn:example:one"}}},
    {"AcrConfiguration": {"Level2": {"AcrValue": "urn:cognito:loa:1"}}},
    _first_factors("EMAIL_OTP"),
    _first_factors("PASSWORD", "SMS_OTP"),
    {"SmsConfiguration": {}},
    {
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/none.example.com",
        }
    },
    {"VerificationMessageTemplate": {"EmailMessage": "{####}", "EmailMessageByLink": "{##here##}"}},
    {"UserPoolTags": {"aws:reserved": "x"}},
    {"UserPoolTags": {f"tag{n}": "x" for n in range(51)}},
)
"""Settings that break one rule each, in a new pool or an old one."""
UNSOUND_UPDATES: tuple[Params, ...] = (
    {"AutoVerifiedAttributes": ["phone_number"], "SmsConfiguration": None},
    {
        "AdminCreateUserConfig": {"UnusedAccountValidityDays": 3},
        "Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 3}},
    },
    {"MfaConfiguration": "ON"},
    {"MfaConfiguration": "OFF"},
    {"MfaConfiguration": "OPTIONAL"},
)
UNSOUND_POOLS: tuple[Params, ...] = (
    {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
    {"MfaConfiguration": "ON"},
    {"MfaConfiguration": "OPTIONAL"},
    {"AutoVerifiedAttributes": ["phone_number"]},
    {
        "AdminCreateUserConfig": {"UnusedAccountValidityDays": 3},
        "Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 3}},
    },
    {"AliasAttributes": ["preferred_username"], "Schema": [{"Name": "preferred_username", "Required": True}]},
    {"Schema": [{"Name": "extra"}]},
    {"Schema": [{"Name": "extra", "AttributeDataType": "String", "Required": True}]},
    {"Schema": [{"Name": "email", "AttributeDataType": "Number"}]},
    {"Schema": [{"Name": "email", "DeveloperOnlyAttribute": True}]},
    {
        "Schema": [
            {
                "Name": "extra",
                "AttributeDataType": "Number",
                "NumberAttributeConstraints": {"MinValue": "9", "MaxValue": "2"},
            }
        ]
    },
    {"Schema": [{"Name": "phone_number_verified", "AttributeDataType": "Boolean"}]},
    {"Schema": [{"Name": "extra", "AttributeDataType": "String"}] * 2},
)
"""Settings that no new pool may have, and that no update can name."""
