"""A run shared out among the workers of pytest-xdist: each keeps a target of its own and writes a part."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path

from cognito_conformance.engine import results, session
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.targets import open_target, resolve
from cognito_conformance.wire import service
from cognito_model.model import Model
from cognito_model.requirement import MUST
from conformance_report.merge import merge_files

PARTS = "parts"
DEFAULT_REQUESTS = 2000
"""Requests of a whole run through pytest that names neither requests nor time."""


class Share:
    """One worker's part of the run: a target, and a ledger over all items that came to this worker."""

    def __init__(self, run: Run, setting: results.Setting, slugs: tuple[str, ...], items: int) -> None:
        self.run = run
        self.setting = setting
        self.slugs = slugs
        self.items = items

    def explore(self, area: str, share: int) -> list[str]:
        """Explore one item; the requirements that it found broken and that fail somebody, one line each."""
        run = self.run
        known = set(run.ledger.findings)
        digest = hashlib.blake2b(f"{self.setting.seed}/{area}/{share}".encode(), digest_size=6).digest()
        options = dataclasses.replace(run.options, seed=int.from_bytes(digest, "big"), areas=(area,))
        whole = run.budget
        spent, part = (
            whole.spent,
            Budget(
                None if whole.max_requests is None else -(-whole.max_requests // self.items),
                None if whole.seconds is None else whole.seconds / self.items,
            ),
        )
        run.options, run.budget, run.endpoint.budget = options, part, part
        try:
            run.explore()
        finally:
            whole.spent = spent + part.spent
            run.budget, run.endpoint.budget = whole, whole
        if run.ended != "budget":
            raise RuntimeError(f"the run ended early: {run.ended}")
        found = [f for key, f in run.ledger.findings.items() if key not in known]
        return [
            "{}: expected {}, got {}".format(f.requirement.slug, *results.texts(f))
            for f in found
            if f.requirement.level is MUST and not f.requirement.provisional and not (f.flaky or f.downstream)
        ]


@contextlib.contextmanager
def open_share(request: session.Request, worker: str, workers: int) -> Iterator[Share]:
    """A worker's share, its target running; its records are written when it closes."""
    machines, slugs = session.areas_of(request)
    output = session.prepared(request.output / PARTS)
    from cognito_conformance.plugin import SHARES

    items = len(machines) * SHARES
    most = request.max_requests
    if most is None and request.seconds is None:
        most = DEFAULT_REQUESTS
    with (
        open_target(resolve(request.target), client_kind=request.client) as target,
        target.client(timeout=request.timeout) as client,
    ):
        seconds = None if request.seconds is None else request.seconds * workers
        budget = Budget(most, seconds)
        options = Options(
            seed=request.seed,
            areas=machines,
            requirements=frozenset(slugs),
            minimise=request.minimise,
            planner=request.planner,
            sms="sms" in target.capabilities,
            email="email-sender" in target.capabilities,
            clock="clock" in target.capabilities,
        )
        run = Run(
            Model(service.description()),
            TargetEndpoint(target, client, budget, lacks=set(target.lacks)),
            budget,
            options,
        )
        share = Share(run, session.setting_of(request, target), slugs, items)
        try:
            yield share
        finally:
            run.ended = run.ended or "interrupted"
            session.write_records(output / f"{worker}.jsonl", run, share.setting, slugs)


def merge_parts(output: Path) -> None:
    """Make one results.jsonl and the reports of what the workers wrote."""
    parts = sorted((output / PARTS).glob("*.jsonl"))
    if parts:
        merge_files(parts, output / "results.jsonl")
        session.render(output / "results.jsonl")
        for part in parts:
            part.unlink()
        (output / PARTS).rmdir()
