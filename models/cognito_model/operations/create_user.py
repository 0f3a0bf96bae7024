"""AdminCreateUser: a new user, or an old invitation again."""

from __future__ import annotations

from typing import Any

from cognito_model import attributes, delivery, functions, mfa, passwords, triggers, user_view
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.operations.common import instant, need_pool, need_user
from cognito_model.operations.passwords import remembering
from cognito_model.operations.sign_up import check_username, readings, sign_in_attribute, sign_in_values
from cognito_model.outcome import Outcome, Reply
from cognito_model.requirements import admin_users as R
from cognito_model.requirements import attributes as attribute_R
from cognito_model.requirements import sign_up as sign_up_R
from cognito_model.requirements import triggers as trigger_R
from cognito_model.requirements import user_attributes as attributes_R
from cognito_model.terms import Fresh, TemporaryPassword
from cognito_model.world import Pool, User, is_true

FORCED = "FORCE_CHANGE_PASSWORD"
CARRIERS = (("EMAIL", "email", ("email", "Email")), ("SMS", "phone_number", ("phone number", "SMS")))
"""What an invitation goes out by, the attribute that it goes to, and how a refusal speaks of the two."""


@operation("AdminCreateUser")
def admin_create_user(call: Call) -> Outcome:
    """An administrator makes a user with a temporary password, or invites one again (RESEND)."""
    pool = need_pool(call)
    if call.MessageAction == "RESEND":
        return resend(call, pool)
    given = attributes.as_mapping(call.UserAttributes)
    triggers.may_refuse(call, pool)
    triggers.check_denied(call, pool)
    check_username(call, pool, given, R.username_is_free)
    passwords.check(call, pool, call.TemporaryPassword)
    attributes.check_values(call, pool, given)
    named = {**sign_in_values(pool, call.Username), **given}
    check_mediums(call, pool, named)
    check_unsettled(call, pool, named)
    kept = attributes.of_new_user(call, given)
    replies = [
        created(call, pool, kept, chosen, status)
        for chosen in readings(pool, call.Username, kept)
        for status in statuses(call, pool, named)
    ]
    return call.outcome(*replies)


def check_mediums(call: Call, pool: Pool, named: dict[str, Any]) -> None:
    """Refuse an invitation by a medium to which the new user has no address."""
    goes_out = call.MessageAction is None and not passwordless(call, pool)
    for medium, contact, words in CARRIERS:
        nowhere = medium in (call.DesiredDeliveryMediums or ()) and not named.get(contact)
        call.refuse_if(nowhere and goes_out, R.medium_has_contact, *words)
        # Whether it matters where nothing is sent is not settled.
        call.tolerate_if(nowhere and not goes_out, R.medium_has_contact, *words)


def check_unsettled(call: Call, pool: Pool, named: dict[str, Any]) -> None:
    """Tolerate a refusal where the documentation asks for an attribute and no fact tells of its absence."""
    # The user can still give a required attribute with NEW_PASSWORD_REQUIRED.
    call.tolerate_if(attributes.missing_required(pool, named), attribute_R.required_attribute_is_given)
    waits = "preferred_username" in pool.alias_attributes and named.get("preferred_username")
    call.tolerate_if(waits, sign_up_R.preferred_username_waits)
    for contact in attributes.CONTACTS:
        flagged = is_true(named.get(f"{contact}_verified"))
        # Recorded of the e-mail address alone.
        guard = call.guard(contact == "email")
        guard(flagged and not named.get(contact), attributes_R.flag_needs_contact, contact, contact)
    reachable = any(named.get(contact) for contact in attributes.CONTACTS)
    call.tolerate_if(passwordless(call, pool) and not reachable, sign_up_R.passwordless_needs_contact)


def passwordless(call: Call, pool: Pool) -> bool:
    """Whether the user is made without a password, since codes are enough to sign in."""
    return call.TemporaryPassword is None and mfa.one_time_passwords(pool)


def statuses(call: Call, pool: Pool, named: dict[str, Any]) -> tuple[str, ...]:
    """What the new user's status may be: without a password it is settled where a contact is verified."""
    if not passwordless(call, pool):
        return (FORCED,)
    verified = any(named.get(c) and is_true(named.get(f"{c}_verified")) for c in attributes.CONTACTS)
    return ("CONFIRMED",) if verified else ("CONFIRMED", FORCED)


