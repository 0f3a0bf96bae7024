"""GetUserPoolMfaConfig, SetUserPoolMfaConfig."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa, pool_doubts, pool_rules
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, Exactly, OneOf, Present
from cognito_model.operations.common import instant, need_pool
from cognito_model.requirements import mfa_config as R
from cognito_model.requirements import pool_updates as updates_R
from cognito_model.settings import shown, write

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

NOTHING = OneOf.of(ABSENT, Exactly({}))
"""A factor that was not set: no source tells whether its member is left out or empty, but for the software token."""

SUFFIXES = {
    "com",
    "org",
    "net",
    "edu",
    "io",
    "dev",
    "app",
    "de",
    "co.uk",
    "org.uk",
    "com.au",
    "com.br",
    "co.jp",
}
"""A few of the public suffix list."""


@operation("GetUserPoolMfaConfig")
def get_user_pool_mfa_config(call: Call) -> Outcome:
    """Show a pool's second factors."""
    pool = need_pool(call)
    return call.reply(R.shows_mfa, **members(pool))


@operation("SetUserPoolMfaConfig")
def set_user_pool_mfa_config(call: Call) -> Outcome:
    """Set a pool's second factors, all of them at once."""
    pool = need_pool(call)
    on = call.MfaConfiguration in ("ON", "OPTIONAL")
    named = [name for name in mfa.FACTORS if call.params.get(name) is not None]
    call.refuse_if(not on and named, R.off_has_no_factor)
    call.settle()
    check_factors(call, pool, on=on)
    check_first_factors(call, pool)
    party = (call.WebAuthnConfiguration or {}).get("RelyingPartyId")
    call.refuse_if(party in SUFFIXES, R.relying_party_is_no_suffix)
    single = isinstance(party, str) and "." not in party and party not in SUFFIXES
    call.tolerate_if(single, R.relying_party_is_no_suffix, likely=True)

    before = mfa.config(pool)
    # An empty EmailMfaConfiguration is one all the same (fact mfa-email-empty-block).
    factors = {
        name: call.params[name]
        for name in (*named, "WebAuthnConfiguration")
        if call.params.get(name) or name == "EmailMfaConfiguration"
    }
    kept = before.get("WebAuthnConfiguration") if call.WebAuthnConfiguration is None else None
    if kept and mfa.passkeys_suffice(pool):
        kept = {**kept, "FactorConfiguration": OneOf.of("SINGLE_FACTOR", ABSENT)}
    sms = call.SmsMfaConfiguration or {}
    also = {
        name: sms[name]
        for name in ("SmsConfiguration", "SmsAuthenticationMessage")
        if sms.get(name) is not None
    }
    pool = call.change(pool, R.sets_mfa, modified=instant(call))
    because = R.sets_mfa if call.MfaConfiguration else R.replaces_all
    pool = write(call, pool, because, {"MfaConfiguration": call.MfaConfiguration or "OFF"})
    if "SmsConfiguration" in also and pool.settings.get("SmsConfiguration") != also["SmsConfiguration"]:
        # Whether the pool's own configuration becomes the factor's is not settled.
        doubts = {**pool_doubts.of(pool), "SmsConfiguration": pool.settings.get("SmsConfiguration")}
        pool = write(call, pool, R.sets_mfa, {"_or": doubts}, parts=())
    pool = write(call, pool, R.sets_mfa, {"_mfa": factors, **also}, parts=[*factors, *also])
    pool_rules.check_recovery_and_factors(call, pool)
    gone = [name for name in (*mfa.FACTORS, "WebAuthnConfiguration") if name not in factors]
    whole = factors if kept is None else {**factors, "WebAuthnConfiguration": kept}
    pool = write(call, pool, R.replaces_all, {"_mfa": whole, "_mfa_before": None}, parts=gone)
    return call.reply(R.sets_mfa, call.world.with_pool(pool), **members(pool))


