"""Passwords that administrators set and users change."""

from __future__ import annotations

import pytest

from support.expectations import texts, tolerated
from support.people import GOOD, OTHER, Town

VERIFIED = {"email": "a@example.com", "email_verified": "true"}
THIRD = "Th1rdPassw0rd!z"


def remembering(size: int) -> Town:
    """A town whose pool remembers so many former passwords."""
    policy = {"MinimumLength": 8, "PasswordHistorySize": size}
    return Town(Policies={"PasswordPolicy": policy})


def set_password(town: Town, password: str, *, permanent: bool = True) -> None:
    """An administrator sets Ann's password."""
    town.admin("AdminSetUserPassword", "ann", Password=password, Permanent=permanent)


@pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "CONFIRMED", "RESET_REQUIRED"])
@pytest.mark.parametrize("permanent", [True, False, None])
def test_status_after_a_password_of_an_administrator(status, permanent):
    """A permanent password makes any user CONFIRMED, a temporary one (the default) makes it change the password."""
    town = Town()
    if status == "UNCONFIRMED":
        town.sign_up(email="a@example.com")
    else:
        town.create("ann", **VERIFIED)
    if status in ("CONFIRMED", "RESET_REQUIRED"):
        set_password(town, GOOD)
    if status == "RESET_REQUIRED":
        town.admin("AdminResetUserPassword", "ann")
    assert town.status() == status
    params = {} if permanent is None else {"Permanent": permanent}
    assert town.admin("AdminSetUserPassword", "ann", Password=OTHER, **params) == {}
    assert town.status() == ("CONFIRMED" if permanent else "FORCE_CHANGE_PASSWORD")


def test_new_password_replaces_the_old_one():
    """After a new password the old one signs nobody in, and may be set again where nothing is remembered."""
    town = Town()
    town.confirmed()
    set_password(town, OTHER)
    town.token(password=OTHER)
    wrong = {"USERNAME": "ann", "PASSWORD": GOOD}
    flow = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "ClientId": town.client}
    refused = town.admin_refused("AdminInitiateAuth", AuthParameters=wrong, **flow)
    assert refused == {"recovery/sets-permanent-password"}
    set_password(town, GOOD)
    town.token()


def test_verification_is_untouched():
    """A password from an administrator verifies nothing."""
    town = Town()
    town.confirmed("ann", email="a@example.com")
    assert "email_verified" not in town.shown()


@pytest.mark.parametrize("permanent", [True, False])
def test_weak_password_is_refused(permanent):
    """A password against the policy is refused."""
    town = Town()
    town.create()
    outcome = town.admin_outcome("AdminSetUserPassword", "ann", Password="Passw0rdx", Permanent=permanent)
    assert texts(outcome) == {("Password does not conform to policy: Password must have symbol characters",)}


def test_unknown_user_is_refused():
    """A password for nobody is refused."""
    refused = Town().admin_refused("AdminSetUserPassword", "ghost", Password=GOOD)
    assert refused == {"common/user-exists"}


def test_remembered_password_does_not_come_again():
    """Of two remembered passwords the former one is refused; whether the present one is remembered is open."""
    town = remembering(2)
    town.create()
    for password in (OTHER, THIRD):
        set_password(town, password)
    params = {"Permanent": True}
    refused = town.admin_refused("AdminSetUserPassword", "ann", Password=OTHER, **params)
    assert refused == {"passwords/password-is-not-reused"}
    present = town.admin_outcome("AdminSetUserPassword", "ann", Password=THIRD, **params)
    assert tolerated(present) == {"passwords/password-is-not-reused"}
    fresh = town.admin_outcome("AdminSetUserPassword", "ann", Password="F0urth!xx", **params)
    assert tolerated(fresh) == set()


def test_history_is_no_longer_than_asked_for():
    """A password that fell out of the history may be set again."""
    town = remembering(1)
    town.create()
    for password in (OTHER, THIRD, "F0urth!xx"):
        set_password(town, password)
    outcome = town.admin_outcome("AdminSetUserPassword", "ann", Password=OTHER, Permanent=True)
    assert tolerated(outcome) == set()


def test_temporary_password_in_the_history_is_open():
    """Whether a password that was temporary is remembered is open, and whether a temporary one is looked up."""
    town = remembering(3)
    town.create()
    set_password(town, OTHER)
    set_password(town, THIRD)
    again = town.admin_outcome("AdminSetUserPassword", "ann", Password=GOOD, Permanent=True)
    assert tolerated(again) == {"passwords/password-is-not-reused"}
    temporary = town.admin_outcome("AdminSetUserPassword", "ann", Password=OTHER, Permanent=False)
    assert tolerated(temporary) == {"passwords/password-is-not-reused"}


def test_user_changes_the_password():
    """With the former password a new one is set; the token goes on working, the old password does not."""
    town = Town()
    town.confirmed()
    token = town.token()
    params = {"AccessToken": token, "PreviousPassword": GOOD, "ProposedPassword": OTHER}
    assert town.drive.call("ChangePassword", **params) == {}
    town.drive.call("GetUser", AccessToken=token)
    town.token(password=OTHER)
    assert town.drive.refused("ChangePassword", **params) == {"recovery/former-password-matches"}


@pytest.mark.parametrize(
    ("params", "slug"),
    [
        ({"PreviousPassword": "Wrong0ne!x", "ProposedPassword": OTHER}, "recovery/former-password-matches"),
        ({"ProposedPassword": OTHER}, "recovery/former-password-is-given"),
        ({"PreviousPassword": GOOD, "ProposedPassword": "123"}, "passwords/password-keeps-policy"),
    ],
)
def test_change_is_refused(params, slug):
    """A wrong or missing former password, and a weak new one, are refused."""
    town = Town()
    town.confirmed()
    assert town.drive.refused("ChangePassword", AccessToken=town.token(), **params) == {slug}


def test_changes_are_limited_after_five():
    """After five attempts in an hour the next may be refused, failed ones counted."""
    town = Town()
    town.confirmed()
    token = town.token()
    for _ in range(5):
        params = {"AccessToken": token, "PreviousPassword": "Wrong0ne!x", "ProposedPassword": OTHER}
        town.drive.refused("ChangePassword", **params)
    outcome = town.drive.outcome(
        "ChangePassword", AccessToken=token, PreviousPassword=GOOD, ProposedPassword=OTHER
    )
    assert tolerated(outcome) == {"attempts/attempts-are-limited"}
