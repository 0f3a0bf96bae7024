"""Choosing arguments from the model's world, with one of them wrong on purpose now and then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cognito_model.requirement import Requirement
from cognito_model.terms import Fresh
from cognito_model.world import Client, Pool, User, World

T = TypeVar("T")
STICKINESS = 8
"""Out of ten choices of a user, how many fall on the one that the walk is about."""


class NotApplicable(Exception):
    """The world has nothing that the command could be about."""


@dataclass
class Subject:
    """What a walk is about at the moment: its pool and, where there is one, its user.

    `mark` tells the walk from others of its run in names that belong to all pools at once.
    """

    pool: Any = None
    user: Any = None
    client: Any = None
    mark: str = ""


def anything(term: Fresh) -> bool:
    """That every value is known."""
    return True


@dataclass
class Pick:
    """One command's choices: `number` is taken apart digit by digit, `wrong` says which role goes wrong (0: none).

    Every role asks `goes_wrong()` once, in the order in which the command names its arguments. `now` is the time of the
    target at which the call would be made; `knows` says whether the target has told a value that it made up.
    """

    world: World
    subject: Subject
    step: int
    number: int
    wrong: int = 0
    now: float = 0.0
    knows: Callable[[Fresh], bool] = anything
    roles: int = field(default=0, init=False)

    def index(self, count: int) -> int:
        """A number below `count`."""
        self.number, digit = divmod(self.number, count)
        return digit

    def of(self, candidates: Sequence[T]) -> T:
        """One of these. Raises NotApplicable where there are none."""
        if not candidates:
            raise NotApplicable
        return candidates[self.index(len(candidates))]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases."""
        return self.index(100) >= 100 - percent

    def goes_wrong(self) -> bool:
        """Whether the role that asks is the one to go wrong."""
        self.roles += 1
        return self.roles == self.wrong

    def maybe(self, percent: int, make: Callable[[], T]) -> T | None:
        """A value in so many of a hundred cases, else None (the member is left out)."""
        return make() if self.chance(percent) else None

    @property
    def pool(self) -> Pool:
        """The pool that the walk is about. Raises NotApplicable where it has none."""
        pool = self.world.pools.get(self.subject.pool)
        if pool is None:
            raise NotApplicable
        return pool

    def client(self) -> Client:
        """An app client of the pool, mostly the one that the walk is about."""
        clients = list(self.pool.clients.values())
        current = self.pool.clients.get(self.subject.client)
        if current is not None and self.index(10) < STICKINESS:
            return current
        return self.of(clients)

    def user(self, fits: Callable[[User], object] = lambda user: True) -> User:
        """A user of the pool, mostly the one that the walk is about."""
        users = [user for user in self.pool.users.values() if fits(user)]
        current = self.pool.users.get(self.subject.user)
        if current is not None and fits(current) and self.index(10) < STICKINESS:
            return current
        chosen = self.of(users)
        self.subject.user = chosen.sub
        return chosen


Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A way to call an operation: the areas whose machines have it, how often it comes, and who builds the params."""

    operation: str
    areas: frozenset[str]
    weight: int
    build: Callable[[Pick], Params]


_commands: list[Command] = []


def command(
    operation: str, *areas: str, weight: int = 2
) -> Callable[[Callable[[Pick], Params]], Callable[[Pick], Params]]:
    """Register a function that builds the params of `operation` for the machines of these areas."""

    def register(build: Callable[[Pick], Params]) -> Callable[[Pick], Params]:
        _commands.append(Command(operation, frozenset(areas), weight, build))
        return build

    return register


def commands(area: str | None = None) -> list[Command]:
    """The commands of an area, or all, in the order of definition."""
    return [c for c in _commands if area is None or area in c.areas]


def without_none(**params: Any) -> Params:
    """The params that are not None."""
    return {name: value for name, value in params.items() if value is not None}


KnownBroken = Callable[[Requirement], bool]
