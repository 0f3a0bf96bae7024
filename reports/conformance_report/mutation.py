"""The calibration of the suite as a page: which seeded faults it finds, how soon, and which it does not."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from conformance_report import bars, pages, problems, words
from conformance_report.validate import explained, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from conformance_report.bars import Segment

STATES = ("killed", "alive", "unobservable")
WITHIN = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
"""Requests at which the page says how much was found."""


class Mutant(TypedDict):
    id: str
    operation: str
    kind: str
    requirement: str | None
    description: str
    killed: bool
    by: str | None
    requests: int | None
    depth: int | None
    observable: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """Mutants that have something in common."""

    name: str
    counts: Mapping[str, int]
    median: str

    @property
    def score(self) -> str:
        """Killed of those that a client can observe."""
        return score(self.counts)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """A bar without labels."""
        return bars.segments(self.counts, labels=False)

    @property
    def told(self) -> str:
        """The bar in words."""
        return bars.in_words(self.counts)


@dataclass(frozen=True, slots=True)
class Table:
    """One way to group the mutants."""

    id: str
    title: str
    column: str
    rows: tuple[Row, ...]


def render_mutation(results: Mapping[str, Any]) -> str:
    """The page of `{"budget": requests, "mutants": [...]}`, as schema/mutation.schema.json has it.

    A mutant counts as alive where it was not killed though a client could observe it. Raises InvalidRecord.
    """
    complaint = best_match(Draft202012Validator(schema("mutation")).iter_errors(results))
    if complaint is not None:
        raise problems.InvalidRecord(f"mutation results {explained(complaint)}")
    mutants: list[Mutant] = list(results["mutants"])
    counts = _counts(mutants)
    return pages.render(
        "mutation.html",
        budget=results["budget"],
        counts=counts,
        headline=_headline(counts),
        mutants=[(state_of(mutant), mutant) for mutant in mutants],
        score=score(counts),
        segments=bars.segments(counts),
        survivors=[mutant for mutant in mutants if state_of(mutant) == "alive"],
        tables=tuple(_tables(mutants)),
        told=bars.in_words(counts),
        within=tuple(_within(mutants, results["budget"])),
    )


def state_of(mutant: Mutant) -> str:
    """alive, killed, or unobservable."""
    if mutant["killed"]:
        return "killed"
    return "alive" if mutant["observable"] else "unobservable"


def score(counts: Mapping[str, int]) -> str:
    """Killed of those that a client can observe, rounded down: 0.90 says that 0.90 was reached."""
    observable = counts["killed"] + counts["alive"]
    return f"{counts['killed'] * 100 // observable / 100:.2f}" if observable else "—"


def _headline(counts: Mapping[str, int]) -> str:
    observable = counts["killed"] + counts["alive"]
    if not observable:
        return "No mutant was run that a client could observe: this says nothing about the suite."
    of = words.counted(observable, "mutant")
    return f"The suite kills {counts['killed']:,} of {of} that a client can observe."


def _counts(mutants: Sequence[Mutant]) -> dict[str, int]:
    found = Counter(map(state_of, mutants))
    return {state: found[state] for state in STATES}


def _tables(mutants: Sequence[Mutant]) -> Iterator[Table]:
    yield _table("kinds", "By kind of fault", "Kind", mutants, lambda m: m["kind"])
    yield _table("depths", "By depth", "Calls in the shortest trace", mutants, _depth)
    yield _table("operations", "By operation", "Operation", mutants, lambda m: m["operation"])
    yield _table("requirements", "By requirement", "Requirement", mutants, _broken)


def _table(
    name: str, title: str, column: str, mutants: Sequence[Mutant], key: Callable[[Mutant], str]
) -> Table:
    groups: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        groups[key(mutant)].append(mutant)
    rows = [Row(group, _counts(of_it), _median(of_it)) for group, of_it in groups.items()]
    by_depth = name == "depths"
    rows.sort(key=(lambda row: (not row.name.isdecimal(), row.name.zfill(9))) if by_depth else _weakness)
    return Table(name, title, column, tuple(rows))


def _weakness(row: Row) -> tuple[float, int, str]:
    """The lowest score first, and where it is equal the one with more mutants alive."""
    observable = row.counts["killed"] + row.counts["alive"]
    return (row.counts["killed"] / observable if observable else 2.0, -row.counts["alive"], row.name)


def _broken(mutant: Mutant) -> str:
    return mutant["requirement"] or "none named"


def _depth(mutant: Mutant) -> str:
    return "unknown" if mutant["depth"] is None else str(mutant["depth"])


def _median(mutants: Sequence[Mutant]) -> str:
    requests = [m["requests"] for m in mutants if m["killed"] and m["requests"] is not None]
    return f"{statistics.median_low(requests):,}" if requests else "—"


def _within(mutants: Sequence[Mutant], budget: int) -> Iterator[Row]:
    """How many were dead after so many requests each."""
    observable = [m for m in mutants if state_of(m) != "unobservable"]
    for most in [*(limit for limit in WITHIN if limit < budget), budget]:
        dead = sum(m["killed"] and m["requests"] is not None and m["requests"] <= most for m in observable)
        yield Row(f"{most:,}", {"killed": dead, "alive": len(observable) - dead, "unobservable": 0}, "")
