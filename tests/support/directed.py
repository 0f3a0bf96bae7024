"""Short walks on purpose: what the commands can call from where a walk begins, each call tried on the model alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.judge.judge import Judge
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines import triggers
from cognito_conformance.machines.pick import Command, Pick, Subject, commands
from cognito_conformance.machines.walk import Walk, mixed, request_of, turn_to_newcomer
from cognito_conformance.server.core import Reference
from cognito_model.model import Request, likeliest_world
from cognito_model.outcome import Outcome
from cognito_model.world import World
from support.drive import MODEL


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands: the person whom it is about, the model's world, the number of calls, the time."""

    person: str
    world: World
    subject: Subject
    number: int
    now: float


@dataclass(frozen=True, slots=True)
class Tried:
    """A call as the model expects it, and where the walk would stand after it."""

    request: Request
    outcome: Outcome
    after: Place

    @property
    def slugs(self) -> set[str]:
        """The requirements that refuse the call."""
        return {refusal.requirement.slug for refusal in self.outcome.refusals}


def beginnings(
    area: str, seeds: Iterable[int], *persons: str, functions: Collection[str] = ()
) -> Iterator[Place]:
    """Where the walks of an area begin, for each of the seeds whose profile has one of these persons (none: anybody).

    `functions` are those for Lambda triggers that the target offers.
    """
    for seed in seeds:
        profile = triggers.draw(seed, area, functions=functions)
        if persons and profile.person not in persons:
            continue
        endpoint = ReferenceEndpoint.of(Reference(seed=seed), Budget(100))
        walk = Walk(Judge(MODEL, endpoint), [], lambda _request, _outcome: True, lambda _step, _steps: None)
        walk.begin(profile)
        assert not any(step.broken for step in walk.steps)
        yield Place(profile.person, walk.judge.world, walk.subject, walk.number, walk.judge.now())


def named(*names: str) -> list[Command]:
    """The commands that functions of these names build."""
    return [command for command in commands() if command.build.__name__ in names]


def tries(
    place: Place, known: Iterable[Command], *, picks: int, wrong: Iterable[int] = (0,)
) -> Iterator[Tried]:
    """What these commands call from there, with so many different choices of their roles, each going wrong in these ways."""
    for command in known:
        for number in range(picks):
            for role in wrong:
                here = place.subject
                subject = Subject(here.pool, here.user, here.client, here.mark)
                pick = Pick(place.world, subject, place.number + 1, mixed(number), role, place.now)
                request = request_of(command, pick, waits=True)
                if request is None:
                    continue
                now = place.now + request.wait
                outcome = MODEL.predict(place.world, request, now)
                world = likeliest_world(place.world, outcome)
                turn_to_newcomer(subject, request.operation, world)
                yield Tried(request, outcome, Place(place.person, world, subject, request.step, now))
