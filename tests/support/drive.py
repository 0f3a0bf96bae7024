"""Drive the model alone: predict a call, follow what success looks like, remember what was made."""

from __future__ import annotations

from typing import Any

import botocore.loaders

from cognito_model.expect import unwrap
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome
from cognito_model.world import World

DESCRIPTION = botocore.loaders.Loader().load_service_model("cognito-idp", "service-2")
MODEL = Model(DESCRIPTION)


class Drive:
    """A world that calls are made on; `call` expects success, `refused` expects a refusal, `outcome` takes both."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.world = World()
        self.now = now
        self.step = 0
        self.messages: list[Any] = []
        self.events: set[str] = set()

    def outcome(self, operation: str, **params: Any) -> Outcome:
        """Predict one call and do not follow it."""
        self.step += 1
        return MODEL.predict(self.world, Request(self.step, operation, params), self.now)

    def call(self, operation: str, **params: Any) -> dict[str, Any]:
        """Make a call that must succeed; its members without the requirements attached to them."""
        outcome = self.outcome(operation, **params)
        assert not outcome.refusals, [(r.requirement.slug, r.errors) for r in outcome.refusals]
        reply = outcome.replies[0]
        if reply.follow is None:
            self.world = reply.world
        self.messages += reply.messages
        self.events.update(outcome.events)
        return plain(reply.members)

    def refused(self, operation: str, **params: Any) -> set[str]:
        """Make a call that must be refused; the slugs of the requirements that refuse it."""
        outcome = self.outcome(operation, **params)
        assert outcome.refusals, "the model accepts the call"
        if outcome.refused_world is not None:
            self.world = outcome.refused_world
        return {r.requirement.slug for r in outcome.refusals}


def plain(value: Any) -> Any:
    """A tree of expectations without the requirements in it."""
    value = unwrap(value)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(plain(item) for item in value) if type(value) in (list, tuple) else value
    return value
