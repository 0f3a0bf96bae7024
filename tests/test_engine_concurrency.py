"""Several walkers in one process: the same verdicts, repeatable, and only where the target can take it."""

from __future__ import annotations

import contextlib
import random
import threading
import time

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.core import Reference
from cognito_conformance.targets import open_target, resolve
from cognito_conformance.targets.company import objection
from cognito_conformance.targets.mailbox import Mailbox
from cognito_conformance.wire.client import LeanClient
from cognito_model.model import Model
from support.drive import DESCRIPTION
from support.wire_servers import server

SLUG = "sign-up/username-is-free"
WALKERS = 6


class Distant:
    """A client whose answers take a while, each another one; `most` were waited for at a time."""

    def __init__(self, client, dice: random.Random) -> None:
        self.client, self.dice, self.lock = client, dice, threading.Lock()
        self.waiting = self.most = 0

    def send(self, operation, params, **options):
        with self.lock:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
        time.sleep(self.dice.random() / 200)
        with self.lock:
            self.waiting -= 1
            return self.client.send(operation, params, **options)


class Recorded(Run):
    """A run that keeps what it asked, in terms."""

    def record(self, step, steps):
        self.asked = [*getattr(self, "asked", []), repr(step.request)]
        super().record(step, steps)


def run(reference, *, requests: int = 240, luck: int = 1, **options) -> Recorded:
    """A run with several walkers against a target in this process whose answers are late."""
    endpoint = ReferenceEndpoint.of(reference, Budget(requests))
    endpoint.client = Distant(endpoint.client, random.Random(luck))
    chosen = {"walkers": WALKERS, "areas": ("life cycle", "groups"), **options}
    made = Recorded(Model(DESCRIPTION), endpoint, endpoint.budget, Options(**chosen))
    made.explore()
    return made


@pytest.mark.parametrize("planner", [True, False])
def test_the_same_seed_makes_the_same_calls(planner):
    """However fast the answers come, walkers that go on at the same time make the same calls in the same order."""
    one, other = (run(Reference(seed=3), planner=planner, luck=luck, seed=5) for luck in (1, 2))
    assert one.asked == other.asked
    assert one.asked != run(Reference(seed=3), planner=planner, seed=6).asked


def test_the_faithful_stay_without_a_finding():
    """Walkers at the same target judge a faithful one as one alone does, and spend the budget to the end."""
    made = run(Reference(seed=1), requests=400, seed=2)
    assert made.ended == "budget"
    assert made.budget.spent == 400
    assert not made.ledger.findings
    assert made.endpoint.client.most == WALKERS


@pytest.mark.parametrize("walkers", [1, WALKERS])
def test_the_wrong_are_found(walkers):
    """One walker and several find the same requirement broken, confirmed by a short trace."""
    mutation = Mutation(Fault.GUARD_DROPPED, "SignUp", SLUG)
    options = {"walkers": walkers, "areas": ("life cycle",), "requirements": frozenset({SLUG})}
    made = run(MutantReference(mutation, seed=1), requests=250, **options)
    found = [finding for finding in made.ledger.findings.values() if not finding.flaky]
    assert {finding.requirement.slug for finding in found} == {SLUG}
    assert all(finding.confirmed for finding in found)
    assert min(len(finding.steps) for finding in found) <= 5


def test_a_target_that_goes_away_ends_the_run():
    """Where the target stops answering every walker ends, and the run says why."""

    class Gone(Distant):
        def send(self, operation, params, **options):
            answer = super().send(operation, params, **options)
            return answer if answer.status < 0 else type(answer).lost("connection refused", 0.0)

    endpoint = ReferenceEndpoint.of(Reference(seed=1), Budget(1000))
    endpoint.client = Gone(endpoint.client, random.Random(1))
    made = Run(Model(DESCRIPTION), endpoint, endpoint.budget, Options(walkers=WALKERS))
    made.explore()
    assert made.ended == "the target stopped answering (connection refused)"
    assert made.budget.spent < 50


@contextlib.contextmanager
def one_at_a_time():
    """The URL of a server that attends to one connection as long as it is open."""
    turn = threading.Lock()

    def serve(peer):
        with turn:
            while True:
                peer.read()
                body = b'{"UserPools":[]}'
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n"
                peer.send(head % len(body) + body)

    with server(serve) as running:
        yield running.url


def test_a_target_that_attends_to_one_connection_is_asked_one_call_at_a_time(monkeypatch):
    """Such a target has an objection to company, and the reference has none."""
    monkeypatch.setattr("cognito_conformance.targets.company.PATIENCE", 0.3)
    with one_at_a_time() as url, open_target(resolve(f"reference@{url}")) as target:
        assert objection(target) == "it answers one connection at a time"
    with open_target(resolve("reference")) as target:
        assert objection(target) is None


def test_codes_of_different_walks_are_never_mixed_up():
    """An inbox that cannot tell to which pool a code was sent is an objection; one that can is none."""

    class Somebodys:
        def code(self, to):
            return "123456"

    class Private(Somebodys):
        private = True

    assert Mailbox([Private()]).private
    assert not Mailbox([Private(), Somebodys()]).private


def test_an_answer_is_read_in_the_turn_of_who_asked():
    """While an answer is awaited others go on, and it is read when the turn has come again and not in their time."""
    seen: list[str] = []

    class Call:
        def answer(self):
            seen.append("read")

        def close(self):
            seen.append("closed")

    class Client(LeanClient):
        def begin(self, operation, params, **_):
            seen.append("sent")
            return Call()

    @contextlib.contextmanager
    def away():
        seen.append("away")
        yield
        seen.append("back")

    endpoint = TargetEndpoint(None, Client("http://127.0.0.1:1"), Budget(1), away=away)
    endpoint.defer(lambda: seen.append("counted"))
    endpoint.send("GetUser", {})
    assert seen == ["sent", "counted", "away", "back", "read", "closed"]
