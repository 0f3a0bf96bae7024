"""DeleteUserAttributes, AdminDeleteUserAttributes, GetUserAttributeVerificationCode, VerifyUserAttribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attempts, attributes, delivery, triggers, user_view
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import Because, OneOf
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.requirements import attributes as values_R
from cognito_model.requirements import user_attributes as R

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.outcome import Outcome
    from cognito_model.world import Message, Pool, User

CALLED = {"email": "email address", "phone_number": "phone number"}


@operation("AdminDeleteUserAttributes")
def admin_delete_user_attributes(call: Call) -> Outcome:
    """An administrator deletes attributes of a user."""
    pool = need_pool(call)
    user = need_user(call, pool)
    call.tolerate_if(_required(pool, call), R.deletion_may_be_refused)
    return delete(call, pool, user)


@operation("DeleteUserAttributes")
def delete_user_attributes(call: Call) -> Outcome:
    """A signed-in user deletes attributes of its own."""
    pool, user, client, _ = need_token(call)
    writable = client.settings.get("WriteAttributes")
    call.tolerate_if(writable and any(n not in writable for n in _named(call)), R.deletion_may_be_refused)
    required = _required(pool, call)
    call.refuse_if(required, R.required_stays, *required[:1])
    return delete(call, pool, user)


def _named(call: Call) -> list[str]:
    return [name for name in call.UserAttributeNames or [] if name is not None]


def _required(pool: Pool, call: Call) -> list[str]:
    known = attributes.schema(pool)
    return [name for name in _named(call) if name != "sub" and known.get(name, {}).get("Required")]


def delete(call: Call, pool: Pool, user: User) -> Outcome:
    """The user without the attributes that the call names; one that may not be deleted may show all the same."""
    known = attributes.schema(pool)
    odd = {name: user.attributes.get(name) for name in _named(call) if _is_odd(known.get(name), name)}
    owned = ("sub", *attributes.VERIFIED_FLAGS, *pool.username_attributes)
    unset = [name for name in _named(call) if name not in user.attributes]
    unknown = [name for name in _named(call) if name not in known]
    text = "".join(
        f"Invalid user attributes: user.{n}: Attribute does not exist in the schema.\n" for n in unknown
    )
    call.tolerate_if(unknown, R.deletion_may_be_refused, text, likely=True)
    call.tolerate_if("sub" in _named(call), R.deletion_may_be_refused, values_R.SUB_IS_FIXED, likely=True)
    call.tolerate_if(odd or unset or any(n in owned for n in _named(call)), R.deletion_may_be_refused)
    user = user_view.erase(call, user, R.deletes, [name for name in _named(call) if name != "sub"])
    stays = {name: value for name, value in odd.items() if value is not None and name not in CALLED}
    user = replace(user, pending={**user.pending, **stays})
    return call.reply(R.deletes, with_user(call, pool, user))


def _is_odd(entry: Mapping[str, Any] | None, name: str) -> bool:
    if entry is None or entry.get("DeveloperOnlyAttribute"):
        return True
    return entry.get("Mutable") is False and name != "sub"


@operation("GetUserAttributeVerificationCode")
def get_user_attribute_verification_code(call: Call) -> Outcome:
    """A signed-in user asks for a code to verify a contact with."""
    pool, user, _, _ = need_token(call)
    user = attempts.count(call, pool, user)
    triggers.may_refuse(call, pool)
    contact = call.AttributeName
    call.refuse_if(contact not in CALLED, R.contact_can_be_verified)
    call.settle()
    text = f"User does not have a valid registered {CALLED[contact]}"
    call.refuse_if(not user.has(contact) and contact not in user.pending, R.contact_has_value, text)
    call.tolerate_if(not user.has(contact), R.contact_has_value)
    # While an update waits, the code goes to the value that is there (fact guavc-keep-original-target).
    value = user.attributes.get(contact, user.pending.get(contact, ""))
    user = delivery.send_to(call, pool, user, f"verify:{contact}", contact, value, R.right_code_verifies)
    return call.reply(
        R.verification_code_is_sent,
        call.world.with_pool(pool.put(user=user)),
        CodeDeliveryDetails=Because(
            delivery.details(contact, value, R.verification_code_is_sent), R.verification_code_is_sent
        ),
    )


@operation("VerifyUserAttribute")
def verify_user_attribute(call: Call) -> Outcome:
    """A signed-in user proves with a code that a contact is theirs."""
    pool, user, _, _ = need_token(call)
    user = attempts.count(call, pool, user)
    contact = call.AttributeName
    missing = not user.has(contact) and contact not in user.pending
    call.refuse_if(missing, R.value_is_there, contact)
    call.refuse_if(contact not in CALLED, R.contact_can_be_verified)
    purpose = f"verify:{contact}"
    used = delivery.matching(call, user, f"used:{purpose}", call.Code)
    message = delivery.check_code(
        call,
        user,
        purpose,
        call.Code,
        was_sent=R.code_was_sent if used is None else R.used_code_is_expired,
        matches=R.code_matches,
        is_fresh=R.code_is_fresh,
        is_newest=R.older_code_may_be_dead,
    )
    if message is not None:
        pool, user = verified(call, pool, user, message)
    user = delivery.spend(call, user, purpose, R.code_was_sent)
    return call.reply(R.right_code_verifies, with_user(call, pool, user))


def verified(call: Call, pool: Pool, user: User, message: Message) -> tuple[Pool, User]:
    """The pool and the user once the code came back from the value that it was sent to."""
    contact, value = message.attribute, message.destination
    flag = f"{contact}_verified"
    taken = user_view.alias_owner(pool, user, contact, value) is not None
    call.tolerate_if(taken, R.alias_is_free, contact)
    if user.pending.get(contact) == value:
        user = user_view.write(call, user, R.pending_value_comes_in, {contact: value})
        user = replace(user, pending={name: item for name, item in user.pending.items() if name != contact})
    elif user.attributes.get(contact) != value:
        # The value was changed after the code went out: whether the new one is verified is not settled.
        return pool, user_view.write(call, user, R.right_code_verifies, {flag: user_view.ANY_FLAG})
    elif contact in user.pending:
        # The old value was verified once more while a new one waits: which of the two then holds is not
        # settled.
        either = OneOf.of(value, user.pending[contact])
        user = user_view.write(call, user, R.right_code_verifies, {contact: either})
    user = user_view.write(call, user, R.right_code_verifies, {flag: "true"})
    if taken:
        pool = user_view.take_alias(call, pool, user, contact, R.verified_alias_moves)
    return pool, user
