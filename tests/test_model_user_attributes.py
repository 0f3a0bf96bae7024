"""Attributes that administrators and users write and delete."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, After, OneOf, unwrap
from support.drive import plain
from support.expectations import reasons, texts, tolerated
from support.people import Town, attributes, destination

SCHEMA = [
    {"Name": "department", "AttributeDataType": "String", "Mutable": True},
    {"Name": "role", "AttributeDataType": "String", "Mutable": False},
    {
        "Name": "cart",
        "AttributeDataType": "String",
        "Mutable": True,
        "StringAttributeConstraints": {"MinLength": "36", "MaxLength": "40"},
    },
    {"Name": "given_name", "AttributeDataType": "String", "Required": True, "Mutable": True},
]
VERIFIED = {"email": "a@example.com", "email_verified": "true"}
WAITING = {
    "AutoVerifiedAttributes": ["email"],
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
}
ADMIN, OWN = "AdminUpdateUserAttributes", "UpdateUserAttributes"


class Home:
    """Ann at home: updates by an administrator and by herself."""

    def __init__(self, *, given: dict[str, str] | None = None, **town: object) -> None:
        self.town = Town(**{"Schema": SCHEMA, **town})
        start = {"given_name": "Ann", "custom__role": "cook", **(given or {})}
        self.town.confirmed("ann", **start)
        self.token = self.town.token()

    def _params(self, operation: str, values: dict[str, object]) -> dict[str, object]:
        who = (
            {"AccessToken": self.token}
            if operation == OWN
            else {"UserPoolId": self.town.id, "Username": "ann"}
        )
        return {**who, "UserAttributes": attributes(**values)}

    def update(self, operation: str, **values: object) -> dict[str, object]:
        """An update that must succeed."""
        return self.town.drive.call(operation, **self._params(operation, values))

    def refused(self, operation: str, **values: object) -> set[str]:
        """One that must be refused."""
        return self.town.drive.refused(operation, **self._params(operation, values))

    def outcome(self, operation: str, **values: object) -> object:
        """What the model says of one."""
        return self.town.drive.outcome(operation, **self._params(operation, values))


@pytest.mark.parametrize("operation", [ADMIN, OWN])
def test_value_is_written_and_a_blank_deletes(operation):
    """An update is visible at once; an empty value deletes, whatever the least length."""
    home = Home(given={"custom__cart": "x" * 36, "name": "Ann A."})
    answer = home.update(operation, custom__department="kitchen", name="", custom__cart="")
    shown = home.town.shown()
    assert shown["custom:department"] == "kitchen"
    assert not {"name", "custom:cart"} & set(shown)
    if operation == OWN:
        assert answer["CodeDeliveryDetailsList"].choices[0] == []


def test_update_is_blamed_on_what_wrote_it():
    """What an update wrote is read with the requirement that wrote it."""
    home = Home()
    home.update(ADMIN, custom__department="kitchen", email="a@example.com", email_verified="true")
    read = reasons(home.town.admin_outcome("AdminGetUser", "ann").replies[0].members)
    assert {"user-attributes/writes", "user-attributes/verified-together"} <= read


@pytest.mark.parametrize("operation", [ADMIN, OWN])
@pytest.mark.parametrize(
    ("values", "slug", "text"),
    [
        ({"custom__department": None}, "user-attributes/value-is-given", "custom:department"),
        ({"custom__role": ""}, "user-attributes/immutable-stays", "custom:role"),
        ({"custom__role": "boss"}, "user-attributes/immutable-stays", "custom:role"),
        (
            {"unknown": "x"},
            "attributes/attribute-is-in-schema",
            "user.unknown: Attribute does not exist in the schema.\n",
        ),
        (
            {"custom__cart": "x" * 17},
            "attributes/value-keeps-length",
            "user.custom:cart: String must be no shorter than 36 characters\n",
        ),
        (
            {"custom__cart": "x" * 41},
            "attributes/value-keeps-length",
            "user.custom:cart: String must be no longer than 40 characters\n",
        ),
        ({"email": "invalidEmailFormat.com"}, "attributes/email-is-well-formed", None),
        ({"phone_number": "5550100100"}, "attributes/phone-is-well-formed", None),
    ],
)
def test_bad_values_are_refused(operation, values, slug, text):
    """An update with null, of an immutable or unknown attribute, or with a bad value is refused in its own words."""
    outcome = Home().outcome(operation, **values)
    assert [r.requirement.slug for r in outcome.refusals] == [slug]
    assert texts(outcome) == {None if text is None else (text,)}


@pytest.mark.parametrize("value", ["x", "", None])
def test_sub_comes_before_all(value):
    """Writing sub is refused as such, whatever the value."""
    assert Home().refused(ADMIN, sub=value) == {"attributes/sub-is-not-written"}
    assert "attributes/sub-is-not-written" in Home().refused(OWN, sub=value)


def test_null_comes_before_immutability():
    """A null value of an immutable attribute is refused for being null."""
    assert Home().refused(ADMIN, custom__role=None) == {"user-attributes/value-is-given"}


@pytest.mark.parametrize("number", ["+1110123456789", "+660123456789"])
def test_numbers_need_no_plan(number):
    """A plus sign and digits make a phone number, whatever the country has."""
    home = Home()
    home.update(ADMIN, phone_number=number)
    assert home.town.shown()["phone_number"] == number


def test_developers_attribute_is_none_of_the_users():
    """A user may not change an attribute that is for developers only; an administrator may."""
    rank = {"Name": "rank", "AttributeDataType": "String", "DeveloperOnlyAttribute": True, "Mutable": True}
    home = Home(Schema=[*SCHEMA, rank])
    values = {"dev:custom:rank": "1"}
    assert home.refused(OWN, **values) == {"attributes/developer-attribute-is-the-administrators"}
    home.update(ADMIN, **values)


def test_client_may_write_what_its_settings_say():
    """A user writes through the client's WriteAttributes, required attributes always; an administrator is free."""
    home = Home(client={"WriteAttributes": ["nickname", "given_name"]})
    assert home.refused(OWN, name="A") == {"attributes/client-may-write"}
    home.update(OWN, nickname="annie", given_name="Anna")
    home.update(ADMIN, name="A")


