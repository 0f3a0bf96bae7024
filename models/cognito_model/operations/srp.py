"""SRP: PASSWORD_VERIFIER is asked, for a real user or simulated, and answered."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cognito_model.challenge_table import edge
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, Both, OneOf, Pattern, Present
from cognito_model.first_factor import (
    LOCK_AFTER,
    check_device,
    check_lock,
    check_state,
    fail,
    remember_failure,
)
from cognito_model.operations import custom_auth
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import proofs as R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.requirements import triggers as triggers_R
from cognito_model.requirements import user_auth as user_auth_R
from cognito_model.second_factor import proceed, store
from cognito_model.terms import Fresh, SrpProof
from cognito_model.world import Challenge, Client, Pool, User

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement

HEX_SALT = r"[0-9A-Fa-f]{1,34}"
HEX_B = r"[0-9A-Fa-f]{700,770}"
BASE64 = r"[0-9A-Za-z+/]{16,}={0,2}"
PROMPT = 3.0
"""Seconds within which an answer to PASSWORD_VERIFIER is surely in time (fact srp-verifier-time-window)."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEX = re.compile(r"[0-9a-fA-F]+")
NOT_HEX = (
    "1 validation error detected: Value '{}' at 'a' failed to satisfy constraint: Member must satisfy regular "
    "expression pattern: ^[0-9a-fA-F]+$"
)
_TIMESTAMP = re.compile(
    rf"(?i:{'|'.join(_DAYS)}) ((?i:{'|'.join(_MONTHS)})) ([0-9]{{1,2}}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:UTC|GMT) ([0-9]{4})"
)


def ask_verifier(
    call: Call,
    pool: Pool,
    client: Client,
    user: User | None,
    name: Any,
    srp_a: Any,
    because: Requirement,
    *,
    after: str = "START",
    chosen: bool = False,
    custom: bool = False,
) -> Outcome:
    """PASSWORD_VERIFIER: for a real user, or simulated for one who is not there.

    `chosen` says that it is USER_AUTH, `custom` that it is CUSTOM_AUTH.
    """
    if user is None and not client.hides_users:
        call.refuse(sign_in_R.unknown_user_is_named)
    check_public_value(call, srp_a)
    device = (call.AuthParameters or call.ChallengeResponses or {}).get("DEVICE_KEY")
    if user is not None:
        early = not user.enabled or user.status in ("UNCONFIRMED", "RESET_REQUIRED") or user.password is None
        call.tolerate_if(early, sign_in_R.state_may_show_early)
        call.tolerate_if(user.failures >= LOCK_AFTER, sign_in_R.lockout)
        check_device(call, pool, device)
        call.tolerate_if(
            device is not None and device not in user.devices, devices_R.forgotten_device_is_refused
        )
    reason = because if user is not None else sign_in_R.unknown_user_is_simulated
    call.note(edge(after, "PASSWORD_VERIFIER"))
    block = call.fresh("SecretBlock")
    details = {
        "SRP_A": srp_a,
        "device": device,
        "password": user.password if user is not None else None,
        "chosen": chosen,
    }
    if custom:
        details["session"] = call.fresh("Session")
    asked = Challenge(
        "PASSWORD_VERIFIER", user.sub if user else None, client.id, name, call.now, after, details
    )
    named: Any = user.username if user is not None else Present(name)
    no_session = (
        OneOf.of(ABSENT, Present("")) if chosen else Because(ABSENT, sign_in_R.verifier_has_no_session)
    )
    if custom:
        no_session = OneOf.of(details["session"], ABSENT)
    return call.reply(
        reason,
        call.world.with_pool(store(pool, block, asked)),
        ChallengeName=Because("PASSWORD_VERIFIER", reason),
        Session=no_session,
        ChallengeParameters=Because(
            {
                **exchange(call, block, former_salt(pool, name) if user is None else None),
                "USER_ID_FOR_SRP": Because(named, sign_in_R.verifier_names_user),
                "USERNAME": Because(named, sign_in_R.verifier_names_user),
            },
            reason,
        ),
        AuthenticationResult=Because(ABSENT, reason),
    )


def former_salt(pool: Pool, name: Any) -> Fresh | None:
    """The salt of an earlier challenge of a user of this name who was not there, or None."""
    for key, challenge in reversed(list(pool.challenges.items())):
        if challenge.sub is None and challenge.username == name and "SRP_A" in challenge.details:
            return Fresh("Salt", key.step)
    return None


