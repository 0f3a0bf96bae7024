"""Whole runs against the reference: repeatable, frugal, and better with the planner than without."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.machines.areas import AREAS as ALL
from cognito_conformance.server.core import Reference
from cognito_model.model import Model
from support.drive import DESCRIPTION

AREAS = ("life cycle", "groups")


class Recorded(Run):
    """A run that keeps what it asked, in terms: the values of tokens and dates differ from run to run by nature."""

    def record(self, step, steps):
        self.asked = [*getattr(self, "asked", []), repr(step.request)]
        super().record(step, steps)


def made(requests: int = 200, **options: Any) -> tuple[list[str], Run]:
    """The calls of a run, and the run."""
    endpoint = ReferenceEndpoint.of(Reference(seed=3), Budget(requests))
    options = {"minimise": False, "areas": AREAS, **options}
    run = Recorded(Model(DESCRIPTION), endpoint, endpoint.budget, Options(**options))
    run.explore()
    return run.asked, run


@pytest.mark.parametrize("planner", [True, False])
def test_the_same_seed_makes_the_same_calls(planner):
    """Two runs with the same seed ask the same, with the planner and without; another seed asks other things."""
    one, _ = made(seed=5, planner=planner)
    again, _ = made(seed=5, planner=planner)
    other, _ = made(seed=6, planner=planner)
    assert one == again
    assert one != other


def test_the_planner_exercises_more():
    """With the same requests the planner comes to half as many requirements again as plain generation."""
    _, planned = made(600, seed=2, planner=True, areas=ALL)
    _, plain = made(600, seed=2, planner=False, areas=ALL)
    assert len(planned.ledger.tallies) > 1.5 * len(plain.ledger.tallies)


def test_the_budget_is_kept():
    """A planned run makes as many requests as it may, and says that the budget ended it."""
    _, run = made(150, seed=1)
    assert run.budget.spent == 150
    assert run.ended == "budget"


def test_requirements_that_are_asked_for_come_first():
    """A run that is asked for a requirement judges it sooner, and more often, than one that is not."""
    slug = "groups/name-is-free"
    checks = []
    for wanted in (frozenset({slug}), frozenset()):
        _, run = made(300, seed=4, requirements=wanted)
        checks.append(sum(t.checks for r, t in run.ledger.tallies.items() if r.slug == slug))
    assert checks[0] > 2 * checks[1]
