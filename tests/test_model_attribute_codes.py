"""Attributes deleted, and contacts verified with codes."""

from __future__ import annotations

import pytest

from cognito_model.expect import Bag, Lacks
from cognito_model.terms import Spoiled
from support.expectations import reasons, texts, tolerated
from support.people import SMS, Town, attributes, destination

VERIFIED = {"email": "a@example.com", "email_verified": "true"}
WAITING = {
    "AutoVerifiedAttributes": ["email"],
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
}
DAY = 86400.0


class Home:
    """Ann at home, with an access token."""

    def __init__(self, *, given: dict[str, str] | None = None, **town: object) -> None:
        self.town = Town(**town)
        self.town.confirmed("ann", **({"email": "a@example.com"} if given is None else given))
        self.token = self.town.token()

    def call(self, operation: str, **params: object) -> dict[str, object]:
        """A call with the token that must succeed."""
        return self.town.drive.call(operation, AccessToken=self.token, **params)

    def refused(self, operation: str, **params: object) -> set[str]:
        """One that must be refused."""
        return self.town.drive.refused(operation, AccessToken=self.token, **params)

    def outcome(self, operation: str, **params: object) -> object:
        """What the model says of one."""
        return self.town.drive.outcome(operation, AccessToken=self.token, **params)

    def ask(self, attribute: str = "email") -> object:
        """The code that Ann asks for."""
        self.call("GetUserAttributeVerificationCode", AttributeName=attribute)
        return self.town.code()

    def update(self, **values: object) -> object:
        """The code that an update sends."""
        self.call("UpdateUserAttributes", UserAttributes=attributes(**values))
        return self.town.code()

    def verify(self, code: object, attribute: str = "email") -> dict[str, object]:
        """The answer to a code."""
        return self.call("VerifyUserAttribute", AttributeName=attribute, Code=code)


CUSTOM = [{"Name": "department", "AttributeDataType": "String", "Mutable": True}]
REQUIRED = [{"Name": "nickname", "Required": True, "Mutable": True}]


def test_deleted_attribute_is_gone():
    """An administrator and a user delete attributes; one that is not there is no error."""
    home = Home(given={"custom__department": "x", **VERIFIED}, Schema=CUSTOM)
    names = ["custom:department", "nickname"]
    assert home.town.admin("AdminDeleteUserAttributes", "ann", UserAttributeNames=names) == {}
    assert home.call("DeleteUserAttributes", UserAttributeNames=["email"]) == {}
    assert set(home.town.shown()) == {"sub"}


def test_deleted_attribute_is_known_to_be_gone():
    """What was deleted must not show, and if it does the deletion is to blame; until it is written again."""
    home = Home(given={"name": "Ann", "email": "a@example.com"})
    home.call("DeleteUserAttributes", UserAttributeNames=["name"])
    home.call("UpdateUserAttributes", UserAttributes=attributes(email=""))
    shown = home.town.admin("AdminGetUser", "ann")["UserAttributes"]
    gone = {part.requirement.slug: part.value for part in shown.parts[:-1]}
    assert gone == {
        "user-attributes/deletes": Lacks("Name", ("name",)),
        "user-attributes/blank-deletes": Lacks("Name", ("email",)),
    }
    home.call("UpdateUserAttributes", UserAttributes=attributes(name="Anna", email="b@example.com"))
    assert isinstance(home.town.admin("AdminGetUser", "ann")["UserAttributes"], Bag)


def test_required_attribute_stays():
    """A user may not delete a required attribute; whether an administrator may is open."""
    home = Home(given={"nickname": "annie"}, Schema=REQUIRED)
    assert home.refused("DeleteUserAttributes", UserAttributeNames=["nickname"]) == {
        "user-attributes/required-stays"
    }
    outcome = home.town.admin_outcome("AdminDeleteUserAttributes", "ann", UserAttributeNames=["nickname"])
    assert tolerated(outcome) == {"user-attributes/deletion-may-be-refused"}


