"""Findings that machines share: what one found, another tries first; what others stored cannot break a run."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time

import pytest
from hypothesis.database import InMemoryExampleDatabase

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.engine.store import CannotOpen, Store, decoded, encoded, opened
from cognito_conformance.server.core import Reference
from cognito_model.model import Model, Request
from cognito_model.terms import Code, Fresh, SecretHash, Spoiled, Text, TotpCode
from support.drive import DESCRIPTION

SLUG = "sign-up/username-is-free"
OTHER = "admin-users/alias-is-free"
"""What a run aims at that does not look for SLUG."""
TRACE = [
    Request(1, "CreateUserPool", {"PoolName": "p"}),
    Request(
        4, "ListUsers", {"UserPoolId": Fresh("PoolId", 1), "Filter": Text(("sub = ", Fresh("Sub", 2)))}, False
    ),
    Request(
        9,
        "ConfirmSignUp",
        {
            "ClientId": Fresh("ClientId", 2),
            "SecretHash": SecretHash(Fresh("ClientId", 2), "a\ud800"),
            "ConfirmationCode": Spoiled(Code(Fresh("Message", 3, 1)), "digit"),
            "List": [{"x": TotpCode(Fresh("TotpSecret", 5), -1)}, True, None, 1.5],
        },
        wait=3600,
    ),
]


def test_a_trace_is_read_as_it_was_stored():
    """Terms, lists, numbers and lone surrogates come back as they were."""
    assert decoded(encoded(TRACE)) == TRACE


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[1]",
        b'[{"step":1}]',
        b"[" * 100_000,
        b'[{"step":1,"operation":"X","params":{"a":{"$term":"Popen"}},"signed":null,"wait":0}]',
        b'[{"step":1,"operation":"X","params":{"a":{"$term":"Fresh","kind":{},"step":1}},"signed":null,"wait":0}]',
        b'[{"step":1,"operation":"X","params":[],"signed":null,"wait":0}]',
        b'[{"step":1,"operation":"X","params":{},"signed":null,"wait":-5}]',
    ],
)
def test_what_is_no_trace_is_left_out(value):
    """A database may hold anything: what cannot be read is passed over, and the others are found."""
    store = Store(InMemoryExampleDatabase(), b"key")
    store.database.save(b"key", value)
    store.save(TRACE)
    assert [requests for _, requests in store.traces()] == [TRACE]


def explore(store: Store, reference: Reference, requests: int, aim: str = SLUG) -> Run:
    endpoint = ReferenceEndpoint.of(reference, Budget(requests))
    options = Options(areas=("life cycle",), requirements=frozenset({aim}))
    run = Run(Model(DESCRIPTION), endpoint, endpoint.budget, options, store=store)
    run.explore()
    return run


def wrong() -> Reference:
    """A target that signs people up under taken names."""
    return MutantReference(Mutation(Fault.GUARD_DROPPED, "SignUp", SLUG), seed=1)


def found_at(run: Run) -> int:
    """The request that first broke the requirement."""
    return min(f.first_seen for f in run.ledger.findings.values() if f.requirement.slug == SLUG)


def test_a_finding_that_is_gone_is_forgotten():
    """A trace that shows nothing on the target any more is tried once and then removed."""
    store = Store(InMemoryExampleDatabase(), b"key")
    explore(store, wrong(), 250)
    assert store.traces()
    mended = explore(store, Reference(seed=1), 60)
    assert not mended.ledger.findings
    assert not store.traces()


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("redis://user:hidden@127.0.0.1:1/0", "no redis answers at 127.0.0.1 (ConnectionError)"),
        ("http://127.0.0.1:1", "a database is a folder or a URL with redis://, rediss://, unix://"),
    ],
)
def test_a_database_that_is_not_there_is_said(where, reason):
    """What cannot be opened is said at once, and without the password."""
    with pytest.raises(CannotOpen) as problem:
        opened(where, "moto", None)
    assert str(problem.value) == reason


@contextlib.contextmanager
def redis_server(folder):
    """The URL of a Redis of its own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed; Debian's package has that name")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def test_what_one_shard_found_another_tries_first(tmp_path):
    """Through a shared Redis the second machine breaks the requirement with its first calls, before it explores."""
    with redis_server(tmp_path) as url:
        first = explore(opened(url, "mutant", "1"), wrong(), 250)
        ((_, trace),) = opened(url, "mutant", "1").traces()[:1]
        second = explore(opened(url, "mutant", "1"), wrong(), 60, aim=OTHER)
        elsewhere = opened(url, "another target", "1").traces()
    alone = explore(Store(InMemoryExampleDatabase(), b"key"), wrong(), 60, aim=OTHER)
    assert found_at(first)
    cleaning_up = 1
    at_once = len(trace) + cleaning_up
    assert found_at(second) <= at_once
    assert all(found.first_seen > at_once for found in alone.ledger.findings.values())
    assert elsewhere == []


def test_a_folder_serves_as_well(tmp_path):
    """The same machine finds in a folder what an earlier run has stored there."""
    opened(str(tmp_path / "db"), "moto", "5").save(TRACE)
    assert [requests for _, requests in opened(str(tmp_path / "db"), "moto", "5").traces()] == [TRACE]
