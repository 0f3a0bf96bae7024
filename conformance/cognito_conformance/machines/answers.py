"""Answers to challenges: right ones, and each wrong in the ways that its role knows."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, without_none
from cognito_model.attributes import schema
from cognito_model.functions import ANSWER
from cognito_model.terms import (
    ClaimTimestamp,
    Code,
    DeviceProof,
    DeviceVerifier,
    Fresh,
    Junk,
    Passkey,
    Spoiled,
    SrpProof,
    TotpCode,
)
from cognito_model.world import Challenge, Pool, User


def answer(pick: Pick) -> tuple[Any, Params]:
    """The newest challenge that waits, and an answer to it; wrong: one that was answered, of another, incomplete."""
    pool = pick.pool
    waiting = roles.waiting_challenges(pick)
    used = [(k, c) for k, c in pool.challenges.items() if c.name == "(used)" and k.kind == "Session"]
    if pick.goes_wrong() and used:
        key, challenge = used[-1]
        challenge = Challenge(
            "NEW_PASSWORD_REQUIRED", challenge.sub, challenge.client, challenge.username, 0, ""
        )
    else:
        key, challenge = pick.of([*reversed(waiting[-2:])])
    client = pool.clients.get(challenge.client) or pick.client()
    user = pool.users.get(challenge.sub)
    name = challenge.username if user is None else user.username
    if pick.goes_wrong():
        name = pick.of([u.username for u in pool.users.values()])
    answers = ANSWERS.get(challenge.name, _any_answer)(pick, pool, user, challenge, key)
    verifier = challenge.name in ("PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER")
    session = Junk("Session", 1) if pick.goes_wrong() else key
    if pick.goes_wrong():
        answers = dict(list(answers.items())[1:])
    return roles.client_id(pick, client), without_none(
        ChallengeName=pick.of(["SMS_MFA", "ADMIN_NO_SRP_AUTH"]) if pick.goes_wrong() else challenge.name,
        Session=_session_of_proof(pick, challenge) if verifier else session,
        ChallengeResponses=without_none(
            USERNAME=name, SECRET_HASH=roles.secret_hash(pick, client, name), **answers
        ),
    )


def _session_of_proof(pick: Pick, challenge: Challenge) -> Any:
    """The session that comes with a proof: the state travels in the secret block, unless triggers asked for the proof."""
    session = challenge.details.get("session")
    return session if session is not None and pick.chance(80) else None


def _custom(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    """The word that the triggers of known functions take, or another: they ask several times."""
    return {"ANSWER": "another word" if pick.chance(50) else ANSWER}


def _new_password(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    answers: Params = {"NEW_PASSWORD": roles.new_password(pick, pool)}
    wrong = pick.goes_wrong()
    for name, entry in schema(pool).items():
        if entry.get("Required") and name != "sub" and user is not None and not user.has(name) and not wrong:
            answers[f"userAttributes.{name}"] = roles.attribute_value(pick, pool, name)
    if user is not None and user.has("email") and pick.goes_wrong():
        answers["userAttributes.email"] = roles.email(pick)
    if pick.chance(20):
        name = pick.of(roles.STANDARD)
        answers[f"userAttributes.{name}"] = roles.attribute_value(pick, pool, name)
    return answers


def _totp(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    return {"SOFTWARE_TOKEN_MFA_CODE": totp_code(pick, user.mfa.secret if user else None, user)}


def totp_code(pick: Pick, secret: Any, user: User | None) -> Any:
    """A code of the secret, of a step that was not used yet; wrong: used, far off, no code."""
    if secret is None:
        return "123456"
    right: list[Any] = [TotpCode(secret, 1), TotpCode(secret, 0)]
    if user is None or user.mfa.used_step is None:
        right.reverse()
    if pick.goes_wrong():
        return pick.of([TotpCode(secret, 40), TotpCode(secret, 0), Spoiled(TotpCode(secret, 0), "digit")])
    return right[0] if pick.chance(80) else right[1]


def _sent(member: str) -> Any:
    def build(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
        sent = challenge.details.get("message")
        if sent is None or pick.goes_wrong():
            wrong: list[Any] = [Junk("Code", 3), "not-a-code"]
            return {member: pick.of([Spoiled(Code(sent.term), "digit"), *wrong] if sent else wrong)}
        return {member: Code(sent.term)}

    return build


def _choice(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    chosen = (
        "CUSTOM_CHALLENGE" if pick.goes_wrong() else pick.of(challenge.details.get("choices") or ["PASSWORD"])
    )
    return without_none(
        ANSWER=chosen,
        PASSWORD=roles.password_of(pick, user) if chosen == "PASSWORD" and user else None,
        SRP_A=roles.srp_a(pick) if chosen == "PASSWORD_SRP" else None,
        DEVICE_KEY=roles.device_key(pick, user) if user else None,
    )


def _password(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    if user is None:
        return {"PASSWORD": "Wrong-Passw0rd!"}
    return without_none(PASSWORD=roles.password_of(pick, user), DEVICE_KEY=roles.device_key(pick, user))


def _srp_start(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    return without_none(SRP_A=roles.srp_a(pick))


def _passkey(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    """An answer of one of the user's passkeys; wrong: of somebody else's, or none."""
    known = [passkey.name for passkey in user.passkeys] if user is not None else []
    if pick.goes_wrong() or not known:
        others = [key.name for other in pool.users.values() if other is not user for key in other.passkeys]
        name = pick.of([*others[-1:], None])
    else:
        name = pick.of(known)
    return {"CREDENTIAL": "{}" if name is None else Passkey(challenge.details["challenge"], name)}


def _proof(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    password = roles.password_of(pick, user) if user is not None else "Wrong-Passw0rd!"
    name = user.username if user is not None else challenge.username
    signature: Any = Junk("Signature", 1) if pick.goes_wrong() else SrpProof(key, password, name, pool.id)
    block = Junk("SecretBlock", 1) if pick.goes_wrong() else key
    return {
        "PASSWORD_CLAIM_SIGNATURE": signature,
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "TIMESTAMP": "2026-01-02T03:04:05Z" if pick.goes_wrong() else ClaimTimestamp(key),
        **without_none(DEVICE_KEY=challenge.details.get("device")),
    }


def _device_start(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    return without_none(SRP_A=roles.srp_a(pick), DEVICE_KEY=_device_of(pick, user, challenge))


def _device_of(pick: Pick, user: User | None, challenge: Challenge) -> Any:
    """The key of the device that is asked; wrong: of another, or none."""
    asked = challenge.details.get("device")
    if not pick.goes_wrong():
        return asked
    others = [key for key in user.devices if key != asked] if user is not None else []
    return pick.of([*others[-1:], Junk("DeviceKey", 4), None])


def _device_proof(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    device = user.devices.get(challenge.details["device"]) if user is not None else None
    known = device.verifier.password if device and isinstance(device.verifier, DeviceVerifier) else "none"
    password = "another" if pick.goes_wrong() else known
    group = device.group if device is not None else Fresh("DeviceGroupKey", 0)
    return {
        "PASSWORD_CLAIM_SIGNATURE": DeviceProof(key, group, challenge.details["device"], password),
        "PASSWORD_CLAIM_SECRET_BLOCK": key,
        "TIMESTAMP": "2026-01-02T03:04:05Z" if pick.goes_wrong() else ClaimTimestamp(key),
        **without_none(DEVICE_KEY=_device_of(pick, user, challenge)),
    }


def _any_answer(pick: Pick, pool: Pool, user: User | None, challenge: Challenge, key: Any) -> Params:
    return {}


ANSWERS: dict[str, Any] = {
    "NEW_PASSWORD_REQUIRED": _new_password,
    "SOFTWARE_TOKEN_MFA": _totp,
    "SMS_MFA": _sent("SMS_MFA_CODE"),
    "EMAIL_OTP": _sent("EMAIL_OTP_CODE"),
    "SMS_OTP": _sent("SMS_OTP_CODE"),
    "SELECT_MFA_TYPE": _choice,
    "SELECT_CHALLENGE": _choice,
    "PASSWORD": _password,
    "PASSWORD_SRP": _srp_start,
    "WEB_AUTHN": _passkey,
    "PASSWORD_VERIFIER": _proof,
    "DEVICE_SRP_AUTH": _device_start,
    "DEVICE_PASSWORD_VERIFIER": _device_proof,
    "CUSTOM_CHALLENGE": _custom,
}