@pytest.mark.parametrize("name", ["sub", "unknown", "email_verified", "custom:badge"])
def test_odd_deletion_may_be_refused(name):
    """Deleting what is unknown, immutable or the service's own may be refused."""
    badge = [{"Name": "badge", "AttributeDataType": "String", "Mutable": False}]
    home = Home(Schema=badge)
    for outcome in (
        home.town.admin_outcome("AdminDeleteUserAttributes", "ann", UserAttributeNames=[name]),
        home.outcome("DeleteUserAttributes", UserAttributeNames=[name]),
    ):
        assert tolerated(outcome) == {"user-attributes/deletion-may-be-refused"}


def test_immutable_attribute_may_outlive_its_deletion():
    """Whether an immutable attribute is gone after a deletion that was accepted is open."""
    badge = [{"Name": "badge", "AttributeDataType": "String", "Mutable": False}]
    home = Home(given={"custom__badge": "x1"}, Schema=badge)
    home.town.admin("AdminDeleteUserAttributes", "ann", UserAttributeNames=["custom:badge"])
    bag = home.town.admin("AdminGetUser", "ann")["UserAttributes"]
    assert {"Name": "custom:badge", "Value": "x1"} in bag.optional


def test_deletion_through_a_client_that_may_not_write_is_open():
    """Deleting an attribute that the client may not write may be refused."""
    home = Home(client={"WriteAttributes": ["name"]})
    outcome = home.outcome("DeleteUserAttributes", UserAttributeNames=["nickname"])
    assert tolerated(outcome) == {"user-attributes/deletion-may-be-refused"}


@pytest.mark.parametrize(
    ("attribute", "given", "shown"),
    [
        ("email", {"email": "zed@b.example"}, "z***@b***"),
        ("phone_number", {"phone_number": "+12345678920"}, "+*******8920"),
    ],
)
def test_code_goes_to_the_contact(attribute, given, shown):
    """A code goes to the contact that is named, verified already or not, and the answer masks it."""
    home = Home(given={**given, f"{attribute}_verified": "true"})
    details = home.call("GetUserAttributeVerificationCode", AttributeName=attribute)["CodeDeliveryDetails"]
    assert destination(details) == shown
    assert home.town.drive.messages[-1].destination == given[attribute]


@pytest.mark.parametrize(
    ("attribute", "what"), [("email", "email address"), ("phone_number", "phone number")]
)
def test_contact_needs_a_value(attribute, what):
    """A code for a contact that the user lacks is refused, and so is its verification."""
    home = Home(given={})
    outcome = home.outcome("GetUserAttributeVerificationCode", AttributeName=attribute)
    assert texts(outcome) == {(f"User does not have a valid registered {what}",)}
    refused = home.refused("VerifyUserAttribute", AttributeName=attribute, Code="123456")
    assert refused == {"user-attributes/value-is-there", "user-attributes/code-was-sent"}


def test_only_contacts_are_verified():
    """A code for another attribute is refused."""
    home = Home(given={"name": "Ann"})
    refused = home.refused("GetUserAttributeVerificationCode", AttributeName="name")
    assert refused == {"user-attributes/contact-can-be-verified"}
    refused = home.refused("VerifyUserAttribute", AttributeName="name", Code="123456")
    assert refused == {"user-attributes/contact-can-be-verified", "user-attributes/code-was-sent"}


def test_right_code_verifies_once():
    """The right code verifies the address, and is used up: it has expired when it comes again."""
    home = Home()
    code = home.ask()
    assert home.verify(code) == {}
    assert home.town.shown()["email_verified"] == "true"
    refused = home.refused("VerifyUserAttribute", AttributeName="email", Code=code)
    assert refused == {"user-attributes/used-code-is-expired"}


def test_wrong_code_is_refused():
    """A code one digit off is refused, and one that is none."""
    home = Home()
    params = {"AttributeName": "email"}
    code = home.ask()
    for wrong in (Spoiled(code, "digit"), "123"):
        assert home.refused("VerifyUserAttribute", Code=wrong, **params) == {"user-attributes/code-matches"}


