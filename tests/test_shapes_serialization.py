"""Requests that cannot be read, and odd ones that can."""

import pytest
from botocore.loaders import Loader

from cognito_model.shapes import Service

SERVICE = Service(Loader().load_service_model("cognito-idp", "service-2"))
USER = {"ClientId": "c", "Username": "u"}
NUMBER = "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"
OBJECT = "Start of structure or map found where not expected."


@pytest.mark.parametrize(
    ("operation", "params", "problem"),
    [
        ("SignUp", {**USER, "UserAttributes": [{"Name": "n", "Value": 7}]}, NUMBER),  # ser-number-for-string
        ("ConfirmForgotPassword", {**USER, "ConfirmationCode": {"a": "b"}}, OBJECT),  # ser-object-for-string
        ("SignUp", {**USER, "ClientMetadata": "text"}, "Expected map or null"),  # ser-body-not-object
        ("SignUp", "text", "Expected map or null"),
        (
            "ListUsers",
            {"Limit": "x"},
            "STRING_VALUE can not be converted to an Integer",
        ),  # ser-string-for-integer
        ("ListUsers", {"Limit": True}, "TRUE_VALUE can not be converted to an Integer"),
        ("CreateManagedLoginBranding", {"Assets": "nope"}, "Unexpected field type"),
    ],
)
def test_the_texts_that_were_seen(operation, params, problem):
    """Each type mistake that was seen on the real service gives the text that was seen."""
    assert SERVICE.serialization_problem(operation, params) == problem


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("SignUp", []),
        ("SignUp", 7),
        ("SignUp", {"Username": True}),
        ("SignUp", {"Username": ["u"]}),
        ("SignUp", {"UserAttributes": {"Name": "n"}}),
        ("SignUp", {"UserAttributes": ["n"]}),
        ("SignUp", {"UserAttributes": [["n"]]}),
        ("SignUp", {"ClientMetadata": {"k": {}}}),
        ("SignUp", {"AnalyticsMetadata": []}),
        ("ListUsers", {"Limit": {}}),
        ("ConfirmSignUp", {"ForceAliasCreation": []}),
    ],
)
def test_containers_and_scalars_are_not_confused(operation, params):
    """A container for a scalar, a scalar for a container and a list for a map cannot be read."""
    assert SERVICE.serialization_problem(operation, params)


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("CreateManagedLoginBranding", {"UseCognitoProvidedValues": "yes"}),  # ser-string-for-boolean-lenient
        ("ListUsers", {"Limit": "5"}),
        ("ListUsers", {"Limit": None, "Filter": None}),  # wire-null-member-input
        ("SignUp", {**USER, "Bogus": {"a": [1]}}),  # wire-unknown-member-input
        ("SignUp", None),
        ("SetLogDeliveryConfiguration", {"LogConfigurations": [None]}),  # wire-null-list-element
        ("CreateManagedLoginBranding", {"Settings": {"a": [1, {"b": None}]}}),
    ],
)
def test_what_is_lenient_or_undecided_can_be_read(operation, params):
    """Coercions, nulls, unknown members and free documents are no mistake of type."""
    assert SERVICE.serialization_problem(operation, params) is None


def test_what_cannot_be_read_breaks_no_constraint():
    """Constraints are looked at only in what was read."""
    assert SERVICE.violations("ListUsers", {"UserPoolId": 7, "Limit": "100"}) == ()
