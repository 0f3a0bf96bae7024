"""What the judge makes of a server's fault."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cognito_conformance.judge.judge import Fate, Judge
from cognito_conformance.wire.answer import Answer, read_answer
from cognito_model.model import Request
from support.door import PHONE, TEXT, TOTP, Door
from support.drive import MODEL
from support.people import GOOD

JSON = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "1"}
NO_POOL = {"UserPoolId": "us-east-1_AbCdEfGhI"}


class Endpoint:
    """Answers every call alike."""

    def __init__(self, status: int, body: str, **headers: str) -> None:
        self.answer = read_answer(status, headers or JSON, body.encode(), 0.0)

    def now(self) -> float:
        return 1_700_000_000.0

    def send(self, operation: str, params: dict[str, Any], *, signed: bool | None = None) -> Answer:
        return self.answer

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        return False

    def issuer(self, pool_id: str) -> str | None:
        return None

    def function(self, role: str) -> str | None:
        return None

    def claims(self, pool_id: str, token: str, kind: str) -> dict[str, Any]:
        return {}

    def read_code(self, *what: Any) -> str | None:
        return None


def step(endpoint, operation, **params):
    return Judge(MODEL, endpoint).step(Request(1, operation, params))


START = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "ann", "PASSWORD": GOOD}}
CRASH = Endpoint(500, "<html>Internal Server Error</html>", **{"Content-Type": "text/html"})
FAULT = Endpoint(500, json.dumps({"__type": "InternalErrorException", "message": "sorry"}))


NOTHING = Endpoint(200, "null", **{"Content-Type": "text/html"})


def test_null_instead_of_an_answer():
    """JSON that is no object is the target's own word, and breaks what was due; a page may be anybody's."""
    made = step(NOTHING, "DescribeUserPool", **NO_POOL)
    assert made.fate is Fate.JUDGED
    assert {"protocol/answer-is-json", "common/pool-exists"} <= {c.requirement.slug for c in made.broken}
    page = Endpoint(200, "<html>Sign in to the network</html>", **{"Content-Type": "text/html"})
    assert step(page, "DescribeUserPool", **NO_POOL).fate is Fate.ERROR


@pytest.mark.parametrize("endpoint", [CRASH, FAULT], ids=["page", "error"])
def test_fault_instead_of_a_refusal(endpoint):
    """A fault where a refusal was due breaks the requirement that refuses, and is taken for a refusal."""
    made = step(endpoint, "DescribeUserPool", **NO_POOL)
    broken = {check.requirement.slug for check in made.broken}
    assert {"protocol/no-server-fault", "common/pool-exists"} <= broken
    assert (made.fate, made.derailed) == (Fate.JUDGED, False)


@pytest.mark.parametrize("endpoint", [CRASH, FAULT], ids=["page", "error"])
def test_fault_instead_of_a_success(endpoint):
    """A fault where a success was due breaks what the call is for; whether it was carried out nobody knows."""
    made = step(endpoint, "CreateUserPool", PoolName="x")
    broken = {check.requirement.slug for check in made.broken}
    assert {"protocol/no-server-fault", "pools/creates-pool"} <= broken
    assert (made.fate, made.derailed) == (Fate.JUDGED, True)


def test_gateway_in_between():
    """A page of 502 to 504 speaks of the way to the target, and is held against nobody."""
    made = step(Endpoint(503, "<html>try later</html>"), "DescribeUserPool", **NO_POOL)
    assert (made.fate, made.derailed, made.broken) == (Fate.ERROR, True, ())


def test_accepted_reading():
    """A reading that was accepted against the rules leaves nothing behind, and the walk goes on."""
    made = step(Endpoint(200, json.dumps({"UserPools": [{}]})), "ListUserPools", MaxResults=61)
    assert [check.requirement.slug for check in made.broken] == ["protocol/request-keeps-constraints"]
    assert not made.derailed


@pytest.mark.parametrize("parameters", [{"ChallengeParameters": {}}, {}])
def test_parameters_of_another_challenge_are_not_judged(parameters):
    """Where another challenge is asked than the right one, that is one fault, and its own parameters are none."""
    door = Door(mfa={**TEXT, **TOTP}, ann=PHONE)
    door.with_text()
    outcome = door.start_outcome()
    asked = {"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "s", **parameters}
    judge = Judge(MODEL, Endpoint(200, json.dumps(asked)), world=door.drive.world)
    judge.bindings.values |= dict.fromkeys((door.pool.id, door.client), "x")
    made = judge.step(Request(99, "InitiateAuth", {**START, "ClientId": door.client}))
    assert outcome.replies[0].requirement.slug == "challenges/asks-preferred-factor"
    assert [(check.requirement.slug, check.path) for check in made.broken] == [
        ("challenges/asks-preferred-factor", "ChallengeName")
    ]
