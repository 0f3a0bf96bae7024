"""SignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import (
    attributes,
    clients,
    delivery,
    domains,
    functions,
    mfa,
    passwords,
    triggers,
    user_view,
)
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, OneOf
from cognito_model.operations.common import check_secret_hash, instant, need_client
from cognito_model.outcome import Outcome, Reply
from cognito_model.requirements import attributes as attributes_R
from cognito_model.requirements import confirmation as confirm_R
from cognito_model.requirements import sign_up as R
from cognito_model.requirements import triggers as triggers_R
from cognito_model.world import Client, Pool, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.requirement import Requirement

SHOULD_BE: dict[str | None, str] = {
    "email": "Username should be an email.",
    "phone_number": "Username should be a phone number.",
}


SPOKEN = {"email": "email", "phone_number": "phone number"}


@operation("SignUp")
def sign_up(call: Call) -> Outcome:
    """A person makes an account of their own; a code goes to the auto-verified attribute, if there is one."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    call.refuse_if(pool.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"], R.pool_allows_sign_up)

    given = attributes.as_mapping(call.UserAttributes)
    check_username(call, pool, given)
    check_password(call, pool, given)
    attributes.check_permission(call, pool, client, given)
    call.refuse_if(
        any(flag in given for flag in attributes.VERIFIED_FLAGS), attributes_R.verified_flag_is_not_writable
    )
    attributes.check_values(call, pool, given)
    attributes.check_required(call, pool, {**sign_in_values(pool, call.Username), **given})
    waits = "preferred_username" in pool.alias_attributes and given.get("preferred_username")
    call.refuse_if(waits, R.preferred_username_waits)

    triggers.may_refuse(call, pool)
    triggers.check_denied(call, pool)
    kept = attributes.of_new_user(call, given)
    replies = [signed_up(call, pool, client, kept, chosen) for chosen in readings(pool, call.Username, kept)]
    if triggers.is_unknown(pool, "PreSignUp"):
        replies += [confirmed_at_once(call, reply) for reply in replies]
    return call.outcome(*replies)


def confirmed_at_once(call: Call, reply: Reply) -> Reply:
    """The same sign-up as a PreSignUp trigger may leave it: confirmed, and its contacts perhaps verified."""
    sub = reply.members["UserSub"]
    pool = next(pool for pool in reply.world.pools.values() if sub in pool.users)
    user = pool.users[sub]
    flags = {f"{c}_verified": user_view.ANY_FLAG for c in attributes.CONTACTS if user.has(c)}
    user = user_view.write(
        call, delivery.without_codes(user, "sign-up"), triggers_R.trigger_may_confirm, flags
    )
    user = call.change(user, triggers_R.trigger_may_confirm, status="CONFIRMED")
    members = {**reply.members, "UserConfirmed": True}
    del members["CodeDeliveryDetails"]
    world = reply.world.with_pool(pool.put(user=user))
    return Reply(triggers_R.trigger_may_confirm, members, world)


def check_password(call: Call, pool: Pool, given: dict[str, Any]) -> None:
    """Refuse a bad password, or none where the pool has no other way to sign in."""
    passwords.check(call, pool, call.Password)
    if call.Password is None:
        call.refuse_if(not mfa.one_time_passwords(pool), R.password_is_given)
        contact = sign_in_values(pool, call.Username) or given.get("email") or given.get("phone_number")
        call.tolerate_if(not contact, R.passwordless_needs_contact)


def readings(pool: Pool, name: Any, given: dict[str, Any]) -> list[dict[str, Any]]:
    """What the username may come to as an attribute, over those that were given.

    An attribute that contradicts the username is refused, or likely so; which value counts otherwise is not settled.
    """
    chosen = sign_in_values(pool, name)
    contradicted = any(given.get(attribute, value) != value for attribute, value in chosen.items())
    if contradicted:
        return [chosen, {}]
    return [{attribute: value for attribute, value in chosen.items() if attribute not in given}]


def signed_up(call: Call, pool: Pool, client: Client, given: dict[str, Any], chosen: dict[str, Any]) -> Reply:
    """The reply with the new user, whose username became the attributes `chosen`."""
    call.messages.clear()
    now, sub = instant(call), call.fresh("Sub")
    user = User(
        sub,
        call.Username,
        "UNCONFIRMED",
        now,
        now,
        password=call.Password,
        sign_in=sign_in_attribute(pool, call.Username),
        created_at=call.now,
    )
    if pool.username_attributes:
        user = call.change(user, R.username_becomes_sub, username=sub)
    user = user_view.write(call, user, R.attributes_are_stored, given)
    if chosen:
        user = user_view.write(call, user, R.username_becomes_attribute, chosen)
    flags = {
        f"{contact}_verified": attributes.UNVERIFIED for contact in attributes.CONTACTS if user.has(contact)
    }
    user = user_view.write(call, user, R.contact_is_unverified, flags)
    session: Any = (call.fresh("Session"), ABSENT)
    session = OneOf(session if clients.allows_flow(client, "USER_AUTH") else session[::-1])
    function = functions.role(pool, "PreSignUp")
    if function in (functions.AUTO_CONFIRM, functions.AUTO_VERIFY):
        return confirmed_by_function(call, pool, user, session, verifies=function == functions.AUTO_VERIFY)
    user = call.change(user, R.creates_unconfirmed_user, status="UNCONFIRMED")
    shown: Any = Because(ABSENT, R.no_code_without_auto_verification)
    channel = delivery.auto_verified(pool, user.attributes)
    if channel is not None:
        check_link(call, pool, channel)
        user = delivery.send(call, pool, user, "sign-up", channel, confirm_R.confirms_user)
        shown = Because(delivery.details(channel, user.attributes[channel], R.delivers_code), R.delivers_code)
    return Reply(
        R.creates_unconfirmed_user,
        {
            "UserConfirmed": False,
            "UserSub": sub,
            "CodeDeliveryDetails": shown,
            "Session": session,
        },
        call.world.with_pool(pool.put(user=user)),
        tuple(call.messages),
    )


