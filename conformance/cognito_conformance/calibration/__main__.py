"""`python -m cognito_conformance.calibration`: the mutation score. `nox -s mutation` runs this."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cognito_conformance.calibration.hunt import Kill, census, hunt
from cognito_conformance.calibration.mutations import Mutation
from cognito_conformance.calibration.survivors import reason_of


def _hunt(job: tuple[Mutation, int, int, bool]) -> Kill:
    mutation, budget, seed, planner = job
    return hunt(mutation, budget, seed, planner=planner)


@click.command()
@click.option("--budget", default=2000, show_default=True, help="Requests for each mutant.")
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--census-requests", default=30_000, show_default=True, help="Requests of the run that finds the points."
)
@click.option("--only", default=None, help="Only mutants whose id contains this.")
@click.option("--every", default=1, show_default=True, help="Every k-th mutant, for a sample.")
@click.option("--planner/--no-planner", default=True, show_default=True)
@click.option("-n", "workers", default=2, show_default=True, help="Processes.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("report-mutation"), show_default=True)
def main(
    budget: int,
    seed: int,
    census_requests: int,
    only: str | None,
    every: int,
    planner: bool,
    workers: int,
    output: Path,
) -> None:
    """Run the suite against each seeded fault of the reference server; what it finds is killed.

    Resumable: verdicts stand in OUTPUT/kills.jsonl, and a mutant that has one is not run again.
    """
    output.mkdir(parents=True, exist_ok=True)
    done = _known(output / "kills.jsonl")
    mutations = [m for m in census(census_requests, seed) if only is None or only in m.id][::every]
    todo = [(m, budget, seed, planner) for m in mutations if m.id not in done]
    click.echo(f"{len(mutations)} mutants, {len(todo)} to run, {budget} requests each", err=True)
    with (output / "kills.jsonl").open("a", encoding="utf-8") as log:
        for count, kill in enumerate(_all(todo, workers), 1):
            record = _record(kill)
            done[kill.mutation.id] = record
            log.write(json.dumps(record) + "\n")
            log.flush()
            if count % 20 == 0 or count == len(todo):
                killed = sum(bool(done[m.id]["killed"]) for m in mutations if m.id in done)
                click.echo(f"{count}/{len(todo)} run, {killed} killed", err=True)
    records = [done[m.id] for m in mutations]
    (output / "mutation.json").write_text(json.dumps({"budget": budget, "mutants": records}, indent=1))
    _report(output, records)
    observable = [r for r in records if r["observable"]]
    killed = sum(r["killed"] for r in observable)
    print(
        f"mutation score {killed / max(1, len(observable)):.3f} ({killed} of {len(observable)} observable, {len(records)} in all)"
    )
    for record in records:
        if not record["killed"]:
            print(f"  alive  {record['id']}  {record['reason'] or ''}")
    sys.stdout.flush()


def _all(todo: list[tuple[Mutation, int, int, bool]], workers: int) -> Iterator[Kill]:
    if workers == 1:
        yield from map(_hunt, todo)
        return
    with multiprocessing.get_context("forkserver").Pool(workers, maxtasksperchild=50) as pool:
        yield from pool.imap_unordered(_hunt, todo)


def _known(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    return {record["id"]: record for record in map(json.loads, path.read_text().splitlines())}


def _record(kill: Kill) -> dict[str, Any]:
    mutation = kill.mutation
    reason = "it makes the server fail" if kill.crashed else None if kill.requirement else reason_of(mutation)
    return {
        "id": mutation.id,
        "operation": mutation.operation,
        "kind": mutation.fault.value,
        "requirement": mutation.point if "/" in mutation.point else None,
        "description": f"{mutation.fault.value} in {mutation.operation}: {mutation.point} {mutation.field}".rstrip(),
        "killed": kill.requirement is not None and not kill.crashed,
        "by": kill.requirement,
        "requests": kill.requests if kill.requirement else None,
        "depth": kill.depth,
        "observable": reason is None,
        "reason": reason,
    }


def _report(output: Path, records: list[dict[str, Any]]) -> None:
    from conformance_report.mutation import render_mutation

    (output / "mutation.html").write_text(
        render_mutation(json.loads((output / "mutation.json").read_text())), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
