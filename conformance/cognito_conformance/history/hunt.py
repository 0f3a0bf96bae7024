"""From an entry to what is said of it: both releases run, the runs compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.engine.run import Run
from cognito_conformance.history import runs
from cognito_conformance.history.concern import Concern, concern_of
from cognito_conformance.history.corpus import Entry
from cognito_conformance.history.decide import Answer, proofs
from cognito_conformance.history.releases import Release, beside_usual, describe
from cognito_conformance.history.runs import Order
from cognito_conformance.history.tell import Row
from cognito_conformance.targets import TargetError
from cognito_model.requirements import catalogue


@dataclass
class Hunt:
    """How each entry is looked for. A release that failed once is not tried again (`broken`)."""

    seed: int
    requests: int
    aimed: bool
    say: Callable[[str], None]
    progress: Callable[[Run], None] = lambda run: None
    broken: dict[Release, str] = field(default_factory=dict)
    failed: dict[Order, str] = field(default_factory=dict)
    """Runs in which the suite itself failed: what they should have found counts as not found."""

    def rows(self, entries: Sequence[Entry]) -> Iterator[Row]:
        """What is said of each entry, as it becomes known. Raises CorpusProblem and Interrupted."""
        concerns = [concern_of(entry) for entry in entries]
        for entry, concern in zip(entries, concerns, strict=True):
            yield self.row(entry, concern)

    def orders(self, entry: Entry, concern: Concern) -> list[Order]:
        """The runs on the release that had the bug and on the one that had it no more."""
        aim = tuple(sorted(concern.operations)) if self.aimed else ()
        return [
            Order(
                Release(
                    entry.emulator, version, beside_usual(entry.emulator, entry.environment), concern.region
                ),
                self.seed,
                self.requests,
                aim,
            )
            for version in (entry.broken, entry.fixed)
        ]

    def row(self, entry: Entry, concern: Concern) -> Row:
        """What is said of an entry."""
        if concern.unreachable is not None:
            return Row(entry, concern, Answer.NOT_REACHABLE, reason=concern.unreachable)
        try:
            orders = self.orders(entry, concern)
        except TargetError as problem:
            return Row(entry, concern, Answer.NOT_REACHABLE, reason=str(problem))
        records: list[dict[str, Any]] = []
        for order in orders:
            record = self._record(order)
            if order in self.failed:
                return Row(entry, concern, Answer.NOT_FOUND, reason=self.failed[order])
            if record is None:
                return Row(entry, concern, Answer.NOT_REACHABLE, reason=self.broken[order.release])
            records.append(record)
        before, after = records
        lacking = describe(orders[0].release).lacks
        if all(operation in lacking for operation in concern.operations):
            reason = f"{entry.emulator} has no {' or '.join(concern.operations)}"
            return Row(entry, concern, Answer.NOT_REACHABLE, reason=reason)
        words = f"{entry.title} {entry.aws_behaviour} {entry.divergent_behaviour}"
        told = proofs(concern, words, before, after, catalogue())
        if told:
            return Row(entry, concern, Answer.FOUND, tuple(told))
        return Row(entry, concern, Answer.NOT_FOUND, reason=_why_not(concern, before, after))

    def _record(self, order: Order) -> dict[str, Any] | None:
        """The record of a run; None where the release cannot be run, and `broken` says why."""
        if order.release in self.broken or order in self.failed:
            return None
        if runs.kept(order) is None:
            self.say(f"{order.release.name}: {order.requests} requests")
        try:
            record = runs.make(order, say=self.say, progress=self.progress)
        except TargetError as problem:
            self.broken[order.release] = f"{order.release.name} cannot be run: {problem}"
            return None
        except runs.Interrupted:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever it is, the other entries have their answer
            self.failed[order] = (
                f"the suite failed on {order.release.name}: {type(problem).__name__}: {problem}"
            )
            return None
        if record["ended"] != "budget":
            self.broken[order.release] = f"{order.release.name}: {record['ended']}"
            return None
        return record


def _why_not(concern: Concern, before: dict[str, Any], after: dict[str, Any]) -> str:
    """What the runs show of the bug's operations, where no verdict on them differs."""
    uncalled = [name for name in concern.operations if name not in before["operations"]]
    if uncalled:
        return f"{', '.join(uncalled)} was not called on the release that had it"
    broken = {f["requirement"] for f in before["findings"] if f["operation"] in concern.operations}
    still = {f["requirement"] for f in after["findings"] if f["operation"] in concern.operations}
    if broken & still:
        return f"no verdict differs; broken before and after: {', '.join(sorted(broken & still)[:4])}"
    return "no verdict on its operations differs"
