"""Forgotten and reset passwords: who gets a code, where it goes, and what it does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_model.expect import OneOf
from cognito_model.terms import Spoiled
from cognito_model.world import Mfa
from support.expectations import rests_on, tolerated
from support.people import GOOD, OTHER, SMS, Town, destination, named

EMAIL = {"email": "a@example.com", "email_verified": "true"}
PHONE = {"phone_number": "+15550100100", "phone_number_verified": "true"}
HIDING = {"PreventUserExistenceErrors": "ENABLED"}
HOUR = 3600.0


def recovering(*names: str, **pool: object) -> Town:
    """A town whose pool recovers accounts by these mechanisms, the first one preferred."""
    listed = [{"Name": name, "Priority": place} for place, name in enumerate(names, 1)]
    return Town(AccountRecoverySetting={"RecoveryMechanisms": listed}, **pool)


def with_mfa(town: Town, *enabled: str, preferred: str | None = None) -> None:
    """Ann has these second factors."""
    user = replace(town.user(), mfa=Mfa(enabled, preferred))
    pool = town.pool.put(user=user)
    pool = replace(pool, settings={**pool.settings, "MfaConfiguration": "OPTIONAL"})
    town.drive.world = town.drive.world.with_pool(pool)


def test_code_goes_out_and_nothing_else_changes():
    """A code goes to the verified address; status and password stay as they are."""
    town = recovering("verified_email")
    town.confirmed("ann", **EMAIL)
    details = town.public("ForgotPassword", "ann")["CodeDeliveryDetails"]
    assert (destination(details), named(details)) == ("a***@e***", "email")
    assert town.status() == "CONFIRMED"
    town.token()


def test_code_sets_a_new_password():
    """With the code a new password is set; the old one is dead, and so is the code."""
    town = recovering("verified_email")
    town.confirmed("ann", **EMAIL)
    town.public("ForgotPassword", "ann")
    code = town.code()
    assert town.public("ConfirmForgotPassword", "ann", ConfirmationCode=code, Password=OTHER) == {}
    town.token(password=OTHER)
    assert town.user().password == OTHER
    refused = town.public_refused("ConfirmForgotPassword", "ann", ConfirmationCode=code, Password=GOOD)
    assert refused == {"recovery/code-was-sent"}


def test_user_is_addressed_by_sign_in_attribute():
    """Where users sign in with an e-mail address, it is the name for recovery too."""
    town = Town(UsernameAttributes=["email"])
    town.confirmed("ann@example.com", email_verified="true")
    town.public("ForgotPassword", "ann@example.com")
    town.public("ConfirmForgotPassword", "ann@example.com", ConfirmationCode=town.code(), Password=OTHER)
    town.token("ann@example.com", OTHER)


@pytest.mark.parametrize(
    ("mechanisms", "attribute"),
    [
        (("verified_email", "verified_phone_number"), "email"),
        (("verified_phone_number", "verified_email"), "phone_number"),
    ],
)
def test_setting_orders_the_channels(mechanisms, attribute):
    """The channel with the first priority is used alone."""
    town = recovering(*mechanisms)
    town.confirmed("ann", **EMAIL, **PHONE)
    outcome = town.public_outcome("ForgotPassword", "ann")
    assert "recovery/takes-first-verified" in rests_on(outcome)
    assert [message.attribute for message in outcome.replies[0].messages] == [attribute]
    assert (f"recovers-first:{attribute}" in outcome.events) is (len(mechanisms) > 1)


def test_unverified_channel_is_passed_over():
    """A channel that is not verified does not count, whatever its priority."""
    town = recovering("verified_email", "verified_phone_number")
    town.confirmed("ann", email="a@example.com", **PHONE)
    assert named(town.public("ForgotPassword", "ann")["CodeDeliveryDetails"]) == "phone_number"


def test_without_setting_the_order_is_open():
    """Without a setting either channel may be first."""
    town = Town()
    town.confirmed("ann", **EMAIL, **PHONE)
    assert isinstance(town.public("ForgotPassword", "ann")["CodeDeliveryDetails"], OneOf)


def test_unknown_user_is_named_or_simulated():
    """An unknown user is told so, or a delivery is simulated where users are hidden, or refused now and then."""
    town = Town()
    hiding = town.another_client(**HIDING)
    assert town.public_refused("ForgotPassword", "ghost") == {"recovery/unknown-user-is-named"}
    outcome = town.public_outcome("ForgotPassword", "ghost", ClientId=hiding)
    assert tolerated(outcome) == {"recovery/simulation-may-alternate"}
    assert destination(outcome.replies[0].members["CodeDeliveryDetails"].value) == "u***@y***"
    assert outcome.replies[0].messages == ()


def unreachable(town: Town) -> None:
    """Ann has nothing that is verified."""
    town.confirmed("ann", email="a@example.com")


def unconfirmed(town: Town) -> None:
    """Ann has not confirmed the sign-up."""
    town.sign_up(email="a@example.com")


def fresh(town: Town) -> None:
    """Ann has still to change the temporary password."""
    town.create("ann", **EMAIL)


def disabled(town: Town) -> None:
    """Ann is disabled."""
    town.confirmed("ann", **EMAIL)
    town.admin("AdminDisableUser", "ann")


CASES = [
    (unreachable, "contact-is-verified"),
    (unconfirmed, "contact-is-verified"),
    (fresh, "first-password-is-no-reset"),
    (disabled, "disabled-user-stays-out"),
]


@pytest.mark.parametrize(("make", "slug"), CASES)
def test_user_who_cannot_recover_is_told_why(make, slug):
    """A user without a verified contact, with a temporary password, or disabled is refused for that."""
    town = Town()
    make(town)
    assert town.public_refused("ForgotPassword", "ann") == {f"recovery/{slug}"}


@pytest.mark.parametrize("make", [make for make, _ in CASES])
def test_user_who_cannot_recover_is_hidden(make):
    """Where users are hidden the same users get a simulated delivery, and nothing is sent."""
    town = Town(client=HIDING)
    make(town)
    sent = len(town.drive.messages)
    outcome = town.public_outcome("ForgotPassword", "ann")
    assert "recovery/unknown-user-is-simulated" in rests_on(outcome)
    town.public("ForgotPassword", "ann")
    assert len(town.drive.messages) == sent


def test_administrators_alone_recover():
    """Where only administrators recover accounts, ForgotPassword fails for everybody."""
    town = recovering("admin_only")
    town.confirmed("ann", **EMAIL)
    assert town.public_refused("ForgotPassword", "ann") == {"recovery/only-admins-recover"}
    assert town.admin_refused("AdminResetUserPassword", "ann") == {"recovery/reset-needs-recovery"}


@pytest.mark.parametrize(
    ("mechanism", "contact", "factor"),
    [("verified_phone_number", PHONE, "SMS_MFA"), ("verified_email", EMAIL, "EMAIL_OTP")],
)
def test_second_factor_does_not_recover(mechanism, contact, factor):
    """The contact of the user's second factor cannot recover the password."""
    town = recovering(mechanism)
    town.confirmed("ann", **contact)
    with_mfa(town, factor, preferred=factor)
    assert town.public_refused("ForgotPassword", "ann") == {"recovery/contact-is-verified"}


