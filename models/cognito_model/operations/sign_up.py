"""SignUp."""

from __future__ import annotations

from typing import Any

from cognito_model import attributes, delivery, passwords, pool_doubts, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because
from cognito_model.operations.common import check_secret_hash, instant, need_client
from cognito_model.outcome import Outcome
from cognito_model.requirement import Requirement
from cognito_model.requirements import passwords as passwords_R
from cognito_model.requirements import sign_up as R
from cognito_model.world import Pool, User


@operation("SignUp")
def sign_up(call: Call) -> Outcome:
    """A person makes an account of their own; a code goes to the auto-verified attribute, if there is one."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    call.refuse_if(pool.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"], R.pool_allows_sign_up)
    call.tolerate_if(pool_doubts.may_forbid_sign_up(pool), R.pool_allows_sign_up)

    values = attributes.as_mapping(call.UserAttributes)
    check_username(call, pool, values)
    wrong = passwords.violations(pool, call.Password)
    call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
    call.refuse_if(call.Password is None, R.password_is_given)
    attributes.check_values(call, pool, values)
    attributes.check_permission(call, pool, client, values)
    call.refuse_if(
        any(flag in values for flag in attributes.VERIFIED_FLAGS), attributes.R.verified_flag_is_not_writable
    )
    given = sign_in_attribute(pool, call.Username)
    chosen = {} if given is None or given in values else {given: call.Username}
    values = {**chosen, **values}
    call.refuse_if(attributes.missing_required(pool, values), attributes.R.required_attribute_is_given)
    call.refuse_if(
        "preferred_username" in pool.alias_attributes and "preferred_username" in values, R.preferred_username_waits
    )

    now = instant(call)
    sub = call.fresh("Sub")
    user = User(
        sub,
        sub if pool.username_attributes else call.Username,
        "UNCONFIRMED",
        now,
        now,
        password=call.Password,
        sign_in=given,
    )
    if pool.username_attributes:
        user = call.change(user, R.username_becomes_sub, username=sub)
    user = user_view.write(call, user, R.attributes_are_stored, {k: v for k, v in values.items() if v and k not in chosen})
    if chosen:
        user = user_view.write(call, user, R.username_becomes_attribute, chosen)
    user = call.change(user, R.creates_unconfirmed_user, status="UNCONFIRMED")
    shown: Any = Because(ABSENT, R.no_code_without_auto_verification)
    channel = delivery.auto_verified(pool, values)
    if channel is not None:
        message = call.send(pool, user, "sign-up", channel, delivery.MEDIUM[channel], values[channel])
        user = call.change(user, R.delivers_code, codes=delivery.with_code(user.codes, "sign-up", message))
        shown = Because(delivery.details(channel, values[channel]), R.delivers_code)
    return call.reply(
        R.creates_unconfirmed_user,
        call.world.with_pool(pool.put(user=user)),
        UserConfirmed=False,
        UserSub=sub,
        CodeDeliveryDetails=shown,
    )


def check_username(call: Call, pool: Pool, values: dict[str, Any], free: Requirement = R.username_is_free) -> None:
    """Refuse a username of the wrong form for the pool, or one that is taken (as the requirement `free` says)."""
    name = call.Username
    looks_like_alias = ("email" in pool.alias_attributes and attributes.is_email(name)) or (
        "phone_number" in pool.alias_attributes and attributes.is_phone(name)
    )
    call.refuse_if(looks_like_alias, R.username_is_no_alias)
    call.refuse_if(
        pool.username_attributes and sign_in_attribute(pool, name) is None, R.username_is_sign_in_attribute
    )
    given = sign_in_attribute(pool, name)
    others = pool.users.values()
    by_name = given is not None and any(u.sign_in == given and pool.same_name(u.attributes.get(given), name) for u in others)
    call.refuse_if(pool.by_username(name) is not None or by_name, free)
    for attribute in pool.username_attributes:
        # Another user's value in an attribute that this user does not sign up with, or that contradicts the name.
        value = values.get(attribute)
        odd = value is not None and any(pool.same_name(u.attributes.get(attribute), value) for u in others)
        call.tolerate_if(odd or (attribute == given and value not in (None, name)), free, error="AliasExistsException")
        call.tolerate_if(odd or (attribute == given and value not in (None, name)), free)


def sign_in_attribute(pool: Pool, name: Any) -> str | None:
    """Which of the pool's UsernameAttributes a username is a value of, or None."""
    checks = {"email": attributes.is_email, "phone_number": attributes.is_phone}
    return next((a for a in pool.username_attributes if checks[a](name)), None)
