"""Custom challenges: the pool's Lambda triggers ask and judge them, and the model leaves that to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, OneOf, Present
from cognito_model.requirements import sign_in as R
from cognito_model.second_factor import store
from cognito_model.world import Challenge

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client, Pool, User

TRIGGERS = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")


def has_custom_triggers(pool: Pool) -> bool:
    """Whether the pool has the three triggers that CUSTOM_AUTH needs."""
    return all(name in (pool.settings.get("LambdaConfig") or {}) for name in TRIGGERS)


def as_triggers_say(call: Call, pool: Pool, user: User, client: Client) -> Outcome:
    """Tokens, another challenge or a refusal: any of them, and a session that the next answer may name."""
    call.tolerate_if(True, R.triggers_decide)
    session = call.fresh("Session")
    asked = Challenge("CUSTOM_CHALLENGE", user.sub, client.id, user.username, call.now, "CUSTOM_AUTH")
    return call.reply(
        R.triggers_decide,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=OneOf.of("CUSTOM_CHALLENGE", Present(""), ABSENT),
        Session=OneOf.of(session, ABSENT),
    )


def custom_challenge(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The answer to a custom challenge."""
    del challenge, given
    return as_triggers_say(call, pool, user, client)
