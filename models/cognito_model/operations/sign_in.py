"""InitiateAuth and AdminInitiateAuth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from cognito_model import clients, mfa, passwords, second_factor
from cognito_model.call import Call, operation
from cognito_model.challenge_table import edge
from cognito_model.expect import ABSENT, Because, Exactly, Including, OneOf, Present
from cognito_model.operations.common import check_secret_hash, need_client, need_pool
from cognito_model.operations.refresh import refresh
from cognito_model.outcome import Outcome
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import sign_in as R
from cognito_model.second_factor import proceed, store
from cognito_model.world import Challenge, Client, Pool, User

ADMIN_FLOWS = ("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH")
LOCK_AFTER = 5


@operation("InitiateAuth")
def initiate_auth(call: Call) -> Outcome:
    """A person begins to sign in."""
    call.refuse_if(call.AuthFlow in ADMIN_FLOWS, R.flow_fits_operation)
    call.settle()
    return begin(call, *need_client(call))


@operation("AdminInitiateAuth")
def admin_initiate_auth(call: Call) -> Outcome:
    """A server begins to sign somebody in."""
    call.refuse_if(call.AuthFlow == "USER_PASSWORD_AUTH", R.flow_fits_operation)
    call.settle()
    return begin(call, *need_client(call, need_pool(call)))


def begin(call: Call, pool: Pool, client: Client) -> Outcome:
    """The flow that the call names."""
    flow = call.AuthFlow
    given = call.AuthParameters or {}
    call.note(f"flow:{flow}")
    if flow in ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"):
        call.refuse_if(not clients.allows_flow(client, flow), R.flow_is_enabled, flow)
        call.refuse_if(not given.get("REFRESH_TOKEN"), R.parameter_is_given, "REFRESH_TOKEN")
        call.settle()
        return refresh(call, pool, client, given["REFRESH_TOKEN"], given)
    text = (
        "Auth flow not enabled for this client"
        if flow in ADMIN_FLOWS
        else f"{flow} flow not enabled for this client"
    )
    if flow == "USER_SRP_AUTH":
        text = "USER_SRP_AUTH is not enabled for the client."
    call.refuse_if(not clients.allows_flow(client, flow), R.flow_is_enabled, text)
    needed = ["USERNAME"]
    needed += ["PASSWORD"] if flow in (*ADMIN_FLOWS, "USER_PASSWORD_AUTH") else []
    needed += ["SRP_A"] if flow == "USER_SRP_AUTH" else []
    for name in needed:
        call.refuse_if(given.get(name) in (None, ""), R.parameter_is_given, name)
    if given.get("USERNAME") is not None:
        check_secret_hash(call, client, given["USERNAME"], given.get("SECRET_HASH"))
    user = pool.find(given["USERNAME"]) if given.get("USERNAME") is not None else None
    if call.refusals:
        also_wrong(call, client, user, given)
    if flow == "CUSTOM_AUTH":
        return custom(call, pool, client, user)
    if flow == "USER_SRP_AUTH":
        return ask_verifier(call, pool, client, user, given["USERNAME"], given["SRP_A"], "START")
    if flow == "USER_AUTH":
        return choose(call, pool, client, user, given)
    if is_foreign_sub(user, given["USERNAME"]):
        call.tolerate_if(True, R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    user = with_password(call, pool, client, user, given["PASSWORD"])
    check_device(call, pool, user, given.get("DEVICE_KEY"))
    return proceed(
        call, pool, user, client, after="START", because=R.password_signs_in, device=given.get("DEVICE_KEY")
    )


def is_foreign_sub(user: User | None, name: Any) -> bool:
    """Whether a user with a name of its own is addressed by the sub; that a sign-in takes it is documented nowhere."""
    return user is not None and name == user.sub and user.username != user.sub


def also_wrong(call: Call, client: Client, user: User | None, given: dict[str, Any]) -> NoReturn:
    """Add what else the call may be refused for: which of several reasons is looked at first is not settled."""
    if user is None:
        call.refuse_if(
            "USERNAME" in given, R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named
        )
    else:
        password = given.get("PASSWORD")
        call.refuse_if(password is not None and not call.same(password, user.password), R.password_matches)
        call.refuse_if(not user.enabled, R.user_is_enabled)
        call.refuse_if(user.status == "UNCONFIRMED", R.user_is_confirmed)
        call.refuse_if(user.status == "RESET_REQUIRED", R.reset_comes_first)
    call.settle()
    raise AssertionError("settle ends a refused call")


def with_password(call: Call, pool: Pool, client: Client, user: User | None, password: Any) -> User:
    """The user, whom the password proves; any other case is refused, and a failure is counted."""
    if user is None:
        call.refuse(R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    if user.password is None or not call.same(password, user.password):
        fail(call, pool, client, user)
    check_state(call, pool, client, user)
    call.tolerate_if(user.failures >= LOCK_AFTER, R.lockout)
    call.settle()
    return user


def fail(call: Call, pool: Pool, client: Client, user: User) -> NoReturn:
    """Refuse a wrong password, which the service remembers."""
    call.refuse_if(user.status == "UNCONFIRMED", R.unconfirmed_may_be_told)
    call.refuse_if(True, R.user_has_password if user.password is None else R.password_matches)
    call.refuse_if(not user.enabled, R.user_is_enabled)
    call.refuse_if(user.failures >= LOCK_AFTER, R.lockout)
    if is_foreign_sub(user, (call.AuthParameters or {}).get("USERNAME")):
        call.refuse_if(True, R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    call.remember(call.world.with_pool(pool.put(user=replace(user, failures=user.failures + 1))))
    call.settle()
    raise AssertionError("settle ends a refused call")


def check_state(call: Call, pool: Pool, client: Client, user: User) -> None:
    """Refuse a user whose password is right and who may not sign in all the same."""
    call.note(f"status:{user.status}")
    bad = not user.enabled or user.status in ("UNCONFIRMED", "RESET_REQUIRED")
    if bad and is_foreign_sub(user, (call.AuthParameters or {}).get("USERNAME")):
        call.refuse_if(True, R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    call.refuse_if(not user.enabled, R.user_is_enabled)
    call.refuse_if(user.status == "UNCONFIRMED", R.user_is_confirmed)
    if user.status == "RESET_REQUIRED":
        call.refuse_if(True, R.reset_comes_first)
        call.refuse_if(client.hides_users, R.reset_may_be_hidden)
    if user.status == "FORCE_CHANGE_PASSWORD" and user.temporary_since is not None:
        days = passwords.policy(pool).get("TemporaryPasswordValidityDays") or 7
        call.refuse_if(call.now > user.temporary_since + days * 86400, R.temporary_password_is_fresh)


def check_device(call: Call, pool: Pool, user: User, key: Any) -> None:
    """A device key that is not the user's may be refused at once, or later, or be ignored without tracking."""
    call.tolerate_if(key is not None and key not in user.devices, devices_R.forgotten_device_is_refused)
    call.tolerate_if(key is not None and not pool.settings.get("DeviceConfiguration"), R.parameter_is_given)


