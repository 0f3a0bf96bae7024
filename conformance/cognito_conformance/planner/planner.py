"""Which calls come next on a walk: a few are tried on the model at each step, and the best are sent."""

from __future__ import annotations

import random
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cognito_conformance.machines.waiting import EARLY, LATE
from cognito_conformance.machines.walk import ILL_TYPED, UNSIGNED
from cognito_conformance.planner.atlas import Atlas, name_of
from cognito_conformance.planner.coverage import Coverage, counted
from cognito_conformance.planner.imagine import Place, thought_of, trails_after
from cognito_conformance.planner.prospects import Prospects
from cognito_conformance.planner.route import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cognito_conformance.judge.judge import Step
    from cognito_conformance.machines.pick import Command
    from cognito_conformance.machines.walk import Walk
    from cognito_conformance.planner.aims import Aims
    from cognito_conformance.planner.atlas import Recipe
    from cognito_conformance.planner.features import Feature, Weighted
    from cognito_conformance.planner.imagine import Draft, Imagination, Imagined, Trails
    from cognito_conformance.planner.prospects import Kind
    from cognito_conformance.planner.route import Choices
    from cognito_model.model import Request
    from cognito_model.outcome import Outcome
    from cognito_model.world import World

NEWCOMER = 20
"""After so many steps a walk shows what a new pool is worth at the time."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to think: `chains` sequences of `length` calls, each call the best of `width` that were imagined, each of
    these the most promising of `drafts`. Constant, and not a time, so that the same seed gives the same calls.
    """

    chains: int
    length: int
    width: int
    drafts: int


EXPLORING = Effort(chains=1, length=3, width=7, drafts=2)
AIMING = Effort(chains=6, length=8, width=2, drafts=2)
RANDOM, REPEATED = 0.08, 0.02
"""Shares of the stretches that are left to chance, and that make one call again and again: plans miss what only shows
after many failed attempts, and what the model does not know.
"""
ASTRAY = 0.005
"""Share of the stretches that are one call planned like any other while a walk has recipes: else all seeds would try the same."""
REPETITIONS, ATTEMPTS = 8, 40
"""How often a call is repeated, and how many are looked at for one that is worth repeating."""
TOSSES = 4
"""So many kinds of calls are compared by what they were worth of late before one is drafted."""
WRONG, SPOILED, DELAYED = 0.5, 0.06, 0.06
"""Shares of the drafts with an argument that is wrong on purpose, of requests that are no well-formed request, and of
calls that wait until something runs out.
"""
UNGUIDED = 0.2
"""Share of the drafts that are taken as they come, whatever was learned of their kind."""
MISSES = 6
"""So many drafts may fail to apply before the planner makes do with what it has."""
A_MOMENT = 0.05
"""Seconds of the target's clock for which what was thought of a call is as good as if it was thought of now."""
USUAL_ROLES, PLAIN_WRONG = 6, 24
"""How many arguments a command has until one was made; and below what `wrong` is drawn without a plan."""
PACE = 0.02
"""How fast the usual worth of a request, which a call must beat to belong to a plan, follows the newest."""


@dataclass
class Planner:
    """What the walks of a run share: what was exercised, what is promising, and the dice. `now` is the target's clock."""

    imagination: Imagination
    now: Callable[[], float]
    seed: int
    aims: Aims
    coverage: Coverage = field(default_factory=Coverage)
    prospects: Prospects = field(default_factory=Prospects)
    usual: float = 0.0
    usual_of_newcomers: float = 0.0
    imagined: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.follow(())

    def follow(self, recipes: Iterable[Recipe]) -> None:
        """Try these recipes from now on."""
        self.atlas = Atlas(recipes, self.coverage, self.aims, self.imagination.broken)

    @property
    def effort(self) -> Effort:
        """How hard to think about a stretch."""
        return AIMING if self.aims else EXPLORING


