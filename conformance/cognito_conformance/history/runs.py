"""Trials of pairs of releases, each made once and kept."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.history.concern import Concern
from cognito_conformance.history.releases import Release, describe
from cognito_conformance.history.trial import Trial
from cognito_conformance.targets import TargetError, open_target
from cognito_conformance.targets.environments import cache_folder
from cognito_conformance.wire import service
from cognito_model.model import Model
from cognito_model.requirements import catalogue

PACKAGES = ("cognito_conformance", "cognito_model")
FEW = 20
"""An error that more requirements of the operations raise names none of them."""
ASIDE = frozenset({"history/__main__.py", "history/hunt.py", "history/tell.py"})
"""Parts of the suite that a trial's outcome does not depend on."""


@dataclass(frozen=True, slots=True)
class Order:
    """One trial: the release that had the bug, the one that had it no more, what the bug is about and in which words, and what may be
    spent on each.
    """

    broken: Release
    mended: Release
    concern: Concern
    words: str
    seed: int
    requests: int

    @property
    def path(self) -> Path:
        """Where the record is kept, by all that it depends on but the text of the suite."""
        said = json.dumps(asdict(self), sort_keys=True, default=sorted)
        digest = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
        return cache_folder() / "history" / f"{self.broken.title}-{self.broken.version}-{digest}.json"


class Interrupted(Exception):
    """The user ended the trial."""


@functools.cache
def suite_version() -> str:
    """A digest of the suite's and the model's own text: a trial by another text is another trial."""
    digest = hashlib.blake2b(digest_size=8)
    for package in PACKAGES:
        folder = Path(str(__import__(package).__file__)).parent
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).as_posix()
            if path.suffix in (".py", ".toml", ".json", ".gz") and inside not in ASIDE:
                digest.update(inside.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def kept(order: Order, *, anew: bool = False) -> dict[str, Any] | None:
    """The record of a trial that was made before: by this text of the suite, or by an earlier one that found the bug.

    With `anew` by this one alone. A trial in which a release stopped answering is made again: next time it may not.
    """
    try:
        record: dict[str, Any] = json.loads(order.path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if record["ended"] != "budget":
        return None
    return record if record["suite"] == suite_version() or (record["proofs"] and not anew) else None


def make(
    order: Order, *, say: Callable[[str], None], progress: Callable[[Run], None] = lambda run: None
) -> dict[str, Any]:
    """The record of a trial, which is kept. Raises TargetError and Interrupted."""
    with ExitStack() as both:
        broken = _endpoint(both, order.broken, order.requests, say)
        mended = _endpoint(both, order.mended, order.requests, say)
        try:
            record = _try(order, broken, mended, progress)
        except TargetError as problem:
            # The targets run, so it is no reason not to have run them.
            raise RuntimeError(str(problem)) from problem
    order.path.parent.mkdir(parents=True, exist_ok=True)
    written = order.path.with_suffix(".new")
    written.write_text(json.dumps(record), encoding="utf-8")
    written.replace(order.path)
    return record


def _endpoint(both: ExitStack, release: Release, requests: int, say: Callable[[str], None]) -> TargetEndpoint:
    target = both.enter_context(open_target(describe(release), on_progress=say))
    client = both.enter_context(contextlib.closing(target.client(timeout=30.0)))
    return TargetEndpoint(target, client, Budget(requests), lacks=set(target.lacks))


def _try(
    order: Order, broken: TargetEndpoint, mended: TargetEndpoint, progress: Callable[[Run], None]
) -> dict[str, Any]:
    capabilities = broken.target.capabilities
    options = Options(
        seed=order.seed,
        operations=frozenset(order.concern.operations),
        requirements=named(order.concern),
        minimise=False,
        sms="sms" in capabilities,
        email="email-sender" in capabilities,
        clock="clock" in capabilities,
        functions=frozenset(broken.target.functions),
    )
    model = Model(service.description())
    after = Run(model, mended, mended.budget, options)

    def before(requests: Any, *, pause: float = 0.0) -> Any:
        return run.replay(requests, pause=pause)

    trial = Trial(
        model=model,
        concern=order.concern,
        words=order.words,
        budget=broken.budget,
        budget_after=mended.budget,
        now=broken.now,
        before=before,
        after=after.replay,
    )
    run = Run(
        model,
        broken,
        broken.budget,
        options,
        progress,
        ledger=trial,
    )
    run.explore()
    if run.ended == "interrupted":
        raise Interrupted
    return record_of(order, run, trial, mended.budget.spent)


def named(concern: Concern) -> frozenset[str]:
    """The requirements that the entry as good as names: those on its operations that raise an error which AWS is said to
    answer, and which few of them raise.
    """
    about = [r for r in catalogue().values() if not set(r.operations).isdisjoint(concern.operations)]
    raising = Counter(error for requirement in about for error in requirement.raises)
    rare = {error for error in concern.errors if raising[error] <= FEW}
    return frozenset(requirement.slug for requirement in about if rare & set(requirement.raises))


def record_of(order: Order, run: Run, trial: Trial, spent_on_mended: int) -> dict[str, Any]:
    """What is kept of a trial."""
    return {
        "broken": order.broken.name,
        "mended": order.mended.name,
        "seed": order.seed,
        "suite": suite_version(),
        "ended": run.ended,
        "requests": [run.budget.spent, spent_on_mended],
        "proofs": [asdict(proof) for proof in trial.proofs],
        "still": dict(trial.still.most_common()),
        "untold": dict(trial.untold.most_common()),
        "reasons": dict(Counter(t.reason for t in trial.tallies.values() if t.reason).most_common(5)),
        "operations": {
            name: {"calls": tally.calls, "succeeded": tally.succeeded, "unsupported": trial.unsupported[name]}
            for name, tally in trial.operations.items()
        },
        "findings": sorted(
            {
                f"{finding.requirement.slug} {finding.operation} {finding.path or ''}".strip()
                for finding in trial.findings.values()
                if finding.operation in order.concern.operations
            }
        ),
    }
