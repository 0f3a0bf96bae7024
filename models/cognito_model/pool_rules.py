"""Rules that the settings of a user pool must keep, whoever sets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cognito_model import mfa, regions, tag_rules
from cognito_model.pool_defaults import ACR_LEVELS
from cognito_model.requirements import pool_rules as R
from cognito_model.requirements import pool_schema as schema_R
from cognito_model.schema_defaults import STANDARD_BY_NAME, full_name, is_custom

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cognito_model.call import Call
    from cognito_model.world import Pool

CUSTOM_ATTRIBUTES = 50
PLAIN_NAME = re.compile("[A-Za-z_][A-Za-z0-9$_-]*")
LONGEST = 2048


def check(call: Call, pool: Pool, given: Mapping[str, Any]) -> None:
    """Refuse a request whose members `given` would leave `pool` with settings that do not go together."""
    settings = pool.settings
    tier = settings["UserPoolTier"]
    if "phone_number" in (settings.get("AutoVerifiedAttributes") or ()) and not settings.get(
        "SmsConfiguration"
    ):
        call.tolerate_if("SmsConfiguration" in (settings.get("_or") or {}), R.phone_verification_needs_sms)
        call.refuse_if("SmsConfiguration" not in (settings.get("_or") or {}), R.phone_verification_needs_sms)
    call.refuse_if(given.get("SmsConfiguration") == {}, R.sms_configuration_is_not_empty)
    tag_rules.check(call, given.get("UserPoolTags") or {}, given.get("UserPoolTags") or {})
    check_recovery(call, given.get("AccountRecoverySetting") or {})
    check_recovery_and_factors(call, pool)
    mode = (settings.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode", "OFF")
    call.refuse_if(mode != "OFF" and tier != "PLUS", R.threat_protection_needs_plus, tier)
    factors = settings["Policies"]["SignInPolicy"].get("AllowedFirstAuthFactors") or ("PASSWORD",)
    call.refuse_if(tier == "LITE" and set(factors) != {"PASSWORD"}, R.passwordless_needs_essentials, tier)
    remembers = settings["Policies"]["PasswordPolicy"].get("PasswordHistorySize")
    needs = R.password_history_needs_essentials
    call.tolerate_if(tier == "LITE" and remembers, needs, tier, likely=True)
    call.refuse_if("PASSWORD" not in factors, R.password_is_first_factor)
    call.tolerate_if("SOFTWARE_TOKEN" in factors, R.token_is_no_first_factor)
    unsent = "SMS_OTP" in factors and not settings.get("SmsConfiguration")
    call.refuse_if(unsent and call.operation == "CreateUserPool", R.sms_otp_needs_sms)
    # The fact is of a new pool; a pool that loses its SmsConfiguration later may be told so, or not.
    call.tolerate_if(unsent and call.operation != "CreateUserPool", R.sms_otp_needs_sms)
    check_registration(call, settings, given)
    names = {**ACR_LEVELS, **(settings.get("AcrConfiguration") or {})}.values()
    call.refuse_if(len({level.get("AcrValue") for level in names}) < len(names), R.level_names_differ)
    check_sender(call, given.get("SmsConfiguration"))
    check_messages(call, given, passwords_alone=set(factors) == {"PASSWORD"})
    check_functions(call, given.get("LambdaConfig") or {}, tier)
    template = given.get("VerificationMessageTemplate") or {}
    call.tolerate_if(
        template.get("EmailMessage") and template.get("EmailMessageByLink"), R.template_is_of_one_kind
    )
    check_change_of_tier(call, call.world.pools.get(pool.id), tier)


def check_change_of_tier(call: Call, former: Pool | None, tier: str) -> None:
    """What the new tier of a pool does not have may be refused as a change of tier."""
    if former is None or former.settings["UserPoolTier"] == tier:
        return
    for refusal in tuple(call.refusals):
        if "FeatureUnavailableInTierException" in refusal.errors:
            _, colon, feature = "".join(refusal.requirement.says).rpartition(":")
            # How those are called of which no text is known is not known either.
            named = (tier, feature) if colon and "{}" not in feature else ()
            call.tolerate_if(True, R.tier_change_keeps_features, *named, foremost=True)


def check_registration(call: Call, settings: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse a pool in the tier LITE what is for the tiers above it; a registration that is off is left to it."""
    if settings["UserPoolTier"] != "LITE":
        return
    off = {"EnableStatus": "Disabled"}
    named, kept = given.get("DcrConfiguration"), settings.get("DcrConfiguration")
    wants = named and named.get("EnableStatus") != "Disabled"
    call.refuse_if(wants or given.get("AcrConfiguration"), R.feature_needs_essentials)
    call.tolerate_if(named, R.feature_needs_essentials)
    call.refuse_if(
        not named and (kept or off).get("EnableStatus") != "Disabled", R.registration_ends_before_lite
    )


