"""What only follows from another divergence is told as such: had an earlier call asked for what its answer shows, it would be right."""

from __future__ import annotations

import dataclasses

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.explain import explain
from cognito_conformance.engine.ledger import Ledger
from cognito_conformance.engine.verdicts import Verdict, verdict_of
from cognito_conformance.server.core import Reference
from cognito_model.model import Request
from cognito_model.terms import Fresh
from support.drive import MODEL
from support.walked import walked

POOL, APP = Fresh("PoolId", 1), Fresh("ClientId", 2)
FLOWS = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
HIDES = {"PreventUserExistenceErrors": "ENABLED"}
SHOWS = {"PreventUserExistenceErrors": "LEGACY"}
NOBODY = {"USERNAME": "nobody", "PASSWORD": "Passw0rd!"}
WALK = [
    Request(1, "CreateUserPool", {"PoolName": "p"}),
    Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", **FLOWS, **HIDES}),
    Request(3, "UpdateUserPoolClient", {"UserPoolId": POOL, "ClientId": APP, **FLOWS, **SHOWS}),
    Request(4, "InitiateAuth", {"ClientId": APP, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": NOBODY}),
]


class Keeps(ReferenceEndpoint):
    """An update of a client keeps who is hidden, whatever it names; `shows` says whether its answer shows that."""

    shows = True

    def send(self, operation, params, *, signed=None):
        if operation != "UpdateUserPoolClient":
            return super().send(operation, params, signed=signed)
        answer = super().send(operation, {**params, **HIDES}, signed=signed)
        if not self.shows:
            answer.output["UserPoolClient"].pop("PreventUserExistenceErrors")
        answer.output["UserPoolClient"]["ClientName"] = answer.output["UserPoolClient"]["ClientName"] + "!"
        return answer


def ledger_of(endpoint):
    """The ledger of the walk there, explained."""
    ledger = Ledger()
    for steps in walked(endpoint, WALK):
        ledger.record(steps[-1], steps, 1)
    explain(MODEL, dataclasses.replace(endpoint, fetches=False), ledger.findings.values())
    return ledger


def found(ledger, slug):
    """The only finding about a requirement."""
    [finding] = [f for f in ledger.findings.values() if f.requirement.slug == slug]
    return finding


@pytest.mark.parametrize("shows", [True, False])
def test_what_an_answer_showed_explains_what_came_of_it(shows):
    """That nobody is hidden from whom they were hidden before follows where the update's answer shows it, else not."""
    endpoint = Keeps.of(Reference(seed=1), Budget(100))
    endpoint.shows = shows
    ledger = ledger_of(endpoint)
    late = found(ledger, "sign-in/unknown-user-is-named")
    verdict = verdict_of(ledger.tally(late.requirement), [late])
    told = results.story(late, "x", "y")
    assert (late.downstream, verdict) == ((True, Verdict.FLAKY) if shows else (False, Verdict.FAIL))
    assert ("It follows from client-updates/updates-client: had call 3 asked" in told) is shows
    early = [f for f in ledger.findings.values() if f.operation == "UpdateUserPoolClient"]
    assert early
    assert not any(finding.downstream for finding in early)


def test_a_duration_follows_with_its_unit():
    """Where an update left a duration in minutes, which its answer shows in two members, what a token lasts follows."""

    class KeepsMinutes(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            if operation != "UpdateUserPoolClient":
                return super().send(operation, params, signed=signed)
            answer = super().send(operation, {**params, **minutes}, signed=signed)
            answer.output["UserPoolClient"]["ClientName"] = "b!"
            return answer

    minutes = {"AccessTokenValidity": 10, "TokenValidityUnits": {"AccessToken": "minutes"}}
    hour = {"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "hours"}}
    user = {"UserPoolId": POOL, "Username": "ann"}
    begun = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {**NOBODY, "USERNAME": "ann"}}
    walk = [
        WALK[0],
        Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", **FLOWS, **minutes}),
        Request(3, "UpdateUserPoolClient", {**WALK[2].params, **hour}),
        Request(4, "AdminCreateUser", user),
        Request(5, "AdminSetUserPassword", {**user, "Password": NOBODY["PASSWORD"], "Permanent": True}),
        Request(6, "InitiateAuth", {"ClientId": APP, **begun}),
    ]
    endpoint = KeepsMinutes.of(Reference(seed=1), Budget(100))
    ledger = Ledger()
    for steps in walked(endpoint, walk):
        ledger.record(steps[-1], steps, 1)
    explain(MODEL, dataclasses.replace(endpoint, fetches=False), ledger.findings.values())
    late = found(ledger, "sign-in/expiry-is-access-tokens")
    assert late.follows_from is not None
    assert late.follows_from[1].slug == "client-updates/updates-client"


def test_what_is_in_doubt_itself_explains_nothing():
    """A finding stands where what would explain it did not come back."""
    endpoint = Keeps.of(Reference(seed=1), Budget(100))
    ledger = ledger_of(endpoint)
    late = found(ledger, "sign-in/unknown-user-is-named")
    for finding in ledger.findings.values():
        finding.flaky = finding is not late
    late.downstream, late.follows_from = False, None
    explain(MODEL, dataclasses.replace(endpoint, fetches=False), ledger.findings.values())
    assert (late.downstream, late.follows_from) == (False, None)


def test_an_answer_about_another_challenge_disturbs():
    """After a challenge that was not due, or none where one was, what is found about the sign-in follows from that."""

    class Skips(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            if operation == "InitiateAuth" and answer.output:
                answer.output["ChallengeName"] = "SOFTWARE_TOKEN_MFA"
            if operation == "RespondToAuthChallenge" and answer.output:
                answer.output["AuthenticationResult"]["TokenType"] = "bearer"
            return answer

    user = {"UserPoolId": POOL, "Username": "ann"}
    parameters = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
    begun = {"ClientId": APP, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    answer = {
        "ClientId": APP,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": Fresh("Session", 4),
        "ChallengeResponses": {"USERNAME": "ann", "NEW_PASSWORD": "Passw0rd!2"},
    }
    walk = [
        WALK[0],
        Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", **FLOWS}),
        Request(3, "AdminCreateUser", {**user, "TemporaryPassword": "Passw0rd!"}),
        Request(4, "InitiateAuth", begun),
        Request(5, "RespondToAuthChallenge", answer),
    ]
    ledger = Ledger()
    for steps in walked(Skips.of(Reference(seed=1), Budget(100)), walk):
        ledger.record(steps[-1], steps, 1)
    at = {finding.operation: finding.downstream for finding in ledger.findings.values()}
    assert at == {"InitiateAuth": False, "RespondToAuthChallenge": True}


def test_where_all_that_is_told_follows_so_does_the_rest():
    """What nobody replayed of a requirement follows with what is told of it, and stands with it."""
    endpoint = Keeps.of(Reference(seed=1), Budget(100))
    ledger = ledger_of(endpoint)
    late = found(ledger, "sign-in/unknown-user-is-named")
    late.confirmed, late.downstream, late.follows_from = True, False, None
    brief = dataclasses.replace(late, operation="AdminInitiateAuth", confirmed=None)
    other = dataclasses.replace(found(ledger, "client-updates/keeps-name"), operation="Other", confirmed=None)
    findings = [*ledger.findings.values(), brief, other]
    explain(MODEL, dataclasses.replace(endpoint, fetches=False), findings)
    assert (late.downstream, brief.downstream, other.downstream) == (True, True, False)
    assert brief.follows_from is None
