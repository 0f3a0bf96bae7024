"""The order in which a walk does best to try its recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_conformance.planner.features import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cognito_conformance.planner.atlas import Recipe
    from cognito_conformance.planner.imagine import Place
    from cognito_conformance.rehearsal.shorten import Stage

DESTROYING = ("Delete", "Disable", "Forget", "SignOut", "Revoke")
"""Words in the names of operations that take something away."""


def ordered(
    made: Sequence[Recipe],
    starts: Mapping[int, Place],
    stage: Stage,
    told: Callable[[str], None] = lambda _text: None,
) -> list[Recipe]:
    """The recipes of each kind of pool in the order of a tour: first one for each requirement, then the rest."""
    by_kind: dict[int, list[Recipe]] = {}
    for recipe in made:
        by_kind.setdefault(recipe.profile, []).append(recipe)
    found: list[Recipe] = []
    known: set[str] = set()
    for profile, of_kind in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        told(f"{len(of_kind)} recipes for pools of the kind {profile}")
        first = []
        for recipe in of_kind:
            slugs = {feature[-1] for feature in recipe.features if feature[0] in PLAIN - {"member"}}
            if not slugs <= known:
                first.append(recipe)
                known |= slugs
        chosen = set(first)
        rest = [recipe for recipe in of_kind if recipe not in chosen]
        found += _tour(first, starts[profile], stage) + _tour(rest, starts[profile], stage)
    return found


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
    """The recipe that needs the fewest of its calls from here, one that destroys something last."""
    for spares in (True, False):
        for count in range(1, max(len(recipe.calls) for recipe in left) + 1):
            for recipe in left:
                if len(recipe.calls) < count or spares is _destroys(recipe):
                    continue
                if stage.exercises(place, recipe.calls[-count:], recipe):
                    return recipe, count
    return None, 0


def _destroys(recipe: Recipe) -> bool:
    """Whether the last call takes away what others may need."""
    operation = recipe.calls[-1][0].partition(" ")[0]
    succeeds = any(feature[0] in ("success", "member") for feature in recipe.features)
    return succeeds and any(word in operation for word in DESTROYING)