def ask_verifier(
    call: Call, pool: Pool, client: Client, user: User | None, name: Any, srp_a: Any, after: str
) -> Outcome:
    """PASSWORD_VERIFIER: for a real user, or simulated for one who is not there."""
    if user is None and not client.hides_users:
        call.refuse(R.unknown_user_is_named)
    call.refuse_if(is_zero(srp_a), R.srp_a_is_sound)
    if user is not None:
        early = not user.enabled or user.status in ("UNCONFIRMED", "RESET_REQUIRED") or user.password is None
        call.tolerate_if(early or is_foreign_sub(user, name), R.state_may_show_early)
        call.tolerate_if(user.failures >= LOCK_AFTER, R.lockout)
        check_device(call, pool, user, (call.AuthParameters or {}).get("DEVICE_KEY"))
    because = R.verifier_is_asked if user is not None else R.unknown_user_is_simulated
    call.note(edge(after, "PASSWORD_VERIFIER"))
    block = call.fresh("SecretBlock")
    details = {
        "SRP_A": srp_a,
        "device": (call.AuthParameters or {}).get("DEVICE_KEY"),
        "password": user.password if user is not None else None,
    }
    asked = Challenge(
        "PASSWORD_VERIFIER", user.sub if user else None, client.id, name, call.now, after, details
    )
    named: Any = user.username if user is not None else Present(name)
    return call.reply(
        because,
        call.world.with_pool(store(pool, block, asked)),
        ChallengeName=Because("PASSWORD_VERIFIER", because),
        ChallengeParameters=Because(
            {
                "SALT": call.fresh("Salt"),
                "SRP_B": call.fresh("SrpB"),
                "SECRET_BLOCK": block,
                "USER_ID_FOR_SRP": Because(named, R.verifier_names_user),
                "USERNAME": Because(named, R.verifier_names_user),
            },
            because,
        ),
        AuthenticationResult=Because(ABSENT, because),
    )


