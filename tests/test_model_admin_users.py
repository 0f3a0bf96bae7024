"""Users as administrators make, see, disable and delete them."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, AtLeast, OneOf
from cognito_model.terms import TemporaryPassword
from support.expectations import reasons, rests_on, texts, tolerated
from support.people import GOOD, OTHER, SMS, Town, attributes, listed

ALIAS = {"AliasAttributes": ["email"]}
CODES = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}}
VERIFIED = {"email": "a@example.com", "email_verified": "true"}


def test_new_user_must_change_the_password():
    """A user is made with a name alone: enabled, with a password to change, and both dates the same."""
    town = Town()
    made = town.admin("AdminCreateUser", "ann")["User"]
    assert (made["UserStatus"], made["Enabled"], made["Username"]) == ("FORCE_CHANGE_PASSWORD", True, "ann")
    assert made["UserCreateDate"] == made["UserLastModifiedDate"]


@pytest.mark.parametrize(
    ("settings", "params", "may_be_refused"),
    [
        ({}, {}, True),
        ({}, {"DesiredDeliveryMediums": ["EMAIL", "SMS"]}, True),
        ({}, {"DesiredDeliveryMediums": ["EMAIL"]}, False),
        ({"SmsConfiguration": SMS}, {}, False),
        ({}, {"MessageAction": "SUPPRESS"}, False),
    ],
)
def test_text_without_a_configuration_may_be_refused(settings, params, may_be_refused):
    """An invitation by text message may be refused where the pool has no SMS configuration; the user may be there."""
    town = Town(**settings)
    both = attributes(phone_number="+15550100100", email="ann@example.com")
    outcome = town.admin_outcome("AdminCreateUser", "ann", UserAttributes=both, **params)
    slug = "delivery/text-needs-configuration"
    late = [refusal.late for refusal in outcome.tolerated if refusal.requirement.slug == slug]
    assert late == ([True] if may_be_refused else [])


def test_answer_has_the_attributes():
    """The answer shows sub and what was given, a verified flag only where it was given."""
    town = Town(Schema=[{"Name": "department", "AttributeDataType": "String", "Mutable": True}])
    made = town.create("ann", email="a@example.com", custom__department="x")
    assert listed(made["Attributes"]) == {
        "sub": town.user().sub,
        "email": "a@example.com",
        "custom:department": "x",
    }
    assert town.shown() == listed(made["Attributes"])
    assert town.create("ben", email="b@example.com", email_verified="True")
    assert town.shown("ben")["email_verified"] == "True"
    assert town.user("ben").verified("email")


def test_effects_are_blamed_on_what_wrote_them():
    """What the creation wrote is read with the requirement that wrote it."""
    town = Town(UsernameAttributes=["email"])
    town.create("ann@example.com", name="Ann")
    read = reasons(town.admin_outcome("AdminGetUser", "ann@example.com").replies[0].members)
    assert {
        "admin-users/stores-attributes",
        "admin-users/username-becomes-attribute",
        "admin-users/creates-user",
    } <= read


@pytest.mark.parametrize("action", [None, "SUPPRESS"])
def test_taken_username_is_refused(action):
    """A name that is taken is refused, whatever the status of the one who has it."""
    town = Town()
    town.sign_up("ann")
    params = {} if action is None else {"MessageAction": action}
    outcome = town.admin_outcome("AdminCreateUser", "ann", **params)
    assert [r.requirement.slug for r in outcome.refusals] == ["admin-users/username-is-free"]


def test_username_keeps_the_form_of_the_pool():
    """An alias makes no username, and where users sign in with an attribute nothing else does."""
    town = Town(**ALIAS)
    assert town.admin_refused("AdminCreateUser", "ann@example.com") == {"sign-up/username-is-no-alias"}
    town.create("ann", **VERIFIED)
    named = Town(UsernameAttributes=["email"])
    assert named.admin_refused("AdminCreateUser", "bob") == {"sign-up/username-is-sign-in-attribute"}
    made = named.create("ann@example.com")
    assert made["Username"] == named.user("ann@example.com").sub
    refused = named.admin_refused("AdminCreateUser", "ann@example.com")
    assert refused == {"admin-users/username-is-free"}


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ({"sub": "x"}, "sub-is-not-written"),
        ({"email": "nope"}, "email-is-well-formed"),
        ({"phone_number": "5550100"}, "phone-is-well-formed"),
        ({"custom__x": "1"}, "attribute-is-in-schema"),
        ({"shoe_size": "42"}, "attribute-is-in-schema"),
        ({"custom__tier": "x" * 6}, "value-keeps-length"),
        ({"custom__age": "old"}, "value-has-type"),
        ({"custom__age": "100"}, "value-keeps-bounds"),
    ],
)
def test_attributes_keep_the_schema(given, slug):
    """What no user may have is refused."""
    tier = {"AttributeDataType": "String", "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "5"}}
    age = {"AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "99"}}
    town = Town(Schema=[{"Name": "tier", **tier}, {"Name": "age", **age}])
    assert town.admin_refused("AdminCreateUser", "ann", UserAttributes=attributes(**given)) == {
        f"attributes/{slug}"
    }


def test_temporary_password_keeps_the_policy():
    """A weak temporary password is refused in the words of this operation."""
    outcome = Town().admin_outcome("AdminCreateUser", "ann", TemporaryPassword="passw0rd!")
    assert texts(outcome) == {
        ("Password did not conform with password policy: Password must have uppercase characters",)
    }


def test_what_is_not_asked_for_may_be():
    """A required attribute may be asked for at once; a phone number's flag without the number may fail."""
    town = Town(Schema=[{"Name": "given_name", "Required": True, "Mutable": True}])
    assert "attributes/required-attribute-is-given" in tolerated(town.admin_outcome("AdminCreateUser", "ann"))
    flag = attributes(phone_number_verified="true")
    outcome = Town().admin_outcome("AdminCreateUser", "ann", UserAttributes=flag)
    assert "user-attributes/flag-needs-contact" in tolerated(outcome)
    aliased = Town(AliasAttributes=["preferred_username"])
    given = attributes(preferred_username="annie")
    outcome = aliased.admin_outcome("AdminCreateUser", "ann", UserAttributes=given)
    assert "sign-up/preferred-username-waits" in tolerated(outcome)


