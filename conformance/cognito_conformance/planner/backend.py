"""The planner as a Hypothesis backend: it decides the three integers of a rule, and everything else stays as it is.

Its decisions are ordinary choices of the test case, so a stored example is the same three integers a step whoever drew them.
"""

from __future__ import annotations

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

from cognito_conformance.machines.factory import PICKS, WRONG
from cognito_conformance.planner.planner import Guide

NAME = "cognito-conformance-planner"


class Current:
    """The guide of the walk that is under way, and what is left of the call that it planned."""

    guide: Guide | None = None
    left: tuple[int, ...] = ()


class PlanningProvider(HypothesisProvider):
    """Hypothesis's own provider, but for the draws of a walk that has a guide.

    A rule draws its arguments by name: picks, which, wrong. The bounds of picks are like no other's, and so they tell
    that a call begins.
    """

    def draw_integer(
        self,
        min_value: int | None = None,
        max_value: int | None = None,
        *,
        weights: dict[int, float] | None = None,
        shrink_towards: int = 0,
    ) -> int:
        """The planned number where the guide has one, else Hypothesis's."""
        if Current.guide is not None and min_value == 0:
            if max_value == PICKS:
                which, wrong, picks = Current.guide.next()
                Current.left = (which, min(wrong, WRONG - 1))
                return picks
            if Current.left and max_value is not None and Current.left[0] <= max_value:
                value, *rest = Current.left
                Current.left = tuple(rest)
                return value
        return super().draw_integer(min_value, max_value, weights=weights, shrink_towards=shrink_towards)


def install() -> str:
    """Make the backend known to Hypothesis; its name for `settings(backend=…)`."""
    AVAILABLE_PROVIDERS[NAME] = f"{__name__}.{PlanningProvider.__name__}"
    return NAME
