"""Sessions of challenges: which one an answer must name, how often and how long it counts."""

from __future__ import annotations

import pytest

from cognito_model.requirements import catalogue
from cognito_model.terms import Junk
from support.door import PHONE, TEXT, Door
from support.expectations import tolerated
from support.people import OTHER

NPR = "NEW_PASSWORD_REQUIRED"


def texting(**more: object) -> Door:
    """A pool in which Ann's second factor is a text message."""
    door = Door(mfa=TEXT, ann=PHONE, **more)
    door.with_text()
    return door


@pytest.mark.parametrize("admin", [False, True])
def test_session_is_genuine(admin):
    """A session that nothing issued is refused."""
    refused = Door().answer_refused("SMS_MFA", Junk("Session"), more={"admin": admin}, SMS_MFA_CODE="123456")
    assert refused == {"challenges/session-is-genuine"}


def test_how_a_junk_session_is_refused_is_open():
    """No capture says with which of its errors the service refuses a session that nothing issued: any of them is right."""
    errors = catalogue()["challenges/session-is-genuine"].raises
    assert set(errors) == {
        "NotAuthorizedException",
        "InvalidParameterException",
        "CodeMismatchException",
        "ResourceNotFoundException",
    }


def test_session_is_given():
    """Every challenge but a proof is answered with its session."""
    assert "sign-in/parameter-is-given" in Door().answer_refused("MFA_SETUP", None)


def test_session_counts_once():
    """A session that was answered is refused."""
    door = texting()
    session = door.start()["Session"]
    code = door.text()
    door.answer("SMS_MFA", session, SMS_MFA_CODE=code)
    assert door.answer_refused("SMS_MFA", session, SMS_MFA_CODE=code) == {"challenges/session-counts-once"}
    other = door.answer_outcome("EMAIL_OTP", session, EMAIL_OTP_CODE=code)
    assert {r.requirement.slug for r in other.refusals} == {"challenges/session-counts-once"}
    assert "challenges/session-fits-answer" in {r.requirement.slug for r in other.tolerated}


def test_session_rotates():
    """Each step gives a session of its own."""
    door = texting()
    door.create("bob", phone_number="+15550100101")
    door.admin("AdminSetUserMFAPreference", "bob", SMSMfaSettings={"Enabled": True})
    first = door.start(USERNAME="bob")["Session"]
    second = door.answer(NPR, first, USERNAME="bob", NEW_PASSWORD=OTHER)["Session"]
    assert first != second


@pytest.mark.parametrize(("settings", "minutes"), [({}, 3), ({"AuthSessionValidity": 15}, 15)])
def test_session_is_fresh(settings, minutes):
    """A session counts for AuthSessionValidity, three minutes by default."""
    door = texting(client=settings)
    session = door.start()["Session"]
    code = door.text()
    door.later(minutes * 60 - 1)
    assert not door.answer_outcome("SMS_MFA", session, SMS_MFA_CODE=code).refusals
    door.later(2)
    assert "challenges/session-is-fresh" in door.answer_refused("SMS_MFA", session, SMS_MFA_CODE=code)


def test_session_survives_wrong_code():
    """After a wrong code the right one is taken with the same session; after several that may be over."""
    door = texting()
    session = door.start()["Session"]
    assert door.answer_refused("SMS_MFA", session, SMS_MFA_CODE="fakeMfaCode") == {
        "challenges/sent-code-matches"
    }
    outcome = door.answer_outcome("SMS_MFA", session, SMS_MFA_CODE=door.text())
    assert outcome.replies[0].requirement.slug == "challenges/session-survives-wrong-answer"
    assert tolerated(outcome) == set()
    for _ in range(2):
        door.answer_refused("SMS_MFA", session, SMS_MFA_CODE="000")
    outcome = door.answer_outcome("SMS_MFA", session, SMS_MFA_CODE=door.text())
    assert tolerated(outcome) == {"challenges/attempts-are-limited"}