@pytest.mark.parametrize("true", ["true", "True"])
def test_address_is_there_to_be_verified(true):
    """A new user whose e-mail address is said to be verified needs one; it may be the username."""
    flag = attributes(email_verified=true)
    outcome = Town().admin_outcome("AdminCreateUser", "ann", UserAttributes=flag)
    assert {r.requirement.slug for r in outcome.refusals} == {"user-attributes/flag-needs-contact"}
    assert texts(outcome) == {("email", "email")}
    town = Town(UsernameAttributes=["email"])
    assert town.admin("AdminCreateUser", "ann@example.com", UserAttributes=flag)


def test_name_that_is_anothers_alias_may_be_refused():
    """A username that is another user's preferred_username may be refused where that is an alias."""
    town = Town(AliasAttributes=["preferred_username"])
    town.confirmed("ann")
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(preferred_username="annie"))
    assert "admin-users/username-is-free" in tolerated(town.admin_outcome("AdminCreateUser", "annie"))


def test_invitation_carries_the_password():
    """An invitation carries a password that signs in; a suppressed one is sent to nobody."""
    town = Town()
    town.admin("AdminCreateUser", "ann", UserAttributes=attributes(email="a@example.com"))
    [message] = town.drive.messages
    assert (message.purpose, message.destination) == ("invitation", "a@example.com")
    assert town.user().password == TemporaryPassword(message.term)
    town.admin(
        "AdminCreateUser", "ben", MessageAction="SUPPRESS", UserAttributes=attributes(email="b@example.com")
    )
    assert town.drive.messages == [message]


@pytest.mark.parametrize(
    ("mediums", "contact"), [(None, "phone_number"), (["SMS"], "phone_number"), (["EMAIL"], "email")]
)
def test_invitation_goes_by_the_medium_asked_for(mediums, contact):
    """Where the user has both, text is the default medium and e-mail the one that must be asked for."""
    town = Town()
    given = attributes(email="a@example.com", phone_number="+15550100100")
    params = {} if mediums is None else {"DesiredDeliveryMediums": mediums}
    town.admin("AdminCreateUser", "ann", UserAttributes=given, **params)
    assert town.drive.messages[-1].attribute == contact


