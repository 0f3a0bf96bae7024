"""What is written down of each mutant: killed by what and when, alive and why, or that no client can see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cognito_conformance.calibration.hunt import Kill
from cognito_conformance.calibration.mutations import Mutation


def record_of(kill: Kill) -> dict[str, Any]:
    """The record of a mutant that was hunted."""
    if kill.requirement is not None:
        return _record(
            kill.mutation, killed=True, by=kill.requirement, requests=kill.requests, depth=kill.depth
        )
    if kill.crashed:
        return unseen(kill.mutation, "it makes the server fail, which is another fault")
    return _record(kill.mutation, reason=why_alive(kill))


def unseen(mutation: Mutation, why: str) -> dict[str, Any]:
    """The record of a mutant that no client can tell from the right server."""
    return _record(mutation, observable=False, reason=why)


def is_alive(record: Mapping[str, Any]) -> bool:
    """Whether a client could have seen the fault of the record, and the suite did not."""
    return bool(record["observable"]) and not record["killed"]


def when_asked(record: Mapping[str, Any], kill: Kill) -> dict[str, Any]:
    """The record of a mutant that lives, with what a run aimed at its requirement came to. It stays alive."""
    found = "does not find it either" if kill.requirement is None else "finds it"
    asked = f"a run aimed at the requirement {found}, in {kill.requests:,} requests"
    return {**record, "reason": f"{str(record['reason']).split('; a run aimed')[0]}; {asked}"}


def why_alive(kill: Kill) -> str:
    """What the run lacked that did not find a fault."""
    if kill.passed is None:
        return f"in {kill.requests:,} requests the run never came to it"
    return f"the run came to it with request {kill.passed:,}, and until request {kill.requests:,} nothing about it broke"


def told(records: Iterable[Mapping[str, Any]]) -> str:
    """The score in a sentence, and by kind of fault."""
    records = list(records)
    by_kind: dict[str, Counter[bool]] = {}
    for record in records:
        if record["observable"]:
            by_kind.setdefault(record["kind"], Counter())[record["killed"]] += 1
    kinds = ", ".join(f"{kind} {count[True]}/{count.total()}" for kind, count in sorted(by_kind.items()))
    killed = sum(count[True] for count in by_kind.values())
    observable = sum(count.total() for count in by_kind.values())
    return (
        f"mutation score {killed / max(1, observable):.3f}: {killed} of {observable} that a client can observe, "
        f"{len(records)} in all ({kinds})"
    )


def _record(mutation: Mutation, **verdict: Any) -> dict[str, Any]:
    kind, place = mutation.fault.value, f"{mutation.point} {mutation.field}".rstrip()
    return {
        "id": mutation.id,
        "operation": mutation.operation,
        "kind": kind,
        "requirement": mutation.point if "/" in mutation.point else verdict.get("by"),
        "description": f"{kind} in {mutation.operation}: {place}",
        "killed": False,
        "by": None,
        "requests": None,
        "depth": None,
        "observable": True,
        "reason": None,
        **verdict,
    }