def test_second_factor_that_is_not_preferred_is_open():
    """Whether an e-mail factor that the user does not prefer bars recovery by e-mail is open."""
    town = recovering("verified_email")
    town.confirmed("ann", **EMAIL)
    with_mfa(town, "EMAIL_OTP")
    outcome = town.public_outcome("ForgotPassword", "ann")
    assert "recovery/state-may-bar-recovery" in tolerated(outcome)
    assert "recovery/reset-needs-recovery" in tolerated(town.admin_outcome("AdminResetUserPassword", "ann"))


@pytest.mark.parametrize("enabled", [("SMS_MFA", "SOFTWARE_TOKEN_MFA"), ("SMS_MFA", "EMAIL_OTP")])
def test_text_messages_that_another_factor_is_preferred_to_are_open(enabled):
    """Whether a text message recovers the password of who has SMS MFA, but prefers another factor, is open."""
    town = recovering("verified_phone_number")
    town.confirmed("ann", **PHONE)
    with_mfa(town, *enabled, preferred=enabled[1])
    outcome = town.public_outcome("ForgotPassword", "ann")
    assert "recovery/state-may-bar-recovery" in tolerated(outcome)
    assert outcome.replies


def test_second_factor_is_open_where_the_pool_names_no_way():
    """Whether a second factor bars recovery in a pool without a recovery setting is open."""
    town = Town()
    town.confirmed("ann", **PHONE)
    with_mfa(town, "SMS_MFA", preferred="SMS_MFA")
    outcome = town.public_outcome("ForgotPassword", "ann")
    assert "recovery/state-may-bar-recovery" in tolerated(outcome)
    assert outcome.replies


