"""AdminCreateUser, AdminGetUser, GetUser, AdminDisableUser, AdminEnableUser, AdminDeleteUser, DeleteUser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cognito_model import attributes, clients, mfa, passwords, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import Bag, Because
from cognito_model.operations.common import instant, need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.operations.sign_up import check_username, sign_in_attribute
from cognito_model.outcome import Outcome
from cognito_model.requirements import admin_users as R
from cognito_model.requirements import passwords as passwords_R
from cognito_model.requirements import sign_up as sign_up_R
from cognito_model.terms import Fresh, TemporaryPassword
from cognito_model.world import Message, Pool, User


@operation("AdminCreateUser")
def admin_create_user(call: Call) -> Outcome:
    """An administrator makes a user with a temporary password, or invites one again (RESEND)."""
    pool = need_pool(call)
    if call.MessageAction == "RESEND":
        return resend(call, pool)
    values = attributes.as_mapping(call.UserAttributes)
    check_username(call, pool, values, R.username_is_free)
    wrong = [] if call.TemporaryPassword is None else passwords.violations(pool, call.TemporaryPassword)
    call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
    attributes.check_values(call, pool, values)
    given = sign_in_attribute(pool, call.Username)
    chosen = {} if given is None or given in values else {given: call.Username}
    values = {**chosen, **values}

    # The user can still give them with NEW_PASSWORD_REQUIRED; no fact says that the creation is refused.
    call.tolerate_if(attributes.missing_required(pool, values), attributes.R.required_attribute_is_given)

    now, sub = instant(call), call.fresh("Sub")
    username = sub if pool.username_attributes else call.Username
    user = User(sub, username, "FORCE_CHANGE_PASSWORD", now, now, temporary_since=call.now, sign_in=given)
    if pool.username_attributes:
        user = call.change(user, sign_up_R.username_becomes_sub, username=sub)
    kept = {name: value for name, value in values.items() if value is not None and name not in chosen}
    user = user_view.write(call, user, R.stores_attributes, kept)
    if chosen:
        user = user_view.write(call, user, R.username_becomes_attribute, chosen)
    mediums = call.DesiredDeliveryMediums or ()
    nowhere = ("EMAIL" in mediums and not user.has("email")) or ("SMS" in mediums and not user.has("phone_number"))
    call.tolerate_if(nowhere and call.MessageAction != "SUPPRESS", R.delivery_may_fail)
    passwordless = call.TemporaryPassword is None and mfa.one_time_passwords(pool)
    if passwordless:
        user = call.change(user, R.passwordless_user_is_confirmed, status="CONFIRMED")
    else:
        user = call.change(user, R.creates_user, status="FORCE_CHANGE_PASSWORD")
        user = invite(call, pool, user)
    pool = take_aliases(call, pool, user)
    return call.reply(
        R.creates_user, call.world.with_pool(pool.put(user=user)), User=user_view.member(call, user, "Attributes")
    )


def invite(call: Call, pool: Pool, user: User) -> User:
    """The user with a temporary password, given or made up; a message carries it unless that is suppressed."""
    password: Any = call.TemporaryPassword
    if call.MessageAction == "SUPPRESS":
        invented = Message(Fresh("Message", call.step), "invitation", "", "", None, call.now)
        password = TemporaryPassword(invented.term) if password is None else password
    else:
        attribute = "phone_number" if user.has("phone_number") and not user.has("email") else "email"
        medium = "SMS" if attribute == "phone_number" else "EMAIL"
        message = call.send(pool, user, "invitation", attribute, medium, user.attributes.get(attribute))
        password = TemporaryPassword(message.term) if password is None else password
    return call.change(user, R.invitation_is_sent, password=password)


def take_aliases(call: Call, pool: Pool, user: User) -> Pool:
    """Refuse a verified alias that somebody has, or take it from them where the call forces it."""
    for attribute in pool.alias_attributes:
        if not user.verified(attribute):
            continue
        if user_view.alias_owner(pool, user, attribute, user.attributes.get(attribute)) is not None:
            call.refuse_if(not call.ForceAliasCreation, R.alias_is_free)
            pool = user_view.take_alias(call, pool, user, attribute, R.forced_alias_moves)
    return pool


def resend(call: Call, pool: Pool) -> Outcome:
    """The invitation again, with a new temporary password."""
    user = need_user(call, pool)
    call.refuse_if(user.status != "FORCE_CHANGE_PASSWORD", R.resend_needs_new_user, call.Username)
    wrong = [] if call.TemporaryPassword is None else passwords.violations(pool, call.TemporaryPassword)
    call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
    attribute = "phone_number" if user.has("phone_number") and not user.has("email") else "email"
    message = call.send(pool, user, "invitation", attribute, "EMAIL", user.attributes.get(attribute))
    password = TemporaryPassword(message.term) if call.TemporaryPassword is None else call.TemporaryPassword
    user = call.change(user, R.resend_renews_password, password=password, temporary_since=call.now)
    shown = user_view.member(call, replace(user, modified=instant(call)), "Attributes")
    return call.reply(R.resend_answers_user, with_user(call, pool, user), User=shown)


@operation("AdminGetUser")
def admin_get_user(call: Call) -> Outcome:
    """Everything about a user, for an administrator."""
    pool = need_pool(call)
    user = need_user(call, pool)
    return call.reply(
        R.shows_user, **user_view.member(call, user, "UserAttributes"), **user_view.mfa_members(call, user)
    )


@operation("GetUser")
def get_user(call: Call) -> Outcome:
    """What the bearer of an access token may know of its user."""
    _, user, client, _ = need_token(call)
    shown = user_view.attributes(user, lambda name: clients.may_read(client, name))
    if not client.settings.get("ReadAttributes"):
        return call.reply(
            R.user_shows_itself, Username=user.username, UserAttributes=shown, **user_view.mfa_members(call, user)
        )
    limited = Bag(shown.items, tuple(f for f in shown.optional if clients.may_read(client, f["Name"])))
    return call.reply(
        R.user_shows_itself,
        Username=user.username,
        UserAttributes=Because(limited, R.unreadable_is_hidden),
        **user_view.mfa_members(call, user),
    )


@operation("AdminDisableUser")
def admin_disable_user(call: Call) -> Outcome:
    """Take a user's access away, whatever its status."""
    pool = need_pool(call)
    user = call.change(need_user(call, pool), R.disables, enabled=False)
    for grant in [g for g in pool.grants.values() if g.sub == user.sub and not g.revoked]:
        pool = pool.put(grant=call.change(grant, R.disabling_revokes, revoked=True))
    return call.reply(R.disables, with_user(call, pool, user))


@operation("AdminEnableUser")
def admin_enable_user(call: Call) -> Outcome:
    """Give it back."""
    pool = need_pool(call)
    user = call.change(need_user(call, pool), R.enables, enabled=True)
    return call.reply(R.enables, with_user(call, pool, user))


@operation("AdminDeleteUser")
def admin_delete_user(call: Call) -> Outcome:
    """Delete a user for good."""
    pool = need_pool(call)
    user = need_user(call, pool)
    return call.reply(R.deletes, call.world.with_pool(without(call, pool, user)))


@operation("DeleteUser")
def delete_user(call: Call) -> Outcome:
    """A user deletes itself."""
    pool, user, _, _ = need_token(call)
    return call.reply(R.deletes, call.world.with_pool(without(call, pool, user)))


def without(call: Call, pool: Pool, user: User) -> Pool:
    """The pool without the user."""
    left = {sub: other for sub, other in pool.users.items() if sub != user.sub}
    return call.change(pool, R.deletes, users=left)
