"""USER_AUTH: the preferred first factor, or the choice among those that the user has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa
from cognito_model.challenge_table import edge
from cognito_model.clients import auth_session_seconds
from cognito_model.expect import ABSENT, Bag, Because, Exactly, OneOf, Present
from cognito_model.first_factor import with_password
from cognito_model.operations.passkey_challenge import ask_passkey
from cognito_model.operations.srp import ask_verifier
from cognito_model.outcome import Outcome, Reply
from cognito_model.pool_defaults import ACR_LEVELS
from cognito_model.requirements import second_factors as second_R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.requirements import user_auth as R
from cognito_model.second_factor import CONTACT, SIGNED_UP, ask_code, proceed, sent_parameters, spent, store
from cognito_model.world import Challenge, Client, Pool, User

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.requirement import Requirement

CODES = ("EMAIL_OTP", "SMS_OTP")
BRINGS = {"PASSWORD": "PASSWORD", "PASSWORD_SRP": "SRP_A"}
"""Which parameter a first factor takes."""

Answers = dict[str, Any]


def choose(call: Call, pool: Pool, client: Client, user: User | None, given: Answers) -> Outcome:
    """The outcome of USER_AUTH."""
    call.suspect("InvalidParameterException", R.flow_is_known)
    check_extras(call, pool, given)
    preferred = given.get("PREFERRED_CHALLENGE")
    brought = given.get(BRINGS.get(preferred or "", "")) or None
    if user is None:
        return simulate(call, pool, client, given, preferred, brought)
    if preferred is None and signed_up_just_now(call, pool, client, user):
        return proceed(
            call,
            spent(pool, call.Session, pool.challenges[call.Session]),
            user,
            client,
            after="START",
            because=R.sign_up_signs_in,
        )
    early = not user.enabled or user.status in ("UNCONFIRMED", "RESET_REQUIRED", "EXTERNAL_PROVIDER")
    call.tolerate_if(early, sign_in_R.state_may_show_early)
    sure, open_ = choices(pool, user)
    available = [*sure, *open_]
    if preferred in BRINGS and preferred in available:
        if brought is None:
            return ask_for_more(call, pool, client, user, given, preferred)
        if preferred == "PASSWORD_SRP":
            return ask_verifier(
                call, pool, client, user, given["USERNAME"], brought, R.preferred_srp, chosen=True
            )
        user = with_password(call, pool, client, user, brought)
        device = given.get("DEVICE_KEY")
        return proceed(call, pool, user, client, after="START", because=R.covers_passwords, device=device)
    if preferred in CODES and preferred in available:
        if has_second_factor(pool, user):
            return offer_or_ask(call, pool, client, user, given, preferred)
        return ask_code(call, pool, user, client, preferred, "START")
    if preferred == "WEB_AUTHN" and preferred in available:
        return ask_passkey(call, pool, user, client, "START")
    return offer(call, pool, client, user, given)


def check_extras(call: Call, pool: Pool, given: Answers) -> None:
    """What beside the user and the preference may be wrong: the tier, authentication levels, a session."""
    call.tolerate_if(pool.settings.get("UserPoolTier") == "LITE", R.tier_has_user_auth)
    levels = given.get("TARGET_ACR_VALUES")
    call.refuse_if(given.get("ACCESS_TOKEN") is not None and levels is None, R.token_comes_with_levels)
    if levels is not None:
        named = {**ACR_LEVELS, **(pool.settings.get("AcrConfiguration") or {})}.values()
        known = {level.get("AcrValue") for level in named} | _perhaps_named(pool)
        call.refuse_if(known.isdisjoint(str(levels).split()), R.a_level_is_known)
    call.tolerate_if(levels is not None or given.get("MAX_AGE") is not None, R.levels_may_be_refused)
    call.tolerate_if(call.Session is not None, R.session_of_sign_up)


def _perhaps_named(pool: Pool) -> set[Any]:
    """Names of levels that the pool may still have: an update did not name them."""
    before = (pool.settings.get("_or") or {}).get("AcrConfiguration") or {}
    return {level.get("AcrValue") for level in before.values()}


def signed_up_just_now(call: Call, pool: Pool, client: Client, user: User) -> bool:
    """Whether the call brings the session of this user's ConfirmSignUp through this client, and in time."""
    waiting = pool.challenges.get(call.Session) if call.Session is not None else None
    return (
        waiting is not None
        and waiting.name == SIGNED_UP
        and (waiting.sub, waiting.client) == (user.sub, client.id)
        and call.now - waiting.at <= auth_session_seconds(client)
    )


