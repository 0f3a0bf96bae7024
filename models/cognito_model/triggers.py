"""A pool's Lambda triggers: code of the customer's that may refuse a request, and that confirms sign-ups.

What is known of a function (`functions`) is followed where evidence says what comes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model import functions
from cognito_model.requirements import triggers as R

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call
    from cognito_model.world import Message, Pool

MESSAGES = ("CustomMessage", "CustomEmailSender", "CustomSMSSender")
RUN: Mapping[str, tuple[str, ...]] = {
    "SignUp": ("PreSignUp", "PostConfirmation", *MESSAGES),
    "AdminCreateUser": ("PreSignUp", *MESSAGES),
    "ConfirmSignUp": ("PostConfirmation",),
    "AdminConfirmSignUp": ("PostConfirmation",),
    "ResendConfirmationCode": MESSAGES,
    "ForgotPassword": MESSAGES,
    "AdminResetUserPassword": MESSAGES,
    "ConfirmForgotPassword": ("PostConfirmation",),
    "UpdateUserAttributes": MESSAGES,
    "AdminUpdateUserAttributes": MESSAGES,
    "GetUserAttributeVerificationCode": MESSAGES,
}
"""Which triggers an operation runs (developer guide, connecting API actions to Lambda triggers)."""
LATE = frozenset({"PostConfirmation", *MESSAGES})
"""Triggers that run when the user is there, or confirmed, already (facts confirmed-before-trigger and its kin)."""
FOLLOWED = {
    "PreSignUp": frozenset({functions.DENY, functions.AUTO_CONFIRM, functions.AUTO_VERIFY}),
    "CustomEmailSender": frozenset({functions.CUSTOM_SENDER}),
    "CustomSMSSender": frozenset({functions.CUSTOM_SENDER}),
}
"""Of which functions it is settled what comes of them, by the trigger that they run for."""


def has(pool: Pool, trigger: str) -> bool:
    """Whether the pool has this trigger."""
    return bool((pool.settings.get("LambdaConfig") or {}).get(trigger))


def is_unknown(pool: Pool, trigger: str) -> bool:
    """Whether the pool has this trigger, and what comes of it is not for the model to say."""
    return has(pool, trigger) and functions.role(pool, trigger) not in FOLLOWED.get(trigger, ())


def may_refuse(call: Call, pool: Pool) -> None:
    """Tolerate that a trigger of the operation refuses the call, or cannot be run."""
    unknown = {name for name in RUN[call.operation] if is_unknown(pool, name)}
    call.tolerate_if(unknown, R.triggers_may_refuse, late=not unknown.isdisjoint(LATE))


def may_refuse_stranger(call: Call, pool: Pool) -> None:
    """Tolerate that a trigger which is to fetch unknown users from elsewhere refuses the call."""
    call.tolerate_if(is_unknown(pool, "UserMigration"), R.triggers_may_refuse)


def went_by_sender(pool: Pool, message: Message) -> bool:
    """Whether a message of this medium goes by way of a sender of the customer's that is known."""
    sender = "CustomEmailSender" if message.medium == "EMAIL" else "CustomSMSSender"
    return functions.role(pool, sender) == functions.CUSTOM_SENDER


def check_denied(call: Call, pool: Pool) -> None:
    """Refuse a new user whom the pool's PreSignUp trigger denies."""
    denied = functions.role(pool, "PreSignUp") == functions.DENY
    call.refuse_if(denied, R.sign_up_is_denied, functions.DENIED)
