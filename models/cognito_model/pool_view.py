"""A user pool as CreateUserPool and DescribeUserPool show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import pool_doubts
from cognito_model.expect import ABSENT, Bag, Because, Both, Exactly, OneOf, Pattern, Present
from cognito_model.pool_defaults import ACR_LEVELS, MIRRORED, RECOVERY_OF_LATE
from cognito_model.requirements import domains as domains_R
from cognito_model.requirements import pool_defaults as defaults_R
from cognito_model.requirements import pool_schema as schema_R
from cognito_model.requirements import pools as R
from cognito_model.schema_defaults import STANDARD_BY_NAME
from cognito_model.settings import shown
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool

ARN = r"arn:aws[\w-]*:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[\w-]+_[0-9a-zA-Z]+"
NOTHING: Mapping[str, tuple[Requirement, Any]] = {
    "AutoVerifiedAttributes": (defaults_R.nothing_auto_verified, OneOf.of(ABSENT, [])),
    "AliasAttributes": (defaults_R.no_sign_in_attributes, OneOf.of(ABSENT, [])),
    "UsernameAttributes": (defaults_R.no_sign_in_attributes, OneOf.of(ABSENT, [])),
    "UsernameConfiguration": (defaults_R.no_username_configuration, ABSENT),
    "SmsConfiguration": (defaults_R.no_sms_configuration, ABSENT),
    "DeviceConfiguration": (defaults_R.no_device_tracking, ABSENT),
    "UserPoolAddOns": (defaults_R.no_threat_protection, OneOf.of(ABSENT, {"AdvancedSecurityMode": "OFF"})),
    "UserAttributeUpdateSettings": (
        defaults_R.no_update_waits,
        OneOf.of({"AttributesRequireVerificationBeforeUpdate": []}, Exactly({}), ABSENT),
    ),
    "AccountRecoverySetting": (
        defaults_R.account_recovery,
        OneOf.of(ABSENT, Exactly({}), {"RecoveryMechanisms": Bag(tuple(RECOVERY_OF_LATE))}),
    ),
    "KeyConfiguration": (
        defaults_R.key_is_owned_by_aws,
        OneOf.of({"KeyType": "AWS_OWNED_KEY"}, ABSENT),
    ),
    "IssuerConfiguration": (defaults_R.key_is_owned_by_aws, OneOf.of({"Type": "ORIGINAL"}, ABSENT)),
    "AcrConfiguration": (defaults_R.acr_levels, OneOf.of(ACR_LEVELS, ABSENT)),
}
"""What a member looks like that nobody set."""

UNORDERED = (
    "AutoVerifiedAttributes",
    "UsernameAttributes",
    "AliasAttributes",
    "AccountRecoverySetting",
    "UserAttributeUpdateSettings",
    "DcrConfiguration",
)
AS_SET = (
    "UsernameConfiguration",
    "SmsConfiguration",
    "DeviceConfiguration",
    "UserPoolAddOns",
    "KeyConfiguration",
    "IssuerConfiguration",
    "MfaConfiguration",
    "UserPoolTier",
    "DeletionProtection",
    "SmsAuthenticationMessage",
    "EmailConfiguration",
)


def arn(pool: Pool) -> Fresh:
    """The pool's ARN."""
    return Fresh("PoolArn", pool.id.step, pool.id.index)


def user_pool(pool: Pool, modified: Any) -> dict[str, Any]:
    """UserPoolType of the pool; `modified` is what LastModifiedDate must look like."""
    settings = pool.settings
    members: dict[str, Any] = {
        "Id": pool.id,
        "Name": shown(pool, "Name", settings["Name"], R.creates_pool),
        "Arn": Both.of(Because(Pattern(ARN, ""), R.arn_has_form), arn(pool)),
        "CreationDate": pool.created,
        "LastModifiedDate": modified,
        "EstimatedNumberOfUsers": Because(Present(len(pool.users)), R.shows_user_estimate),
        "SchemaAttributes": attributes(pool),
        "Policies": policies(pool),
        "AdminCreateUserConfig": admin_create_user_config(pool),
        "VerificationMessageTemplate": Because(
            template(pool),
            pool.causes.get("settings.VerificationMessageTemplate", defaults_R.verification_is_by_code),
        ),
        "LambdaConfig": shown(pool, "LambdaConfig", settings["LambdaConfig"] or Exactly({})),
        "UserPoolTags": shown(pool, "UserPoolTags", tags(settings["UserPoolTags"])),
    }
    for name in AS_SET:
        if name in settings:
            members[name] = shown(pool, name, settings[name])
        elif f"settings.{name}" in pool.causes and name not in NOTHING:
            members[name] = shown(pool, name, ABSENT)
    for name in UNORDERED:
        if settings.get(name):
            members[name] = shown(pool, name, unordered(settings[name]))
    for name, _ in MIRRORED:
        if name in settings:
            members[name] = shown(pool, name, settings[name])
    if "AcrConfiguration" in settings:
        members["AcrConfiguration"] = shown(
            pool, "AcrConfiguration", OneOf.of({**ACR_LEVELS, **settings["AcrConfiguration"]}, ABSENT)
        )
    for name, (requirement, value) in NOTHING.items():
        if name not in members:
            members[name] = shown(pool, name, value, requirement)
    for name in ("Domain", "CustomDomain"):
        if f"settings.{name}" not in pool.causes or name in settings:
            members[name] = shown(pool, name, settings.get(name, ABSENT), domains_R.shown_on_pool)
    doubtful = pool_doubts.of(pool)
    if doubtful:
        kept = user_pool(pool_doubts.kept(pool), modified)
        members |= {name: either(members.get(name, ABSENT), kept[name]) for name in doubtful}
    return members


