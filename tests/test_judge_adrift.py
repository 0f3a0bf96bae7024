"""A refusal for what comes after the effect: whether the effect stands nobody knows, and the walk ends there."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.engine.trace import requests_of
from cognito_conformance.judge.judge import Fate, Judge, Step
from cognito_conformance.machines.pick import commands
from cognito_conformance.machines.profiles import Profile
from cognito_conformance.machines.walk import Walk
from cognito_conformance.server.core import Reference
from cognito_conformance.wire.answer import read_answer
from cognito_model.model import Request
from support.drive import MODEL
from support.people import GOOD, Town, attributes

HEADERS = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "1"}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:trigger"
EMAIL = attributes(email="ann@example.com")
DAILY = "Exceeded daily email limit for the operation or the account."
ATTEMPTS = "Attempt limit exceeded, please try after some time."


def adrift(outcome, error, message=""):
    """Whether a step that was refused in this way leaves it open what the call has done."""
    body = json.dumps({"__type": error, "message": message}).encode()
    answer = read_answer(400, HEADERS, body, 0.0)
    return Step(Request(1, "", {}), outcome, answer, Fate.JUDGED).adrift


def test_message_that_did_not_go_out():
    """A sign-up that is refused since its message could not go out may have made the user."""
    town = Town(AutoVerifiedAttributes=["email"])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=EMAIL)
    assert adrift(outcome, "LimitExceededException", DAILY)
    assert adrift(outcome, "CodeDeliveryFailureException")
    assert not adrift(outcome, "NotAuthorizedException")


def test_wrong_sign_up():
    """A sign-up that had to be refused with this error has made nobody."""
    town = Town(LambdaConfig={"CustomMessage": ARN})
    wrong = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=attributes(phone="1"))
    assert not adrift(wrong, "InvalidParameterException")


@pytest.mark.parametrize(("message", "lost"), [(DAILY, True), (ATTEMPTS, False)])
def test_attempts_are_told_by_their_words(message, lost):
    """A reset that is refused after too many attempts has done nothing, as its message tells."""
    town = Town()
    town.confirmed("ann", email="ann@example.com", email_verified="true")
    for _ in range(6):
        town.admin("AdminResetUserPassword", "ann")
    outcome = town.admin_outcome("AdminResetUserPassword", "ann")
    assert adrift(outcome, "LimitExceededException", message) == lost


def test_forgotten_password():
    """A code for a forgotten password that could not go out has changed nothing, and the walk goes on."""
    town = Town()
    town.confirmed("ann", email="ann@example.com", email_verified="true")
    outcome = town.public_outcome("ForgotPassword", "ann")
    assert not adrift(outcome, "CodeDeliveryFailureException")


class WithoutMail(ReferenceEndpoint):
    """The reference, but for sign-ups: their messages cannot go out."""

    def send(self, operation, params, *, signed=None):
        if operation == "SignUp":
            body = json.dumps({"__type": "LimitExceededException", "message": DAILY}).encode()
            return read_answer(400, HEADERS, body, 0.0)
        return super().send(operation, params, signed=signed)


def test_walk_ends():
    """The walk ends with a sign-up of which nobody knows whether it made the user; nothing of the kind is broken. A replay
    ends there too.
    """
    endpoint = WithoutMail.of(Reference(), Budget(20))
    walk = Walk(Judge(MODEL, endpoint), commands("life cycle"), lambda *_: True, lambda *_: None)
    walk.begin(Profile({"PoolName": "p", "AutoVerifiedAttributes": ["email"]}, ({"ClientName": "app"},)))
    client = {"ClientId": walk.subject.client}
    step = walk.make("SignUp", {**client, "Username": "ann", "Password": GOOD, "UserAttributes": EMAIL})
    assert (step.disturbing, step.derailed, step.adrift, walk.ended) == (False, False, True, True)
    assert walk.make("ListUserPools", {"MaxResults": 1}) is None
    more = Request(step.request.step + 1, "ListUserPools", {"MaxResults": 1})
    run = Run(MODEL, endpoint, endpoint.budget, Options())
    assert len(run.replay([*requests_of(walk.steps), more])) == len(walk.steps)
