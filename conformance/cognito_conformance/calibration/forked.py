"""Many mutants for the price of one run: each is split off where the run first comes to its fault.

Up to the first call that passes the faulty point, a mutant answers as the faultless reference does, and so a run
against it makes the same calls. So one run is made against the reference; where a call comes to the point of a
mutation for the first time, the process forks, and the child goes on with the fault in it until the run finds it. The
kills are those that a run for each mutant alone would make, with the same numbers of requests.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from cognito_conformance.calibration.census import Census
from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.hunt import Kill, is_about, kill_of
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation, mutant_call
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.machines.areas import AREAS
from cognito_conformance.server.recognise import server_call
from cognito_conformance.wire import service
from cognito_model.functions import ROLES
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome

log = logging.getLogger(__name__)

Conduct = Callable[[ReferenceEndpoint, int, Callable[[Finding], bool]], Ledger]
"""Explores an endpoint with a seed until its budget is spent, or a finding of which the function is true."""

NONE = Mutation(Fault.GUARD_DROPPED, "", "")
PATIENCE = 1000
"""Requests after the first that passes the fault. A fault that shows at all mostly shows within ten."""


class ForkingReference(MutantReference):
    """A faultless reference that splits off a mutant where a call first comes to its fault."""

    def __init__(self, mutations: Iterable[Mutation], seed: int, patience: int) -> None:
        self.patience = patience
        self.waiting = set(mutations)
        self.census = Census()
        self.kills: list[Kill] = []
        self.report: int | None = None
        self.passed = 0
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
        self.census.saw(request, outcome)
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
        if not found:
            log.error("the process of the mutant %s ended without a word; it counts as alive", mutation.id)
            found = {"requirement": None, "requests": 0, "depth": None}
        self.kills.append(Kill(mutation, **found))
        return False

    def _become(self, mutation: Mutation) -> None:
        # A faulty service may well fail, and would say so each time.
        logging.getLogger("cognito_conformance.server").setLevel(logging.CRITICAL)
        self.mutation = mutation
        self._call_type = mutant_call(mutation)
        self.model = Model(service.description(), server_call(self._call_type, self.realiser))
        if mutation.fault is Fault.VALUE_REUSED:
            self.values.reused = mutation.point
        if self.budget is not None:
            most, self.passed = self.budget.max_requests, self.budget.spent
            self.budget.max_requests = min(most or self.passed + self.patience, self.passed + self.patience)

    def is_found(self, finding: Finding) -> bool:
        """Whether a finding is about the fault, in a mutant."""
        return self.report is not None and is_about(finding, self.mutation)


def hunt_all(
    conduct: Conduct, mutations: Iterable[Mutation], requests: int, seed: int, *, patience: int = PATIENCE
) -> list[Kill]:
    """How each mutant ends in a run of so many requests: found by which requirement and when, or alive.

    Needs `os.fork`. Mutants run one after another, each for `patience` requests at most once its fault was passed.
    """
    mutations = list(mutations)
    reference = ForkingReference(mutations, seed, patience)
    reference.budget = Budget(requests)
    endpoint = ReferenceEndpoint.of(reference, reference.budget)
    try:
        ledger = conduct(endpoint, seed, reference.is_found)
    except BaseException:
        if reference.report is None:
            raise
        log.exception("the run against the mutant %s failed", reference.mutation.id)
        os._exit(1)
    if reference.report is not None:
        _tell(reference, ledger)
        os._exit(0)
    passed = {kill.mutation for kill in reference.kills}
    return reference.kills + [Kill(m, None, requests, None) for m in mutations if m not in passed]


def _tell(reference: ForkingReference, ledger: Ledger) -> None:
    """Say how the mutant ended, in the process that was split off for it."""
    spent = 0 if reference.budget is None else reference.budget.spent
    kill = asdict(kill_of(reference.mutation, ledger, spent)) | {"passed": reference.passed}
    del kill["mutation"]
    if reference.report is not None:
        os.write(reference.report, json.dumps(kill).encode())


def suite(
    *,
    planner: bool,
    areas: tuple[str, ...] = AREAS,
    requirements: frozenset[str] = frozenset(),
    operations: frozenset[str] = frozenset(),
) -> Conduct:
    """The suite itself, with the planner or without, with the machines of all areas or some, aimed at some requirements and
    operations or at everything.
    """

    def conduct(endpoint: ReferenceEndpoint, seed: int, until: Callable[[Finding], bool]) -> Ledger:
        options = Options(
            seed=seed,
            areas=areas,
            minimise=False,
            planner=planner,
            requirements=requirements,
            operations=operations,
            functions=frozenset(ROLES),
        )
        run = Run(Model(service.description()), endpoint, endpoint.budget, options, until=until)
        run.explore()
        return run.ledger

    return conduct


__all__ = ["PATIENCE", "Conduct", "hunt_all", "suite"]
