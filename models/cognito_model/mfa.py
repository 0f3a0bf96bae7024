"""A pool's second factors, as GetUserPoolMfaConfig shows them (kept in its settings as `_mfa`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cognito_model.world import Pool

CODES = {"EMAIL_OTP", "SMS_OTP"}
FACTORS = ("SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration")


def config(pool: Pool) -> dict[str, Any]:
    """The members of GetUserPoolMfaConfig beside MfaConfiguration."""
    found: dict[str, Any] = pool.settings.get("_mfa") or {}
    return found


def uses(pool: Pool, member: str) -> bool:
    """Whether the pool uses the factor of this member of GetUserPoolMfaConfig."""
    found = config(pool).get(member)
    return found is not None and found.get("Enabled", True) is not False


def before(pool: Pool) -> dict[str, Any]:
    """The factors that the pool had when UpdateUserPool turned MFA off; perhaps they are kept."""
    found: dict[str, Any] = pool.settings.get("_mfa_before") or {}
    return found


def turned_off(pool: Pool) -> dict[str, Any]:
    """The settings once MFA is off: passkeys stay, since they are no factor (fact mfa-off-webauthn-ok)."""
    passkeys = {name: value for name, value in config(pool).items() if name == "WebAuthnConfiguration"}
    return {"_mfa": passkeys, "_mfa_before": {**before(pool), **config(pool)}}


def turned_on(pool: Pool) -> dict[str, Any]:
    """The settings once MFA is on again: with the factors that it had before."""
    return {"_mfa": {**before(pool), **config(pool)}, "_mfa_before": None}


def first_factors(pool: Pool) -> tuple[str, ...]:
    """AllowedFirstAuthFactors of the pool."""
    return tuple(pool.settings["Policies"]["SignInPolicy"].get("AllowedFirstAuthFactors") or ("PASSWORD",))


def one_time_passwords(pool: Pool) -> bool:
    """Whether a code alone may be the first factor."""
    return not CODES.isdisjoint(first_factors(pool))


def passkeys_suffice(pool: Pool) -> bool:
    """Whether a passkey counts as two factors in the pool."""
    factor = (config(pool).get("WebAuthnConfiguration") or {}).get("FactorConfiguration")
    return bool(factor == "MULTI_FACTOR_WITH_USER_VERIFICATION")


def recovery(pool: Pool) -> list[str]:
    """The recovery mechanisms that the pool was given, by priority; [] where it was given none."""
    setting = pool.settings.get("AccountRecoverySetting") or {}
    listed = sorted(setting.get("RecoveryMechanisms") or [], key=lambda mechanism: mechanism["Priority"])
    return [mechanism["Name"] for mechanism in listed]
