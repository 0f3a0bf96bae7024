"""A walk: one pool, its clients, and the commands made on them, each judged."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from cognito_conformance.judge.judge import Fate, Judge, Step
from cognito_conformance.machines import people, profiles
from cognito_conformance.machines.pick import Command, NotApplicable, Pick, Subject
from cognito_conformance.machines.spoiled import spoiled
from cognito_conformance.machines.waiting import EARLY, LATE, delayed
from cognito_model.model import Request
from cognito_model.outcome import Outcome
from cognito_model.terms import Fresh
from cognito_model.world import World

UNSIGNED, ILL_TYPED = 23, 22
TRIES = 6
"""How many commands are looked at until one applies and is not known to be broken."""


@dataclass
class Walk:
    """Makes steps on one judge. `allowed` says which planned calls are worth a request; `record` sees every step.

    `watch` sees every step too, and the world in which it was made, before `record` may end the run. `waits` says
    that the target's clock can be moved. `foreseen` gives what a command's choices come to in the present world, with
    the outcome, where somebody has just worked it out. `expect` may be told of a call before its answer comes, and `defer`
    has it told while that is awaited; `watch` sees the step in any case.
    """

    judge: Judge
    commands: list[Command]
    allowed: Callable[[Request, Outcome], bool]
    record: Callable[[Step, list[Step]], None]
    watch: Callable[[World, Step], None] = lambda _world, _step: None
    foreseen: Callable[[Command, int, int], tuple[Request, Outcome] | None] = lambda *_choices: None
    expect: Callable[[World, Request, Outcome], None] = lambda _world, _request, _outcome: None
    defer: Callable[[Callable[[], None] | None], None] = lambda _work: None
    waits: bool = False
    steps: list[Step] = field(default_factory=list)
    subject: Subject = field(default_factory=Subject)
    number: int = 0
    ended: bool = False

    def __post_init__(self) -> None:
        self.wheel = wheel(self.commands)

    def begin(self, profile: profiles.Profile) -> None:
        """Make the pool and its clients; where the target will not have this profile, a plain one."""
        if not self._prepare(profile) and not self.ended:
            self._prepare(profiles.plain(profile.pool["PoolName"]))

    def _prepare(self, profile: profiles.Profile) -> bool:
        made = self.make("CreateUserPool", profile.pool)
        if made is None or not self.judge.world.pools:
            return False
        self.subject = Subject(list(self.judge.world.pools)[-1], mark=self.subject.mark)
        pool_id = self.subject.pool
        if profile.mfa is not None:
            self.make("SetUserPoolMfaConfig", {"UserPoolId": pool_id, **profile.mfa})
        for client in profile.clients:
            self.make("CreateUserPoolClient", {"UserPoolId": pool_id, **client})
        pool = self.judge.world.pools.get(pool_id)
        self.subject.client = next(iter(pool.clients), None) if pool is not None else None
        if self.subject.client is None:
            return False
        people.prepare(self, profile.person)
        return True

    def act(self, which: int, wrong: int, picks: int) -> None:
        """Make the command that the three numbers choose, or the next that applies; nothing once the walk has ended."""
        known = self.foreseen(self.wheel[which % len(self.wheel)], wrong, picks)
        if known is not None and not self.ended:
            self.step(*known)
            return
        for turn in range(TRIES):
            if self.ended:
                return
            request = self.plan(which if turn == 0 else mixed(which + 1000 * turn), wrong, picks)
            if request is None:
                continue
            if not request.wait:
                request = self.judge.pinned(request)
            outcome = self.judge.predict(request)
            if self.allowed(request, outcome) or turn == TRIES - 1:
                self.step(request, outcome)
                return

    def plan(self, which: int, wrong: int, picks: int) -> Request | None:
        """The request that the three numbers choose in the present world, or None where the command does not apply."""
        command = self.wheel[which % len(self.wheel)]
        pick = Pick(
            self.judge.world, self.subject, self.number + 1, mixed(picks), wrong, self.judge.now(), self.knows
        )
        return request_of(command, pick, waits=self.waits)

    def knows(self, term: Fresh) -> bool:
        """Whether the target has told this value, or a call that is still to come makes it."""
        return term.step > self.number or self.judge.knows(term)

    def make(self, operation: str, params: profiles.Params) -> Step | None:
        """Make one call; None once the walk has ended."""
        return None if self.ended else self.step(Request(self.number + 1, operation, params))

    def step(self, request: Request, outcome: Outcome | None = None) -> Step:
        """Make the call, record it, and end the walk where the model lost track of the target.

        `outcome` is what was just predicted of it.
        """
        self.number = request.step
        before = self.judge.world
        if outcome is not None and not request.wait:
            self.defer(functools.partial(self.expect, before, request, outcome))
        step = self.judge.step(request, outcome)
        self.defer(None)
        self.steps.append(step)
        self.ended = self.ended or step.lost
        self.watch(before, step)
        self.record(step, self.steps)
        if step.fate is Fate.JUDGED:
            turn_to_newcomer(self.subject, request.operation, self.judge.world)
        return step


def request_of(command: Command, pick: Pick, *, waits: bool = False) -> Request | None:
    """The request that a command makes of these choices, or None where it does not apply.

    Two of the numbers of `wrong` spoil the request and none of its arguments: no signature, and what is `spoiled`. Two more let it wait, where the target `waits`.
    """
    try:
        params = command.build(pick)
        if pick.wrong == UNSIGNED:
            return Request(pick.step, command.operation, params, signed=False)
        if pick.wrong in (EARLY, LATE) and waits:
            return delayed(Request(pick.step, command.operation, params), pick)
        if pick.wrong == ILL_TYPED:
            params = spoiled(command.operation, params, pick)
    except NotApplicable:
        return None
    return Request(pick.step, command.operation, params)


def turn_to_newcomer(subject: Subject, operation: str, world: World) -> None:
    """After a call that makes a user the walk is about the newest one."""
    if operation in ("SignUp", "AdminCreateUser"):
        pool = world.pools.get(subject.pool)
        if pool is not None and pool.users:
            subject.user = next(reversed(pool.users))


def wheel(commands: list[Command]) -> list[Command]:
    """The commands, each as often as its weight says."""
    return [command for command in commands for _ in range(command.weight)]


@functools.lru_cache(maxsize=4096)
def mixed(number: int) -> int:
    """The number, well mixed: Hypothesis prefers small ones, and each digit chooses something."""
    digest = hashlib.blake2b(number.to_bytes(16, "big"), digest_size=32).digest()
    return int.from_bytes(digest, "big")
