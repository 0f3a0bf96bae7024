"""Answers to challenges after the first factor: a new password, second factors, the code of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attributes, passwords, second_factor, user_view
from cognito_model.attributes import schema
from cognito_model.call import TOTP_PERIOD, Call
from cognito_model.evolve import replace
from cognito_model.operations.passwords import with_password
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import second_factors as R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.requirements import user_auth as user_auth_R
from cognito_model.second_factor import proceed, store
from cognito_model.terms import Code

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement
    from cognito_model.world import Challenge, Client, Message, Pool, User

Answers = dict[str, Any]
CODE_MEMBER = {"SMS_MFA": "SMS_MFA_CODE", "EMAIL_OTP": "EMAIL_OTP_CODE", "SMS_OTP": "SMS_OTP_CODE"}
ATTRIBUTE = "userAttributes."


def count_failure(call: Call, challenge: Challenge) -> None:
    """Remember a wrong answer; the session waits on."""
    failures = challenge.details.get("failures", 0) + 1
    again = replace(challenge, details={**challenge.details, "failures": failures})
    pool = call.world.client_pool(challenge.client)
    call.remember(call.world.with_pool(store(pool, call.Session, again)))


def right_after(challenge: Challenge, because: Requirement) -> Requirement:
    """Why a right answer is taken: `because`, or that the session outlived a wrong one."""
    return challenges_R.session_survives_wrong_answer if challenge.details.get("failures") else because


def check_changes(call: Call, user: User, *, may_be: tuple[str, ...] = ()) -> None:
    """A user who changed since the challenge was asked may be refused."""
    changed = not user.enabled or user.status not in ("CONFIRMED", *may_be)
    call.tolerate_if(changed, challenges_R.user_may_have_changed)


def new_password(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The new password, and the attributes that were missing."""
    password = given["NEW_PASSWORD"]
    passwords.check_new(call, pool, user, password)
    if call.refusals:
        count_failure(call, challenge)
    changed = not user.enabled or user.status != "FORCE_CHANGE_PASSWORD"
    call.tolerate_if(changed, challenges_R.user_may_have_changed)
    values = {n.removeprefix(ATTRIBUTE): v for n, v in given.items() if n.startswith(ATTRIBUTE)}
    kept = check_attributes(call, pool, user, client, values)
    because = right_after(challenge, challenges_R.new_password_confirms)
    user = with_password(call, user, challenges_R.new_password_confirms, password, "CONFIRMED")
    if kept:
        user = user_view.write(call, user, challenges_R.new_password_attributes, kept)
    user = user_view.touched(call, user, certainly=True)
    return proceed(call, pool.put(user=user), user, client, after="NEW_PASSWORD_REQUIRED", because=because)


def check_attributes(
    call: Call, pool: Pool, user: User, client: Client, values: dict[str, Any]
) -> dict[str, Any]:
    """Refuse attributes that are missing or may not be given; the ones that are stored."""
    missing = [
        name
        for name, entry in schema(pool).items()
        if entry.get("Required") and name != "sub" and not user.has(name) and not values.get(name)
    ]
    call.refuse_if(missing, challenges_R.required_attribute_is_given, " and ".join(missing))
    for name, value in values.items():
        stays = user.has(name) and user.attributes[name] != value
        is_contact = name in ("email", "phone_number")
        is_required = schema(pool).get(name, {}).get("Required")
        call.refuse_if(user.has(name) and is_contact, challenges_R.given_attribute_stays, name)
        call.tolerate_if(stays and is_required and not is_contact, challenges_R.given_attribute_stays, name)
    odd = Call(call.world, call.operation, call.params, call.step, call.now)
    attributes.check_values(odd, pool, values)
    attributes.check_permission(odd, pool, client, values)
    flags = any(flag in values for flag in attributes.VERIFIED_FLAGS)
    call.tolerate_if(odd.refusals or flags, challenges_R.attributes_may_be_refused)
    if odd.refusals:
        return {}
    return {n: v for n, v in values.items() if v and n not in ("sub", *attributes.VERIFIED_FLAGS)}


