"""A remembered device proves itself in place of the second factor: DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.challenge_table import edge
from cognito_model.expect import ABSENT, Because, OneOf, Present
from cognito_model.operations.srp import check_form, check_prompt, check_public_value, exchange
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import proofs as R
from cognito_model.second_factor import proceed, store
from cognito_model.terms import DeviceProof, DeviceVerifier
from cognito_model.world import Challenge, Client, Pool, User

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.outcome import Outcome


def waiting(pool: Pool, client: Client, given: dict[str, Any]) -> Any:
    """The session of the newest DEVICE_SRP_AUTH that waits for this device of this user, or None."""
    user = pool.find(given.get("USERNAME"))
    for key, challenge in reversed(list(pool.challenges.items())):
        if (
            user is not None
            and (challenge.name, challenge.client, challenge.sub) == ("DEVICE_SRP_AUTH", client.id, user.sub)
            and challenge.details["device"] == given.get("DEVICE_KEY")
        ):
            return key
    return None


def device_srp(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The device begins to prove itself."""
    key = given["DEVICE_KEY"]
    call.refuse_if(key != challenge.details["device"], challenges_R.session_fits_answer)
    call.refuse_if(challenge.details["device"] not in user.devices, devices_R.forgotten_device_is_refused)
    check_public_value(call, given["SRP_A"])
    call.settle()
    call.note(edge("DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"))
    block = call.fresh("SecretBlock")
    details = {"SRP_A": given["SRP_A"], "device": key}
    asked = Challenge(
        "DEVICE_PASSWORD_VERIFIER", user.sub, client.id, user.username, call.now, challenge.name, details
    )
    because = R.device_is_challenged
    return call.reply(
        because,
        call.world.with_pool(store(pool, block, asked)),
        ChallengeName=Because("DEVICE_PASSWORD_VERIFIER", because),
        Session=OneOf.of(ABSENT, Present("")),
        ChallengeParameters=Because(
            {**exchange(call, block), "DEVICE_KEY": key, "USERNAME": user.username}, because
        ),
        AuthenticationResult=Because(ABSENT, because),
    )


def device_verifier(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The proof that the device knows its password."""
    timestamp = check_form(call, given)
    check_prompt(call, challenge)
    key = challenge.details["device"]
    call.refuse_if(given["DEVICE_KEY"] != key, challenges_R.session_fits_answer)
    device = user.devices.get(key)
    call.refuse_if(device is None, devices_R.forgotten_device_is_refused)
    call.settle()
    assert device is not None
    secret = device.verifier.password if isinstance(device.verifier, DeviceVerifier) else ""
    proof = DeviceProof(given["PASSWORD_CLAIM_SECRET_BLOCK"], device.group, key, secret)
    right = call.proves(given["PASSWORD_CLAIM_SIGNATURE"], proof, challenge, timestamp)
    call.refuse_if(not right, R.proof_is_right)
    return proceed(
        call,
        pool,
        user,
        client,
        after="DEVICE_PASSWORD_VERIFIER",
        because=R.device_proves_itself,
        device=key,
    )