def check_factors(call: Call, pool: Pool, *, on: bool) -> None:
    """Refuse MFA without a factor, and factors that the pool cannot use."""
    sms = call.SmsMfaConfiguration
    email = call.EmailMfaConfiguration
    can_text = (sms or {}).get("SmsConfiguration") or pool.settings.get("SmsConfiguration")
    totp = (call.SoftwareTokenMfaConfiguration or {}).get("Enabled")
    if on and not totp and email is None and not (sms or {}).get("SmsConfiguration"):
        # A software token that is off was seen to count (fact mfa-on-token-off); of text messages nobody says.
        may_do = call.SoftwareTokenMfaConfiguration is not None or can_text
        call.tolerate_if(may_do, R.on_has_factor)
        call.guard(sms is None)(not may_do, R.on_has_factor)
    call.tolerate_if(sms is not None and not can_text, R.sms_needs_configuration)
    pool_rules.check_sender(call, (sms or {}).get("SmsConfiguration"))
    call.tolerate_if(sms is None and pool.settings.get("SmsConfiguration"), updates_R.sms_mfa_stays_with_sms)
    if email is not None:
        sender = pool.settings["EmailConfiguration"].get("EmailSendingAccount")
        call.refuse_if(sender == "COGNITO_DEFAULT", R.email_needs_ses)
        call.refuse_if(pool.settings["UserPoolTier"] == "LITE", R.email_needs_essentials)


def check_first_factors(call: Call, pool: Pool) -> None:
    """Refuse to require MFA where a first factor cannot go with it."""
    if call.MfaConfiguration != "ON":
        return
    call.refuse_if(mfa.one_time_passwords(pool), R.required_mfa_needs_password)
    given = (call.WebAuthnConfiguration or {}).get("FactorConfiguration")
    if "WEB_AUTHN" in mfa.first_factors(pool) and given != "MULTI_FACTOR_WITH_USER_VERIFICATION":
        # WebAuthnConfiguration without the member, beside a pool that has it, was not measured.
        bare = call.WebAuthnConfiguration is not None and given is None and mfa.passkeys_suffice(pool)
        call.tolerate_if(bare, R.required_mfa_needs_verified_passkey, likely=True)
        call.refuse_if(not bare, R.required_mfa_needs_verified_passkey)


def members(pool: Pool) -> dict[str, Any]:
    """The members of GetUserPoolMfaConfig's answer."""
    config = mfa.config(pool)
    totp = config.get("SoftwareTokenMfaConfiguration")
    sms = config.get("SmsMfaConfiguration")
    email = config.get("EmailMfaConfiguration")
    found: dict[str, Any] = {
        "MfaConfiguration": shown(pool, "MfaConfiguration", pool.settings["MfaConfiguration"]),
        "WebAuthnConfiguration": webauthn(pool),
    }
    if totp and totp.get("Enabled"):
        found["SoftwareTokenMfaConfiguration"] = shown(pool, "SoftwareTokenMfaConfiguration", totp)
    else:
        nothing = ABSENT if totp is None else OneOf.of({"Enabled": False}, ABSENT)
        found["SoftwareTokenMfaConfiguration"] = shown(
            pool, "SoftwareTokenMfaConfiguration", nothing, R.no_totp_unless_set
        )
    if sms is not None:
        found["SmsMfaConfiguration"] = shown(pool, "SmsMfaConfiguration", text_message(pool, sms))
    elif not pool.settings.get("SmsConfiguration"):
        found["SmsMfaConfiguration"] = shown(pool, "SmsMfaConfiguration", NOTHING, R.shows_mfa)
    found["EmailMfaConfiguration"] = shown(
        pool, "EmailMfaConfiguration", NOTHING if email is None else email, R.shows_mfa
    )
    kept = mfa.before(pool)
    return found | {name: OneOf.of(ABSENT, kept[name]) for name in mfa.FACTORS if name in kept}


def text_message(pool: Pool, sms: dict[str, Any]) -> dict[str, Any]:
    """SmsMfaConfiguration with the pool's own SmsConfiguration where it has no other."""
    known = pool.settings.get("SmsConfiguration")
    return {**({"SmsConfiguration": known} if known else {}), **sms}


def webauthn(pool: Pool) -> Any:
    """WebAuthnConfiguration: nobody has settled what shows where none was set."""
    given = mfa.config(pool).get("WebAuthnConfiguration")
    if given is None:
        return OneOf.of(ABSENT, Present({}))
    if pool.causes.get("settings.WebAuthnConfiguration") is R.replaces_all:
        return OneOf.of(given, ABSENT)
    return Because(given, R.sets_mfa)
