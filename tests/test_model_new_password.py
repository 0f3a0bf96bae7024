"""NEW_PASSWORD_REQUIRED: asked of users with a temporary password, and answered."""

from __future__ import annotations

import pytest

from cognito_model.expect import After, Bag, JsonText, unwrap
from support.door import TOTP, Door
from support.expectations import rests_on, texts, tolerated
from support.people import GOOD, OTHER

NAMED = {"Schema": [{"Name": "name", "AttributeDataType": "String", "Required": True, "Mutable": True}]}
NPR = "NEW_PASSWORD_REQUIRED"


def asked(door: Door, **values: object) -> object:
    """Bob, whom an administrator made, signs in with his temporary password: the session of what he is asked."""
    door.create("bob", **values)
    return door.start(USERNAME="bob")["Session"]


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
def test_new_password_is_asked(flow):
    """A temporary password gets NEW_PASSWORD_REQUIRED with what is there and what is missing, and no tokens."""
    door = Door(**NAMED)
    door.create("bob", email="bob@example.com")
    outcome = door.start_outcome(flow, USERNAME="bob")
    assert {"challenges/new-password-is-asked", "challenges/new-password-parameters"} <= rests_on(outcome)
    members = door.start(flow, USERNAME="bob")
    assert members["ChallengeName"] == NPR
    parameters = members["ChallengeParameters"]
    assert parameters["requiredAttributes"] == JsonText(Bag(("userAttributes.name",)))
    assert parameters["userAttributes"].choices[0] == JsonText({"email": "bob@example.com"})
    assert parameters["USER_ID_FOR_SRP"].choices[0] == "bob"


def test_required_attribute_with_a_value_may_be_listed():
    """A required attribute that the user has may be among the required ones that the challenge lists."""
    door = Door(**NAMED)
    door.create("bob", name="Bob")
    parameters = door.start(USERNAME="bob")["ChallengeParameters"]
    assert parameters["requiredAttributes"] == JsonText(Bag((), ("userAttributes.name",)))


def test_srp_asks_for_a_new_password():
    """After a right proof of a temporary password the new one is asked for."""
    door = Door()
    door.create("bob")
    proof = door.proof(door.start("USER_SRP_AUTH", USERNAME="bob"), GOOD, "bob")
    assert door.answer("PASSWORD_VERIFIER", None, USERNAME="bob", **proof)["ChallengeName"] == NPR


def test_new_password_moves_the_date():
    """A password in place of a temporary one moves the date of modification."""
    door = Door()
    session = asked(door)
    door.drive.now += 2
    door.answer(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER)
    shown = door.admin_outcome("AdminGetUser", "bob").replies[0].members["UserLastModifiedDate"]
    assert shown.requirement.slug == "user-attributes/update-moves-date"
    assert shown.value == After(door.user("bob").modified, door.user("bob").created)


@pytest.mark.parametrize("admin", [False, True])
def test_new_password_confirms(admin):
    """The new password signs in and makes the user CONFIRMED; the temporary one is dead."""
    door = Door()
    session = asked(door, email="bob@example.com")
    more = {"admin": admin}
    outcome = door.answer_outcome(NPR, session, more=more, USERNAME="bob", NEW_PASSWORD=OTHER)
    assert outcome.replies[0].requirement.slug == "challenges/new-password-confirms"
    assert (
        "AccessToken"
        in door.answer(NPR, session, more=more, USERNAME="bob", NEW_PASSWORD=OTHER)["AuthenticationResult"]
    )
    assert door.status("bob") == "CONFIRMED"
    assert not door.user("bob").verified("email")
    assert door.start_refused(USERNAME="bob") == {"sign-in/password-matches"}
    door.start(USERNAME="bob", PASSWORD=OTHER)


def test_temporary_password_may_stay():
    """Without a password history the new password may be the temporary one."""
    door = Door()
    door.answer(NPR, asked(door), USERNAME="bob", NEW_PASSWORD=GOOD)


