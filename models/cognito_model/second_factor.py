"""What comes after the password: the challenge that is next, or the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import clients, delivery, mfa
from cognito_model.attributes import schema
from cognito_model.challenge_table import edge
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Bag, Because, Including, JsonText, OneOf, Pattern, Present
from cognito_model.grants import grant_tokens
from cognito_model.requirement import Requirement
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import proofs as proofs_R
from cognito_model.requirements import second_factors as R
from cognito_model.requirements import user_auth as user_auth_R
from cognito_model.world import Challenge, Client, Pool, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cognito_model.call import Call
    from cognito_model.outcome import Outcome, Reply

FACTOR_CONFIG = {
    "SMS_MFA": "SmsMfaConfiguration",
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaConfiguration",
    "EMAIL_OTP": "EmailMfaConfiguration",
}
CONTACT = {"SMS_MFA": "phone_number", "EMAIL_OTP": "email", "SMS_OTP": "phone_number"}
AFTER_PASSWORD = frozenset(
    {"START", "PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "SELECT_CHALLENGE", "PASSWORD"}
)
"""Where a password was proved, so that a second factor may be asked for."""
USED = "(used)"
"""The name of a challenge that has been answered; `details["was"]` is what it was called."""
SIGNED_UP = "SIGNED_UP"
"""The name under which a session of ConfirmSignUp waits among the challenges for USER_AUTH."""
KEPT = 200
"""How many challenges a pool remembers."""

Factor = tuple[str | None, Requirement | None]
"""A factor that is asked for (None: none is), and the requirement that says so (None: nothing special about it)."""


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
    """The outcome of a first factor that was right, or of a challenge that was answered.

    `device` is the DEVICE_KEY that came with the sign-in.
    """
    if (
        user.status == "FORCE_CHANGE_PASSWORD"
        and after in AFTER_PASSWORD
        and after != "NEW_PASSWORD_REQUIRED"
    ):
        return ask_new_password(call, pool, user, client, after)
    tracked = bool(pool.settings.get("DeviceConfiguration"))
    stranger = tracked and device is not None and device not in user.devices
    if after not in AFTER_PASSWORD:
        call.tolerate_if(stranger, devices_R.forgotten_device_is_refused)
        return grant_tokens(call, pool, user, client, after=after, because=because, device=device)
    factors = next_factors(pool, user, device)
    required = pool.settings.get("MfaConfiguration", "OFF") == "ON" and not user.mfa.enabled
    sole = required and automatic(pool, user) == [recovering(pool)]
    call.tolerate_if(sole, R.recovery_is_no_factor)
    # A key that is not the user's may come to light before a second factor is asked for, or after it.
    guard = call.guard(factors[0][0] is None)
    guard(stranger, devices_R.forgotten_device_is_refused)
    replies: list[Reply] = []
    first: tuple[str, ...] = ()
    for factor, why in factors:
        call.messages.clear()
        reason = why or because
        if factor is None:
            outcome = grant_tokens(call, pool, user, client, after=after, because=reason, device=device)
        else:
            outcome = ask(call, pool, user, client, factor, after, reason, {"device": device})
        first = first or outcome.events
        replies += outcome.replies
    call.events[:] = first  # of several that may follow, the likeliest is what happened
    return call.outcome(*replies)


def next_factors(pool: Pool, user: User, device: Any) -> list[Factor]:
    """The second factors that may be asked for, the likeliest first, each with the requirement that says so."""
    factors = _factors(pool, user)
    known = user.devices.get(device) if device is not None else None
    if known is None or not known.remembered or known.verifier is None or factors[0][0] is None:
        return factors
    configuration = pool.settings.get("DeviceConfiguration") or {}
    instead: Factor = ("DEVICE_SRP_AUTH", proofs_R.device_is_asked)
    # Whether a remembered device stands in where ChallengeRequiredOnNewDevice is off is not settled.
    return [instead] if configuration.get("ChallengeRequiredOnNewDevice") else [*factors, instead]


def _factors(pool: Pool, user: User) -> list[Factor]:
    found = _enrolled(pool, user)
    if user.mfa.candidate is None or user.mfa.secret is None:
        return found
    # That asking for another software token ends the one there is, says one edition of the documentation: what is
    # asked then is what somebody without one is asked for.
    left = tuple(factor for factor in user.mfa.enabled if factor != "SOFTWARE_TOKEN_MFA")
    preferred = user.mfa.preferred if user.mfa.preferred in left else None
    without = replace(user, mfa=replace(user.mfa, secret=None, enabled=left, preferred=preferred))
    known = {factor for factor, _ in found}
    more = [factor for factor, _ in _enrolled(pool, without) if factor not in known]
    return [*found, *((factor, R.old_secret_counts) for factor in more)]


def _enrolled(pool: Pool, user: User) -> list[Factor]:
    mode = pool.settings.get("MfaConfiguration", "OFF")
    if mode == "OFF":
        if not user.mfa.enabled:
            return [(None, None)]
        # Off is off for all users, says the one page; a token goes on to count once it was verified, the other.
        still = _reachable(user, user.mfa.enabled)
        return [(None, R.mfa_off_asks_nothing), *(_among(user, still) if still else [])]
    enabled = [f for f in user.mfa.enabled if mfa.uses(pool, FACTOR_CONFIG[f])]
    reachable = _reachable(user, enabled)
    found = _among(user, enabled) if enabled else _unasked(pool, user, mode)
    if user.mfa.enabled and len(enabled) < len(user.mfa.enabled):
        # A factor is on that the pool does not use: whether it is asked for all the same is not settled.
        found = [*found, *_among(user, list(user.mfa.enabled))]
    if reachable != enabled:
        # The factor is on and its address is gone: whether it is asked for all the same is not settled.
        found = [*found, *(_among(user, reachable) if reachable else _unasked(pool, user, mode))]
    return found


def _reachable(user: User, enabled: Iterable[str]) -> list[str]:
    return [f for f in enabled if f not in CONTACT or user.has(CONTACT[f])]


def _among(user: User, enabled: list[str]) -> list[Factor]:
    if user.mfa.preferred in enabled:
        return [(user.mfa.preferred, R.asks_preferred_factor)]
    if len(enabled) == 1:
        return [(enabled[0], R.asks_preferred_factor)]
    return [("SELECT_MFA_TYPE", R.asks_which_factor)]


def _unasked(pool: Pool, user: User, mode: str) -> list[Factor]:
    """For a user who has enabled nothing: what is asked where MFA is required."""
    if mode != "ON":
        if user.mfa.secret is None:
            return [(None, None)]
        perhaps = mfa.uses(pool, "SoftwareTokenMfaConfiguration")
        asked: list[Factor] = [("SOFTWARE_TOKEN_MFA", R.verified_is_not_enabled)] if perhaps else []
        return [(None, R.verified_is_not_enabled), *asked]
    usable = automatic(pool, user)
    if not usable:
        # With every factor off there is nothing to set up, and nobody tells what a sign-in comes to.
        idle = not any(mfa.uses(pool, member) for member in mfa.FACTORS)
        return [("MFA_SETUP", R.asks_setup), *([(None, R.idle_mfa_may_ask_nothing)] if idle else [])]
    found: list[Factor] = [(factor, R.asks_automatic_factor) for factor in usable]
    if len(usable) == 1:
        return found
    choice: Factor = ("SELECT_MFA_TYPE", R.asks_automatic_factor)
    # Documented: what recovers the account is the last thing to be asked for; all is offered where nothing does.
    if mfa.recovery(pool) == ["admin_only"]:
        return [choice, *found]
    return [*sorted(found, key=lambda factor: factor[0] == recovering(pool)), choice]


def recovering(pool: Pool) -> str | None:
    """The factor whose contact is the pool's first way of recovery, where it was given any."""
    first = mfa.recovery(pool)[:1]
    return {"verified_email": "EMAIL_OTP", "verified_phone_number": "SMS_MFA"}.get(*first) if first else None


