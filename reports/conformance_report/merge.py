"""Joins the results of the workers or shards of one run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance_report import problems
from conformance_report.reader import read_results
from conformance_report.records import (
    VERDICTS,
    FindingRecord,
    FooterRecord,
    HeaderRecord,
    OperationRecord,
    RequirementRecord,
    Results,
    Verdict,
)
from conformance_report.writer import ResultsWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def merge(parts: Sequence[Results]) -> Results:
    """One result of several parts: the gravest verdict wins, counts add up, findings are told apart by id.

    The seconds add up as well, and `parts` says of how many; the order of the records is that of the parts.
    Raises PartsDisagree where suite or target differ, and NothingToMerge.
    """
    if not parts:
        raise problems.NothingToMerge("there are no parts")
    _check_kinship([part.header for part in parts])
    findings = _findings(parts)
    requirements = _requirements(parts, findings)
    return Results(
        _header(parts),
        requirements,
        findings,
        _operations(parts),
        tuple({record["text"]: record for part in parts for record in part.warnings}.values()),
        _footer(parts, Counter(r["verdict"] for r in requirements), len(findings)),
    )


def merge_files(parts: Iterable[Path], output: Path) -> Results:
    """Read the parts, write one file, and return what it holds. Raises OSError or a ResultsProblem."""
    merged = merge([read_results(part) for part in parts])
    with ResultsWriter(output) as lines:
        for record in merged.records():
            lines.write(record)
    return merged


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that wins where parts of a run differ."""
    return min(verdicts, key=VERDICTS.index)


def _check_kinship(headers: Sequence[HeaderRecord]) -> None:
    def kin(header: HeaderRecord) -> dict[str, Any]:
        target = header["target"]
        return {
            "suite version": header["suite_version"],
            "target": target["name"],
            "target version": target["version"],
        }

    first = kin(headers[0])
    for number, header in enumerate(headers[1:], 2):
        for name, value in kin(header).items():
            if value != first[name]:
                raise problems.PartsDisagree(f"part 1 has {name} {first[name]}, part {number} has {value}")


def _header(parts: Sequence[Results]) -> HeaderRecord:
    header = parts[0].header.copy()
    header["started"] = min(part.header["started"] for part in parts)
    return header


def _requirements(
    parts: Sequence[Results], findings: Sequence[FindingRecord]
) -> tuple[RequirementRecord, ...]:
    by_slug: dict[str, list[RequirementRecord]] = {}
    for part in parts:
        for record in part.requirements:
            by_slug.setdefault(record["slug"], []).append(record)
    clear = {
        finding["requirement"] for finding in findings if not (finding["flaky"] or finding["downstream"])
    }
    gone = {finding["requirement"] for finding in findings} - clear
    return tuple(_joined(records, flaky=slug in gone) for slug, records in by_slug.items())


def _joined(records: Sequence[RequirementRecord], *, flaky: bool) -> RequirementRecord:
    """One record of several; `flaky` says that no finding of the requirement speaks for itself."""
    verdict = gravest(record["verdict"] for record in records)
    with_it = [record for record in records if record["verdict"] == verdict]
    # A part that was cut may know the requirement from a finding only, and so without its evidence.
    joined = max(with_it, key=lambda record: len(record["evidence"])).copy()
    if flaky and verdict == "fail":
        joined["verdict"] = "flaky"
    joined["checks"] = sum(record["checks"] for record in records)
    joined["failures"] = sum(record["failures"] for record in records)
    joined["reason"] = next((record["reason"] for record in with_it if record["reason"]), None)
    joined["expectation"] = next((record["expectation"] for record in records if record["expectation"]), None)
    return joined


def _findings(parts: Sequence[Results]) -> tuple[FindingRecord, ...]:
    best: dict[str, FindingRecord] = {}
    for part in parts:
        for record in part.findings:
            known = best.get(record["id"])
            if known is None or _worth(record) < _worth(known):
                best[record["id"]] = record
    return tuple(best.values())


def _worth(finding: FindingRecord) -> tuple[int, bool, bool, bool, int, int]:
    """How good a trace is, best first: it was replayed, and came back; it is there; nothing precedes it; it is short.

    One part replays for all: what did not come back there is flaky, though another part saw it once too.
    """
    return (
        {True: 0, False: 1, None: 2}[finding["confirmed"]],
        not finding["trace"],
        finding["flaky"],
        finding["downstream"],
        len(finding["trace"]),
        finding["first_seen_request"],
    )


def _operations(parts: Sequence[Results]) -> tuple[OperationRecord, ...]:
    by_name: dict[str, OperationRecord] = {}
    for part in parts:
        for record in part.operations:
            known = by_name.get(record["operation"])
            by_name[record["operation"]] = record if known is None else _added(known, record)
    return tuple(by_name[name] for name in sorted(by_name))


def _added(one: OperationRecord, other: OperationRecord) -> OperationRecord:
    errors = Counter(one["errors"]) + Counter(other["errors"])
    return {
        "kind": "operation",
        "operation": one["operation"],
        "calls": one["calls"] + other["calls"],
        "succeeded": one["succeeded"] + other["succeeded"],
        "errors": dict(sorted(errors.items(), key=lambda item: (-item[1], item[0]))),
        "unsupported": one["unsupported"] or other["unsupported"],
    }


def _footer(parts: Sequence[Results], verdicts: Counter[str], findings: int) -> FooterRecord:
    footers = [part.footer for part in parts if part.footer is not None]
    reasons = [part.reason for part in parts if not part.complete] or [part.reason for part in parts]
    return {
        "kind": "footer",
        "finished": max(
            [footer["finished"] for footer in footers] or [part.header["started"] for part in parts]
        ),
        "complete": all(part.complete for part in parts),
        "reason": "; ".join(dict.fromkeys(reason for reason in reasons if reason)) or None,
        "requests": sum(part.requests for part in parts),
        "seconds": round(sum(footer["seconds"] for footer in footers), 3),
        "seconds_in_target": round(sum(footer["seconds_in_target"] for footer in footers), 3),
        "verdicts": {verdict: verdicts[verdict] for verdict in VERDICTS},
        "findings": findings,
        "parts": sum(1 if part.footer is None else part.footer.get("parts", 1) for part in parts),
    }