class Guide:
    """Plans one walk, in a pool that the number `profile` sets up. `saw` must be told of every step; `choose` gives the
    choices for the next, and `foreseen` what planning has already found of these. `expect` may be told of a call whose
    answer is awaited. One that is `retired` makes room for a walk in another pool.
    """

    def __init__(self, planner: Planner, walk: Walk, profile: int = 0) -> None:
        self.planner = planner
        self.walk = walk
        self.profile = profile
        self.recent = planner.usual
        self._trails: Trails = {}
        self._plan: deque[Choices] = deque()
        self._here = self.here()
        self._foreseen: Imagined | None = None
        self._counted: Outcome | None = None
        first: dict[int, int] = {}
        for index, command in enumerate(walk.wheel):
            first.setdefault(id(command), index)
        self._commands = list(first.values())
        self._roles: dict[int, int] = {}
        self.retired = False
        names = {name_of(command): index for index, command in reversed(list(enumerate(walk.wheel)))}
        self.route = Route(planner.atlas, planner.imagination, profile, names, walk.wheel)

    def saw(self, world: World, step: Step) -> None:
        """A step was made in `world`. One that left the target in another state ends the plan."""
        if self._counted is not step.outcome:
            self.expect(world, step.request, step.outcome)
        self._counted = None
        if step.lost:
            self.planner.imagination.derailed(step.request, step.outcome)
        if step.lost or step.disturbing:
            self._plan.clear()

    def expect(self, world: World, request: Request, outcome: Outcome) -> None:
        """A call is made in `world`: remember what it exercises, whatever is answered."""
        planner, known = self.planner, self._foreseen
        place = Place(world, self.walk.subject, request.step, self._trails, planner.now())
        if known is not None and known.outcome is outcome:
            found = known.found
        else:
            found = planner.imagination.exercised(place, place.subject, request, outcome)
        self._counted = outcome
        self._trails = trails_after(place, place.subject, request, outcome)
        worth = planner.coverage.count(planner.aims.weighed(found))
        planner.usual += PACE * (worth - planner.usual)
        self.recent += 5 * PACE * (worth - self.recent)
        if request.step == NEWCOMER:
            planner.usual_of_newcomers = self.recent

    def choose(self) -> Choices:
        """The choices for the next step."""
        if not self.goes_on():
            self._think(self._stretch)
        return self._plan.popleft() if self._plan else self._any()

    def goes_on(self) -> bool:
        """Whether there is a plan, or a recipe of this round that leads to something from here, which then is the plan."""
        if not self._plan and not self.route.is_over:
            is_astray = self.planner.dice.random() < ASTRAY
            self._think(self._detour if is_astray else self.route.stretch)
        return bool(self._plan)

    def _think(self, plan: Callable[[Place], list[Choices]]) -> None:
        """Plan from here on. Of what is imagined only what is planned is kept: the rest is much, and holds on to itself."""
        self._here.calls.clear()
        self._here = self.here()
        self._plan.extend(plan(self._here))
        wheel, known = self.walk.wheel, self._here.calls
        planned = {thought_of(wheel[which], wrong, picks) for which, wrong, picks in self._plan}
        kept = {key: call for key, call in known.items() if key[0] in planned}
        known.clear()
        known.update(kept)

    def foreseen(self, command: Command, wrong: int, picks: int) -> tuple[Request, Outcome] | None:
        """The call of these choices and its outcome, where it was imagined, a moment ago, in the place where the walk
        stands now. The walk is then about whom the call chose.
        """
        walk = self.walk
        known = self._here.calls.get((thought_of(command, wrong, picks), id(walk.judge.world)))
        if known is None or known.place.number != walk.number or known.place.subject != walk.subject:
            return None
        request = known.draft.request
        if self.planner.now() - known.place.now > A_MOMENT or walk.judge.pinned(request) is not request:
            return None
        self._foreseen, walk.subject = known, known.draft.subject
        return request, known.outcome

    # -- stretches

    def _stretch(self, start: Place) -> list[Choices]:
        dice, effort = self.planner.dice, self.planner.effort
        luck = dice.random()
        if luck < RANDOM:
            return [self._any() for _ in range(effort.length)]
        if luck < RANDOM + REPEATED:
            return [self._attempt(start)] * REPETITIONS
        chains = [self._chain(start, effort) for _ in range(effort.chains)]
        return max(chains, key=lambda chain: chain[0])[1]

    def _detour(self, start: Place) -> list[Choices]:
        return self._chain(start, replace(self.planner.effort, length=1))[1]

    def _chain(self, place: Place, effort: Effort) -> tuple[float, list[Choices]]:
        """A sequence of calls, each the best of a few, and what it gains over the usual.

        One of several is cut where it has gained most; the only one is made whole, since thinking again costs more.
        """
        planner = self.planner
        planned: Counter[Feature] = Counter()
        calls: list[Choices] = []
        gain = best = 0.0
        length = 0
        for _ in range(effort.length):
            found = self.best(place, planned, effort)
            if found is None:
                continue
            worth, choices, call, weighed = found
            counted(weighed, planned)
            place = planner.imagination.after(place, call)
            calls.append(choices)
            gain += worth - planner.usual
            if gain > best or length == 0 or effort.chains == 1:
                best, length = gain, len(calls)
        return best, calls[:length]

    def best(
        self, place: Place, planned: Counter[Feature], effort: Effort
    ) -> tuple[float, Choices, Imagined, list[Weighted]] | None:
        """The best of a few calls that could come next, after those of `planned`."""
        planner = self.planner
        best = None
        for _ in range(effort.width):
            drawn = self._draw(place, effort.drafts)
            if drawn is None:
                continue
            kind, choices, draft = drawn
            planner.imagined += 1
            call = planner.imagination.call(place, draft)
            if call is None:
                planner.prospects.learn(kind, 0.0)
                continue
            weighed = planner.aims.weighed(call.found)
            worth = planner.coverage.worth(weighed, planned)
            planner.prospects.learn(kind, worth)
            if best is None or worth > best[0]:
                best = (worth, choices, call, weighed)
        return best

    def here(self) -> Place:
        """Where the walk stands."""
        walk = self.walk
        now = self.planner.now()
        return Place(walk.judge.world, walk.subject, walk.number, self._trails, now, knows=walk.knows)

    # -- drafts

    def _draw(self, place: Place, drafts: int) -> tuple[Kind, Choices, Draft] | None:
        """The most promising of some calls that apply here, judged by their kind; None where nothing applies."""
        planner = self.planner
        prospects, dice = planner.prospects, planner.dice
        wanted = 1 if dice.random() < UNGUIDED else drafts
        best = None
        hopes = -1.0
        made = 0
        for _ in range(wanted + MISSES):
            choices, command = self._toss()
            draft = planner.imagination.draft(place, command, *choices[1:])
            if draft is None:
                prospects.missed(choices[:2])
                continue
            self._roles[choices[0]] = draft.roles
            made += 1
            kind = prospects.kind(choices[0], choices[1], draft, place.world)
            worth = prospects.worth(kind)
            if worth > hopes:
                best, hopes = (kind, choices, draft), worth
            if made == wanted:
                break
        return best

    def _toss(self) -> tuple[Choices, Command]:
        """A kind of call that was worth something of late, with any choices."""
        dice, hunch = self.planner.dice, self.planner.prospects.hunch
        best, hopes = (0, 0), -1.0
        for _ in range(1 if dice.random() < UNGUIDED else TOSSES):
            kind = self._kind()
            worth = hunch(kind)
            if worth > hopes:
                best, hopes = kind, worth
        index, wrong = best
        return (index, wrong, dice.getrandbits(32)), self.walk.wheel[index]

    def _kind(self) -> tuple[int, int]:
        """Any command; half of the time with something wrong."""
        chance = self.planner.dice.random
        index = self._commands[int(chance() * len(self._commands))]
        luck = chance()
        if luck < WRONG:
            return index, 1 + int(chance() * self._roles.get(index, USUAL_ROLES))
        if luck < WRONG + SPOILED:
            return index, UNSIGNED if chance() < 0.5 else ILL_TYPED
        if luck < WRONG + SPOILED + DELAYED and self.planner.imagination.waits:
            return index, EARLY if chance() < 0.5 else LATE
        return index, 0

    def _any(self) -> Choices:
        """What plain generation might choose: common commands more often, mostly nothing wrong."""
        dice = self.planner.dice
        return dice.randrange(len(self.walk.wheel)), dice.randrange(PLAIN_WRONG), dice.getrandbits(32)

    def _attempt(self, place: Place) -> Choices:
        """A call to make again and again: one whose refusal the service remembers, where the dice come upon one."""
        imagination, dice = self.planner.imagination, self.planner.dice
        for _ in range(ATTEMPTS):
            index, wrong = self._kind()
            choices = (index, wrong, dice.getrandbits(32))
            draft = imagination.draft(place, self.walk.wheel[index], *choices[1:])
            call = None if draft is None else imagination.call(place, draft)
            if call is not None and call.outcome.refused_world is not None:
                return choices
        return self._any()
