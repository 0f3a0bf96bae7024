"""Whether memory stays flat over a long run: `python -m benchmarks.memory`.

The suite and the reference server in one process, so that what either keeps is seen. The resident set is read every
few thousand requests; it is flat where the last half of the run adds next to nothing.
"""

from __future__ import annotations

import gc
import os
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.figures import OUTPUT, save, table
from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_model.model import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_conformance.wire.answer import Answer

MIB = 1024 * 1024


def resident() -> float:
    """MiB that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


@dataclass
class WatchedEndpoint(ReferenceEndpoint):
    """Reads the resident set every so many requests."""

    every: int = 5000
    seen: list[tuple[int, float]] = field(default_factory=list)

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call."""
        if self.budget.spent % self.every == 0 and self.budget.spent:
            gc.collect()
            self.seen.append((self.budget.spent, resident()))
            click.echo(f"{self.budget.spent:,} requests: {self.seen[-1][1]:.1f} MiB", err=True)
        return super().send(operation, params, signed=signed)


def growth(seen: list[tuple[int, float]]) -> float:
    """Bytes a request over the last half of the run: the slope of the straight line that fits best."""
    half = seen[len(seen) // 2 :]
    slope = statistics.linear_regression([n for n, _ in half], [mib for _, mib in half]).slope
    return slope * MIB


@click.command()
@click.option("--requests", default=200_000, show_default=True)
@click.option("--every", default=5000, show_default=True, help="Requests between readings.")
@click.option("--seed", default=1, show_default=True)
@click.option("--planner/--no-planner", default=True, show_default=True)
@OUTPUT
def main(requests: int, every: int, seed: int, planner: bool, output: Path | None) -> None:
    """Run for long, and say what memory was held meanwhile."""
    endpoint = WatchedEndpoint.of(Reference(seed=seed), Budget(requests))
    endpoint.every = every
    options = Options(seed=seed, planner=planner)
    Run(Model(service.description()), endpoint, endpoint.budget, options).explore()
    seen = [*endpoint.seen, (endpoint.budget.spent, resident())]
    click.echo(table(["requests", "resident, MiB"], [[f"{n:,}", f"{mib:.1f}"] for n, mib in seen]))
    click.echo(f"\n{growth(seen):.0f} bytes a request over the last half")
    save(output, {"requests": requests, "seed": seed, "seen": seen, "bytes a request": growth(seen)})


if __name__ == "__main__":
    main()
