"""Calls made on the model alone: what each would exercise, and where the walk would stand after it."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cognito_conformance.machines.pick import Pick, Subject, anything
from cognito_conformance.machines.walk import mixed, request_of, turn_to_newcomer
from cognito_conformance.planner.features import features, kind_of, settings_of
from cognito_model.model import likeliest_world
from cognito_model.terms import Fresh, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cognito_conformance.machines.pick import Command
    from cognito_conformance.planner.features import Broken, Weighted
    from cognito_model.model import Model, Request
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User, World

log = logging.getLogger(__name__)

REMEMBERED = 6
"""So many different earlier events on a user are paired with a call."""
REMEMBERED_OF_POOL = 24
"""So many different calls that changed something are remembered of a pool, for whose effect an answer shows."""
ENOUGH = 2
"""A kind of call that ended walks so often is planned no more: a pool is dear."""

Trails = dict[Any, tuple[Any, ...]]
"""What happened to each user of a walk, by sub, and what changed in its pool, by id (`Written`); newest last."""
Thought = tuple[Any, ...]
"""A call by the choices that make it: see `thought_of`."""


@dataclass(slots=True)
class Place:
    """Where a walk stands, or would stand, and at which time of the target. `calls` are those that were imagined there and
    from there on, by what they are and in which world; `knows` says which made-up values the target has told.
    """

    world: World
    subject: Subject
    number: int
    trails: Trails
    now: float
    calls: dict[tuple[Thought, int], Imagined] = field(default_factory=dict)
    knows: Callable[[Fresh], bool] = anything


@dataclass(slots=True)
class Draft:
    """A call that could be made in a place, by which choices; `turn` says how the argument that goes wrong does so."""

    thought: Thought
    request: Request
    subject: Subject
    roles: int
    turn: tuple[int, int] | None


@dataclass(slots=True)
class Imagined:
    """A call as the model expects it to go in `place`. What it exercises is worked out when that is asked."""

    imagination: Imagination
    place: Place
    draft: Draft
    outcome: Outcome
    _found: list[Weighted] | None = None

    @property
    def found(self) -> list[Weighted]:
        """What the call exercises."""
        if self._found is None:
            draft = self.draft
            self._found = self.imagination.exercised(self.place, draft.subject, draft.request, self.outcome)
        return self._found


class _WatchedPick(Pick):
    """Notes whether there was anything to choose, and the first digit after a role went wrong: in which of the wrong ways."""

    chose = False
    turned = False
    turn: tuple[int, int] | None = None

    def goes_wrong(self) -> bool:
        self.turned = self.turned or self.roles + 1 == self.wrong
        return Pick.goes_wrong(self)

    def index(self, count: int) -> int:
        self.chose = self.chose or count > 1
        digit = Pick.index(self, count)
        if self.turned and self.turn is None:
            self.turn = (count, digit)
        return digit


@dataclass
class Imagination:
    """Makes calls on the model. `allowed` says which are worth a request; `waits` that the target's clock can be moved."""

    model: Model
    allowed: Callable[[Request, Outcome], bool]
    broken: Broken
    waits: bool = False
    derailing: Counter[tuple[str, str]] = field(default_factory=Counter)
    _settings: tuple[Any, Any, tuple[str, ...]] = field(default=(None, None, ()), init=False)

    def draft(self, place: Place, command: Command, wrong: int, picks: int) -> Draft | None:
        """The call that these choices make in `place`, or None where the command does not apply."""
        return self._drafted(place, command, wrong, picks)[0]

    def _drafted(self, place: Place, command: Command, wrong: int, picks: int) -> tuple[Draft | None, bool]:
        """The draft, and whether other picks might make another."""
        here = place.subject
        subject = Subject(here.pool, here.user, here.client, here.mark)
        number = place.number + 1
        pick = _WatchedPick(place.world, subject, number, mixed(picks), wrong, place.now, place.knows)
        request = request_of(command, pick, waits=self.waits)
        if request is None:
            return None, pick.chose
        return Draft(thought_of(command, wrong, picks), request, subject, pick.roles, pick.turn), pick.chose

    def call(self, place: Place, draft: Draft) -> Imagined | None:
        """What the call would exercise, or None where it is not worth a request on this target."""
        try:
            outcome = self.model.predict(place.world, draft.request, place.now + draft.request.wait)
        except Exception:
            # A fault of the model must not end a run by a call that is only thought of.
            log.exception("the model failed on %s", draft.request.operation)
            return None
        if not self.allowed(draft.request, outcome):
            return None
        if self.derailing and self.derailing[draft.request.operation, kind_of(outcome)] >= ENOUGH:
            return None
        call = place.calls[draft.thought, id(place.world)] = Imagined(self, place, draft, outcome)
        return call

    def variants(
        self, place: Place, command: Command, wrong: int, picks: Iterable[int]
    ) -> Iterator[tuple[int, Imagined]]:
        """The different calls that these picks make of a command in `place`, each with the first of them that makes it."""
        known = []
        for number in picks:
            draft, varies = self._drafted(place, command, wrong, number)
            if draft is not None and draft.request.params not in known:
                known.append(draft.request.params)
                call = self.call(place, draft)
                if call is not None:
                    yield number, call
            if not varies:
                return

    def derailed(self, request: Request, outcome: Outcome) -> None:
        """A call that went like this left the model without knowledge of the target, and so ended its walk."""
        self.derailing[request.operation, kind_of(outcome)] += 1

    def followed(
        self, place: Place, calls: Iterable[tuple[Command, int, int]]
    ) -> Iterator[tuple[Imagined | None, Place]]:
        """These calls, one after another: each, or None where it does not apply and is left out, and the place after it."""
        for command, wrong, picks in calls:
            draft = self.draft(place, command, wrong, picks)
            call = None if draft is None else self.call(place, draft)
            if call is not None:
                place = self.after(place, call)
            yield call, place

    def after(self, place: Place, call: Imagined) -> Place:
        """Where the walk would stand after the call."""
        chosen, request = call.draft.subject, call.draft.request
        world = likeliest_world(place.world, call.outcome)
        trails = trails_after(place, chosen, request, call.outcome)
        subject = Subject(chosen.pool, chosen.user, chosen.client, chosen.mark)
        turn_to_newcomer(subject, request.operation, world)
        return Place(world, subject, request.step, trails, place.now + request.wait, place.calls, place.knows)

    def exercised(self, place: Place, subject: Subject, request: Request, outcome: Outcome) -> list[Weighted]:
        """What a call in `place` exercises; `subject` is whom the call chose."""
        trails = place.trails
        pool = place.world.pools.get(subject.pool)
        if pool is None:
            return features(request, outcome, None, (), (), (), self.broken)
        user = user_of(pool, subject, request)
        earlier = () if user is None else trails.get(user.sub, ())
        settings = self._settings_of(pool, pool.clients.get(subject.client))
        return features(request, outcome, user, earlier, trails.get(pool.id, ()), settings, self.broken)

    def _settings_of(self, pool: Pool, client: Any) -> tuple[str, ...]:
        """`settings_of`, kept until the pool or the client is another."""
        known_pool, known_client, settings = self._settings
        if known_pool is not pool.settings or known_client is not client:
            settings = settings_of(pool, client)
            self._settings = (pool.settings, client, settings)
        return settings


