"""UpdateUserPool, AddCustomAttributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa, pool_rules, pool_settings
from cognito_model import pool_defaults as defaults
from cognito_model.call import Call, operation
from cognito_model.operations.common import instant, need_pool
from cognito_model.requirements import pool_rules as rules_R
from cognito_model.requirements import pool_schema as schema_R
from cognito_model.requirements import pool_updates as R
from cognito_model.schema_defaults import custom, full_name
from cognito_model.settings import write

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool

RESET: tuple[tuple[Requirement, str, Any], ...] = (
    (R.resets_auto_verified, "AutoVerifiedAttributes", None),
    (R.resets_triggers, "LambdaConfig", {}),
    (R.resets_threat_protection, "UserPoolAddOns", None),
    (R.resets_sms_message, "SmsAuthenticationMessage", None),
    (R.resets_devices, "DeviceConfiguration", None),
)
"""What goes back to its default if an update does not name it; measured."""

KEPT: tuple[tuple[Requirement, str], ...] = (
    (R.keeps_mfa, "MfaConfiguration"),
    (R.keeps_tier, "UserPoolTier"),
    (R.keeps_protection, "DeletionProtection"),
    (R.keeps_tags, "UserPoolTags"),
    (R.keeps_recovery, "AccountRecoverySetting"),
    (R.keeps_sms, "SmsConfiguration"),
    (R.keeps_sender, "EmailConfiguration"),
    (R.keeps_keys, "KeyConfiguration"),
    (R.keeps_keys, "IssuerConfiguration"),
    (R.keeps_client_registration, "DcrConfiguration"),
)
"""What stays if an update does not name it; measured, of EmailConfiguration where Cognito is the sender."""

UNSURE: dict[str, Any] = {
    "SmsVerificationMessage": None,
    "EmailVerificationMessage": None,
    "EmailVerificationSubject": None,
    "AcrConfiguration": None,
}
"""What is documented to go back to its default, but was never measured."""
BY_CODE = {"DefaultEmailOption": "CONFIRM_WITH_CODE"}
BY_COGNITO = {"EmailSendingAccount": "COGNITO_DEFAULT"}


@operation("UpdateUserPool")
def update_user_pool(call: Call) -> Outcome:
    """Change the settings of a user pool."""
    before = need_pool(call)
    days = (call.AdminCreateUserConfig or {}).get("UnusedAccountValidityDays")
    newer = ((call.Policies or {}).get("PasswordPolicy") or {}).get("TemporaryPasswordValidityDays")
    # Whether a policy that the pool has, by default even, counts as the request's own does is not settled.
    refuse_if = call.guard(newer)
    refuse_if(days is not None, rules_R.unused_account_days_are_gone)
    pool = call.change(before, R.updates_pool, modified=instant(call))
    pool = forgotten(call, pool)
    pool = with_policies(call, pool)
    pool = pool_settings.write_given(call, pool, R.updates_pool)
    if call.PoolName:
        pool = write(call, pool, R.renames_pool, {"Name": call.PoolName})
    if call.MfaConfiguration is not None:
        factors = mfa.turned_off(pool) if call.MfaConfiguration == "OFF" else mfa.turned_on(pool)
        pool = write(call, pool, R.updates_pool, {"MfaConfiguration": call.MfaConfiguration, **factors})
    for requirement, member in KEPT:
        if (
            call.params.get(member) is None
            and before.settings.get(member)
            and not sends_itself(before, member)
        ):
            pool = write(call, pool, requirement, {member: before.settings[member]})
    check(call, before, pool)
    return call.reply(R.updates_pool, call.world.with_pool(pool))


def forgotten(call: Call, pool: Pool) -> Pool:
    """The pool with what the request does not name gone back to its default, or perhaps gone back."""
    settings = pool.settings
    for requirement, member, default in RESET:
        if call.params.get(member) is None and settings.get(member):
            pool = write(call, pool, requirement, {member: default})
    open_questions = dict(settings.get("_or") or {})
    unsure = (
        {**UNSURE, "EmailConfiguration": BY_COGNITO} if sends_itself(pool, "EmailConfiguration") else UNSURE
    )
    for member, default in unsure.items():
        if call.params.get(member) is not None:
            open_questions.pop(member, None)
        elif settings.get(member) not in (None, default):
            open_questions[member] = settings[member]
            pool = write(call, pool, R.unnamed_setting_is_known, {member: default})
    for member in ("EmailConfiguration", "SmsConfiguration"):
        if call.params.get(member) is not None:
            open_questions.pop(member, None)
    plain = defaults.admin_create_user_config(None, settings["Policies"]["PasswordPolicy"])
    for member, default, part, because in (
        ("VerificationMessageTemplate", BY_CODE, "DefaultEmailOption", R.resets_verification),
        ("AdminCreateUserConfig", plain, "AllowAdminCreateUserOnly", R.resets_self_sign_up),
    ):
        open_questions.pop(member, None)
        before = settings[member]
        if call.params.get(member) is not None or before == default:
            continue
        # Measured of this part alone: the others may have stayed.
        perhaps = {**before, part: default[part]}
        if perhaps != default:
            open_questions[member] = perhaps
            pool = write(call, pool, R.unnamed_setting_is_known, {member: default})
        pool = write(call, pool, because, {member: default}, [f"{member}.{part}"])
    return write(call, pool, R.unnamed_setting_is_known, {"_or": open_questions or None}, parts=())


def sends_itself(pool: Pool, member: str) -> bool:
    """Whether this is the EmailConfiguration of a developer who sends the e-mail: nobody measured what becomes of it."""
    sender = pool.settings.get("EmailConfiguration") or {}
    return member == "EmailConfiguration" and sender.get("EmailSendingAccount") == "DEVELOPER"


def with_policies(call: Call, pool: Pool) -> Pool:
    """The pool with the policies that the request names; each part that it does not name stays."""
    named = call.Policies or {}
    policies = pool.settings["Policies"]
    if named.get("PasswordPolicy"):
        pool = pool_settings.write_password_policy(call, pool, R.updates_pool, named["PasswordPolicy"])
    else:
        parts = ["PasswordPolicy", *(f"PasswordPolicy.{name}" for name in policies["PasswordPolicy"])]
        pool = write(call, pool, R.keeps_policies, {"Policies": policies}, parts=parts)
    because = R.updates_pool if named.get("SignInPolicy") else R.keeps_policies
    sign_in = named.get("SignInPolicy") or policies["SignInPolicy"]
    pool = pool_settings.write_sign_in_policy(call, pool, because, sign_in)
    config = call.AdminCreateUserConfig or pool.settings["AdminCreateUserConfig"]
    whole = defaults.admin_create_user_config(config, pool.settings["Policies"]["PasswordPolicy"])
    named_parts = ["AdminCreateUserConfig"] if call.AdminCreateUserConfig else []
    pool = write(call, pool, R.updates_pool, {"AdminCreateUserConfig": whole}, parts=named_parts)
    because = R.updates_pool if pool_settings.says_who_signs_up(call) else R.unnamed_setting_is_known
    who = [pool_settings.WHO_SIGNS_UP] if named_parts else []
    return write(call, pool, because, {"AdminCreateUserConfig": whole}, parts=who)


def check(call: Call, before: Pool, pool: Pool) -> None:
    """Refuse an update that would leave settings which do not go together."""
    settings = pool.settings
    if call.UserAttributeUpdateSettings is None:
        waiting = pool_rules.waiting(settings)
        call.refuse_if(
            not waiting <= set(settings.get("AutoVerifiedAttributes") or ()), R.update_settings_stay
        )
    else:
        pool_rules.check_waiting(call, pool)
    pool_rules.check(call, pool, call.params)
    has_factor = settings.get("SmsConfiguration") or any(name in settings["_mfa"] for name in mfa.FACTORS)
    turns_on = call.MfaConfiguration == "ON" and before.settings["MfaConfiguration"] != "ON"
    call.refuse_if(turns_on and not has_factor, R.required_mfa_has_factor)
    # Measured with a software token that was on; whether text messages, or factors that were on once, do as well is not.
    certain = any(mfa.uses(before, name) for name in mfa.FACTORS)
    call.tolerate_if(turns_on and has_factor and not certain, R.required_mfa_has_factor)
    call.tolerate_if(call.MfaConfiguration == "OPTIONAL" and not has_factor, R.mfa_needs_factor)
    if settings["MfaConfiguration"] == "ON" or before.settings["MfaConfiguration"] == "ON":
        # Measured where MFA was on and stayed on; what counts where the update itself turns it on or off is not settled.
        stays = settings["MfaConfiguration"] == before.settings["MfaConfiguration"]
        adds = {*mfa.first_factors(pool)} - {*mfa.first_factors(before)}
        guard = call.guard(stays and adds & mfa.CODES)
        guard(mfa.one_time_passwords(pool), R.mfa_and_passwordless)
        guard = call.guard(stays and "WEB_AUTHN" in adds)
        guard("WEB_AUTHN" in mfa.first_factors(pool) and not mfa.passkeys_suffice(pool), R.mfa_and_passkeys)
    call.tolerate_if(
        call.MfaConfiguration == "OFF" and settings.get("SmsConfiguration"), R.sms_mfa_stays_with_sms
    )


@operation("AddCustomAttributes")
def add_custom_attributes(call: Call) -> Outcome:
    """Add attributes to a user pool's schema."""
    pool = need_pool(call)
    entries = call.CustomAttributes or ()
    existing = pool.settings["SchemaAttributes"]
    pool_rules.check_custom(call, entries, [attribute["Name"] for attribute in existing])
    added = {attribute["Name"]: attribute for attribute in map(custom, entries)}
    merged = (*(a for a in existing if a["Name"] not in added), *added.values())
    pool = call.change(pool, schema_R.adds_custom_attribute, modified=instant(call))
    pool = write(
        call,
        pool,
        schema_R.adds_custom_attribute,
        {"SchemaAttributes": merged},
        parts=[f"Schema.{name}" for name in added],
    )
    immutable = [f"Schema.{full_name(entry)}.Mutable" for entry in entries if entry.get("Mutable") is None]
    pool = write(
        call,
        pool,
        schema_R.declared_attribute_is_immutable,
        {"SchemaAttributes": merged} if immutable else {},
        immutable,
    )
    return call.reply(schema_R.adds_custom_attribute, call.world.with_pool(pool))