def test_session_fits_answer():
    """A session serves its own challenge, user and client alone."""
    door = texting()
    door.confirmed("bob")
    session = door.start()["Session"]
    code = door.text()
    other = door.another_client()
    wrong = {"challenges/session-fits-answer"}
    assert door.answer_refused("EMAIL_OTP", session, EMAIL_OTP_CODE=code) == wrong
    assert door.answer_refused("SMS_MFA", session, USERNAME="bob", SMS_MFA_CODE=code) == wrong
    assert door.answer_refused("SMS_MFA", session, more={"ClientId": other}, SMS_MFA_CODE=code) == wrong


def test_session_of_another_pool():
    """A session of another pool's challenge is refused."""
    door = texting()
    session = door.start()["Session"]
    pool = door.admin("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    made = door.drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]
    refused = door.drive.refused(
        "RespondToAuthChallenge",
        ClientId=made["ClientId"],
        ChallengeName="SMS_MFA",
        Session=session,
        ChallengeResponses={"USERNAME": "ann", "SMS_MFA_CODE": "123456"},
    )
    assert refused == {"challenges/session-is-genuine", "challenges/session-fits-answer"}


def test_admin_no_srp_auth_is_no_challenge():
    """ADMIN_NO_SRP_AUTH cannot be answered."""
    refused = Door().answer_refused("ADMIN_NO_SRP_AUTH", Junk("Session"))
    assert "challenges/challenge-can-be-answered" in refused


def test_secret_hash_is_sent():
    """A client with a secret sends its hash with every answer, over the name of that answer."""
    door = Door(client={"GenerateSecret": True})
    door.create("bob")
    session = door.start(USERNAME="bob")["Session"]
    refused = door.answer_refused(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER, SECRET_HASH=None)
    assert refused == {"common/secret-hash-is-sent"}
    refused = door.answer_refused(
        NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER, SECRET_HASH=Junk("SecretHash")
    )
    assert refused == {"common/secret-hash-matches"}
    door.answer(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER)


def test_alias_answers():
    """A challenge may be answered by alias; an administrator should give the internal name."""
    door = Door(AliasAttributes=["email"])
    door.create("bob", email="bob@example.com", email_verified="true")
    session = door.start(USERNAME="bob@example.com")["Session"]
    given = {"USERNAME": "bob@example.com", "NEW_PASSWORD": OTHER}
    assert tolerated(door.answer_outcome(NPR, session, **given)) == set()
    outcome = door.answer_outcome(NPR, session, more={"admin": True}, **given)
    assert tolerated(outcome) == {"challenges/name-is-internal"}


def test_disabled_meanwhile():
    """A user who is disabled between challenge and answer may be refused."""
    door = texting()
    session = door.start()["Session"]
    door.admin("AdminDisableUser", "ann")
    outcome = door.answer_outcome("SMS_MFA", session, SMS_MFA_CODE=door.text())
    assert tolerated(outcome) == {"challenges/user-may-have-changed"}


def test_deleted_meanwhile():
    """The challenge of a deleted user cannot be answered."""
    door = texting()
    session = door.start()["Session"]
    door.admin("AdminDeleteUser", "ann")
    assert "challenges/session-fits-answer" in door.answer_refused(
        "SMS_MFA", session, SMS_MFA_CODE=door.text()
    )


def test_custom_challenge_is_the_triggers():
    """Nothing but a trigger asks a custom challenge, and so no session of another serves it."""
    door = texting()
    session = door.start()["Session"]
    assert "challenges/session-fits-answer" in door.answer_refused("CUSTOM_CHALLENGE", session, ANSWER="5")


def test_missing_and_expired():
    """Of several reasons to refuse an answer any is right."""
    door = texting()
    session = door.start()["Session"]
    door.later(1000)
    refused = door.answer_refused("SMS_MFA", session)
    assert refused == {"challenges/response-is-given", "challenges/session-is-fresh"}
    assert not catalogue()["challenges/response-is-given"].provisional
