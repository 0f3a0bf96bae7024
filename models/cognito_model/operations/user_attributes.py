"""UpdateUserAttributes and AdminUpdateUserAttributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attributes, delivery, triggers, user_view
from cognito_model.attributes import CONTACTS, UNVERIFIED, VERIFIED_FLAGS
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Bag, Because, OneOf
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.pool_rules import waiting
from cognito_model.requirements import attributes as values_R
from cognito_model.requirements import user_attributes as R
from cognito_model.world import is_true

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User


@operation("AdminUpdateUserAttributes")
def admin_update_user_attributes(call: Call) -> Outcome:
    """An administrator writes any attribute, verified flags among them."""
    pool = need_pool(call)
    user = need_user(call, pool)
    triggers.may_refuse(call, pool)
    values = attributes.as_mapping(call.UserAttributes)
    check_changes(call, pool, user, values)
    for contact in CONTACTS:
        flagged = is_true(values.get(f"{contact}_verified"))
        has_value = values.get(contact) or (contact not in values and user.has(contact))
        call.tolerate_if(flagged and not has_value, R.flag_needs_contact, contact, contact)
        if values.get(contact) and not flagged and contact in waiting(pool.settings):
            user = postpone(call, pool, user, contact, values.pop(contact))
        elif flagged and contact not in values:
            user = perhaps_let_in(call, pool, user, contact)
    user = replace(write(call, user, values), perhaps_renewed=call.now)
    for contact in pool.alias_attributes:
        if f"{contact}_verified" in values and user.verified(contact):
            pool = user_view.take_alias(call, pool, user, contact, R.alias_moves)
    return call.reply(R.writes, with_user(call, pool, user, certainly=True))


@operation("UpdateUserAttributes")
def update_user_attributes(call: Call) -> Outcome:
    """A signed-in user writes what its app client may write; a code goes to a changed contact."""
    pool, user, client, _ = need_token(call)
    triggers.may_refuse(call, pool)
    values = attributes.as_mapping(call.UserAttributes)
    attributes.check_permission(call, pool, client, values)
    call.refuse_if(any(flag in values for flag in VERIFIED_FLAGS), R.verified_flag_is_not_the_users)
    check_changes(call, pool, user, values)
    # Where a flag is not refused, it is seen to have no effect (open question of the evidence).
    values = {name: value for name, value in values.items() if name not in VERIFIED_FLAGS}
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    told: list[Any] = []
    perhaps: list[Any] = []
    for contact in CONTACTS:
        value = values.get(contact)
        if not value or contact not in automatic:
            continue
        details = delivery.details(contact, value, R.code_goes_to_new_value)
        # Whether a value that is there already is verified again is not settled.
        (perhaps if value == user.attributes.get(contact) else told).append(details)
        if contact in waiting(pool.settings):
            user = postpone(call, pool, user, contact, values.pop(contact))
        else:
            user = delivery.send_to(
                call, pool, user, f"verify:{contact}", contact, value, R.right_code_verifies
            )
    user = write(call, user, values)
    shown: Any = Because(Bag(tuple(told), tuple(perhaps)), R.code_goes_to_new_value)
    return call.reply(
        R.writes,
        with_user(call, pool, user, certainly=True),
        CodeDeliveryDetailsList=shown if told or perhaps else OneOf.of([], ABSENT),
    )


def check_changes(call: Call, pool: Pool, user: User, values: dict[str, Any]) -> None:
    """Refuse values that the schema does not take, and names that others have.

    sub is looked at before null, and null before immutability (facts auua-sub, auua-null-before-immutable).
    """
    call.refuse_if("sub" in values, values_R.sub_is_not_written)
    for name, value in values.items():
        call.refuse_if(value is None and name != "sub", R.value_is_given, name)
    call.tolerate_if(attributes.comes_twice(call.UserAttributes), values_R.name_comes_once)
    known = attributes.schema(pool)
    for name, value in values.items():
        entry = known.get(name)
        if entry is None or name == "sub" or value is None:
            continue
        call.refuse_if(entry.get("Mutable") is False, R.immutable_stays, name)
        call.tolerate_if(entry.get("Required") and value == "", R.deletion_may_be_refused)
    attributes.check_values(call, pool, {name: value for name, value in values.items() if name != "sub"})
    check_names(call, pool, user, values)


def check_names(call: Call, pool: Pool, user: User, values: dict[str, Any]) -> None:
    """Refuse another user's value of an attribute that users sign in with."""
    others = [other for other in pool.users.values() if other.sub != user.sub]
    for attribute in pool.username_attributes:
        value = values.get(attribute)
        call.tolerate_if(value == "", R.deletion_may_be_refused)
        owners = [
            other for other in others if value and pool.same_name(other.attributes.get(attribute), value)
        ]
        surely = user.sign_in == attribute and any(owner.sign_in == attribute for owner in owners)
        call.refuse_if(surely, R.name_is_free, attribute)
        # An attribute that a user did not sign up with: whether it names the user is not settled.
        call.tolerate_if(owners, R.name_is_free, attribute)
    if "preferred_username" in pool.alias_attributes:
        value = values.get("preferred_username")
        owners = [
            o for o in others if value and pool.same_name(o.attributes.get("preferred_username"), value)
        ]
        call.tolerate_if(owners, R.alias_may_be_taken)


