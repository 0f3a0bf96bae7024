"""From walks to recipes: one for each thing that any walk exercised, on as few kinds of pools as will do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cognito_conformance.judge.judge import reads
from cognito_conformance.planner.atlas import Recipe, is_late
from cognito_conformance.planner.route import PICKS
from cognito_model.requirements import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cognito_conformance.planner.atlas import Made
    from cognito_conformance.planner.features import Feature
    from cognito_conformance.planner.imagine import Place
    from cognito_conformance.rehearsal.shorten import Stage
    from cognito_conformance.rehearsal.walks import Rehearsed

Calls = tuple[int, "tuple[Made, ...]"]
"""A kind of pool, and calls there of which the last exercises something."""
LOOKED_AT = 2
"""Of the places where something was exercised so many are made short; the shortest result is the recipe."""
OTHER_PICKS = 6
"""So many other picks of a last call are tried on another kind of pool."""
LONGEST = 8
"""A recipe of more calls is left to the walks of a run."""


def recipes(
    walks: Sequence[Rehearsed],
    stage: Stage,
    starts: Mapping[int, Place],
    known: Sequence[Recipe] = (),
    swept: Sequence[int] = (),
    told: Callable[[str], None] = lambda _text: None,
) -> list[Recipe]:
    """Recipes that together exercise what the walks and the `known` ones did, and that no shorter ones make superfluous.

    `starts` says where walks in each kind of pool begin; in `swept` kinds every command is tried there.
    """
    parts = (
        (recipe.profile, recipe.calls[:count])
        for recipe in known
        for count in range(len(recipe.calls), 0, -1)
    )
    made = list(dict.fromkeys(parts))
    made += _single_calls(made, swept, stage, starts, told)
    made += _pursued(made, walks, stage, starts, told)
    made += _from_walks(made, walks, stage, starts, told)
    told(f"{len(made)} recipes to choose from")
    found = gathered(chosen(made, starts, stage), starts, stage)
    return [*plain_successes(found, starts, stage), *found]


def _pursued(
    made: Sequence[Calls],
    walks: Sequence[Rehearsed],
    stage: Stage,
    starts: Mapping[int, Place],
    told: Callable[[str], None],
) -> Iterator[Calls]:
    """The fewest calls to guards and effects that nothing shows so far: any call of a guard's operation, where pools begin
    and where walks had come half-way; and any reading right after what had the effect.
    """
    left = _guards().union(*(effects for walk in walks for effects in walk.effects))
    left = left.difference(*(found for walk in walks for found in walk.found))
    for kind, calls in made:
        left -= stage.last(starts[kind], calls)
    told(f"{len(left)} guards and effects that nothing shows")
    halves = [(walk.profile, tuple(walk.calls[: len(walk.calls) // 2])) for walk in walks]
    for kind, calls in [*((kind, ()) for kind in starts), *halves]:
        wanted = {operation for name, operation, _ in left if name == "sole"}
        place = stage.after(starts[kind], calls)
        for call, exercised in stage.sweep(place, wanted.__contains__, OTHER_PICKS):
            yield from _shown(kind, (*calls, call), exercised & left, stage, starts)
            left -= exercised
    for walk in walks:
        for step, effects in enumerate(walk.effects):
            if effects.isdisjoint(left):
                continue
            calls = tuple(walk.calls[: step + 1])
            place = stage.after(walk.start, calls)
            for call, exercised in stage.sweep(place, reads, OTHER_PICKS):
                yield from _shown(walk.profile, (*calls, call), exercised & effects & left, stage, starts)
                left -= exercised & effects
    told(f"{len(left)} are left")


def _shown(
    kind: int, calls: Sequence[Made], features: Iterable[Feature], stage: Stage, starts: Mapping[int, Place]
) -> Iterator[Calls]:
    for feature in sorted(features):
        fewest = stage.shortened(starts[kind], calls, feature)
        if len(fewest) <= LONGEST:
            yield kind, fewest


def _guards() -> set[Feature]:
    """The guards of which requirements say at which operation they are."""
    return {
        ("sole", operation, slug)
        for slug, requirement in catalogue().items()
        if requirement.raises and not slug.endswith("/text")
        for operation in requirement.operations
        if operation != "*"
    }


def plain_successes(found: Sequence[Recipe], starts: Mapping[int, Place], stage: Stage) -> list[Recipe]:
    """Every way to succeed with one call in the most common kind of pool: what most users of a target do comes early, also
    where another kind shows more by it.
    """
    main = _most_common_kind(found)
    known: set[Feature] = set()
    plain: list[Recipe] = []
    for call, exercised in stage.sweep(starts[main]):
        if any(feature[0] == "success" and feature not in known for feature in exercised):
            plain.append(Recipe(main, (call,), tuple(sorted(exercised - known))))
            known |= exercised
    same = {recipe.calls for recipe in found if recipe.profile == main}
    return [recipe for recipe in plain if recipe.calls not in same]


def _most_common_kind(found: Sequence[Recipe]) -> int:
    return Counter(recipe.profile for recipe in found).most_common(1)[0][0]


def _single_calls(
    made: Sequence[Calls],
    kinds: Sequence[int],
    stage: Stage,
    starts: Mapping[int, Place],
    told: Callable[[str], None],
) -> Iterator[Calls]:
    """The calls that exercise, as the first in a pool of these kinds, what takes several calls so far."""
    short: set[Feature] = set()
    for kind, calls in made:
        if len(calls) == 1:
            short |= stage.last(starts[kind], calls)
    for kind in kinds:
        found = [(call, new) for call, new in stage.sweep(starts[kind]) if not new <= short]
        told(f"{len(found)} single calls in a pool of the kind {kind}")
        for call, exercised in found:
            short |= exercised
            yield kind, (call,)


def _from_walks(
    made: Sequence[Calls],
    walks: Sequence[Rehearsed],
    stage: Stage,
    starts: Mapping[int, Place],
    told: Callable[[str], None],
) -> Iterator[Calls]:
    """The fewest calls to each thing that walks exercised, and what is made did not, in kinds of pools that are in use."""
    hubs = list(dict.fromkeys(kind for kind, _ in made))
    done: set[Feature] = set()
    for kind, calls in made:
        _do(stage.last(starts[kind], calls), done)
    where = _places(walks)
    # What is exercised on many walks comes first, and what is on few by the walk.
    order = sorted(where, key=lambda feature: (-min(len(where[feature]), 5), where[feature][0][0], feature))
    for count, feature in enumerate(order):
        if count % 500 == 0:
            told(f"{count} of {len(order)} features, {len(hubs)} kinds of pools")
        if feature in done or _is_old(feature, done):
            continue
        kind, calls = _shortest(feature, where[feature], walks, stage)
        if len(calls) > LONGEST:
            continue
        hub = next((hub for hub in hubs if feature in stage.last(starts[hub], calls)), None)
        if hub is None:
            hub = kind
            hubs.append(hub)
        _do(stage.last(starts[hub], calls), done)
        yield hub, calls


def _places(walks: Sequence[Rehearsed]) -> dict[Feature, list[tuple[int, int]]]:
    """Walk and step of the first exercise on each walk, for everything that was exercised."""
    where: dict[Feature, list[tuple[int, int]]] = defaultdict(list)
    for number, walk in enumerate(walks):
        for step, found in enumerate(walk.found):
            for feature in found:
                if not where[feature] or where[feature][-1][0] != number:
                    where[feature].append((number, step))
    return where


def _do(exercised: Iterable[Feature], done: set[Feature]) -> None:
    """Count what is exercised as done, and both halves of what shows a member and a requirement at once."""
    done.update(exercised)
    done.update(half for one in exercised for half in _halves(one))


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
    left = {(hub, calls): stage.last(starts[hub], calls) for hub, calls in dict.fromkeys(made)}
    done: set[Feature] = set()
    found: list[Recipe] = []
    while left:
        best = max(left, key=lambda key: len(left[key] - done) / len(key[1]))
        new = left.pop(best) - done
        done |= new
        if new:
            found.append(Recipe(*best, tuple(sorted(new))))
        left = {key: features for key, features in left.items() if features - done}
    return found


def gathered(found: Sequence[Recipe], starts: Mapping[int, Place], stage: Stage) -> list[Recipe]:
    """The recipes on as few kinds of pools as will do, the kinds that serve most of them first: each costs its first calls."""
    main = _most_common_kind(found)
    kinds = sorted({recipe.profile for recipe in found})
    left = {
        recipe: {recipe.profile: recipe}
        if recipe.profile == main
        else {kind: moved for kind in kinds if (moved := _moved(recipe, kind, starts[kind], stage))}
        for recipe in found
    }
    placed: dict[Recipe, Recipe] = {}
    while left:
        serves = Counter(kind for homes in left.values() for kind in homes)
        kind = main if main in serves else serves.most_common(1)[0][0]
        placed |= {recipe: homes[kind] for recipe, homes in left.items() if kind in homes}
        left = {recipe: homes for recipe, homes in left.items() if kind not in homes}
    return [placed[recipe] for recipe in found]


def _moved(recipe: Recipe, kind: int, start: Place, stage: Stage) -> Recipe | None:
    """The recipe on another kind of pool, where its last call, if need be with other picks, exercises there what matters."""
    if kind == recipe.profile:
        return recipe
    matters = {f for f in recipe.features if f[0] == "sole"}
    matters = matters or {f for f in recipe.features if not is_late(f)} or set(recipe.features)
    earlier, (name, wrong, picks) = recipe.calls[:-1], recipe.calls[-1]
    before = stage.after(start, earlier)
    for other in (picks, *PICKS[:OTHER_PICKS]):
        exercised = stage.last(before, [(name, wrong, other)])
        if exercised >= matters:
            kept = tuple(feature for feature in recipe.features if feature in exercised)
            return Recipe(kind, (*earlier, (name, wrong, other)), kept)
    return None