def either(first: Any, second: Any) -> Any:
    """One of two values; one that is neither speaks against what wrote the first of them."""
    choice = OneOf.of(first, second)
    writers = [value.requirement for value in (first, second) if isinstance(value, Because)]
    return Because(choice, writers[0]) if writers else choice


def unordered(value: Any) -> Any:
    """The value with every list in it in any order."""
    if isinstance(value, list | tuple):
        return Bag(tuple(value))
    if isinstance(value, dict):
        return {name: unordered(item) for name, item in value.items()}
    return value


def template(pool: Pool) -> dict[str, Any]:
    """VerificationMessageTemplate, each text with the requirement that wrote it."""
    whole = pool.causes.get("settings.VerificationMessageTemplate")
    return {
        name: shown(pool, f"VerificationMessageTemplate.{name}", value, whole)
        for name, value in pool.settings["VerificationMessageTemplate"].items()
    }


def tags(given: Mapping[str, str]) -> Any:
    """UserPoolTags; the member may be missing where there are none."""
    return Exactly(given) if given else OneOf.of(Exactly({}), ABSENT)


def policies(pool: Pool) -> dict[str, Any]:
    """Policies, each part with the requirement that wrote it."""
    found = pool.settings["Policies"]
    whole = pool.causes.get("settings.PasswordPolicy")
    password = {
        name: shown(pool, f"PasswordPolicy.{name}", value, whole)
        for name, value in found["PasswordPolicy"].items()
    }
    return {
        "PasswordPolicy": Because(password, whole or defaults_R.password_policy),
        "SignInPolicy": shown(pool, "SignInPolicy", unordered(found["SignInPolicy"])),
    }


def admin_create_user_config(pool: Pool) -> dict[str, Any]:
    """AdminCreateUserConfig; the days are a requirement of their own."""
    config = pool.settings["AdminCreateUserConfig"]
    whole = pool.causes.get("settings.AdminCreateUserConfig")
    return {
        name: Because(value, defaults_R.unused_account_days_mirror)
        if name == "UnusedAccountValidityDays"
        else shown(pool, f"AdminCreateUserConfig.{name}", value, whole)
        for name, value in config.items()
    }


_SHAPES: Mapping[str, Requirement] = {
    "sub": schema_R.sub_is_fixed,
    "birthdate": schema_R.birthdate_has_ten_characters,
    "email_verified": schema_R.verified_flags_are_boolean,
    "phone_number_verified": schema_R.verified_flags_are_boolean,
    "updated_at": schema_R.updated_at_is_number,
    "identities": schema_R.identities_is_listed,
}
_FLAGS = ("email_verified", "phone_number_verified")
_BARE = {"StringAttributeConstraints": ABSENT, "NumberAttributeConstraints": ABSENT}
_STANDARD = {
    name: Because(
        {**attribute, **_BARE} if name in _FLAGS else attribute, _SHAPES.get(name, schema_R.string_attributes)
    )
    for name, attribute in STANDARD_BY_NAME.items()
}


def attributes(pool: Pool) -> Bag:
    """SchemaAttributes: the standard ones, and those that the pool was given."""
    return Bag(tuple(_attribute(pool, attribute) for attribute in pool.settings["SchemaAttributes"]))


def _attribute(pool: Pool, attribute: Mapping[str, Any]) -> Any:
    name = attribute["Name"]
    if attribute is STANDARD_BY_NAME.get(name):
        return _STANDARD[name]
    looks = dict(attribute)
    if name.startswith("dev:"):
        looks["Name"] = OneOf.of(name, "dev:" + name.removeprefix("dev:custom:"))
    for bounds in ("StringAttributeConstraints", "NumberAttributeConstraints"):
        if bounds in looks and not looks[bounds]:
            looks[bounds] = OneOf.of({}, ABSENT)
    looks["Mutable"] = shown(pool, f"Schema.{name}.Mutable", looks["Mutable"])
    return shown(pool, f"Schema.{name}", looks, schema_R.custom_attribute_has_prefix)
