"""A pool's second factors, as GetUserPoolMfaConfig shows them (kept in its settings as `_mfa`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cognito_model.world import Pool

FACTORS = ("SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration")


def config(pool: Pool) -> dict[str, Any]:
    """The members of GetUserPoolMfaConfig beside MfaConfiguration."""
    found: dict[str, Any] = pool.settings.get("_mfa") or {}
    return found


def webauthn_alone(pool: Pool) -> dict[str, Any]:
    """The configuration without second factors: passkeys are none (fact mfa-off-webauthn-ok)."""
    return {name: value for name, value in config(pool).items() if name == "WebAuthnConfiguration"}


def first_factors(pool: Pool) -> tuple[str, ...]:
    """AllowedFirstAuthFactors of the pool."""
    return tuple(pool.settings["Policies"]["SignInPolicy"].get("AllowedFirstAuthFactors") or ("PASSWORD",))


def one_time_passwords(pool: Pool) -> bool:
    """Whether a code alone may be the first factor."""
    return any(factor in ("EMAIL_OTP", "SMS_OTP") for factor in first_factors(pool))
