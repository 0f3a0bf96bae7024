"""What the model predicts of a call: the refusals that are right, and what success looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from cognito_model.expect import Follow
from cognito_model.immutable import immutable
from cognito_model.requirement import Requirement
from cognito_model.world import Message, World


@immutable
class Refusal:
    """One right way to refuse: any of `errors`; the message is `text` where the model knows it whole.

    `likely` says of a refusal that is as right as another answer that Cognito is rather believed to give it.
    """

    requirement: Requirement
    errors: tuple[str, ...]
    text: tuple[Any, ...] | None = None
    likely: bool = False


@immutable
class Reply:
    """One right way to succeed: what the answer holds, what was sent to users, and the next world.

    `page` names the member that holds an `expect.Page`; then `follow` gives the next world from what came.
    """

    requirement: Requirement
    members: Mapping[str, Any]
    world: World
    messages: tuple[Message, ...] = ()
    page: str | None = None
    follow: Follow | None = None


@immutable
class Outcome:
    """The prediction for one call.

    With `refusals`, the call must be refused in one of these ways and the world stays (`refused_world`, where a
    refusal is remembered). With none, one of `replies` must come, or one of the refusals in `tolerated`.
    `replies` of a refused call say what accepting it would have done, for going on after a divergence.
    `suspects` name, for an error that is not right, the requirement that it speaks against. `effects` are the slugs of
    the requirements that changed something.
    """

    refusals: tuple[Refusal, ...] = ()
    replies: tuple[Reply, ...] = ()
    tolerated: tuple[Refusal, ...] = ()
    refused_world: World | None = None
    events: tuple[str, ...] = field(default=())
    suspects: Mapping[str, Requirement] = field(default_factory=dict)
    effects: frozenset[str] = frozenset()

    @property
    def refused(self) -> bool:
        """Whether the call must be refused."""
        return bool(self.refusals)
