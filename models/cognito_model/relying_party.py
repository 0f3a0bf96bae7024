"""For which domain a pool's passkeys are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa

if TYPE_CHECKING:
    from cognito_model.world import Pool


def of(pool: Pool) -> Any:
    """The relying party's id that the pool configures, or None where it is left to the pool's domain."""
    return (mfa.config(pool).get("WebAuthnConfiguration") or {}).get("RelyingPartyId")


def verification(pool: Pool) -> str:
    """Whether the passkey must verify its user: "required" or "preferred" (API_WebAuthnConfigurationType)."""
    found: str = (mfa.config(pool).get("WebAuthnConfiguration") or {}).get("UserVerification") or "preferred"
    return found
