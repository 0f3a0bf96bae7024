"""RespondToAuthChallenge and AdminRespondToAuthChallenge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from cognito_model import sign_in_triggers as triggers
from cognito_model.call import Call, operation
from cognito_model.clients import auth_session_seconds
from cognito_model.evolve import replace
from cognito_model.operations import answers, custom_auth, device_srp, passkey_challenge, srp, user_auth
from cognito_model.operations.common import check_secret_hash, need_client, need_pool, suspect_name
from cognito_model.outcome import Outcome
from cognito_model.requirements import challenges as R
from cognito_model.requirements import proofs as proofs_R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.requirements import triggers as triggers_R
from cognito_model.requirements import user_auth as user_auth_R
from cognito_model.second_factor import USED, spent
from cognito_model.world import Challenge, Client, Pool, User

VERIFIERS = ("PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER")
"""Challenges that are known by their secret block and need no session."""
MANY_FAILURES = 3
"""Wrong answers after which a session may be refused."""
Answer = Callable[[Call, Pool, User, Client, Challenge, dict[str, Any]], Outcome]


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
    given: dict[str, Any] = call.ChallengeResponses or {}
    name = call.ChallengeName
    call.note(f"answer:{name}")
    call.refuse_if(name == "ADMIN_NO_SRP_AUTH", R.challenge_can_be_answered)
    call.refuse_if(not given and name in VERIFIERS, R.response_is_given, "challenge responses")
    call.tolerate_if(not given, R.response_is_given, "challenge responses")
    for parameter in NEEDED.get(name, ("USERNAME",)):
        call.refuse_if(not given.get(parameter), R.response_is_given, parameter)
    key = given.get("PASSWORD_CLAIM_SECRET_BLOCK") if name in VERIFIERS else call.Session
    if name == "DEVICE_SRP_AUTH" and key is None:
        # "A future version will require the session" (aws-sdk-android#2337): clients that send none may be served yet.
        key = device_srp.waiting(pool, client, given)
        call.tolerate_if(key is not None, sign_in_R.parameter_is_given, "Session")
    call.refuse_if(name not in VERIFIERS and key is None, sign_in_R.parameter_is_given, "Session")
    if given.get("USERNAME"):
        check_secret_hash(call, client, given["USERNAME"], given.get("SECRET_HASH"))
    challenge = pool.challenges.get(key)
    if challenge is None:
        call.refuse_if(True, proofs_R.block_is_genuine if name in VERIFIERS else R.session_is_genuine)
        call.refuse_if(call.world.challenge(key) is not None, R.session_fits_answer)
        call.settle()
    assert challenge is not None
    triggers.check(call, pool)
    challenge = reopened(call, challenge, name)
    # Which of several reasons is looked at first is not settled, and so all are collected before the call ends.
    user = check_challenge(call, pool, client, challenge, name, given)
    if user is None:
        nobody(call, name)
    return ANSWERS[name](call, spent(pool, key, challenge), user, client, challenge, given)


def reopened(call: Call, challenge: Challenge, name: Any) -> Challenge:
    """The challenge; a proof that was answered already waits on, since nothing shows that it counts once."""
    if challenge.name != USED:
        return challenge
    was = challenge.details.get("was")
    if was in VERIFIERS and was == name:
        return replace(challenge, name=was, details={**challenge.details, "answered": True})
    # In USER_AUTH a wrong password ends the attempt as a right one does.
    lost = was in ("SELECT_CHALLENGE", "PASSWORD")
    over = user_auth_R.lost_after_wrong_password if lost else R.session_counts_once
    call.refuse_if(True, triggers_R.failed_session_is_over if challenge.details.get("over") else over)
    return challenge


def check_challenge(
    call: Call, pool: Pool, client: Client, challenge: Challenge, name: Any, given: dict[str, Any]
) -> User | None:
    """The user of a challenge that this call may answer (None: of nobody); anything else is refused."""
    call.refuse_if(call.now - challenge.at > auth_session_seconds(client), R.session_is_fresh)
    user = pool.users.get(challenge.sub) if challenge.sub is not None else None
    named = pool.find(given["USERNAME"]) if given.get("USERNAME") else user
    other_user = challenge.sub is not None and (user is None or named is None or named.sub != user.sub)
    other_challenge = challenge.name not in (name, USED)
    call.refuse_if(other_challenge or challenge.client != client.id or other_user, R.session_fits_answer)
    # Which of the two is seen first, of a session that was used and was another challenge's, is not settled.
    was_other = challenge.name == USED and challenge.details.get("was") != name
    call.tolerate_if(was_other, R.session_fits_answer)
    call.settle()
    call.tolerate_if(challenge.details.get("failures", 0) >= MANY_FAILURES, R.attempts_are_limited)
    if user is not None:
        suspect_name(call, pool, user, given.get("USERNAME", user.username))
        is_alias = given.get("USERNAME") not in (user.username, user.sub)
        call.tolerate_if(call.operation.startswith("Admin") and is_alias, R.name_is_internal)
    return user


def nobody(call: Call, name: Any) -> NoReturn:
    """The answer to a simulated challenge is always wrong."""
    call.refuse(
        user_auth_R.simulated_code_is_wrong if name in user_auth.CODES else sign_in_R.unknown_user_is_hidden
    )


ANSWERS: dict[str, Answer] = {
    "PASSWORD_VERIFIER": srp.password_verifier,
    "PASSWORD_SRP": srp.password_srp,
    "PASSWORD": user_auth.password,
    "SELECT_CHALLENGE": user_auth.select_challenge,
    "NEW_PASSWORD_REQUIRED": answers.new_password,
    "SOFTWARE_TOKEN_MFA": answers.software_token,
    "SMS_MFA": answers.sent_code,
    "EMAIL_OTP": answers.sent_code,
    "SMS_OTP": answers.sent_code,
    "SELECT_MFA_TYPE": answers.select_mfa,
    "MFA_SETUP": answers.mfa_setup,
    "WEB_AUTHN": passkey_challenge.web_authn,
    "DEVICE_SRP_AUTH": device_srp.device_srp,
    "DEVICE_PASSWORD_VERIFIER": device_srp.device_verifier,
    "CUSTOM_CHALLENGE": custom_auth.custom_challenge,
}

PROOF = ("USERNAME", "TIMESTAMP", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK")
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
    "PASSWORD": ("USERNAME", "PASSWORD"),
    "PASSWORD_SRP": ("USERNAME", "SRP_A"),
    "WEB_AUTHN": ("USERNAME", "CREDENTIAL"),
    "DEVICE_SRP_AUTH": ("USERNAME", "SRP_A", "DEVICE_KEY"),
}
"""Which parameters each challenge must be answered with."""
