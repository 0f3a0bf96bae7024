"""What a target says that it has not got: operations, and parts of them."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.judge.judge import Fate, Judge
from cognito_conformance.server.core import Reference
from cognito_conformance.targets import unsupported
from cognito_conformance.targets.description import Operations
from cognito_conformance.wire.answer import Answer, read_answer
from cognito_model.model import Request
from support.drive import MODEL


class Partial(ReferenceEndpoint):
    """A service that says, as cognito-local does, that it has no sign-in by SRP, and nothing of groups."""

    asked: list[str]

    def send(self, operation, params, *, signed=None) -> Answer:
        self.asked = [*getattr(self, "asked", ()), params.get("AuthFlow", operation)]
        if params.get("AuthFlow") == "USER_SRP_AUTH":
            return self.says("Unsupported", "InitAuth with AuthFlow=USER_SRP_AUTH")
        if operation == "CreateGroup":
            return self.says("Unsupported", 'Unsupported x-amz-target header "CreateGroup"')
        return super().send(operation, params, signed=signed)

    def says(self, error: str, message: str) -> Answer:
        """A refusal."""
        self.budget.spend()
        body = json.dumps({"__type": f"CognitoLocal#{error}", "message": f"unsupported feature: {message}"})
        return read_answer(500, {"Content-Type": "application/x-amz-json-1.1"}, body.encode(), 0.0)

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """As any target."""
        return unsupported.says_unsupported(answer)

    def lacks_operation(self, operation: str, answer: Answer) -> bool:
        """As a target that nobody has described."""
        return unsupported.lacks(Operations(), operation, answer)


def partial(requests: int) -> Partial:
    """Such a service with a budget of so many requests."""
    return Partial.of(Reference(seed=1), Budget(requests))


@pytest.mark.parametrize(
    ("operation", "params", "lacking"),
    [
        ("AdminInitiateAuth", {"AuthFlow": "USER_SRP_AUTH"}, False),
        ("CreateGroup", {"GroupName": "readers"}, True),
    ],
)
def test_part_of_an_operation_is_not_the_whole(operation, params, lacking):
    """A step tells whether the target lacks the operation or just a part of it."""
    judge = Judge(MODEL, partial(9))
    made = judge.step(Request(1, operation, {"UserPoolId": "us-east-1_AbCdEfGhI", **params}))
    assert (made.fate, made.lacking) == (Fate.UNSUPPORTED, lacking)
    assert made.reason.endswith("operation")


def test_run_goes_on_with_the_other_parts():
    """An operation of which a part is lacking is called on, the part not over and over; one that is lacking is not."""
    endpoint = partial(1500)
    run = Run(MODEL, endpoint, endpoint.budget, Options(seed=1, areas=("sign-in", "groups"), minimise=False))
    run.explore()
    assert run.unsupported == {"CreateGroup"}
    operations = run.ledger.operations
    assert [name for name, tally in operations.items() if tally.unsupported] == ["CreateGroup"]
    assert endpoint.asked.count("CreateGroup") <= 5  # plans that were made before go on
    assert 2 <= endpoint.asked.count("USER_SRP_AUTH") <= 40
    assert operations["InitiateAuth"].succeeded
