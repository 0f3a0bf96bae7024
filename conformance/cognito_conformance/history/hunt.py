"""From an entry to what is said of it: a trial of its two releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.engine.run import Run
from cognito_conformance.history import runs
from cognito_conformance.history.concern import Concern, concern_of
from cognito_conformance.history.corpus import Entry
from cognito_conformance.history.decide import Answer
from cognito_conformance.history.releases import Release, beside_usual, describe
from cognito_conformance.history.runs import Order
from cognito_conformance.history.tell import Row
from cognito_conformance.targets import TargetError

BEGIN = "CreateUserPool"


@dataclass
class Hunt:
    """How each entry is looked for. A pair of releases that failed once is not tried again (`lost`)."""

    seed: int
    requests: int
    say: Callable[[str], None]
    progress: Callable[[Run], None] = lambda run: None
    anew: bool = False
    """Whether to look again for what an earlier text of the suite has found."""
    lost: dict[tuple[Release, Release], str] = field(default_factory=dict)

    def rows(self, entries: Sequence[Entry]) -> Iterator[Row]:
        """What is said of each entry, as it becomes known. Raises CorpusProblem and Interrupted."""
        concerns = [concern_of(entry) for entry in entries]
        for entry, concern in zip(entries, concerns, strict=True):
            yield self.row(entry, concern)

    def order(self, entry: Entry, concern: Concern) -> Order:
        """The trial of the release that had the bug and of the one that had it no more. Raises TargetError."""
        broken, mended = (
            Release(entry.emulator, version, beside_usual(entry.emulator, entry.environment), concern.region)
            for version in (entry.broken, entry.fixed)
        )
        words = f"{entry.title} {entry.aws_behaviour} {entry.divergent_behaviour}"
        return Order(broken, mended, concern, words, self.seed, self.requests)

    def row(self, entry: Entry, concern: Concern) -> Row:
        """What is said of an entry."""
        if concern.unreachable is not None:
            return Row(entry, concern, Answer.NOT_REACHABLE, concern.unreachable)
        try:
            order = self.order(entry, concern)
            lacking = describe(order.broken).lacks
        except TargetError as problem:
            return Row(entry, concern, Answer.NOT_REACHABLE, str(problem))
        if all(operation in lacking for operation in concern.operations):
            reason = f"{entry.emulator} has no {' or '.join(concern.operations)}"
            return Row(entry, concern, Answer.NOT_REACHABLE, reason)
        pair = order.broken, order.mended
        if pair in self.lost:
            return Row(entry, concern, Answer.NOT_REACHABLE, self.lost[pair])
        try:
            record = runs.kept(order, anew=self.anew)
            if record is None:
                self.say(
                    f"{order.broken.name}, then {order.mended.version}: at most {order.requests} requests each"
                )
                record = runs.make(order, say=self.say, progress=self.progress)
        except TargetError as problem:
            self.lost[pair] = f"{order.broken.name} or {order.mended.version} cannot be run: {problem}"
            return Row(entry, concern, Answer.NOT_REACHABLE, self.lost[pair])
        except runs.Interrupted:
            raise
        except Exception as problem:  # noqa: BLE001 - a fault of the suite is no excuse, and the others go on
            reason = f"the suite failed on {order.broken.name}: {type(problem).__name__}: {problem}"
            return Row(entry, concern, Answer.NOT_FOUND, reason)
        return _told(entry, concern, record)


def _told(entry: Entry, concern: Concern, record: dict[str, Any]) -> Row:
    if record["proofs"]:
        return Row(entry, concern, Answer.FOUND, None, record)
    if record["ended"] != "budget":
        reason = f"{record['broken']}: {record['ended']}"
        return Row(entry, concern, Answer.NOT_REACHABLE, reason, record)
    answered = record["operations"]
    asked = [name for name in concern.operations if name in answered]
    if _lacks(answered, BEGIN):
        reason = f"{record['broken']} says itself that it has no {BEGIN}, with which every run begins"
        return Row(entry, concern, Answer.NOT_REACHABLE, reason, record)
    if asked and all(_lacks(answered, name) for name in asked):
        reason = (
            f"{record['broken']} says itself that it has no {' or '.join(asked)}: unsupported, and not broken"
        )
        return Row(entry, concern, Answer.NOT_REACHABLE, reason, record)
    return Row(entry, concern, Answer.NOT_FOUND, _why_not(concern, record), record)


def _lacks(answered: dict[str, Any], operation: str) -> bool:
    """Whether the release said of every call to the operation that it has none."""
    tally = answered.get(operation, {"calls": 0})
    return bool(tally["calls"] > 0 and tally["unsupported"] == tally["calls"])


def _why_not(concern: Concern, record: dict[str, Any]) -> str:
    """What the trial shows of the bug's operations, where nothing tells it."""
    uncalled = [name for name in concern.operations if name not in record["operations"]]
    if uncalled:
        return f"{', '.join(uncalled)} was not called on the release that had it"
    failing = [name for name in concern.operations if not record["operations"][name]["succeeded"]]
    never = f"; never succeeded: {', '.join(failing)}" if failing else ""
    if record["still"]:
        return f"broken before and after: {', '.join(list(record['still'])[:4])}{never}"
    if record["untold"]:
        return f"broken before, not judged by the same calls after: {', '.join(list(record['untold'])[:4])}{never}"
    if record["findings"]:
        return (
            f"nothing of what the entry speaks of was broken, but {', '.join(record['findings'][:4])}{never}"
        )
    return f"nothing was broken on its operations{never}"
