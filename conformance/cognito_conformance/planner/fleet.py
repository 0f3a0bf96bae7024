"""The walks of a run that are under way: several pools, each set up otherwise, and the one that goes on next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cognito_conformance.machines import people
from cognito_conformance.planner.planner import Guide

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.machines import profiles
    from cognito_conformance.machines.walk import Walk
    from cognito_conformance.planner.features import Weighted
    from cognito_conformance.planner.planner import Planner
    from cognito_conformance.planner.route import Choices

SLOTS = 8
"""So many pools are open at most. More of them reach more settings early, and each costs its first calls."""
LONG = 600
"""So many calls a walk makes that has no recipes: other settings show more by then."""
PROFILES = 16
"""So many profiles are looked at before one is chosen."""
EAGERNESS = 1.3
"""A new pool is opened where the best walk yields less than so many times what new walks have yielded of late."""


class Fleet:
    """The walks under way, by slot. A number begins each example, as it begins any walk: a slot, and a profile.

    `launch` makes a walk that has no pool yet, `good` says whether one can go on, `end` deletes its pool.
    """

    def __init__(
        self,
        planner: Planner,
        draw: Callable[[int], profiles.Profile],
        launch: Callable[[], Walk],
        good: Callable[[Walk], bool],
        end: Callable[[Walk], None],
        slots: int = SLOTS,
    ) -> None:
        self.planner = planner
        self._draw, self._launch, self._good, self._end = draw, launch, good, end
        self._slots = slots
        self._guides: dict[int, Guide] = {}
        self._current: Guide | None = None
        self._touring = False

    # -- what the backend asks

    def beginning(self) -> int:
        """The number that begins the next example: of a walk with recipes to try, of a pool for such, or else of the most
        promising walk, or of a pool set up as none was.
        """
        under_way = {slot: guide for slot, guide in self._guides.items() if self._good(guide.walk)}
        on_route = next((slot for slot, guide in under_way.items() if guide.route), None)
        kinds = {} if on_route is not None else self.planner.atlas.kinds()
        self._touring = on_route is not None or bool(kinds)
        if on_route is not None:
            return on_route + self._slots * self._seed()
        free = next((slot for slot in range(self._slots) if slot not in under_way), None)
        if kinds:
            if free is None:
                free = self._room(under_way)
            return free + self._slots * self.planner.dice.choices(list(kinds), list(kinds.values()))[0]
        fresh = [slot for slot, guide in under_way.items() if len(guide.walk.steps) < LONG]
        best = max(fresh, key=lambda slot: under_way[slot].recent, default=None)
        if best is None or (
            free is not None and under_way[best].recent < EAGERNESS * self.planner.usual_of_newcomers
        ):
            return self._new_pool(self._room(under_way) if free is None else free)
        return best + self._slots * self._seed()

    def command(self) -> Choices:
        """The choices of the next command."""
        if self._current is None:
            raise RuntimeError("no walk has begun")
        return self._current.choose()

    def is_done(self) -> bool:
        """Whether the walk has ended, or has come to the end of its recipes, and others may have some."""
        guide = self._current
        return guide is not None and (guide.walk.ended or (self._touring and not guide.goes_on()))

    def _room(self, under_way: dict[int, Guide]) -> int:
        """The slot of the walk that yields least, which makes room for another."""
        slot = min(under_way, key=lambda slot: under_way[slot].recent)
        under_way[slot].retired = True
        return slot

    def _new_pool(self, slot: int) -> int:
        seeds = [self._seed() for _ in range(PROFILES)]
        worth = self.planner.coverage.worth
        return slot + self._slots * max(seeds, key=lambda seed: worth(set_up(self._draw(seed)), Counter()))

    def _seed(self) -> int:
        """A seed of a profile, never 0: the number of an example is never 0."""
        return self.planner.dice.randrange(1, 2**24)

    # -- what the machine asks

    def walk(self, number: int) -> Walk:
        """The walk that a number begins: the one in its slot while it is good, else a new one with its profile."""
        seed, slot = divmod(number, self._slots)
        guide = self._guides.get(slot)
        if guide is not None and self._good(guide.walk) and not guide.retired:
            self._current = guide
            if guide.route.wants_another_round:
                people.prepare(guide.walk, self._draw(guide.profile).person)
                guide.route.begin_another_round()
            return guide.walk
        if guide is not None:
            del self._guides[slot]
            self._end(guide.walk)
        profile = self._draw(seed)
        self.planner.coverage.count(set_up(profile))
        walk = self._launch()
        guide = self._current = self._guides[slot] = Guide(self.planner, walk, seed)
        walk.watch, walk.foreseen, walk.expect = guide.saw, guide.foreseen, guide.expect
        walk.begin(profile)
        return walk


def set_up(profile: profiles.Profile) -> list[Weighted]:
    """What a profile sets, each setting as novel as it is on its own."""
    found: list[Weighted] = [(("pool", name, repr(value)), 1.0) for name, value in profile.pool.items()]
    for client in profile.clients:
        found += [(("client", name, repr(value)), 1.0) for name, value in client.items()]
    if profile.mfa is not None:
        found.append((("mfa", "", repr(profile.mfa)), 1.0))
    found.append((("person", "", profile.person), 1.0))
    return found
