"""ConfirmSignUp, ResendConfirmationCode and AdminConfirmSignUp."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT
from cognito_model.terms import Junk, Spoiled
from support.expectations import tolerated
from support.people import GOOD, SMS, Town, attributes, destination

DAY = 86400.0
VERIFYING = {"AutoVerifiedAttributes": ["email"]}
BOTH = {"AutoVerifiedAttributes": ["email", "phone_number"], "SmsConfiguration": SMS}
HIDING = {"PreventUserExistenceErrors": "ENABLED"}


def signed_up(**pool: object) -> Town:
    """A town in which Ann signed up with an e-mail address that is verified on its own."""
    town = Town(**{**VERIFYING, **pool})
    town.sign_up(email="ann@example.com")
    return town


def test_right_code_confirms_and_verifies():
    """The right code makes the user CONFIRMED, its e-mail address verified, and the user able to sign in."""
    town = signed_up()
    answer = town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert answer == {"Session": ABSENT}
    assert town.status() == "CONFIRMED"
    assert town.shown()["email_verified"] == "true"
    town.token()


def test_only_the_attribute_that_got_the_code_is_verified():
    """Where both contacts are verified on their own, the phone that got the code is verified and the address is not."""
    town = Town(**BOTH)
    town.sign_up(email="ann@example.com", phone_number="+15550100100")
    town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert (town.shown()["phone_number_verified"], town.shown()["email_verified"]) == ("true", "false")


@pytest.mark.parametrize("code", ["000000", "fakeConfirmationCode"])
def test_wrong_code_is_refused(code):
    """A code that was not sent is refused, digits or not."""
    assert signed_up().public_refused("ConfirmSignUp", "ann", ConfirmationCode=code) == {
        "confirm/code-matches"
    }


def test_code_one_digit_off_is_refused():
    """A code that differs in one digit is no code."""
    town = signed_up()
    refused = town.public_refused("ConfirmSignUp", "ann", ConfirmationCode=Spoiled(town.code(), "digit"))
    assert refused == {"confirm/code-matches"}


def test_code_without_a_message_is_refused():
    """Where no code was sent, any code is refused as wrong or expired."""
    town = Town()
    town.sign_up()
    assert town.public_refused("ConfirmSignUp", "ann", ConfirmationCode="123456") == {"confirm/code-was-sent"}


def test_code_counts_for_a_day():
    """A code counts for 24 hours, a few seconds being left to the clocks."""
    town = signed_up()
    town.drive.now += DAY
    outcome = town.public_outcome("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert "confirm/code-is-fresh" in tolerated(outcome)
    town.drive.now += 60
    refused = town.public_refused("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert refused == {"confirm/code-is-fresh"}
    refused = town.public_refused("ConfirmSignUp", "ann", ConfirmationCode="000000")
    assert refused == {"confirm/code-is-fresh", "confirm/code-matches"}


@pytest.mark.parametrize(
    ("client", "slug"), [({}, "unknown-user-is-named"), (HIDING, "unknown-user-is-hidden")]
)
def test_unknown_user_is_named_or_hidden(client, slug):
    """Confirming a user who is not there says so, or is refused as a wrong code would be."""
    town = Town(client=client)
    assert town.public_refused("ConfirmSignUp", "ghost", ConfirmationCode="123456") == {f"confirm/{slug}"}


@pytest.mark.parametrize("client", [{}, HIDING])
def test_confirmed_user_cannot_be_confirmed(client):
    """A confirmed user is refused with its status, by the user's own code and by an administrator."""
    town = Town(client=client, **VERIFYING)
    town.sign_up(email="ann@example.com")
    code = town.code()
    town.public("ConfirmSignUp", "ann", ConfirmationCode=code)
    outcome = town.public_outcome("ConfirmSignUp", "ann", ConfirmationCode=code)
    assert [r.requirement.slug for r in outcome.refusals] == ["confirm/user-is-unconfirmed"]
    assert outcome.refusals[0].text == ("CONFIRMED",)
    assert town.admin_refused("AdminConfirmSignUp", "ann") == {"confirm/user-is-unconfirmed"}


def test_disabled_user_may_have_to_wait():
    """A disabled user's code may be refused."""
    town = signed_up()
    town.admin("AdminDisableUser", "ann")
    outcome = town.public_outcome("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert "confirm/disabled-user-may-wait" in tolerated(outcome)


def test_changed_address_leaves_its_flag_open():
    """Whether a code verifies an address that was changed after it went out is left open."""
    town = signed_up()
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(email="new@example.com"))
    town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert town.shown()["email_verified"].choices == ("true", "false")


