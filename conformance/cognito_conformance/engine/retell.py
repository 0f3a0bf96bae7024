"""What a target answered in a run, judged again without some of the calls in between: it takes no request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cognito_conformance.engine.ledger import kind_of, place
from cognito_conformance.judge.judge import Endpoint, Fate, Judge, Step
from cognito_conformance.wire.answer import Answer, read_answer
from cognito_model.model import Model
from cognito_model.world import Message

ANY_CODE = "123456"
"""Stands for a code that a message carried: what was made of it is in the answers already."""
UNDONE = {True: read_answer(200, {}, b"{}", 0.0), False: read_answer(400, {}, b"{}", 0.0)}
"""What a deletion is answered that the judge made between two steps, and that no trace holds."""


@dataclass
class Recorded:
    """An endpoint of the judge that answers as it did in the run, at the time of the run. `step` is the one to tell next."""

    live: Endpoint
    step: Step
    time: float = 0.0

    def turn_to(self, step: Step) -> None:
        """Answer as in this step from now on."""
        self.step, self.time = step, step.sent or self.time

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """The answer of the step."""
        if operation != self.step.request.operation or self.step.answer is None:
            return UNDONE[not self.step.derailed]
        return self.step.answer

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """What was understood of the answer then."""
        return self.step.fate is Fate.UNSUPPORTED

    def lacks_operation(self, operation: str, answer: Answer) -> bool:
        """What was understood of the answer then."""
        return self.step.lacking

    def issuer(self, pool_id: str) -> str | None:
        """As the target's description says."""
        return self.live.issuer(pool_id)

    def function(self, role: str) -> str | None:
        """As the target's description says."""
        return self.live.function(role)

    def read_code(self, message: Message, username: Any, pool_id: Any, answer: Answer | None) -> str | None:
        """A code: which one it was does not matter any more."""
        return ANY_CODE

    def claims(self, pool_id: str, token: str, kind: str) -> Mapping[str, Any]:
        """The claims of the token, checked with the keys that are known."""
        return self.live.claims(pool_id, token, kind)

    def now(self) -> float:
        """The time at which the request was made."""
        return self.time

    def advance(self, seconds: float) -> None:
        """The clock was moved then: the time of the step says how far."""


def retold(model: Model, live: Endpoint, steps: Sequence[Step]) -> list[Step] | None:
    """These steps as they are judged when no others are made; None where one of them is then judged otherwise."""
    endpoint = Recorded(live, steps[0])
    judge = Judge(model, endpoint)
    told: list[Step] = []
    for step in steps:
        endpoint.turn_to(step)
        again = judge.step(step.request)
        if again.fate is not step.fate or not _broken(again) <= _broken(step):
            return None
        told.append(again)
    return told


def _broken(step: Step) -> set[tuple[str, str | None, str]]:
    """What a step broke, where and how."""
    return {(check.requirement.slug, place(check.path), kind_of(step, check)) for check in step.broken}


def is_alike(one: Any, other: Any) -> bool:
    """Whether two expectations are the same, but for the moment at which they were made."""
    mine, theirs = (_MOMENT.split(repr(value)) for value in (one, other))
    return mine[::2] == theirs[::2] and all(
        abs(float(a) - float(b)) <= SAME_MOMENT for a, b in zip(mine[1::2], theirs[1::2], strict=True)
    )


SAME_MOMENT = 1.0
"""Seconds by which a call may have been made later than it was predicted."""
_MOMENT = re.compile(r"(?<=at=)([0-9.]+)")
