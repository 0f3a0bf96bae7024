"""What a run is asked to look at: some requirements, some operations, or everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cognito_conformance.planner.features import PLAIN
from cognito_model.requirements import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cognito_conformance.planner.features import Feature, Weighted

AIMED, ABOUT, CIRCUMSTANCE, NEAR, ASIDE = 20.0, 4.0, 20.0, 1.0, 0.1
"""How much a feature counts that is aimed at; one of an operation that is, and a circumstance in which that is called,
for where it was not exercised yet it may be so in another; one of an operation of the same area, since it often leads
there; and any other, since all calls may have to be made on the way.
"""


@dataclass(frozen=True)
class Aims:
    """Slugs and operations, the operations near them, and what calls to them succeed by; with none of these, everything
    counts as it is.
    """

    slugs: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    successes: frozenset[str] = frozenset()

    @classmethod
    def at(cls, slugs: Collection[str], operations: Collection[str]) -> Aims:
        """Aims at these requirements, at the operations that they speak of, and at these operations."""
        wanted = [requirement for slug, requirement in catalogue().items() if slug in slugs]
        areas = {requirement.area for requirement in wanted}
        near = {name for r in catalogue().values() if r.area in areas for name in r.operations}
        spoken = {name for requirement in wanted for name in requirement.operations}
        exact = frozenset(slug.removesuffix("/text") for slug in slugs)
        successes = frozenset(slug for slug, requirement in catalogue().items() if not requirement.raises)
        return cls(exact, frozenset(operations) | spoken, frozenset(near), successes)

    def __bool__(self) -> bool:
        return bool(self.slugs or self.operations)

    def weighed(self, found: Iterable[Weighted]) -> list[Weighted]:
        """The features with weights that tell how much they are aimed at."""
        if not self:
            return list(found)
        return [(feature, weight * self._share(feature)) for feature, weight in found]

    def wants(self, features: Iterable[Feature]) -> bool:
        """Whether one of the features is aimed at, or of an operation that is."""
        return not self or any(self._share(feature) >= ABOUT for feature in features)

    def _share(self, feature: Feature) -> float:
        name, operation, kind = feature[:3]
        if feature[-1] in self.slugs:
            return AIMED
        if operation in self.operations:
            # A constraint is a guard like any other, for who asks for the operation alone.
            return (
                CIRCUMSTANCE if name == "constraint" or (name not in PLAIN and self._leads(kind)) else ABOUT
            )
        return NEAR if operation in self.near else ASIDE

    def _leads(self, kind: str) -> bool:
        """Whether a call that goes like this could show what is aimed at in other circumstances: one that another guard
        refuses tells nothing of them.
        """
        return kind in self.successes or not self.slugs.isdisjoint(kind.split("+"))