def created(call: Call, pool: Pool, given: dict[str, Any], chosen: dict[str, Any], status: str) -> Reply:
    """The reply with the new user, whose username became the attributes `chosen`."""
    call.messages.clear()
    now, sub = instant(call), call.fresh("Sub")
    user = User(
        sub,
        call.Username,
        status,
        now,
        now,
        temporary_since=call.now,
        sign_in=sign_in_attribute(pool, call.Username),
        created_at=call.now,
    )
    if pool.username_attributes:
        user = call.change(user, sign_up_R.username_becomes_sub, username=sub)
    user = user_view.write(call, user, R.stores_attributes, given)
    if chosen:
        user = user_view.write(call, user, R.username_becomes_attribute, chosen)
    if status == FORCED:
        confirms = functions.role(pool, "PreSignUp") in (functions.AUTO_CONFIRM, functions.AUTO_VERIFY)
        because = trigger_R.administrators_user_waits if confirms else R.creates_user
        user = call.change(user, because, status=status)
        user = invite(call, pool, user)
    else:
        user = call.change(user, R.passwordless_user_is_confirmed, status=status)
    pool = take_aliases(call, pool, user)
    return Reply(
        R.creates_user,
        {"User": user_view.new_member(call, pool, user)},
        call.world.with_pool(pool.put(user=user)),
        tuple(call.messages),
    )


def invite(call: Call, pool: Pool, user: User) -> User:
    """The user with a temporary password, given or made up, and the message that carries it."""
    password: Any = call.TemporaryPassword
    if password is None:
        # The message that carries it; where none goes out, nobody comes to know the password.
        password = TemporaryPassword(Fresh("Message", call.step))
    if call.MessageAction != "SUPPRESS":
        send_invitation(call, pool, user)
    return replace(user, password=password)


def send_invitation(call: Call, pool: Pool, user: User) -> None:
    """Send the temporary password, where there is somewhere to send it."""
    contact = destination(call, user)
    if contact is not None:
        delivery.may_not_go_out(call, pool, reached(call, user, contact), late=True)
        medium = "SMS" if contact == "phone_number" else "EMAIL"
        call.send(pool, user, "invitation", contact, medium, user.attributes[contact])


def destination(call: Call, user: User) -> str | None:
    """The contact that an invitation goes to: the phone unless e-mail is asked for or all that there is."""
    mediums = call.DesiredDeliveryMediums or ()
    nowhere = any(medium in mediums and not user.has(contact) for medium, contact, _ in CARRIERS)
    call.tolerate_if(nowhere and call.MessageAction == "RESEND", R.delivery_may_fail)
    order = ("email", "phone_number") if "EMAIL" in mediums else ("phone_number", "email")
    return next((contact for contact in order if user.has(contact)), None)


def reached(call: Call, user: User, contact: str) -> str:
    """The contact whose message may fail: the phone too where a text is asked for beside the e-mail."""
    texted = "SMS" in (call.DesiredDeliveryMediums or ()) and user.has("phone_number")
    return "phone_number" if texted else contact


def take_aliases(call: Call, pool: Pool, user: User) -> Pool:
    """Refuse a verified alias that somebody has, or take it from them where the call forces it."""
    for attribute in pool.alias_attributes:
        if not user.verified(attribute):
            continue
        if user_view.alias_owner(pool, user, attribute, user.attributes.get(attribute)) is not None:
            call.refuse_if(not call.ForceAliasCreation, R.alias_is_free, attribute)
            pool = user_view.take_alias(call, pool, user, attribute, R.forced_alias_moves)
    return pool


def resend(call: Call, pool: Pool) -> Outcome:
    """The invitation again, with a new temporary password."""
    user = need_user(call, pool)
    triggers.may_refuse(call, pool)
    call.note(f"invite:{user.status}")
    # One emulator holds the name to the form of a new user's, so that the username that Cognito made is none.
    generated = pool.username_attributes and call.Username == user.username
    call.tolerate_if(generated, sign_up_R.username_is_sign_in_attribute)
    call.refuse_if(user.status != FORCED, R.resend_needs_new_user, call.Username)
    call.tolerate_if(not user.enabled, R.resend_needs_new_user, error="UnsupportedUserStateException")
    passwords.check(call, pool, call.TemporaryPassword)
    password = call.TemporaryPassword or TemporaryPassword(Fresh("Message", call.step))
    send_invitation(call, pool, user)
    user = call.change(remembering(call, user), R.resend_renews_password, password=password)
    user = user_view.touched(call, replace(user, temporary_since=call.now))
    # What is not as it was speaks against the resending, whatever wrote it.
    bare = replace(user, causes={})
    return call.reply(
        R.resend_answers_user,
        call.world.with_pool(pool.put(user=user)),
        User=user_view.member(call, pool, bare, "Attributes"),
    )
