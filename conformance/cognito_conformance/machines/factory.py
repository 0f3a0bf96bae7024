"""Rule machines for Hypothesis, made for some commands."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.machines.walk import Walk

WRONG = 24
"""`wrong` is drawn below this; a command has 3 to 8 roles, so that 10 to 30 % of the calls go wrong on purpose."""
_MOVE = struct.Struct(">HHI")
"""Which of the commands comes next; which of its arguments goes wrong; what its roles pick, all in one number."""

MOVE = st.binary(min_size=_MOVE.size, max_size=_MOVE.size)
"""The three numbers of a step, drawn as one choice: each that is drawn costs Hypothesis as much as an answer costs to judge."""


def packed(which: int, wrong: int, picks: int) -> bytes:
    """The move of these numbers. Raises struct.error where one does not fit."""
    return _MOVE.pack(which, wrong, picks)


def unpacked(move: bytes, commands: int) -> tuple[int, int, int]:
    """The numbers of a move where there are so many commands; mostly `wrong` is more than the arguments, and none goes wrong."""
    which, wrong, picks = _MOVE.unpack(move)
    return which % commands, wrong % WRONG, picks


@st.composite
def profile(draw: st.DrawFn) -> int:
    """How the pool is set up; 0 says that there is nothing to ask."""
    return draw(st.integers(0, 2**32 - 1))


def machine_for(name: str, commands: int, new_walk: Callable[[int], Walk]) -> type[RuleBasedStateMachine]:
    """The machine that chooses among so many commands. `new_walk` begins a walk on what a number chooses.

    One rule draws a move: which command, which argument goes wrong, and what the roles choose. So Hypothesis spends
    little on choosing, a stored example is eight bytes a step, and a planner can decide them.
    """

    class Machine(RuleBasedStateMachine):
        walk: Walk

        @initialize(profile=profile())
        def begin(self, profile: int) -> None:
            if profile == 0:
                # Hypothesis begins with the simplest example: the same call, again and again. It is not worth its requests.
                reject()
            self.walk = new_walk(profile)

        @rule(move=MOVE)
        def act(self, move: bytes) -> None:
            self.walk.act(*unpacked(move, commands))

    Machine.__name__ = Machine.__qualname__ = f"{name.title().replace(' ', '').replace('-', '')}Machine"
    return Machine
