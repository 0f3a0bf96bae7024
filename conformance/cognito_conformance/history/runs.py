"""Runs of the suite against releases, each made once and kept."""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.engine.verdicts import verdict_of
from cognito_conformance.history.releases import Release, describe
from cognito_conformance.judge.judge import Fate, Step
from cognito_conformance.targets import TargetError, open_target
from cognito_conformance.targets.environments import cache_folder
from cognito_conformance.wire import service
from cognito_model.model import Model

PACKAGES = ("cognito_conformance", "cognito_model")
ASIDE = "history"
"""The part of the suite that a run's outcome does not depend on."""


@dataclass(frozen=True, slots=True)
class Order:
    """One run: a release, and how it is explored. `aim` are operations; with none, everything is of equal interest."""

    release: Release
    seed: int
    requests: int
    aim: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where the run is kept, by all that its outcome depends on."""
        said = json.dumps([asdict(self), suite_version()], sort_keys=True)
        digest = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
        return cache_folder() / "history" / f"{self.release.title}-{self.release.version}-{digest}.json"


@dataclass
class ByOperation(Ledger):
    """A ledger that counts each requirement for each operation too, as [checks, failures]."""

    judged: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def record(self, step: Step, steps: list[Step], request: int) -> list[Finding]:
        """Count a step; the findings that are new with it."""
        if step.fate is Fate.JUDGED:
            held: dict[str, bool] = {}
            for check in step.checks:
                held[check.requirement.slug] = held.get(check.requirement.slug, True) and check.held
            for slug, well in held.items():
                counts = self.judged.setdefault((slug, step.request.operation), [0, 0])
                counts[0] += 1
                counts[1] += not well
        return super().record(step, steps, request)


class Interrupted(Exception):
    """The user ended the run."""


@functools.cache
def suite_version() -> str:
    """A digest of the suite's and the model's own text: a run of another text is another run."""
    digest = hashlib.blake2b(digest_size=8)
    for package in PACKAGES:
        folder = Path(str(__import__(package).__file__)).parent
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.suffix in (".py", ".toml", ".json", ".gz") and ASIDE not in inside.parts:
                digest.update(str(inside).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def kept(order: Order) -> dict[str, Any] | None:
    """The record of a run that was made before."""
    try:
        record: dict[str, Any] = json.loads(order.path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return record


def make(
    order: Order, *, say: Callable[[str], None], progress: Callable[[Run], None] = lambda run: None
) -> dict[str, Any]:
    """The record of a run, made now if it was not before. Raises TargetError and Interrupted."""
    known = kept(order)
    if known is not None:
        return known
    budget = Budget(order.requests)
    with (
        open_target(describe(order.release), on_progress=say) as target,
        target.client(timeout=30.0) as client,
    ):
        # What is found need not be made short: whether the other release shows it too says more than a replay.
        options = Options(
            seed=order.seed,
            operations=frozenset(order.aim),
            minimise=False,
            sms="sms" in target.capabilities,
            email="email-sender" in target.capabilities,
            clock="clock" in target.capabilities,
        )
        endpoint = TargetEndpoint(target, client, budget, lacks=set(target.lacks))
        ledger = ByOperation()
        run = Run(Model(service.description()), endpoint, budget, options, progress, ledger=ledger)
        try:
            run.explore()
        except TargetError as problem:
            # The target runs, so it is no reason not to have run it.
            raise RuntimeError(str(problem)) from problem
    if run.ended == "interrupted":
        raise Interrupted
    record = record_of(order, run, ledger)
    order.path.parent.mkdir(parents=True, exist_ok=True)
    written = order.path.with_suffix(".new")
    written.write_text(json.dumps(record), encoding="utf-8")
    written.replace(order.path)
    return record


def record_of(order: Order, run: Run, ledger: ByOperation) -> dict[str, Any]:
    """What is kept of a run."""
    found: dict[str, list[Finding]] = {}
    for finding in ledger.findings.values():
        found.setdefault(finding.requirement.slug, []).append(finding)
    return {
        "release": order.release.name,
        "seed": order.seed,
        "aim": list(order.aim),
        "suite": suite_version(),
        "ended": run.ended,
        "requests": run.budget.spent,
        "verdicts": {
            requirement.slug: verdict_of(tally, found.get(requirement.slug, ())).value
            for requirement, tally in ledger.tallies.items()
        },
        "reasons": dict(Counter(t.reason for t in ledger.tallies.values() if t.reason).most_common(5)),
        "counts": {f"{slug} {operation}": counts for (slug, operation), counts in ledger.judged.items()},
        "operations": {
            name: {"calls": tally.calls, "succeeded": tally.succeeded, "unsupported": tally.unsupported}
            for name, tally in ledger.operations.items()
        },
        "findings": [_finding(finding) for finding in ledger.findings.values()],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    expected, observed = results.texts(finding)
    return {
        "requirement": finding.requirement.slug,
        "operation": finding.operation,
        "path": finding.path,
        "kind": finding.kind,
        "expected": expected,
        "observed": observed,
        "downstream": finding.downstream,
        "seen": finding.seen,
        "first": finding.first_seen,
        "calls": [step.request.operation for step in finding.steps],
    }
