"""`cognito-conformance merge`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument(
    "folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("conformance-report"),
    show_default=True,
    help="Folder for the results.jsonl and report.html of the whole.",
)
def merge(folders: tuple[Path, ...], output: Path) -> None:
    """Make one report of the folders that the shards of a run have written.

    The gravest verdict on a requirement wins, counts add up, and of each finding the best trace is kept. The exit code
    is that of a run.
    """
    from cognito_conformance.cli.progress import conclude
    from cognito_conformance.engine import session
    from conformance_report.merge import merge_files
    from conformance_report.problems import ResultsProblem

    try:
        session.prepared(output)
        merge_files([folder / "results.jsonl" for folder in folders], output / "results.jsonl")
    except (session.UsageProblem, ResultsProblem, OSError) as problem:
        click.echo(f"cognito-conformance: {problem}", err=True)
        sys.exit(2)
    session.render(output / "results.jsonl")
    summary = session.summary_of(output / "results.jsonl")
    conclude(summary, output)
    sys.exit(summary.exit_code)
