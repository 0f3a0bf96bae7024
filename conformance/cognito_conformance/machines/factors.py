"""What users of a pool sign in with: first and second factors, passkeys, devices, and who sends the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_conformance.machines.pick import Params

if TYPE_CHECKING:
    from cognito_conformance.machines.dice import Dice
    from cognito_conformance.machines.people import Person

SES = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/no-reply@example.com",
}
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "cognito-conformance"}
_PARTY = {"RelyingPartyId": "login.example.com", "UserVerification": "preferred"}
PASSKEYS: list[Params] = [
    {"MfaConfiguration": "OFF", "WebAuthnConfiguration": _PARTY},
    {"MfaConfiguration": "OFF", "WebAuthnConfiguration": {**_PARTY, "UserVerification": "required"}},
    {
        "MfaConfiguration": "OPTIONAL",
        "SoftwareTokenMfaConfiguration": {"Enabled": True},
        "WebAuthnConfiguration": _PARTY,
    },
]
_TOGETHER = (
    ("token",),
    ("token", "text"),
    ("token", "text"),
    ("text",),
    ("token", "mail"),
    ("token", "text", "mail"),
)


def has_factors(person: Person, *, sms: bool, email: bool) -> bool:
    """Whether a target that sends these messages has the factors that the person needs."""
    return any(_serves(person, factors) for factors in _factors(sms=sms, email=email))


def _serves(person: Person, factors: tuple[str, ...]) -> bool:
    return all(set(group) & set(factors) for group in person.factors)


def _factors(*, sms: bool, email: bool) -> list[tuple[str, ...]]:
    """The second factors that a pool may have together, the usual ones twice."""
    lacking = {name for name, is_sent in (("text", sms), ("mail", email)) if not is_sent}
    return [factors for factors in _TOGETHER if lacking.isdisjoint(factors)]


def second_factors(pool: Params, dice: Dice, person: Person, *, sms: bool, email: bool) -> Params | None:
    """What SetUserPoolMfaConfig gets; where that is messages by e-mail, the pool gets a sender for them."""
    members: dict[str, Params] = {
        "token": {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
        "text": {"SmsMfaConfiguration": {"SmsConfiguration": SMS}},
        "mail": {"EmailMfaConfiguration": {"Message": "Your code is {####}", "Subject": "Code"}},
    }
    first = pool.get("Policies", {}).get("SignInPolicy", {}).get("AllowedFirstAuthFactors", ["PASSWORD"])
    # A required second factor goes with no first factor but the password (fact poolmfa-on-with-otp-first-factor).
    modes = ["OPTIONAL", "OPTIONAL", "ON", "ON"] if first == ["PASSWORD"] else ["OPTIONAL"]
    if person.sets_up:
        return {"MfaConfiguration": "ON", **members["token"]}
    made: Params = {"MfaConfiguration": dice.pick(modes)}
    for factor in dice.pick([f for f in _factors(sms=sms, email=email) if _serves(person, f)]):
        made |= members[factor]
    if "EmailMfaConfiguration" in made:
        pool["EmailConfiguration"] = SES
    return made if person.factors or dice.pick(range(8)) else None


def track_devices(pool: Params, dice: Dice) -> None:
    """Let the pool know the devices of its users."""
    pool["DeviceConfiguration"] = {
        "ChallengeRequiredOnNewDevice": dice.pick([True, True, False]),
        "DeviceOnlyRememberedOnUserPrompt": dice.pick([True, False]),
    }


def first_factors(pool: Params, dice: Dice, *, sms: bool) -> None:
    """What a user may begin with besides a password."""
    factors = dice.pick(
        [None, ["PASSWORD", "EMAIL_OTP"], ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"], ["PASSWORD", "SMS_OTP"]]
    )
    if factors is not None and "SMS_OTP" in factors:
        factors = ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] if sms else ["PASSWORD", "EMAIL_OTP"]
        if sms:
            pool["SmsConfiguration"] = SMS
    if factors is not None:
        policies = dict(pool.get("Policies", {}))
        pool["Policies"] = {**policies, "SignInPolicy": {"AllowedFirstAuthFactors": factors}}


def allow_passkeys(pool: Params) -> None:
    """Let a passkey stand for the password."""
    policies = dict(pool.get("Policies", {}))
    pool["Policies"] = {**policies, "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