def test_code_counts_for_a_day():
    """A verification code counts for 24 hours."""
    home = Home(client={"AccessTokenValidity": 24})
    code = home.ask()
    home.town.drive.now += DAY + 60
    home.token = home.town.token()
    refused = home.refused("VerifyUserAttribute", AttributeName="email", Code=code)
    assert refused == {"user-attributes/code-is-fresh"}


def test_older_code_may_be_dead():
    """A code that a newer one followed may be refused."""
    home = Home()
    first = home.ask()
    home.ask()
    outcome = home.outcome("VerifyUserAttribute", AttributeName="email", Code=first)
    assert tolerated(outcome) == {"user-attributes/older-code-may-be-dead"}


def test_codes_are_limited_after_five_and_attempts_after_fifteen():
    """Five codes and fifteen attempts in an hour are always served."""
    home = Home()
    for _ in range(5):
        code = home.ask()
    asking = home.outcome("GetUserAttributeVerificationCode", AttributeName="email")
    assert "attempts/attempts-are-limited" in tolerated(asking)
    for _ in range(15):
        home.refused("VerifyUserAttribute", AttributeName="email", Code="000000")
    verifying = home.outcome("VerifyUserAttribute", AttributeName="email", Code=code)
    assert "attempts/attempts-are-limited" in tolerated(verifying)


def test_update_sends_a_code_that_verifies():
    """The code of an update verifies the new value; one for a value that was changed since leaves it open."""
    home = Home(AutoVerifiedAttributes=["email"])
    first = home.update(email="b@example.com")
    second = home.update(email="c@example.com")
    reply = home.outcome("VerifyUserAttribute", AttributeName="email", Code=first).replies[0]
    ann = reply.world.pools[home.town.id].find("ann")
    assert ann.attributes["email_verified"].choices == ("true", "false")
    home.verify(second)
    assert (home.town.shown()["email"], home.town.shown()["email_verified"]) == ("c@example.com", "true")


def test_waiting_value_comes_in():
    """Where an update waits, the right code brings the new value in, verified; the old one is dropped."""
    home = Home(given=VERIFIED, **WAITING)
    home.verify(home.update(email="b@example.com"))
    assert (home.town.shown()["email"], home.town.shown()["email_verified"]) == ("b@example.com", "true")
    read = reasons(home.town.admin_outcome("AdminGetUser", "ann").replies[0].members)
    assert "user-attributes/pending-value-comes-in" in read


def test_code_while_an_update_waits_goes_to_the_old_value():
    """While an update waits, a code that is asked for goes to the old value; which value it leaves is open."""
    home = Home(given=VERIFIED, **WAITING)
    home.update(email="b@example.com")
    code = home.ask()
    assert home.town.drive.messages[-1].destination == "a@example.com"
    home.verify(code)
    assert home.town.shown()["email"].choices == ("a@example.com", "b@example.com")
    again = home.call("GetUserAttributeVerificationCode", AttributeName="email")["CodeDeliveryDetails"]
    assert "***" in destination(again)


def test_first_value_that_waits_may_be_asked_for():
    """Where nothing but a waiting value is there, a code for it may be refused."""
    home = Home(given={}, **WAITING)
    home.update(email="b@example.com")
    outcome = home.outcome("GetUserAttributeVerificationCode", AttributeName="email")
    assert "user-attributes/contact-has-value" in tolerated(outcome)


def test_alias_of_another_moves_when_it_is_verified():
    """An address that is another user's alias is taken as an update; verifying it is refused, or moves the alias."""
    verifying = {"AutoVerifiedAttributes": ["email", "phone_number"], "SmsConfiguration": SMS}
    home = Home(given={"email": "b@example.com"}, AliasAttributes=["email"], **verifying)
    home.town.confirmed("ben", **VERIFIED)
    code = home.update(email="a@example.com")
    outcome = home.outcome("VerifyUserAttribute", AttributeName="email", Code=code)
    assert tolerated(outcome) == {"user-attributes/alias-is-free"}
    home.verify(code)
    assert home.town.shown("a@example.com")["sub"] == home.town.user("ann").sub
    assert "user-attributes/verified-alias-moves" in reasons(home.town.admin_outcome("AdminGetUser", "ben"))
