"""Recipes: the shortest known calls that exercise one thing each, found beforehand on the model alone (`rehearsal`).

A recipe knows nothing of any target. It is a kind of pool and a few of a walk's ordinary choices, and before any of
them is sent the model says whether, from where the walk stands, they still exercise what they are for.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from cognito_conformance.machines.areas import AREAS, area_of, drawn
from cognito_conformance.machines.waiting import LATE as TOO_LATE
from cognito_model.requirements import catalogue, protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cognito_conformance.machines.pick import Command
    from cognito_conformance.planner.aims import Aims
    from cognito_conformance.planner.coverage import Coverage
    from cognito_conformance.planner.features import Feature, Weighted

FILE = "atlas.json"
TRIES = 2
"""So often a recipe is tried that does not come to what it is for; a new pool for it would be wasted."""
PATIENCE = 4
"""So often a recipe is looked at in vain before it waits until no other is left: on moto 1 % of later looks led anywhere."""
WORTH_A_POOL = 6
"""So many recipes must have been tried in the last pool of a kind for another to be made before all kinds had their turn."""
A_POOL = 12
"""So many calls set a pool up, about."""
CIRCUMSTANCES = frozenset({"state", "pair", "setting"})
"""The kinds of features in which no fault shows that does not show without them."""
LATE = frozenset({"seen", "event", "sent", "fresh"})
"""Kinds of features that are for later: a fault shows in them mostly where something else has shown it before."""
KINDS = 16
"""So many kinds of pools are looked at for the recipes of others, where a run leaves out the areas of theirs."""
MOST_WORTH = 2
"""Among so many kinds of pools with the most recipes left chance decides."""

Made = tuple[str, int, int]
"""A call as a walk chooses it: the name of the command, which argument goes wrong, what the roles pick."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Calls in a pool that the number `profile` sets up; the last of them exercises the features."""

    profile: int
    calls: tuple[Made, ...]
    features: tuple[Feature, ...]
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.profile, self.calls, self.features)))

    def __hash__(self) -> int:
        """Worked out once: a run asks a hundred times a call how often a recipe was tried."""
        return self._hash


@functools.cache
def name_of(command: Command) -> str:
    """What a recipe calls a command."""
    return f"{command.operation} {command.build.__module__.rpartition('.')[2]}.{command.build.__name__}"


def recipes_for(
    areas: Sequence[str],
    known_commands: Iterable[Command],
    functions: Collection[str] = (),
    *,
    waits: bool = True,
) -> list[Recipe]:
    """The recipes for a run of some areas that has these commands, on a target with these functions for Lambda triggers
    and, where calls of the run are to wait, a clock that can be moved.

    Those on pools of another area are tried on a kind of pool that the run has.
    """
    names, offered = {name_of(command) for command in known_commands}, frozenset(functions)
    known = [recipe for recipe in recipes() if all(name in names for name, _, _ in recipe.calls)]
    known = [
        recipe for recipe in known if _functions(recipe) <= offered and (waits or not _takes_time(recipe))
    ]
    uses = Counter(recipe.profile for recipe in known)
    homes = [p for p, use in uses.most_common() if area_of(p) in areas and use >= WORTH_A_POOL]
    home = homes[0] if homes else _open_kind(areas)
    return [r if area_of(r.profile) in areas else replace(r, profile=home) for r in known]


def _open_kind(areas: Sequence[str]) -> int:
    """Of some kinds of pools of the first area the one with somebody in it and an app client for most ways to sign in."""

    def openness(profile: int) -> tuple[bool, int]:
        kind = drawn(profile, areas)
        flows = kind.clients[0].get("ExplicitAuthFlows") or () if kind.clients else ()
        return kind.person != "nobody", len(flows)

    own = AREAS.index(areas[0])
    return max((turn * len(AREAS) + own for turn in range(1, KINDS + 1)), key=openness)


def _functions(recipe: Recipe) -> set[str]:
    """The roles of the functions for Lambda triggers without which there is nothing of what a recipe is for."""
    known = catalogue()
    slugs = (feature[-1] for feature in recipe.features if feature[-1] in known)
    return {role for slug in slugs if (role := known[slug].needs) is not None}


