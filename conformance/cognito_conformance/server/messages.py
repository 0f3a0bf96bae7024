"""What the reference server sent to users: its inbox, for whoever tests against it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from cognito_model.world import Message

if TYPE_CHECKING:
    from cognito_conformance.server.realise import Realiser

KEPT = 1000


class Outbox:
    """The newest messages, oldest first."""

    def __init__(self) -> None:
        self._messages: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def add(self, message: Message, realiser: Realiser) -> None:
        """Remember a message with the code that it carries."""
        self._messages.append(
            {
                "purpose": message.purpose,
                "medium": message.medium,
                "attribute": message.attribute,
                "destination": realiser.json(message.destination),
                "pool": realiser.json(message.pool),
                "username": realiser.json(message.username),
                "code": realiser.code_of(message),
                "at": message.at,
            }
        )

    def list(self, **wanted: str) -> list[dict[str, Any]]:
        """The messages that are kept and have these values, such as purpose="sign-up"; all where none is named."""
        return [message for message in self._messages if wanted.items() <= message.items()]
