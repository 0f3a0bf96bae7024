"""Pools and app clients that have all at once what goes together: what a target does not keep of it, one reading shows."""

from __future__ import annotations

from cognito_conformance.machines import factors, profiles, roles
from cognito_conformance.machines.commands.clients import CALLBACK, CODE
from cognito_conformance.machines.pick import NotApplicable, Params, Pick, command
from cognito_model.world import Pool

NAME = "elaborate"
_FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:"
_TRIGGERS = (
    "PreSignUp",
    "CustomMessage",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "UserMigration",
)
_POLICY: Params = {
    "MinimumLength": 12,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "TemporaryPasswordValidityDays": 4,
}
_EVERYWHERE: Params = {
    "DeletionProtection": "INACTIVE",
    "LambdaConfig": {trigger: _FUNCTION + trigger for trigger in _TRIGGERS},
    "AutoVerifiedAttributes": ["email"],
    "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True},
    "UserPoolTags": {"team": "accounts", "stage": "test"},
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    "AdminCreateUserConfig": {
        "AllowAdminCreateUserOnly": True,
        "InviteMessageTemplate": {
            "EmailSubject": "Welcome",
            "EmailMessage": "You are {username}, your password is {####}",
            "SMSMessage": "You are {username}, your password is {####}",
        },
    },
}
_SETTINGS: tuple[Params, ...] = (
    {
        **_EVERYWHERE,
        "UserPoolTier": "PLUS",
        "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"},
        "Policies": {
            "PasswordPolicy": {**_POLICY, "PasswordHistorySize": 3},
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]},
        },
        "VerificationMessageTemplate": {
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
            "EmailSubject": "Your code",
            "EmailMessage": "Your code is {####}",
            "EmailSubjectByLink": "Your link",
            "SmsMessage": "Your code is {####}",
        },
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [
                {"Name": "verified_email", "Priority": 1},
                {"Name": "verified_phone_number", "Priority": 2},
            ]
        },
    },
    {
        **_EVERYWHERE,
        "UserPoolTier": "ESSENTIALS",
        "Policies": {"PasswordPolicy": {**_POLICY, "PasswordHistorySize": 5}},
        "EmailVerificationSubject": "Your code",
        "EmailVerificationMessage": "Your code is {####}",
        "SmsVerificationMessage": "Your code is {####}",
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    },
    {
        **_EVERYWHERE,
        "UserPoolTier": "LITE",
        "Policies": {"PasswordPolicy": _POLICY},
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
    },
)
"""What a pool can have at once, new or updated, in each tier."""
_FOR_GOOD: tuple[Params, ...] = (
    {"AliasAttributes": ["email", "phone_number"], "UsernameConfiguration": {"CaseSensitive": False}},
    {"UsernameAttributes": ["email"], "UsernameConfiguration": {"CaseSensitive": True}},
)
"""What a pool can only be made with."""


def _texts(pick: Pick) -> Params:
    """Who sends text messages, in a run whose target sends any."""
    return {"SmsConfiguration": factors.SMS} if "SmsConfiguration" in pick.pool.settings else {}


def _elaborate_pools(pick: Pick) -> list[Pool]:
    """The pools that were made elaborate, the newest last."""
    return [pool for pool in pick.world.pools.values() if str(pool.settings["Name"]).startswith(NAME)]


def _elaborate(pick: Pick) -> Pool:
    """The newest of them. Raises NotApplicable where there is none."""
    return pick.of(_elaborate_pools(pick)[-1:])


@command("CreateUserPool", "pools", weight=1)
def create_elaborate_user_pool(pick: Pick) -> Params:
    if len(_elaborate_pools(pick)) > 1:
        raise NotApplicable
    chosen = {**pick.of(_SETTINGS), **pick.of(_FOR_GOOD), **_texts(pick)}
    return {"PoolName": f"{NAME}-{pick.step}", **chosen}


@command("DescribeUserPool", "pools", weight=1)
def describe_elaborate_user_pool(pick: Pick) -> Params:
    return {"UserPoolId": _elaborate(pick).id}


@command("UpdateUserPool", "pools", weight=1)
def update_elaborate_user_pool(pick: Pick) -> Params:
    return {"UserPoolId": _elaborate(pick).id, **pick.of(_SETTINGS), **_texts(pick)}


@command("CreateUserPoolClient", "pools", "clients", weight=1)
def create_elaborate_client(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "ClientName": f"{NAME}-{pick.step}",
        "GenerateSecret": True,
        **_of_client(pick),
    }


@command("UpdateUserPoolClient", "pools", "clients", weight=1)
def update_elaborate_client(pick: Pick) -> Params:
    clients = [c for c in pick.pool.clients.values() if c.id != pick.subject.client and c.secret is not None]
    return {
        "UserPoolId": roles.pool_id(pick),
        "ClientId": pick.of(clients[-1:]).id,
        "ClientName": f"{NAME}-{pick.step}",
        **_of_client(pick),
    }


def _of_client(pick: Pick) -> Params:
    """Settings of a confidential client, as many as go together."""
    flows = [flow for flow in profiles.ALLOW_ALL if flow != "ALLOW_REFRESH_TOKEN_AUTH"]
    return {
        **CODE,
        "DefaultRedirectURI": CALLBACK,
        "LogoutURLs": ["https://app.example.com/out"],
        "SupportedIdentityProviders": ["COGNITO"],
        "ExplicitAuthFlows": flows,
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": pick.of([10, 60])},
        "AccessTokenValidity": 30,
        "IdTokenValidity": 45,
        "RefreshTokenValidity": pick.of([5, 90]),
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
        "ReadAttributes": ["email", "email_verified", "name"],
        "PreventUserExistenceErrors": pick.of(["ENABLED", "LEGACY"]),
        "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": pick.of([True, False]),
        "AuthSessionValidity": pick.of([5, 10]),
    }