def test_new_password_keeps_policy():
    """A weak new password is refused, and a good one is taken with the same session."""
    door = Door()
    session = asked(door)
    assert door.answer_refused(NPR, session, USERNAME="bob", NEW_PASSWORD="short") == {
        "passwords/password-keeps-policy"
    }
    outcome = door.answer_outcome(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER)
    assert outcome.replies[0].requirement.slug == "challenges/session-survives-wrong-answer"


def test_sub_in_the_answer_is_to_blame():
    """A target that does not find the user by the sub that an answer names is told of that, and not of the password."""
    door = Door()
    session = asked(door)
    sub = door.pool.find("bob").sub
    outcome = door.answer_outcome(NPR, session, USERNAME=sub, NEW_PASSWORD=OTHER)
    assert outcome.suspects["UserNotFoundException"].slug == "common/sub-names-user"


def test_new_password_is_given():
    """NEW_PASSWORD_REQUIRED without NEW_PASSWORD is refused."""
    door = Door()
    session = asked(door)
    assert "challenges/response-is-given" in door.answer_refused(NPR, session, USERNAME="bob")


def test_required_attributes_are_given():
    """Attributes that the schema requires and the user lacks come with the new password, and are stored."""
    both = [
        *NAMED["Schema"],
        {"Name": "nickname", "AttributeDataType": "String", "Required": True, "Mutable": True},
    ]
    door = Door(Schema=both)
    session = asked(door)
    outcome = door.answer_outcome(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER)
    assert texts(outcome) == {("name and nickname",)}
    assert outcome.refusals[0].requirement.slug == "challenges/required-attribute-is-given"
    given = {"userAttributes.name": "Bob", "userAttributes.nickname": "b"}
    door.answer(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER, **given)
    assert door.user("bob").causes["attribute:name"].slug == "challenges/new-password-attributes"
    assert door.shown("bob")["name"] == "Bob"


def test_contact_stays():
    """An e-mail address or phone number that is there cannot be changed with a new password."""
    door = Door()
    session = asked(door, email="bob@example.com")
    given = {"userAttributes.email": "other@example.com"}
    refused = door.answer_refused(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER, **given)
    assert refused == {"challenges/given-attribute-stays"}


@pytest.mark.parametrize("name", ["email_verified", "custom:unknown", "sub"])
def test_odd_attributes_may_be_refused(name):
    """Flags and attributes that the schema does not have may be refused, and are not stored."""
    door = Door()
    session = asked(door)
    given = {f"userAttributes.{name}": "true"}
    outcome = door.answer_outcome(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER, **given)
    assert tolerated(outcome) == {"challenges/attributes-may-be-refused"}
    door.answer(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER, **given)
    assert name not in door.user("bob").attributes


def test_new_password_comes_before_mfa():
    """NEW_PASSWORD_REQUIRED comes first, the second factor after it."""
    door = Door(mfa={"MfaConfiguration": "OPTIONAL", **TOTP})
    session = asked(door)
    door.admin("SetUserPoolMfaConfig", MfaConfiguration="ON", **TOTP)
    assert door.answer(NPR, session, USERNAME="bob", NEW_PASSWORD=OTHER)["ChallengeName"] == "MFA_SETUP"


def test_user_changed_meanwhile():
    """A user whose password an administrator set for good meanwhile may be refused."""
    door = Door()
    session = asked(door)
    door.admin("AdminSetUserPassword", "bob", Password=OTHER, Permanent=True)
    outcome = door.answer_outcome(NPR, session, USERNAME="bob", NEW_PASSWORD=GOOD)
    assert tolerated(outcome) == {"challenges/user-may-have-changed"}


def test_readable_attributes_are_shown():
    """What the client may not read is not among userAttributes."""
    door = Door(client={"ReadAttributes": ["email"]})
    door.create("bob", email="bob@example.com", nickname="b")
    parameters = door.start(USERNAME="bob")["ChallengeParameters"]
    assert unwrap(parameters["userAttributes"]).choices[0] == JsonText({"email": "bob@example.com"})
