"""The model as its readers use it: given a world and a request, what must the answer be?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

import cognito_model.operations  # noqa: F401 - registers every operation
from cognito_model.call import Call, Stop, modelled
from cognito_model.evolve import replace
from cognito_model.expect import unwrap
from cognito_model.immutable import immutable
from cognito_model.outcome import Outcome
from cognito_model.requirements import protocol as R
from cognito_model.shapes import Service
from cognito_model.world import World


@immutable
class Request:
    """A call to be judged: its number in the trace, operation, params (JSON with terms as leaves), signed or not.

    Before it `wait` seconds go by: the target's clock is moved, and nobody sleeps.
    """

    step: int
    operation: str
    params: Mapping[str, Any]
    signed: bool | None = None
    wait: int = 0


class Model:
    """The executable specification. `description` is the API model, as plain data (service-2.json)."""

    def __init__(self, description: Mapping[str, Any], call_type: type[Call] = Call) -> None:
        self.service = Service(description)
        self.call_type = call_type
        operations = description["operations"]
        self.public = frozenset(name for name, op in operations.items() if op.get("authtype") == "none")

    @property
    def operations(self) -> Collection[str]:
        """The names of the operations that the model predicts."""
        return modelled().keys()

    def predict(self, world: World, request: Request, now: float) -> Outcome:
        """What the answer to `request` must be in `world` at `now` (epoch seconds).

        Raises KeyError for an operation without a model.
        """
        operation = modelled()[request.operation]
        call = self.call_type(world, request.operation, request.params, request.step, now)
        try:
            self._front(call, request)
            return operation(call)
        except Stop:
            outcome = call.outcome()
        if outcome.refusals and outcome.refusals[0].requirement is R.iam_operation_is_signed:
            # A target that does not look at signatures does what the same call does with one.
            signed = self.predict(world, replace(request, signed=True), now)
            return replace(outcome, replies=() if signed.refusals else signed.replies)
        return outcome

    def _front(self, call: Call, request: Request) -> None:
        """What is checked before any operation: credentials, types, constraints."""
        if request.signed is False and request.operation not in self.public:
            call.refuse(R.iam_operation_is_signed)
        if self.service.serialization_problem(request.operation, request.params):
            call.refuse(R.request_is_well_typed)
        call.tolerate_if(
            self.service.null_primitives(request.operation, request.params),
            R.request_is_well_typed,
            likely=True,
        )
        broken = self.service.violations(request.operation, request.params)
        if broken:
            text = self.service.message(broken)
            if len(broken) == 1:
                call.note(f"breaks:{broken[0].path} {broken[0].constraint}")
            missing = any(violation.constraint == "required" for violation in broken)
            call.refuse_if(missing, R.required_member_is_present, text)
            call.refuse_if(not missing, R.request_keeps_constraints, text)
            call.settle()
        contested = self.service.contested(request.operation, request.params)
        call.tolerate_if(contested, R.request_keeps_constraints, self.service.message(contested))


def likeliest_world(world: World, outcome: Outcome) -> World:
    """The world after a call whose answer is the first that the model allows."""
    if outcome.refusals:
        return world if outcome.refused_world is None else outcome.refused_world
    if not outcome.replies:
        return world
    reply = outcome.replies[0]
    if reply.follow is None or reply.page is None:
        return reply.world
    page = unwrap(reply.members[reply.page])
    keys = tuple(page.items)[: page.limit]
    return cast("World", reply.follow(keys, len(page.items) > len(keys)))
