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

    `likely` says of a refusal that is as right as success that Cognito is rather believed to give it; `foremost` that it
    is rather believed to give it than another one, which is as right; `late` that it may come after the call has done
    what it does.
    """

    requirement: Requirement
    errors: tuple[str, ...]
    text: tuple[Any, ...] | None = None
    likely: bool = False
    foremost: bool = False
    late: bool = False


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
    def likeliest_refusal(self) -> Refusal | None:
        """The refusal that a reader gives who must choose one answer; None where that is a reply.

        What must be refused comes before what only may be: the one is sure, the other perhaps no fault at all.
        """
        foremost = [refusal for refusal in self.tolerated if refusal.foremost]
        likely = [refusal for refusal in self.tolerated if refusal.likely]
        return next(iter([*foremost, *self.refusals, *likely]), None)

    @property
    def refused(self) -> bool:
        """Whether the call must be refused."""
        return bool(self.refusals)
