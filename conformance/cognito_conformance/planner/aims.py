"""What a run is asked to look at: some requirements, some operations, or everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cognito_model.requirements import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cognito_conformance.planner.features import Weighted

AIMED, ABOUT, ASIDE = 20.0, 4.0, 0.1
"""How much more a feature counts that is aimed at, one of an operation that is, and any other: other calls must still
be made to come to where the aim is.
"""


@dataclass(frozen=True)
class Aims:
    """Slugs and operations; with neither, everything counts as it is."""

    slugs: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()

    @classmethod
    def at(cls, slugs: Collection[str], operations: Collection[str]) -> Aims:
        """Aims at these requirements, at the operations that they speak of, and at these operations."""
        known = catalogue()
        spoken = {name for slug in slugs if slug in known for name in known[slug].operations}
        return cls(frozenset(slug.removesuffix("/text") for slug in slugs), frozenset(operations) | spoken)

    def __bool__(self) -> bool:
        return bool(self.slugs or self.operations)

    def weighed(self, found: Iterable[Weighted]) -> list[Weighted]:
        """The features with weights that tell how much they are aimed at."""
        if not self:
            return list(found)
        return [(feature, weight * self._share(feature)) for feature, weight in found]

    def _share(self, feature: tuple[str, ...]) -> float:
        if feature[-1] in self.slugs:
            return AIMED
        return ABOUT if feature[1] in self.operations else ASIDE
