"""Whether several calls can be under way at a target at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_conformance.wire import trouble

if TYPE_CHECKING:
    from cognito_conformance.targets.running import RunningTarget

PATIENCE = 3.0
"""Seconds that a target has for an answer to the second of two clients."""


def objection(target: RunningTarget) -> str | None:
    """Why calls must be made one after the other, or None where they need not.

    Codes must not be taken for those of another walk; and a server that attends to one connection as long as that
    is open never answers on a second one.
    """
    if not target.inbox.private:
        return "its inbox does not tell apart to which pool a code was sent"
    with target.client() as first, target.client(timeout=PATIENCE) as second:
        first.send("ListUserPools", {"MaxResults": 1})
        answer = second.send("ListUserPools", {"MaxResults": 1})
    if answer.trouble == trouble.TIMEOUT:
        return "it answers one connection at a time"
    return None
