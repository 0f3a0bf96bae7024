"""Reads results.jsonl, whole or cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from conformance_report import problems
from conformance_report.records import FindingRecord, FooterRecord, HeaderRecord, RequirementRecord, Results
from conformance_report.validate import Order, check_record

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDESCRIBED = "(The file ends before it says what this requirement is.)"


def read_results(path: Path | str) -> Results:
    """The results that a file holds.

    A file without a footer, its last line torn or not, comes of a run that was killed or is still going on:
    it can be read, and is not `complete`. Raises OSError, or a ResultsProblem for what no run leaves behind.
    """
    order = Order()
    found: dict[str, list[Any]] = {
        kind: [] for kind in ("header", "requirement", "finding", "operation", "warning", "footer")
    }
    for line, record in _records(Path(path), order):
        check_record(record, line)
        order.admit(record, line)
        found[record["kind"]].append(record)
    if not order.begun:
        raise problems.MissingHeader("the file is empty")
    header, footer = cast("list[HeaderRecord]", found["header"]), cast("list[FooterRecord]", found["footer"])
    if not footer:
        found["requirement"] += _undescribed(found["finding"], set(order.orphans.values()))
    return Results(
        header[0],
        tuple(found["requirement"]),
        tuple(found["finding"]),
        tuple(found["operation"]),
        tuple(found["warning"]),
        footer[0] if footer else None,
    )


def _records(path: Path, order: Order) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line's number and object, the last line left out where it is torn."""
    broken: int | None = None
    with path.open("rb") as file:
        for line, raw in enumerate(file, 1):
            if broken is not None:
                raise problems.BrokenLine("this is no JSON object", broken)
            record = _object(raw)
            if record is None:
                if not order.begun:
                    raise problems.NotResults("this is no JSON object", line)
                if order.closed:
                    raise problems.RecordAfterFooter("something that is no record follows the footer", line)
                broken = line
            elif "kind" not in record and not order.begun:
                raise problems.NotResults("this object does not say its kind", line)
            else:
                yield line, record


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _undescribed(findings: list[FindingRecord], slugs: set[str]) -> Iterator[RequirementRecord]:
    """What the findings of a cut file say of requirements whose own lines did not come to be written."""
    for slug in sorted(slugs):
        of_it = [finding for finding in findings if finding["requirement"] == slug]
        yield {
            "kind": "requirement",
            "slug": slug,
            "sentence": UNDESCRIBED,
            "level": of_it[0]["level"],
            "area": slug.split("/", 1)[0],
            "operations": sorted({finding["operation"] for finding in of_it}),
            "provisional": of_it[0]["provisional"],
            "verdict": "flaky"
            if all(finding["flaky"] or finding["downstream"] for finding in of_it)
            else "fail",
            "checks": len(of_it),
            "failures": len(of_it),
            "evidence": [],
            "reason": None,
            "expectation": None,
        }