def first_factors(pool: Pool, user: User) -> tuple[list[str], list[str]]:
    """The first factors that the pool allows and the user surely has, and those of which no fact says."""
    allowed = mfa.first_factors(pool)
    words = ["PASSWORD_SRP", "PASSWORD"] if "PASSWORD" in allowed else []
    if user.status == "FORCE_CHANGE_PASSWORD":
        return words, []
    sure: list[str] = []
    open_: list[str] = []
    (open_ if user.password is None else sure).extend(words)
    for factor in CODES:
        contact = CONTACT[factor]
        if factor in allowed and user.has(contact):
            (sure if user.verified(contact) else open_).append(factor)
    if "WEB_AUTHN" in allowed and user.passkeys:
        sure.append("WEB_AUTHN")
    return sure, open_


def has_second_factor(pool: Pool, user: User) -> bool:
    """Whether the user has turned on a second factor in a pool that asks for one."""
    return bool(user.mfa.enabled) and pool.settings.get("MfaConfiguration", "OFF") != "OFF"


def choices(pool: Pool, user: User) -> tuple[list[str], list[str]]:
    """The first factors that are surely offered to the user, and those that may be.

    Who has a second factor loses the codes, say three reports; where that is written down is not known.
    """
    sure, open_ = first_factors(pool, user)
    if has_second_factor(pool, user):
        lost = [factor for factor in sure if factor not in BRINGS]
        return [factor for factor in sure if factor in BRINGS], [*open_, *lost]
    return sure, open_


def offer_or_ask(
    call: Call, pool: Pool, client: Client, user: User, given: Answers, preferred: str
) -> Outcome:
    """A code preferred by one who has a second factor: the choice without it, or the code all the same."""
    offered = offer(call, pool, client, user, given)
    events = list(call.events)
    asked = ask_code(call, pool, user, client, preferred, "START")
    call.events[:] = events
    return call.outcome(*offered.replies, *asked.replies)


def offer(call: Call, pool: Pool, client: Client, user: User, given: Answers) -> Outcome:
    """SELECT_CHALLENGE with what the user has."""
    because = (
        R.temporary_password_comes_first if user.status == "FORCE_CHANGE_PASSWORD" else R.offers_what_there_is
    )
    sure, open_ = choices(pool, user)
    call.note(edge("START", "SELECT_CHALLENGE"))
    session = call.fresh("Session")
    details = {"choices": sure + open_}
    asked = Challenge("SELECT_CHALLENGE", user.sub, client.id, given["USERNAME"], call.now, "START", details)
    return call.reply(
        because,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because("SELECT_CHALLENGE", because),
        Session=session,
        AvailableChallenges=Because(Bag(tuple(sure), tuple(open_)), because),
        ChallengeParameters=OneOf.of(Exactly({}), Present({})),
        AuthenticationResult=Because(ABSENT, because),
    )


def ask_for_more(
    call: Call, pool: Pool, client: Client, user: User, given: Answers, preferred: str
) -> Outcome:
    """A preference without its parameter: the challenge of that name, the choice, or a refusal."""
    call.tolerate_if(True, R.preferred_needs_more, BRINGS[preferred])
    session = call.fresh("Session")
    asked = Challenge(preferred, user.sub, client.id, given["USERNAME"], call.now, "START", {})
    call.note(edge("START", preferred))
    named = Reply(
        R.preferred_needs_more,
        {
            "ChallengeName": Because(preferred, R.preferred_needs_more),
            "Session": session,
            "ChallengeParameters": OneOf.of(Exactly({}), Present({})),
            "AuthenticationResult": Because(ABSENT, R.preferred_needs_more),
        },
        call.world.with_pool(store(pool, session, asked)),
    )
    events = list(call.events)
    offered = offer(call, pool, client, user, given)
    call.events[:] = events
    return call.outcome(named, *offered.replies)


