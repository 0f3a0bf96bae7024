"""RespondToAuthChallenge and AdminRespondToAuthChallenge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cognito_model import attributes, passwords, second_factor, user_view
from cognito_model.attributes import schema
from cognito_model.call import Call, operation
from cognito_model.challenge_table import edge
from cognito_model.clients import auth_session_seconds
from cognito_model.expect import ABSENT, Because
from cognito_model.operations.common import check_secret_hash, need_client, need_pool
from cognito_model.operations.passwords import with_password
from cognito_model.operations.sign_in import ask_verifier, check_state, is_zero
from cognito_model.operations.sign_in import with_password as proved_by_password
from cognito_model.outcome import Outcome
from cognito_model.requirements import challenges as R
from cognito_model.requirements import passwords as passwords_R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.second_factor import proceed, store
from cognito_model.terms import Code, DeviceProof, DeviceVerifier, SrpProof
from cognito_model.world import Challenge, Client, Pool, User

USED = "(used)"
Answers = dict[str, Any]


@operation("RespondToAuthChallenge")
def respond_to_auth_challenge(call: Call) -> Outcome:
    """A person answers a challenge."""
    return answer(call, *need_client(call))


@operation("AdminRespondToAuthChallenge")
def admin_respond_to_auth_challenge(call: Call) -> Outcome:
    """A server answers one for somebody."""
    return answer(call, *need_client(call, need_pool(call)))


def answer(call: Call, pool: Pool, client: Client) -> Outcome:
    """The outcome of an answer: the challenge is found by its session or secret block, then its own rules hold."""
    given: Answers = call.ChallengeResponses or {}
    name = call.ChallengeName
    verifier = name in ("PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER")
    for parameter in NEEDED.get(name, ("USERNAME",)):
        call.refuse_if(given.get(parameter) in (None, ""), sign_in_R.parameter_is_given, parameter)
    call.refuse_if(not verifier and call.Session is None, sign_in_R.parameter_is_given, "Session")
    if given.get("USERNAME") is not None:
        check_secret_hash(call, client, given["USERNAME"], given.get("SECRET_HASH"))
    key = given.get("PASSWORD_CLAIM_SECRET_BLOCK") if verifier else call.Session
    challenge = pool.challenges.get(key)
    if call.refusals:
        # Which of several reasons is looked at first is not settled.
        call.refuse_if(challenge is None, R.session_is_genuine)
        call.refuse_if(challenge is not None and challenge.name != name, R.session_fits_answer)
        call.settle()
    if challenge is None:
        call.refuse_if(True, R.block_is_genuine if verifier else R.session_is_genuine)
        elsewhere = call.world.challenge(key) is not None
        call.refuse_if(elsewhere, R.session_fits_answer)
        call.settle()
    assert challenge is not None
    call.refuse_if(challenge.name == USED, R.session_counts_once)
    age = call.now - challenge.at
    call.refuse_if(age > auth_session_seconds(client), R.session_is_fresh)
    user = pool.users.get(challenge.sub) if challenge.sub is not None else None
    named = pool.find(given.get("USERNAME"))
    wrong_user = challenge.sub is not None and (user is None or named is None or named.sub != user.sub)
    if challenge.name != USED:
        call.refuse_if(
            challenge.name != name or challenge.client != client.id or wrong_user, R.session_fits_answer
        )
    call.settle()
    if user is None:
        call.refuse(sign_in_R.unknown_user_is_hidden)
    return ANSWERS.get(name, unmodelled)(call, spent(pool, key), user, client, challenge, given)


def spent(pool: Pool, key: Any) -> Pool:
    """The pool in which the challenge has been answered."""
    return store(pool, key, replace(pool.challenges[key], name=USED))


def unmodelled(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """A challenge that only a trigger can ask."""
    del pool, user, client, challenge, given
    return call.reply(sign_in_R.password_signs_in)


def password_verifier(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The proof that the user knows the password."""
    block = given["PASSWORD_CLAIM_SECRET_BLOCK"]
    # A password that was changed after the challenge was asked: whether the old or the new one counts is not settled.
    known = [p for p in dict.fromkeys((user.password, challenge.details.get("password"))) if p is not None]
    right = any(
        call.proves(
            given["PASSWORD_CLAIM_SIGNATURE"],
            SrpProof(block, password, user.username, pool.id),
            challenge,
            given["TIMESTAMP"],
        )
        for password in known
    )
    call.tolerate_if(right and (len(known) > 1 or challenge.details.get("failed")), R.proof_is_right)
    if not right:
        call.refuse_if(True, R.proof_is_right)
        call.refuse_if(user.status == "UNCONFIRMED", sign_in_R.unconfirmed_may_be_told)
        call.refuse_if(not user.enabled, sign_in_R.user_is_enabled)
        failed = replace(user, failures=user.failures + 1)
        again = replace(challenge, details={**challenge.details, "failed": True})
        call.remember(call.world.with_pool(store(pool.put(user=failed), block, again)))
        call.settle()
    check_state(call, pool, client, user)
    call.tolerate_if(user.failures >= 5, sign_in_R.lockout)
    call.settle()
    device = given.get("DEVICE_KEY") or challenge.details.get("device")
    return proceed(
        call,
        pool,
        user,
        client,
        after="PASSWORD_VERIFIER",
        because=sign_in_R.password_signs_in,
        device=device if device in user.devices else None,
    )


