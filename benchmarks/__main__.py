"""`python -m benchmarks [all | NAME …]`: `nox -s bench` runs this."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks import cost, memory, minimise, planner, scale, serving, wire

COMMANDS = {
    "wire": wire.main,
    "serving": serving.main,
    "cost": cost.main,
    "planner": planner.main,
    "minimise": minimise.main,
    "memory": memory.main,
    "scale": scale.main,
}


@click.group()
def main() -> None:
    """Ratios of speed and of bug-finding, each within one run; see docs/benchmarks.md."""


for name, command in COMMANDS.items():
    main.add_command(command, name)


@main.command("all")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("report-bench"), show_default=True)
@click.pass_context
def everything(context: click.Context, folder: Path) -> None:
    """Run every benchmark as it is by default, one after another; figures go to FOLDER."""
    for name, command in COMMANDS.items():
        click.echo(f"\n## {name}\n")
        context.invoke(command, output=folder / f"{name}.json")


if __name__ == "__main__":
    main()
