"""`python -m cognito_conformance.calibration`: the mutation score. `nox -s mutation` runs this."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cognito_conformance.calibration.forked import PATIENCE
from cognito_conformance.calibration.hunt import census
from cognito_conformance.calibration.jobs import aimed, in_parallel, shared
from cognito_conformance.calibration.results import is_alive, record_of, told, unseen, when_asked
from cognito_conformance.machines.areas import AREAS
from conformance_report.mutation import render_mutation


@click.command()
@click.option("--budget", default=2000, show_default=True, help="Requests for each mutant.")
@click.option("--seed", default=1, show_default=True, help="Seed of the runs against the mutants.")
@click.option(
    "--census-requests", default=30_000, show_default=True, help="Requests of the run that finds the points."
)
@click.option(
    "--look",
    default=0,
    help="Request to which that run goes on, so that it is surer which faults a client can see.",
)
@click.option(
    "--patience", default=PATIENCE, show_default=True, help="Requests after the first that passes a fault."
)
@click.option("--only", default=None, help="Only mutants whose id contains this.")
@click.option("--every", default=1, show_default=True, help="Every k-th mutant, for a sample.")
@click.option(
    "--area", "-a", "areas", type=click.Choice(AREAS), multiple=True, help="Only these machines (repeatable)."
)
@click.option("--planner/--no-planner", default=True, show_default=True)
@click.option(
    "--aimed-budget",
    default=0,
    show_default=True,
    help="Requests of a second run against what lives, aimed at the requirement; it is no part of the score.",
)
@click.option("-n", "workers", default=2, show_default=True, help="Processes.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("report-mutation"), show_default=True)
def main(
    budget: int,
    seed: int,
    census_requests: int,
    look: int,
    patience: int,
    only: str | None,
    every: int,
    areas: tuple[str, ...],
    planner: bool,
    aimed_budget: int,
    workers: int,
    output: Path,
) -> None:
    """Run the suite against each seeded fault of the reference server; what it finds is killed.

    Resumable: verdicts stand in OUTPUT/kills.jsonl, and a mutant that has one is not run again.
    """
    output.mkdir(parents=True, exist_ok=True)
    log = output / "kills.jsonl"
    done = _known(log)
    areas = areas or AREAS
    known = census(census_requests, look=look, areas=areas)
    points = {m: why for m, why in known.items() if only is None or only in m.id}
    chosen = dict(list(points.items())[::every])
    for mutation, why in chosen.items():
        if why is not None:
            done[mutation.id] = unseen(mutation, why)
    left = [mutation for mutation in chosen if mutation.id not in done]
    jobs = shared(left, budget, seed, patience, planner=planner, areas=areas)
    click.echo(f"{len(chosen)} mutants, {len(left)} to run, {budget} requests each", err=True)
    with log.open("a", encoding="utf-8") as lines:
        for kills in in_parallel(jobs, workers):
            for record in map(record_of, kills):
                done[record["id"]] = record
                lines.write(json.dumps(record) + "\n")
            lines.flush()
            click.echo(told([done[m.id] for m in chosen if m.id in done]), err=True)
        alive = [m for m in chosen if is_alive(done[m.id])] if aimed_budget else []
        for kills in in_parallel(aimed(alive, aimed_budget, seed), workers):
            for kill in kills:
                record = done[kill.mutation.id] = when_asked(done[kill.mutation.id], kill)
                lines.write(json.dumps(record) + "\n")
            lines.flush()
    records = [done[mutation.id] for mutation in chosen]
    results = {"budget": budget, "mutants": records}
    (output / "mutation.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    (output / "mutation.html").write_text(render_mutation(results), encoding="utf-8")
    click.echo(told(records))
    for record in records:
        if is_alive(record):
            click.echo(f"  alive  {record['id']}: {record['reason']}")


def _known(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    return {record["id"]: record for record in map(json.loads, path.read_text("utf-8").splitlines())}


if __name__ == "__main__":
    main()
