"""The shortest calls that exercise something, by leaving out what it does not need."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from cognito_conformance.machines.factory import WRONG
from cognito_conformance.machines.waiting import EARLY, LATE
from cognito_conformance.machines.walk import ILL_TYPED
from cognito_conformance.planner.route import PICKS
from cognito_conformance.rehearsal.walks import aimed_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from cognito_conformance.machines.pick import Command
    from cognito_conformance.planner.atlas import Made, Recipe
    from cognito_conformance.planner.features import Feature
    from cognito_conformance.planner.imagine import Imagination, Place

_DICE = random.Random(1)
WAYS_TO_SPOIL = (*PICKS, *(_DICE.getrandbits(32) for _ in range(80)))
"""What the roles of a last call may pick instead, where they pick what of the request is spoiled: most spoil the type of a member."""


class Stage:
    """Makes calls on the model, from any place."""

    def __init__(self, imagination: Imagination, known: Mapping[str, Command]) -> None:
        self._imagination = imagination
        self._commands = known

    def last(self, place: Place, calls: Sequence[Made]) -> frozenset[Feature]:
        """What the last of the calls exercises; calls that do not apply are left out."""
        return self.found(place, calls)[-1] if calls else frozenset()

    def exercises(self, place: Place, calls: Sequence[Made], recipe: Recipe) -> bool:
        """Whether the last of the calls exercises something that the recipe is for."""
        return not self.last(place, calls).isdisjoint(recipe.features)

    def found(self, place: Place, calls: Sequence[Made]) -> list[frozenset[Feature]]:
        """What each of the calls exercises."""
        return [found for found, _ in self._made(place, calls)]

    def after(self, place: Place, calls: Sequence[Made]) -> Place:
        """Where a walk would stand after the calls."""
        return [place, *(place for _, place in self._made(place, calls))][-1]

    def _made(self, place: Place, calls: Sequence[Made]) -> Iterator[tuple[frozenset[Feature], Place]]:
        made = ((self._commands[name], wrong, picks) for name, wrong, picks in calls)
        # A place remembers what was imagined there, and this one lasts.
        for call, after in self._imagination.followed(replace(place, calls={}), made):
            yield frozenset() if call is None else aimed_at(call.found), after

    def sweep(
        self, place: Place, wanted: Callable[[str], bool] = bool, most: int | None = None
    ) -> Iterator[tuple[Made, frozenset[Feature]]]:
        """Every call that comes to something that none before it did: all commands whose operation is wanted, whatever
        may go wrong, some picks (at most so many).

        A number of `wrong` that is neither an argument's nor special spoils nothing, as 0 does.
        """
        known: set[Feature] = set()
        for name, command in self._commands.items():
            if not wanted(command.operation):
                continue
            here = replace(place, calls={})
            for wrong in range(WRONG):
                for picks in (WAYS_TO_SPOIL if wrong == ILL_TYPED else PICKS)[:most]:
                    draft = self._imagination.draft(here, command, wrong, picks)
                    if draft is None or draft.roles < wrong < EARLY:
                        continue
                    call = self._imagination.call(here, draft)
                    exercised = frozenset() if call is None else aimed_at(call.found)
                    if not exercised <= known:
                        known |= exercised
                        yield (name, wrong, picks), exercised

    def shortened(self, place: Place, calls: Sequence[Made], feature: Feature) -> tuple[Made, ...]:
        """As few of the calls as still exercise the feature with the last one, larger pieces left out first."""
        earlier, last = list(calls[:-1]), calls[-1]
        # What matters mostly happened just before; to find what did not takes longer than it is worth.
        for count in (0, 1, 2, 4, 8, 16, 32):
            recent = earlier[max(0, len(earlier) - count) :]
            if feature in self.last(place, [*recent, last]):
                earlier = recent
                break
        else:
            return tuple(calls)
        size = len(earlier)
        while size:
            position = len(earlier)
            while position > 0:
                fewer = earlier[: max(0, position - size)] + earlier[position:]
                if feature in self.last(place, [*fewer, last]):
                    earlier = fewer
                position -= size
            size //= 2
        return self.prompt(place, self._other_picks(place, earlier, last, feature), {feature})

    def prompt(self, place: Place, calls: Sequence[Made], features: Collection[Feature]) -> tuple[Made, ...]:
        """The calls without the waits that the features do not need: what runs out meanwhile is missed by others."""
        kept = tuple(calls)
        for index, (name, wrong, picks) in enumerate(kept):
            if wrong in (EARLY, LATE):
                at_once = (*kept[:index], (name, 0, picks), *kept[index + 1 :])
                if self.last(place, at_once).issuperset(features):
                    kept = at_once
        return kept

    def _other_picks(
        self, place: Place, earlier: Sequence[Made], last: Made, feature: Feature
    ) -> tuple[Made, ...]:
        """Fewer earlier calls, where the last one comes to the same when its roles pick something else."""
        name, wrong, _ = last
        for count in range(len(earlier)):
            recent = earlier[len(earlier) - count :]
            after = self.after(place, recent)
            for picks in PICKS:
                if feature in self.last(after, [(name, wrong, picks)]):
                    return (*recent, (name, wrong, picks))
        return (*earlier, last)
