"""A target that says it has no such thing is told apart from Cognito's own refusals and from mere trouble."""

import json
import re

import pytest

from cognito_conformance.targets import resolve
from cognito_conformance.targets.description import Operations
from cognito_conformance.targets.unsupported import lacks, says_unsupported
from cognito_conformance.wire.answer import Answer, read_answer

HTML = b"<!doctype html>\n<html lang=en>\n<title>%s</title>\n<h1>%s</h1>\n"
MOTO = HTML % (b"500 Internal Server Error", b"Internal Server Error")
LOCAL = "CognitoLocal#Unsupported"


def error(status, code, message=""):
    """An error answer of a target."""
    return read_answer(status, {}, json.dumps({"__type": code, "message": message}).encode(), 0.0)


def page(status, body):
    """An answer that is no JSON."""
    return read_answer(status, {"Content-Type": "text/html"}, body, 0.0)


@pytest.mark.parametrize(
    "answer",
    [
        error(400, "UnknownOperationException"),
        error(404, "com.amazon.coral.service#UnknownOperationException"),
        error(400, "InvalidAction", "Unknown Cognito IDP action: ListDevices"),
        error(500, LOCAL, 'Cognito Local unsupported feature: Unsupported x-amz-target header "ListDevices"'),
        error(500, LOCAL, "Cognito Local unsupported feature: InitAuth with AuthFlow=USER_SRP_AUTH"),
        error(400, "UnsupportedOperation"),
        error(501, "InternalFailure", "The API for service 'cognito-idp' is not included in your plan"),
        error(500, "InternalErrorException", "The ListDevices action has not been implemented"),
        error(501, "NotImplementedException"),
        page(501, b""),
        page(501, HTML % (b"501 Not Implemented", b"")),
        page(500, b"<pre>NotImplementedError: list_devices</pre>"),
        page(404, b"Unknown operation ListDevices"),
    ],
)
def test_not_implemented(answer):
    """These answers say that there is no such operation, or no such part of one."""
    assert says_unsupported(answer)


@pytest.mark.parametrize(
    "answer",
    [
        error(400, "UnsupportedOperationException", "This operation is not supported"),
        error(400, "UnsupportedUserStateException", "User is not in a supported state"),
        error(400, "UnsupportedTokenTypeException", "Unsupported token type"),
        error(400, "UnsupportedIdentityProviderException"),
        error(400, "InvalidParameterException", "Feature not implemented in this tier"),
        error(400, "FeatureUnavailableInTierException", "not supported yet"),
        error(400, "NotAuthorizedException", "Unknown action"),
        error(500, "InternalErrorException", "Something went wrong"),
        error(400, "UnrecognizedClientException"),
        error(400, "MyOwnException", "not implemented"),
        page(500, MOTO),
        page(404, HTML % (b"404 Not Found", b"Not Found")),
        page(200, b"not implemented"),
        read_answer(200, {}, b'{"message": "not implemented"}', 0.0),
        Answer.lost("timeout", 1.0),
        Answer.lost("connection refused", 0.0),
    ],
)
def test_something_else(answer):
    """These answers do not: Cognito's own refusals, trouble of any kind, and a success whatever its text."""
    assert not says_unsupported(answer)


def test_known_to_be_missing():
    """What a description knows to be missing is missing where the target answers as it does then, and only then."""
    moto = resolve("moto").operations
    assert lacks(moto, "ListDevices", page(500, MOTO))
    assert not lacks(moto, "SignUp", page(500, MOTO))
    assert not lacks(moto, "ListDevices", error(400, "NotAuthorizedException"))
    assert not lacks(moto, "ListDevices", read_answer(200, {}, b"{}", 0.0))
    assert not lacks(moto, "ListDevices", page(500, b"<title>Bad Gateway</title>"))


def test_part_of_an_operation():
    """An operation of which only a part is missing is there."""
    part = error(500, LOCAL, "Cognito Local unsupported feature: InitAuth with AuthFlow=USER_SRP_AUTH")
    whole = error(
        500, LOCAL, 'Cognito Local unsupported feature: Unsupported x-amz-target header "ListDevices"'
    )
    for operations in resolve("cognito-local").operations, Operations():
        assert not lacks(operations, "InitiateAuth", part)
        assert lacks(operations, "ListDevices", whole)


def test_answer_without_a_pattern():
    """A description may name the status alone."""
    operations = Operations(frozenset({"ListDevices"}), status=404)
    assert lacks(operations, "ListDevices", page(404, b""))
    assert not lacks(
        Operations(frozenset(), status=404, body=re.compile("x")), "ListDevices", page(404, b"x")
    )
