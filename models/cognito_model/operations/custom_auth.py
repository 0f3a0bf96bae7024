"""Custom challenges: the pool's Lambda triggers ask and judge them.

Where the function behind them is known it is followed; else the model leaves it all to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import functions
from cognito_model.challenge_table import edge
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, OneOf, Present
from cognito_model.grants import grant_tokens
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import sign_in as R
from cognito_model.requirements import triggers as triggers_R
from cognito_model.second_factor import store
from cognito_model.world import Challenge

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement
    from cognito_model.world import Client, Pool, User

DEFINE, CREATE, VERIFY = TRIGGERS = (
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
)


def has_custom_triggers(pool: Pool) -> bool:
    """Whether the pool has the three triggers that CUSTOM_AUTH needs."""
    return all(name in (pool.settings.get("LambdaConfig") or {}) for name in TRIGGERS)


def is_followed(pool: Pool, user: User) -> bool:
    """Whether it is known what the triggers do, and settled what comes of it.

    Of users who may not sign in with a password no fact speaks, nor of second factors and devices after a custom challenge.
    """
    known = functions.CUSTOM_CHALLENGE
    follows = functions.role(pool, DEFINE) == functions.role(pool, VERIFY) == known and functions.role(
        pool, CREATE
    ) in (known, functions.DENY)
    mode = pool.settings.get("MfaConfiguration", "OFF")
    plain = mode == "OFF" or (mode == "OPTIONAL" and not user.mfa.enabled)
    tracked = bool(pool.settings.get("DeviceConfiguration"))
    return follows and user.enabled and user.status == "CONFIRMED" and plain and not tracked


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


def ask(
    call: Call, pool: Pool, user: User, client: Client, *, after: str, because: Requirement, wrong: int = 0
) -> Outcome:
    """CUSTOM_CHALLENGE, as the function makes it; so many answers were `wrong`."""
    failed = functions.role(pool, CREATE) == functions.DENY
    if failed:
        call.remember(call.world.with_pool(pool))
    call.refuse_if(failed, triggers_R.creation_fails, functions.DENIED)
    call.note(edge(after, "CUSTOM_CHALLENGE"))
    call.note(f"triggers:{wrong} wrong")
    session = call.fresh("Session")
    asked = Challenge(
        "CUSTOM_CHALLENGE",
        user.sub,
        client.id,
        user.username,
        call.now,
        "CUSTOM_AUTH",
        {"wrong": wrong},
    )
    shown = {name: Because(v, triggers_R.public_parameters_are_shown) for name, v in functions.PUBLIC.items()}
    return call.reply(
        because,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because("CUSTOM_CHALLENGE", because),
        Session=Because(session, because),
        ChallengeParameters={
            **shown,
            functions.SECRET: Because(ABSENT, triggers_R.private_parameters_are_hidden),
        },
        AuthenticationResult=Because(ABSENT, because),
    )


def after_password(call: Call, pool: Pool, user: User, client: Client) -> Outcome:
    """What comes once CUSTOM_AUTH has the proof of the password."""
    if not is_followed(pool, user):
        return as_triggers_say(call, pool, user, client)
    because = triggers_R.challenge_follows_password
    return ask(call, pool, user, client, after="PASSWORD_VERIFIER", because=because)


def custom_challenge(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The answer to a custom challenge."""
    if "wrong" not in challenge.details or not is_followed(pool, user):
        return as_triggers_say(call, pool, user, client)
    # Whether the trigger is asked about an answer that is not there is not settled.
    call.tolerate_if(not given.get("ANSWER"), challenges_R.response_is_given, "ANSWER")
    if given.get("ANSWER") == functions.ANSWER:
        because = triggers_R.right_answer_signs_in
        return grant_tokens(call, pool, user, client, after="CUSTOM_CHALLENGE", because=because)
    wrong = challenge.details["wrong"] + 1
    if wrong >= functions.TRIES:
        used = pool.challenges[call.Session]
        over = replace(used, details={**used.details, "over": True})
        call.remember(call.world.with_pool(store(pool, call.Session, over)))
        call.refuse_if(True, triggers_R.sign_in_fails)
    because = triggers_R.asks_again
    return ask(call, pool, user, client, after="CUSTOM_CHALLENGE", because=because, wrong=wrong)