def test_unknown_client_is_refused():
    """A client that does not exist is told so."""
    town = Town()
    assert town.drive.refused("ForgotPassword", ClientId="none", Username="ann") == {"common/client-exists"}
    town.admin("DeleteUserPoolClient", ClientId=town.client)
    gone = town.drive.refused("ForgotPassword", ClientId=town.client, Username="ann")
    assert gone == {"clients/deletes-client"}


def test_requests_are_limited_after_five():
    """Five requests in an hour are always served."""
    town = Town()
    town.confirmed("ann", **EMAIL)
    for _ in range(5):
        town.public("ForgotPassword", "ann")
    assert "attempts/attempts-are-limited" in tolerated(town.public_outcome("ForgotPassword", "ann"))


class Forgetful:
    """Ann forgot the password and was sent a code."""

    def __init__(self, **client: object) -> None:
        self.town = Town(client=client)
        self.town.confirmed("ann", **EMAIL)
        self.town.public("ForgotPassword", "ann")
        self.code = self.town.code()

    def refused(self, code: object, password: str = OTHER) -> set[str]:
        """The reasons that a confirmation is refused for."""
        return self.town.public_refused(
            "ConfirmForgotPassword", "ann", ConfirmationCode=code, Password=password
        )

    def tolerated(self) -> set[str]:
        """The refusals that are as right as setting the password."""
        params = {"ConfirmationCode": self.code, "Password": OTHER}
        return tolerated(self.town.public_outcome("ConfirmForgotPassword", "ann", **params))


def test_wrong_code_and_weak_password_are_refused():
    """A code one digit off is refused, and a password against the policy."""
    ann = Forgetful()
    assert ann.refused(Spoiled(ann.code, "digit")) == {"recovery/code-matches"}
    assert ann.refused(ann.code, "lowercaseonly") == {"passwords/password-keeps-policy"}
    assert ann.refused("000000", "lowercaseonly") == {
        "recovery/code-matches",
        "passwords/password-keeps-policy",
    }


def test_code_counts_for_an_hour():
    """A code counts for an hour, however it was come by."""
    ann = Forgetful()
    ann.town.drive.now += HOUR + 60
    assert ann.refused(ann.code) == {"recovery/code-is-fresh"}
    ann.town.admin("AdminResetUserPassword", "ann")
    ann.code = ann.town.code()
    ann.town.drive.now += HOUR
    assert "recovery/code-is-fresh" in ann.tolerated()


def test_either_of_two_codes_may_count():
    """Of two codes in force either may be refused."""
    ann = Forgetful()
    assert ann.tolerated() == set()
    ann.town.public("ForgotPassword", "ann")
    assert ann.tolerated() == {"recovery/one-code-counts"}


def test_confirmation_for_nobody():
    """Confirming for an unknown user is refused as such, or as a wrong code where users are hidden."""
    town = Town()
    hiding = town.another_client(**HIDING)
    params = {"ConfirmationCode": "123456", "Password": GOOD}
    refused = town.public_refused("ConfirmForgotPassword", "ghost", **params)
    assert refused == {"recovery/unknown-user-is-not-found"}
    refused = town.public_refused("ConfirmForgotPassword", "ghost", ClientId=hiding, **params)
    assert refused == {"recovery/unknown-user-is-hidden"}