def automatic(pool: Pool, user: User) -> list[str]:
    """The factors that a user who has enabled none could be asked for all the same."""
    found = [f for f in ("SMS_MFA", "EMAIL_OTP") if mfa.uses(pool, FACTOR_CONFIG[f]) and user.has(CONTACT[f])]
    has_token = user.mfa.secret is not None and mfa.uses(pool, "SoftwareTokenMfaConfiguration")
    return [*found, "SOFTWARE_TOKEN_MFA"] if has_token else found


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
        value = user.attributes.get(contact)
        call.tolerate_if(value is None, R.factor_has_contact)
        purpose = "otp" if kept.get("first") else "mfa"
        kept["message"] = call.send(pool, user, purpose, contact, delivery.MEDIUM[contact], value)
        parameters = sent_parameters(contact, value)
    elif name == "SOFTWARE_TOKEN_MFA":
        shown = (
            OneOf.of(ABSENT, Present(""))
            if user.mfa.friendly is None
            else OneOf.of(user.mfa.friendly, ABSENT)
        )
        parameters = {"FRIENDLY_DEVICE_NAME": Because(shown, R.asks_by_device_name)}
    elif name == "SELECT_MFA_TYPE":
        kept["choices"] = offered(pool, user)
        named: Any = JsonText(Bag(tuple(kept["choices"])))
        if not user.mfa.enabled and recovering(pool) in kept["choices"]:
            kept["perhaps"] = recovering(pool)
            named = OneOf.of(named, JsonText(Bag(tuple(c for c in kept["choices"] if c != kept["perhaps"]))))
        parameters = {"MFAS_CAN_CHOOSE": named}
    elif name == "MFA_SETUP":
        parameters = {"MFAS_CAN_SETUP": Because(to_set_up(pool), R.setup_names_factors)}
    asked = Challenge(name, user.sub, client.id, user.username, call.now, after, kept)
    return call.reply(
        because,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because(name, because),
        Session=session,
        ChallengeParameters=Because(
            {**parameters, "USER_ID_FOR_SRP": OneOf.of(user.username, ABSENT)}, because
        ),
        AuthenticationResult=Because(ABSENT, because),
    )


