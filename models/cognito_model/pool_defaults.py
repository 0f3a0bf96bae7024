"""The settings of a new user pool, as UserPoolType members: its defaults, and what a request adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, OneOf
from cognito_model.requirements import pool_defaults as R
from cognito_model.schema_defaults import STANDARD

if TYPE_CHECKING:
    from cognito_model.requirement import Requirement

Members = Mapping[str, Any]

PASSWORD_POLICY: Members = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "TemporaryPasswordValidityDays": 7,
}
SIGN_IN_POLICY: Members = {"AllowedFirstAuthFactors": ["PASSWORD"]}
_DEFAULTS: tuple[tuple[Requirement, Members], ...] = (
    (R.mfa_is_off, {"MfaConfiguration": "OFF"}),
    (R.tier_is_essentials, {"UserPoolTier": "ESSENTIALS"}),
    (R.deletion_protection_is_inactive, {"DeletionProtection": "INACTIVE"}),
    (R.email_is_sent_by_cognito, {"EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"}}),
    (R.verification_is_by_code, {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"}}),
    (R.no_triggers, {"LambdaConfig": {}}),
    (R.no_tags, {"UserPoolTags": {}}),
    (
        R.anyone_may_sign_up,
        {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7}},
    ),
)
INITIAL: Members = {
    "Name": "",
    "Policies": {"PasswordPolicy": PASSWORD_POLICY, "SignInPolicy": SIGN_IN_POLICY},
    "SchemaAttributes": STANDARD,
    "_mfa": {},
    **{name: value for _, members in _DEFAULTS for name, value in members.items()},
}
"""The settings of a pool for which nothing but a name was asked."""

REASONS: Mapping[str, Requirement] = {
    "settings.PasswordPolicy": R.password_policy,
    "settings.SignInPolicy": R.sign_in_policy,
    **{f"settings.{name}": requirement for requirement, members in _DEFAULTS for name in members},
}
"""Why a new pool has its settings, as `causes` of the pool."""

ACR_LEVELS: Members = {f"Level{level}": {"AcrValue": f"urn:cognito:loa:{level}"} for level in range(1, 5)}
RECOVERY_OF_LATE = (
    {"Priority": 1, "Name": "verified_email"},
    {"Priority": 2, "Name": "verified_phone_number"},
)
"""What pools without AccountRecoverySetting were seen to show in 2025; earlier ones show nothing."""

PLAIN_MEMBERS = (
    "MfaConfiguration",
    "UserPoolTier",
    "DeletionProtection",
    "SmsAuthenticationMessage",
    "AutoVerifiedAttributes",
    "AliasAttributes",
    "UsernameAttributes",
    "UsernameConfiguration",
    "UserAttributeUpdateSettings",
    "DeviceConfiguration",
    "SmsConfiguration",
    "LambdaConfig",
    "UserPoolTags",
    "UserPoolAddOns",
    "DcrConfiguration",
    "KeyConfiguration",
    "IssuerConfiguration",
    "AcrConfiguration",
    "AccountRecoverySetting",
)
"""Members of a request that become settings as they are."""


def password_policy(given: Members) -> dict[str, Any]:
    """A PasswordPolicy as the pool has it, from the one of a request."""
    requirements = ("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols")
    return {
        **given,
        "MinimumLength": given.get("MinimumLength", PASSWORD_POLICY["MinimumLength"]),
        **{name: bool(given.get(name)) for name in requirements},
        "TemporaryPasswordValidityDays": given.get("TemporaryPasswordValidityDays") or 7,
    }


def admin_create_user_config(given: Members | None, policy: Members) -> dict[str, Any]:
    """AdminCreateUserConfig as the pool has it; the days mirror the policy's."""
    return {
        **(given or {}),
        "AllowAdminCreateUserOnly": bool((given or {}).get("AllowAdminCreateUserOnly")),
        "UnusedAccountValidityDays": policy["TemporaryPasswordValidityDays"],
    }


MIRRORED = (
    ("SmsVerificationMessage", "SmsMessage"),
    ("EmailVerificationMessage", "EmailMessage"),
    ("EmailVerificationSubject", "EmailSubject"),
)
"""Members that show the text of a member of the template (fact pool-verification-message-mirror)."""


def verification(params: Members) -> dict[str, Any]:
    """VerificationMessageTemplate and the older members that mirror it, as far as a request names them."""
    template = dict(params.get("VerificationMessageTemplate") or {})
    found: dict[str, Any] = {}
    for older, newer in MIRRORED:
        own = params.get(older)
        text = template.get(newer, own)
        if text is not None:
            template[newer] = text
            # Of two texts in one request the older member may keep its own (fact pool-verification-texts-differ).
            found[older] = text if own in (None, text) else OneOf.of(text, own)
    if template:
        # Of a template that does not say it, no source shows the answer.
        option = template.pop("DefaultEmailOption", OneOf.of("CONFIRM_WITH_CODE", ABSENT))
        found["VerificationMessageTemplate"] = {"DefaultEmailOption": option, **template}
    return found


def plain(params: Members) -> dict[str, Any]:
    """The settings that a request names, policies, messages and AdminCreateUserConfig apart."""
    found = {name: params[name] for name in PLAIN_MEMBERS if params.get(name) not in (None, [], {})}
    if params.get("EmailConfiguration"):
        found["EmailConfiguration"] = {
            "EmailSendingAccount": "COGNITO_DEFAULT",
            **params["EmailConfiguration"],
        }
    return found


def mirrored(params: Members) -> list[str]:
    """Which settings show a text that the request gave under the other of its two names."""
    template = params.get("VerificationMessageTemplate") or {}
    found = []
    for older, newer in MIRRORED:
        if template.get(newer) is not None:
            found.append(older)
        elif params.get(older) is not None:
            found.append(f"VerificationMessageTemplate.{newer}")
    return found