def is_zero(srp_a: Any) -> bool:
    """Whether the client's public value is no number, or nothing but zeros."""
    if not isinstance(srp_a, str):
        return False
    try:
        return int(srp_a, 16) == 0
    except ValueError:
        return True


def custom(call: Call, pool: Pool, client: Client, user: User | None) -> Outcome:
    """CUSTOM_AUTH: what its triggers answer is theirs to say."""
    triggers = pool.settings.get("LambdaConfig") or {}
    has_all = all(
        t in triggers for t in ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    )
    call.refuse_if(user is None and not client.hides_users, R.unknown_user_is_named)
    call.refuse_if(user is None and client.hides_users, R.unknown_user_is_hidden)
    call.refuse_if(not has_all, R.custom_auth_needs_triggers)
    return call.reply(R.password_signs_in)


def choose(call: Call, pool: Pool, client: Client, user: User | None, given: dict[str, Any]) -> Outcome:
    """USER_AUTH: the preferred first factor, or the choice among those that the user has."""
    call.tolerate_if(pool.settings.get("UserPoolTier") == "LITE", R.pool_may_be_checked)
    if user is None:
        call.tolerate_if(True, R.unknown_user_is_hidden)
        call.refuse_if(not client.hides_users, R.unknown_user_is_named)
        return call.reply(R.unknown_user_is_simulated)
    call.tolerate_if(not user.enabled or user.status != "CONFIRMED", R.state_may_show_early)
    available = first_factors(pool, user)
    preferred = given.get("PREFERRED_CHALLENGE")
    if preferred == "PASSWORD" and given.get("PASSWORD") is not None:
        user = with_password(call, pool, client, user, given["PASSWORD"])
        return proceed(call, pool, user, client, after="START", because=R.password_signs_in)
    if preferred == "PASSWORD_SRP" and given.get("SRP_A") is not None:
        return ask_verifier(call, pool, client, user, given["USERNAME"], given["SRP_A"], "START")
    if preferred in ("EMAIL_OTP", "SMS_OTP") and preferred in available:
        return second_factor.ask(
            call, pool, user, client, preferred, "START", challenges_R.selection_answers, {"first": True}
        )
    call.note(edge("START", "SELECT_CHALLENGE"))
    session = call.fresh("Session")
    asked = Challenge(
        "SELECT_CHALLENGE", user.sub, client.id, given["USERNAME"], call.now, "START", {"choices": available}
    )
    return call.reply(
        R.user_auth_offers,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because("SELECT_CHALLENGE", R.user_auth_offers),
        Session=session,
        AvailableChallenges=Because(Including(tuple(available)), R.user_auth_offers),
        ChallengeParameters=OneOf.of(Exactly({}), Present({})),
        AuthenticationResult=Because(ABSENT, R.user_auth_offers),
    )


def first_factors(pool: Pool, user: User) -> list[str]:
    """The first factors that the pool allows and the user has."""
    allowed = mfa.first_factors(pool)
    found = ["PASSWORD_SRP", "PASSWORD"] if "PASSWORD" in allowed else []
    if user.status == "FORCE_CHANGE_PASSWORD":
        return found
    found += ["EMAIL_OTP"] if "EMAIL_OTP" in allowed and user.has("email") else []
    found += ["SMS_OTP"] if "SMS_OTP" in allowed and user.has("phone_number") else []
    found += ["WEB_AUTHN"] if "WEB_AUTHN" in allowed and user.passkeys else []
    return found
