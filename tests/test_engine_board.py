"""What the workers of a run share: every request is spent once, news reach all others, a finding is one worker's work."""

from __future__ import annotations

import contextlib
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.engine.board import Board, Correspondent, posted
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.colleagues import Colleagues
from cognito_conformance.engine.run import Options, Run
from cognito_model.model import Model
from support.drive import DESCRIPTION

SLUG = "sign-up/username-is-free"


@pytest.fixture(params=["here", "elsewhere"])
def shared(request):
    """A board, asked directly and over a socket."""
    board = Board(100)
    if request.param == "here":
        yield board
        return
    with posted(board) as address, contextlib.closing(Correspondent(address)) as way:
        yield way


def test_what_one_leaves_another_uses(shared):
    """Portions are fair shares of what is left: requests that were given back go to later items, to the last one."""
    assert shared.portion(4) == (25, None)
    assert shared.portion(4) == (25, None)
    shared.give_back(20)
    assert shared.portion(4) == (35, None)
    assert shared.portion(4) == (35, None)
    assert shared.portion(4) == (0, None)


def test_time_is_shared_among_the_rounds_to_come():
    """With two workers four items are two rounds, and a round that took less leaves more for the next."""
    now = [1000.0]
    board = Board(None, 60.0, workers=2, clock=lambda: now[0])
    assert [board.portion(4) for _ in range(2)] == [(None, 30.0), (None, 30.0)]
    now[0] += 10
    assert board.portion(4) == (None, 50.0)


def test_news_reach_every_other_once(shared):
    """What a worker tells the others hear once, itself never, and one that comes later hears everything."""
    assert shared.trade("a", {("exercised", "x"): 2}) == {}
    assert shared.trade("b", {("exercised", "x"): 1, ("broken", "y"): 1}) == {("exercised", "x"): 2}
    assert shared.trade("b", {}) == {}
    assert shared.trade("a", {}) == {("exercised", "x"): 1, ("broken", "y"): 1}
    assert shared.trade("c", {}) == {("exercised", "x"): 3, ("broken", "y"): 1}


def test_a_claim_is_made_once(shared):
    """Who claims something first gets it, and nobody after."""
    assert shared.claim("it")
    assert not shared.claim("it")
    assert shared.claim(("another", None))


def test_only_who_knows_the_key_is_answered():
    """A stranger on the same machine gets no answer, and the board goes on for the others."""
    with posted(Board(10)) as (host, port, key):
        with pytest.raises(AuthenticationError):
            Client((host, port), authkey=b"guessed")
        with contextlib.closing(Correspondent((host, port, key))) as way:
            assert way.portion(1) == (10, None)


def worker(board: Board, name: str, requests: int) -> Run:
    """A worker at a target of its own that signs people up under taken names."""
    reference = MutantReference(Mutation(Fault.GUARD_DROPPED, "SignUp", SLUG), seed=1)
    endpoint = ReferenceEndpoint.of(reference, Budget(requests))
    options = Options(areas=("life cycle",), requirements=frozenset({SLUG}), seed=len(name))
    run = Run(Model(DESCRIPTION), endpoint, endpoint.budget, options)
    run.colleagues = Colleagues(board, name)
    run.explore()
    return run


def test_workers_do_not_do_the_same_work_twice():
    """What one worker found broken the next does not chase or shorten: it knows, and spends its requests elsewhere."""
    board = Board()
    first = worker(board, "a", 400)
    second = worker(board, "bb", 400)
    broken = {(f.requirement.slug, f.operation) for f in first.ledger.findings.values()}
    assert {slug for slug, _ in broken} == {SLUG}
    assert all(f.confirmed for f in first.ledger.findings.values())
    assert second.broken >= broken
    assert all(
        f.confirmed is None for key, f in second.ledger.findings.items() if key in first.ledger.findings
    )
    chased = [
        sum(n for (r, _), n in run.ledger.broken_by.items() if r.slug == SLUG) for run in (first, second)
    ]
    assert chased[1] < chased[0]
    features = first.planner.coverage.counts
    assert all(second.planner.coverage.counts[feature] >= 1 for feature in features)
