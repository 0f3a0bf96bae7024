"""Threads that take turns: one at a time, in a fixed order, and all of them end when one does."""

from __future__ import annotations

import random
import threading
import time

import pytest
from hypothesis import core
from hypothesis.internal.entropy import RANDOMS_TO_MANAGE, deterministic_PRNG

from cognito_conformance.engine.budget import RunEnded
from cognito_conformance.engine.turns import Turns


def visits(members: int, rounds: int, pause) -> list[tuple[int, int]]:
    """Who did which piece of work, in order, where everybody is away for a while after each."""
    turns, seen, within = Turns(members), [], threading.Lock()

    def work(number: int) -> None:
        for piece in range(rounds):
            assert within.acquire(blocking=False), "two have the turn at once"
            seen.append((number, piece))
            within.release()
            with turns.away():
                pause()

    turns.run([lambda number=number: work(number) for number in range(members)])
    return seen


def test_the_order_is_that_of_the_ring():
    """However long each is away, the turn goes round in the same order."""
    dice = random.Random(1)
    expected = [(number, piece) for piece in range(5) for number in range(4)]
    assert visits(4, 5, lambda: time.sleep(dice.random() / 500)) == expected


def test_all_are_away_at_the_same_time():
    """A member that is away does not keep the others from going away too: a barrier of all lets all through."""
    turns, barrier = Turns(8), threading.Barrier(8, timeout=20)

    def work() -> None:
        with turns.away():
            barrier.wait()

    turns.run([work] * 8)
    assert not barrier.broken


def test_one_that_is_done_is_passed_over():
    """Members with little to do leave the ring, and the others go on."""
    turns, seen = Turns(3), []

    def work(number: int) -> None:
        for _ in range(number + 1):
            seen.append(number)
            with turns.away():
                pass

    turns.run([lambda number=number: work(number) for number in range(3)])
    assert seen == [0, 1, 2, 1, 2, 2]


def test_what_one_raises_ends_all():
    """What a member raises is raised where the ring was begun, and the others end when they want to go on."""
    turns, ended = Turns(3), []

    def work(number: int) -> None:
        try:
            while True:
                with turns.away():
                    pass
                if number == 1:
                    raise ValueError("mine")
        except RunEnded:
            ended.append(number)
            raise

    with pytest.raises(ValueError, match="mine"):
        turns.run([lambda number=number: work(number) for number in range(3)])
    assert sorted(ended) == [0, 2]


def test_outside_a_ring_nobody_waits():
    """In a thread that is no member, being away is nothing."""
    with Turns(2).away():
        pass


def test_hypothesis_manages_no_random_numbers_for_a_member():
    """What it seeds and restores around each example does not grow with the ring."""
    managed = []
    turns = Turns(3)
    turns.run([lambda: managed.append(hypothesis_random())] * 3)
    assert len(set(managed)) == 1
    assert managed[0] not in {id(random) for random in RANDOMS_TO_MANAGE.values()}


def hypothesis_random() -> int:
    """Which source of seeds Hypothesis has in this thread, after an example."""
    with deterministic_PRNG():
        return id(core.threadlocal._hypothesis_global_random)
