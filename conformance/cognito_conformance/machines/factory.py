"""Rule machines for Hypothesis, made for an area."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from cognito_conformance.machines.walk import Walk

PICKS = 2**32 - 2
WRONG = 24
"""`wrong` is drawn below this; a command has 3 to 8 roles, so that 10 to 30 % of the calls go wrong on purpose."""


def machine_for(area: str, commands: int, new_walk: Callable[[int], Walk]) -> type[RuleBasedStateMachine]:
    """The machine of an area that has so many commands. `new_walk` begins a walk on the configuration that a number chooses.

    One rule draws three integers: which command, which argument goes wrong, and what the roles choose. So Hypothesis
    spends little on choosing, a stored example is three numbers a step, and a planner can decide them.
    """

    class Machine(RuleBasedStateMachine):
        walk: Walk

        @initialize(profile=st.integers(0, 2**32 - 1))
        def begin(self, profile: int) -> None:
            self.walk = new_walk(profile)

        @rule(
            which=st.integers(0, commands - 1),
            wrong=st.integers(0, WRONG - 1),
            picks=st.integers(0, PICKS),
        )
        def act(self, which: int, wrong: int, picks: int) -> None:
            self.walk.act(which, wrong, picks)

    Machine.__name__ = Machine.__qualname__ = f"{area.title().replace(' ', '').replace('-', '')}Machine"
    return Machine
