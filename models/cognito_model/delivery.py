"""Which attribute a code goes to, how the answer shows it, and for how long it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cognito_model.evolve import replace
from cognito_model.expect import Because, Both, OneOf, Pattern
from cognito_model.requirements import delivery as R
from cognito_model.terms import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call
    from cognito_model.requirement import Requirement
    from cognito_model.world import Message, Pool, User

MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
CODE_LIFE = {"forgot-password": 3600.0}
DAY = 86400.0
"""Seconds for which a code counts (facts confirm-code-validity-24h, vua-code-24h, fp-code-1h)."""
SLACK = 10.0
"""Seconds by which the clocks of client and service may differ when a code's age is in question."""
KEPT = 3
"""How many outstanding codes of a purpose are remembered."""

SIMULATED = OneOf.of(
    {"Destination": Pattern(r".*\*.*", "u***@y***"), "DeliveryMedium": "EMAIL", "AttributeName": "email"},
    {
        "Destination": Pattern(r".*\*.*", "+*******4821"),
        "DeliveryMedium": "SMS",
        "AttributeName": "phone_number",
    },
)
"""Delivery details for nobody (fact fp-unknown-enabled-simulated-stable)."""


def mask(attribute: str, value: str) -> str:
    """The destination as CodeDeliveryDetails show it: t***@t***, +*******1234."""
    if attribute == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain[:1]}***"
    return "+" + "*" * (len(value) - 5) + value[-4:]


def details(attribute: str, value: Any, because: Requirement) -> dict[str, Any]:
    """CodeDeliveryDetails for a code that went to this value of this attribute, as `because` says."""
    return {
        "Destination": shown_destination(attribute, value),
        "DeliveryMedium": Because(MEDIUM[attribute], R.delivery_names_attribute),
        "AttributeName": Both.of(Because(attribute, because), Because(attribute, R.delivery_names_attribute)),
    }


def shown_destination(attribute: str, value: Any) -> Any:
    """What Destination must be: masked at least (MUST), in Cognito's own way (SHOULD)."""
    if not isinstance(value, str):
        return Pattern(r".*\*.*", "u***@y***")
    masked = mask(attribute, value)
    hidden = Because(Pattern(f"(?!{re.escape(value)}$).*\\*.*", masked), R.destination_is_masked)
    return Both.of(hidden, Because(masked, R.mask_keeps_first_letters))


CHANGING = frozenset(
    {"SignUp", "UpdateUserAttributes", "AdminUpdateUserAttributes", "AdminResetUserPassword"}
)
"""Operations that do more than send a message, which may stand where it cannot go out."""


def auto_verified(pool: Pool, values: Mapping[str, Any]) -> str | None:
    """Where a sign-up code goes: to the phone before e-mail (fact signup-both-autoverified-sms-wins)."""
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    return next((name for name in ("phone_number", "email") if name in automatic and values.get(name)), None)


def send(call: Call, pool: Pool, user: User, purpose: str, attribute: str, counts: Requirement) -> User:
    """The user once a code of this purpose went to the attribute; `counts` says that the code works."""
    return send_to(call, pool, user, purpose, attribute, user.attributes[attribute], counts)


def send_to(
    call: Call, pool: Pool, user: User, purpose: str, attribute: str, value: Any, counts: Requirement
) -> User:
    """The user once a code went to a value that is not the attribute's yet."""
    may_not_go_out(call, pool, attribute, late=call.operation in CHANGING)
    message = call.send(pool, user, purpose, attribute, MEDIUM[attribute], value)
    return call.change(user, counts, codes=with_code(user.codes, purpose, message))


def may_not_go_out(call: Call, pool: Pool, attribute: str, *, late: bool) -> None:
    """Tolerate a refusal of the message to this attribute; `late` says that the rest of the request may stand."""
    call.tolerate_if(True, R.message_may_not_go_out, late=late)
    unset = attribute == "phone_number" and not pool.settings.get("SmsConfiguration")
    call.tolerate_if(unset, R.text_needs_configuration, late=late)


def with_code(
    user_codes: Mapping[str, tuple[Message, ...]], purpose: str, message: Message
) -> dict[str, Any]:
    """The user's outstanding codes with this one added, the newest last."""
    return {**user_codes, purpose: (*user_codes.get(purpose, ()), message)[-KEPT:]}


def without_codes(user: User, purpose: str) -> User:
    """The user without outstanding codes of this purpose."""
    return replace(user, codes={name: sent for name, sent in user.codes.items() if name != purpose})


def spend(call: Call, user: User, purpose: str, once: Requirement) -> User:
    """The user whose codes of this purpose no longer count, as `once` says; the last one is known as used."""
    left = {name: sent for name, sent in user.codes.items() if name != purpose}
    used = {f"used:{purpose}": user.codes[purpose][-1:]} if purpose in user.codes else {}
    return call.change(user, once, codes={**left, **used})


def matching(call: Call, user: User, purpose: str, given: Any) -> Message | None:
    """The message whose code the client gave, among the user's outstanding ones for this purpose."""
    for message in reversed(user.codes.get(purpose, ())):
        if call.same(given, Code(message.term)):
            return message
    return None


def check_code(
    call: Call,
    user: User,
    purpose: str,
    given: Any,
    *,
    was_sent: Requirement,
    matches: Requirement,
    is_fresh: Requirement,
    is_newest: Requirement,
) -> Message | None:
    """The message that carried the code; refused is one that nobody sent, that is wrong, or that is too old.

    Whether a newer code puts an older one out of force is not settled, and so both are right.
    """
    sent = user.codes.get(purpose, ())
    message = matching(call, user, purpose, given)
    call.refuse_if(not sent, was_sent)
    call.refuse_if(sent and message is None, matches)
    looked_at = message or (sent[-1] if sent else None)
    if looked_at is not None:
        age = call.now - looked_at.at - CODE_LIFE.get(purpose, DAY)
        call.refuse_if(age > SLACK, is_fresh)
        call.tolerate_if(abs(age) <= SLACK, is_fresh)
    call.tolerate_if(message is not None and len(sent) > 1, is_newest)
    return message
