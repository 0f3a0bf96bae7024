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
MOVES = 5
"""So many moves are one step of Hypothesis, whose own work for a step is more than ours for an answer."""
_MOVE = struct.Struct(">HHI")
"""Which of the commands comes next, counted from 1; which of its arguments goes wrong; what its roles pick, all in one number."""
MOVE_SIZE = _MOVE.size
NO_MOVE = bytes(MOVE_SIZE)
"""What Hypothesis takes for the simplest: nothing is done, so that it can leave out any move of an example."""

Choices = tuple[int, int, int]
"""Which command, which argument goes wrong, what the roles pick."""


def packed(which: int, wrong: int, picks: int) -> bytes:
    """The move of these numbers. Raises struct.error where one does not fit."""
    return _MOVE.pack(which + 1, wrong, picks)


def unpacked(move: bytes, commands: int) -> Choices | None:
    """The numbers of a move where there are so many commands; mostly `wrong` is more than the arguments, and none goes wrong."""
    which, wrong, picks = _MOVE.unpack(move)
    return ((which - 1) % commands, wrong % WRONG, picks) if which else None


@st.composite
def profile(draw: st.DrawFn) -> int:
    """How the pool is set up; 0 says that there is nothing to ask."""
    return draw(st.integers(0, 2**32 - 1))


def machine_for(name: str, commands: int, new_walk: Callable[[int], Walk]) -> type[RuleBasedStateMachine]:
    """The machine that chooses among so many commands. `new_walk` begins a walk on what a number chooses.

    One rule draws moves: which command, which argument goes wrong, and what the roles choose. Each is one choice of eight
    bytes, drawn when those before it are made, so that a planner can decide it.
    """

    class Machine(RuleBasedStateMachine):
        walk: Walk

        @initialize(profile=profile())
        def begin(self, profile: int) -> None:
            if profile == 0:
                # Hypothesis begins with the simplest example: the same call, again and again. It is not worth its requests.
                reject()
            self.walk = new_walk(profile)

        @rule(data=st.data())
        def act(self, data: st.DataObject) -> None:
            for _ in range(MOVES):
                # As `data.draw` does, without what that costs for each value: a span, a label and a look at `random`.
                chosen = unpacked(data.conjecture_data.draw_bytes(MOVE_SIZE, MOVE_SIZE), commands)
                if chosen is not None:
                    self.walk.act(*chosen)

    Machine.__name__ = Machine.__qualname__ = f"{name.title().replace(' ', '').replace('-', '')}Machine"
    return Machine
