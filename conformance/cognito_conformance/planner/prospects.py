"""Which kinds of calls have been worth something lately: what to try on the model, before it is tried there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_conformance.planner.features import state

if TYPE_CHECKING:
    from cognito_conformance.planner.imagine import Draft
    from cognito_model.world import World

UNTRIED = 8.0
"""What a kind of call that was never imagined is taken to be worth: about as much as a call is at the beginning."""
ELSEWHERE = 1.0
"""What is added where a kind of call was imagined, but not for a user in this state."""
LEARNING = 0.3
"""How much of an estimate the newest worth replaces."""
MISSED = 0.5, 0.1
"""What a coarse kind comes to be worth that never applies, and how fast: most need something that is not there yet."""
MOST = 50_000
"""Estimates kept; a walk through all of them takes longer than a run."""

Kind = tuple[Any, ...]


class Prospects:
    """Estimates by kind of call: coarsely (command, which argument goes wrong), finer (in which way it goes wrong), and
    finest (for a user in which state).
    """

    def __init__(self) -> None:
        self._worth: dict[Kind, float] = {}
        self._states: dict[int, tuple[Any, str]] = {}

    def kind(self, command: int, wrong: int, draft: Draft, world: World) -> Kind:
        """What kind of call it is."""
        pool = world.pools.get(draft.subject.pool)
        user = None if pool is None else pool.users.get(draft.subject.user)
        return (command, wrong, draft.turn, None if user is None else self._state(user))

    def hunch(self, kind: Kind) -> float:
        """What a call of this coarse kind may be worth, before anything is drafted."""
        return self._worth.get(kind, UNTRIED)

    def worth(self, kind: Kind) -> float:
        """What such a call may be worth."""
        known = self._worth.get(kind)
        if known is not None:
            return known
        elsewhere = self._worth.get(kind[:3])
        return UNTRIED if elsewhere is None else elsewhere + ELSEWHERE

    def learn(self, kind: Kind, worth: float) -> None:
        """Such a call was imagined and found to be worth this."""
        if len(self._worth) > MOST:
            self._worth.clear()
        for key, pace in ((kind, LEARNING), (kind[:3], LEARNING), (kind[:2], LEARNING / 2)):
            known = self._worth.get(key, UNTRIED)
            self._worth[key] = known + pace * (worth - known)

    def missed(self, kind: Kind) -> None:
        """A call of this coarse kind did not apply."""
        floor, pace = MISSED
        known = self._worth.get(kind, UNTRIED)
        self._worth[kind] = known + pace * (floor - known)

    def _state(self, user: Any) -> str:
        """`state`, kept while the object lives: users are immutable, and spelling one out costs as much as a draft."""
        known = self._states.get(id(user))
        if known is None or known[0] is not user:
            if len(self._states) > 1000:
                self._states.clear()
            known = self._states[id(user)] = (user, state(user))
        return known[1]
