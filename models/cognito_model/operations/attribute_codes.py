"""DeleteUserAttributes, AdminDeleteUserAttributes, GetUserAttributeVerificationCode, VerifyUserAttribute."""

from __future__ import annotations

from cognito_model import attributes, delivery, user_view
from cognito_model.call import Call, operation
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.outcome import Outcome
from cognito_model.requirements import confirmation as confirm_R
from cognito_model.requirements import user_attributes as R
from cognito_model.world import Pool, User


@operation("AdminDeleteUserAttributes")
def admin_delete_user_attributes(call: Call) -> Outcome:
    """An administrator deletes attributes of a user."""
    pool = need_pool(call)
    user = need_user(call, pool)
    return delete(call, pool, user)


@operation("DeleteUserAttributes")
def delete_user_attributes(call: Call) -> Outcome:
    """A signed-in user deletes attributes of its own."""
    pool, user, client, _ = need_token(call)
    writable = client.settings.get("WriteAttributes")
    names = call.UserAttributeNames or []
    call.tolerate_if(writable and any(n not in writable for n in names), R.deletion_may_be_refused)
    return delete(call, pool, user)


def delete(call: Call, pool: Pool, user: User) -> Outcome:
    """The user without the attributes that the call names."""
    known = attributes.schema(pool)
    for name in call.UserAttributeNames or []:
        entry = known.get(name)
        if name == "sub" or entry is None or not entry.get("Mutable", True) or name in attributes.VERIFIED_FLAGS:
            call.tolerate_if(True, R.deletion_may_be_refused)
        else:
            call.refuse_if(entry.get("Required"), R.required_stays)
        call.tolerate_if(name in pool.username_attributes, R.deletion_may_be_refused)
    names = [n for n in call.UserAttributeNames or [] if n != "sub"]
    return call.reply(R.deletes, with_user(call, pool, user_view.erase(call, user, R.deletes, names)))


@operation("GetUserAttributeVerificationCode")
def get_user_attribute_verification_code(call: Call) -> Outcome:
    """A signed-in user asks for a code to verify a contact with."""
    pool, user, _, _ = need_token(call)
    attribute = call.AttributeName
    contact = attribute if attribute in delivery.MEDIUM else None
    what = "phone number" if contact == "phone_number" else "email address"
    call.refuse_if(
        contact is None or not user.has(contact), R.contact_has_value, f"User does not have a valid registered {what}"
    )
    value = user.attributes.get(contact, "nobody@example.com")
    contact = contact or "email"
    call.tolerate_if(len(user.codes.get(f"verify:{contact}", ())) >= 3, confirm_R.attempts_are_limited)
    message = call.send(pool, user, f"verify:{contact}", contact, delivery.MEDIUM[contact], value)
    codes = delivery.with_code(user.codes, f"verify:{contact}", message)
    user = call.change(user, R.verification_code_is_sent, codes=codes)
    return call.reply(
        R.verification_code_is_sent,
        call.world.with_pool(pool.put(user=user)),
        CodeDeliveryDetails=delivery.details(contact, value),
    )


@operation("VerifyUserAttribute")
def verify_user_attribute(call: Call) -> Outcome:
    """A signed-in user proves with a code that a contact is theirs."""
    pool, user, _, _ = need_token(call)
    attribute = call.AttributeName
    call.refuse_if(not user.has(attribute) and attribute not in user.pending, R.value_is_there, attribute)
    purpose = f"verify:{attribute}"
    sent = user.codes.get(purpose, ())
    message = next((m for m in reversed(sent) if call.same(call.Code, delivery.Code(m.term))), None)
    if not sent:
        call.refuse_if(True, R.code_was_sent)
    elif message is None:
        call.refuse_if(True, R.code_matches)
        call.refuse_if(delivery.expired(call, sent[-1]), R.code_is_fresh)
    else:
        call.refuse_if(delivery.expired(call, message), R.code_is_fresh)
        call.tolerate_if(message is not sent[-1], R.older_code_may_be_dead)
    value = user.pending.get(attribute, user.attributes.get(attribute))
    call.refuse_if(user_view.alias_owner(pool, user, attribute, value) is not None, R.alias_is_free)

    if message is not None and attribute in user.pending and message.destination == user.pending[attribute]:
        user = user_view.write(call, user, R.pending_value_comes_in, {attribute: user.pending[attribute]})
        left = {name: item for name, item in user.pending.items() if name != attribute}
        user = call.change(user, R.pending_value_comes_in, pending=left)
    if attribute in user.attributes:
        user = user_view.write(call, user, R.right_code_verifies, {f"{attribute}_verified": "true"})
    user = call.change(
        user, R.right_code_verifies, codes={k: v for k, v in user.codes.items() if k != purpose}
    )
    return call.reply(R.right_code_verifies, with_user(call, pool, user))
