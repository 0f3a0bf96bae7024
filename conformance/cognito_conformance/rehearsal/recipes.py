"""From walks to recipes: one for each thing that any walk exercised, on as few kinds of pools as will do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cognito_conformance.planner.atlas import Recipe
from cognito_conformance.planner.features import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cognito_conformance.planner.atlas import Made
    from cognito_conformance.planner.features import Feature
    from cognito_conformance.rehearsal.shorten import Stage
    from cognito_conformance.rehearsal.walks import Rehearsed

LOOKED_AT = 2
"""Of the places where something was exercised so many are made short; the shortest result is the recipe."""
DESTROYING = ("Delete", "Disable", "Forget", "SignOut", "Revoke")
"""Words in the names of operations that take something away."""
LONGEST = 12
"""A recipe of more calls is left to the walks of a run."""


def recipes(
    walks: Sequence[Rehearsed], stage: Stage, told: Callable[[str], None] = lambda _text: None
) -> list[Recipe]:
    """Recipes that together exercise what the walks did. Kinds of pools that serve for much come first."""
    starts = {walk.profile: walk.start for walk in walks}
    where: dict[Feature, list[tuple[int, int]]] = defaultdict(list)
    for number, walk in enumerate(walks):
        for step, found in enumerate(walk.found):
            for feature in found:
                if not where[feature] or where[feature][-1][0] != number:
                    where[feature].append((number, step))
    hubs: list[int] = []
    made: list[Recipe] = []
    done: set[Feature] = set()
    known: set[Feature] = set()
    order = sorted(where, key=lambda feature: (_walk_of(where[feature], walks), feature))
    for count, feature in enumerate(order):
        if count % 500 == 0:
            told(f"{count} of {len(order)} features, {len(made)} recipes, {len(hubs)} kinds of pools")
        if feature in done or _is_old(feature, known):
            continue
        profile, calls = _shortest(feature, where[feature], walks, stage)
        hub = next((h for h in hubs if feature in stage.last(starts[h], calls)), None)
        if hub is None:
            if len(calls) > LONGEST:
                continue
            hub = profile
            hubs.append(hub)
        exercised = stage.last(starts[hub], calls) - done
        done |= exercised
        known.update(half for one in exercised for half in _halves(one))
        made.append(Recipe(hub, calls, tuple(sorted(exercised))))
    return made


def _is_old(feature: Feature, known: set[Feature]) -> bool:
    """Whether recipes show both the member and the requirement at the operation, though not the one by the other."""
    return feature[0] == "seen" and known.issuperset(_halves(feature))


def _halves(feature: Feature) -> tuple[Feature, ...]:
    name, operation, *rest = feature
    return tuple((name, operation, half) for half in rest)


def _walk_of(places: list[tuple[int, int]], walks: Sequence[Rehearsed]) -> tuple[int, int]:
    """What is exercised on many walks comes first, and what is on few by the walk."""
    return -min(len(places), 5), places[0][0]


def _shortest(
    feature: Feature, places: list[tuple[int, int]], walks: Sequence[Rehearsed], stage: Stage
) -> tuple[int, tuple[Made, ...]]:
    best: tuple[int, tuple[Made, ...]] | None = None
    for number, step in sorted(places, key=lambda place: place[1])[:LOOKED_AT]:
        walk = walks[number]
        calls = walk.calls[: step + 1]
        moving = [call for call, idle in zip(calls, walk.idle, strict=False) if not idle or call is calls[-1]]
        if feature in stage.last(walk.start, moving):
            calls = moving
        fewest = stage.shortened(walk.start, calls, feature)
        if best is None or len(fewest) < len(best[1]):
            best = (walk.profile, fewest)
        if len(best[1]) == 1:
            break
    assert best is not None
    return best


def ordered(made: Sequence[Recipe]) -> list[Recipe]:
    """Recipes in the order in which a walk does best to try them: first one for each requirement, then the rest; those
    after the same calls together, and what takes away what others need at the end.
    """
    kinds = Counter(recipe.profile for recipe in made)
    neighbours = sorted(
        made, key=lambda r: (-kinds[r.profile], r.profile, _destroys(r), len(r.calls), r.calls[:-1], r.calls)
    )
    known: set[str] = set()
    first: list[Recipe] = []
    for recipe in neighbours:
        slugs = {feature[-1] for feature in recipe.features if feature[0] in PLAIN - {"member"}}
        if not slugs <= known:
            first.append(recipe)
            known |= slugs
    chosen = set(first)
    return [*first, *(recipe for recipe in neighbours if recipe not in chosen)]


def _destroys(recipe: Recipe) -> bool:
    """Whether the last call takes away what others may need."""
    operation = recipe.calls[-1][0].partition(" ")[0]
    succeeds = any(feature[0] == "success" or feature[0] == "member" for feature in recipe.features)
    return succeeds and any(word in operation for word in DESTROYING)