@pytest.mark.parametrize(
    ("given", "medium"), [({}, "EMAIL"), ({"phone_number": "+15550100100"}, "EMAIL"), ({}, "SMS")]
)
def test_medium_has_a_contact(given, medium):
    """A new user cannot be invited by a medium to which there is no address; where nothing goes out, it may matter."""
    town = Town()
    params = {"UserAttributes": attributes(**given), "DesiredDeliveryMediums": [medium]}
    assert town.admin_refused("AdminCreateUser", "ann", **params) == {"admin-users/medium-has-contact"}
    quiet = town.admin_outcome("AdminCreateUser", "ann", **params, MessageAction="SUPPRESS")
    assert "admin-users/medium-has-contact" in tolerated(quiet)
    town.admin("AdminCreateUser", "ann", UserAttributes=attributes(**given))
    again = town.admin_outcome(
        "AdminCreateUser", "ann", MessageAction="RESEND", DesiredDeliveryMediums=[medium]
    )
    assert "admin-users/delivery-may-fail" in tolerated(again)


def test_username_is_a_contact_for_the_invitation():
    """An invitation by e-mail goes to the address that stands for the username."""
    town = Town(UsernameAttributes=["email"])
    town.admin("AdminCreateUser", "ann@example.com", DesiredDeliveryMediums=["EMAIL"])
    assert town.drive.messages[-1].attribute == "email"


def test_passwordless_user_is_confirmed():
    """Where a code is enough to sign in, a user made without a password, with a verified address, is CONFIRMED."""
    town = Town(**CODES)
    made = town.admin(
        "AdminCreateUser", "ann", MessageAction="SUPPRESS", UserAttributes=attributes(**VERIFIED)
    )
    assert made["User"]["UserStatus"] == "CONFIRMED"
    assert town.user().password is None
    assert town.create("ben")["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_passwordless_user_without_verified_contact_is_open():
    """Without a verified address the status is left to the answer, and the creation may be refused for want of one."""
    town = Town(**CODES)
    outcome = town.admin_outcome("AdminCreateUser", "ann", MessageAction="SUPPRESS")
    assert [r.members["User"]["UserStatus"].value for r in outcome.replies] == [
        "CONFIRMED",
        "FORCE_CHANGE_PASSWORD",
    ]
    assert "sign-up/passwordless-needs-contact" in tolerated(outcome)


def test_verified_alias_of_another_is_refused():
    """A verified address that is another user's alias is refused; an unverified one makes no alias."""
    town = Town(**ALIAS)
    town.create("ann", **VERIFIED)
    refused = town.admin_refused("AdminCreateUser", "ben", UserAttributes=attributes(**VERIFIED))
    assert refused == {"admin-users/alias-is-free"}
    town.create("ben", email="a@example.com")
    assert town.admin("AdminGetUser", "a@example.com")["Username"] == "ann"


def test_forced_alias_moves():
    """With ForceAliasCreation a verified alias moves to the new user; without a flag the force has no effect."""
    town = Town(**ALIAS)
    town.create("ann", **VERIFIED)
    town.admin(
        "AdminCreateUser", "ben", UserAttributes=attributes(email="a@example.com"), ForceAliasCreation=True
    )
    assert town.shown("ann")["email_verified"] == "true"
    town.admin("AdminCreateUser", "cat", UserAttributes=attributes(**VERIFIED), ForceAliasCreation=True)
    assert town.shown("ann")["email_verified"] == "false"
    assert town.admin("AdminGetUser", "a@example.com")["Username"] == "cat"


def test_resend_renews_the_password():
    """RESEND answers the same user with a later date, sends another password, and ends the former one."""
    town = Town()
    town.admin("AdminCreateUser", "ann", UserAttributes=attributes(email="a@example.com"))
    first = town.user()
    again = town.admin("AdminCreateUser", "ann", MessageAction="RESEND")["User"]
    assert again["UserCreateDate"] == first.created
    assert isinstance(again["UserLastModifiedDate"], AtLeast)
    assert town.user().password == TemporaryPassword(town.drive.messages[-1].term) != first.password
    town.admin("AdminCreateUser", "ann", MessageAction="RESEND", TemporaryPassword=OTHER)
    assert town.user().password == OTHER
    old = {"USERNAME": "ann", "PASSWORD": first.password}
    flow = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "ClientId": town.client}
    refused = town.admin_refused("AdminInitiateAuth", AuthParameters=old, **flow)
    assert refused == {"admin-users/resend-renews-password"}
    refused = town.admin_refused("AdminCreateUser", "ann", MessageAction="RESEND", TemporaryPassword="short")
    assert refused == {"passwords/password-keeps-policy"}


