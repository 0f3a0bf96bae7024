"""How often what was exercised: the memory that all walks of a run share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cognito_conformance.planner.features import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cognito_conformance.planner.features import Feature, Weighted

LONG_KNOWN = 512
FALL, STEEP_FALL = (tuple((1 + count) ** -rate for count in range(LONG_KNOWN)) for rate in (1.5, 4.0))
"""What the next exercise of a feature is worth, by how often it was exercised; nothing after that many. What one call
shows as well as the next falls steeply: large answers, again and again, would outweigh all that is new.
"""


MOST = 100_000
"""So many features are remembered. Pairs of events alone would go on growing for as long as a run."""


class Coverage:
    """Counts by feature. What a call is worth falls as what it exercises is repeated."""

    def __init__(self) -> None:
        self.counts: dict[Feature, int] = {}
        self.firsts: list[Feature] = []
        """What was exercised for the first time since the atlas looked."""
        self.news: Counter[Feature] | None = None
        """What was exercised since somebody looked, where somebody does: `news_for_others`."""

    def worth(self, found: Iterable[Weighted], planned: Counter[Feature]) -> float:
        """What a call that exercises these features is worth after the calls that `planned` counts."""
        counts = self.counts
        total = 0.0
        for feature, weight in found:
            count = counts.get(feature, 0) + planned.get(feature, 0)
            if count < LONG_KNOWN:
                total += weight * (STEEP_FALL if feature[0] in PLAIN else FALL)[count]
        return total

    def count(self, found: Iterable[Weighted]) -> float:
        """A call was made that exercised these features; what it was worth."""
        counts = self.counts
        total = 0.0
        for feature, weight in found:
            count = counts.get(feature, 0)
            counts[feature] = count + 1
            if not count:
                self.firsts.append(feature)
            if self.news is not None:
                self.news[feature] += 1
            if count < LONG_KNOWN:
                total += weight * (STEEP_FALL if feature[0] in PLAIN else FALL)[count]
        if len(counts) > MOST:
            self._forget()
        return total

    def _forget(self) -> None:
        """Forget the circumstances that came most rarely."""
        rare = sorted((f for f in self.counts if f[0] not in PLAIN), key=self.counts.__getitem__)
        for feature in rare[: MOST // 2]:
            del self.counts[feature]

    def news_for_others(self) -> Counter[Feature]:
        """What was exercised since the last time that this was asked."""
        news, self.news = self.news, Counter()
        return news or Counter()

    def heard(self, feature: Feature, times: int) -> None:
        """Somebody else exercised a feature."""
        self.firsts.append(feature)
        self.counts[feature] = self.counts.get(feature, 0) + times


def counted(found: Iterable[Weighted], planned: Counter[Feature]) -> None:
    """Add a call that is planned to `planned`."""
    for feature, _ in found:
        planned[feature] += 1
