"""Traces that no replay made short are cut on the model alone, and say so."""

from __future__ import annotations

import dataclasses

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.cut import Cutter, waiting
from cognito_conformance.engine.ledger import Ledger
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.core import Reference
from cognito_model.model import Request
from cognito_model.terms import Fresh
from support.drive import MODEL
from support.lenient import lenient
from support.settings import reference_setting
from support.walked import walked

POOL, APP = Fresh("PoolId", 1), Fresh("ClientId", 2)
FLOWS = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
BEGIN = [
    Request(1, "CreateUserPool", {"PoolName": "p"}),
    Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", **FLOWS}),
]
PASSWORD = "Passw0rd!"


def about(step, operation, username="ann", **params):
    """A call about a user by an administrator."""
    return Request(step, operation, {"UserPoolId": POOL, "Username": username, **params})


def named(value):
    """The attributes with this name in them."""
    return {"UserAttributes": [{"Name": "name", "Value": value}]}


def sign_up(step, username="ann"):
    """A sign-up."""
    return Request(step, "SignUp", {"ClientId": APP, "Username": username, "Password": PASSWORD})


def sign_in(step, username="ann"):
    """A sign-in with the password."""
    parameters = {"USERNAME": username, "PASSWORD": PASSWORD}
    flow = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    return Request(step, "InitiateAuth", {"ClientId": APP, **flow})


class Forgetful(ReferenceEndpoint):
    """A service that shows every user with an old name."""

    def send(self, operation, params, *, signed=None):
        answer = super().send(operation, params, signed=signed)
        for attribute in (answer.output or {}).get("UserAttributes", ()):
            if attribute["Name"] == "name":
                attribute["Value"] = "old"
        return answer


def forgetful():
    """Such a service."""
    return Forgetful.of(Reference(seed=1), Budget(2000))


def ledger_of(endpoint, walk):
    """The ledger of a walk."""
    ledger = Ledger()
    for steps in walked(endpoint, walk):
        ledger.record(steps[-1], steps, endpoint.budget.spent)
    return ledger


def found(ledger, slug, operation):
    """The only finding about a requirement at an operation."""
    [finding] = [
        f for f in ledger.findings.values() if (f.requirement.slug, f.operation) == (slug, operation)
    ]
    return finding


def cut(endpoint, finding):
    """The finding, its trace cut; no call is made for it."""
    spent = endpoint.budget.spent
    Cutter(MODEL, dataclasses.replace(endpoint, fetches=False)).cut([finding])
    assert endpoint.budget.spent == spent
    return finding


def numbers(finding):
    """The numbers of a finding's calls."""
    return [step.request.step for step in finding.steps]


LOST_NAME = [
    *BEGIN,
    about(3, "AdminCreateUser", "bob"),
    about(4, "AdminCreateUser", **named("first")),
    Request(5, "ListGroups", {"UserPoolId": POOL}),
    about(6, "AdminDisableUser", "bob"),
    about(7, "AdminUpdateUserAttributes", **named("second")),
    about(8, "AdminUpdateUserAttributes", "bob", **named("third")),
    about(9, "AdminGetUser"),
]


def test_what_the_model_does_not_need_is_left_out():
    """Calls that change nothing of what was expected go; those go not that the expectation rests on. Answers stay."""
    endpoint = forgetful()
    finding = found(ledger_of(endpoint, LOST_NAME), "user-attributes/writes", "AdminGetUser")
    answers = {step.request.step: step.answer for step in finding.steps}
    expected, observed = finding.check.expected, finding.check.observed
    cut(endpoint, finding)
    assert numbers(finding) == [1, 4, 7, 9]
    assert [step.answer for step in finding.steps] == [answers[number] for number in (1, 4, 7, 9)]
    assert (finding.cut_from, finding.confirmed) == (9, None)
    assert (finding.check.expected, finding.check.observed) == (expected, observed) == ("second", "old")


def test_the_way_that_the_target_went_stays():
    """Where the finding rests on a call that was accepted against the rules, that call stays in the trace."""
    endpoint = lenient("confirm/code-matches", "confirm/user-is-unconfirmed")
    mail = {"UserAttributes": [{"Name": "email", "Value": "ann@example.com"}]}
    first, client = BEGIN
    verified = {**first.params, "AutoVerifiedAttributes": ["email"]}
    walk = [
        Request(1, first.operation, verified),
        client,
        Request(3, "SignUp", {**sign_up(3).params, **mail}),
        about(4, "AdminCreateUser", "bob"),
        Request(5, "ConfirmSignUp", {"ClientId": APP, "Username": "ann", "ConfirmationCode": "000000"}),
        about(6, "AdminGetUser", "bob"),
        about(7, "AdminConfirmSignUp"),
    ]
    ledger = ledger_of(endpoint, walk)
    finding = found(ledger, "confirm/user-is-unconfirmed", "AdminConfirmSignUp")
    cut(endpoint, finding)
    assert numbers(finding) == [1, 2, 3, 5, 7]
    assert finding.left_out == ()


