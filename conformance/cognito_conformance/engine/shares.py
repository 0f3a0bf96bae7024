"""A run done item by item, by one worker or several: each keeps a target of its own and writes a part."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from cognito_conformance.engine import results, session
from cognito_conformance.engine.board import Board, Shared
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.colleagues import Colleagues
from cognito_conformance.engine.items import Item, Shard, items_of
from cognito_conformance.engine.ledger import Finding
from cognito_conformance.engine.run import Run
from cognito_model.requirement import MUST
from conformance_report.merge import merge_files

PARTS = "parts"
DEFAULT_REQUESTS = 2000
"""Requests of a whole run through pytest that names neither requests nor time."""


class Share:
    """One worker's part of the run: a target, and a ledger over all items that come to this worker.

    The board of the run has its budget; it is asked for the portion of each item.
    """

    def __init__(self, begun: session.Begun, board: Shared, worker: str) -> None:
        self.run = begun.run
        self.seed = begun.setting.seed
        self.board = board
        self.run.colleagues = Colleagues(board, worker)

    def explore(self, item: Item, items: int) -> list[Finding]:
        """Explore an item of a run of so many; what it found that nobody had found."""
        run, colleagues = self.run, self.run.colleagues
        known = set(run.ledger.findings)
        requests, seconds = self.board.portion(items)
        portion = Budget(requests, seconds, before=run.budget.total)
        run.options = dataclasses.replace(run.options, seed=item.seed(self.seed), areas=(item.area,))
        run.budget = run.endpoint.budget = portion
        try:
            run.explore()
        finally:
            if requests is not None:
                self.board.give_back(requests - portion.spent)
        new = [finding for key, finding in run.ledger.findings.items() if key not in known]
        return [finding for finding in new if colleagues is None or colleagues.claims(finding)]


@contextlib.contextmanager
def open_share(
    request: session.Request,
    board: Shared,
    worker: str,
    path: Path,
    *,
    company: int = 1,
    say: Callable[[str], None] = lambda text: None,
    progress: Callable[[Run], None] = lambda run: None,
) -> Iterator[Share]:
    """A worker's share, its target running; its records are written to `path` when it closes."""
    session.prepared(path.parent)
    with session.begun(request, company=company, say=say, progress=progress) as begun:
        try:
            yield Share(begun, board, worker)
        finally:
            run = begun.run
            run.ended = run.ended or "interrupted"
            session.write_records(path, run, begun.setting, begun.slugs)


def accusations(findings: list[Finding]) -> list[str]:
    """The requirements that these findings show to be broken and that fail somebody, one line each."""
    return [
        "{}: expected {}, got {}".format(f.requirement.slug, *results.texts(f))
        for f in findings
        if f.requirement.level is MUST and not f.requirement.provisional and not (f.flaky or f.downstream)
    ]


def conduct(
    request: session.Request,
    shard: Shard,
    *,
    say: Callable[[str], None] = lambda text: None,
    progress: Callable[[Run], None] = lambda run: None,
) -> session.Summary:
    """Run a shard in this process, as `session.conduct` does a whole run: its items one after the other."""
    machines, _ = session.areas_of(request)
    items = items_of(machines, shard)
    path = request.output / "results.jsonl"
    board = Board(request.max_requests, request.seconds)
    with open_share(request, board, str(shard), path, company=shard.of, say=say, progress=progress) as share:
        for item in items:
            share.explore(item, len(items))
            if share.run.ended != "budget":
                break
    session.render(path)
    return session.summary_of(path)


def merge_parts(output: Path) -> None:
    """Make one results.jsonl and the reports of what the workers wrote."""
    parts = sorted((output / PARTS).glob("*.jsonl"))
    if parts:
        merge_files(parts, output / "results.jsonl")
        session.render(output / "results.jsonl")
        for part in parts:
            part.unlink()
        (output / PARTS).rmdir()
