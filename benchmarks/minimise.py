"""Requests to shorten a finding: our minimiser and Hypothesis's shrinker on the same findings.

`python -m benchmarks.minimise`. The suite finds; the numbers that Hypothesis drew on the way are noted. Then the
minimiser shortens the finding's calls, and, apart from it, Hypothesis is given the same numbers as an example that
fails, and shrinks it as it always does (`Phase.shrink`). Each starts afresh on every finding, every request to the
target counts, and each trial has a world of its own.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import click
import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.reporting import with_reporter
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.figures import OUTPUT, options_for, save, table
from benchmarks.planner import sample
from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.hunt import is_about
from cognito_conformance.calibration.mutations import MutantReference
from cognito_conformance.engine.budget import Budget, BudgetSpent, RunEnded
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.ledger import Finding, kind_of, place
from cognito_conformance.engine.minimise import Minimiser
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.judge.judge import Judge, Step
from cognito_conformance.machines import profiles
from cognito_conformance.machines.areas import AREAS
from cognito_conformance.machines.factory import machine_for
from cognito_conformance.machines.profiles import Profile
from cognito_conformance.machines.walk import Walk, wheel
from cognito_conformance.planner.backend import BACKEND, chosen_by
from cognito_conformance.planner.fleet import SLOTS, Fleet
from cognito_conformance.targets import open_target, resolve
from cognito_conformance.wire import service
from cognito_model.model import Model

if TYPE_CHECKING:
    from pathlib import Path


Choices = tuple[int, int, int]


class Found(AssertionError):
    """The example shows the finding."""


class NotShown(RunEnded):
    """The numbers that found it do not show it again in a world of their own."""


@dataclass
class Example:
    """What Hypothesis drew on a walk: the number that began it, and those of each step; a chooser that says so again."""

    number: int
    steps: list[Choices] = field(default_factory=list)
    left: Iterator[Choices] = field(init=False)

    def beginning(self) -> int:
        """The number that begins the only example."""
        if hasattr(self, "left"):
            raise NotShown
        self.left = iter(self.steps)
        return self.number

    def command(self) -> Choices:
        """The numbers of the next step."""
        chosen = next(self.left, None)
        if chosen is None:
            raise NotShown
        return chosen

    def is_done(self) -> bool:
        """Never: the example ends with what it shows."""
        return False


class Case(NamedTuple):
    """A finding as it was found, the run that found it, and the example that did."""

    name: str
    run: Run
    finding: Finding
    example: Example


@contextlib.contextmanager
def numbers_noted() -> Iterator[dict[int, Example]]:
    """What Hypothesis draws for each walk meanwhile, by the identity of the list of the walk's steps."""
    noted: dict[int, Example] = {}
    begin, act = Walk.begin, Walk.act
    numbers: list[int] = []
    choose = Fleet.walk

    def noting_choose(fleet: Fleet, number: int) -> Walk:
        numbers.append(number)
        return choose(fleet, number)

    def noting_begin(walk: Walk, profile: Profile) -> None:
        noted[id(walk.steps)] = Example(numbers[-1])
        begin(walk, profile)

    def noting_act(walk: Walk, which: int, wrong: int, picks: int) -> None:
        noted[id(walk.steps)].steps.append((which, wrong, picks))
        act(walk, which, wrong, picks)

    with (
        mock.patch.object(Fleet, "walk", noting_choose),
        mock.patch.object(Walk, "begin", noting_begin),
        mock.patch.object(Walk, "act", noting_act),
    ):
        yield noted


@dataclass
class NotingRun(Run):
    """A run that keeps every finding as it was when it was new, with the numbers that led to it."""

    noted: dict[int, Example] = field(default_factory=dict)
    found: list[tuple[Finding, Example]] = field(default_factory=list)

    def record(self, step: Step, steps: list[Step]) -> None:
        known = set(self.ledger.findings)
        try:
            super().record(step, steps)
        finally:
            example = self.noted[id(steps)]
            for key, finding in self.ledger.findings.items():
                if key not in known:
                    self.found.append((replace(finding), Example(example.number, list(example.steps))))