def confirmed_by_function(call: Call, pool: Pool, user: User, session: Any, *, verifies: bool) -> Reply:
    """The reply with the new user, whom the pool's PreSignUp trigger confirms; of an address it may verify, too."""
    user = call.change(user, triggers_R.sign_up_is_confirmed, status="CONFIRMED")
    call.note("triggers:verifies" if verifies else "triggers:confirms")
    if verifies:
        call.refuse_if(not user.has("email"), triggers_R.address_is_there)
    if verifies and user.has("email"):
        user = user_view.write(call, user, triggers_R.address_is_verified, {"email_verified": "true"})
        if user_view.alias_owner(pool, user, "email", user.attributes["email"]) is not None:
            call.note("triggers:alias moves")
            pool = user_view.take_alias(call, pool, user, "email", triggers_R.alias_moves)
    return Reply(
        triggers_R.sign_up_is_confirmed,
        {
            "UserConfirmed": Because(True, triggers_R.sign_up_is_confirmed),
            "UserSub": user.sub,
            "Session": session,
        },
        call.world.with_pool(pool.put(user=user)),
    )


def check_link(call: Call, pool: Pool, channel: str) -> None:
    """Refuse to send a link by e-mail where the pool has no domain that it could lead to."""
    if channel != "email" or domains.of_pool(call.world, pool):
        return
    call.refuse_if(_by_link(pool.settings), R.link_needs_domain)


def _by_link(settings: Mapping[str, Any]) -> bool:
    template = settings.get("VerificationMessageTemplate") or {}
    return bool(template.get("DefaultEmailOption") == "CONFIRM_WITH_LINK")


def check_username(
    call: Call, pool: Pool, values: dict[str, Any], free: Requirement = R.username_is_free
) -> None:
    """Refuse a username of the wrong form for the pool, or, as `free` says, one that is taken."""
    check_form(call, pool)
    name, given = call.Username, sign_in_attribute(pool, call.Username)
    others = pool.users.values()
    by_name = given is not None and any(
        u.sign_in == given and pool.same_name(u.attributes.get(given), name) for u in others
    )
    call.refuse_if(pool.by_username(name) is not None, free)
    call.refuse_if(by_name, free, f"An account with the given {given} already exists.")
    # A name that is another user's alias, which in this form only preferred_username can be.
    call.tolerate_if(pool.by_alias(name) is not None and not by_name, free)
    for attribute in pool.username_attributes:
        # Another user's value in an attribute that this user or the other does not sign up with, or that
        # contradicts the name.
        value = values.get(attribute, name if attribute == given and not by_name else None)
        odd = value is not None and any(pool.same_name(u.attributes.get(attribute), value) for u in others)
        against = attribute == given and value not in (None, "", name)
        # Reported of pools where users sign up with an e-mail address and nothing else; nobody tells of another case.
        alone = len(pool.username_attributes) == 1
        settled = attribute == "email" and alone and str(value).casefold() != str(name).casefold()
        text = f"User {SPOKEN[attribute]} should be empty or same as username, since username attribute is {attribute}."
        call.guard(settled)(against, R.attribute_is_username, *((text,) if alone else ()))
        if odd or (against and not settled):
            call.tolerate_if(True, free)
            call.tolerate_if(True, free, error="AliasExistsException")


def check_form(call: Call, pool: Pool) -> None:
    """Refuse a username that looks like an alias, or that does not look like what users sign in with."""
    name = call.Username
    for attribute, sure, perhaps, kind in (
        ("email", attributes.is_email, attributes.may_be_email, "email"),
        ("phone_number", attributes.is_phone, attributes.may_be_phone, "phone number"),
    ):
        if attribute in pool.alias_attributes:
            text = f"Username cannot be of {kind} format, since user pool is configured for {kind} alias."
            call.refuse_if(sure(name), R.username_is_no_alias, text)
            call.tolerate_if(perhaps(name), R.username_is_no_alias)
    if pool.username_attributes:
        one = pool.username_attributes[0] if len(pool.username_attributes) == 1 else None
        text = SHOULD_BE.get(one, "Username should be either an email or a phone number.")
        call.refuse_if(sign_in_attribute(pool, name) is None, R.username_is_sign_in_attribute, text)
        sure_form = attributes.is_email(name) or attributes.is_phone(name)
        call.tolerate_if(not sure_form, R.username_is_sign_in_attribute)


def sign_in_attribute(pool: Pool, name: Any) -> str | None:
    """Which of the pool's UsernameAttributes a username is a value of, or None."""
    checks = {"email": attributes.may_be_email, "phone_number": attributes.may_be_phone}
    return next((a for a in pool.username_attributes if checks[a](name)), None)


def sign_in_values(pool: Pool, name: Any) -> dict[str, Any]:
    """The attribute that a username is, where users sign up with one; {} where they do not."""
    attribute = sign_in_attribute(pool, name)
    return {} if attribute is None else {attribute: name}
