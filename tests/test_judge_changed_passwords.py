"""A password that changed between a challenge and its proof: judge and server count the same attempts."""

from __future__ import annotations

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.machines.factors import SES
from cognito_conformance.server.core import Reference
from cognito_model.model import Request
from cognito_model.terms import ClaimTimestamp, Fresh, SrpA, SrpProof
from support.people import GOOD, OTHER
from support.walked import walked

POOL, APP = Fresh("PoolId", 1), Fresh("ClientId", 2)
ANN = {"UserPoolId": POOL, "Username": "ann"}


def beginning(*flows, **started):
    """A user whose password is changed after a sign-in was begun with SRP_A."""
    client = {
        "UserPoolId": POOL,
        "ClientName": "a",
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", *flows],
    }
    return [
        Request(1, "CreateUserPool", {"PoolName": "p"}),
        Request(2, "CreateUserPoolClient", client),
        Request(3, "AdminCreateUser", {**ANN, "MessageAction": "SUPPRESS"}),
        Request(4, "AdminSetUserPassword", {**ANN, "Password": GOOD, "Permanent": True}),
        Request(5, "InitiateAuth", {"ClientId": APP, **started}),
        Request(6, "AdminSetUserPassword", {**ANN, "Password": OTHER, "Permanent": True}),
    ]


def proof(step, password, asked=5, **more):
    """An answer to what that call asked."""
    block = Fresh("SecretBlock", asked)
    responses = {
        "USERNAME": "ann",
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "PASSWORD_CLAIM_SIGNATURE": SrpProof(block, password, "ann", POOL),
        "TIMESTAMP": ClaimTimestamp(block),
        **more,
    }
    params = {"ClientId": APP, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses}
    return Request(step, "RespondToAuthChallenge", params)


def broken(requests):
    """What the reference broke."""
    endpoint = ReferenceEndpoint.of(Reference(seed=1), Budget(100))
    return [check.requirement.slug for steps in walked(endpoint, requests) for check in steps[-1].broken]


@pytest.mark.parametrize("password", [GOOD, OTHER])
def test_refused_proofs_count(password):
    """Proofs of either password that are refused, again and again, come to the lock that the judge expects."""
    started = {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": "ann", "SRP_A": SrpA(5)}}
    proofs = [proof(step, password) for step in range(7, 20)]
    assert broken([*beginning("ALLOW_USER_SRP_AUTH", **started), *proofs]) == []


@pytest.mark.parametrize("password", [GOOD, OTHER])
def test_what_is_refused_for_its_form_is_no_attempt(password):
    """A proof with a timestamp that is none leaves the sign-in by choice as it was, and the next proof may be right."""
    started = {
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {"USERNAME": "ann", "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": SrpA(5)},
    }
    proofs = [proof(7, password, TIMESTAMP="2026-01-02T03:04:05Z"), proof(8, password)]
    assert broken([*beginning("ALLOW_USER_AUTH", **started), *proofs]) == []


def test_there_was_no_password():
    """Where the user had no password when the challenge was asked, a proof of one that was set since may be refused."""
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    flows = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    email = [{"Name": "email", "Value": "a@example.com"}, {"Name": "email_verified", "Value": "true"}]
    chosen = {"USERNAME": "ann", "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": SrpA(4)}
    requests = [
        Request(1, "CreateUserPool", {"PoolName": "p", "Policies": factors, "EmailConfiguration": SES}),
        Request(
            2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", "ExplicitAuthFlows": flows}
        ),
        Request(3, "AdminCreateUser", {**ANN, "UserAttributes": email, "MessageAction": "SUPPRESS"}),
        Request(4, "InitiateAuth", {"ClientId": APP, "AuthFlow": "USER_AUTH", "AuthParameters": chosen}),
    ]
    assert (
        broken(
            [*requests, Request(5, "AdminSetUserPassword", {**ANN, "Password": OTHER}), proof(6, OTHER, 4)]
        )
        == []
    )
