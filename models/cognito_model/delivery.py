"""Which attribute a code goes to, and how the answer shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cognito_model.call import Call
from cognito_model.expect import Because, Both, Pattern
from cognito_model.requirements import delivery as R
from cognito_model.terms import Code
from cognito_model.world import Message, Pool, User

MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
CODE_LIFE = {"sign-up": 86400.0, "verify": 86400.0, "forgot-password": 3600.0}
"""Seconds for which a code of each purpose counts (facts confirm-code-validity-24h, vua-code-24h, fp-code-1h)."""


def mask(attribute: str, value: str) -> str:
    """The destination as CodeDeliveryDetails show it: t***@t***, +*******1234."""
    if attribute == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain[:1]}***"
    return "+" + "*" * (len(value) - 5) + value[-4:]


def details(attribute: str, value: Any) -> dict[str, Any]:
    """CodeDeliveryDetails for a code that went to this value of this attribute."""
    return {
        "Destination": shown_destination(attribute, value),
        "DeliveryMedium": Because(MEDIUM[attribute], R.delivery_names_attribute),
        "AttributeName": Because(attribute, R.delivery_names_attribute),
    }


def shown_destination(attribute: str, value: Any) -> Any:
    """What Destination must be: masked at least (MUST), in Cognito's own way (SHOULD)."""
    masked = mask(attribute, value)
    hidden = Because(Pattern(f"(?!{re.escape(value)}$).*\\*.*", masked), R.destination_is_masked)
    return Both.of(hidden, Because(masked, R.mask_keeps_first_letters))


def auto_verified(pool: Pool, values: Mapping[str, Any]) -> str | None:
    """The attribute that a sign-up code goes to: phone before e-mail (fact signup-both-autoverified-sms-wins)."""
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    return next((name for name in ("phone_number", "email") if name in automatic and values.get(name)), None)


def with_code(user_codes: Mapping[str, tuple[Message, ...]], purpose: str, message: Message) -> dict[str, Any]:
    """The user's outstanding codes with this one added, the newest last."""
    return {**user_codes, purpose: (*user_codes.get(purpose, ()), message)[-3:]}


def matching(call: Call, user: User, purpose: str, given: Any) -> Message | None:
    """The message whose code the client gave, among the user's outstanding ones for this purpose."""
    for message in reversed(user.codes.get(purpose, ())):
        if call.same(given, Code(message.term)):
            return message
    return None


def expired(call: Call, message: Message) -> bool:
    """Whether the code that the message carried no longer counts."""
    return call.now > message.at + CODE_LIFE.get(message.purpose, 86400.0)
