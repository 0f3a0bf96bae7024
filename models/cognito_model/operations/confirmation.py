"""ConfirmSignUp, ResendConfirmationCode, AdminConfirmSignUp."""

from __future__ import annotations

from dataclasses import replace

from cognito_model import delivery, user_view
from cognito_model.call import Call, operation
from cognito_model.operations.common import check_secret_hash, instant, need_client, need_pool, need_user
from cognito_model.outcome import Outcome
from cognito_model.requirements import confirmation as R
from cognito_model.world import Pool, User, World


@operation("ConfirmSignUp")
def confirm_sign_up(call: Call) -> Outcome:
    """A user proves with a code that the e-mail address or phone number is theirs."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = pool.find(call.Username)
    if user is None:
        call.refuse(R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    if user.status != "UNCONFIRMED":
        call.refuse_if(True, R.user_is_unconfirmed, user.status)
        # A client that hides users may answer as for a wrong code (the API guide names all three errors).
        call.refuse_if(client.hides_users, R.unknown_user_is_hidden)
    check_code(call, user, "sign-up")
    message = delivery.matching(call, user, "sign-up", call.ConfirmationCode)
    sent = user.codes.get("sign-up", ())
    attribute = message.attribute if message else sent[-1].attribute if sent else None
    value = user.attributes.get(attribute) if attribute else None
    taken = attribute is not None and user_view.alias_owner(pool, user, attribute, value) is not None
    call.refuse_if(taken and not call.ForceAliasCreation, R.alias_is_free, attribute)

    user = call.change(user, R.confirms_user, status="CONFIRMED")
    user = call.change(user, R.confirms_user, codes={k: v for k, v in user.codes.items() if k != "sign-up"})
    if attribute is not None:
        user = user_view.write(call, user, R.verifies_attribute, {f"{attribute}_verified": "true"})
        if taken:
            pool = user_view.take_alias(call, pool, user, attribute, R.forced_alias_moves)
    pool = pool.put(user=touched(call, user))
    return call.reply(R.confirms_user, call.world.with_pool(pool))


@operation("ResendConfirmationCode")
def resend_confirmation_code(call: Call) -> Outcome:
    """A user asks for another sign-up code."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = pool.find(call.Username)
    if user is None or not user.enabled:
        call.refuse_if(user is None and not client.hides_users, R.unknown_user_is_named)
        call.tolerate_if(True, R.resend_has_a_way)
        return call.reply(R.resend_is_simulated)
    if user.status != "UNCONFIRMED":
        # A report of 2026 saw success on a client that hides users.
        judge = call.tolerate_if if client.hides_users else call.refuse_if
        judge(True, R.resend_only_to_unconfirmed)
    channel = delivery.auto_verified(pool, user.attributes)
    if channel is None:
        call.tolerate_if(True, R.resend_has_a_way)
        return call.reply(R.resend_sends)
    call.tolerate_if(len(user.codes.get("sign-up", ())) >= 3, R.attempts_are_limited)
    message = call.send(pool, user, "sign-up", channel, delivery.MEDIUM[channel], user.attributes[channel])
    user = call.change(user, R.resend_sends, codes=delivery.with_code(user.codes, "sign-up", message))
    return call.reply(
        R.resend_sends,
        call.world.with_pool(pool.put(user=user)),
        CodeDeliveryDetails=delivery.details(channel, user.attributes[channel]),
    )


@operation("AdminConfirmSignUp")
def admin_confirm_sign_up(call: Call) -> Outcome:
    """An administrator confirms a sign-up; no attribute becomes verified."""
    pool = need_pool(call)
    user = need_user(call, pool)
    call.refuse_if(user.status != "UNCONFIRMED", R.user_is_unconfirmed, user.status)
    user = call.change(user, R.administrator_confirms, status="CONFIRMED")
    return call.reply(R.administrator_confirms, with_user(call, pool, user))


def check_code(call: Call, user: User, purpose: str) -> None:
    """Refuse a sign-up code that is not the user's, or no longer counts."""
    sent = user.codes.get(purpose, ())
    message = delivery.matching(call, user, purpose, call.ConfirmationCode)
    if not sent:
        call.refuse_if(True, R.code_was_sent)
    elif message is None:
        call.refuse_if(True, R.code_matches)
        call.refuse_if(delivery.expired(call, sent[-1]), R.code_is_fresh)
    else:
        call.refuse_if(delivery.expired(call, message), R.code_is_fresh)
        call.tolerate_if(message is not sent[-1], R.older_code_may_be_dead)


def touched(call: Call, user: User) -> User:
    """The user with a new date of last modification."""
    return replace(user, modified=instant(call))


def with_user(call: Call, pool: Pool, user: User) -> World:
    """The world in which the user is as given, modified now."""
    return call.world.with_pool(pool.put(user=touched(call, user)))
