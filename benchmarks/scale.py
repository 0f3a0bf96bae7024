"""What more workers and more calls under way are worth: `python -m benchmarks scale`.

Ratios within one run. How many processes the machine really runs at once is measured beside them, with processes that
only count: where others use it too, no benchmark can have two processors.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.distant import counts, distant
from benchmarks.figures import OUTPUT, save, table
from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.targets import open_target, resolve
from cognito_conformance.wire import service
from cognito_model.model import Model
from conformance_report.reader import read_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cognito_conformance.wire.answer import Answer
    from cognito_conformance.wire.client import Client

FAR = 0.03
"""Seconds to an endpoint that is far away, as AWS is."""
WRONG = (
    Mutation(Fault.GUARD_DROPPED, "SignUp", "sign-up/username-is-free"),
    Mutation(Fault.EFFECT_LOST, "AdminDisableUser", "admin-users/disables", "enabled"),
    Mutation(Fault.GUARD_DROPPED, "CreateGroup", "groups/name-is-free"),
)
"""Faults that a run with these slugs aims at; each must be found with one walker and with many."""


class Late:
    """A client whose answers take a while."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.lock = threading.Lock()

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call, later."""
        time.sleep(FAR)
        with self.lock:
            return self.client.send(operation, params, signed=signed)

    def close(self) -> None:
        """Close the other."""
        self.client.close()


def count(seconds: float) -> int:
    """How far one process can count in so long."""
    ends, reached = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        reached += 1
    return reached


def processors(seconds: float) -> float:
    """How many processes that only count the machine runs at once, of as many as a run with two workers has."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        alone = pool.map(count, [seconds], chunksize=1)
        both = pool.map(count, [seconds] * 2, chunksize=1)
    return sum(both) / alone[0]


def with_workers(workers: int, seconds: int, folder: Path) -> int:
    """Requests that a run with so many workers, each with a moto of its own, makes in that time."""
    words = [sys.executable, "-m", "pytest", "--pyargs", "cognito_conformance", "-n", str(workers), "-q"]
    words += ["-p", "no:cacheprovider", "--tb", "no", "--no-summary", "--target", "moto"]
    words += ["--time", f"{seconds}s", "--conformance-output", str(folder)]
    subprocess.run(words, check=False, stdout=subprocess.DEVNULL)
    return read_results(folder / "results.jsonl").requests


def far_away(walkers: int, requests: int) -> dict[str, Any]:
    """A run against the reference server as if it were far away: speed, calls under way, our CPU time, findings."""
    with distant(FAR) as url, open_target(resolve(f"reference@{url}")) as target, target.client() as client:
        budget = Budget(requests)
        run = Run(
            Model(service.description()),
            TargetEndpoint(target, client, budget),
            budget,
            Options(walkers=walkers, seed=1, clock=False),
        )
        started, used = time.monotonic(), time.process_time()
        run.explore()
        seconds, cpu = time.monotonic() - started, time.process_time() - used
        told = counts(url)
    return {
        "walkers": walkers,
        "requests": budget.spent,
        "per second": round(budget.spent / seconds, 1),
        "under way, mean": round(told["mean"], 1),
        "under way, most": told["most"],
        "our CPU, ms a request": round(1000 * cpu / budget.spent, 2),
        "processors had": round(cpu / seconds, 2),
        "findings": len(run.ledger.findings),
    }


def broken(mutation: Mutation, walkers: int, requests: int) -> list[str]:
    """The requirements that a run finds broken on a target with this fault."""
    endpoint = ReferenceEndpoint.of(MutantReference(mutation, seed=1), Budget(requests))
    endpoint.client = Late(endpoint.client)
    options = Options(walkers=walkers, seed=1, clock=False, requirements=frozenset({mutation.point}))
    run = Run(Model(service.description()), endpoint, endpoint.budget, options)
    run.explore()
    return sorted({f.requirement.slug for f in run.ledger.findings.values() if not (f.flaky or f.downstream)})


@click.command()
@click.option("--walkers", default=32, show_default=True, help="Calls under way at most.")
@click.option(
    "--requests", default=3000, show_default=True, help="Of a run against the far endpoint with them."
)
@click.option("--seconds", default=40, show_default=True, help="Of each run with workers.")
@click.option("--rounds", default=3, show_default=True, help="Pairs of runs with one and with two workers.")
@OUTPUT
def main(walkers: int, requests: int, seconds: int, rounds: int, output: Path | None) -> None:
    """Two workers against one on moto; calls under way at an endpoint 30 ms away; the same verdicts."""
    pairs = list(_pairs(rounds, seconds))
    ratio = statistics.median(two / one for one, two, _ in pairs)
    print(
        table(
            ["one worker", "two workers", "ratio", "processors for two that count"],
            [[one, two, f"{two / one:.2f}", f"{free:.2f}"] for one, two, free in pairs],
        )
    )
    print(
        f"\ntwo workers: {ratio:.2f} times one (median); {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n"
    )
    far = [far_away(1, max(1, requests // 10)), far_away(walkers, requests)]
    print(table(list(far[0]), [list(row.values()) for row in far]))
    verdicts = {m: [broken(m, count, 2000) for count in (1, walkers)] for m in WRONG}
    same = all((m.point in one) == (m.point in many) for m, (one, many) in verdicts.items())
    alike = all(one == many for one, many in verdicts.values())
    print()
    print(
        table(
            ["fault", "one walker", f"{walkers} walkers"],
            [[m.id, ", ".join(one), ", ".join(many)] for m, (one, many) in verdicts.items()],
        )
    )
    print(
        f"\nverdicts on the faults {'equal' if same else 'DIFFER'}; what follows from them {'equal' if alike else 'differs'}"
    )
    save(output, {"workers": pairs, "far": far, "verdicts": {m.id: found for m, found in verdicts.items()}})


def _pairs(rounds: int, seconds: int) -> Iterator[tuple[int, int, float]]:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            one, two = (with_workers(n, seconds, Path(folder) / f"{number}-{n}") for n in (1, 2))
            yield one, two, processors(2.0)


if __name__ == "__main__":
    main()