def postpone(call: Call, pool: Pool, user: User, contact: str, value: Any) -> User:
    """The user with its old value, the new one waiting for the code that goes out to it."""
    user = delivery.send_to(call, pool, user, f"verify:{contact}", contact, value, R.right_code_verifies)
    user = call.change(user, R.pending_value_comes_in, pending={**user.pending, contact: value})
    if contact not in user.attributes:
        return user
    stays = dict.fromkeys((f"attribute:{contact}", f"attribute:{contact}_verified"), R.old_value_stays)
    return replace(user, causes={**user.causes, **stays})


def perhaps_let_in(call: Call, pool: Pool, user: User, contact: str) -> User:
    """The user whose contact an administrator calls verified while a new one waits: which of them is meant is open.

    Where the contact is a name to sign in with, it stays what it was.
    """
    names = (*pool.alias_attributes, *pool.username_attributes)
    if not user.has(contact) or contact not in user.pending or contact in names:
        return user
    either = OneOf.of(user.attributes[contact], user.pending[contact])
    return user_view.write(call, user, R.pending_value_comes_in, {contact: either})


def write(call: Call, user: User, values: dict[str, Any]) -> User:
    """The user with the values written: blanks delete, a changed contact is no longer verified."""
    blank = [name for name, value in values.items() if value == ""]
    kept = {name: value for name, value in values.items() if value not in ("", None)}
    flags: dict[str, Any] = {}
    for contact in CONTACTS:
        flag = f"{contact}_verified"
        if contact in kept and flag not in kept:
            # Whether writing the value that is there already takes the verification away is not settled.
            same = user.attributes.get(contact) == kept[contact]
            was = user.attributes.get(flag)
            unsure = was if was is user_view.ANY_FLAG_OR_NONE else user_view.ANY_FLAG
            held = user.verified(contact) or was in (user_view.ANY_FLAG, user_view.ANY_FLAG_OR_NONE)
            flags[flag] = unsure if same and held else UNVERIFIED
    together = {name: kept.pop(name) for name in VERIFIED_FLAGS if name in kept}
    settled = {*kept, *blank} & set(user.pending)
    if kept:
        user = user_view.write(call, user, R.writes, kept)
    if flags:
        user = user_view.write(call, user, R.new_contact_is_unverified, flags)
    if together:
        user = user_view.write(call, user, R.verified_together, together)
    if blank:
        user = user_view.erase(call, user, R.blank_deletes, blank)
    if settled:
        user = replace(user, pending={n: v for n, v in user.pending.items() if n not in settled})
    return user
