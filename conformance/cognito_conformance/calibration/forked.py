"""Many mutants for the price of one run: each is split off where the run first comes to its fault.

Up to the first call that passes the faulty point, a mutant answers as the faultless reference does, and so a run
against it makes the same calls. So one run is made against the reference; where a call comes to the point of a
mutation for the first time, the process forks, and the child goes on with the fault in it until the run finds it. The
kills are those that a run for each mutant alone would make, with the same numbers of requests.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from cognito_conformance.calibration.census import Census
from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.hunt import Kill, is_about
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation, mutant_call
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.recognise import server_call
from cognito_conformance.wire import service
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome
from cognito_model.requirements import protocol

Conduct = Callable[[ReferenceEndpoint, int, Callable[[Finding], bool]], Ledger]
"""Explores an endpoint with a seed until its budget is spent, or a finding of which the function is true."""

NONE = Mutation(Fault.GUARD_DROPPED, "", "")
PATIENCE = 1000
"""Requests after the first that passes the fault. A fault that shows at all mostly shows within ten."""


class ForkingReference(MutantReference):
    """A faultless reference that splits off a mutant where a call first comes to its fault."""

    def __init__(self, mutations: Iterable[Mutation], seed: int) -> None:
        self.waiting = set(mutations)
        self.census = Census()
        self.kills: list[Kill] = []
        self.report: int | None = None
        self.budget: Budget | None = None
        super().__init__(NONE, seed=seed)
        self._call_type = self.census.call_type()
        self.reset()

    def reset(self) -> None:
        """Forget everything but the fault."""
        super().reset()
        self._before = None
        if self.mutation.fault is Fault.VALUE_REUSED:
            self.values.reused = self.mutation.point

    def predict(self, request: Request) -> Outcome:
        """What the reference does, or in a mutant what that does."""
        outcome = super().predict(request)
        if self.report is not None:
            return outcome
        for mutation in sorted(self.waiting & self.census.points.keys(), key=lambda m: m.id):
            self.waiting.discard(mutation)
            if self._forked(mutation):
                self._become(mutation)
                return super().predict(request)
        return outcome

    def _forked(self, mutation: Mutation) -> bool:
        """True in a new process that goes on as the mutant; false in this one, when that has come to its end."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self.report = writing
            return True
        os.close(writing)
        with os.fdopen(reading) as told:
            found: dict[str, Any] = json.loads(told.read() or "{}")
        os.waitpid(child, 0)
        spent = 0 if self.budget is None else self.budget.spent
        self.kills.append(
            Kill(mutation, **(found or {"requirement": None, "requests": spent, "depth": None}))
        )
        return False

    def _become(self, mutation: Mutation) -> None:
        self.mutation = mutation
        self._call_type = mutant_call(mutation)
        self.model = Model(service.description(), server_call(self._call_type, self.realiser))
        if mutation.fault is Fault.VALUE_REUSED:
            self.values.reused = mutation.point
        if self.budget is not None:
            most = self.budget.max_requests
            self.budget.max_requests = min(self.budget.spent + PATIENCE, most or self.budget.spent + PATIENCE)

    def is_found(self, finding: Finding) -> bool:
        """Whether a finding is about the fault, in a mutant."""
        return self.report is not None and is_about(finding, self.mutation)


def hunt_all(conduct: Conduct, mutations: Iterable[Mutation], requests: int, seed: int) -> list[Kill]:
    """How each mutant ends in a run of so many requests: found by which requirement and when, or alive.

    Needs `os.fork`. Mutants run one after another, each for `PATIENCE` requests at most.
    """
    mutations = list(mutations)
    reference = ForkingReference(mutations, seed)
    reference.budget = Budget(requests)
    endpoint = ReferenceEndpoint.of(reference, reference.budget)
    ledger = conduct(endpoint, seed, reference.is_found)
    if reference.report is not None:
        _tell(reference, ledger)
        os._exit(0)
    passed = {kill.mutation for kill in reference.kills}
    return reference.kills + [Kill(m, None, requests, None) for m in mutations if m not in passed]


def _tell(reference: ForkingReference, ledger: Ledger) -> None:
    """Say how the mutant ended, in the process that was split off for it."""
    found = next((f for f in ledger.findings.values() if reference.is_found(f)), None)
    if found is None or reference.report is None:
        return
    kill = {
        "requirement": found.requirement.slug,
        "requests": found.first_seen,
        "depth": len(found.steps),
        "crashed": found.requirement is protocol.no_server_fault,
        "walk": _walk(found),
    }
    os.write(reference.report, json.dumps(kill).encode())


def _walk(finding: Finding) -> str | None:
    """What tells the walk of a finding from the others of its run: the id of the pool that it began with."""
    answer = finding.steps[0].answer
    pool = (answer.output or {}).get("UserPool", {}) if answer is not None else {}
    return str(pool.get("Id"))


def suite(*, planner: bool) -> Conduct:
    """The suite itself, with the planner or without."""

    def conduct(endpoint: ReferenceEndpoint, seed: int, until: Callable[[Finding], bool]) -> Ledger:
        options = Options(seed=seed, minimise=False, planner=planner)
        run = Run(Model(service.description()), endpoint, endpoint.budget, options, until=until)
        run.explore()
        return run.ledger

    return conduct


__all__ = ["PATIENCE", "Conduct", "hunt_all", "suite"]