def test_disabled_user_may_be_hidden_or_told():
    """A user who was disabled after the code went out may be refused as such or as a wrong code."""
    ann = Forgetful()
    ann.town.admin("AdminDisableUser", "ann")
    assert ann.tolerated() == {"recovery/unconfirmed-user-waits", "recovery/unknown-user-is-hidden"}


def test_remembered_password_is_refused():
    """A code does not bring back a password that the pool remembers."""
    town = Town(Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}})
    town.confirmed("ann", OTHER, **EMAIL)
    town.admin("AdminSetUserPassword", "ann", Password="Th1rd!xxx", Permanent=True)
    town.public("ForgotPassword", "ann")
    params = {"ConfirmationCode": town.code(), "Password": OTHER}
    refused = town.public_refused("ConfirmForgotPassword", "ann", **params)
    assert refused == {"passwords/password-is-not-reused"}


def test_reset_makes_the_user_choose():
    """A reset sends a code and bars the old password, until the code brings a new one."""
    town = Town()
    town.confirmed("ann", **EMAIL)
    assert town.admin("AdminResetUserPassword", "ann") == {}
    assert town.status() == "RESET_REQUIRED"
    flow = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "ClientId": town.client}
    known = {"USERNAME": "ann", "PASSWORD": GOOD}
    assert town.admin_refused("AdminInitiateAuth", AuthParameters=known, **flow) == {
        "sign-in/reset-comes-first"
    }
    assert "recovery/state-may-bar-recovery" in tolerated(town.public_outcome("ForgotPassword", "ann"))
    town.public("ConfirmForgotPassword", "ann", ConfirmationCode=town.code(), Password=OTHER)
    assert town.status() == "CONFIRMED"
    town.token(password=OTHER)


def test_reset_needs_somebody_to_reach():
    """A reset is refused for a disabled user and one who is not there, and may be for one without a verified contact."""
    town = Town()
    town.confirmed("ann", **EMAIL)
    town.admin("AdminDisableUser", "ann")
    assert town.admin_refused("AdminResetUserPassword", "ann") == {"recovery/reset-only-enabled"}
    town.confirmed("ben", email="b@example.com")
    assert town.admin_refused("AdminResetUserPassword", "ghost") == {"common/user-exists"}
    outcome = town.admin_outcome("AdminResetUserPassword", "ben")
    assert "recovery/reset-needs-recovery" in tolerated(outcome)
    sent = len(town.drive.messages)
    town.admin("AdminResetUserPassword", "ben")
    assert town.status("ben") == "RESET_REQUIRED"
    assert len(town.drive.messages) == sent


@pytest.mark.parametrize("make", [fresh, unconfirmed])
def test_reset_before_the_first_password_may_be_refused(make):
    """A user who never chose a password may be refused the reset."""
    town = Town(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    make(town)
    flag = [{"Name": "email_verified", "Value": "true"}]
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=flag)
    outcome = town.admin_outcome("AdminResetUserPassword", "ann")
    assert "recovery/reset-in-this-state" in tolerated(outcome)


def test_setting_outlives_an_update():
    """An update that does not speak of recovery leaves it to administrators."""
    town = recovering("admin_only")
    town.confirmed("ann", **EMAIL)
    town.admin("UpdateUserPool", MfaConfiguration="OFF")
    assert town.public_refused("ForgotPassword", "ann") == {"recovery/only-admins-recover"}


def test_flag_that_a_code_set_is_to_blame():
    """A target that finds no verified address after a code came back lost the verification, not the recovery."""
    town = Town(AutoVerifiedAttributes=["email"])
    town.sign_up("ann", email="a@example.com")
    town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    for outcome in (
        town.public_outcome("ForgotPassword", "ann"),
        town.admin_outcome("AdminResetUserPassword", "ann"),
    ):
        assert outcome.suspects["InvalidParameterException"].slug == "confirm/verifies-attribute"
    town.confirmed("ben", **EMAIL)
    assert not town.public_outcome("ForgotPassword", "ben").suspects
