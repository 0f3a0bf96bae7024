"""What came of a corpus, as JSON for programs and as a table for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from cognito_conformance.history.concern import Concern
from cognito_conformance.history.corpus import Entry
from cognito_conformance.history.decide import Answer

ROOM = 80


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one entry."""

    entry: Entry
    concern: Concern
    answer: Answer
    reason: str | None = None
    record: dict[str, Any] = field(default_factory=dict)
    """What was kept of its trial, where there was one."""


def figures(rows: Iterable[Row], suite: str | None = None) -> str:
    """One line: how many were found, of how many reachable ones, and how many of them by another text than `suite`."""
    rows = list(rows)
    counts = Counter(row.answer for row in rows)
    found, reachable = counts[Answer.FOUND], counts[Answer.FOUND] + counts[Answer.NOT_FOUND]
    share = f" ({found / reachable:.1%})" if reachable else ""
    told = f"{found} found of {reachable} reachable{share}, {counts[Answer.NOT_REACHABLE]} not reachable"
    earlier = sum(suite is not None and row.record.get("suite", suite) != suite for row in rows)
    return f"{told}; {earlier} of those found by an earlier text of the suite" if earlier else told


def effort(rows: Iterable[Row]) -> str:
    """One line: after how many requests on the broken release came what is shown of those that were found, where that was kept."""
    shown = [row.record["proofs"][0] for row in rows if row.record.get("proofs")]
    spent = sorted(proof["after"] for proof in shown if "after" in proof)
    if not spent:
        return ""
    *_, ninth = quantiles(spent, n=10, method="inclusive") if len(spent) > 1 else spent
    return f"told after {median(spent):.0f} requests at the median, {ninth:.0f} in nine of ten, {spent[-1]} at most"


def write(folder: Path, rows: Sequence[Row], *, seed: int, requests: int, suite: str) -> None:
    """Write bugs.json and bugs.md."""
    told = {
        "seed": seed,
        "requests": requests,
        "suite": suite,
        "summary": figures(rows, suite),
        "effort": effort(rows),
        "bugs": [
            {
                "id": row.entry.id,
                "emulator": row.entry.emulator,
                "broken": row.entry.broken,
                "fixed": row.entry.fixed,
                "title": row.entry.title,
                "operations": list(row.concern.operations),
                "answer": row.answer.value,
                "reason": row.reason,
                "trial": row.record,
            }
            for row in rows
        ],
    }
    (folder / "bugs.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    (folder / "bugs.md").write_text(_markdown(rows, seed, requests, suite), encoding="utf-8")


def _markdown(rows: Sequence[Row], seed: int, requests: int, suite: str) -> str:
    lines = [
        "# Historic bugs",
        "",
        f"{figures(rows, suite)}; seed {seed}, at most {requests} requests on each release"
        + (f"; {told}." if (told := effort(rows)) else "."),
        "",
        "Requests: on the broken release + on the mended one; after an unlikely proof the search goes on for a while.",
        "",
        "| bug | releases | answer | by which requirement, or why not | requests |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        why = row.reason or _by(row.record["proofs"])
        cells = (
            f"{row.entry.id}: {row.entry.title}",
            f"{row.entry.emulator} {row.entry.broken} → {row.entry.fixed}",
            row.answer.value,
            why,
            " + ".join(map(str, row.record.get("requests", ()))),
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _by(proofs: list[dict[str, Any]]) -> str:
    proof, more = proofs[0], len(proofs) - 1
    shown = f"{proof['operation']} {proof['path'] or ''}".strip()
    expected, observed = (_cut(proof[what]) for what in ("expected", "observed"))
    told = f"`{proof['requirement']}` ({shown}): expected {expected}, got {observed}"
    return told + (f", and {more} more" if more else "")


def _cut(text: str) -> str:
    """As much as a table has room for; bugs.json has the whole."""
    return text if len(text) <= ROOM else f"{text[:ROOM]}…"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
