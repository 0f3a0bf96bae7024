"""The words of common refusals, as the reference server says them over the wire protocol."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_conformance.server.core import Reference
from cognito_conformance.server.in_process import InProcessClient

PASSWORD, WRONG = "Passw0rd!x", "Wr0ng!pass"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
NOBODY = "us-east-1_NotThere1"
POOL, CLIENT = "{pool}", "{client}"


class Town:
    """A pool of the reference server and an app client of it; Ann can sign in, Cat is not confirmed, Dan is disabled."""

    def __init__(self) -> None:
        self.reference = Reference(seed=1)
        self.client = InProcessClient(self.reference)
        self.names: dict[str, str] = {}
        self.names["pool"] = self.call("CreateUserPool", PoolName="town")["UserPool"]["Id"]
        app = {"UserPoolId": POOL, "ClientName": "app", "ExplicitAuthFlows": FLOWS}
        self.names["client"] = self.call("CreateUserPoolClient", **app)["UserPoolClient"]["ClientId"]
        for name in ("ann", "dan"):
            user = {"UserPoolId": POOL, "Username": name}
            self.call("AdminCreateUser", **user, MessageAction="SUPPRESS")
            self.call("AdminSetUserPassword", **user, Password=PASSWORD, Permanent=True)
        self.call("AdminDisableUser", UserPoolId=POOL, Username="dan")
        self.call("SignUp", ClientId=CLIENT, Username="cat", Password=PASSWORD)

    def send(self, operation: str, params: dict[str, Any]) -> Any:
        """A call whose texts may name what was made."""
        given = {k: v.format(**self.names) if isinstance(v, str) else v for k, v in params.items()}
        return self.client.send(operation, given)

    def call(self, operation: str, **params: Any) -> Any:
        """A call that succeeds."""
        answer = self.send(operation, params)
        assert answer.error is None, (operation, answer.error, answer.message)
        return answer.output


@pytest.fixture(scope="module")
def town() -> Town:
    """A town in which nobody changes anything."""
    return Town()


def signing_in(name: str, password: str = PASSWORD, *, admin: bool = False) -> dict[str, Any]:
    """The members of a sign-in."""
    flow = "ADMIN_USER_PASSWORD_AUTH" if admin else "USER_PASSWORD_AUTH"
    given = {"USERNAME": name, "PASSWORD": password}
    pool = {"UserPoolId": POOL} if admin else {}
    return {**pool, "ClientId": CLIENT, "AuthFlow": flow, "AuthParameters": given}


def test_many_wrong_passwords_lock():
    """After many failures the reference locks the user for a while, the right password included."""
    town = Town()
    for _ in range(8):
        assert (
            town.send("InitiateAuth", signing_in("ann", WRONG)).message == "Incorrect username or password."
        )
    for password in (WRONG, PASSWORD):
        answer = town.send("InitiateAuth", signing_in("ann", password))
        assert (answer.error, answer.message) == ("NotAuthorizedException", "Password attempts exceeded")
    town.reference.advance(10)
    town.call("InitiateAuth", **signing_in("ann"))


@pytest.mark.parametrize(
    ("operation", "params", "error", "text"),
    [
        (
            "DescribeUserPool",
            {"UserPoolId": NOBODY},
            "ResourceNotFoundException",
            f"User pool {NOBODY} does not exist.",
        ),
        (
            "ListUsers",
            {"UserPoolId": NOBODY},
            "ResourceNotFoundException",
            f"User pool {NOBODY} does not exist.",
        ),
        (
            "AdminGetUser",
            {"UserPoolId": POOL, "Username": "ghost"},
            "UserNotFoundException",
            "User does not exist.",
        ),
        (
            "ConfirmSignUp",
            {"ClientId": CLIENT, "Username": "ghost", "ConfirmationCode": "123456"},
            "UserNotFoundException",
            "Username/client id combination not found.",
        ),
        ("InitiateAuth", signing_in("ghost"), "UserNotFoundException", "User does not exist."),
        (
            "InitiateAuth",
            signing_in("ann", WRONG),
            "NotAuthorizedException",
            "Incorrect username or password.",
        ),
        (
            "AdminInitiateAuth",
            signing_in("ann", WRONG, admin=True),
            "NotAuthorizedException",
            "Incorrect username or password.",
        ),
        ("InitiateAuth", signing_in("dan"), "NotAuthorizedException", "User is disabled."),
        ("InitiateAuth", signing_in("cat"), "UserNotConfirmedException", "User is not confirmed."),
        ("GetUser", {"AccessToken": "bogus"}, "NotAuthorizedException", "Invalid Access Token"),
        (
            "AdminConfirmSignUp",
            {"UserPoolId": POOL, "Username": "ann"},
            "NotAuthorizedException",
            "User cannot be confirmed. Current status is CONFIRMED",
        ),
        (
            "SignUp",
            {"ClientId": CLIENT, "Username": "eve", "Password": "short"},
            "InvalidPasswordException",
            "Password did not conform with policy: Password not long enough",
        ),
        (
            "SignUp",
            {"ClientId": CLIENT, "Username": "ann", "Password": PASSWORD},
            "UsernameExistsException",
            "User already exists",
        ),
        (
            "ListUsers",
            {"UserPoolId": POOL, "Filter": "email = ann"},
            "InvalidParameterException",
            "Error while parsing filter.",
        ),
        # What may be accepted too, and is rather believed to be refused.
        (
            "ListUsers",
            {"UserPoolId": POOL, "AttributesToGet": ["name"]},
            "InvalidParameterException",
            "One or more requested attributes do not exist.",
        ),
        (
            "AdminDeleteUserAttributes",
            {"UserPoolId": POOL, "Username": "ann", "UserAttributeNames": ["custom:no"]},
            "InvalidParameterException",
            "Invalid user attributes: user.custom:no: Attribute does not exist in the schema.\n",
        ),
        (
            "AdminUpdateUserAttributes",
            {
                "UserPoolId": POOL,
                "Username": "ann",
                "UserAttributes": [{"Name": "birthdate", "Value": "1990"}],
            },
            "InvalidParameterException",
            "user.birthdate: String must be no shorter than 10 characters\n",
        ),
    ],
)
def test_refusal_says_why(town, operation, params, error, text):
    """A refusal has Cognito's code and words, with status 400 and the code in a header."""
    answer = town.send(operation, params)
    assert (answer.status, answer.error, answer.message) == (400, error, text)
    assert answer.headers["content-type"] == "application/x-amz-json-1.1"
    assert answer.headers["x-amzn-errortype"].startswith(error)


def test_what_must_be_refused_comes_before_what_may_be(town):
    """Of two faults in one call the server tells the one that is settled, and the other where it is alone."""
    history = {"PasswordPolicy": {"PasswordHistorySize": 3}}
    doubtful = {"PoolName": "p", "UserPoolTier": "LITE", "Policies": history}
    alone = town.send("CreateUserPool", doubtful)
    assert alone.error == "FeatureUnavailableInTierException"
    both = town.send("CreateUserPool", {**doubtful, "UserPoolTags": {"aws:x": "y"}})
    settled = town.send("CreateUserPool", {"PoolName": "p", "UserPoolTags": {"aws:x": "y"}})
    assert (both.error, both.message) == (settled.error, settled.message)
    assert settled.error not in (None, alone.error)


def test_an_unconfirmed_user_is_told_so_whatever_the_password(town):
    """That the user is not confirmed is told rather than that the password is wrong."""
    params = {"USERNAME": "cat", "PASSWORD": WRONG}
    answer = town.send(
        "InitiateAuth", {"ClientId": CLIENT, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": params}
    )
    assert (answer.error, answer.message) == ("UserNotConfirmedException", "User is not confirmed.")
