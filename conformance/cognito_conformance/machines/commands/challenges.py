"""Signing in by SRP and by choice, and answering the challenges that wait."""

from __future__ import annotations

from cognito_conformance.machines import answers, roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model import mfa
from cognito_model.operations import custom_auth
from cognito_model.world import Client

AREAS = ("challenges", "mfa", "devices", "sign-in", "passkeys")


@command("InitiateAuth", *AREAS, "tokens", weight=3)
def sign_in_by_srp(pick: Pick) -> Params:
    client = roles.readable_client(pick, "USER_SRP_AUTH")
    return {
        "AuthFlow": "USER_SRP_AUTH",
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": _srp_parameters(pick, client),
    }


@command("AdminInitiateAuth", "challenges", weight=1)
def admin_sign_in_by_srp(pick: Pick) -> Params:
    client = roles.readable_client(pick, "USER_SRP_AUTH")
    return {
        "UserPoolId": roles.pool_id(pick),
        "AuthFlow": "USER_SRP_AUTH",
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": _srp_parameters(pick, client),
    }


@command("InitiateAuth", "challenges", "passkeys", "mfa", "devices", weight=6)
def sign_in_by_choice(pick: Pick) -> Params:
    client = roles.readable_client(pick, "USER_AUTH")
    user = pick.user()
    name = roles.username(pick, user)
    signed_up = [k for k, c in pick.pool.challenges.items() if c.name == "SIGNED_UP" and c.sub == user.sub]
    session = signed_up[-1] if signed_up and pick.chance(60) else None
    preferred = None if session is not None and pick.chance(70) else _preference(pick)
    proves = pick.chance(50)
    return {
        **without_none(Session=session),
        "AuthFlow": "USER_AUTH",
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": without_none(
            USERNAME=name,
            PREFERRED_CHALLENGE=preferred,
            PASSWORD=roles.password_of(pick, user) if preferred == "PASSWORD" and proves else None,
            SRP_A=roles.srp_a(pick) if preferred == "PASSWORD_SRP" and proves else None,
            SECRET_HASH=roles.secret_hash(pick, client, name),
            DEVICE_KEY=roles.device_key(pick, user),
            ACCESS_TOKEN=roles.access_token(pick, user) if pick.goes_wrong() else None,
        ),
    }


@command("InitiateAuth", "challenges", weight=1)
def sign_in_for_unknown_level(pick: Pick) -> Params:
    """A level of authentication that no pool has."""
    call = sign_in_by_choice(pick)
    return {**call, "AuthParameters": {**call["AuthParameters"], "TARGET_ACR_VALUES": "urn:example:unknown"}}


@command("AdminInitiateAuth", "challenges", "passkeys", weight=1)
def admin_sign_in_by_choice(pick: Pick) -> Params:
    return {**sign_in_by_choice(pick), "UserPoolId": roles.pool_id(pick)}


@command("InitiateAuth", "sign-in", "challenges", weight=1)
def sign_in_by_custom_challenge(pick: Pick) -> Params:
    client = roles.readable_client(pick, "CUSTOM_AUTH")
    name = roles.username(pick, pick.user())
    return {
        "AuthFlow": "CUSTOM_AUTH",
        "ClientId": roles.client_id(pick, client),
        "AuthParameters": without_none(
            USERNAME=name, SECRET_HASH=roles.secret_hash(pick, client, name), **_password_first(pick)
        ),
    }


@command("AdminInitiateAuth", "challenges", weight=1)
def admin_sign_in_by_custom_challenge(pick: Pick) -> Params:
    return {**sign_in_by_custom_challenge(pick), "UserPoolId": roles.pool_id(pick)}


@command("RespondToAuthChallenge", *AREAS, "life cycle", "passwords", weight=12)
def respond(pick: Pick) -> Params:
    client_id, params = answers.answer(pick)
    return {"ClientId": client_id, **params}


@command("AdminRespondToAuthChallenge", *AREAS, weight=3)
def admin_respond(pick: Pick) -> Params:
    client_id, params = answers.answer(pick)
    return {"UserPoolId": roles.pool_id(pick), "ClientId": client_id, **params}


def _password_first(pick: Pick) -> Params:
    """What lets the triggers ask for the password before their own challenge, half of the time; wrong: the half of it."""
    if not custom_auth.has_custom_triggers(pick.pool) or pick.chance(50):
        return {}
    return without_none(CHALLENGE_NAME=None if pick.goes_wrong() else "SRP_A", SRP_A=roles.srp_a(pick))


def _preference(pick: Pick) -> str | None:
    """None, or a first factor, mostly one that the pool has."""
    known = ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
    allowed = mfa.first_factors(pick.pool)
    fitting = [factor for factor in known if factor in allowed or factor == "PASSWORD_SRP"]
    return pick.of([None, *(fitting if pick.chance(85) else known)])


def _srp_parameters(pick: Pick, client: Client) -> Params:
    user = pick.user()
    name = roles.username(pick, user)
    return without_none(
        USERNAME=name,
        SRP_A=roles.srp_a(pick),
        SECRET_HASH=roles.secret_hash(pick, client, name),
        DEVICE_KEY=roles.device_key(pick, user),
    )