def test_resend_is_for_new_users():
    """RESEND is refused for a user who has set a password, and for one who is not there."""
    town = Town()
    town.confirmed("ann")
    outcome = town.admin_outcome("AdminCreateUser", "ann", MessageAction="RESEND")
    assert texts(outcome) == {("ann",)}
    assert [r.requirement.slug for r in outcome.refusals] == ["admin-users/resend-needs-new-user"]
    assert town.admin_refused("AdminCreateUser", "ghost", MessageAction="RESEND") == {"common/user-exists"}


def test_resend_may_not_know_the_generated_name():
    """RESEND with the username that Cognito made may be refused; with the address it is not."""
    town = Town(UsernameAttributes=["email"])
    made = town.admin("AdminCreateUser", "a@example.com")["User"]["Username"]
    may = tolerated(town.admin_outcome("AdminCreateUser", made, MessageAction="RESEND"))
    named = tolerated(town.admin_outcome("AdminCreateUser", "a@example.com", MessageAction="RESEND"))
    assert may - named == {"sign-up/username-is-sign-in-attribute"}


def test_administrator_sees_the_user():
    """AdminGetUser shows a user by name, sub or alias, without members about second factors where there are none."""
    town = Town(**ALIAS)
    town.confirmed("ann", **VERIFIED)
    for name in ("ann", town.user().sub, "a@example.com"):
        shown = town.admin("AdminGetUser", name)
        assert (shown["Username"], shown["UserStatus"]) == ("ann", "CONFIRMED")
        assert shown["UserMFASettingList"] is shown["PreferredMfaSetting"] is ABSENT
    assert town.admin_refused("AdminGetUser", "ghost") == {"common/user-exists"}


@pytest.mark.parametrize(
    ("pool", "given", "contact"),
    [
        ({}, VERIFIED, "email"),
        ({}, {"preferred_username": "annie"}, "preferred_username"),
        (ALIAS, {"email": "a@example.com"}, "email"),
    ],
)
def test_contact_that_is_no_alias_names_nobody(pool, given, contact):
    """What a user has for an e-mail address names nobody where it is no alias of the pool, or is not verified."""
    town = Town(**pool)
    town.create("ann", **given)
    for operation in ("AdminGetUser", "AdminDisableUser"):
        assert town.admin_refused(operation, given[contact]) == {"common/contact-is-no-name"}
    assert f"named:by {contact} alone" in town.public_outcome("ForgotPassword", given[contact]).events


def test_kind_of_a_name_is_noted():
    """A call that names a user by sub, alias or in another case says so, for it takes another look-up."""
    town = Town(**ALIAS, UsernameConfiguration={"CaseSensitive": False})
    town.create("ann", **VERIFIED)
    names = {"ann": None, town.user().sub: "sub", "a@example.com": "email", "ANN": "case"}
    for name, kind in names.items():
        noted = [
            event for event in town.admin_outcome("AdminGetUser", name).events if event.startswith("named:")
        ]
        assert noted == ([] if kind is None else [f"named:by {kind}"])


def test_dates_that_may_have_moved():
    """A date that nothing is known to have moved is the creation's or later; both are right."""
    town = Town()
    town.create()
    shown = town.admin("AdminGetUser", "ann")["UserLastModifiedDate"]
    assert isinstance(shown, OneOf)
    assert shown.choices[0] == town.user().created


def test_user_sees_what_the_client_may_read():
    """GetUser shows the readable attributes, and sub always."""
    town = Town(client={"ReadAttributes": ["email"]})
    town.confirmed("ann", email="a@example.com", name="Ann")
    outcome = town.drive.outcome("GetUser", AccessToken=town.token())
    assert "admin-users/unreadable-is-hidden" in rests_on(outcome)
    shown = outcome.replies[0].members["UserAttributes"].value
    assert listed(shown) == {"sub": town.user().sub, "email": "a@example.com"}
    assert shown.optional == ()


def test_user_sees_all_by_default():
    """Without ReadAttributes GetUser shows everything; an attribute for developers may show or not."""
    schema = [
        {"Name": "rank", "AttributeDataType": "String", "DeveloperOnlyAttribute": True, "Mutable": True}
    ]
    town = Town(Schema=schema)
    town.create("ann", name="Ann")
    rank = [{"Name": "dev:custom:rank", "Value": "1"}]
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=rank)
    town.admin("AdminSetUserPassword", "ann", Password=GOOD, Permanent=True)
    answer = town.drive.call("GetUser", AccessToken=town.token())
    assert answer["Username"] == "ann"
    assert listed(answer["UserAttributes"]) == {"sub": town.user().sub, "name": "Ann"}
    assert rank[0] in answer["UserAttributes"].optional
    assert town.shown()["dev:custom:rank"] == "1"


