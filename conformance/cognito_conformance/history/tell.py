"""What came of a corpus, as JSON for programs and as a table for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cognito_conformance.history.concern import Concern
from cognito_conformance.history.corpus import Entry
from cognito_conformance.history.decide import Answer, Proof


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one entry."""

    entry: Entry
    concern: Concern
    answer: Answer
    proofs: tuple[Proof, ...] = ()
    reason: str | None = None


def figures(rows: Iterable[Row]) -> str:
    """One line: how many were found, of how many reachable ones."""
    counts = Counter(row.answer for row in rows)
    found, reachable = counts[Answer.FOUND], counts[Answer.FOUND] + counts[Answer.NOT_FOUND]
    share = f" ({found / reachable:.1%})" if reachable else ""
    return f"{found} found of {reachable} reachable{share}, {counts[Answer.NOT_REACHABLE]} not reachable"


def write(folder: Path, rows: Sequence[Row], *, seed: int, requests: int, suite: str) -> None:
    """Write bugs.json and bugs.md."""
    told = {
        "seed": seed,
        "requests": requests,
        "suite": suite,
        "summary": figures(rows),
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
                "proofs": [asdict(proof) for proof in row.proofs],
            }
            for row in rows
        ],
    }
    (folder / "bugs.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    (folder / "bugs.md").write_text(_markdown(rows, seed, requests), encoding="utf-8")


def _markdown(rows: Sequence[Row], seed: int, requests: int) -> str:
    lines = [
        "# Historic bugs",
        "",
        f"{figures(rows)}; seed {seed}, {requests} requests on each release.",
        "",
        "| bug | releases | answer | by which requirement, or why not |",
        "|---|---|---|---|",
    ]
    for row in rows:
        why = row.reason or ""
        if row.proofs:
            best = row.proofs[0]
            more = f" and {len(row.proofs) - 1} more" if len(row.proofs) > 1 else ""
            why = f"`{best.requirement}` ({best.operation}){more}"
        cells = (
            f"{row.entry.id}: {row.entry.title}",
            f"{row.entry.emulator} {row.entry.broken} → {row.entry.fixed}",
            row.answer.value,
            why,
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
