"""Long walks on the model alone: what was exercised where, and after which calls."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.judge.judge import Judge
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines.areas import AREAS, drawn
from cognito_conformance.machines.pick import commands
from cognito_conformance.machines.walk import Walk
from cognito_conformance.planner.aims import Aims
from cognito_conformance.planner.atlas import name_of
from cognito_conformance.planner.features import PLAIN
from cognito_conformance.planner.fleet import set_up
from cognito_conformance.planner.imagine import Imagination
from cognito_conformance.planner.planner import Effort, Guide, Planner
from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_model.functions import ROLES
from cognito_model.model import Model, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cognito_conformance.machines.profiles import Profile
    from cognito_conformance.planner.atlas import Made
    from cognito_conformance.planner.features import Feature
    from cognito_conformance.planner.imagine import Imagined, Place
    from cognito_model.outcome import Outcome

EFFORT = Effort(chains=1, length=1, width=16, drafts=2)
"""More than in a run: the walks are made once, and nobody waits for them."""
PROFILES = 16
"""So many kinds of pools are looked at before one is chosen."""
TRIGGERED = 8
"""One walk in so many is in a pool with triggers."""
AIMED_AT = PLAIN - {"refused", "among"} | {"event", "sent"}
"""The kinds of features that recipes are for."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A walk: where it began, its calls, what each exercised, the effects that each had and something else may show, and
    whether it left the model's world as it was.
    """

    profile: int
    start: Place
    calls: list[Made]
    found: list[frozenset[Feature]]
    effects: list[frozenset[Feature]]
    idle: list[bool]


@dataclass
class Rehearsal:
    """Walks that share what they have exercised, as those of a run do."""

    seed: int
    planner: Planner = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model(service.description())
        self.commands = {name_of(command): command for command in commands()}
        self._endpoint = ReferenceEndpoint.of(Reference(seed=self.seed), Budget())
        imagination = Imagination(self.model, _anything, (), waits=True)
        self.planner = Planner(imagination, self._endpoint.now, self.seed, Aims())

    def walks(self, count: int, length: int) -> Iterator[Rehearsed]:
        """So many walks of so many calls, each in a pool set up otherwise."""
        for number in range(count):
            # Of all kinds of pools few have triggers, and these are exercised nowhere else.
            yield self._walk(self._profile(triggers=number % TRIGGERED == TRIGGERED - 1), length)

    def begin(self, profile: int) -> Guide:
        """The guide of a walk that has its pool, its clients and its first person, made on the reference."""
        walk = Walk(
            Judge(self.model, self._endpoint), commands(), _anything, lambda _step, _steps: None, waits=True
        )
        guide = Guide(self.planner, walk)
        walk.watch = guide.saw
        walk.begin(self.draw(profile))
        return guide

    def draw(self, profile: int) -> Profile:
        """The kind of pool that a number chooses, on a target that has all that one may have."""
        return drawn(profile, AREAS, functions=ROLES)

    def _profile(self, *, triggers: bool) -> int:
        seeds: list[int] = []
        while len(seeds) < PROFILES:
            seed = self.planner.dice.randrange(1, 2**24)
            if not triggers or "LambdaConfig" in self.draw(seed).pool:
                seeds.append(seed)
        worth = self.planner.coverage.worth
        best = max(seeds, key=lambda seed: worth(set_up(self.draw(seed)), Counter()))
        self.planner.coverage.count(set_up(self.draw(best)))
        return best

    def _walk(self, profile: int, length: int) -> Rehearsed:
        guide = self.begin(profile)
        place = start = guide.here()
        walked = Rehearsed(profile, start, [], [], [], [])
        for _ in range(length):
            best = guide.best(place, Counter(), EFFORT)
            if best is None:
                continue
            _, (which, wrong, picks), call, weighed = best
            self.planner.coverage.count(weighed)
            before, place = place, self.planner.imagination.after(place, call)
            walked.calls.append((name_of(guide.walk.wheel[which]), wrong, picks))
            walked.found.append(aimed_at(call.found))
            walked.effects.append(_effects(call))
            walked.idle.append(place.world is before.world)
            if place.subject.pool not in place.world.pools:
                break
        return walked


def aimed_at(found: list[tuple[Feature, float]]) -> frozenset[Feature]:
    """The features that recipes are for."""
    return frozenset(feature for feature, _ in found if feature[0] in AIMED_AT)


def _effects(call: Imagined) -> frozenset[Feature]:
    """The effects of a call, as the features that show them."""
    outcome = call.outcome
    slugs = () if outcome.refusals else outcome.effects
    return frozenset(("effect", call.draft.request.operation, slug) for slug in slugs)


def _anything(_request: Request, _outcome: Outcome) -> bool:
    return True