def sent_parameters(contact: str, value: Any) -> dict[str, Any]:
    """The parameters of a challenge whose code was sent to this value of `email` or `phone_number`."""
    masked = delivery.mask(contact, value) if isinstance(value, str) else "+*******0000"
    return {
        "CODE_DELIVERY_DELIVERY_MEDIUM": Because(delivery.MEDIUM[contact], R.asks_with_parameters),
        "CODE_DELIVERY_DESTINATION": Because(Pattern(r".*\*.*", masked), R.asks_with_parameters),
    }


def offered(pool: Pool, user: User) -> list[str]:
    """The factors among which the user chooses."""
    enabled = [f for f in user.mfa.enabled if mfa.uses(pool, FACTOR_CONFIG[f])]
    return enabled or automatic(pool, user)


def to_set_up(pool: Pool) -> Any:
    """MFAS_CAN_SETUP: the software token where the pool uses it; e-mail was seen beside it, and all else is not settled."""
    by_mail = mfa.uses(pool, "EmailMfaConfiguration")
    if not mfa.uses(pool, "SoftwareTokenMfaConfiguration"):
        return Present('["EMAIL_OTP"]' if by_mail else '["SMS_MFA"]')
    token = JsonText(Including(("SOFTWARE_TOKEN_MFA",)))
    return OneOf.of(JsonText(Including(("SOFTWARE_TOKEN_MFA", "EMAIL_OTP"))), token) if by_mail else token


def store(pool: Pool, key: Any, challenge: Challenge) -> Pool:
    """The pool with a challenge that waits; the oldest are forgotten."""
    kept = dict(list(pool.challenges.items())[1 - KEPT :])
    return replace(pool, challenges={**kept, key: challenge})


def spent(pool: Pool, key: Any, challenge: Challenge) -> Pool:
    """The pool in which the challenge has been answered."""
    details = {**challenge.details, "was": challenge.name}
    return store(pool, key, replace(challenge, name=USED, details=details))


def ask_new_password(call: Call, pool: Pool, user: User, client: Client, after: str) -> Outcome:
    """NEW_PASSWORD_REQUIRED with the attributes that are there and those that are missing."""
    call.note(edge(after, "NEW_PASSWORD_REQUIRED"))
    session = call.fresh("Session")
    required = [name for name, entry in schema(pool).items() if entry.get("Required") and name != "sub"]
    missing = tuple([f"userAttributes.{name}" for name in required if not user.has(name)])
    # One that has a value was seen among them too (fact npr-required-with-value).
    known = tuple([f"userAttributes.{name}" for name in required if user.has(name)])
    shown = {n: v for n, v in user.attributes.items() if clients.may_read(client, n) and isinstance(v, str)}
    asked = Challenge("NEW_PASSWORD_REQUIRED", user.sub, client.id, user.username, call.now, after, {})
    because = challenges_R.new_password_is_asked
    return call.reply(
        because,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because("NEW_PASSWORD_REQUIRED", because),
        Session=session,
        ChallengeParameters=Because(
            {
                "USER_ID_FOR_SRP": OneOf.of(user.username, ABSENT),
                "requiredAttributes": JsonText(Bag(missing, known)),
                "userAttributes": OneOf.of(JsonText(shown), ABSENT),
            },
            challenges_R.new_password_parameters,
        ),
        AuthenticationResult=Because(ABSENT, because),
    )


def ask_code(call: Call, pool: Pool, user: User, client: Client, name: str, after: str) -> Outcome:
    """EMAIL_OTP or SMS_OTP as first factor."""
    because = user_auth_R.preferred_code if after == "START" else user_auth_R.chosen_code
    return ask(call, pool, user, client, name, after, because, {"first": True})
