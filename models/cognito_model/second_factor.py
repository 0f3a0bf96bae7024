"""What comes after the password: the challenge that is next, or the tokens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cognito_model import clients, delivery, mfa, token_claims
from cognito_model.attributes import schema
from cognito_model.call import Call
from cognito_model.challenge_table import TOKENS, edge
from cognito_model.expect import ABSENT, Bag, Because, Exactly, JsonText, OneOf, Pattern, Present
from cognito_model.outcome import Outcome
from cognito_model.requirement import Requirement
from cognito_model.requirements import challenges as R
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.world import Challenge, Client, Device, Grant, Pool, Token, User

FACTOR_CONFIG = {
    "SMS_MFA": "SmsMfaConfiguration",
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaConfiguration",
    "EMAIL_OTP": "EmailMfaConfiguration",
}
CONTACT = {"SMS_MFA": "phone_number", "EMAIL_OTP": "email", "SMS_OTP": "phone_number"}
KEPT = 200
"""How many challenges a pool remembers."""


def proceed(
    call: Call,
    pool: Pool,
    user: User,
    client: Client,
    *,
    after: str,
    because: Requirement,
    device: Any = None,
) -> Outcome:
    """The outcome of a first factor that was right, or of a challenge that was answered."""
    if user.status == "FORCE_CHANGE_PASSWORD" and after != "NEW_PASSWORD_REQUIRED":
        return ask_new_password(call, pool, user, client, after)
    if after in ("START", "PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "SELECT_CHALLENGE"):
        factor, why = next_factor(pool, user)
        known = user.devices.get(device) if device is not None else None
        if factor is not None and known is not None and known.remembered:
            return ask(
                call, pool, user, client, "DEVICE_SRP_AUTH", after, R.device_is_asked, {"device": device}
            )
        if factor is not None:
            return ask(call, pool, user, client, factor, after, why, {"device": device})
    return grant_tokens(call, pool, user, client, after=after, because=because, device=device)


def next_factor(pool: Pool, user: User) -> tuple[str | None, Requirement]:
    """The second factor that is asked for, and the requirement that says so; None for none."""
    mode = pool.settings.get("MfaConfiguration", "OFF")
    if mode == "OFF":
        return None, R.asks_preferred_factor
    config = mfa.config(pool)
    enabled = [f for f in user.mfa.enabled if FACTOR_CONFIG[f] in config]
    if user.mfa.preferred in enabled:
        return user.mfa.preferred, R.asks_preferred_factor
    if len(enabled) == 1:
        return enabled[0], R.asks_preferred_factor
    if enabled:
        return "SELECT_MFA_TYPE", R.asks_which_factor
    if mode != "ON":
        return None, R.asks_preferred_factor
    if "SmsMfaConfiguration" in config and user.has("phone_number"):
        return "SMS_MFA", R.asks_automatic_factor
    if "EmailMfaConfiguration" in config and user.has("email"):
        return "EMAIL_OTP", R.asks_automatic_factor
    if user.mfa.secret is not None and "SoftwareTokenMfaConfiguration" in config:
        return "SOFTWARE_TOKEN_MFA", R.asks_automatic_factor
    return "MFA_SETUP", R.asks_setup


def ask(
    call: Call,
    pool: Pool,
    user: User,
    client: Client,
    name: str,
    after: str,
    because: Requirement,
    details: dict[str, Any] | None = None,
) -> Outcome:
    """The outcome that asks a challenge of a real user."""
    call.note(edge(after, name))
    session = call.fresh("Session")
    kept = dict(details or {})
    parameters: dict[str, Any] = {}
    if name in CONTACT:
        contact = CONTACT[name]
        value = user.attributes.get(contact, "")
        message = call.send(
            pool, user, "mfa" if name != "SMS_OTP" else "otp", contact, delivery.MEDIUM[contact], value
        )
        kept["message"] = message
        parameters = {
            "CODE_DELIVERY_DELIVERY_MEDIUM": delivery.MEDIUM[contact],
            "CODE_DELIVERY_DESTINATION": Pattern(r".*\*.*", delivery.mask(contact, value)),
        }
    elif name == "SOFTWARE_TOKEN_MFA":
        parameters = {"FRIENDLY_DEVICE_NAME": OneOf.of(ABSENT, Present(""))}
    elif name == "SELECT_MFA_TYPE":
        kept["choices"] = offered(pool, user)
        parameters = {"MFAS_CAN_CHOOSE": JsonText(choices_in_any_order(kept["choices"]))}
    elif name == "MFA_SETUP":
        parameters = {"MFAS_CAN_SETUP": OneOf.of(JsonText(["SOFTWARE_TOKEN_MFA"]), Present("[]"))}
    asked = Challenge(name, user.sub, client.id, user.username, call.now, after, kept)
    pool = store(pool, session, asked)
    return call.reply(
        because,
        call.world.with_pool(pool),
        ChallengeName=Because(name, because),
        Session=session,
        ChallengeParameters=Because(
            {**parameters, "USER_ID_FOR_SRP": OneOf.of(user.username, ABSENT)}, because
        ),
        AuthenticationResult=Because(ABSENT, because),
    )


def choices_in_any_order(names: list[str]) -> Any:
    """A list whose order no fact gives."""
    return Bag(tuple(names))


def offered(pool: Pool, user: User) -> list[str]:
    """The factors among which the user chooses."""
    return [f for f in user.mfa.enabled if FACTOR_CONFIG[f] in mfa.config(pool)]


def store(pool: Pool, key: Any, challenge: Challenge) -> Pool:
    """The pool with a challenge that waits; the oldest are forgotten."""
    kept = dict(list(pool.challenges.items())[1 - KEPT :])
    return replace(pool, challenges={**kept, key: challenge})


def ask_new_password(call: Call, pool: Pool, user: User, client: Client, after: str) -> Outcome:
    """NEW_PASSWORD_REQUIRED with the attributes that are there and those that are missing."""
    call.note(edge(after, "NEW_PASSWORD_REQUIRED"))
    session = call.fresh("Session")
    missing = [
        f"userAttributes.{name}"
        for name, entry in schema(pool).items()
        if entry.get("Required") and name != "sub" and not user.has(name)
    ]
    shown = {n: v for n, v in user.attributes.items() if clients.may_read(client, n) and isinstance(v, str)}
    asked = Challenge("NEW_PASSWORD_REQUIRED", user.sub, client.id, user.username, call.now, after, {})
    return call.reply(
        R.new_password_is_asked,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because("NEW_PASSWORD_REQUIRED", R.new_password_is_asked),
        Session=session,
        ChallengeParameters=Because(
            {
                "USER_ID_FOR_SRP": OneOf.of(user.username, ABSENT),
                "requiredAttributes": JsonText(choices_in_any_order(missing)),
                "userAttributes": OneOf.of(JsonText(shown), ABSENT),
            },
            R.new_password_parameters,
        ),
        AuthenticationResult=Because(ABSENT, R.new_password_is_asked),
    )


def grant_tokens(
    call: Call,
    pool: Pool,
    user: User,
    client: Client,
    *,
    after: str,
    because: Requirement,
    device: Any = None,
) -> Outcome:
    """The outcome that signs the user in: a new grant and its three tokens."""
    call.note(edge(after, TOKENS))
    tracked = pool.settings.get("DeviceConfiguration")
    metadata: Any = Because(ABSENT, devices_R.no_metadata_without_tracking)
    if tracked:
        metadata = OneOf.of(ABSENT, Present({}))
        if device is None:
            device, group = call.fresh("DeviceKey"), call.fresh("DeviceGroupKey")
            metadata = Because({"DeviceKey": device, "DeviceGroupKey": group}, devices_R.new_device_is_named)
            user = replace(user, devices={**user.devices, device: Device(device, group, None)})
    grant = Grant(
        call.fresh("Grant"),
        user.sub,
        client.id,
        call.now,
        revocable=bool(client.settings.get("EnableTokenRevocation", True)),
        device=device if tracked else None,
    )
    user = replace(user, failures=0)
    pool = pool.put(user=user, grant=grant)
    pool, issued = token_claims.issue(call, pool, user, client, grant)
    refresh = call.fresh("RefreshToken")
    expires = call.now + clients.validity_seconds(client, "refresh")
    pool = token_claims.remember(pool, {refresh: Token("refresh", grant.id, expires)})
    return call.reply(
        because,
        call.world.with_pool(pool),
        AuthenticationResult={
            **issued,
            "RefreshToken": refresh,
            "ExpiresIn": Because(
                clients.validity_seconds(client, "access"), sign_in_R.expiry_is_access_tokens
            ),
            "TokenType": Because("Bearer", sign_in_R.token_type_is_bearer),
            "NewDeviceMetadata": metadata,
        },
        ChallengeParameters=Because(Exactly({}), sign_in_R.no_challenge_with_tokens),
        ChallengeName=Because(ABSENT, sign_in_R.no_challenge_with_tokens),
        Session=Because(ABSENT, sign_in_R.no_challenge_with_tokens),
    )
