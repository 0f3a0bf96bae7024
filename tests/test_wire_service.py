"""The API model as the suite uses it."""

import base64
import sys

import pytest

from cognito_conformance.wire import service


def test_the_operations():
    """There are 141 operations, 34 of them public, each with the errors that it declares."""
    assert len(service.operation_names()) == 141
    assert len(service.noauth_operations()) == 34
    assert {"SignUp", "GetUser"} <= service.noauth_operations()
    assert "AdminGetUser" not in service.noauth_operations()
    assert "UsernameExistsException" in service.declared_errors("SignUp")


def test_shapes():
    """Shapes are botocore's; an operation may have none for its answer."""
    assert "Username" in service.input_shape("SignUp").members
    assert "UserSub" in service.output_shape("SignUp").members
    assert service.output_shape("DeleteUserPool") is None


def test_raw_description():
    """The raw description is plain data, read once."""
    assert service.description() is service.description()
    assert service.description()["metadata"]["targetPrefix"] == service.TARGET_PREFIX


def test_sensitive_members():
    """Passwords, tokens and codes are sensitive, and pool ids are not."""
    assert {
        "Password",
        "AccessToken",
        "Session",
        "SecretHash",
        "AuthParameters",
    } <= service.sensitive_members()
    assert "UserPoolId" not in service.sensitive_members()


USER = {"Username": "u", "UserCreateDate": 1700000000.123, "Enabled": True, "UserStatus": "CONFIRMED"}


@pytest.mark.parametrize(
    ("operation", "output"),
    [
        ("SignUp", {"UserConfirmed": False, "UserSub": "s"}),
        ("SignUp", {}),
        ("AdminGetUser", USER),
        ("AdminGetUser", USER | {"UserStatus": "no such status", "Username": "", "UserMFASettingList": []}),
        ("AdminGetUser", USER | {"UserAttributes": None, "Invented": {"a": 1}}),
        ("CreateUserPool", {"UserPool": {"EstimatedNumberOfUsers": 0.0, "UserPoolTags": {"a": "b"}}}),
        ("SetUICustomization", {"UICustomization": {"ImageUrl": "no url"}}),
        ("DescribeManagedLoginBranding", {"ManagedLoginBranding": {"Settings": [1, {"a": None}]}}),
        (
            "DescribeManagedLoginBranding",
            {"ManagedLoginBranding": {"Assets": [{"Bytes": base64.b64encode(b"x").decode()}]}},
        ),
        ("DeleteUserPool", {}),
        ("DeleteUserPool", {"Anything": 1}),
    ],
)
def test_conforming_output(operation, output):
    """Types are judged, and nothing that real answers do not keep: patterns, enumerations, required
    members.
    """
    assert service.output_problems(operation, output) == []


@pytest.mark.parametrize(
    ("operation", "output", "problem"),
    [
        ("SignUp", {"UserSub": 7}, "UserSub should be a string and is a number"),
        ("SignUp", {"UserConfirmed": "false"}, "UserConfirmed should be true or false and is a string"),
        (
            "AdminGetUser",
            {"UserCreateDate": "2024-01-01T00:00:00Z"},
            "UserCreateDate should be a number and is a string",
        ),
        ("AdminGetUser", {"UserAttributes": {}}, "UserAttributes should be a list and is an object"),
        ("AdminGetUser", {"UserAttributes": [{}, None]}, "UserAttributes[1] should be an object and is null"),
        (
            "AdminGetUser",
            {"UserAttributes": [{"Name": True}]},
            "UserAttributes[0].Name should be a string and is true or false",
        ),
        (
            "CreateUserPool",
            {"UserPool": {"EstimatedNumberOfUsers": 1.5}},
            "should be a whole number and is a number",
        ),
        (
            "CreateUserPool",
            {"UserPool": {"EstimatedNumberOfUsers": True}},
            "should be a whole number and is true or false",
        ),
        (
            "CreateUserPool",
            {"UserPool": {"UserPoolTags": {"a": 1}}},
            "UserPool.UserPoolTags['a'] should be a string and is a number",
        ),
        ("CreateUserPool", {"UserPool": []}, "UserPool should be an object and is a list"),
    ],
)
def test_wrong_types(operation, output, problem):
    """A member of another JSON type is a problem, told with its path and without its value."""
    (told,) = service.output_problems(operation, output)
    assert told.endswith(problem)


def test_problems_are_bounded_and_quote_nothing():
    """A hostile answer makes no endless list, and no value of it is repeated."""
    problems = service.output_problems("AdminGetUser", {"UserAttributes": [{"Value": ["secret"]}] * 10_000})
    assert len(problems) == 50
    assert not any("secret" in problem for problem in problems)


def test_deep_output_needs_no_stack():
    """Only what the model knows is walked."""
    deep = None
    for _ in range(10 * sys.getrecursionlimit()):
        deep = [deep]
    assert (
        service.output_problems("DescribeManagedLoginBranding", {"ManagedLoginBranding": {"Settings": deep}})
        == []
    )
    assert service.output_problems("SignUp", {"Invented": deep}) == []
    while deep:
        deep = deep[0]


def test_unknown_members():
    """Members that the model does not know are listed apart, with their paths."""
    output = USER | {"Extra": 1, "UserAttributes": [{"Name": "a", "Odd": 2}, "no object"]}
    assert service.unknown_members("AdminGetUser", output) == ["Extra", "UserAttributes[0].Odd"]
    assert service.unknown_members("DeleteUserPool", {"A": 1}) == ["A"]
    assert service.unknown_members("SignUp", {"UserSub": 7}) == []
