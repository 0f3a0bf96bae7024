"""The table of challenges: every edge of it is taken, and no other can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from cognito_model import challenge_table
from cognito_model.challenge_table import EDGES, PAIRS, TOKENS, TRIGGER_EDGES, as_mermaid, edge
from cognito_model.functions import ANSWER, CUSTOM_CHALLENGE
from cognito_model.operations.custom_auth import TRIGGERS
from cognito_model.terms import Function, Passkey, SrpA, TotpCode
from support.door import ALL_FLOWS, EMAIL, MAIL, PHONE, TEXT, TOTP, TRACKED, Door, Tokens
from support.people import GOOD, SMS

SENDING = {
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    }
}
FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
POLICY = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": FACTORS}}, "SmsConfiguration": SMS}
CLIENT = {"ExplicitAuthFlows": [*ALL_FLOWS, "ALLOW_USER_AUTH"]}
PARTY = {"WebAuthnConfiguration": {"RelyingPartyId": "example.com"}}
VERIFIED = {**PHONE, **EMAIL, "email_verified": "true", "phone_number_verified": "true"}


def house() -> Door:
    """A pool in which everything is possible, and Ann, who has a phone and an e-mail address."""
    return Door(
        client=CLIENT,
        mfa={**TOTP, **TEXT, **MAIL, **PARTY},
        ann=VERIFIED,
        DeviceConfiguration=TRACKED,
        **SENDING,
        **POLICY,
    )


# -- four ways to prove a password, and one to set a new one: each goes on with the answer to the password


def by_start(door: Door, **device: object) -> dict:
    return door.start(**device)


def by_srp(door: Door, **device: object) -> dict:
    asked = door.start("USER_SRP_AUTH", **device)
    return door.answer("PASSWORD_VERIFIER", None, **device, **door.proof(asked))


def by_choice(door: Door, **device: object) -> dict:
    session = door.start("USER_AUTH")["Session"]
    return door.answer("SELECT_CHALLENGE", session, ANSWER="PASSWORD", PASSWORD=GOOD, **device)


def by_password_challenge(door: Door, **device: object) -> dict:
    session = door.start("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD")["Session"]
    return door.answer("PASSWORD", session, PASSWORD=GOOD, **device)


def by_new_password(door: Door, **device: object) -> dict:
    door.admin("AdminSetUserPassword", "ann", Password=GOOD, Permanent=False)
    session = door.start()["Session"]
    return door.answer("NEW_PASSWORD_REQUIRED", session, NEW_PASSWORD=GOOD)


PROVED = [by_start, by_srp, by_choice, by_password_challenge]
Way = Callable[..., dict]


def temporary(door: Door) -> dict[str, object]:
    door.admin("AdminSetUserPassword", "ann", Password=GOOD, Permanent=False)
    return {}


def with_device(door: Door) -> dict[str, object]:
    key = door.with_device(door.tokens())
    door.with_text()
    return {"DEVICE_KEY": key}


def with_totp(door: Door) -> dict[str, object]:
    door.with_totp()
    return {}


def with_text(door: Door) -> dict[str, object]:
    door.with_text()
    return {}


def with_mail(door: Door) -> dict[str, object]:
    door.with_mail()
    return {}


def with_both(door: Door) -> dict[str, object]:
    door.with_text(prefer=False)
    door.with_mail(prefer=False)
    return {}


def required(door: Door) -> dict[str, object]:
    settings = {**door.pool.settings, "MfaConfiguration": "ON", "_mfa": TOTP}
    door.drive.world = door.drive.world.with_pool(replace(door.pool, settings=settings))
    return {}


def nothing(door: Door) -> dict[str, object]:
    return {}


STATES = {
    "NEW_PASSWORD_REQUIRED": temporary,
    "DEVICE_SRP_AUTH": with_device,
    "SOFTWARE_TOKEN_MFA": with_totp,
    "SMS_MFA": with_text,
    "EMAIL_OTP": with_mail,
    "SELECT_MFA_TYPE": with_both,
    "MFA_SETUP": required,
    TOKENS: nothing,
}


def passwords() -> Iterator[Door]:
    """Every way to prove a password, in every state of the user."""
    for end, state in STATES.items():
        for way in [*PROVED, by_new_password]:
            if way is by_new_password and end in ("NEW_PASSWORD_REQUIRED", "DEVICE_SRP_AUTH"):
                continue
            door = house()
            device = state(door)
            answer = way(door, **device)
            assert (answer["ChallengeName"] if end != TOKENS else TOKENS) == end, (way, end)
            yield door


def second_factors() -> Iterator[Door]:
    """The second factors, chosen and answered."""
    for chosen, member in (("SMS_MFA", "SMS_MFA_CODE"), ("EMAIL_OTP", "EMAIL_OTP_CODE")):
        door = house()
        with_both(door)
        session = door.start()["Session"]
        session = door.answer("SELECT_MFA_TYPE", session, ANSWER=chosen)["Session"]
        door.answer(chosen, session, **{member: door.text()})
        yield door
    door = house()
    secret = door.with_totp(prefer=False)
    door.with_text(prefer=False)
    session = door.start()["Session"]
    session = door.answer("SELECT_MFA_TYPE", session, ANSWER="SOFTWARE_TOKEN_MFA")["Session"]
    door.answer("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    yield door


def setup() -> Iterator[Door]:
    """A software token set up in the middle of a sign-in."""
    door = house()
    required(door)
    associated = door.drive.call("AssociateSoftwareToken", Session=door.start()["Session"])
    code = TotpCode(associated["SecretCode"].parts[-1], 0)
    verified = door.drive.call("VerifySoftwareToken", Session=associated["Session"], UserCode=code)
    door.answer("MFA_SETUP", verified["Session"])
    yield door


def devices() -> Iterator[Door]:
    """A remembered device proves itself."""
    door = house()
    device = with_device(door)
    given = {**device, "SRP_A": SrpA(door.drive.step + 1)}
    asked = door.answer("DEVICE_SRP_AUTH", door.start(**device)["Session"], **given)
    door.answer("DEVICE_PASSWORD_VERIFIER", None, **door.device_proof(asked, device["DEVICE_KEY"]))
    yield door


def choices() -> Iterator[Door]:
    """First factors of USER_AUTH, preferred and chosen."""
    door = house()
    for factor, member in (("EMAIL_OTP", "EMAIL_OTP_CODE"), ("SMS_OTP", "SMS_OTP_CODE")):
        session = door.start("USER_AUTH", PREFERRED_CHALLENGE=factor)["Session"]
        door.answer(factor, session, **{member: door.text()})
        session = door.start("USER_AUTH")["Session"]
        door.answer("SELECT_CHALLENGE", session, ANSWER=factor)
    session = door.start("USER_AUTH")["Session"]
    door.answer("SELECT_CHALLENGE", session, ANSWER="PASSWORD_SRP", SRP_A=SrpA(1))
    session = door.start("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD_SRP")["Session"]
    door.answer("PASSWORD_SRP", session, SRP_A=SrpA(1))
    yield door


def passkeys() -> Iterator[Door]:
    """A passkey, preferred and chosen."""
    door = house()
    token = Tokens.of(door.start()).access
    options = door.drive.call("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"]
    credential = Passkey(options["challenge"], "phone")
    door.drive.call("CompleteWebAuthnRegistration", AccessToken=token, Credential=credential)
    asked = door.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
    challenge = asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].value["challenge"]
    door.answer("WEB_AUTHN", asked["Session"], CREDENTIAL=Passkey(challenge, "phone"))
    door.answer("SELECT_CHALLENGE", door.start("USER_AUTH")["Session"], ANSWER="WEB_AUTHN")
    yield door


def triggers() -> Iterator[Door]:
    """Custom challenges: first the password, then a wrong word and the right one; and the word at once."""
    door = Door(LambdaConfig={name: Function(CUSTOM_CHALLENGE) for name in TRIGGERS})
    asked = door.start("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=SrpA(door.drive.step + 1))
    session = door.answer("PASSWORD_VERIFIER", None, **door.proof(asked))["Session"]
    session = door.answer("CUSTOM_CHALLENGE", session, ANSWER="another")["Session"]
    door.answer("CUSTOM_CHALLENGE", session, ANSWER=ANSWER)
    door.answer("CUSTOM_CHALLENGE", door.start("CUSTOM_AUTH")["Session"], ANSWER=ANSWER)
    yield door


WALKS = [passwords, second_factors, setup, devices, choices, passkeys, triggers]


def test_every_edge_is_taken():
    """The walks of this module take every edge of the table, and only those."""
    taken = {
        event for walk in WALKS for door in walk() for event in door.drive.events if event.startswith("edge:")
    }
    assert taken == {edge(start, end) for start, end in PAIRS}


def test_no_other_edge_exists():
    """An edge that the table does not have cannot be taken."""
    with pytest.raises(KeyError):
        edge("SMS_MFA", "NEW_PASSWORD_REQUIRED")


def test_table_is_a_table():
    """No edge stands twice, every challenge can be reached and left, and triggers have edges of their own."""
    assert len(set(EDGES)) == len(EDGES)
    starts, ends = {s for s, _, _ in EDGES}, {e for _, _, e in EDGES}
    assert ends - {TOKENS} == starts - {challenge_table.START}
    assert not {e[1] for e in TRIGGER_EDGES} & {e[1] for e in EDGES}


def test_table_can_be_drawn():
    """The table is drawn as a state diagram, an edge a line."""
    lines = as_mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert len(lines) == 1 + len(EDGES) + len(TRIGGER_EDGES)
    assert "  SMS_MFA --> [*]: right code" in lines
