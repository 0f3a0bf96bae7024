"""How the codes that a target sends are read."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Protocol

from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.table import Table, nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cognito_conformance.targets.output import Output
    from cognito_conformance.wire.answer import Answer

GROUP = "cognito_conformance.inboxes"
"""The entry point group of other people's inboxes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that a call must have caused, and whose code is wanted.

    `purpose` is "sign-up", "forgot-password", "verify:email", "verify:phone_number", "mfa" (a second factor),
    "otp" (a first factor) or "invitation" (its code is a temporary password); `username` is the user's in the
    pool; `medium` is EMAIL or SMS, `attribute` and `destination` say which attribute's value the message went
    to; `answer` is the target's answer to the call.
    """

    purpose: str
    username: str
    pool_id: str
    medium: str
    attribute: str
    destination: str | None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What an inbox may look at: the target's URL, and of a target that we started its folder and its output."""

    endpoint: str
    ca_bundle: str | None = None
    folder: Path | None = None
    output: Output | None = None


class Inbox(Protocol):
    """Reads codes. May also have `script`: see `script_of`; and `private`, true where it can take no code for one that
    was sent to a user of another pool, so that several walks may use it at the same time.
    """

    def code(self, to: Delivery) -> str | None:
        """The code of a message, or None where this inbox cannot read it. OSError and ValueError count as None."""


def inbox_of(name: str, options: dict[str, Any], place: Place) -> Inbox:
    """The inbox that an [inbox] table describes. Raises TargetError.

    A kind that is none of ours is looked for among the plug-ins: an entry point of that name in GROUP, a function
    of the table and the place that makes an inbox. It asks the table for its options by name (`text`, `number`,
    `pairs` and so on); what it has not asked for is an error.
    """
    from cognito_conformance.targets.inboxes import KINDS

    table = Table(f"{name}: [inbox]", options)
    kind = table.text("kind") or ""
    maker: Callable[[Table, Place], Inbox] | None = KINDS.get(kind) or _plugged_in(kind)
    if maker is None:
        raise TargetError(
            f"{name}: no inbox is called {kind!r}{nearest(kind, KINDS)}; there are {', '.join(KINDS)}"
        )
    inbox = maker(table, place)
    table.done()
    return inbox


def script_of(inbox: Inbox) -> str | None:
    """The body of a Python function that reads a code in a script to copy, where there is one.

    Its head is `sent_code(answer, purpose, username, pool)`: `answer` is boto3's answer to the call that sent the code,
    the others are those of `Delivery`; ENDPOINT is the target's URL.
    """
    script: str | None = getattr(inbox, "script", None)
    return script


def _plugged_in(kind: str) -> Callable[[Table, Place], Inbox] | None:
    for found in entry_points(group=GROUP, name=kind):
        maker: Callable[[Table, Place], Inbox] = found.load()
        return maker
    return None
