"""One call, imagined: what would be exercised, and where the walk would stand after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cognito_conformance.machines.pick import Command, Pick, Subject
from cognito_conformance.machines.walk import mixed, request_of, turn_to_newcomer
from cognito_conformance.planner.features import configuration, features
from cognito_model.model import Model, Request, likeliest_world
from cognito_model.terms import Term

if TYPE_CHECKING:
    from cognito_conformance.planner.features import Weighted
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User, World

REMEMBERED = 6
"""So many different earlier events on a user are paired with a call."""

Trails = dict[Any, tuple[str, ...]]
"""For each user, what happened to it, newest last."""


@dataclass(slots=True)
class Place:
    """Where a walk stands, or would stand."""

    world: World
    subject: Subject
    number: int
    trails: Trails


@dataclass(slots=True)
class Imagined:
    """A call as the model expects it: what it exercises, how many arguments could go wrong, and the place after it."""

    request: Request
    outcome: Outcome
    found: list[Weighted]
    roles: int
    after: Place


@dataclass
class LookAhead:
    """Makes calls on the model alone. `allowed` says which are worth a request, `broken` which slugs are known broken."""

    model: Model
    allowed: Callable[[Request, Outcome], bool]
    broken: Callable[[str], bool]
    _settings: tuple[Any, Any, tuple[str, ...]] = field(default=(None, None, ()))

    def imagine(self, place: Place, command: Command, wrong: int, picks: int, now: float) -> Imagined | None:
        """The call that these choices make in `place`, or None where there is none or it is not allowed."""
        old = place.subject
        subject = Subject(old.pool, old.user, old.client)
        pick = Pick(place.world, subject, place.number + 1, mixed(picks), wrong)
        request = request_of(command, pick)
        if request is None:
            return None
        outcome = self.model.predict(place.world, request, now)
        if not self.allowed(request, outcome):
            return None
        found, trails = self.exercised(place.world, subject, place.trails, request, outcome)
        world = likeliest_world(place.world, outcome)
        turn_to_newcomer(subject, request.operation, world)
        return Imagined(request, outcome, found, pick.roles, Place(world, subject, request.step, trails))

    def exercised(
        self, world: World, subject: Subject, trails: Trails, request: Request, outcome: Outcome
    ) -> tuple[list[Weighted], Trails]:
        """What a call exercises in `world`, and the trails with it."""
        pool = world.pools.get(subject.pool)
        if pool is None:
            return features(request, outcome, None, (), (), self.broken), trails
        client = pool.clients.get(subject.client)
        known_pool, known_client, settings = self._settings
        if known_pool is not pool.settings or known_client is not client:
            settings = configuration(pool, client)
            self._settings = (pool.settings, client, settings)
        user = _user_of(pool, subject, request.params)
        earlier = trails.get(user.sub, ()) if user is not None else ()
        found = features(request, outcome, user, earlier, settings, self.broken)
        if user is not None:
            event = f"{request.operation}{' refused' if outcome.refusals else ''}"
            if event not in earlier[-REMEMBERED:]:
                trails = {**trails, user.sub: (*earlier[1 - REMEMBERED :], event)}
        return found, trails


def _user_of(pool: Pool, subject: Subject, params: Any) -> User | None:
    """The user whom a call is about: the bearer of its token, else the one that the walk is about."""
    token = params.get("AccessToken")
    if not isinstance(token, str | Term):
        return pool.users.get(subject.user)
    state = pool.tokens.get(token)
    return pool.users.get(pool.grants[state.grant].sub) if state is not None else None
