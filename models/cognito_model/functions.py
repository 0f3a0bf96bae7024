"""Functions for Lambda triggers that a target may offer: each does one fixed thing, which the model follows.

Whoever sets up the target deploys them and tells their ARNs (docs/triggers.md). The model sees none of that: a pool's
LambdaConfig names the term `Function(role)`. Any other function may do anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cognito_model.terms import Function

if TYPE_CHECKING:
    from cognito_model.world import Pool

DENY, AUTO_CONFIRM, AUTO_VERIFY, CUSTOM_CHALLENGE = "deny", "auto-confirm", "auto-verify", "custom-challenge"
CUSTOM_SENDER, SENDER_KEY = "custom-sender", "sender-key"
ROLES = {
    DENY: "throws an error whose message is the word denied",
    AUTO_CONFIRM: "sets autoConfirmUser, and nothing else",
    AUTO_VERIFY: "sets autoConfirmUser and autoVerifyEmail, also of a user without an e-mail address",
    CUSTOM_CHALLENGE: "asks for a word, three times at most, and if SRP_A comes for the password before that",
    CUSTOM_SENDER: "decrypts a code that it is to send, and puts it where the target's inbox finds it",
    SENDER_KEY: "is no function, but the KMS key that the codes for the sender are encrypted with",
}
"""What each function does, whatever it is asked by."""
DENIED = "denied"
"""The message of the error that `deny` throws."""
PUBLIC = {"question": "Which word?"}
"""The publicChallengeParameters of `custom-challenge`."""
SECRET, ANSWER = "answer", "cognito"
"""The one member of its privateChallengeParameters, and the answer that it takes."""
TRIES = 3
"""The answer that it fails the sign-in for, if it is as wrong as those before it."""


def role(pool: Pool, trigger: str) -> str | None:
    """The role of the function that the pool has for a trigger; None for no function, and for one that nobody knows."""
    value = (pool.settings.get("LambdaConfig") or {}).get(trigger)
    value = value.get("LambdaArn") if isinstance(value, Mapping) else value
    return value.role if isinstance(value, Function) else None
