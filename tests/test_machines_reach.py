"""What the machines reach on the reference target, with a fixed seed and a bounded number of requests."""

from __future__ import annotations

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.core import Reference
from cognito_model.challenge_table import EDGES, edge
from support.drive import MODEL

EXPIRY = (
    "challenges/session-is-fresh",
    "common/access-token-is-not-expired",
    "tokens/refresh-token-is-not-expired",
    "sign-in/temporary-password-is-fresh",
    "confirm/code-is-fresh",
    "recovery/code-is-fresh",
    "user-attributes/code-is-fresh",
)
"""Requirements that only time shows."""
AREAS = ("life cycle", "attributes", "passwords", "sign-in", "tokens")
MOST_EDGES = 40
"""Of 59 that differ; the rest takes longer runs than a test may."""
RUNS = 6
"""So many runs are made at most, each with another seed, until all is reached: the machines change often."""


def explored(seed: int, requests: int, areas: tuple[str, ...], *, clock: bool = True) -> Run:
    """A run on a reference, which must be silent."""
    budget = Budget(requests)
    endpoint = ReferenceEndpoint.of(Reference(seed=seed), budget)
    run = Run(MODEL, endpoint, budget, Options(seed=seed, areas=areas, minimise=False, clock=clock))
    run.explore()
    assert [finding.requirement.slug for finding in run.ledger.findings.values()] == []
    return run


def exercised(run: Run) -> set[str]:
    """The slugs of the requirements that the run judged."""
    return {requirement.slug for requirement, tally in run.ledger.tallies.items() if tally.checks}


def test_time_shows_what_runs_out() -> None:
    """The machines wait until tokens, sessions, codes and temporary passwords have run out."""
    left = set(EXPIRY)
    for seed in range(RUNS):
        left -= exercised(explored(seed, 2000, AREAS))
        if not left:
            break
    assert left == set()


def test_nothing_runs_out_where_the_clock_cannot_be_moved() -> None:
    """On a target whose clock stands still no call waits, and no requirement about expiry is exercised."""
    assert exercised(explored(2, 400, AREAS, clock=False)).isdisjoint(EXPIRY)


def test_edges_are_taken() -> None:
    """The machines of the challenges take most edges of the challenge table."""
    edges = {edge(start, end) for start, _, end in EDGES}
    taken: set[str] = set()
    for seed in range(RUNS):
        run = explored(seed, 2000, ("challenges", "mfa", "devices", "passkeys"))
        taken |= {name for name in edges if run.ledger.events[name]}
        if len(taken) >= MOST_EDGES:
            break
    assert len(taken) >= MOST_EDGES, sorted(edges - taken)