def _takes_time(recipe: Recipe) -> bool:
    """Whether a recipe is for what only shows when something has run out."""
    return any(wrong == TOO_LATE for _, wrong, _ in recipe.calls)


@functools.cache
def recipes() -> tuple[Recipe, ...]:
    """The recipes that come with the suite, in the order in which a walk does best to try them."""
    text = resources.files(__package__).joinpath(FILE).read_text("utf-8")
    return read(json.loads(text))


def read(document: dict[str, Any]) -> tuple[Recipe, ...]:
    """The recipes of a document as `written` makes it."""
    names: list[str] = document["commands"]
    return tuple(
        Recipe(
            profile,
            tuple((names[command], wrong, picks) for command, wrong, picks in calls),
            tuple(tuple(feature.split("|")) for feature in features),
        )
        for profile, calls, features in document["recipes"]
    )


def written(known: Iterable[Recipe]) -> dict[str, Any]:
    """The recipes as a JSON document, each name of a command once."""
    known = list(known)
    names = sorted({name for recipe in known for name, _, _ in recipe.calls})
    number = {name: index for index, name in enumerate(names)}
    return {
        "commands": names,
        "recipes": [
            [
                recipe.profile,
                [[number[name], wrong, picks] for name, wrong, picks in recipe.calls],
                ["|".join(feature) for feature in recipe.features],
            ]
            for recipe in known
        ],
    }


@dataclass(frozen=True, slots=True)
class _Left:
    """The recipes that are left for pools of a kind at present, and how much they show for each of the calls that they and
    the pool take.
    """

    recipes: list[Recipe]
    shown_by_a_call: float


