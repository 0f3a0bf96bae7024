"""Plans: what they reach, what they leave alone."""

from __future__ import annotations

import random

import pytest

from cognito_conformance.machines import profiles
from cognito_conformance.planner import planner
from cognito_conformance.planner.aims import Aims
from cognito_conformance.planner.route import Route
from support import dry


def exercised(step) -> set[str]:
    """The requirements that a step is about: the one guard that refuses it, or its success."""
    outcome = step.outcome
    if len(outcome.refusals) == 1:
        return {f"{step.request.operation} {outcome.refusals[0].requirement.slug}"}
    return {
        f"{step.request.operation} {reply.requirement.slug}"
        for reply in outcome.replies
        if not outcome.refusals
    }


def planned(requests: int, seed: int, area: str = dry.AREA, **options) -> set[str]:
    made: list[str] = []
    found: set[str] = set()

    def seen(step):
        made.append(step.request.operation)
        found.update(exercised(step))

    ships = dry.fleet(dry.planner(seed=seed, **options), seen, area=area)
    dry.explore(ships, lambda: len(made), requests)
    return found


def unplanned(requests: int, seed: int) -> set[str]:
    made: list[str] = []
    found: set[str] = set()

    def seen(step):
        made.append(step.request.operation)
        found.update(exercised(step))

    dice = random.Random(seed)
    while len(made) < requests:
        walk = dry.dry_walk(seen=seen)
        walk.begin(profiles.draw(dice.getrandbits(32), dry.AREA))
        while len(walk.steps) < 60 and len(made) < requests:
            walk.act(dice.randrange(len(walk.wheel)), dice.randrange(24), dice.getrandbits(32))
    return found


def test_plans_exercise_more_than_chance():
    """With the same requests, plans exercise a fifth more (operation, requirement) pairs than chance does."""
    seeds = range(2)
    with_plan = sum(len(planned(250, seed)) for seed in seeds)
    by_chance = sum(len(unplanned(250, seed)) for seed in seeds)
    assert with_plan > 1.2 * by_chance


@pytest.mark.parametrize(
    ("area", "slug"),
    [("groups", "groups/name-is-free"), ("attributes", "attributes/client-may-write")],
)
def test_an_aim_is_reached(area, slug):
    """A requirement that is aimed at is exercised within 60 requests, which without the aim takes hundreds."""
    for seed in range(3):
        assert any(
            pair.endswith(f" {slug}") for pair in planned(60, seed, area=area, aims=Aims.at({slug}, ()))
        )


def test_what_the_target_lacks_is_not_planned(monkeypatch):
    """A call that is not worth a request on this target is in no plan, and others are planned in its place.

    Stretches that are left to chance are no plans, and so there are none here.
    """
    monkeypatch.setattr(planner, "RANDOM", 0.0)
    monkeypatch.setattr(planner, "REPEATED", 0.0)
    refused: list[str] = []

    def allowed(request, _outcome):
        return request.operation not in ("SignUp", "AdminGetUser")

    plan = dry.planner(allowed=allowed)
    ships = dry.fleet(plan, lambda step: refused.append(step.request.operation), allowed=allowed)
    dry.explore(ships, lambda: len(refused), 120)
    assert not {"SignUp", "AdminGetUser"} & set(refused)


def test_what_ended_walks_is_left_alone():
    """A kind of call after which the model twice lost track of the target is planned no more."""
    plan = dry.planner()
    ships = dry.fleet(plan, lambda _step: None)
    walk = ships.walk(ships.beginning())
    step = walk.steps[-1]
    place = dry_place(walk)
    draft = plan.imagination.draft(
        place, next(c for c in walk.commands if c.operation == "AdminCreateUser"), 0, 7
    )
    call = plan.imagination.call(place, draft)
    assert call is not None
    for _ in range(2):
        plan.imagination.derailed(draft.request, call.outcome)
    assert plan.imagination.call(place, draft) is None
    assert step.request.operation in ("CreateUserPoolClient", "SetUserPoolMfaConfig")