def test_user_does_not_verify_itself():
    """A user may not set a verified flag, and one that gets through has no effect."""
    home = Home(given={"email": "a@example.com"})
    assert home.refused(OWN, email_verified="true") == {"user-attributes/verified-flag-is-not-the-users"}
    reply = home.outcome(OWN, email_verified="true").replies[0]
    assert not reply.world.pools[home.town.id].find("ann").verified("email")


def test_flag_without_contact_may_be_refused():
    """An administrator who says that an address is verified may be refused where there is none."""
    home = Home()
    assert "user-attributes/flag-needs-contact" in tolerated(home.outcome(ADMIN, email_verified="true"))
    outcome = home.outcome(ADMIN, email_verified="true", email="a@example.com")
    assert "user-attributes/flag-needs-contact" not in tolerated(outcome)


def test_deleting_a_required_attribute_by_a_blank_is_open():
    """An empty value for a required attribute may be refused."""
    for operation in (ADMIN, OWN):
        assert "user-attributes/deletion-may-be-refused" in tolerated(
            Home().outcome(operation, given_name="")
        )


@pytest.mark.parametrize("operation", [ADMIN, OWN])
def test_changed_contact_is_unverified(operation):
    """A changed address is visible at once and no longer verified; the same one again leaves the flag open."""
    home = Home(given=VERIFIED, AutoVerifiedAttributes=["email"])
    home.update(operation, email="a@example.com")
    assert home.town.shown()["email_verified"].choices == ("true", "false")
    home.update(operation, email="b@example.com")
    assert (home.town.shown()["email"], home.town.shown()["email_verified"]) == ("b@example.com", "false")


@pytest.mark.parametrize(("contact", "value"), [("email", "a@example.com"), ("phone_number", "+12065550100")])
def test_first_contact_is_unverified(contact, value):
    """A user of an administrator's who is given a first address or number has it unverified."""
    town = Town()
    town.create("ann")
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(**{contact: value}))
    assert town.shown()[f"{contact}_verified"] == "false"