def test_a_finding_after_others_names_what_was_left_out():
    """Of a finding that came after another divergence the story says which one its trace does not show any more."""
    endpoint = Forgetful.of(lenient("sign-up/username-is-free").target, Budget(2000))
    created = about(5, "AdminCreateUser", "eve", **named("first"))
    ledger = ledger_of(endpoint, [*BEGIN, sign_up(3), sign_up(4), created, about(6, "AdminGetUser", "eve")])
    [finding] = [f for f in ledger.findings.values() if f.operation == "AdminGetUser"]
    assert finding.downstream
    cut(endpoint, finding)
    assert numbers(finding) == [1, 5, 6]
    assert finding.downstream
    told = results.story(finding, "x", "y")
    assert "Left out of the trace: sign-up/username-is-free." in told
    assert "Its trace is cut on the model: of 6 calls of the run it holds 3" in told


def test_what_was_waited_is_waited_still():
    """What a call waited that is left out, the next one waits."""
    endpoint = forgetful()
    walk = [*LOST_NAME]
    walk[7] = dataclasses.replace(walk[7], wait=30)
    finding = found(ledger_of(endpoint, walk), "user-attributes/writes", "AdminGetUser")
    cut(endpoint, finding)
    assert [step.request.wait for step in finding.steps] == [0, 0, 0, 30]


def test_what_pools_publish_is_not_fetched():
    """A trace with tokens is cut with the keys that are known, and nobody asks the target for others."""

    class Spoils(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            if operation == "InitiateAuth" and answer.output:
                answer.output["AuthenticationResult"]["TokenType"] = "bearer"
            return answer

        def _fetch(self, pool_id, name):
            assert self.fetches
            return super()._fetch(pool_id, name)

    endpoint = Spoils.of(Reference(seed=1), Budget(2000))
    walk = [*BEGIN, sign_up(3), sign_up(4, "bob"), about(5, "AdminConfirmSignUp"), sign_in(6)]
    ledger = ledger_of(endpoint, walk)
    finding = found(ledger, "sign-in/token-type-is-bearer", "InitiateAuth")
    endpoint.published.clear()
    cut(endpoint, finding)
    assert numbers(finding) == [1, 2, 3, 5, 6]


def test_no_more_is_cut_than_there_is_time_for():
    """When the time is up, the findings that are left keep their traces."""
    endpoint = forgetful()
    ledger = ledger_of(endpoint, LOST_NAME)
    findings = waiting(ledger.findings.values())
    assert len(findings) >= 1
    ticks = iter([0.0, 0.0, 10.0, 10.0])
    other = dataclasses.replace(findings[0])
    Cutter(MODEL, endpoint, 5.0, ticks.__next__).cut([findings[0], other])
    assert (findings[0].cut_from, other.cut_from) == (9, None)


def test_what_was_replayed_is_not_cut():
    """A trace that a replay has shown stays as it is."""
    ledger = ledger_of(forgetful(), LOST_NAME)
    for finding in ledger.findings.values():
        finding.confirmed = True
    assert waiting(ledger.findings.values()) == []


@pytest.fixture
def run():
    """A run that has found something and replayed nothing."""
    endpoint = forgetful()
    made = Run(MODEL, endpoint, endpoint.budget, Options())
    for steps in walked(endpoint, LOST_NAME):
        made.record(steps[-1], steps)
    return made


def test_a_run_says_how_many_are_left_to_cut(run):
    """While traces are cut, progress is told; in the end nothing is left."""
    left = []
    run.progress = lambda run: left.append(run.to_cut)
    run.cut()
    assert left == [0]
    assert run.to_cut == 0


def test_an_interrupt_ends_the_cutting_alone(run):
    """Whoever interrupts while traces are cut gets the report all the same."""

    def interrupt(run):
        raise KeyboardInterrupt

    run.progress = interrupt
    run.cut()
    assert run.to_cut == 0


def test_records_say_that_a_trace_was_cut(run):
    """The record of a finding whose trace was cut has how many calls it had before; that of another has not."""
    run.cut()
    [record] = results.finding_records(run.ledger.findings.values(), reference_setting())
    assert record["cut_from"] == 9
    assert [step["step"] for step in record["trace"]] == [1, 4, 7, 9]
    [finding] = run.ledger.findings.values()
    finding.cut_from = None
    [record] = results.finding_records([finding], reference_setting())
    assert "cut_from" not in record
