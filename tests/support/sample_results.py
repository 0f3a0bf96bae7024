"""Results made up for the tests of the report: plausible records, each field of which a test can replace."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance_report.reader import read_results

if TYPE_CHECKING:
    from pathlib import Path

    from conformance_report.records import Results

Record = dict[str, Any]


def header(**fields: Any) -> Record:
    """A header of a run against moto."""
    target = {"name": "moto", "description": "moto", "endpoint": "http://127.0.0.1:5000", "version": "5.2.5"}
    target |= fields.pop("target", {})
    return {
        "kind": "header",
        "format": 1,
        "suite_version": "0.1.0",
        "target": target,
        "started": "2026-11-25T08:49:50+00:00",
        "seed": 7,
        "options": {"max_requests": 1500},
        "python": "3.11.7",
        "botocore": "1.44.5",
        "operations_total": 141,
        "capabilities": ["email-sender"],
    } | fields


def requirement(slug: str, verdict: str = "pass", **fields: Any) -> Record:
    """A requirement with its verdict and counts that fit it."""
    judged = verdict in ("pass", "fail", "flaky")
    return {
        "kind": "requirement",
        "slug": slug,
        "sentence": f"The sentence of {slug}.",
        "level": "MUST",
        "area": slug.split("/", 1)[0],
        "operations": ["SignUp"],
        "provisional": False,
        "verdict": verdict,
        "checks": 10 if judged else 0,
        "failures": 2 if verdict in ("fail", "flaky") else 0,
        "evidence": [evidence("getmoto/moto@0af643a:tests/x.py#L4459")],
        "reason": None,
        "expectation": None,
    } | fields


def evidence(source: str, **fields: Any) -> Record:
    """Evidence seen at `source`."""
    return {"kind": "recorded", "source": source, "confidence": 0.9, "fact": "a-fact", "note": None} | fields


def finding(slug: str, name: str = "f1", **fields: Any) -> Record:
    """A finding that breaks `slug`."""
    return {
        "kind": "finding",
        "id": name,
        "requirement": slug,
        "level": "MUST",
        "provisional": False,
        "downstream": False,
        "flaky": False,
        "confirmed": True,
        "operation": "SignUp",
        "path": None,
        "expected": "UsernameExistsException",
        "observed": "accepted",
        "story": "Let u be the user that SignUp(alice) created. A second SignUp(alice) must be refused.",
        "trace": [
            step(1),
            step(2, answer={"status": 200, "error": None, "message": None, "members": {"n": 2}}),
        ],
        "script": "import boto3\nprint('expected, got')\n",
        "cli": None,
        "pytest": None,
        "requests_to_minimise": 6,
        "seed": 7,
        "first_seen_request": 12,
    } | fields


def step(number: int, **fields: Any) -> Record:
    """A call of a trace."""
    return {
        "step": number,
        "operation": "SignUp",
        "params": {"ClientId": "$ClientId#1", "Username": "alice"},
        "answer": {"status": 400, "error": "NotAuthorizedException", "message": "No.", "members": None},
        "judged": True,
    } | fields


def operation(name: str, **fields: Any) -> Record:
    """An operation that was called ten times."""
    errors = {"NotAuthorizedException": 3, "UserNotFoundException": 1}
    known = {"kind": "operation", "operation": name, "calls": 10, "succeeded": 6, "errors": errors}
    return known | {"unsupported": False} | fields


def footer(records: list[Record], **fields: Any) -> Record:
    """The footer that fits these records."""
    return {
        "kind": "footer",
        "finished": "2026-11-25T08:50:07+00:00",
        "complete": True,
        "reason": "budget",
        "requests": 1500,
        "seconds": 16.5,
        "seconds_in_target": 6.0,
        "verdicts": dict(Counter(r["verdict"] for r in records if r["kind"] == "requirement")),
        "findings": sum(r["kind"] == "finding" for r in records),
    } | fields


def whole(*records: Record, **fields: Any) -> list[Record]:
    """The records of a run that came to its end. `fields` go into the header."""
    between = list(records)
    return [header(**fields), *between, footer(between)]


def typical() -> list[Record]:
    """A run with every kind of record and every verdict."""
    return whole(
        requirement("sign-up/username-is-free", "fail"),
        requirement("sign-up/username-is-free/text", "fail", level="SHOULD"),
        requirement("sign-up/may-say-more", "fail", level="MAY"),
        requirement("groups/name-is-free", "fail", provisional=True),
        requirement("groups/list-is-whole", "flaky"),
        requirement("groups/deletes", "error", reason="timeout"),
        requirement("tokens/are-signed", "pass"),
        requirement("delivery/code-is-sent", "blocked", reason="no inbox"),
        requirement("devices/are-listed", "unsupported", reason="NotImplemented"),
        requirement("devices/are-forgotten", "not exercised"),
        finding("sign-up/username-is-free", "f1"),
        finding("sign-up/username-is-free/text", "f2", level="SHOULD", path="message"),
        finding("sign-up/may-say-more", "f3", level="MAY"),
        finding("groups/name-is-free", "f4", provisional=True),
        finding("groups/list-is-whole", "f5", flaky=True, confirmed=False),
        operation("SignUp"),
        operation("ListDevices", succeeded=0, unsupported=True),
        {"kind": "warning", "text": "90 % of the answers were NotAuthorizedException."},
    )


def save(path: Path, records: list[Record]) -> Path:
    """Write records as they are, checked by nobody."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def results(tmp_path: Path, records: list[Record]) -> Results:
    """Records as a reader finds them."""
    return read_results(save(tmp_path / "results.jsonl", records))
