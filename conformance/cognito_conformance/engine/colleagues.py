"""What a run tells the other workers of the same run, and hears from them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cognito_conformance.engine.board import Shared
    from cognito_conformance.engine.ledger import Finding
    from cognito_conformance.engine.run import Run

EVERY = 25
"""Requests between two trades: what is told later is chased twice, and a trade costs about as much as a request."""


class Colleagues:
    """The others, by way of the board; `name` is what they call this worker."""

    def __init__(self, board: Shared, name: str) -> None:
        self.board = board
        self.name = name
        self.failures: Counter[tuple[str, str]] = Counter()
        """How often calls to an operation (second) broke a requirement (first) elsewhere."""
        self._told: Counter[tuple[str, ...]] = Counter()
        self._mine: set[tuple[str | None, ...]] = set()
        self._next = 0

    def claims(self, finding: Finding) -> bool:
        """Whether to make this finding short is our work: the first worker that asks does it, for all."""
        if finding.key not in self._mine and self.board.claim(("finding", *finding.key)):
            self._mine.add(finding.key)
        return finding.key in self._mine

    def trade_now_and_then(self, run: Run) -> None:
        """Trade where it is time again."""
        if run.budget.total >= self._next:
            self._next = run.budget.total + EVERY
            self.trade(run)

    def trade(self, run: Run) -> None:
        """Tell what is new here, and take over what is new elsewhere."""
        for (kind, *what), times in self.board.trade(self.name, self._news(run)).items():
            if kind == "exercised":
                run.planner.coverage.heard(tuple(what), times)
            elif kind == "failed":
                self.failures[what[0], what[1]] += times
            elif kind == "broken":
                run.broken.add((what[0], what[1]))
            elif kind == "unsupported":
                run.unsupported.add(what[0])

    def _news(self, run: Run) -> Counter[tuple[str, ...]]:
        known: Counter[tuple[str, ...]] = Counter(
            {
                ("failed", requirement.slug, operation): times
                for (requirement, operation), times in run.ledger.broken_by.items()
                if times
            }
        )
        known.update(
            ("broken", finding.requirement.slug, finding.operation)
            for finding in run.ledger.findings.values()
        )
        known.update(("unsupported", operation) for operation in run.unsupported)
        news = known - self._told
        self._told = known
        news.update(
            {("exercised", *what): times for what, times in run.planner.coverage.news_for_others().items()}
        )
        return news
