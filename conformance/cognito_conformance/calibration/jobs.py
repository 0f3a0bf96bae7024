"""The runs that a calibration takes, and the processes that make them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cognito_conformance.calibration.forked import hunt_all, suite
from cognito_conformance.calibration.hunt import Kill
from cognito_conformance.calibration.mutations import Mutation
from cognito_conformance.machines.areas import AREAS

TOGETHER = 120
"""So many mutants are split off one run; what is done is written down after each such run."""


@dataclass(frozen=True)
class Job:
    """Mutants that are hunted in one run."""

    mutations: tuple[Mutation, ...]
    budget: int
    seed: int
    patience: int
    planner: bool
    areas: tuple[str, ...] = AREAS
    requirements: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()


def hunt_job(job: Job) -> list[Kill]:
    """How the mutants of a job ended."""
    conduct = suite(
        planner=job.planner, areas=job.areas, requirements=job.requirements, operations=job.operations
    )
    return hunt_all(conduct, job.mutations, job.budget, job.seed, patience=job.patience)


def shared(
    mutations: Sequence[Mutation],
    budget: int,
    seed: int,
    patience: int,
    *,
    planner: bool,
    areas: tuple[str, ...] = AREAS,
) -> list[Job]:
    """Runs of the suite that have all of these mutants between them."""
    parts = -(-len(mutations) // TOGETHER)
    return [
        Job(tuple(mutations[part::parts]), budget, seed, patience, planner, areas) for part in range(parts)
    ]


def aimed(survivors: Iterable[Mutation], budget: int, seed: int) -> list[Job]:
    """Runs aimed at what survived: at the requirement of a guard or an effect, and at the operation."""
    points: dict[tuple[str, str | None], list[Mutation]] = {}
    for mutation in survivors:
        slug = mutation.point if "/" in mutation.point else None
        points.setdefault((mutation.operation, slug), []).append(mutation)
    return [
        Job(
            tuple(found),
            budget,
            seed,
            budget,
            planner=True,
            requirements=frozenset(() if slug is None else (slug,)),
            operations=frozenset({operation}),
        )
        for (operation, slug), found in points.items()
    ]


def in_parallel(jobs: list[Job], workers: int) -> Iterator[list[Kill]]:
    """The kills of each job, as the processes come to their ends."""
    if workers == 1:
        yield from map(hunt_job, jobs)
        return
    with multiprocessing.get_context("forkserver").Pool(workers, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(hunt_job, jobs)
