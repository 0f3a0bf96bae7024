"""How benchmarks show and keep their figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cognito_conformance.engine.run import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cognito_conformance.targets import RunningTarget

OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="A file for the raw figures.",
)
"""The option that every benchmark has."""


def options_for(target: RunningTarget, seed: int, *, planner: bool = True) -> Options:
    """A run that only explores, with what this target can do."""
    return Options(
        seed=seed,
        minimise=False,
        planner=planner,
        sms="sms" in target.capabilities,
        email="email-sender" in target.capabilities,
        clock="clock" in target.capabilities,
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def save(output: Path | None, figures: dict[str, Any]) -> None:
    """Write figures as JSON, where a file was asked for."""
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
