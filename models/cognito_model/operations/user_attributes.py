"""UpdateUserAttributes and AdminUpdateUserAttributes."""

from __future__ import annotations

from typing import Any

from cognito_model import attributes, delivery, user_view
from cognito_model.attributes import VERIFIED_FLAGS
from cognito_model.call import Call, operation
from cognito_model.expect import Bag, Because, OneOf
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.outcome import Outcome
from cognito_model.requirements import user_attributes as R
from cognito_model.world import Pool, User

CONTACTS = ("email", "phone_number")


@operation("AdminUpdateUserAttributes")
def admin_update_user_attributes(call: Call) -> Outcome:
    """An administrator writes any attribute, verified flags among them."""
    pool = need_pool(call)
    user = need_user(call, pool)
    values = attributes.as_mapping(call.UserAttributes)
    check_changes(call, pool, user, values)
    for contact in CONTACTS:
        if contact not in values or f"{contact}_verified" in values:
            continue
        if waits(pool, contact) and values[contact]:
            user = postpone(call, pool, user, values, contact)
    user = write(call, pool, user, values)
    for contact in CONTACTS:
        if values.get(f"{contact}_verified") == "true" and user_view.alias_owner(
            pool, user, contact, user.attributes.get(contact)
        ):
            pool = user_view.take_alias(call, pool, user, contact, R.alias_moves)
    return call.reply(R.writes, with_user(call, pool, user))


@operation("UpdateUserAttributes")
def update_user_attributes(call: Call) -> Outcome:
    """A signed-in user writes what its app client may write; a code goes to a changed contact."""
    pool, user, client, _ = need_token(call)
    values = attributes.as_mapping(call.UserAttributes)
    attributes.check_permission(call, pool, client, values)
    call.refuse_if(any(flag in values for flag in VERIFIED_FLAGS), R.verified_flag_is_not_the_users)
    check_changes(call, pool, user, values)
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    details: list[Any] = []
    for contact in CONTACTS:
        value = values.get(contact)
        if not value or contact not in automatic:
            continue
        message = call.send(pool, user, f"verify:{contact}", contact, delivery.MEDIUM[contact], value)
        codes = delivery.with_code(user.codes, f"verify:{contact}", message)
        user = call.change(user, R.code_goes_to_new_value, codes=codes)
        details.append(delivery.details(contact, value))
        if waits(pool, contact):
            user = postpone(call, pool, user, values, contact, told=True)
    user = write(call, pool, user, values)
    shown: Any = Because(Bag(tuple(details)), R.code_goes_to_new_value)
    return call.reply(
        R.writes,
        with_user(call, pool, user),
        CodeDeliveryDetailsList=shown if details else OneOf.of([], user_view.ABSENT),
    )


def check_changes(call: Call, pool: Pool, user: User, values: dict[str, Any]) -> None:
    """Refuse values that the schema does not take, and names that others have."""
    for name, value in values.items():
        call.refuse_if(value is None and name != "sub", R.value_is_given, name)
    attributes.check_values(call, pool, values)
    known = attributes.schema(pool)
    for name, value in values.items():
        entry = known.get(name)
        if entry is not None and name != "sub" and entry.get("Mutable") is False and value is not None:
            call.refuse_if(True, R.immutable_stays, name)
        if entry is not None and entry.get("Required") and value == "":
            call.tolerate_if(True, R.deletion_may_be_refused)
    for attribute in pool.username_attributes:
        value = values.get(attribute)
        call.tolerate_if(value == "", R.deletion_may_be_refused)
        others = [u for u in pool.users.values() if u.sub != user.sub and value]
        same = [u for u in others if pool.same_name(u.attributes.get(attribute), value)]
        judge = call.refuse_if if user.sign_in == attribute and any(u.sign_in == attribute for u in same) else call.tolerate_if
        judge(same, R.name_is_free, attribute)


def waits(pool: Pool, attribute: str) -> bool:
    """Whether an update of this attribute waits for its verification."""
    setting = pool.settings.get("UserAttributeUpdateSettings") or {}
    return attribute in (setting.get("AttributesRequireVerificationBeforeUpdate") or ())


def postpone(call: Call, pool: Pool, user: User, values: dict[str, Any], contact: str, *, told: bool = False) -> User:
    """Keep the old value, and the new one for later; a code goes out unless one did already."""
    value = values.pop(contact)
    if not told:
        message = call.send(pool, user, f"verify:{contact}", contact, delivery.MEDIUM[contact], value)
        codes = delivery.with_code(user.codes, f"verify:{contact}", message)
        user = call.change(user, R.old_value_stays, codes=codes)
    if contact not in user.attributes:
        # There is no old value to keep; whether the new one shows at once is not settled.
        return call.change(user, R.old_value_stays, pending={**user.pending, contact: value})
    user = call.change(user, R.old_value_stays, pending={**user.pending, contact: value})
    causes = {**user.causes, f"attribute:{contact}": R.old_value_stays}
    return user_view.replace(user, causes=causes)


def write(call: Call, pool: Pool, user: User, values: dict[str, Any]) -> User:
    """The user with the values written: blanks delete, a changed contact is no longer verified."""
    blank = [name for name, value in values.items() if value == ""]
    kept = {name: value for name, value in values.items() if value not in ("", None)}
    flags: dict[str, Any] = {}
    for contact in CONTACTS:
        flag = f"{contact}_verified"
        if contact in kept and flag not in kept:
            same = user.attributes.get(contact) == kept[contact]
            if flag in user.attributes:
                # Whether writing the value that is there already takes the verification away is not settled.
                flags[flag] = user_view.ANY_FLAG if same and user.verified(contact) else "false"
    together = {name: kept.pop(name) for name in VERIFIED_FLAGS if name in kept}
    if kept:
        user = user_view.write(call, user, R.writes, kept)
    if flags:
        user = user_view.write(call, user, R.new_contact_is_unverified, flags)
    if together:
        user = user_view.write(call, user, R.verified_together, together)
    if blank:
        user = user_view.erase(call, user, R.blank_deletes, blank)
    return user