class Rivals:
    """Ann's verified address is an alias, and Ben signed up with the same address."""

    def __init__(self) -> None:
        self.town = Town(AliasAttributes=["email"], **VERIFYING)
        self.town.confirmed("ann", email="a@example.com", email_verified="true")
        self.town.sign_up("ben", email="a@example.com")
        self.code = self.town.code()


def test_alias_of_another_is_refused():
    """A code for an address that is another user's alias is refused, and a wrong code for being wrong alone."""
    rivals = Rivals()
    for force in (None, False):
        params = {} if force is None else {"ForceAliasCreation": force}
        refused = rivals.town.public_refused("ConfirmSignUp", "ben", ConfirmationCode=rivals.code, **params)
        assert refused == {"confirm/alias-is-free"}
    wrong = rivals.town.public_refused("ConfirmSignUp", "ben", ConfirmationCode="000000")
    assert wrong == {"confirm/code-matches"}


def test_forced_alias_moves():
    """With ForceAliasCreation the alias is Ben's, and Ann's address is no longer verified."""
    rivals = Rivals()
    rivals.town.public("ConfirmSignUp", "ben", ConfirmationCode=rivals.code, ForceAliasCreation=True)
    assert rivals.town.shown("ann")["email_verified"] == "false"
    assert rivals.town.admin("AdminGetUser", "a@example.com")["Username"] == "ben"


def test_attempts_are_limited_after_fifteen():
    """Up to fifteen attempts in an hour no limit is right; then one may come; after the hour it may not."""
    town = signed_up()
    for _ in range(15):
        assert tolerated_of(town) == set()
        town.public_refused("ConfirmSignUp", "ann", ConfirmationCode="000000")
    assert tolerated_of(town) == {"attempts/attempts-are-limited"}
    town.drive.now += 3601
    assert tolerated_of(town) == set()


def tolerated_of(town: Town) -> set[str]:
    """The refusals that are as right as the confirmation."""
    return tolerated(town.public_outcome("ConfirmSignUp", "ann", ConfirmationCode=town.code()))


def test_session_is_for_user_auth_alone():
    """Only a client that allows USER_AUTH may be given a session, which then waits to be used."""
    town = Town(client={"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}, **VERIFYING)
    town.sign_up(email="ann@example.com")
    session, absent = town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())["Session"].choices
    assert absent is ABSENT
    assert town.pool.challenges[session].sub == town.user().sub


def test_resend_sends_a_code_that_counts():
    """A resend at once sends another code, says where, and the code confirms; the first one may be dead by then."""
    town = signed_up()
    first = town.code()
    details = town.public("ResendConfirmationCode", "ann")["CodeDeliveryDetails"]
    assert destination(details) == "a***@e***"
    assert town.code() != first
    outcome = town.public_outcome("ConfirmSignUp", "ann", ConfirmationCode=first)
    assert tolerated(outcome) == {"confirm/older-code-may-be-dead"}
    town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())


def test_resend_after_five_may_be_refused():
    """Five resends in an hour are always served."""
    town = signed_up()
    for _ in range(5):
        town.public("ResendConfirmationCode", "ann")
    outcome = town.public_outcome("ResendConfirmationCode", "ann")
    assert "attempts/attempts-are-limited" in tolerated(outcome)


def test_resend_only_before_confirmation():
    """A confirmed user gets no code: refused where the client hides nobody, refused or not where it does."""
    town = signed_up()
    hiding = town.another_client(**HIDING)
    town.admin("AdminConfirmSignUp", "ann")
    assert town.public_refused("ResendConfirmationCode", "ann") == {"confirm/resend-only-to-unconfirmed"}
    outcome = town.public_outcome("ResendConfirmationCode", "ann", ClientId=hiding)
    assert "confirm/resend-only-to-unconfirmed" in tolerated(outcome)