def thought_of(command: Command, wrong: int, picks: int) -> Thought:
    """What tells a call from others that could be made in the same place."""
    return command.operation, command.build, wrong, picks


def trails_after(place: Place, subject: Subject, request: Request, outcome: Outcome) -> Trails:
    """The trails with a call that was made in `place`; `subject` is whom the call chose."""
    trails = place.trails
    pool = place.world.pools.get(subject.pool)
    if pool is None:
        return trails
    user = user_of(pool, subject, request)
    if user is not None:
        event = f"{request.operation} refused" if outcome.refusals else request.operation
        trails = _with(trails, user.sub, event, REMEMBERED)
    if outcome.effects and not outcome.refusals:
        trails = _with(trails, pool.id, (request.operation, outcome.effects), REMEMBERED_OF_POOL)
    return trails


def _with(trails: Trails, key: Any, event: Any, most: int) -> Trails:
    """The trails with an event at the end of one of them."""
    earlier = trails.get(key, ())
    if earlier[-1:] == (event,):
        return trails
    others = tuple(other for other in earlier if other != event)
    return {**trails, key: (*others[1 - most :], event)}


def user_of(pool: Pool, subject: Subject, request: Request) -> User | None:
    """The user whom a call is about: the bearer of its token, else the one that the walk is about."""
    token = request.params.get("AccessToken")
    if not isinstance(token, str | Term):
        return pool.users.get(subject.user)
    state = pool.tokens.get(token)
    return None if state is None else pool.users.get(pool.grants[state.grant].sub)
