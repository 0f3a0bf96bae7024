"""Shortening within a run: what is new comes first, exploring goes on beside it, and what was left out is short to tell."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine import minimise, results
from cognito_conformance.engine import run as running
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.core import Reference
from cognito_conformance.wire.answer import read_answer
from cognito_model.model import Request
from cognito_model.terms import Fresh
from support.drive import MODEL
from support.settings import reference_setting
from support.walked import walked

READINGS = ("ListGroups", "ListUsers", "ListIdentityProviders")
WALK = [
    Request(1, "CreateUserPool", {"PoolName": "p"}),
    *(
        Request(step, operation, {"UserPoolId": Fresh("PoolId", 1)})
        for step, operation in enumerate(READINGS, 2)
    ),
]


class Crashing(ReferenceEndpoint):
    """It crashes whenever something is listed."""

    def send(self, operation, params, *, signed=None):
        if operation in READINGS:
            self.budget.spend()
            return read_answer(500, {}, b"", 0.0)
        return super().send(operation, params, signed=signed)


@pytest.fixture
def run():
    """A run that has seen three operations break the same requirement."""
    endpoint = Crashing.of(Reference(seed=1), Budget(1000, spent=500))
    made = Run(MODEL, endpoint, endpoint.budget, Options())
    for steps in walked(endpoint, WALK):
        made.record(steps[-1], steps)
    return made


def replayed(run):
    """At how many operations a replay has confirmed each broken requirement."""
    counts = Counter({finding.requirement.slug: 0 for finding in run.ledger.findings.values()})
    counts.update(f.requirement.slug for f in run.ledger.findings.values() if f.confirmed)
    return set(counts.values())


def test_while_there_is_more_to_explore_one_operation_is_enough(run):
    """What a replay has shown at one operation is not replayed at others before exploring has come to its end."""
    run.shorten(exploring=True)
    assert replayed(run) == {1}
    run.shorten()
    assert all(finding.confirmed for finding in run.ledger.findings.values())


def test_what_takes_many_requests_waits(run, monkeypatch):
    """A finding that a few requests do not shorten waits until exploring has come to its end, and is shortened then."""
    monkeypatch.setattr(running, "BRIEFLY", 1)
    monkeypatch.setattr(minimise.Minimiser, "_shows", _spends_two(minimise.Minimiser._shows))
    run.shorten(exploring=True)
    assert replayed(run) == {0}
    run.shorten()
    assert all(finding.confirmed for finding in run.ledger.findings.values())


def _spends_two(shows):
    """What looks at a candidate, but in vain as long as only a few requests are to be spent."""

    def look(minimiser, finding, candidate):
        if minimiser.most > 1:
            return shows(minimiser, finding, candidate)
        minimiser._spent += 2
        return False

    return look


def test_shortening_has_its_share(run):
    """Where shortening has had more than its share of the budget, exploring goes on first."""
    run._shortening = 1.0
    run.shorten(exploring=True)
    assert replayed(run) == {0}


def test_what_was_not_replayed_is_short_to_tell(run):
    """Of a requirement that a replay has shown broken, the other operations are told without traces; all of them are told."""
    run.shorten(exploring=True)
    told = list(results.finding_records(run.ledger.findings.values(), reference_setting()))
    assert {record["operation"] for record in told} == set(READINGS)
    assert [bool(record["trace"]) for record in told] == [bool(record["confirmed"]) for record in told]
    assert all((record["script"] is None) == (not record["trace"]) for record in told)


class MixesUp(ReferenceEndpoint):
    """It crashes whenever something is listed of a pool that is not the last."""

    last = None

    def send(self, operation, params, *, signed=None):
        if operation in READINGS and params["UserPoolId"] != self.last:
            self.budget.spend()
            return read_answer(500, {}, b"", 0.0)
        answer = super().send(operation, params, signed=signed)
        if operation == "CreateUserPool":
            self.last = answer.output["UserPool"]["Id"]
        return answer


def test_what_shows_beside_another_pool():
    """What was found while other walks had pools, and shows with a pool alone no more, is shown with another beside it."""
    endpoint = MixesUp.of(Reference(seed=1), Budget(1000, spent=500))
    run = Run(MODEL, endpoint, endpoint.budget, Options())
    for steps in walked(endpoint, WALK):
        endpoint.last = "of another walk"
        run.record(steps[-1], steps)
    run.shorten()
    crash = next(f for f in run.ledger.findings.values() if f.kind == "server fault")
    assert crash.confirmed
    assert [step.request.operation for step in crash.steps] == [
        "CreateUserPool",
        "CreateUserPool",
        "ListGroups",
    ]


def traces(run):
    """How many records of the run's findings have a trace."""
    records = results.finding_records(run.ledger.findings.values(), reference_setting())
    return sum(bool(record["trace"]) for record in records)


def test_what_no_replay_has_shown_is_told_by_its_clearest(run):
    """Where the budget did not reach for a replay, two findings of a requirement have their traces, and a script each."""
    by_requirement = Counter(finding.requirement for finding in run.ledger.findings.values())
    for finding in run.ledger.findings.values():
        finding.downstream = False
    assert max(by_requirement.values()) == len(READINGS)
    assert traces(run) == sum(min(2, count) for count in by_requirement.values())


def test_of_what_only_follows_one_trace_is_enough(run):
    """Where a requirement was seen broken only after other divergences, and not replayed, one trace shows it."""
    for finding in run.ledger.findings.values():
        finding.downstream = True
    assert traces(run) == len({finding.requirement for finding in run.ledger.findings.values()})


def test_what_is_used_is_the_greater_share():
    """Of requests and time, the one that is nearer to its end says how much of a budget is used."""
    budget = Budget(10, 100.0, clock=iter([0.0, 20.0, 20.0]).__next__, spent=5)
    assert budget.used == 0.5
    assert dataclasses.replace(budget, max_requests=None, clock=iter([0.0, 20.0]).__next__).used == 0.2
