"""While an answer is awaited the next calls are planned, and that changes no call."""

from __future__ import annotations

from cognito_conformance.judge.judge import Fate, Step
from cognito_conformance.machines.pick import commands
from cognito_conformance.planner.atlas import recipes_for
from cognito_conformance.planner.planner import Guide
from support import dry

MOVES = 8


def at_once(work):
    """Does at once what may be done while an answer is awaited."""
    if work is not None:
        work()


def calls(monkeypatch, moves: int, requests: int, *, hostile: bool = False) -> tuple[list[str], int]:
    """The calls of a fleet, and how many plans were made while an answer was awaited."""
    made: list[str] = []
    ahead: list[bool] = []
    plan = dry.planner(seed=3)
    plan.follow(recipes_for((dry.AREA,), commands(dry.AREA)))
    saw = Guide.saw

    def seen(guide, world, step):
        ahead.append(guide._ahead is not None)
        saw(guide, world, step)

    def step(judge, request, outcome=None):
        """Every third call changes nothing, whatever the model says."""
        outcome = judge.predict(request) if outcome is None else outcome
        if request.step < 5 or request.step % 3:
            return plain(judge, request, outcome)
        return Step(request, outcome, None, Fate.JUDGED)

    plain = dry.DryJudge.step
    with monkeypatch.context() as patched:
        patched.setattr(Guide, "saw", seen)
        if hostile:
            patched.setattr(dry.DryJudge, "step", step)
        ships = dry.fleet(plan, lambda step: made.append(repr(step.request)))
        ships._moves = moves
        while len(made) < requests:
            walk = ships.walk(ships.beginning())
            walk.defer = at_once
            for _ in range(MOVES):
                walk.act(*ships.command())
    return made, sum(ahead)


def test_what_is_planned_ahead_is_what_would_be_planned(monkeypatch):
    """Where answers are as expected it makes no difference when the plan was made."""
    ahead, many = calls(monkeypatch, MOVES, 400)
    after, none = calls(monkeypatch, 0, 400)
    assert ahead == after
    assert many > 100
    assert none == 0


def test_plan_for_an_answer_that_did_not_come_is_undone(monkeypatch):
    """Where the target did something else, the recipes are tried as if nothing had been planned."""
    ahead, many = calls(monkeypatch, MOVES, 150, hostile=True)
    after, _ = calls(monkeypatch, 0, 150, hostile=True)
    assert ahead == after
    assert many > 30


def test_walk_that_has_ended_plans_no_more():
    """Nothing is planned for a walk whose target is in a state that the model does not know."""
    ships = dry.fleet(dry.planner(), lambda _step: None)
    walk = ships.walk(ships.beginning())
    assert not ships.is_done()
    walk.ended = True
    assert ships.is_done()
