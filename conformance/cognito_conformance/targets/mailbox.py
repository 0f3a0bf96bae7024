"""All inboxes of a target as one, for whoever follows the model: its messages become deliveries."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from cognito_conformance.targets.inbox import Delivery, inbox_of, script_of

if TYPE_CHECKING:
    from cognito_conformance.targets.description import TargetDescription
    from cognito_conformance.targets.inbox import Inbox, Place
    from cognito_conformance.wire.answer import Answer
    from cognito_model.world import Message

ASK = "    return input(f'the code that was sent to {username} ({purpose}): ').strip()"


class Mailbox:
    """Asks the inboxes in turn."""

    def __init__(self, inboxes: list[Inbox]) -> None:
        self.inboxes = inboxes
        self.problem: str | None = None
        """What went wrong the last time that an inbox failed; a message that it should have read is blocked."""

    @classmethod
    def of(cls, description: TargetDescription, place: Place) -> Mailbox:
        """The inboxes that a description names. Raises TargetError."""
        return cls([inbox_of(description.name, dict(options), place) for options in description.inboxes])

    @property
    def private(self) -> bool:
        """Whether no inbox can take a code for one that was sent to a user of another pool."""
        return all(getattr(inbox, "private", False) for inbox in self.inboxes)

    @property
    def code_source(self) -> str:
        """The body of a Python function `sent_code` for scripts to copy: see `inbox.script_of`."""
        scripts = list(filter(None, map(script_of, self.inboxes)))
        if len(scripts) <= 1:
            return scripts[0] if scripts else ASK
        functions = [
            f"    def inbox_{number}():\n{textwrap.indent(script, '    ')}\n"
            for number, script in enumerate(scripts, 1)
        ]
        calls = [f"inbox_{number}()" for number in range(1, len(scripts) + 1)]
        return f"{''.join(functions)}    return {' or '.join(calls)}"

    def code(self, message: Message, username: Any, pool_id: Any, answer: Answer | None) -> str | None:
        """The code of a message of the model, to this user of this pool, that the call with this answer caused.

        None where no inbox can read it.
        """
        destination = message.destination if isinstance(message.destination, str) else None
        return self.read(
            Delivery(
                message.purpose,
                str(username),
                str(pool_id),
                message.medium,
                message.attribute,
                destination,
                answer,
            )
        )

    def read(self, to: Delivery) -> str | None:
        """The code of a delivery, None where no inbox can read it."""
        for inbox in self.inboxes:
            try:
                code = inbox.code(to)
            except Exception as problem:  # noqa: BLE001 - an inbox may be anybody's, and what it reads is the target's
                self.problem = f"{type(inbox).__name__}: {type(problem).__name__}: {problem}"
                continue
            if code is not None:
                return code
        return None