class Atlas:
    """The recipes that a run has not used up: some of what they are for was not exercised, or is aimed at.

    Two sorts of what they are for are for later: `LATE` kinds of features, and those about requirements that the target
    is known to break elsewhere. `broken` has such requirements' slugs, each with an operation.
    """

    def __init__(
        self,
        known: Iterable[Recipe],
        coverage: Coverage,
        aims: Aims,
        broken: Collection[tuple[str, str]] = (),
    ) -> None:
        self._coverage, self._aims, self._broken = coverage, aims, broken
        self._tries: Counter[Recipe] = Counter()
        self._vain: Counter[Recipe] = Counter()
        self._patience = PATIENCE
        self._sent: Counter[int] = Counter()
        self._begun: dict[int, tuple[int, int]] = {}
        self._left: dict[int, list[Recipe]] = {}
        self._late = False
        self._known: set[str] = set()
        self._seen = 0
        self._found: dict[tuple[int, bool], _Left] = {}
        self._where: dict[Feature | str, set[int]] = {}
        for recipe in known:
            if aims.wants(recipe.features):
                self._left.setdefault(recipe.profile, []).append(recipe)
                for feature in recipe.features:
                    for what in (feature, feature[-1]):
                        self._where.setdefault(what, set()).add(recipe.profile)

    def begin(self, profile: int) -> list[Recipe]:
        """What a walk in a new pool of this kind should try."""
        left = self._of(profile).recipes
        self._begun[profile] = (self._sent[profile], len(left))
        return left

    def _of(self, profile: int) -> _Left:
        """What is left for pools of this kind at present: it is found again where something has changed for them."""
        if self._seen != len(self._broken):
            self._learn()
        self._forget(p for feature in self._coverage.firsts for p in self._where.get(feature, ()))
        self._coverage.firsts.clear()
        if (profile, self._late) not in self._found:
            self._found[profile, self._late] = self._find(profile)
        return self._found[profile, self._late]

    def _find(self, profile: int) -> _Left:
        missing = [(recipe, self._missing(recipe)) for recipe in self._left.get(profile, ())]
        self._left[profile] = [recipe for recipe, features in missing if features]
        recipes = []
        shown: set[Feature] = set()
        calls = float(A_POOL)
        for recipe, features in missing:
            for_now = [feature for feature in features if self._is_for_now(feature)]
            if for_now and not self._waits(recipe):
                recipes.append(recipe)
                # What leads to a recipe often leads to others too.
                calls += 0 if shown.issuperset(for_now) else (1 + len(recipe.calls)) / 2
                shown.update(for_now)
        return _Left(recipes, sum(map(faults, shown)) / calls)

    def wants(self, recipe: Recipe) -> bool:
        """Whether a recipe is still for something, and for something that is not for later."""
        return not self._waits(recipe) and any(map(self._is_for_now, self._missing(recipe)))

    def news(self, recipe: Recipe, found: Collection[Feature]) -> bool:
        """Whether a call that exercises `found` exercises something that the recipe is for at present, and no call did."""
        return any(feature in found and self._is_for_now(feature) for feature in self._missing(recipe))

    def worth(self, found: Iterable[Weighted]) -> float:
        """What a call is worth that exercises these features."""
        telling = [weighted for weighted in found if weighted[0][0] not in CIRCUMSTANCES]
        return self._coverage.worth(self._aims.weighed(telling), Counter())

    def sent(self, recipe: Recipe) -> None:
        """A walk makes the calls of a recipe."""
        self._tries[recipe] += 1
        self._sent[recipe.profile] += 1
        self._forget([recipe.profile])

    def in_vain(self, recipe: Recipe) -> None:
        """A recipe leads nowhere from where a walk stands."""
        self._vain[recipe] += 1
        if self._waits(recipe):
            self._forget([recipe.profile])

    def kinds(self) -> dict[int, float]:
        """The kinds of pools that are most worth making, and what they show for each call: first what is not for later,
        then what was looked at in vain.
        """
        while True:
            for least in (WORTH_A_POOL, 1):
                for self._late in (False, True):
                    worth = Counter(
                        {p: self._of(p).shown_by_a_call for p in self._left if self._wants_another(p, least)}
                    )
                    if worth:
                        return dict(worth.most_common(MOST_WORTH))
            if not any(self._waits(recipe) for left in self._left.values() for recipe in left):
                return {}
            self._patience *= 2
            self._forget(self._left)

    def _wants_another(self, profile: int, least: int) -> bool:
        """Whether another pool of this kind is for anything: not where the last one was hardly worth its calls, unless
        there is more now.
        """
        left = len(self._of(profile).recipes)
        sent, before = self._begun.get(profile, (-least, 0))
        return left > 0 and (self._sent[profile] - sent >= least or left > before)

    def _waits(self, recipe: Recipe) -> bool:
        return self._vain.get(recipe, 0) >= self._patience

    def _missing(self, recipe: Recipe) -> list[Feature]:
        """What a recipe is for and no call exercised; nothing where it was tried in vain."""
        counts = self._coverage.counts
        return [f for f in recipe.features if f not in counts] if self._tries[recipe] < TRIES else []

    def _is_for_now(self, feature: Feature) -> bool:
        if self._seen != len(self._broken):
            self._learn()
        return self._late or not (is_late(feature) or feature[-1] in self._known)

    def _learn(self) -> None:
        """Which requirements the target is known to break by now."""
        self._seen = len(self._broken)
        known = {slug for slug, _ in self._broken}
        self._forget(p for slug in known - self._known for p in self._where.get(slug, ()))
        self._known = known

    def _forget(self, profiles: Iterable[int]) -> None:
        """Something has changed for pools of these kinds."""
        for profile in profiles:
            for late in (False, True):
                self._found.pop((profile, late), None)


def is_late(feature: Feature) -> bool:
    """Whether a feature is for later; where a listing goes on, nothing else has shown it."""
    return feature[0] in LATE and not feature[2].startswith("page:")


@functools.cache
def faults(feature: Feature) -> int:
    """How many faults the first exercise of a feature can show: of a refusal that it does not come, and that its error is
    wrong. The error alone, where nothing can be done without what the operation looks for, or with a value of another type.
    """
    kind, slug = feature[0], feature[-1]
    if kind != "sole" or slug == protocol.request_is_well_typed.slug:
        return 1
    requirement = catalogue().get(slug)
    errors = () if requirement is None else requirement.raises
    return 1 if errors and all("NotFound" in error for error in errors) else 2