def test_code_goes_to_the_new_value():
    """A user who changes an automatically verified address is sent a code there."""
    home = Home(given=VERIFIED, AutoVerifiedAttributes=["email"])
    outcome = home.outcome(OWN, email="new@other.org")
    [details] = outcome.replies[0].members["CodeDeliveryDetailsList"].value.items
    assert destination(details) == "n***@o***"
    assert [m.destination for m in outcome.replies[0].messages] == ["new@other.org"]
    assert home.outcome(ADMIN, email="new@other.org").replies[0].messages == ()


def test_same_value_may_be_verified_again():
    """Whether the value that is there already is verified again is open."""
    home = Home(given=VERIFIED, AutoVerifiedAttributes=["email"])
    listed = home.update(OWN, email="a@example.com")["CodeDeliveryDetailsList"]
    assert (len(listed.items), len(listed.optional)) == (0, 1)


def test_alias_is_in_limbo_until_verified():
    """In a pool with aliases a changed address signs nobody in, neither the old nor the new one."""
    home = Home(given=VERIFIED, AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    home.update(OWN, email="b@example.com")
    assert home.town.pool.find("a@example.com") is home.town.pool.find("b@example.com") is None


@pytest.mark.parametrize("operation", [ADMIN, OWN])
def test_update_waits_for_verification(operation):
    """Where an update waits, the old value stays, verified, and the new one is sent a code."""
    home = Home(given=VERIFIED, **WAITING)
    home.update(operation, email="b@example.com", name="A")
    shown = home.town.shown()
    assert (shown["email"], shown["email_verified"], shown["name"]) == ("a@example.com", "true", "A")
    assert home.town.drive.messages[-1].destination == "b@example.com"
    read = reasons(home.town.admin_outcome("AdminGetUser", "ann").replies[0].members)
    assert "user-attributes/old-value-stays" in read
    listing = home.town.admin_outcome("ListUsers", Filter='email = "a@example.com"').replies[0]
    assert listing.requirement.slug == "user-attributes/old-value-stays"


def test_update_without_old_value_may_show():
    """Where no old value is there, whether the new one shows before it is verified is open."""
    home = Home(**WAITING)
    home.update(OWN, email="b@example.com")
    bag = home.town.admin("AdminGetUser", "ann")["UserAttributes"]
    assert {"Name": "email", "Value": "b@example.com"} in bag.optional


def test_administrator_skips_the_wait():
    """An administrator who sets the flag too has the value at once, without a code, and ends what waited."""
    home = Home(given=VERIFIED, **WAITING)
    home.update(OWN, email="b@example.com")
    sent = len(home.town.drive.messages)
    home.update(ADMIN, email="c@example.com", email_verified="true")
    assert (home.town.shown()["email"], home.town.shown()["email_verified"]) == ("c@example.com", "true")
    assert len(home.town.drive.messages) == sent
    assert home.town.user().pending == {}


def test_administrator_may_let_in_what_waits():
    """Whether a flag that an administrator sets alone is of the value that is there, or of the one that waits, is open."""
    home = Home(given=VERIFIED, **WAITING)
    home.update(OWN, email="b@example.com")
    home.update(ADMIN, email_verified="true")
    assert home.town.user().attributes["email"].choices == ("a@example.com", "b@example.com")
    assert home.town.shown()["email_verified"] == "true"


def test_sign_in_value_of_another_is_refused():
    """Where users sign in with an address, another user's is refused; in another case where case counts it is not."""
    for sensitive in (True, False):
        town = Town(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": sensitive})
        town.confirmed("ann@example.com")
        town.confirmed("ben@example.com")
        params = {"UserAttributes": attributes(email="ann@example.com")}
        assert town.admin_refused(ADMIN, "ben@example.com", **params) == {"user-attributes/name-is-free"}
        outcome = town.admin_outcome(
            ADMIN, "ben@example.com", UserAttributes=attributes(email="Ann@example.com")
        )
        assert bool(outcome.refusals) is not sensitive
        token = town.token("ben@example.com")
        assert town.drive.refused(OWN, AccessToken=token, **params) == {"user-attributes/name-is-free"}


def test_other_sign_in_attribute_is_open():
    """An attribute that the user did not sign up with may be refused where another user has the value."""
    town = Town(UsernameAttributes=["email", "phone_number"])
    town.confirmed("ann@example.com")
    town.confirmed("+15550100100")
    outcome = town.admin_outcome(ADMIN, "+15550100100", UserAttributes=attributes(email="ann@example.com"))
    assert "user-attributes/name-is-free" in tolerated(outcome)


def test_changed_sign_in_value_names_the_user():
    """Where users sign in with an address, the changed one signs in at once and the old one no longer."""
    town = Town(UsernameAttributes=["email"])
    town.confirmed("ann@example.com")
    town.drive.call(
        OWN, AccessToken=town.token("ann@example.com"), UserAttributes=attributes(email="b@example.com")
    )
    town.token("b@example.com")
    assert town.admin_refused("AdminGetUser", "ann@example.com") == {"common/user-exists"}


def test_verified_alias_moves():
    """An administrator gives Ben's alias to Ann: Ben's address is no longer verified."""
    home = Home(AliasAttributes=["email"])
    home.town.confirmed("ben", given_name="Ben", **VERIFIED)
    home.update(ADMIN, email="a@example.com")
    assert home.town.shown("ben")["email_verified"] == "true"
    home.update(ADMIN, email="a@example.com", email_verified="true")
    assert home.town.shown("ben")["email_verified"] == "false"
    read = reasons(home.town.admin_outcome("AdminGetUser", "ben").replies[0].members)
    assert "user-attributes/alias-moves" in read


def test_preferred_username_of_another_may_be_refused():
    """Another user's preferred_username may be refused where that is an alias."""
    home = Home(AliasAttributes=["preferred_username"])
    home.town.confirmed("ben", given_name="Ben")
    home.update(ADMIN, preferred_username="chef")
    given = attributes(preferred_username="chef")
    outcome = home.town.admin_outcome(ADMIN, "ben", UserAttributes=given)
    assert "user-attributes/alias-may-be-taken" in tolerated(outcome)


def test_update_moves_the_date():
    """An update a while after the creation moves the date of modification; one at once may show the same second."""
    home = Home()
    home.update(ADMIN, name="A")
    assert not isinstance(home.town.admin("AdminGetUser", "ann")["UserLastModifiedDate"], After)
    home.town.drive.now += 0.1
    home.update(ADMIN, name="A")
    soon = home.town.admin("AdminGetUser", "ann")["UserLastModifiedDate"]
    assert soon == After(home.town.user().modified, home.town.user().created, coarse=True)
    home.town.drive.now += 2
    home.update(ADMIN, name="B")
    shown = home.town.admin_outcome("AdminGetUser", "ann").replies[0].members["UserLastModifiedDate"]
    assert shown.requirement.slug == "user-attributes/update-moves-date"
    assert shown.value == After(home.town.user().modified, home.town.user().created)


def test_unknown_user_is_refused():
    """An update of nobody is refused, and one with a token of nobody."""
    home = Home()
    given = attributes(name="A")
    assert home.town.admin_refused(ADMIN, "ghost", UserAttributes=given) == {"common/user-exists"}
    refused = home.town.drive.refused(OWN, AccessToken="WRONG_TOKEN", UserAttributes=given)
    assert refused == {"common/access-token-is-genuine"}


def test_lost_flag_may_be_left_out():
    """A flag that is no longer true may be shown as false or not at all, and is none in an id token."""
    home = Home(given=VERIFIED)
    home.update(ADMIN, email="b@example.com")
    bag = home.town.admin("AdminGetUser", "ann")["UserAttributes"]
    [flag] = [item.value for item in bag.items if isinstance(unwrap(item), OneOf)]
    assert flag.choices[1] is ABSENT
    assert plain(flag.choices[0]) == {"Name": "email_verified", "Value": "false"}
