"""SetUserMFAPreference, SetUserSettings and their kin: which second factors a user has on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model import mfa
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.requirements import user_mfa as R
from cognito_model.second_factor import FACTOR_CONFIG

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User

FACTORS = {
    "SMSMfaSettings": "SMS_MFA",
    "SoftwareTokenMfaSettings": "SOFTWARE_TOKEN_MFA",
    "EmailMfaSettings": "EMAIL_OTP",
}


@operation("SetUserMFAPreference")
def set_user_mfa_preference(call: Call) -> Outcome:
    """A user turns factors on and off, and prefers one."""
    pool, user, _, _ = need_token(call)
    return prefer(call, pool, user)


@operation("AdminSetUserMFAPreference")
def admin_set_user_mfa_preference(call: Call) -> Outcome:
    """An administrator does."""
    pool = need_pool(call)
    return prefer(call, pool, need_user(call, pool))


def prefer(call: Call, pool: Pool, user: User) -> Outcome:
    """The user with the factors as the call sets them; factors that it does not name stay."""
    given = {factor: call.params[m] for m, factor in FACTORS.items() if isinstance(call.params.get(m), dict)}
    call.refuse_if(sum(bool(s.get("PreferredMfa")) for s in given.values()) > 1, R.one_is_preferred)
    enabled, preferred = list(user.mfa.enabled), user.mfa.preferred
    for factor, setting in given.items():
        on = bool(setting.get("Enabled"))
        if on and factor == "SOFTWARE_TOKEN_MFA":
            # An administrator can prefer it before the user has one, says the documentation; in fact it was refused.
            by_admin = call.operation == "AdminSetUserMFAPreference"
            call.guard(not by_admin)(user.mfa.secret is None, R.token_is_verified)
        if on and factor == "SMS_MFA":
            call.refuse_if(not user.has("phone_number"), R.phone_is_there)
        if on and factor == "EMAIL_OTP":
            text = "User does not have delivery config set to turn on EMAIL_OTP"
            call.tolerate_if(not user.has("email"), R.factor_may_be_refused, text, likely=True)
        call.tolerate_if(setting.get("PreferredMfa") and not on, R.factor_may_be_refused)
        if on and factor not in enabled:
            enabled.append(factor)
        if not on and factor in enabled:
            enabled.remove(factor)
        if on and setting.get("PreferredMfa"):
            preferred = factor
        elif preferred == factor:
            preferred = None
    passkeys = bool((call.WebAuthnMfaSettings or {}).get("Enabled"))
    # The documentation wants a second method beside passkeys, lest the user be locked out.
    call.tolerate_if(passkeys, R.factor_may_be_refused, likely=not enabled)
    unused = any(s.get("Enabled") and not mfa.uses(pool, FACTOR_CONFIG[f]) for f, s in given.items())
    call.tolerate_if(unused or pool.settings.get("MfaConfiguration", "OFF") == "OFF", R.factor_may_be_refused)
    call.tolerate_if(not enabled and pool.settings.get("MfaConfiguration") == "ON", R.factor_may_be_refused)
    kept = replace(user.mfa, enabled=tuple(enabled), preferred=preferred)
    user = call.change(user, R.preference_is_kept, mfa=kept)
    return call.reply(R.preference_is_kept, with_user(call, pool, user))


@operation("SetUserSettings")
def set_user_settings(call: Call) -> Outcome:
    """The older way to turn text messages on."""
    pool, user, _, _ = need_token(call)
    return settings(call, pool, user)


@operation("AdminSetUserSettings")
def admin_set_user_settings(call: Call) -> Outcome:
    """The same for an administrator."""
    pool = need_pool(call)
    return settings(call, pool, need_user(call, pool))


def settings(call: Call, pool: Pool, user: User) -> Outcome:
    """Text messages are on where MFAOptions name them, and off where it is empty; the operation is a leftover."""
    call.tolerate_if(True, R.factor_may_be_refused)
    options = call.MFAOptions or []
    on = any(o.get("DeliveryMedium") == "SMS" and o.get("AttributeName") == "phone_number" for o in options)
    others = tuple(f for f in user.mfa.enabled if f != "SMS_MFA")
    preferred = user.mfa.preferred if on or user.mfa.preferred != "SMS_MFA" else None
    kept = replace(user.mfa, enabled=(*others, "SMS_MFA") if on else others, preferred=preferred)
    user = call.change(user, R.settings_are_taken, mfa=kept)
    return call.reply(R.settings_are_taken, with_user(call, pool, user))
