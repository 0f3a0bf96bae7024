"""The reference server takes anything: a thousand ill-formed requests, and it is as it was."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.generators import ill_formed, service
from cognito_conformance.generators.hostile import SPOILERS
from cognito_conformance.server.core import Reference
from cognito_conformance.server.in_process import InProcessClient

HUGE = ("deep nesting", "never closed", "huge string", "many members")
"""Spoilers whose bodies are large: fewer of these keep the tests fast."""
REQUESTS = 1000


def requests(spoiler):
    """Requests of a spoiler, spread over all operations."""
    operations = list(service().operations)
    count = 10 if spoiler in HUGE else -(-(REQUESTS - 10 * len(HUGE)) // (len(SPOILERS) - len(HUGE)))
    return [ill_formed(operations[seed * 7 % len(operations)], spoiler, seed) for seed in range(count)]


@pytest.fixture(scope="module")
def populated():
    """A server with a pool, a client and a user, and what it says of them."""
    reference = Reference(seed=3)
    client = InProcessClient(reference)
    pool = client.send("CreateUserPool", {"PoolName": "p"}).output["UserPool"]["Id"]
    app = client.send("CreateUserPoolClient", {"UserPoolId": pool, "ClientName": "c"}).output
    user = {"Username": "alice", "Password": "Aa1!Secret0"}
    client.send("SignUp", {"ClientId": app["UserPoolClient"]["ClientId"], **user})

    def picture():
        about = {"UserPoolId": pool}
        return [
            client.send("DescribeUserPool", about).output,
            client.send("ListUserPoolClients", about).output,
            client.send("ListUsers", about).output,
            client.send("ListUserPools", {"MaxResults": 60}).output,
        ]

    return reference, picture


def test_a_thousand_requests_are_made():
    """The number of requests below is what this module promises."""
    assert sum(len(requests(spoiler)) for spoiler in SPOILERS) >= REQUESTS


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
@pytest.mark.parametrize("spoiler", SPOILERS)
def test_an_ill_formed_request_is_answered_well(populated, spoiler, signed):
    """The answer is JSON with the right error where that is known, never a server fault, and the world is unharmed."""
    reference, picture = populated
    before = picture()
    assert all(before)
    for request in requests(spoiler):
        headers = {name.lower(): value for name, value in request.headers.items()}
        if signed:
            headers["authorization"] = "AWS4-HMAC-SHA256 x"
        answer = reference.handle(headers, request.body)
        assert answer.status < 500, request
        body = json.loads(answer.body or b"{}")
        if answer.status >= 400:
            assert body.get("__type") or body.get("code"), request
        if request.error is not None and signed:
            assert body.get("__type") == request.error, request
    after = picture()
    assert after[:3] == before[:3]
    known = [entry["Id"] for entry in after[3]["UserPools"]]
    assert [entry["Id"] for entry in before[3]["UserPools"] if entry["Id"] not in known] == []
