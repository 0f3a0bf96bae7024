"""Custom challenges, whose triggers are functions that the target offers and the model follows."""

from __future__ import annotations

import pytest

from cognito_model.functions import ANSWER, CUSTOM_CHALLENGE, DENY, PUBLIC
from cognito_model.operations.custom_auth import CREATE, TRIGGERS
from cognito_model.terms import Function, SrpA
from support.door import TOTP, TRACKED, WRONG, Door
from support.expectations import rests_on, texts, tolerated
from support.people import OTHER

ASKED = "CUSTOM_CHALLENGE"
CUSTOM = {name: Function(CUSTOM_CHALLENGE) for name in TRIGGERS}


def custom(*, lambdas: dict[str, object] | None = None, **options: object) -> Door:
    """A pool with the three triggers, and Ann."""
    return Door(LambdaConfig={**CUSTOM, **(lambdas or {})}, **options)


def with_password(door: Door, password: object = None) -> tuple[dict, dict]:
    """The answer to CUSTOM_AUTH with SRP_A, and what proves the password."""
    asked = door.start("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=SrpA(door.drive.step + 1))
    return asked, door.proof(asked) if password is None else door.proof(asked, password)


def test_asks_custom_challenge():
    """CUSTOM_AUTH asks the triggers' challenge, and shows their public parameters and no private one."""
    outcome = custom().start_outcome("CUSTOM_AUTH")
    assert rests_on(outcome) == {
        "triggers/asks-custom-challenge",
        "triggers/public-parameters-are-shown",
        "triggers/private-parameters-are-hidden",
    }
    asked = custom().start("CUSTOM_AUTH")
    assert asked["ChallengeName"] == ASKED
    assert asked["ChallengeParameters"].items() >= PUBLIC.items()


@pytest.mark.parametrize("admin", [False, True])
def test_right_answer_signs_in(admin):
    """The answer that the triggers take gives tokens."""
    door = custom()
    session = door.start("CUSTOM_AUTH", more={"admin": admin})["Session"]
    outcome = door.answer_outcome(ASKED, session, ANSWER=ANSWER, more={"admin": admin})
    assert "triggers/right-answer-signs-in" in rests_on(outcome)
    assert door.answer(ASKED, session, ANSWER=ANSWER)["AuthenticationResult"]["AccessToken"]
    assert door.answer_refused(ASKED, session, ANSWER=ANSWER) == {"challenges/session-counts-once"}


def test_wrong_answers():
    """Two wrong answers are followed by a challenge with a session of its own, the third ends the sign-in and its session."""
    door = custom()
    sessions = [door.start("CUSTOM_AUTH")["Session"]]
    for _ in range(2):
        again = door.answer(ASKED, sessions[-1], ANSWER="wrong")
        assert again["ChallengeName"] == ASKED
        sessions.append(again["Session"])
    assert len(set(sessions)) == 3
    assert door.answer_refused(ASKED, sessions[-1], ANSWER="wrong") == {"triggers/sign-in-fails"}
    assert door.answer_refused(ASKED, sessions[-1], ANSWER=ANSWER) == {"triggers/failed-session-is-over"}
    assert door.answer_refused(ASKED, sessions[0], ANSWER=ANSWER) == {"challenges/session-counts-once"}


def test_no_answer():
    """An answer that is left out may be missed, or be as wrong as any other."""
    door = custom()
    outcome = door.answer_outcome(ASKED, door.start("CUSTOM_AUTH")["Session"])
    assert tolerated(outcome) == {"challenges/response-is-given"}
    assert "triggers/asks-again" in rests_on(outcome)


def test_password_comes_first():
    """With SRP_A the password is proved before the triggers ask, with or without a session if none came."""
    door = custom()
    asked, proof = with_password(door)
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    session = asked["Session"].choices[0]
    assert "triggers/proof-may-need-session" in tolerated(
        door.answer_outcome("PASSWORD_VERIFIER", None, **proof)
    )
    assert tolerated(door.answer_outcome("PASSWORD_VERIFIER", session, **proof)) == set()
    then = door.answer("PASSWORD_VERIFIER", session, **proof)
    assert then["ChallengeName"] == ASKED
    assert door.answer(ASKED, then["Session"], ANSWER=ANSWER)["AuthenticationResult"]["AccessToken"]


def test_wrong_password():
    """A proof of another password is refused as ever."""
    door = custom()
    _, proof = with_password(door, OTHER)
    assert "triggers/wrong-proof-is-refused" in door.answer_refused("PASSWORD_VERIFIER", None, **proof)


@pytest.mark.parametrize(
    "given", [{"CHALLENGE_NAME": "SRP_A"}, {"SRP_A": "aa"}, {"CHALLENGE_NAME": "OTHER", "SRP_A": "aa"}]
)
def test_half_of_it(given):
    """Of SRP_A without its name, or a name without it, no fact speaks: what comes is for the triggers to say."""
    assert rests_on(custom().start_outcome("CUSTOM_AUTH", **given)) == {"sign-in/triggers-decide"}


def test_error_of_a_trigger():
    """Where the trigger that makes the challenge fails, its error is told, also after the password."""
    door = custom(lambdas={CREATE: Function(DENY)})
    assert door.start_refused("CUSTOM_AUTH") == {"triggers/creation-fails"}
    assert texts(door.start_outcome("CUSTOM_AUTH")) == {("denied",)}
    asked, proof = with_password(door)
    session = asked["Session"].choices[0]
    assert door.answer_refused("PASSWORD_VERIFIER", session, **proof) == {"triggers/creation-fails"}


def test_what_no_fact_speaks_of():
    """Of users who are not CONFIRMED, second factors and devices after custom challenges any answer is right."""
    door = custom()
    session = door.start("CUSTOM_AUTH")["Session"]
    door.admin("AdminDisableUser", "ann")
    assert rests_on(door.start_outcome("CUSTOM_AUTH")) == {"sign-in/triggers-decide"}
    assert rests_on(door.answer_outcome(ASKED, session, ANSWER=ANSWER)) == {"sign-in/triggers-decide"}
    tracked = custom(DeviceConfiguration=TRACKED)
    assert rests_on(tracked.start_outcome("CUSTOM_AUTH")) == {"sign-in/triggers-decide"}
    factor = custom(mfa=TOTP)
    assert "triggers/asks-custom-challenge" in rests_on(factor.start_outcome("CUSTOM_AUTH"))
    factor.with_totp()
    assert rests_on(factor.start_outcome("CUSTOM_AUTH")) == {"sign-in/triggers-decide"}


def test_changed_between_password_and_challenge():
    """Whoever changed since the password was asked for may get any answer."""
    door = custom()
    asked, proof = with_password(door)
    door.admin("AdminSetUserPassword", "ann", Password=WRONG, Permanent=False)
    proof = door.proof(asked, WRONG)
    outcome = door.answer_outcome("PASSWORD_VERIFIER", asked["Session"].choices[0], **proof)
    assert rests_on(outcome) == {"sign-in/triggers-decide"}


def test_unknown_functions():
    """Of functions that nobody knows any answer is right."""
    other = "arn:aws:lambda:us-east-1:123456789012:function:other"
    door = custom(lambdas={"DefineAuthChallenge": other})
    assert rests_on(door.start_outcome("CUSTOM_AUTH")) == {"sign-in/triggers-decide"}