def exchange(call: Call, block: Any, former: Fresh | None = None) -> dict[str, Any]:
    """SALT, SRP_B and SECRET_BLOCK of a challenge: what they look like, and the terms that they are.

    `former` is the salt of an earlier challenge, which this one must repeat.
    """
    hexadecimal = sign_in_R.verifier_is_hex
    same = () if former is None else (Because(former, sign_in_R.simulation_is_stable),)
    return {
        "SALT": Both.of(Because(Pattern(HEX_SALT, ""), hexadecimal), call.fresh("Salt"), *same),
        "SRP_B": Both.of(Because(Pattern(HEX_B, ""), hexadecimal), call.fresh("SrpB")),
        "SECRET_BLOCK": Both.of(Because(Pattern(BASE64, ""), hexadecimal), block),
    }


def check_public_value(call: Call, srp_a: Any) -> None:
    """Refuse a client's public value that is no hexadecimal number; nobody has shown what Cognito says to nothing but zeros."""
    if not isinstance(srp_a, str):
        return
    is_number = _HEX.fullmatch(srp_a) is not None
    call.refuse_if(not is_number, sign_in_R.srp_a_is_sound, NOT_HEX.format(srp_a))
    call.tolerate_if(is_number and int(srp_a, 16) == 0, sign_in_R.srp_a_is_sound, likely=True)


def canonical(given: str) -> str | None:
    """The TIMESTAMP as a proof must be made with, as `Tue Nov 3 09:05:07 UTC 2026`; None where it is no date."""
    found = _TIMESTAMP.fullmatch(given)
    if found is None:
        return None
    month = _MONTHS.index(found[1].capitalize()) + 1
    day, hour, minute, second, year = map(int, found.groups()[1:])
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return f"{_DAYS[moment.weekday()]} {_MONTHS[month - 1]} {moment.day} {moment:%H:%M:%S} UTC {moment:%Y}"


def check_form(call: Call, given: dict[str, Any]) -> Any:
    """Refuse a proof whose parts cannot be read; else the TIMESTAMP that it must be made with."""
    timestamp, signature = given["TIMESTAMP"], given["PASSWORD_CLAIM_SIGNATURE"]
    is_text = isinstance(signature, str)
    call.refuse_if(is_text and not _is_base64(signature), R.signature_is_base64)
    if not isinstance(timestamp, str):
        return timestamp
    read = canonical(timestamp)
    call.refuse_if(read is None, R.timestamp_has_format)
    call.tolerate_if(read not in (None, timestamp), R.timestamp_may_be_odd)
    return read


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode(text, validate=True))
    except ValueError:
        return False


def check_prompt(call: Call, challenge: Challenge) -> None:
    """A proof that comes late, or for the second time, may be refused."""
    call.tolerate_if(call.now > challenge.at + PROMPT, R.proof_is_prompt)
    call.tolerate_if(challenge.details.get("answered"), R.proof_may_come_again)


def password_verifier(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The proof that the user knows the password."""
    timestamp = check_form(call, given)
    check_prompt(call, challenge)
    block = given["PASSWORD_CLAIM_SECRET_BLOCK"]
    custom = "session" in challenge.details
    call.tolerate_if(custom and call.Session is None, triggers_R.proof_may_need_session)
    failed_before = challenge.details.get("failed")
    call.refuse_if(failed_before and challenge.details.get("chosen"), user_auth_R.lost_after_wrong_password)
    # A password that was changed after the challenge was asked: whether the old or the new one counts is not settled.
    former = challenge.details.get("password")
    known = [password for password in dict.fromkeys((user.password, former)) if password is not None]
    right = any(
        call.proves(
            given["PASSWORD_CLAIM_SIGNATURE"],
            SrpProof(block, password, user.username, pool.id),
            challenge,
            timestamp,
        )
        for password in known
    )
    is_unsure = right and (former != user.password or failed_before)
    call.tolerate_if(is_unsure, R.proof_is_right)
    if call.refusals:
        # Nothing says that what is refused for its form counts as an attempt.
        call.refuse_if(not right, R.proof_is_right)
        call.settle()
    failed = store(pool, block, replace(challenge, details={**challenge.details, "failed": True}))
    if is_unsure:
        remember_failure(call, failed, user)
    if not right:
        because = triggers_R.wrong_proof_is_refused if custom else R.proof_is_right
        fail(call, failed, client, user, because)
    check_state(call, pool, client, user)
    check_lock(call, user)
    call.settle()
    if custom:
        return custom_auth.after_password(call, pool, user, client)
    device = given.get("DEVICE_KEY") or challenge.details.get("device")
    check_device(call, pool, device)
    because = user_auth_R.covers_passwords if challenge.details.get("chosen") else R.proof_signs_in
    return proceed(call, pool, user, client, after="PASSWORD_VERIFIER", because=because, device=device)


def password_srp(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The challenge PASSWORD_SRP answered with SRP_A."""
    del challenge
    because = user_auth_R.covers_passwords
    return ask_verifier(
        call, pool, client, user, user.username, given["SRP_A"], because, after="PASSWORD_SRP", chosen=True
    )