def cases_of(
    name: str, endpoint: TargetEndpoint, options: Options, wanted: Callable[[Finding], bool]
) -> list[Case]:
    """The wanted findings of a run that ends with the first of them, or else with its budget."""
    run = NotingRun(Model(service.description()), endpoint, endpoint.budget, options, until=wanted)
    with numbers_noted() as run.noted:
        run.explore()
    endpoint.budget.max_requests = None
    return [Case(name, run, finding, example) for finding, example in run.found]


def ours(case: Case) -> tuple[int, int | None, float]:
    """Requests, length of the result (None: not seen again) and CPU seconds of our minimiser."""
    finding = replace(case.finding, steps=list(case.finding.steps))
    minimiser = Minimiser(case.run.model, case.run.replay, case.run.endpoint.now)
    began = time.process_time()
    minimiser.minimise(finding)
    length = len(finding.steps) if finding.confirmed else None
    return finding.requests_to_minimise, length, time.process_time() - began


def theirs(case: Case, most: int, fresh: Callable[[], None]) -> tuple[int, int | None, bool]:
    """Requests of Hypothesis's shrinker, the length of its result (None: never shown), and whether it came to its end."""
    run = case.run
    known = run.commands_of(*AREAS)
    budget = Budget(most)
    endpoint = replace(run.endpoint, budget=budget)
    shown: list[int] = []

    def record(step: Step, steps: list[Step]) -> None:
        for check in step.broken:
            key = (check.requirement.slug, step.request.operation, place(check.path), kind_of(step, check))
            if key == case.finding.key:
                shown.append(len(steps))
                raise Found

    def new_walk(number: int) -> Walk:
        fresh()
        walk = Walk(Judge(run.model, endpoint), known, lambda *_: True, record, waits=run.waits)
        seed = number // SLOTS
        area = AREAS[seed % len(AREAS)]
        walk.begin(profiles.draw(seed, area, sms=run.options.sms, email=run.options.email))
        return walk

    how = settings(
        max_examples=10,
        stateful_step_count=len(case.example.steps) + 1,  # the beginning counts as a step
        phases=[Phase.generate, Phase.shrink],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        backend=BACKEND,
        report_multiple_bugs=False,
        print_blob=False,
    )
    machine = machine_for("shrunk", len(wheel(known)), new_walk)
    ended = True
    with with_reporter(lambda _text: None), chosen_by(Example(case.example.number, case.example.steps)):
        try:
            run_state_machine_as_test(hypothesis.seed(1)(machine), settings=how)
        except Found:
            pass
        except (BudgetSpent, FlakyStrategyDefinition):
            # It gives up where a target answers otherwise the second time, for then the walk draws something else.
            ended = False
        except NotShown:
            return budget.spent, None, True
    return budget.spent, min(shown, default=None), ended


def on_mutants(mutants: int, seed: int) -> Iterator[tuple[Case, Callable[[], None]]]:
    """A finding about each of so many faults of the reference server, where one is found."""
    for mutation in sample(mutants, 3000):
        reference = MutantReference(mutation, seed=seed)
        endpoint = ReferenceEndpoint.of(reference, Budget(600))
        for case in cases_of(
            mutation.id, endpoint, Options(seed=seed, minimise=False), partial(is_about, mutation=mutation)
        ):
            if is_about(case.finding, mutation):
                yield case, reference.reset
                break  # one call often shows a fault in several findings, which are the same to shorten


