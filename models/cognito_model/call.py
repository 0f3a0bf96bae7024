"""One call as an operation of the model sees it: its members, the guards that it collects, the reply that it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn, TypeVar

from cognito_model.evolve import replace
from cognito_model.expect import Because, Follow
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirement import Requirement
from cognito_model.terms import Fresh, Passkey, PasskeyId, TotpCode
from cognito_model.world import Client, Credential, Grant, Message, Pool, Token, User, World

T = TypeVar("T")
TOTP_PERIOD = 30


class Stop(Exception):
    """The operation cannot go on: what it is about does not exist, or the order of refusals is known."""


class Call:
    """A call to `operation` with `params`, numbered `step`, at `now` (epoch seconds).

    Members are read as attributes (`call.Username`); one that is missing or null is None. Guards collect: after
    `refuse_if` the operation goes on, since where evidence gives no order any refusal that applies is right; where
    it does, `settle` ends the operation if anything was refused so far.

    A reader that holds values and not terms overrides `same` and `totp_step`, and knows its `region` and `account`; one
    that seeds faults overrides `refuse_if`, `change` and `reply`.
    """

    region: str | None = None
    account: str | None = None

    def __init__(
        self, world: World, operation: str, params: Mapping[str, Any], step: int, now: float
    ) -> None:
        self.world = world
        self.operation = operation
        self.params = params
        self.step = step
        self.now = now
        self.refusals: list[Refusal] = []
        self.tolerated: list[Refusal] = []
        self.messages: list[Message] = []
        self.events: list[str] = []
        self.refused_world: World | None = None
        self.suspects: dict[str, Requirement] = {}
        self.effects: set[str] = set()

    def __getattr__(self, member: str) -> Any:
        if member[:1].isupper():
            return self.params.get(member)
        raise AttributeError(member)

    # -- terms

    def fresh(self, kind: str, index: int = 0) -> Fresh:
        """A value that the target makes up in its answer to this call."""
        return Fresh(kind, self.step, index)

    def same(self, value: Any, term: Any) -> bool:
        """Whether a value that came from the client is the one that `term` stands for."""
        return bool(value == term)

    def proves(self, value: Any, term: Any, challenge: Any, timestamp: Any) -> bool:
        """Whether a signature is the one that `term` stands for, over `challenge`, made with `timestamp`."""
        del challenge, timestamp
        return bool(value == term)

    def characters(self, value: Any) -> str | None:
        """The characters of a value, where the reader knows them: of a string, and of a term that it can spell."""
        return value if isinstance(value, str) else None

    def totp_step(self, value: Any, secret: Any) -> int | None:
        """The absolute 30 s step for which `value` is the code of `secret`, within one step of now; else None."""
        if isinstance(value, TotpCode) and value.secret == secret:
            current = int(self.now // TOTP_PERIOD)
            step = current + value.offset if value.step is None else value.step
            return step if abs(step - current) <= 1 else None
        return None

    def registered(self, value: Any, challenge: Any, rules: Mapping[str, Any]) -> tuple[Any, Any] | None:
        """The id of the passkey that the credential `value` registers, and what is kept of it; None for a bad one.

        `rules` are the relying party's: `party` and `verification`, and for `signed_by` also `handle`.
        """
        del rules
        if isinstance(value, Passkey) and value.options == challenge:
            return PasskeyId(value.name), value.name
        return None

    def signed_by(
        self, value: Any, passkeys: Mapping[Any, Credential], challenge: Any, rules: Mapping[str, Any]
    ) -> Any:
        """The id of that of `passkeys` which made the credential `value` for `challenge`, or None."""
        del rules
        if isinstance(value, Passkey) and value.options == challenge and PasskeyId(value.name) in passkeys:
            return PasskeyId(value.name)
        return None

    # -- guards

    def refuse_if(
        self, condition: object, requirement: Requirement, *text: Any, error: str | None = None
    ) -> None:
        """If `condition` holds, the call must be refused as the requirement says.

        `text` are the parts of the message that fill the `{}` of the requirement's text; `error` narrows the
        requirement's errors to one.
        """
        if condition:
            errors = requirement.raises if error is None else (error,)
            self.refusals.append(Refusal(requirement, errors, text or None))

    def tolerate_if(
        self,
        condition: object,
        requirement: Requirement,
        *text: Any,
        error: str | None = None,
        likely: bool = False,
        foremost: bool = False,
        late: bool = False,
    ) -> None:
        """If `condition` holds, a refusal as the requirement says is as right as the reply that follows.

        With `likely` the evidence, too thin or too divided for a verdict, is rather for the refusal: a reader
        that must choose one answer chooses it; with `foremost` even where the call must be refused for another reason.
        With `late` it may be given for what comes after the effect, which then stands.
        """
        if condition:
            errors = requirement.raises if error is None else (error,)
            self.tolerated.append(Refusal(requirement, errors, text or None, likely, foremost, late))

    def guard(self, is_settled: object) -> Callable[..., None]:
        """`refuse_if` where the evidence settles the case; else a refusal is tolerated, and likely."""
        return self.refuse_if if is_settled else partial(self.tolerate_if, likely=True)

    def refuse(self, requirement: Requirement, *text: Any, error: str | None = None) -> NoReturn:
        """Refuse and end the operation here."""
        self.refuse_if(True, requirement, *text, error=error)
        raise Stop

    def settle(self) -> None:
        """End the operation if anything was refused: evidence says that what follows is not looked at."""
        if self.refusals:
            raise Stop

    def suspect(self, error: str, requirement: Requirement) -> None:
        """Where this error would be wrong, it speaks against the requirement and not against the operation."""
        self.suspects[error] = requirement

    def remember(self, world: World) -> None:
        """What the service remembers of this call even if it is refused (a failed attempt, a spent session)."""
        self.refused_world = world

    # -- effects and answers

    def change(self, thing: T, because: Requirement, **fields: Any) -> T:
        """`thing` with these fields changed, and `because` remembered as the reason of each."""
        if any(getattr(thing, name) != value for name, value in fields.items()):
            self.effects.add(because.slug)
        causes = {**thing.causes, **dict.fromkeys(fields, because)}  # type: ignore[attr-defined]
        return replace(thing, **fields, causes=causes)

    def seen(self, thing: Any, field: str, value: Any = None) -> Any:
        """The value of a field for an answer, with the requirement that wrote it, where one did."""
        shown = getattr(thing, field) if value is None else value
        cause = thing.causes.get(field)
        return shown if cause is None else Because(shown, cause)

    def send(
        self, pool: Pool, user: User, purpose: str, attribute: str, medium: str, destination: Any
    ) -> Message:
        """A message to a user, with a code in it; it belongs to the reply that follows.

        A one-time password is longer than other codes (fact otp-first-factor-code-length).
        """
        kind = "OneTimePassword" if purpose == "otp" else "Message"
        message = Message(
            self.fresh(kind, len(self.messages)),
            purpose,
            medium,
            attribute,
            destination,
            self.now,
            pool.id,
            user.username,
        )
        self.messages.append(message)
        return message

    def note(self, event: str) -> None:
        """Say what happened, for whoever plans or counts coverage (an edge of the challenge table, a branch)."""
        self.events.append(event)

    def reply(
        self,
        requirement: Requirement,
        world: World | None = None,
        *,
        page: str | None = None,
        follow: Follow | None = None,
        **members: Any,
    ) -> Outcome:
        """The outcome: this answer and this next world, or the refusals that were collected."""
        reply = Reply(
            requirement,
            members,
            self.world if world is None else world,
            tuple(self.messages),
            page,
            follow,
        )
        return self.outcome(reply)

    def outcome(self, *replies: Reply) -> Outcome:
        """The outcome with any of these replies, or the refusals that were collected."""
        return Outcome(
            tuple(self.refusals),
            replies,
            tuple(self.tolerated),
            self.refused_world,
            tuple(self.events),
            self.suspects,
            frozenset(self.effects),
        )


Operation = Callable[[Call], Outcome]
_operations: dict[str, Operation] = {}


def operation(name: str) -> Callable[[Operation], Operation]:
    """Register a function as the model of the operation `name`."""

    def register(function: Operation) -> Operation:
        if name in _operations:
            raise ValueError(f"{name} is modelled twice")
        _operations[name] = function
        return function

    return register


def modelled() -> dict[str, Operation]:
    """The operations that have a model, by name."""
    return _operations


__all__ = ["Call", "Client", "Grant", "Operation", "Stop", "Token", "modelled", "operation"]
