"""The reference service as an endpoint of the judge, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from cognito_conformance.crypto.tokens import openid_configuration
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.server import functions
from cognito_conformance.server.core import Reference
from cognito_conformance.server.in_process import InProcessClient
from cognito_conformance.wire.answer import Answer
from cognito_model.world import Message


@dataclass
class ReferenceEndpoint(TargetEndpoint):
    """A `Reference` without a socket: its codes and keys are read from memory."""

    @classmethod
    def of(cls, reference: Reference, budget: Budget) -> Self:
        return cls(reference, InProcessClient(reference), budget)

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """Whether the reference has no model of the operation."""
        return answer.error == "UnknownOperationException"

    def lacks_operation(self, operation: str, answer: Answer) -> bool:
        """Whether the reference has no model of the operation: it says so of whole operations alone."""
        return self.says_unsupported(operation, answer)

    def issuer(self, pool_id: str) -> str | None:
        """None: the reference speaks as AWS does."""
        return None

    def function(self, role: str) -> str | None:
        """The reference has a function of its own for every role."""
        return functions.arn(role, self.target.region)

    def read_code(self, message: Message, username: Any, pool_id: Any, answer: Answer | None) -> str | None:
        """The code of the newest message of this purpose to this user."""
        for sent in reversed(self.target.outbox.list()):
            if (sent["purpose"], sent["username"], sent["pool"]) == (message.purpose, username, pool_id):
                return str(sent["code"])
        return None

    def _fetch(self, pool_id: str, name: str) -> Any:
        """What the pool publishes, from memory."""
        pool = self.target.values.term.get(pool_id)
        if pool is None:
            return None
        realiser = self.target.realiser
        return (
            realiser.keys(pool).jwks() if name == "jwks.json" else openid_configuration(realiser.issuer(pool))
        )

    def now(self) -> float:
        """The reference's own clock."""
        return float(self.target.now())

    def advance(self, seconds: float) -> None:
        """Move the reference's clock."""
        self.target.advance(seconds)
