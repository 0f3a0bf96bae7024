"""The order in which a walk does best to try its recipes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from cognito_conformance.planner.atlas import faults, is_late
from cognito_conformance.planner.features import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cognito_conformance.planner.atlas import Recipe
    from cognito_conformance.planner.features import Feature
    from cognito_conformance.planner.imagine import Place
    from cognito_conformance.rehearsal.shorten import Stage

SAMPLE = 60
"""So many recipes of a kind are tried after each other one, to see how many it spoils."""
HARMLESS, HARMFUL = 0.02, 0.15
"""Shares of the sample that a recipe may spoil: those that spoil hardly any come first, and those that spoil many last."""


def ordered(
    made: Sequence[Recipe],
    starts: Mapping[int, Place],
    stage: Stage,
    told: Callable[[str], None] = lambda _text: None,
) -> list[Recipe]:
    """The recipes of each kind of pool in the order of a tour: what spoils little first, and of that what shows more than
    a wrong error; and among equals one for each requirement and for each way to succeed, then the rest.
    """
    by_kind: dict[int, list[Recipe]] = {}
    for recipe in made:
        by_kind.setdefault(recipe.profile, []).append(recipe)
    found: list[Recipe] = []
    known: set[str] = set()
    for profile, of_kind in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        told(f"{len(of_kind)} recipes for pools of the kind {profile}")
        start = starts[profile]
        for equals in _by_harm(of_kind, start, stage):
            first = []
            for recipe in equals:
                slugs = {feature[-1] for feature in recipe.features if feature[0] in PLAIN - {"member"}}
                if not slugs <= known or any(_is_way(f) for f in recipe.features):
                    first.append(recipe)
                    known |= slugs
            chosen = set(first)
            rest = [recipe for recipe in equals if recipe not in chosen]
            found += _tour(first, start, stage) + _tour(rest, start, stage)
    return found


def _by_harm(of_kind: Sequence[Recipe], start: Place, stage: Stage) -> tuple[list[Recipe], ...]:
    """The recipes that spoil hardly any other, those of them last that show little; that spoil some; and that spoil many:
    what deletes a user, and what lets tokens run out.
    """
    sample = random.Random(0).sample(of_kind, min(SAMPLE, len(of_kind)))
    groups: tuple[list[Recipe], ...] = ([], [], [], [])
    for recipe in of_kind:
        after = stage.after(start, recipe.calls)
        harm = 0.0
        if after.world is not start.world or after.now != start.now:
            harm = sum(not stage.exercises(after, other.calls, other) for other in sample) / len(sample)
        if harm > HARMLESS:
            groups[2 + (harm > HARMFUL)].append(recipe)
        else:
            groups[not _is_telling(recipe)].append(recipe)
    return groups


def _is_way(feature: Feature) -> bool:
    """Whether a feature is a way to succeed: that a listing goes on is one."""
    return feature[0] == "success" or (feature[0] == "event" and not is_late(feature))


def _is_telling(recipe: Recipe) -> bool:
    """Whether a recipe is for more than a wrong error and what is for later."""
    return any(
        faults(feature) > 1 or not (feature[0] == "sole" or is_late(feature)) for feature in recipe.features
    )


def _tour(left: list[Recipe], start: Place, stage: Stage) -> list[Recipe]:
    """At each place all that one call exercises without a change comes first; then what is fewest calls away."""
    place = start
    found: list[Recipe] = []
    while left:
        ready = [recipe for recipe in left if stage.exercises(place, recipe.calls[-1:], recipe)]
        idle = {
            recipe: None for recipe in ready if stage.after(place, recipe.calls[-1:]).world is place.world
        }
        if idle:
            found += idle
            left = [recipe for recipe in left if recipe not in idle]
            continue
        recipe, count = _nearest(left, place, stage)
        if recipe is None:
            if place is start:
                # What this model does not lead to may be led to in a run.
                return found + left
            place = start
            continue
        place = stage.after(place, recipe.calls[-count:])
        found.append(recipe)
        left.remove(recipe)
    return found


def _nearest(left: Sequence[Recipe], place: Place, stage: Stage) -> tuple[Recipe | None, int]:
    """The recipe that needs the fewest of its calls from here."""
    for count in range(1, max(len(recipe.calls) for recipe in left) + 1):
        for recipe in left:
            if len(recipe.calls) >= count and stage.exercises(place, recipe.calls[-count:], recipe):
                return recipe, count
    return None, 0