def simulate(call: Call, pool: Pool, client: Client, given: Answers, preferred: Any, brought: Any) -> Outcome:
    """A user who is not there: named, or answered as one who is."""
    if not client.hides_users:
        call.refuse(sign_in_R.unknown_user_is_named)
    allowed = mfa.first_factors(pool)
    if preferred == "PASSWORD" and brought is not None and "PASSWORD" in allowed:
        call.refuse(sign_in_R.unknown_user_is_hidden)
    if preferred == "PASSWORD_SRP" and brought is not None and "PASSWORD" in allowed:
        call.tolerate_if(True, R.unknown_user_gets_choice)
        name = given["USERNAME"]
        return ask_verifier(call, pool, client, None, name, brought, R.preferred_srp, chosen=True)
    if preferred in CODES and preferred in allowed:
        call.tolerate_if(preferred == "SMS_OTP", R.unknown_user_gets_choice)
        contact = CONTACT[preferred]
        value = given["USERNAME"] if contact == "email" and "@" in str(given["USERNAME"]) else None
        parameters = sent_parameters(contact, value or ("u@y" if contact == "email" else "+15550100000"))
        return simulated(
            call, pool, client, preferred, R.unknown_user_gets_code, ChallengeParameters=parameters
        )
    call.tolerate_if(True, R.unknown_user_gets_choice)
    choice = ["PASSWORD_SRP", "PASSWORD"] if "PASSWORD" in allowed else []
    choice += [factor for factor in CODES if factor in allowed]
    return simulated(
        call,
        pool,
        client,
        "SELECT_CHALLENGE",
        R.unknown_user_gets_choice,
        AvailableChallenges=Present(choice),
    )


def simulated(
    call: Call, pool: Pool, client: Client, name: str, because: Requirement, **members: Any
) -> Outcome:
    """A challenge of nobody's."""
    session = call.fresh("Session")
    asked = Challenge(
        name, None, client.id, (call.AuthParameters or {}).get("USERNAME"), call.now, "START", {}
    )
    choice_may_differ = because is R.unknown_user_gets_choice
    return call.reply(
        because,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Present(name) if choice_may_differ else Because(name, because),
        Session=session,
        AuthenticationResult=Because(ABSENT, because),
        **members,
    )


def select_challenge(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """Which first factor, and what it takes."""
    chosen = given["ANSWER"]
    call.refuse_if(chosen not in challenge.details["choices"], second_R.choice_is_offered)
    call.settle()
    if chosen in BRINGS and not given.get(BRINGS[chosen]):
        call.refuse(sign_in_R.parameter_is_given, BRINGS[chosen])
    if chosen == "PASSWORD":
        device = given.get("DEVICE_KEY")
        user = with_password(call, pool, client, user, given["PASSWORD"])
        return proceed(
            call, pool, user, client, after="SELECT_CHALLENGE", because=R.chosen_password, device=device
        )
    if chosen == "PASSWORD_SRP":
        after = "SELECT_CHALLENGE"
        return ask_verifier(
            call, pool, client, user, user.username, given["SRP_A"], R.chosen_srp, after=after, chosen=True
        )
    if chosen == "WEB_AUTHN":
        return ask_passkey(call, pool, user, client, "SELECT_CHALLENGE")
    return ask_code(call, pool, user, client, chosen, "SELECT_CHALLENGE")


def password(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: Answers
) -> Outcome:
    """The challenge PASSWORD answered with the password."""
    del challenge
    user = with_password(call, pool, client, user, given["PASSWORD"])
    device = given.get("DEVICE_KEY")
    return proceed(call, pool, user, client, after="PASSWORD", because=R.covers_passwords, device=device)
