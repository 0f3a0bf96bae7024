"""From walks to recipes: one for each thing that any walk exercised, on as few kinds of pools as will do."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cognito_conformance.planner.atlas import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cognito_conformance.planner.atlas import Made
    from cognito_conformance.planner.features import Feature
    from cognito_conformance.planner.imagine import Place
    from cognito_conformance.rehearsal.shorten import Stage
    from cognito_conformance.rehearsal.walks import Rehearsed

LOOKED_AT = 2
"""Of the places where something was exercised so many are made short; the shortest result is the recipe."""
LONGEST = 8
"""A recipe of more calls is left to the walks of a run."""


def recipes(
    walks: Sequence[Rehearsed], stage: Stage, told: Callable[[str], None] = lambda _text: None
) -> list[Recipe]:
    """Recipes that together exercise what the walks did, and that no shorter ones make superfluous."""
    starts = {walk.profile: walk.start for walk in walks}
    where: dict[Feature, list[tuple[int, int]]] = defaultdict(list)
    for number, walk in enumerate(walks):
        for step, found in enumerate(walk.found):
            for feature in found:
                if not where[feature] or where[feature][-1][0] != number:
                    where[feature].append((number, step))
    hubs: list[int] = []
    made: list[tuple[int, tuple[Made, ...]]] = []
    done: set[Feature] = set()
    # What is exercised on many walks comes first, and what is on few by the walk.
    order = sorted(where, key=lambda feature: (-min(len(where[feature]), 5), where[feature][0][0], feature))
    for count, feature in enumerate(order):
        if count % 500 == 0:
            told(f"{count} of {len(order)} features, {len(made)} recipes, {len(hubs)} kinds of pools")
        if feature in done or _is_old(feature, done):
            continue
        profile, calls = _shortest(feature, where[feature], walks, stage)
        if len(calls) > LONGEST:
            continue
        hub = next((hub for hub in hubs if feature in stage.last(starts[hub], calls)), None)
        if hub is None:
            hub = profile
            hubs.append(hub)
        exercised = stage.last(starts[hub], calls)
        done |= exercised
        done.update(half for one in exercised for half in _halves(one))
        made.append((hub, calls))
    return chosen(made, starts, stage)


def _is_old(feature: Feature, done: set[Feature]) -> bool:
    """Whether recipes show both the member and the requirement at the operation, though not the one by the other."""
    return feature[0] == "seen" and done.issuperset(_halves(feature))


def _halves(feature: Feature) -> tuple[Feature, ...]:
    name, operation, *rest = feature
    return tuple((name, operation, half) for half in rest) if name == "seen" else ()


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


def chosen(
    made: Sequence[tuple[int, tuple[Made, ...]]], starts: Mapping[int, Place], stage: Stage
) -> list[Recipe]:
    """Of these calls on these kinds of pools, those that exercise most for each call, until all is exercised.

    Each recipe is for what those before it do not exercise.
    """
    each = {(hub, calls): stage.found(starts[hub], calls) for hub, calls in dict.fromkeys(made)}
    last = {key: found[-1] for key, found in each.items()}
    left = {key: frozenset().union(*found) for key, found in each.items()}
    done: set[Feature] = set()
    found: list[Recipe] = []
    while left:
        best = max(left, key=lambda key: len(left[key] - done) / len(key[1]))
        new = last[best] - done
        done |= left.pop(best)
        if new:
            found.append(Recipe(*best, tuple(sorted(new))))
        left = {key: features for key, features in left.items() if last[key] - done}
    return found