def check_sender(call: Call, sms: Mapping[str, Any] | None) -> None:
    """Refuse text messages by way of nowhere, and tolerate a refusal of whoever is to send them."""
    if not sms:
        return
    region = sms.get("SnsRegion")
    if region is not None:
        known = call.region is not None
        elsewhere = region != call.region if known else not regions.exists(region)
        call.refuse_if(elsewhere, R.sns_region_is_allowed, *((call.region, call.region) if known else ()))
        call.tolerate_if(not known, R.sns_region_is_allowed)
    call.tolerate_if(sms.get("SnsCallerArn"), R.sms_role_is_trusted)
    call.refuse_if(regions.is_foreign(call.account, sms.get("SnsCallerArn")), R.sms_role_is_of_account)
    call.tolerate_if(sms.get("SnsCallerArn"), R.sms_role_is_of_account)
    call.tolerate_if(not (sms.get("SnsCallerArn") or sms.get("EumsSms")), R.sms_configuration_has_sender)
    call.tolerate_if(sms.get("SnsCallerArn") and sms.get("EumsSms"), R.one_sms_service, likely=True)


def check_messages(call: Call, given: Mapping[str, Any], *, passwords_alone: bool) -> None:
    """Refuse an e-mail sender that cannot send, and an invitation without the password."""
    email = given.get("EmailConfiguration") or {}
    developer = email.get("EmailSendingAccount") == "DEVELOPER"
    call.refuse_if(developer and not email.get("SourceArn"), R.developer_has_source)
    sender = email.get("From")
    no_address = isinstance(sender, str) and "@" not in sender
    call.refuse_if(no_address and developer, R.sender_is_address)
    call.tolerate_if(no_address and not developer, R.sender_is_address, likely=True)
    source = email.get("SourceArn")
    elsewhere = regions.are_elsewhere(call.region, [source], *regions.SES)
    call.refuse_if(elsewhere, R.email_source_is_in_region)
    call.tolerate_if(regions.may_be_elsewhere(call.region, [source]), R.email_source_is_in_region)
    call.tolerate_if(developer or source or sender, R.ses_identity_is_verified)
    # Cognito's own sender takes no identity; that the identity was none of the deployer's may have had a part in it.
    call.tolerate_if(source and not (developer or elsewhere), R.ses_identity_is_verified, likely=True)
    template = (given.get("AdminCreateUserConfig") or {}).get("InviteMessageTemplate") or {}
    texts = (template.get("EmailMessage"), template.get("SMSMessage"))
    bare = any(isinstance(text, str) and "{####}" not in text for text in texts)
    # The documentation lets it be left out where users have no passwords.
    call.refuse_if(bare and passwords_alone, R.invitation_has_placeholder)
    call.tolerate_if(bare and not passwords_alone, R.invitation_has_placeholder)


def check_functions(call: Call, config: Mapping[str, Any], tier: str) -> None:
    """Refuse triggers that do not go together, or that the tier does not have."""
    sends = config.get("CustomEmailSender") or config.get("CustomSMSSender")
    call.refuse_if(sends and not config.get("KMSKeyID"), R.custom_sender_has_key)
    key = [config.get("KMSKeyID")]
    call.refuse_if(sends and regions.are_elsewhere(call.region, key), R.sender_key_is_in_region)
    call.tolerate_if(regions.may_be_elsewhere(call.region, key), R.sender_key_is_in_region)
    triggers = [found.get("LambdaArn") if isinstance(found, dict) else found for found in config.values()]
    triggers = [found for found in triggers if found != config.get("KMSKeyID")]
    call.refuse_if(regions.are_elsewhere(call.region, triggers), R.trigger_is_in_region)
    call.tolerate_if(regions.may_be_elsewhere(call.region, triggers), R.trigger_is_in_region)
    older, newer = config.get("PreTokenGeneration"), config.get("PreTokenGenerationConfig") or {}
    differ = older and newer.get("LambdaArn") and not call.same(older, newer["LambdaArn"])
    call.refuse_if(differ, R.token_generation_is_one_function)
    version = newer.get("LambdaVersion")
    call.refuse_if(
        tier == "LITE" and version not in (None, "V1_0"), R.token_generation_needs_essentials, tier, version
    )


def waiting(settings: Mapping[str, Any]) -> frozenset[str]:
    """The attributes that are not changed before their new value is verified."""
    setting = settings.get("UserAttributeUpdateSettings") or {}
    return frozenset(setting.get("AttributesRequireVerificationBeforeUpdate") or ())


def check_waiting(call: Call, pool: Pool) -> None:
    """Refuse attributes that wait for a verification which the pool does not ask for."""
    automatic = set(pool.settings.get("AutoVerifiedAttributes") or ())
    call.refuse_if(not waiting(pool.settings) <= automatic, R.update_waits_for_verified)


def check_recovery(call: Call, setting: Mapping[str, Any]) -> None:
    """Refuse an AccountRecoverySetting that contradicts itself."""
    mechanisms = setting.get("RecoveryMechanisms") or ()
    names = [mechanism.get("Name") for mechanism in mechanisms]
    priorities = [mechanism.get("Priority") for mechanism in mechanisms]
    call.refuse_if("admin_only" in names and len(names) > 1, R.admin_only_is_alone)
    call.refuse_if(
        len(set(names)) < len(names) or len(set(priorities)) < len(priorities),
        R.recovery_priorities_differ,
        "Invalid account recovery setting parameter. ",
    )


