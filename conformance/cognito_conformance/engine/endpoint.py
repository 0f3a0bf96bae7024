"""A running target as the judge sees it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cognito_conformance.crypto import tokens
from cognito_conformance.engine.budget import Budget
from cognito_conformance.wire.answer import Answer
from cognito_model.world import Message


class Client(Protocol):
    """What sends a request: see `wire.client`."""

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call."""


@dataclass
class TargetEndpoint:
    """A target's client with the run's budget in front of it, its inbox and its keys."""

    target: Any
    client: Client
    budget: Budget
    lacks: set[str] = field(default_factory=set)
    offset: float = 0.0
    keys: dict[str, Any] = field(default_factory=dict)

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call. Raises BudgetSpent where the run has no request left."""
        self.budget.spend()
        return self.client.send(operation, params, signed=signed)

    def now(self) -> float:
        """The target's time, epoch seconds."""
        return time.time() + self.offset
