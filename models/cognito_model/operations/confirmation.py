"""ConfirmSignUp, ResendConfirmationCode, AdminConfirmSignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attempts, attributes, clients, delivery, triggers, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, OneOf, Present
from cognito_model.operations.common import check_secret_hash, find_user, need_client, need_pool, need_user
from cognito_model.operations.sign_up import check_link
from cognito_model.requirements import confirmation as R
from cognito_model.requirements import triggers as triggers_R
from cognito_model.second_factor import SIGNED_UP, store
from cognito_model.world import Challenge

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client, Message, Pool, User, World


@operation("ConfirmSignUp")
def confirm_sign_up(call: Call) -> Outcome:
    """A user proves with a code that the e-mail address or phone number is theirs."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = find_user(call, pool)
    if user is None:
        call.refuse(R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    user = attempts.count(call, pool, user)
    call.note(f"confirm:{user.status}")
    triggers.may_refuse(call, pool)
    call.tolerate_if(not user.enabled, R.disabled_user_may_wait)
    message = code_of(call, client, user)
    user = call.change(user, R.confirms_user, status="CONFIRMED")
    user = delivery.spend(call, user, "sign-up", R.confirms_user)
    if message is not None:
        pool, user = verified(call, pool, user, message)
    pool, session = with_session(call, pool, client, user)
    by_sender = message is not None and triggers.went_by_sender(pool, message)
    because = triggers_R.senders_code_confirms if by_sender else R.confirms_user
    return call.reply(because, with_user(call, pool, user), Session=session)


def code_of(call: Call, client: Client, user: User) -> Message | None:
    """The message whose code the call brings; a user who does not wait for one is refused whatever it is."""
    if user.status != "UNCONFIRMED":
        call.refuse_if(True, R.user_is_unconfirmed, user.status)
        message = delivery.matching(call, user, "sign-up", call.ConfirmationCode)
        # A client that hides users answers as for a wrong code; the guide names all three errors, and where it
        # was measured the code came first.
        is_wrong = client.hides_users and message is None
        was_used = delivery.matching(call, user, "used:sign-up", call.ConfirmationCode) is not None
        call.tolerate_if(is_wrong and was_used, R.code_is_fresh, likely=True, foremost=True)
        call.tolerate_if(client.hides_users, R.unknown_user_is_hidden, likely=is_wrong, foremost=is_wrong)
        return message
    return delivery.check_code(
        call,
        user,
        "sign-up",
        call.ConfirmationCode,
        was_sent=R.code_was_sent,
        matches=R.code_matches,
        is_fresh=R.code_is_fresh,
        is_newest=R.older_code_may_be_dead,
    )


def verified(call: Call, pool: Pool, user: User, message: Message) -> tuple[Pool, User]:
    """The pool and the user once the code came back from the attribute that it was sent to."""
    attribute = message.attribute
    value = user.attributes.get(attribute)
    if value is None:
        return pool, user
    if value != message.destination:
        # The address was changed after the code went out: whether the new one is verified is not settled.
        return pool, user_view.write(
            call, user, R.verifies_attribute, {f"{attribute}_verified": user_view.ANY_FLAG}
        )
    taken = user_view.alias_owner(pool, user, attribute, value) is not None
    call.refuse_if(taken and not call.ForceAliasCreation, R.alias_is_free, attribute)
    user = user_view.write(call, user, R.verifies_attribute, {f"{attribute}_verified": "true"})
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    other = next(contact for contact in attributes.CONTACTS if contact != attribute)
    if (
        other in automatic
        and user.has(other)
        and user.attributes.get(f"{other}_verified") is attributes.UNVERIFIED
    ):
        user = user_view.write(call, user, R.other_contact_is_unverified, {f"{other}_verified": "false"})
    if taken:
        pool = user_view.take_alias(call, pool, user, attribute, R.forced_alias_moves)
    return pool, user


def with_session(call: Call, pool: Pool, client: Client, user: User) -> tuple[Pool, Any]:
    """The pool, and the Session with which a client for USER_AUTH signs the user in; it may not come."""
    if not clients.allows_flow(client, "USER_AUTH"):
        return pool, Because(ABSENT, R.session_is_for_user_auth)
    session = call.fresh("Session")
    waiting = Challenge(SIGNED_UP, user.sub, client.id, user.username, call.now, SIGNED_UP)
    return store(pool, session, waiting), OneOf.of(session, ABSENT)


@operation("ResendConfirmationCode")
def resend_confirmation_code(call: Call) -> Outcome:
    """A user asks for another sign-up code."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = find_user(call, pool)
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    call.refuse_if(user is not None and not automatic, R.pool_verifies_something)
    if user is None or (not user.enabled and client.hides_users):
        return resend_to_nobody(call, pool, client, user)
    call.tolerate_if(not user.enabled, R.resend_has_a_way)
    user = attempts.count(call, pool, user)
    call.note(f"resend:{user.status}")
    triggers.may_refuse(call, pool)
    confirmed = user.status != "UNCONFIRMED"
    # Only of CONFIRMED users is it told; what those get who must change or reset a password is not settled.
    surely = user.status == "CONFIRMED" and not client.hides_users
    call.refuse_if(surely, R.resend_only_to_unconfirmed)
    call.tolerate_if(confirmed and not surely, R.resend_only_to_unconfirmed)
    channel = delivery.auto_verified(pool, user.attributes)
    if channel is None or confirmed:
        # In a pool that verifies nothing the refusal has words of its own.
        call.tolerate_if(channel is None and automatic, R.resend_has_a_way)
        return call.reply(R.resend_sends, CodeDeliveryDetails=OneOf.of(Present(delivery.SIMULATED), ABSENT))
    check_link(call, pool, channel)
    user = delivery.send(call, pool, user, "sign-up", channel, R.confirms_user)
    return call.reply(
        R.resend_sends,
        call.world.with_pool(pool.put(user=user)),
        CodeDeliveryDetails=Because(
            delivery.details(channel, user.attributes[channel], R.resend_sends), R.resend_sends
        ),
    )


def resend_to_nobody(call: Call, pool: Pool, client: Client, user: User | None) -> Outcome:
    """Resending for a user who is not there, or is hidden since it is disabled."""
    call.refuse_if(user is None and not client.hides_users, R.unknown_user_is_named)
    call.tolerate_if(True, R.resend_has_a_way)
    automatic = pool.settings.get("AutoVerifiedAttributes") or ()
    shown = delivery.SIMULATED if "email" in automatic else OneOf.of(delivery.SIMULATED, ABSENT)
    return call.reply(R.resend_is_simulated, CodeDeliveryDetails=Because(shown, R.resend_is_simulated))


@operation("AdminConfirmSignUp")
def admin_confirm_sign_up(call: Call) -> Outcome:
    """An administrator confirms a sign-up; no attribute becomes verified."""
    pool = need_pool(call)
    user = need_user(call, pool)
    triggers.may_refuse(call, pool)
    call.note(f"confirm:{user.status}")
    call.refuse_if(user.status != "UNCONFIRMED", R.user_is_unconfirmed, user.status)
    user = call.change(user, R.administrator_confirms, status="CONFIRMED")
    return call.reply(R.administrator_confirms, with_user(call, pool, user))


def with_user(call: Call, pool: Pool, user: User, *, certainly: bool = False) -> World:
    """The world in which the user is as given, modified now."""
    return call.world.with_pool(pool.put(user=user_view.touched(call, user, certainly=certainly)))