def check_recovery_and_factors(call: Call, pool: Pool) -> None:
    """A way of recovery that is a second factor too may be refused."""
    if pool.settings["MfaConfiguration"] == "OFF":
        return
    setting = pool.settings.get("AccountRecoverySetting") or {}
    ways = {mechanism.get("Name") for mechanism in setting.get("RecoveryMechanisms") or ()}
    alone = ways == {"verified_email"}
    call.tolerate_if(
        alone and mfa.uses(pool, "EmailMfaConfiguration"), R.email_recovers_or_is_factor, likely=True
    )
    texted = "verified_phone_number" in ways and mfa.uses(pool, "SmsMfaConfiguration")
    call.tolerate_if(texted, R.phone_recovers_or_is_factor, likely=len(ways) == 1)


def check_schema(call: Call, entries: Iterable[Mapping[str, Any]]) -> None:
    """Refuse entries that make no schema for a new pool."""
    new: list[Mapping[str, Any]] = []
    for entry in entries:
        name = entry.get("Name", "")
        call.refuse_if(
            name == "preferred_username" and entry.get("Required") and name in (call.AliasAttributes or ()),
            schema_R.preferred_username_alias_is_optional,
        )
        standard = STANDARD_BY_NAME.get(name)
        if standard is None:
            new.append(entry)
            continue
        kind = entry.get("AttributeDataType", standard["AttributeDataType"])
        check_sense(call, name, entry)
        call.refuse_if(
            kind != standard["AttributeDataType"] or entry.get("DeveloperOnlyAttribute"),
            schema_R.standard_attribute_keeps_type,
            name,
        )
    check_custom(call, new, ())


def check_sense(call: Call, name: str, entry: Mapping[str, Any]) -> None:
    """Tolerate a refusal of bounds that no value could keep. The words are those of moto, which says nowhere whence."""
    text = entry.get("StringAttributeConstraints") or {}
    kind, unit = ("String", "length") if text else ("Number", "value")
    words = None
    try:
        if misordered(entry, lower=0) is not None:
            words = f"user.{name}: Max {unit} cannot be less than min {unit}."
        elif any(bound is not None and float(bound) > LONGEST for bound in text.values()):
            words = f"user.{name}: String attributes cannot have a length of more than {LONGEST}"
    except ValueError:
        words = f"Invalid {kind}AttributeConstraints for schema attribute {name}"
    call.tolerate_if(words, schema_R.bounds_make_sense, words, likely=True)


def misordered(entry: Mapping[str, Any], lower: float | None = None) -> str | None:
    """What of a schema entry has a lower bound above the upper one, in Cognito's words; `lower` where there is none.

    Raises ValueError where a bound is no number.
    """
    text = entry.get("StringAttributeConstraints") or {}
    number = entry.get("NumberAttributeConstraints") or {}
    for low, high, words in (
        (text.get("MinLength"), text.get("MaxLength"), "max length shorter than it's min length"),
        (number.get("MinValue"), number.get("MaxValue"), "max value smaller than it's min value"),
    ):
        least = lower if low is None else float(low)
        if high is not None and least is not None and least > float(high):
            return words
    return None


def check_order(call: Call, name: str, entry: Mapping[str, Any]) -> None:
    """Refuse a lower bound above the upper one; of bounds that are no numbers nothing is known."""
    try:
        words = misordered(entry)
    except ValueError:
        words = None
    call.refuse_if(words, schema_R.bounds_are_ordered, name, words)


def check_custom(call: Call, entries: Iterable[Mapping[str, Any]], existing: Iterable[str]) -> None:
    """Refuse custom attributes of the wrong form, ones that exist, and too many of them."""
    before = frozenset(existing)
    known = set(before)
    for entry in entries:
        name = full_name(entry)
        call.refuse_if(entry.get("AttributeDataType") is None, schema_R.custom_attribute_has_type)
        call.refuse_if(entry.get("Required"), schema_R.custom_attribute_is_optional)
        call.tolerate_if(not PLAIN_NAME.fullmatch(entry.get("Name") or ""), schema_R.custom_name_is_plain)
        check_order(call, name, entry)
        check_sense(call, name, entry)
        twice = f"Duplicate custom attribute names {name} are not allowed in a user pool schema."
        new = call.operation == "CreateUserPool"
        call.refuse_if(
            name in known and (new or name in before),
            schema_R.custom_attribute_is_new,
            *((twice,) if new else (name, name)),
        )
        # Of a name that comes twice in one AddCustomAttributes no source speaks.
        call.tolerate_if(name in known, schema_R.custom_attribute_is_new, name, name, likely=True)
        known.add(name)
    call.refuse_if(sum(map(is_custom, known)) > CUSTOM_ATTRIBUTES, schema_R.fifty_custom_attributes)
