"""For which domain a pool's passkeys are, and what they must show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from cognito_model.world import Pool, User


def configured(pool: Pool) -> Any:
    """The relying party's id that the pool configures, or None where it is left to the pool's domain."""
    return (mfa.config(pool).get("WebAuthnConfiguration") or {}).get("RelyingPartyId")


def verification(pool: Pool) -> str:
    """Whether the passkey must verify its user: "required" or "preferred" (API_WebAuthnConfigurationType)."""
    found: str = (mfa.config(pool).get("WebAuthnConfiguration") or {}).get("UserVerification") or "preferred"
    return found


def handle(user: User) -> Fresh:
    """The id by which passkeys know the user."""
    return Fresh("UserHandle", user.sub.step, user.sub.index)


def rules(pool: Pool, user: User, challenge: Fresh, party: Any) -> dict[str, Any]:
    """What a credential for `challenge` must keep, as `Call.registered` and `Call.signed_by` take it.

    `party` is what the pool configured when it gave the challenge: the credential was made for that.
    """
    return {
        "party": party or Fresh("RelyingParty", challenge.step),
        "verification": verification(pool),
        "handle": handle(user),
    }
