"""Whether a fault shows at all: where a guard fires, the faulty service is asked as well, and the answers compared.

A guard that is dropped may show nothing: another refuses the same call with an error that is as right. And it may stand
before what cannot be done without it, as a look-up stands before what is done with the thing; then a server does not
answer wrongly but fails, and that is another fault. Both are found out and not presumed: the model answers twice.
So it does for a stale read, which shows nothing as long as the last change was to something else; and for an effect, of
which nothing is left where the same call writes the same again, or which one reading of the evidence has and another has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cognito_conformance.calibration.census import Census
from cognito_conformance.calibration.mutations import Fault, Mutation, changes, mutant_call
from cognito_conformance.server.core import Reference
from cognito_conformance.server.recognise import server_call
from cognito_conformance.wire import service
from cognito_model.call import Call
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome
from cognito_model.world import World

REWRITTEN = "the same call writes it again, or need not write it"
"""Why a lost effect does not show."""
PROBES = 100
"""So often a guard is looked at, at most, for one call in which its fault shows."""
CONVINCING = 10
"""A guard that made no difference in so many calls counts as one that another guard hides; in fewer, it may be luck."""


@dataclass
class Shown:
    """How often a fault showed where it could, made no difference (`hidden_by` says why), or left no answer."""

    hidden_by: str = "another guard refuses them too"
    shown: int = 0
    same: int = 0
    failed: int = 0

    @property
    def reason(self) -> str | None:
        """Why no client can see the fault, or None if one can."""
        if self.shown:
            return None
        if self.failed:
            return (
                "the operation cannot go on without what the guard looks for: a server with this fault fails"
            )
        if self.same < CONVINCING:
            return None
        return f"in each of {self.same} calls the answer is as right with it: {self.hidden_by}"


class ProbingReference(Reference):
    """A faultless reference that counts the points that calls pass, and tries the guards that fire without them.

    `points` are those that the first `requests` passed; what comes later only shows more of their faults.
    """

    def __init__(self, requests: int, **options: Any) -> None:
        self.census = Census()
        self._found: frozenset[Mutation] | None = None
        self._left = requests
        self.shown: dict[Mutation, Shown] = {}
        self._calls: dict[Mutation, type[Call]] = {}
        self._before: World | None = None
        super().__init__(call_type=self.census.call_type(), **options)
        self._faulty = Model(service.description())
        self._faultless = server_call(Call, self.realiser)

    def predict(self, request: Request) -> Outcome:
        """What the reference does; guards that fire are tried without, and readings in the world before the last change."""
        self.census.fired.clear()
        now, outcome = self.world, super().predict(request)
        self.census.saw(request, outcome)
        reads = Mutation(Fault.STALE_READ, request.operation, "world")
        if self._before is not None and reads in self.census.points and not outcome.refused:
            self._probe_staleness(reads, self._before, request, outcome)
        if changes(outcome, now):
            self._before = now
        for mutation in list(self.census.fired):
            is_effect = mutation.fault is Fault.EFFECT_LOST
            shown = self.shown.setdefault(mutation, Shown(REWRITTEN) if is_effect else Shown())
            if not shown.shown and shown.same + shown.failed < PROBES:
                self._probe(mutation, shown, request, outcome)
        self._left -= 1
        if not self._left:
            self._found = frozenset(self.census.points)
        return outcome

    @property
    def points(self) -> frozenset[Mutation]:
        """What the first requests passed, or all so far."""
        return frozenset(self.census.points) if self._found is None else self._found

    def _probe_staleness(self, mutation: Mutation, before: World, request: Request, right: Outcome) -> None:
        shown = self.shown.setdefault(mutation, Shown("nothing that they show had just changed"))
        if shown.shown or not right.replies:
            return
        self._faulty.call_type = self._faultless
        stale = self._faulty.predict(before, request, self.now())
        same = stale.replies and not stale.refused and stale.replies[0].members == right.replies[0].members
        shown.same += bool(same)
        shown.shown += not same

    def _probe(self, mutation: Mutation, shown: Shown, request: Request, right: Outcome) -> None:
        if mutation not in self._calls:
            self._calls[mutation] = server_call(mutant_call(mutation), self.realiser)
        self._faulty.call_type = self._calls[mutation]
        try:
            faulty = self._faulty.predict(self.world, request, self.now())
        except Exception:  # noqa: BLE001 - what the faulty service fails with does not matter
            shown.failed += 1
            return
        if mutation.fault is Fault.EFFECT_LOST:
            same = _worlds_after(faulty, self.world)[0] in _worlds_after(right, self.world)
            shown.same += same
            shown.shown += not same
            return
        refusal = None if faulty is None else faulty.likeliest_refusal
        if refusal is not None:
            allowed = {error for other in right.refusals + right.tolerated for error in other.errors}
            shown.same += refusal.errors[0] in allowed
            shown.shown += refusal.errors[0] not in allowed
        elif faulty is not None and faulty.replies:
            shown.shown += 1
        else:
            shown.failed += 1


def _worlds_after(outcome: Outcome, world: World) -> list[World]:
    """The worlds that a service may leave that answers as the outcome says, the likeliest first."""
    if outcome.likeliest_refusal is not None or not outcome.replies:
        return [outcome.refused_world or world]
    return [reply.world for reply in outcome.replies]
