"""SignUp: who may come, under which name, with which attributes, and where the code goes."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, OneOf
from cognito_model.terms import SecretHash
from support.expectations import reasons, rests_on, texts, tolerated
from support.people import GOOD, SMS, Town, attributes, destination, named

PHONE = "+15550100100"


def said(outcome: object, slug: str) -> list[str]:
    """The whole messages of the refusals for one reason."""
    return [str(r.text[0]) for r in outcome.refusals if r.requirement.slug == slug]


def test_new_user_is_unconfirmed():
    """A sign-up makes an enabled, unconfirmed user and answers its sub, without a code where none is asked for."""
    town = Town()
    answer = town.sign_up()
    assert answer["UserConfirmed"] is False
    assert answer["UserSub"] == town.user().sub
    assert answer["CodeDeliveryDetails"] is ABSENT
    shown = town.admin("AdminGetUser", "ann")
    assert (shown["UserStatus"], shown["Enabled"], shown["Username"]) == ("UNCONFIRMED", True, "ann")


def test_recovery_setting_alone_sends_no_code():
    """An e-mail address that is not verified on its own gets no code, whatever the recovery setting."""
    town = Town(AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]})
    assert town.sign_up(email="ann@example.com")["CodeDeliveryDetails"] is ABSENT
    assert town.drive.messages == []


def test_code_goes_to_verified_attribute():
    """The code goes to the attribute that the pool verifies, and the answer shows it masked."""
    town = Town(AutoVerifiedAttributes=["email"])
    details = town.sign_up(email="test@test.com")["CodeDeliveryDetails"]
    assert (details["DeliveryMedium"], named(details)) == ("EMAIL", "email")
    assert destination(details) == "t***@t***"
    assert town.drive.messages[-1].destination == "test@test.com"


def test_phone_comes_before_email():
    """Where both are verified on their own, one code goes out, to the phone."""
    town = Town(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    details = town.sign_up(email="ann@example.com", phone_number=PHONE)["CodeDeliveryDetails"]
    assert (details["DeliveryMedium"], destination(details)) == ("SMS", "+*******0100")
    assert len(town.drive.messages) == 1


def test_message_that_cannot_go_out_may_be_refused():
    """A sign-up that sends a message may fail for the message; one that sends none may not."""
    town = Town(AutoVerifiedAttributes=["email"])
    sending = town.public_outcome(
        "SignUp", "ann", Password=GOOD, UserAttributes=attributes(email="ann@example.com")
    )
    assert "delivery/message-may-not-go-out" in tolerated(sending)
    assert tolerated(town.public_outcome("SignUp", "ann", Password=GOOD)) == set()


@pytest.mark.parametrize("hides", ["ENABLED", "LEGACY"])
def test_taken_username_is_refused(hides):
    """A name that is taken is refused, whether or not the client hides users."""
    town = Town(client={"PreventUserExistenceErrors": hides})
    town.sign_up("ann")
    assert town.public_refused("SignUp", "ann", Password=GOOD) == {"sign-up/username-is-free"}


def test_case_counts_as_the_pool_says():
    """Bob and bob are two users where case counts, and one where it does not."""
    sensitive = Town()
    sensitive.sign_up("Bob")
    sensitive.sign_up("bob")
    insensitive = Town(UsernameConfiguration={"CaseSensitive": False})
    insensitive.sign_up("Bob")
    assert insensitive.public_refused("SignUp", "bob", Password=GOOD) == {"sign-up/username-is-free"}
    assert insensitive.admin("AdminGetUser", "bOB")["Username"] == OneOf.of("Bob", "bob")


def test_same_email_twice_is_no_conflict():
    """Two users may have one e-mail address in a pool without sign-in attributes, and in one where it is an alias."""
    for pool in ({}, {"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}):
        town = Town(**pool)
        town.confirmed("ann", email="a@example.com", email_verified="true")
        town.sign_up("ben", email="a@example.com")


def test_pool_may_leave_sign_up_to_administrators():
    """A pool in which only administrators create users refuses a sign-up."""
    town = Town(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    assert town.public_refused("SignUp", "ann", Password=GOOD) == {"sign-up/pool-allows-sign-up"}


@pytest.mark.parametrize(
    ("alias", "name", "kind"),
    [("email", "ann@example.com", "email"), ("phone_number", PHONE, "phone number")],
)
def test_username_that_looks_like_an_alias_is_refused(alias, name, kind):
    """Where an attribute is an alias, a username in its format is refused, and elsewhere it is taken as it is."""
    town = Town(AliasAttributes=[alias])
    outcome = town.public_outcome("SignUp", name, Password=GOOD)
    text = f"Username cannot be of {kind} format, since user pool is configured for {kind} alias."
    assert said(outcome, "sign-up/username-is-no-alias") == [text]
    Town().sign_up(name)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["email"], "Username should be an email."),
        (["phone_number"], "Username should be a phone number."),
        (["email", "phone_number"], "Username should be either an email or a phone number."),
    ],
)
def test_username_must_be_what_users_sign_in_with(names, text):
    """Where users sign in with an attribute, any other username is refused."""
    outcome = Town(UsernameAttributes=names).public_outcome("SignUp", "bob", Password=GOOD)
    assert said(outcome, "sign-up/username-is-sign-in-attribute") == [text]


def test_odd_address_may_be_taken_for_one():
    """An address that only perhaps is one may be refused or taken."""
    outcome = Town(UsernameAttributes=["email"]).public_outcome("SignUp", "ann@localhost", Password=GOOD)
    assert "sign-up/username-is-sign-in-attribute" in tolerated(outcome)


@pytest.mark.parametrize(("attribute", "name"), [("email", "ann@example.com"), ("phone_number", PHONE)])
def test_sign_in_attribute_becomes_attribute_and_sub_the_username(attribute, name):
    """The address or number becomes the attribute, the username is the sub, and the user is found by either."""
    town = Town(UsernameAttributes=[attribute])
    sub = town.sign_up(name)["UserSub"]
    assert town.shown(name) == {"sub": sub, attribute: name, f"{attribute}_verified": "false"}
    assert town.admin("AdminGetUser", sub)["Username"] == sub
    assert reasons(town.admin_outcome("AdminGetUser", name).replies[0].members) >= {
        "sign-up/username-becomes-attribute"
    }


def test_contact_of_sign_up_is_unverified():
    """An e-mail address or phone number of a sign-up is shown as not verified, whatever the pool verifies."""
    town = Town()
    outcome = town.public_outcome(
        "SignUp", "ann", Password=GOOD, UserAttributes=attributes(email="ann@example.com")
    )
    town.sign_up(email="ann@example.com")
    assert not outcome.refusals
    assert town.shown()["email_verified"] == "false"
    shown = town.admin_outcome("AdminGetUser", "ann").replies[0].members
    assert "sign-up/contact-is-unverified" in reasons(shown)


def test_sign_in_attribute_is_taken_even_unconfirmed():
    """An address with which an unconfirmed user signed up is taken."""
    town = Town(UsernameAttributes=["email"])
    town.sign_up("ann@example.com")
    outcome = town.public_outcome("SignUp", "ann@example.com", Password=GOOD)
    assert texts(outcome) == {("An account with the given email already exists.",)}


def test_name_that_is_anothers_contact_is_open():
    """A number that another user has, who signs up with an address, may be taken as a name."""
    town = Town(UsernameAttributes=["email", "phone_number"])
    town.sign_up("ann@example.com", phone_number="+15550100100")
    outcome = town.public_outcome("SignUp", "+15550100100", Password=GOOD)
    assert tolerated(outcome) == {"sign-up/username-is-free"}
    assert not tolerated(town.public_outcome("SignUp", "+15550100101", Password=GOOD))


def test_name_against_address_is_refused():
    """Where users sign up with an e-mail address and nothing else, one that is another than the attribute is refused."""
    town = Town(UsernameAttributes=["email"])
    given = attributes(email="other@example.com")
    outcome = town.public_outcome("SignUp", "ann@example.com", Password=GOOD, UserAttributes=given)
    assert texts(outcome) == {
        ("User email should be empty or same as username, since username attribute is email.",)
    }
    refused = town.admin_refused("AdminCreateUser", "ann@example.com", UserAttributes=given)
    assert refused == {"sign-up/attribute-is-username"}
    town.public(
        "SignUp", "ann@example.com", Password=GOOD, UserAttributes=attributes(email="ann@example.com")
    )


@pytest.mark.parametrize(
    ("pool", "email"),
    [
        ({"UsernameAttributes": ["email", "phone_number"]}, "other@example.com"),
        ({"UsernameAttributes": ["email"]}, "Ann@example.com"),
        (
            {"UsernameAttributes": ["email"], "UsernameConfiguration": {"CaseSensitive": True}},
            "Ann@example.com",
        ),
    ],
)
def test_name_against_address_may_be_refused(pool, email):
    """Where users sign up with a number too, or where case alone is different, a refusal of the address is likely."""
    town = Town(**pool)
    given = attributes(email=email)
    outcome = town.public_outcome("SignUp", "ann@example.com", Password=GOOD, UserAttributes=given)
    assert not outcome.refusals
    assert "sign-up/attribute-is-username" in tolerated(outcome)


def test_number_name_leaves_the_address_free():
    """Where users sign up with either, one who comes with a number may have any e-mail address."""
    town = Town(UsernameAttributes=["email", "phone_number"])
    given = attributes(email="ann@example.com")
    outcome = town.public_outcome("SignUp", "+15550100100", Password=GOOD, UserAttributes=given)
    assert not outcome.refusals
    assert "sign-up/attribute-is-username" not in tolerated(outcome)


def test_name_against_number_leaves_both_open():
    """Of a phone number against the attribute a refusal is likely; which value counts otherwise is left to the answer."""
    town = Town(
        UsernameAttributes=["phone_number"], AutoVerifiedAttributes=["phone_number"], SmsConfiguration=SMS
    )
    given = attributes(phone_number="+15550100101")
    outcome = town.public_outcome("SignUp", "+15550100100", Password=GOOD, UserAttributes=given)
    assert [reply.messages[0].destination for reply in outcome.replies] == ["+15550100100", "+15550100101"]
    assert {"sign-up/username-is-free", "sign-up/attribute-is-username"} <= tolerated(outcome)


def test_preferred_username_waits_for_confirmation():
    """Where preferred_username is an alias, a sign-up that sets it is refused."""
    town = Town(AliasAttributes=["preferred_username"])
    given = attributes(preferred_username="annie")
    refused = town.public_refused("SignUp", "ann", Password=GOOD, UserAttributes=given)
    assert refused == {"sign-up/preferred-username-waits"}


def test_weak_password_is_refused_for_one_fault():
    """A bad password is refused for the first of its faults, length before all."""
    outcome = Town().public_outcome("SignUp", "ann", Password="123")
    assert texts(outcome) == {("Password did not conform with policy: Password not long enough",)}


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("passw0rd!x", "uppercase"),
        ("PASSW0RD!X", "lowercase"),
        ("Password!x", "numeric"),
        ("Passw0rdxx", "symbol"),
    ],
)
def test_each_class_of_characters_is_asked_for(password, fault):
    """Each class that the policy names must be there."""
    [(text,)] = texts(Town().public_outcome("SignUp", "ann", Password=password))
    assert text.endswith(f"Password must have {fault} characters")


@pytest.mark.parametrize("symbol", ['"', " ", "=", "+", "-", "\\", "`"])
def test_documented_symbols_count(symbol):
    """Every documented special character makes a symbol, quotes and an inner space too."""
    Town().sign_up("ann", f"Passw0rd{symbol}x")


def test_policy_without_classes_asks_for_length_alone():
    """A policy that names no classes takes any password that is long enough."""
    town = Town(Policies={"PasswordPolicy": {"MinimumLength": 6}})
    town.sign_up("ann", "aaaaaa")
    assert town.public_refused("SignUp", "ben", Password="aaaaa") == {"passwords/password-keeps-policy"}


def test_password_is_needed_where_nothing_else_signs_in():
    """Without a password a sign-up is refused, unless a code is enough to sign in; then an address is wanted."""
    assert Town().public_refused("SignUp", "ann") == {"sign-up/password-is-given"}
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    town = Town(Policies=policies)
    town.sign_up("ann", None, email="ann@example.com")
    assert town.user().password is None
    outcome = town.public_outcome("SignUp", "ben")
    assert tolerated(outcome) == {"sign-up/passwordless-needs-contact"}
    # With which error is as little settled as for a missing password.
    assert outcome.tolerated[0].errors == ("InvalidParameterException", "InvalidPasswordException")


def test_required_attribute_is_given():
    """A sign-up without a required attribute is refused; a blank one may be."""
    town = Town(Schema=[{"Name": "given_name", "Required": True, "Mutable": True}])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD)
    assert said(outcome, "attributes/required-attribute-is-given") == [
        "Attributes did not conform to the schema: given_name: The attribute is required\n"
    ]
    blank = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=attributes(given_name=""))
    assert "attributes/required-attribute-is-given" in tolerated(blank)
    assert blank.likeliest_refusal.requirement.slug == "attributes/required-attribute-is-given"
    town.sign_up(given_name="Ann")


def test_unknown_attributes_are_named_each_on_a_line():
    """An attribute that the schema lacks is refused by its name, a custom one without its prefix too."""
    town = Town(Schema=[{"Name": "foo", "AttributeDataType": "String", "Mutable": True}])
    given = attributes(foo="1", phone="2")
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=given)
    foo, phone = (f"{name}: Attribute does not exist in the schema.\n" for name in ("foo", "phone"))
    assert texts(outcome) == {(f"Attributes did not conform to the schema: {foo}{phone}",)}
    custom = town.public_outcome(
        "SignUp", "ann", Password=GOOD, UserAttributes=attributes(custom__bar="1", phone="2")
    )
    unknown = "Type for attribute {custom:bar} could not be determined"
    assert texts(custom) == {(f"Attributes did not conform to the schema: {unknown}",)}
    town.sign_up(custom__foo="1")


def test_client_may_write_what_its_settings_say():
    """An attribute outside WriteAttributes is refused, unless the schema requires it."""
    schema = [{"Name": "given_name", "Required": True, "Mutable": True}]
    town = Town(Schema=schema, client={"WriteAttributes": ["email", "given_name"]})
    given = attributes(given_name="Ann", nickname="annie")
    refused = town.public_refused("SignUp", "ann", Password=GOOD, UserAttributes=given)
    assert refused == {"attributes/client-may-write"}
    town.sign_up(given_name="Ann", email="ann@example.com")


@pytest.mark.parametrize("flag", ["email_verified", "phone_number_verified"])
def test_nobody_verifies_at_sign_up(flag):
    """A sign-up that says that a contact is verified is refused."""
    given = attributes(**{flag: "true"})
    refused = Town().public_refused("SignUp", "ann", Password=GOOD, UserAttributes=given)
    assert refused == {"attributes/verified-flag-is-not-writable"}


def test_sub_and_developers_attributes_are_not_the_users():
    """sub is nobody's to write, and an attribute for developers is none of a user's."""
    schema = [
        {"Name": "rank", "AttributeDataType": "String", "DeveloperOnlyAttribute": True, "Mutable": True}
    ]
    town = Town(Schema=schema)
    refused = town.public_refused("SignUp", "ann", Password=GOOD, UserAttributes=attributes(sub="x"))
    assert refused == {"attributes/sub-is-not-written", "attributes/client-may-write"}
    given = [{"Name": "dev:custom:rank", "Value": "1"}]
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=given)
    assert "attributes/developer-attribute-is-the-administrators" in tolerated(outcome)


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ({"email": "not-an-email"}, "email-is-well-formed"),
        ({"email": "two@signs@example.com"}, "email-is-well-formed"),
        ({"phone_number": "5550100100"}, "phone-is-well-formed"),
        ({"phone_number": "+1-555"}, "phone-is-well-formed"),
        ({"custom__badge": "123456789"}, "value-keeps-length"),
        ({"custom__badge": "1"}, "value-keeps-length"),
        ({"birthdate": "190"}, "value-keeps-length"),
        ({"custom__level": "three"}, "value-has-type"),
        ({"custom__member": "maybe"}, "value-has-type"),
        ({"custom__since": "yesterday"}, "value-has-type"),
        ({"custom__level": "10"}, "value-keeps-bounds"),
    ],
)
def test_values_keep_the_schema(given, slug):
    """A value of a bad format, length, type or size is refused."""
    badge = {
        "AttributeDataType": "String",
        "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "8"},
    }
    level = {"AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"}}
    kinds = [
        {"Name": "member", "AttributeDataType": "Boolean"},
        {"Name": "since", "AttributeDataType": "DateTime"},
    ]
    town = Town(Schema=[{"Name": "badge", **badge}, {"Name": "level", **level}, *kinds])
    refused = town.public_refused("SignUp", "ann", Password=GOOD, UserAttributes=attributes(**given))
    assert refused == {f"attributes/{slug}"}
    town.sign_up(
        custom__badge="12",
        custom__level="9",
        custom__member="true",
        custom__since="2020-02-02",
        birthdate="1990-01-01",
    )


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ({"birthdate": "1990"}, "value-keeps-length"),
        ({"custom__level": "2.5"}, "value-has-type"),
        ({"identities": "[]"}, "identities-are-the-services"),
        ({"nickname": None}, "new-value-is-given"),
        ({"email": "ann@localhost"}, "email-is-well-formed"),
    ],
)
def test_what_no_fact_settles_is_left_open(given, slug):
    """A value of which no fact says whether it is taken may be refused or taken."""
    town = Town(Schema=[{"Name": "level", "AttributeDataType": "Number", "Mutable": True}])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=attributes(**given))
    assert f"attributes/{slug}" in tolerated(outcome)


def test_attribute_named_twice_may_be_refused():
    """A list that names an attribute twice may be refused."""
    given = [*attributes(name="Ann"), *attributes(name="Anna")]
    outcome = Town().public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=given)
    assert tolerated(outcome) == {"attributes/name-comes-once"}


def test_immutable_attribute_may_be_given_at_creation():
    """An immutable attribute is taken when the user is made."""
    town = Town(Schema=[{"Name": "badge", "AttributeDataType": "String", "Mutable": False}])
    town.sign_up(custom__badge="x1")
    assert town.shown()["custom:badge"] == "x1"


def test_link_needs_a_domain():
    """Where users confirm with a link, a sign-up is refused until the pool has a domain for it."""
    template = {"DefaultEmailOption": "CONFIRM_WITH_LINK"}
    town = Town(AutoVerifiedAttributes=["email"], VerificationMessageTemplate=template)
    given = attributes(email="ann@example.com")
    refused = town.public_refused("SignUp", "ann", Password=GOOD, UserAttributes=given)
    assert refused == {"sign-up/link-needs-domain"}
    town.admin("CreateUserPoolDomain", Domain="ann-and-friends")
    town.sign_up(email="ann@example.com")


def test_secret_hash_is_checked():
    """A client with a secret takes a sign-up with the right hash, and refuses one without or with a wrong one."""
    town = Town(client={"GenerateSecret": True})
    wrong = SecretHash(town.client, "ben")
    refused = town.public_refused("SignUp", "ann", Password=GOOD, SecretHash=wrong)
    assert refused == {"common/secret-hash-matches"}
    assert town.public_refused("SignUp", "ann", Password=GOOD, SecretHash=None) == {
        "common/secret-hash-is-sent"
    }
    town.sign_up("ann")


def test_client_for_user_auth_gets_a_session():
    """A client that allows USER_AUTH is given a session to go on with; any other may be."""
    town = Town(client={"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]})
    assert town.sign_up("ann")["Session"].choices[1] is ABSENT
    assert Town().sign_up("ann")["Session"].choices[0] is ABSENT


def test_effects_are_blamed_on_what_wrote_them():
    """What a sign-up wrote is read with the requirement that wrote it."""
    town = Town()
    town.sign_up(email="ann@example.com")
    read = rests_on(town.admin_outcome("AdminGetUser", "ann"))
    assert {"sign-up/attributes-are-stored", "sign-up/creates-unconfirmed-user"} <= read


def test_link_does_not_outlive_an_update():
    """An update that does not name the template takes the link back, and with it the need for a domain."""
    template = {"DefaultEmailOption": "CONFIRM_WITH_LINK"}
    town = Town(VerificationMessageTemplate=template)
    town.admin("UpdateUserPool", AutoVerifiedAttributes=["email"])
    town.sign_up("ann", email="ann@example.com")
