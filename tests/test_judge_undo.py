"""What the target should not have made is deleted again, and the walk goes on."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.judge.judge import Judge
from cognito_conformance.wire.answer import read_answer
from cognito_model.model import Request
from cognito_model.requirement import MUST
from support.drive import MODEL

HEADERS = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "1"}
MADE = {"UserPool": {"Id": "us-east-1_AbCdEfGhI", "Name": "p"}}
TWO_AT_ONCE = {"PoolName": "p", "AliasAttributes": ["email"], "UsernameAttributes": ["email"]}


class Lenient:
    """Makes a pool of whatever it is asked, and deletes it or not."""

    def __init__(self, made, *, deletes: bool = True) -> None:
        self.made, self.deletes = made, deletes
        self.asked: list[tuple[str, dict]] = []

    def now(self) -> float:
        return 1_700_000_000.0

    def send(self, operation, params, *, signed=None):
        self.asked.append((operation, dict(params)))
        if operation.startswith("Delete"):
            error = {"__type": "ResourceNotFoundException", "message": "no"}
            return answered(200, {}) if self.deletes else answered(400, error)
        return answered(200, self.made)

    def says_unsupported(self, operation, answer) -> bool:
        return False

    def issuer(self, pool_id):
        return None

    def function(self, role):
        return None

    def claims(self, pool_id, token, kind):
        return {}


def answered(status, body):
    return read_answer(status, HEADERS, json.dumps(body).encode(), 0.0)


def made_by(endpoint: Lenient):
    return Judge(MODEL, endpoint).step(Request(1, "CreateUserPool", TWO_AT_ONCE))


def test_a_pool_against_the_rules_is_deleted():
    """A pool that had to be refused is a divergence, is deleted at once, and the model still knows the target."""
    endpoint = Lenient(MADE)
    step = made_by(endpoint)
    assert [check.requirement.slug for check in step.broken][:1] == ["pool-rules/alias-or-username"]
    assert endpoint.asked[1:] == [("DeleteUserPool", {"UserPoolId": MADE["UserPool"]["Id"]})]
    assert not step.derailed


@pytest.mark.parametrize(
    "endpoint",
    [Lenient(MADE, deletes=False), Lenient({"UserPool": {"Id": 7}}), Lenient({"UserPool": "none"})],
)
def test_where_it_cannot_be_deleted_the_walk_ends(endpoint):
    """Where the pool stays, or nothing says which it is, the model no longer knows the target."""
    assert made_by(endpoint).derailed


def test_what_a_wrong_answer_repeats_is_not_held_against_it_twice():
    """Where a request had to be refused, an answer that repeats what was wrong with it breaks no second requirement."""
    endpoint = Lenient({"UserPool": {"Id": MADE["UserPool"]["Id"], "Name": {}}})
    step = Judge(MODEL, endpoint).step(Request(1, "CreateUserPool", {"PoolName": {}}))
    assert [check.requirement.slug for check in step.broken if check.requirement.level is MUST] == [
        "protocol/request-is-well-typed"
    ]