def on_target(name: str, findings: int, seed: int) -> Iterator[tuple[Case, Callable[[], None]]]:
    """So many findings on a target, evenly spread over those of a run of 600 requests."""
    with open_target(resolve(name)) as running, running.client() as client:
        endpoint = TargetEndpoint(running, client, Budget(600), lacks=set(running.lacks))
        cases = cases_of(name, endpoint, options_for(running, seed), lambda _finding: False)
        for index in range(min(findings, len(cases))):
            yield cases[index * len(cases) // min(findings, len(cases))], lambda: None


def compared(case: Case, fresh: Callable[[], None], most: int) -> dict[str, Any]:
    """Both ways on one finding."""
    requests, length, seconds = ours(case)
    their_requests, their_length, ended = theirs(case, most, fresh)
    return {
        "target": case.name,
        "requirement": case.finding.requirement.slug,
        "operation": case.finding.operation,
        "found with": len(case.finding.steps),
        "ours": {"requests": requests, "length": length, "seconds": seconds},
        "hypothesis": {"requests": their_requests, "length": their_length, "ended": ended},
    }


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians, over the findings that both ways showed again, and the ratios apart by how many calls these were found with."""
    both = [row for row in rows if row["ours"]["length"] and row["hypothesis"]["length"]]
    if not both:
        return {"findings": len(rows), "shown by both": 0}
    ratios = list(map(_ratio, both))
    mine = [row["ours"]["requests"] for row in rows]
    by_length: dict[str, list[float]] = {}
    for row in sorted(both, key=lambda row: int(row["found with"])):
        by_length.setdefault(_lengths(row["found with"]), []).append(_ratio(row))
    return {
        "findings": len(rows),
        "shown by both": len(both),
        "ours, median": statistics.median(mine),
        "ours, worst": max(mine),
        "hypothesis, median": statistics.median(row["hypothesis"]["requests"] for row in both),
        "hypothesis, worst": max(row["hypothesis"]["requests"] for row in both),
        "hypothesis cut off or given up": sum(not row["hypothesis"]["ended"] for row in both),
        "ratio, median": statistics.median(ratios),
        "ours longer": sum(row["ours"]["length"] > row["hypothesis"]["length"] for row in both),
        "ours shorter": sum(row["ours"]["length"] < row["hypothesis"]["length"] for row in both),
        **{
            f"ratio, {calls} calls ({what})": told
            for calls, found in by_length.items()
            for what, told in (("findings", len(found)), ("median", statistics.median(found)))
        },
    }


def _ratio(row: dict[str, Any]) -> float:
    return float(row["hypothesis"]["requests"] / max(1, row["ours"]["requests"]))


def _lengths(calls: int) -> str:
    """The group of a finding that was found with so many calls: one of few leaves hardly anything to shrink."""
    for first, last in ((1, 5), (6, 15), (16, 50)):
        if calls <= last:
            return f"{first} to {last}"
    return "over 50"


@click.command()
@click.option(
    "--mutants", default=40, show_default=True, help="How many faults of the reference to look for."
)
@click.option("--moto", default=16, show_default=True, help="How many findings on moto.")
@click.option("--most", default=10_000, show_default=True, help="Requests after which Hypothesis is cut off.")
@click.option("--seed", default=1, show_default=True)
@OUTPUT
def main(mutants: int, moto: int, most: int, seed: int, output: Path | None) -> None:
    """Shorten findings on mutants of the reference and on moto in both ways, and count the requests."""
    summaries: dict[str, Any] = {}
    rows: dict[str, list[dict[str, Any]]] = {"mutants": [], "moto": []}
    sources = {
        "mutants": on_mutants(mutants, seed) if mutants else (),
        "moto": on_target("moto", moto, seed) if moto else (),
    }
    for where, cases in sources.items():
        for case, fresh in cases:
            rows[where].append(compared(case, fresh, most))
            click.echo(f"{where}: {rows[where][-1]}", err=True)
            summaries[where] = summary(rows[where])
            save(output, {"most": most, "seed": seed, "summaries": summaries, "rows": rows})
    names = list(dict.fromkeys(name for found in summaries.values() for name in found))
    click.echo(
        table(["", *summaries], [[n, *(f"{s.get(n, 0):,.6g}" for s in summaries.values())] for n in names])
    )


if __name__ == "__main__":
    main()
