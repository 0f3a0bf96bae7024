"""Rule machines for Hypothesis, made for some commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.machines.walk import Walk

WRONG = 24
"""`wrong` is drawn below this; a command has 3 to 8 roles, so that 10 to 30 % of the calls go wrong on purpose."""


@st.composite
def which(draw: st.DrawFn, commands: int) -> int:
    """Which of so many commands comes next."""
    return draw(st.integers(0, commands - 1))


@st.composite
def wrong(draw: st.DrawFn) -> int:
    """Which of its arguments goes wrong; mostly more than it has, and so none."""
    return draw(st.integers(0, WRONG - 1))


@st.composite
def picks(draw: st.DrawFn) -> int:
    """What its roles pick, all in one number."""
    return draw(st.integers(0, 2**32 - 1))


@st.composite
def profile(draw: st.DrawFn) -> int:
    """How the pool is set up; 0 says that there is nothing to ask."""
    return draw(st.integers(0, 2**32 - 1))


NUMBERS = {
    which(1).label: "which",
    wrong().label: "wrong",
    picks().label: "picks",
    profile().label: "profile",
}
"""The spans in which a planner can decide what is drawn. Each number has a strategy, and so a label, of its own."""


def machine_for(name: str, commands: int, new_walk: Callable[[int], Walk]) -> type[RuleBasedStateMachine]:
    """The machine that chooses among so many commands. `new_walk` begins a walk on what a number chooses.

    One rule draws three integers: which command, which argument goes wrong, and what the roles choose. So Hypothesis
    spends little on choosing, a stored example is three numbers a step, and a planner can decide them.
    """

    class Machine(RuleBasedStateMachine):
        walk: Walk

        @initialize(profile=profile())
        def begin(self, profile: int) -> None:
            if profile == 0:
                # Hypothesis begins with the simplest example: the same call, again and again. It is not worth its requests.
                reject()
            self.walk = new_walk(profile)

        @rule(which=which(commands), wrong=wrong(), picks=picks())
        def act(self, which: int, wrong: int, picks: int) -> None:
            self.walk.act(which, wrong, picks)

    Machine.__name__ = Machine.__qualname__ = f"{name.title().replace(' ', '').replace('-', '')}Machine"
    return Machine