def software_token(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The code of the user's authenticator app."""
    check_changes(call, user)
    if user.mfa.secret is None:
        call.refuse(R.totp_is_set_up)
    step = call.totp_step(given["SOFTWARE_TOKEN_MFA_CODE"], user.mfa.secret)
    used = user.mfa.used_step
    call.refuse_if(step is None, R.totp_matches)
    ended = user.mfa.candidate is not None  # perhaps: fact associate-ends-old
    call.tolerate_if(ended, R.totp_matches)
    call.tolerate_if(ended, R.totp_is_set_up)
    call.refuse_if(step is not None and step == used, R.totp_counts_once)
    call.tolerate_if(step is not None and used is not None and step < used, R.totp_counts_once)
    if call.refusals:
        count_failure(call, challenge)
    because = R.totp_signs_in if user.mfa.candidate is None else R.old_secret_counts
    # A code of the time before or after may be refused for that, and not for the wrong answer that came first.
    if step == int(call.now // TOTP_PERIOD):
        because = right_after(challenge, because)
    user = replace(user, mfa=replace(user.mfa, used_step=used if step is None else step))
    return proceed(
        call,
        pool.put(user=user),
        user,
        client,
        after="SOFTWARE_TOKEN_MFA",
        because=because,
        device=challenge.details.get("device"),
    )


def sent_code(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The code of a text message or an e-mail, as first or second factor."""
    first = challenge.details.get("first")
    check_changes(call, user, may_be=("FORCE_CHANGE_PASSWORD",) if not first else ())
    call.refuse_if(first and not user.enabled, sign_in_R.user_is_enabled)
    code = given[CODE_MEMBER[challenge.name]]
    own = challenge.details["message"]
    right = call.same(code, Code(own.term))
    newer = newer_messages(pool, own)
    call.tolerate_if(newer, R.older_code_is_dead)
    right = right or any(call.same(code, Code(message.term)) for message in newer)
    call.refuse_if(not right, R.sent_code_matches)
    if not right:
        count_failure(call, challenge)
    contact = second_factor.CONTACT[challenge.name]
    if right and not user.verified(contact) and user.has(contact):
        # A code that arrived shows that the address is the user's; that it becomes verified is documented, not seen.
        flag = f"{contact}_verified"
        unsure = user_view.ANY_FLAG if flag in user.attributes else user_view.ANY_FLAG_OR_NONE
        user = user_view.write(call, user, R.sent_code_signs_in, {flag: unsure})
    return proceed(
        call,
        pool.put(user=user),
        user,
        client,
        after=challenge.name,
        because=right_after(challenge, user_auth_R.code_signs_in if first else R.sent_code_signs_in),
        device=challenge.details.get("device"),
    )


def newer_messages(pool: Pool, own: Message) -> list[Message]:
    """What was sent to the user for a sign-in after `own`; perhaps only the newest code counts."""
    sent = (challenge.details.get("message") for challenge in pool.challenges.values())
    return [m for m in sent if m is not None and m.username == own.username and m.term.step > own.term.step]


def select_mfa(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """Which second factor."""
    check_changes(call, user)
    chosen = given["ANSWER"]
    call.refuse_if(chosen not in challenge.details["choices"], R.choice_is_offered)
    call.tolerate_if(chosen == challenge.details.get("perhaps"), R.choice_is_offered)
    call.settle()
    details = {"device": challenge.details.get("device")}
    return second_factor.ask(call, pool, user, client, chosen, "SELECT_MFA_TYPE", R.choice_is_taken, details)


def mfa_setup(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The session of VerifySoftwareToken, which shows that the factor is set up."""
    del given
    check_changes(call, user)
    call.refuse_if(not challenge.details.get("verified"), R.setup_is_done)
    device = challenge.details.get("device")
    return proceed(call, pool, user, client, after="MFA_SETUP", because=R.setup_signs_in, device=device)
