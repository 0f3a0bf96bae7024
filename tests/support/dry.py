"""Runs without a target: the model stands in for it, so that planning can be tested in milliseconds a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cognito_conformance.judge.judge import Fate, Step
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines import profiles
from cognito_conformance.machines.pick import Command, commands
from cognito_conformance.machines.walk import Walk
from cognito_conformance.planner.aims import Aims
from cognito_conformance.planner.fleet import Fleet
from cognito_conformance.planner.imagine import Imagination
from cognito_conformance.planner.planner import Planner
from cognito_model.model import Model, Request, likeliest_world
from cognito_model.outcome import Outcome
from cognito_model.terms import Fresh
from cognito_model.world import World
from support.drive import MODEL

NOW = 1_760_000_000.0
AREA = "life cycle"


class DryJudge:
    """Takes every call to go as the model expects."""

    def __init__(self, model: Model = MODEL) -> None:
        self.model = model
        self.world = World()

    def now(self) -> float:
        return NOW

    def predict(self, request: Request) -> Outcome:
        return self.model.predict(self.world, request, NOW)

    def pinned(self, request: Request) -> Request:
        return request

    def knows(self, term: Fresh) -> bool:
        return True

    def step(self, request: Request, outcome: Outcome | None = None) -> Step:
        outcome = self.predict(request) if outcome is None else outcome
        self.world = likeliest_world(self.world, outcome)
        return Step(request, outcome, None, Fate.JUDGED)


def anything(_request: Request, _outcome: Outcome) -> bool:
    """Every call is worth a request."""
    return True


def dry_walk(
    known: list[Command] | None = None,
    seen: Callable[[Step], None] = lambda _step: None,
    allowed: Callable[[Request, Outcome], bool] = anything,
) -> Walk:
    """A walk that has no pool yet."""
    judge: Any = DryJudge()
    return Walk(judge, commands(AREA) if known is None else known, allowed, lambda step, _steps: seen(step))


def plain() -> profiles.Profile:
    """The simplest pool and client."""
    return profiles.plain("conformance")


def planner(
    *,
    seed: int = 1,
    aims: Aims | None = None,
    allowed: Callable[[Request, Outcome], bool] = anything,
    broken: Any = (),
) -> Planner:
    """A planner on the model."""
    return Planner(Imagination(MODEL, allowed, broken), lambda: NOW, seed, aims or Aims())


def fleet(
    plan: Planner, seen: Callable[[Step], None], *, area: str = AREA, length: int = 60, **walk: Any
) -> Fleet:
    """Walks of an area that end after so many steps."""
    return Fleet(
        plan,
        lambda seed: profiles.draw(seed, area),
        lambda: dry_walk(commands(area), seen, **walk),
        lambda candidate: not candidate.ended and len(candidate.steps) < length,
        lambda _ended: None,
    )


def explore(ships: Fleet, requests: Callable[[], int], most: int, steps: int = 8) -> None:
    """Let the fleet make calls, in examples of so many steps, until `requests()` says `most`."""
    while requests() < most:
        walk = ships.walk(ships.beginning())
        for _ in range(steps):
            walk.act(*ships.command())
