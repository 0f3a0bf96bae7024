"""How often what was exercised: the memory that all walks of a run share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cognito_conformance.planner.features import Feature, Weighted

FALL = tuple((1 + count) ** -1.5 for count in range(512))
"""What the next exercise of a feature is worth, by how often it was exercised."""


@dataclass
class Coverage:
    """Counts by feature. `worth` of a call falls as what it exercises is repeated."""

    counts: dict[Feature, int] = field(default_factory=dict)

    def worth(self, found: Iterable[Weighted], planned: dict[Feature, int] | None = None) -> float:
        """What a call that exercises these features is worth; `planned` holds what goes before it in a plan, and is updated."""
        total = 0.0
        counts = self.counts
        for feature, weight in found:
            count = counts.get(feature, 0)
            if planned is not None:
                more = planned.get(feature, 0)
                planned[feature] = more + 1
                count += more
            total += weight * (FALL[count] if count < 512 else 0.0)
        return total

    def count(self, found: Iterable[Weighted]) -> None:
        """A call was made that exercised these features."""
        counts = self.counts
        for feature, _ in found:
            counts[feature] = counts.get(feature, 0) + 1
