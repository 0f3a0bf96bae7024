"""What every answer must be, whatever was asked."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.judge.envelope import envelope_checks
from cognito_conformance.wire.answer import read_answer

TOLD = {
    "Content-Type": "application/x-amz-json-1.1",
    "x-amzn-RequestId": "1",
    "x-amzn-ErrorType": "UserNotFoundException:",
    "x-amzn-ErrorMessage": "User does not exist.",
}


def broken(status=400, body=None, **headers):
    """The slugs of the requirements that an answer breaks; underscores stand for hyphens, None takes a header out."""
    said = {"__type": "UserNotFoundException", "message": "User does not exist."} if body is None else body
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    told = {name: value for name, value in {**TOLD, **changed}.items() if value is not None}
    answer = read_answer(status, told, json.dumps(said).encode(), 0.0)
    return {c.requirement.slug for c in envelope_checks("AdminGetUser", answer, ()) if not c.held}


def test_error_as_cognito_gives_it():
    """An error with its type and message in headers and body keeps every requirement."""
    assert broken() == set()


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"Content_Type": "text/html"}, "content-type-is-amz-json"),
        ({"x_amzn_RequestId": None}, "request-id-is-given"),
        ({"x_amzn_ErrorType": "OtherException"}, "error-type-header"),
        ({"x_amzn_ErrorMessage": None}, "error-message-header"),
        ({"x_amzn_ErrorMessage": "Something else"}, "error-message-header"),
        ({"status": 404}, "client-error-is-400"),
        ({"status": 500}, "no-server-fault"),
    ],
)
def test_error_that_lacks_something(change, slug):
    """What an error answer lacks breaks the requirement about that, and no other."""
    assert broken(**change) == {f"protocol/{slug}"}


def test_undeclared_error():
    """An error that the operation does not declare is none of its answers."""
    told = {"x_amzn_ErrorType": "EnableSoftwareTokenMFAException", "x_amzn_ErrorMessage": None}
    assert broken(body={"__type": "EnableSoftwareTokenMFAException"}, **told) == {
        "protocol/error-is-declared"
    }


def test_message_that_no_header_holds():
    """A message with characters that a header cannot hold is not looked for there."""
    said = {"__type": "UserNotFoundException", "message": "Benutzer fehlt: Jürgen"}
    assert broken(body=said, x_amzn_ErrorMessage=None) == set()


def test_page_is_no_answer():
    """A page where JSON belongs is no answer, whatever its status says."""
    answer = read_answer(500, {"Content-Type": "text/html"}, b"<html>sorry</html>", 0.0)
    slugs = {c.requirement.slug for c in envelope_checks("AdminGetUser", answer, ()) if not c.held}
    assert {"protocol/answer-is-json", "protocol/no-server-fault"} <= slugs