def test_disabling_takes_access_and_leaves_the_rest():
    """A disabled user is shown as such with its status and attributes; disabling twice is no error."""
    town = Town()
    town.confirmed("ann", name="Ann")
    for _ in range(2):
        assert town.admin("AdminDisableUser", "ann") == {}
    shown = town.admin("AdminGetUser", "ann")
    assert (shown["Enabled"], shown["UserStatus"]) == (False, "CONFIRMED")
    assert town.shown()["name"] == "Ann"
    assert town.admin_refused("AdminDisableUser", "ghost") == {"common/user-exists"}


def test_disabling_revokes_for_good():
    """A token from before the disabling is refused, after the enabling too."""
    town = Town()
    town.confirmed()
    token = town.token()
    town.admin("AdminDisableUser", "ann")
    assert town.drive.refused("GetUser", AccessToken=token) == {"admin-users/disabling-revokes"}
    town.admin("AdminEnableUser", "ann")
    assert town.drive.refused("GetUser", AccessToken=token) == {"admin-users/disabling-revokes"}


def test_enabling_gives_access_back():
    """An enabled user is shown as such and signs in."""
    town = Town()
    town.confirmed()
    town.admin("AdminDisableUser", "ann")
    town.admin("AdminEnableUser", "ann")
    assert town.admin("AdminGetUser", "ann")["Enabled"] is True
    town.token()
    assert town.admin_refused("AdminEnableUser", "ghost") == {"common/user-exists"}


def test_deleted_user_is_gone():
    """An enabled user can be deleted, is gone from everywhere at once, and its name is free for a new sub."""
    town = Town()
    first = town.confirmed().sub
    assert town.admin("AdminDeleteUser", "ann") == {}
    for name in ("ann", first):
        assert town.admin_refused("AdminGetUser", name) == {"admin-users/deletes"}
    assert town.admin_refused("AdminDeleteUser", "ann") == {"admin-users/deletes"}
    town.create()
    assert town.user().sub != first


def test_user_deletes_itself():
    """DeleteUser deletes the token's user, whose token then permits nothing."""
    town = Town()
    town.confirmed()
    token = town.token()
    assert town.drive.call("DeleteUser", AccessToken=token) == {}
    assert town.admin_refused("AdminGetUser", "ann") == {"admin-users/deletes"}
    assert town.drive.refused("GetUser", AccessToken=token) == {"common/user-of-token-exists"}


@pytest.mark.parametrize("operation", ["GetUser", "DeleteUser"])
def test_token_of_a_user_who_must_reset_may_be_refused(operation):
    """A token permits what it did while its user must reset the password, or it is refused for that."""
    town = Town()
    town.confirmed("ann", **VERIFIED)
    token = town.token()
    town.admin("AdminResetUserPassword", "ann")
    outcome = town.drive.outcome(operation, AccessToken=token)
    assert tolerated(outcome) == {"common/status-may-bar-token"}


def test_sub_is_to_blame_where_it_is_the_username():
    """Where users sign in with an address, a target that kept the address as the username does not know the sub."""
    town = Town(UsernameAttributes=["email"])
    town.create("ann@example.com")
    suspects = town.admin_outcome("AdminGetUser", town.user("ann@example.com").sub).suspects
    assert suspects["UserNotFoundException"].slug == "common/sub-names-user"


@pytest.mark.parametrize(
    ("pool", "name", "slug"),
    [
        ({}, "sub", "common/sub-names-user"),
        (ALIAS, "a@example.com", "common/alias-names-user"),
        ({"UsernameConfiguration": {"CaseSensitive": False}}, "ANN", "common/case-is-ignored"),
    ],
)
def test_name_that_is_not_known_is_to_blame(pool, name, slug):
    """A target that knows a user by username alone breaks the rule about that name, in every operation."""
    town = Town(**pool)
    town.create("ann", **VERIFIED)
    name = town.user().sub if name == "sub" else name
    for operation in ("AdminGetUser", "AdminDisableUser", "AdminConfirmSignUp"):
        suspects = town.admin_outcome(operation, name).suspects
        assert {error: r.slug for error, r in suspects.items()} == {"UserNotFoundException": slug}
    assert town.public_outcome("ForgotPassword", name).suspects.keys() == {"UserNotFoundException"}
    assert not town.admin_outcome("AdminGetUser", "ann").suspects