def new_password(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The new password, and the attributes that were missing."""
    del challenge
    password = given["NEW_PASSWORD"]
    wrong = passwords.violations(pool, password)
    call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
    prefix = "userAttributes."
    values = {n.removeprefix(prefix): v for n, v in given.items() if n.startswith(prefix)}
    for name, entry in schema(pool).items():
        if entry.get("Required") and name != "sub" and not user.has(name):
            call.refuse_if(not values.get(name), R.required_attribute_is_given, name)
    for contact in ("email", "phone_number"):
        call.refuse_if(contact in values and user.has(contact), R.given_attribute_stays, contact)
    odd = Call(call.world, call.operation, call.params, call.step, call.now)
    attributes.check_values(odd, pool, values)
    attributes.check_permission(odd, pool, client, values)
    flags = any(flag in values for flag in attributes.VERIFIED_FLAGS)
    call.tolerate_if(odd.refusals or flags, R.attributes_may_be_refused)
    user = with_password(call, user, R.new_password_confirms, password, "CONFIRMED")
    kept = {n: v for n, v in values.items() if v and n not in ("sub", *attributes.VERIFIED_FLAGS)}
    if kept and not odd.refusals:
        user = user_view.write(call, user, R.new_password_attributes, kept)
    return proceed(
        call,
        pool.put(user=user),
        user,
        client,
        after="NEW_PASSWORD_REQUIRED",
        because=R.new_password_confirms,
    )


def software_token(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The code of the user's authenticator app."""
    step = call.totp_step(given["SOFTWARE_TOKEN_MFA_CODE"], user.mfa.secret)
    call.refuse_if(step is None, R.totp_matches)
    used = user.mfa.used_step
    call.refuse_if(step is not None and used is not None and step == used, R.totp_counts_once)
    call.tolerate_if(step is not None and used is not None and step < used, R.totp_counts_once)
    user = replace(user, mfa=replace(user.mfa, used_step=step if step is not None else used))
    return proceed(
        call,
        pool.put(user=user),
        user,
        client,
        after="SOFTWARE_TOKEN_MFA",
        because=R.totp_signs_in,
        device=challenge.details.get("device"),
    )


def sent_code(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The code of a text message or an e-mail."""
    name = challenge.name
    code = given.get(CODE_MEMBER[name])
    right = call.same(code, Code(challenge.details["message"].term))
    call.refuse_if(not right, R.sent_code_matches)
    contact = second_factor.CONTACT[name]
    if right and not user.verified(contact) and user.has(contact):
        # A code that arrived shows that the address is the user's; that it becomes verified is documented, not seen.
        user = user_view.write(call, user, R.sent_code_signs_in, {f"{contact}_verified": user_view.ANY_FLAG})
    return proceed(
        call,
        pool.put(user=user),
        user,
        client,
        after=name,
        because=R.sent_code_signs_in,
        device=challenge.details.get("device"),
    )


CODE_MEMBER = {"SMS_MFA": "SMS_MFA_CODE", "EMAIL_OTP": "EMAIL_OTP_CODE", "SMS_OTP": "SMS_OTP_CODE"}


def select_mfa(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """Which second factor."""
    chosen = given["ANSWER"]
    call.refuse_if(chosen not in challenge.details["choices"], R.choice_is_offered)
    call.settle()
    return second_factor.ask(
        call, pool, user, client, chosen, "SELECT_MFA_TYPE", R.choice_is_taken, dict(challenge.details)
    )


def mfa_setup(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The session of VerifySoftwareToken, which shows that the factor is set up."""
    del given
    call.refuse_if(not challenge.details.get("verified"), R.setup_is_done)
    return proceed(call, pool, user, client, after="MFA_SETUP", because=R.setup_signs_in)


def select_challenge(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """Which first factor, and what it takes."""
    chosen = given["ANSWER"]
    call.refuse_if(chosen not in challenge.details["choices"], R.choice_is_offered)
    call.settle()
    if chosen == "PASSWORD":
        call.refuse_if(given.get("PASSWORD") is None, sign_in_R.parameter_is_given, "PASSWORD")
        call.settle()
        user = proved_by_password(call, pool, client, user, given["PASSWORD"])
        return proceed(call, pool, user, client, after="SELECT_CHALLENGE", because=R.selection_answers)
    if chosen == "PASSWORD_SRP":
        call.refuse_if(given.get("SRP_A") is None, sign_in_R.parameter_is_given, "SRP_A")
        call.settle()
        return ask_verifier(call, pool, client, user, user.username, given["SRP_A"], "SELECT_CHALLENGE")
    if chosen == "WEB_AUTHN":
        return call.reply(R.selection_answers, ChallengeName="WEB_AUTHN")
    return second_factor.ask(
        call, pool, user, client, chosen, "SELECT_CHALLENGE", R.selection_answers, {"first": True}
    )


def device_srp(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """A remembered device begins to prove itself."""
    key = given["DEVICE_KEY"]
    call.refuse_if(key != challenge.details.get("device") or key not in user.devices, R.session_fits_answer)
    call.refuse_if(is_zero(given["SRP_A"]), sign_in_R.srp_a_is_sound)
    call.settle()
    call.note(edge("DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"))
    block = call.fresh("SecretBlock")
    details = {"SRP_A": given["SRP_A"], "device": key}
    asked = Challenge(
        "DEVICE_PASSWORD_VERIFIER", user.sub, client.id, user.username, call.now, challenge.name, details
    )
    return call.reply(
        R.device_is_asked,
        call.world.with_pool(store(pool, block, asked)),
        ChallengeName=Because("DEVICE_PASSWORD_VERIFIER", R.device_is_asked),
        ChallengeParameters={
            "SALT": call.fresh("Salt"),
            "SRP_B": call.fresh("SrpB"),
            "SECRET_BLOCK": block,
            "DEVICE_KEY": key,
            "USERNAME": user.username,
        },
        AuthenticationResult=Because(ABSENT, R.device_is_asked),
    )


def device_verifier(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The proof that the device knows its password."""
    device = user.devices.get(challenge.details["device"])
    secret = (
        device.verifier.password if device is not None and isinstance(device.verifier, DeviceVerifier) else ""
    )
    proof = DeviceProof(
        given["PASSWORD_CLAIM_SECRET_BLOCK"],
        device.group if device else None,
        challenge.details["device"],
        secret,
    )
    right = device is not None and call.proves(
        given["PASSWORD_CLAIM_SIGNATURE"], proof, challenge, given["TIMESTAMP"]
    )
    call.refuse_if(not right, R.proof_is_right)
    return proceed(
        call,
        pool,
        user,
        client,
        after="DEVICE_PASSWORD_VERIFIER",
        because=R.device_proves_itself,
        device=challenge.details["device"],
    )


ANSWERS: dict[str, Callable[[Call, Pool, User, Client, Challenge, Answers], Outcome]] = {
    "PASSWORD_VERIFIER": password_verifier,
    "NEW_PASSWORD_REQUIRED": new_password,
    "SOFTWARE_TOKEN_MFA": software_token,
    "SMS_MFA": sent_code,
    "EMAIL_OTP": sent_code,
    "SMS_OTP": sent_code,
    "SELECT_MFA_TYPE": select_mfa,
    "MFA_SETUP": mfa_setup,
    "SELECT_CHALLENGE": select_challenge,
    "DEVICE_SRP_AUTH": device_srp,
    "DEVICE_PASSWORD_VERIFIER": device_verifier,
}

PROOF = ("USERNAME", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP")
NEEDED: dict[str, tuple[str, ...]] = {
    "PASSWORD_VERIFIER": PROOF,
    "DEVICE_PASSWORD_VERIFIER": (*PROOF, "DEVICE_KEY"),
    "NEW_PASSWORD_REQUIRED": ("USERNAME", "NEW_PASSWORD"),
    "SOFTWARE_TOKEN_MFA": ("USERNAME", "SOFTWARE_TOKEN_MFA_CODE"),
    "SMS_MFA": ("USERNAME", "SMS_MFA_CODE"),
    "EMAIL_OTP": ("USERNAME", "EMAIL_OTP_CODE"),
    "SMS_OTP": ("USERNAME", "SMS_OTP_CODE"),
    "SELECT_MFA_TYPE": ("USERNAME", "ANSWER"),
    "SELECT_CHALLENGE": ("USERNAME", "ANSWER"),
    "DEVICE_SRP_AUTH": ("USERNAME", "SRP_A", "DEVICE_KEY"),
}