@pytest.mark.parametrize(
    ("used", "first"), [(False, "confirm/unknown-user-is-hidden"), (True, "confirm/code-is-fresh")]
)
def test_hidden_users_code_is_looked_at_first(used, first):
    """Where users are hidden, a confirmed one who sends a wrong code is told that, or that the used one is too old."""
    town = signed_up()
    hiding = town.another_client(**HIDING)
    code = town.code()
    town.public("ConfirmSignUp", "ann", ConfirmationCode=code)
    given = code if used else "000000"
    outcome = town.public_outcome("ConfirmSignUp", "ann", ClientId=hiding, ConfirmationCode=given)
    assert next(r.requirement.slug for r in outcome.tolerated if r.foremost) == first
    assert {r.requirement.slug for r in outcome.refusals} == {"confirm/user-is-unconfirmed"}


def test_right_code_of_a_confirmed_user_tells_the_status():
    """A code that is right, of a user whom an administrator confirmed meanwhile, is refused for the status."""
    town = signed_up()
    hiding = town.another_client(**HIDING)
    town.admin("AdminConfirmSignUp", "ann")
    outcome = town.public_outcome("ConfirmSignUp", "ann", ClientId=hiding, ConfirmationCode=town.code())
    assert {r.requirement.slug for r in outcome.refusals} == {"confirm/user-is-unconfirmed"}
    assert not any(r.foremost for r in outcome.tolerated)


def test_resend_for_nobody():
    """Resending for an unknown user is refused, or answered as if a code had gone out where users are hidden."""
    town = Town(**VERIFYING)
    hiding = town.another_client(**HIDING)
    assert town.public_refused("ResendConfirmationCode", "ghost") == {"confirm/unknown-user-is-named"}
    answer = town.public("ResendConfirmationCode", "ghost", ClientId=hiding)
    assert destination(answer["CodeDeliveryDetails"]) == "u***@y***"
    assert town.drive.messages == []


def test_resend_for_disabled_user_is_simulated_where_users_are_hidden():
    """A disabled user's resend is answered as if a code had gone out, and none has; a client may refuse it too."""
    town = signed_up()
    hiding = town.another_client(**HIDING)
    town.admin("AdminDisableUser", "ann")
    sent = len(town.drive.messages)
    town.public("ResendConfirmationCode", "ann", ClientId=hiding)
    assert len(town.drive.messages) == sent
    assert "confirm/resend-has-a-way" in tolerated(town.public_outcome("ResendConfirmationCode", "ann"))


def test_resend_needs_a_pool_that_verifies():
    """A pool that verifies nothing on its own has no code to send again; one that does may lack the address."""
    town = Town()
    town.sign_up(email="ann@example.com")
    assert town.public_refused("ResendConfirmationCode", "ann") == {"confirm/pool-verifies-something"}
    verifying = Town(**VERIFYING)
    verifying.sign_up()
    assert "confirm/resend-has-a-way" in tolerated(verifying.public_outcome("ResendConfirmationCode", "ann"))


def test_administrator_confirms_without_verifying():
    """AdminConfirmSignUp confirms, verifies nothing, and lets the user sign in with the password of the sign-up."""
    town = signed_up()
    assert town.admin("AdminConfirmSignUp", "ann") == {}
    assert town.status() == "CONFIRMED"
    assert town.shown()["email_verified"] == "false"
    town.token()


def test_resend_to_an_invited_user_is_not_settled():
    """Whether a user who must change a temporary password gets a code is not settled: either answer is right."""
    town = Town(AutoVerifiedAttributes=["email"])
    town.create(email="ann@example.com")
    outcome = town.public_outcome("ResendConfirmationCode", "ann")
    assert not outcome.refusals
    assert "confirm/resend-only-to-unconfirmed" in tolerated(outcome)


@pytest.mark.parametrize("permanent", [True, False])
def test_administrator_confirms_only_sign_ups(permanent):
    """A user whom an administrator made cannot be confirmed, whatever its status."""
    town = Town()
    town.create()
    if permanent:
        town.admin("AdminSetUserPassword", "ann", Password=GOOD, Permanent=True)
    assert town.admin_refused("AdminConfirmSignUp", "ann") == {"confirm/user-is-unconfirmed"}
    assert town.admin_refused("AdminConfirmSignUp", "ghost") == {"common/user-exists"}


def test_code_of_another_message_does_not_confirm():
    """A made-up code, and one of a message to somebody else, do not confirm."""
    town = signed_up()
    town.sign_up("ben", email="ben@example.com")
    for code in (Junk("Code", 1), town.code()):
        refused = town.public_refused("ConfirmSignUp", "ann", ConfirmationCode=code)
        assert refused == {"confirm/code-matches"}
