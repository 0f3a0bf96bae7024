"""Requests until a share of the reference's mutants is dead: with the planner, without, and by the textbook.

`python -m benchmarks.planner [--seeds N] [--mutants N] [--requests N]`. The method stands in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from benchmarks.figures import OUTPUT, save
from benchmarks.textbook import TextbookRun
from cognito_conformance.calibration.forked import hunt_all, suite
from cognito_conformance.calibration.hunt import Kill, census

if TYPE_CHECKING:
    from pathlib import Path

    from cognito_conformance.calibration.endpoint import ReferenceEndpoint
    from cognito_conformance.calibration.forked import Conduct
    from cognito_conformance.calibration.mutations import Mutation
    from cognito_conformance.engine.ledger import Finding, Ledger

SHARES = (0.5, 0.75, 0.9)
NEVER = float("inf")
Runs = dict[str, list[dict[str, float]]]
"""For each way of asking, and each seed, the requests until each mutant was dead (infinite: it lives), by its id."""


def textbook(endpoint: ReferenceEndpoint, seed: int, until: Callable[[Finding], bool]) -> Ledger:
    """Explore with the textbook machine."""
    run = TextbookRun(endpoint, seed, until)
    run.explore()
    return run.ledger


WAYS: dict[str, Conduct] = {
    "planner": suite(planner=True),
    "no planner": suite(planner=False),
    "textbook": textbook,
}


def requests_until(share: float, killed: dict[str, float], killable: Iterable[str]) -> float:
    """The requests after which this share of the killable mutants is dead."""
    ordered = sorted(killed.get(mutant, NEVER) for mutant in killable)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


def killable(runs: Runs) -> list[str]:
    """The mutants that any way killed with any seed."""
    return sorted(
        {mutant for seeds in runs.values() for found in seeds for mutant, n in found.items() if n < NEVER}
    )


def summary(runs: Runs, most: dict[str, int]) -> list[dict[str, Any]]:
    """For each way and share, the median over the seeds, and the least and the most."""
    known = killable(runs)
    rows = []
    for way, seeds in runs.items():
        for share in SHARES:
            values = sorted(requests_until(share, found, known) for found in seeds)
            middle = statistics.median_low(values)
            rows.append(
                {
                    "way": way,
                    "share": share,
                    "median": middle,
                    "least": values[0],
                    "most": values[-1],
                    "budget": most[way],
                }
            )
    return rows


def shown(requests: float, budget: int) -> str:
    """A number of requests, or that the budget was not enough."""
    return f"{requests:,.0f}" if requests < NEVER else f"> {budget:,}"


def table(rows: list[dict[str, Any]]) -> str:
    """The summary as a Markdown table."""
    lines = [
        "| generation | " + " | ".join(f"{share:.0%}" for share in SHARES) + " |",
        "|---" * (len(SHARES) + 1) + "|",
    ]
    for way in dict.fromkeys(row["way"] for row in rows):
        cells = [
            f"{shown(row['median'], row['budget'])} ({shown(row['least'], row['budget'])} to {shown(row['most'], row['budget'])})"
            for row in rows
            if row["way"] == way
        ]
        lines.append(f"| {way} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def ratios(rows: list[dict[str, Any]]) -> str:
    """How many times more requests the other ways take; a budget that was not enough gives a lower bound."""
    medians = {(row["way"], row["share"]): row for row in rows}
    lines = []
    for way in dict.fromkeys(row["way"] for row in rows if row["way"] != "planner"):
        for share in SHARES:
            ours, theirs = medians["planner", share], medians[way, share]
            if ours["median"] < NEVER:
                bound = ">" if theirs["median"] == NEVER else ""
                factor = min(theirs["median"], theirs["budget"]) / ours["median"]
                lines.append(f"{way} / planner at {share:.0%}: {bound} {factor:.1f}".replace(":  ", ": "))
    return "\n".join(lines)


def best_known(kills: dict[tuple[str, int], list[Kill]], known: Iterable[str]) -> dict[float, int]:
    """Requests of a suite put together afterwards from the killing traces, for each share of the killable mutants.

    Greedy: the trace that kills most for its length comes next. Traces of the same walk share their beginning, so a
    longer one kills what the shorter does. An upper bound of the best possible. Textbook traces are left out: its
    examples all begin alike, and they kill too little to matter.
    """
    wanted = set(known)
    walks: dict[tuple[str, int, str | None], dict[str, int]] = {}
    for (way, seed), found in kills.items():
        for kill in found:
            if way != "textbook" and kill.depth is not None and kill.mutation.id in wanted:
                walks.setdefault((way, seed, kill.walk), {})[kill.mutation.id] = kill.depth
    dead: set[str] = set()
    made: dict[tuple[str, int, str | None], int] = {}
    spent = 0
    reached: dict[float, int] = {}
    while walks and len(reached) < len(SHARES):
        gains = []
        for walk, deaths in walks.items():
            so_far = made.get(walk, 0)
            left = sorted(depth for mutant, depth in deaths.items() if mutant not in dead)
            gains += [((i + 1) / max(1, depth - so_far), walk, depth) for i, depth in enumerate(left)]
        if not gains:
            break
        _, walk, depth = max(gains)
        spent += max(0, depth - made.get(walk, 0))
        made[walk] = max(depth, made.get(walk, 0))
        dead |= {mutant for mutant, at in walks[walk].items() if at <= depth}
        for share in SHARES:
            if len(dead) >= share * len(wanted):
                reached.setdefault(share, spent)
    return reached


def sample(mutants: int, census_requests: int) -> list[Mutation]:
    """So many mutations (0: all), evenly spread over those that a long run comes to."""
    known = [mutation for mutation, reason in census(census_requests, seed=0).items() if reason is None]
    if not mutants or mutants >= len(known):
        return known
    return [known[index * len(known) // mutants] for index in range(mutants)]


@click.command()
@click.option("--seeds", default=10, show_default=True)
@click.option("--mutants", default=60, show_default=True, help="How many, evenly spread; 0 for all.")
@click.option("--requests", default=2000, show_default=True, help="Budget of a run of the suite.")
@click.option(
    "--textbook-requests", default=10_000, show_default=True, help="Budget of a run of the textbook machine."
)
@click.option("--patience", default=300, show_default=True, help="Requests for a mutant after its fault.")
@click.option(
    "--census-requests", default=6000, show_default=True, help="Requests of the run that finds the mutants."
)
@OUTPUT
def main(
    seeds: int,
    mutants: int,
    requests: int,
    textbook_requests: int,
    patience: int,
    census_requests: int,
    output: Path | None,
) -> None:
    """Hunt a sample of the reference's mutants in every way, and say how many requests it took.

    Resumable where there is an OUTPUT: each run is kept in a file beside it, and one that is there is not made again.
    """
    mutations = sample(mutants, census_requests)
    click.echo(f"{len(mutations)} mutants, {seeds} seeds", err=True)
    most = {"planner": requests, "no planner": requests, "textbook": textbook_requests}
    log = None if output is None else output.with_suffix(".runs.jsonl")
    kills = kept(log, mutations, most, patience)
    for seed in range(1, seeds + 1):
        for way, conduct in WAYS.items():
            if (way, seed) in kills:
                continue
            started = time.process_time()
            found = kills[way, seed] = hunt_all(conduct, mutations, most[way], seed, patience=patience)
            if log is not None:
                keep(log, {"way": way, "seed": seed, "requests": most[way], "patience": patience}, found)
            dead = sum(dead_after(kill) < NEVER for kill in found)
            click.echo(f"{way}, seed {seed}: {dead} dead, {time.process_time() - started:.0f} s", err=True)
    runs: Runs = {}
    for (way, seed), found in kills.items():
        if seed <= seeds:
            runs.setdefault(way, []).append({kill.mutation.id: dead_after(kill) for kill in found})
    rows = summary(runs, most)
    best = best_known(kills, killable(runs))
    click.echo(f"{len(killable(runs))} of {len(mutations)} mutants killable\n")
    click.echo(table(rows))
    reached = ", ".join(f"{share:.0%} in {spent:,}" for share, spent in best.items())
    click.echo(f"\nbest known afterwards: {reached}\n{ratios(rows)}")
    finite = [{name: None if value == NEVER else value for name, value in row.items()} for row in rows]
    save(output, {"mutants": len(mutations), "seeds": seeds, "rows": finite, "best known": best})


def keep(log: Path, about: dict[str, Any], found: list[Kill]) -> None:
    """Add a run to the log, and `about` it its way, seed, requests and patience."""
    log.parent.mkdir(parents=True, exist_ok=True)
    kills = [
        {"mutant": k.mutation.id, **{n: v for n, v in asdict(k).items() if n != "mutation"}} for k in found
    ]
    with log.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({**about, "kills": kills}) + "\n")


def kept(
    log: Path | None, mutations: list[Mutation], most: dict[str, int], patience: int
) -> dict[tuple[str, int], list[Kill]]:
    """The runs of the log that were made with these mutations, as many requests and as much patience."""
    known = {mutation.id: mutation for mutation in mutations}
    found: dict[tuple[str, int], list[Kill]] = {}
    if log is None or not log.exists():
        return found
    for line in map(json.loads, log.read_text(encoding="utf-8").splitlines()):
        alike = (line["requests"], line["patience"]) == (most[line["way"]], patience)
        if alike and {kill["mutant"] for kill in line["kills"]} == known.keys():
            found[line["way"], line["seed"]] = [
                Kill(known[kill.pop("mutant")], **kill) for kill in line["kills"]
            ]
    return found


def dead_after(kill: Kill) -> float:
    """The requests until a mutant was dead; one that makes the server fail is no test of the suite, and never dead."""
    return kill.requests if kill.requirement is not None and not kill.crashed else NEVER


if __name__ == "__main__":
    main()
