"""The recipes that a walk still tries, and how few of a recipe's calls are enough where the walk stands."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from cognito_conformance.planner.features import may_show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cognito_conformance.machines.pick import Command
    from cognito_conformance.planner.atlas import Atlas, Recipe
    from cognito_conformance.planner.imagine import Imagination, Imagined, Place

CANDIDATES = 3
"""Of so many recipes that lead to something new the best is chosen."""
WORTH_A_ROUND = 40
"""So many recipes must have come to something in a round that somebody new is brought for another."""
_DICE = random.Random(0)
PICKS = tuple(_DICE.getrandbits(32) for _ in range(24))
"""What the roles of a last call may pick instead."""
VARIANTS = 8
"""So many different calls are looked at that other picks make; what leads anywhere is mostly among the first."""
Choices = tuple[int, int, int]
"""Which command, which argument goes wrong, what the roles pick."""


@dataclass(eq=False, slots=True)
class _Lead:
    """A recipe that leads to something new from some place: what each of its calls is worth, and these."""

    worth: float
    recipe: Recipe
    calls: list[Choices]


_worth = attrgetter("worth")


class Route:
    """The recipes of one walk, in rounds: what leads nowhere where the walk stands is for the next, with somebody new.

    `numbers` says which number on the walk's wheel a command has, by name.
    """

    def __init__(
        self,
        atlas: Atlas,
        imagination: Imagination,
        profile: int,
        numbers: Mapping[str, int],
        wheel: Sequence[Command],
    ) -> None:
        self._atlas, self._imagination = atlas, imagination
        self._numbers, self._wheel = numbers, wheel
        self._queue = deque(atlas.begin(profile))
        self._leads: list[_Lead] = []
        self._later: list[Recipe] = []
        self._sent = 0

    def __bool__(self) -> bool:
        """Whether a recipe is left to try, in this round or in another."""
        return not self.is_over or self.wants_another_round

    @property
    def is_over(self) -> bool:
        """Whether every recipe was tried in this round."""
        return not (self._queue or self._leads)

    @property
    def wants_another_round(self) -> bool:
        """Whether a round is over that was worth its calls, and left something."""
        return self.is_over and self._sent >= WORTH_A_ROUND and bool(self._later)

    def begin_another_round(self) -> None:
        """Try again what led nowhere: the walk has somebody new."""
        self._queue, self._later, self._sent = deque(self._later), [], 0

    def stretch(self, place: Place) -> list[Choices]:
        """The calls of a recipe that exercises something new from here; none where none of the next few does.

        Of some that do it is the one that is worth most for each of its calls. A recipe is hardly ever worth more than it
        was a while ago, and so of those that were not sent then only the best is looked at again.
        """
        self._leads = [lead for lead in self._leads if self._atlas.wants(lead.recipe)]
        here: list[_Lead] = []
        while True:
            recipe = self._next() if len(self._leads) + len(here) < CANDIDATES else None
            if recipe is None:
                best = max((*here, *self._leads), key=_worth, default=None)
                if best is None or best in here:
                    break
                self._leads.remove(best)
                recipe = best.recipe
            worth, calls = self._enough(place, recipe)
            if calls:
                here.append(_Lead(worth, recipe, calls))
            else:
                self._atlas.in_vain(recipe)
                self._later.append(recipe)
        best = max(here, key=_worth, default=None)
        self._leads += [lead for lead in here if lead is not best]
        if best is None:
            return []
        # What is sent need not come to what is expected.
        self._later.append(best.recipe)
        self._atlas.sent(best.recipe)
        self._sent += 1
        return best.calls

    def _next(self) -> Recipe | None:
        while self._queue:
            recipe = self._queue.popleft()
            if self._atlas.wants(recipe):
                return recipe
        return None

    def _enough(self, place: Place, recipe: Recipe) -> tuple[float, list[Choices]]:
        """The fewest of the recipe's last calls that exercise, from here, something that it is for, and what each is worth;
        none if all of them do not. Before others lead to the last one, its roles may pick something else.
        """
        calls = [(self._numbers[name], wrong, picks) for name, wrong, picks in recipe.calls]
        for way, imagined in self._ways(place, calls):
            if self._is_news(recipe, imagined[-1]):
                worth = sum(self._atlas.worth(call.found) for call in imagined if call is not None)
                return worth / len(way), way
        return 0.0, []

    def _is_news(self, recipe: Recipe, call: Imagined | None) -> bool:
        """Whether the call exercises something that the recipe is for at present."""
        if call is None or not any(may_show(call.outcome, feature) for feature in recipe.features):
            return False
        return self._atlas.news(recipe, {feature for feature, _ in call.found})

    def _ways(
        self, place: Place, calls: list[Choices]
    ) -> Iterator[tuple[list[Choices], list[Imagined | None]]]:
        """The last of the calls, as it is and with other picks, then more and more of the last ones, each way with its calls
        as they are imagined, None for one that does not apply and is left out.
        """
        yield calls[-1:], self._imagined(place, calls[-1:])
        which, wrong, _ = calls[-1]
        others = self._imagination.variants(place, self._wheel[which], wrong, PICKS)
        for picks, call in islice(others, VARIANTS):
            yield [(which, wrong, picks)], [call]
        for count in range(2, len(calls) + 1):
            yield calls[-count:], self._imagined(place, calls[-count:])

    def _imagined(self, place: Place, calls: Sequence[Choices]) -> list[Imagined | None]:
        """These calls, made one after another."""
        made = ((self._wheel[which], wrong, picks) for which, wrong, picks in calls)
        return [call for call, _ in self._imagination.followed(place, made)]