def dry_place(walk):
    """Where a walk stands."""
    from cognito_conformance.planner.imagine import Place

    return Place(walk.judge.world, walk.subject, walk.number, {}, dry.NOW)


def test_imagining_changes_nothing():
    """Trying calls on the model leaves the walk, its subject and the counts as they were."""
    plan = dry.planner()
    ships = dry.fleet(plan, lambda _step: None)
    walk = ships.walk(ships.beginning())
    for _ in range(6):
        walk.act(*ships.command())
    world, number, counts = walk.judge.world, walk.number, dict(plan.coverage.counts)
    subject = (walk.subject.pool, walk.subject.user, walk.subject.client)
    for _ in range(30):
        ships.command()
    assert (walk.judge.world, walk.number) == (world, number)
    assert (walk.subject.pool, walk.subject.user, walk.subject.client) == subject
    assert plan.coverage.counts == counts


def test_the_walk_that_yields_most_goes_on():
    """Several pools are open at a time, set up in different ways, and none is opened while one yields more."""
    made: list[str] = []
    ships = dry.fleet(dry.planner(), lambda step: made.append(step.request.operation), length=10_000)
    dry.explore(ships, lambda: len(made), 600)
    assert 2 <= made.count("CreateUserPool") <= 8


def test_the_same_seed_plans_the_same_calls():
    """Plans depend on the seed and on what was exercised, and on no clock."""
    runs = []
    for _ in range(2):
        made: list[tuple] = []
        ships = dry.fleet(dry.planner(seed=5), lambda step, made=made: made.append(repr(step.request)))
        dry.explore(ships, lambda made=made: len(made), 150)
        runs.append(made)
    assert runs[0] == runs[1]


def test_what_planning_found_saves_work_and_changes_no_call(monkeypatch):
    """A call that was just imagined is made as it was imagined: with the same calls, the model is asked less often."""

    def calls() -> tuple[list[str], int]:
        made: list[str] = []
        asked: list[str] = []
        predict = dry.DryJudge.predict
        with monkeypatch.context() as patched:
            patched.setattr(dry.DryJudge, "predict", lambda self, r: asked.append(r) or predict(self, r))
            ships = dry.fleet(dry.planner(seed=5), lambda step: made.append(repr(step.request)))
            dry.explore(ships, lambda: len(made), 150)
        return made, len(asked)

    known, few = calls()
    monkeypatch.setattr(planner.Guide, "foreseen", lambda *_: None)
    unknown, many = calls()
    assert known == unknown
    assert few < 0.8 * many


def test_what_is_not_planned_is_not_kept():
    """Of the calls that were imagined only those that will be made stay: they hold whole worlds, and on to themselves."""
    ships = dry.fleet(dry.planner(), lambda _step: None)
    walk = ships.walk(ships.beginning())
    guide = ships._current
    for _ in range(20):
        is_new = not guide._plan
        choices = ships.command()
        kept = {thought for thought, _ in guide._here.calls}
        assert not is_new or len(kept) <= 1 + len(guide._plan)
        walk.act(*choices)


def test_later_calls_of_a_plan_are_made_as_they_were_imagined(monkeypatch):
    """Where all goes as expected, no call of a plan is worked out again."""
    plan = dry.planner()
    ships = dry.fleet(plan, lambda _step: None)
    walk = ships.walk(ships.beginning())
    plan.follow(())
    guide = ships._current
    monkeypatch.setattr(planner, "RANDOM", 0.0)
    monkeypatch.setattr(planner, "REPEATED", 0.0)
    known = []
    foreseen = guide.foreseen
    walk.foreseen = lambda *choices: known.append(foreseen(*choices)) or known[-1]
    guide.route = Route(plan.atlas, plan.imagination, guide.profile, {}, walk.wheel)
    for _ in range(12):
        walk.act(*ships.command())
    assert sum(call is not None for call in known) >= 10


def test_walk_that_has_ended_plans_no_more():
    """Nothing is planned for a walk whose target is in a state that the model does not know."""
    ships = dry.fleet(dry.planner(), lambda _step: None)
    walk = ships.walk(ships.beginning())
    assert not ships.is_done()
    walk.ended = True
    assert ships.is_done()
