"""What a person sees while a run goes on."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from pathlib import Path

    from cognito_conformance.engine.run import Run
    from cognito_conformance.engine.session import Request, Summary

EVERY = 0.2
EVERY_ON_PIPE = 10.0


class Progress:
    """One live line on a terminal, a line every ten seconds elsewhere; both on standard error."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.console = Console(stderr=True, highlight=False)
        self.live = self.console.is_terminal
        self._last = 0.0
        self._status = self.console.status("starting")

    def __enter__(self) -> Self:
        if self.live:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self._status.stop()

    def say(self, text: str) -> None:
        """A word about something that takes a while."""
        self.console.print(escape(text))

    def update(self, run: Run) -> None:
        """Show where the run stands."""
        now = time.monotonic()
        if now - self._last < (EVERY if self.live else EVERY_ON_PIPE):
            return
        self._last = now
        line = self.line(run)
        if self.live:
            self._status.update(line)
        else:
            self.console.print(line)

    def line(self, run: Run) -> str:
        """Requests, requirements exercised, divergences."""
        exercised = sum(tally.checks > 0 for tally in run.ledger.tallies.values())
        most = self.request.max_requests
        of = f" of {most}" if most else ""
        to_cut = f", {run.to_cut} traces to cut" if run.to_cut else ""
        return (
            f"{run.budget.total}{of} requests, {run.budget.elapsed:.0f} s, "
            f"{exercised} requirements exercised, {len(run.ledger.findings)} divergences{to_cut}"
        )


def conclude(summary: Summary, output: Path) -> None:
    """The result in a few lines, on standard output."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in summary.verdicts.most_common())
    print(f"{len(summary.failing)} requirements that must hold are broken ({counts})")
    for slug in summary.failing[:10]:
        print(f"  fail  {slug}")
    if len(summary.failing) > 10:
        print(f"  … and {len(summary.failing) - 10} more")
    if summary.provisional:
        print(f"{len(summary.provisional)} provisional requirements are broken too; they fail nobody")
    if summary.ended != "budget":
        print(f"The run ended early: {summary.ended}")
    print(f"Report: {output / 'report.html'}")
    sys.stdout.flush()
