"""`python -m cognito_conformance.history`: historic bugs of emulators. `nox -s bugs` runs this."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

EXIT_UNUSABLE, EXIT_INTERRUPTED = 2, 130


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    required=True,
    help="YAML: a list under 'bugs', each with id, emulator, title, broken_version, fixed_version, and maybe repro.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Same seed, same calls."
)
@click.option(
    "--requests",
    type=click.IntRange(min=1),
    default=3000,
    show_default=True,
    help="At most, on each release.",
)
@click.option("--only", default=None, help="Only entries whose id contains this.")
@click.option("--emulator", default=None, help="Only entries of this emulator.")
@click.option("--anew", is_flag=True, help="Look again also for what an earlier text of the suite has found.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=Path("report-bugs"), show_default=True
)
def main(
    corpus: Path,
    seed: int,
    requests: int,
    only: str | None,
    emulator: str | None,
    anew: bool,
    output: Path,
) -> None:
    r"""Would the suite have found bugs that emulators really had?

    Each entry of the corpus that has a fixed_version names two releases: the last that had the bug and the first that
    had it no more. Both are installed (once, kept in the cache). The suite explores the first, aimed at the operations
    that the entry is about, and makes each sequence of calls that may show the bug on the second too. The answers:

    \b
    found          a sequence breaks a requirement on the bug's operations before, again and again, and keeps it after
    not found      none does within the budget
    not reachable  a release cannot be had, or no operation of the model shows it; the reason is said

    The operations are those that the entry's title and its script (repro) name. Scripts are read, never run.
    Trials are kept too: what was interrupted goes on where it was, and a changed suite looks again for what it has not
    found. OUTPUT gets bugs.json
    and bugs.md. Exit code 0: every entry has its answer; 2: the corpus cannot be used; 130: interrupted.
    """
    from cognito_conformance.engine.session import UsageProblem, prepared
    from cognito_conformance.history import tell
    from cognito_conformance.history.corpus import CorpusProblem, read_corpus
    from cognito_conformance.history.hunt import Hunt
    from cognito_conformance.history.runs import Interrupted, suite_version

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    rows: list[tell.Row] = []
    try:
        prepared(output)
        entries = [
            entry
            for entry in read_corpus(corpus)
            if (only is None or only in entry.id) and emulator in (None, entry.emulator)
        ]
        hunt = Hunt(seed, requests, lambda text: click.echo(text, err=True), anew=anew)
        for row in hunt.rows(entries):
            rows.append(row)
            click.echo(f"{len(rows)}/{len(entries)} {row.entry.id}: {row.answer.value}", err=True)
            tell.write(output, rows, seed=seed, requests=requests, suite=suite_version())
    except (CorpusProblem, UsageProblem) as problem:
        click.echo(f"cognito-conformance: {problem}", err=True)
        sys.exit(EXIT_UNUSABLE)
    except (Interrupted, KeyboardInterrupt):
        click.echo(
            f"interrupted; {tell.figures(rows)} so far, the rest goes on with the same command", err=True
        )
        sys.exit(EXIT_INTERRUPTED)
    if not rows:
        click.echo(f"cognito-conformance: {corpus}: no entry with a fixed_version is asked for", err=True)
        sys.exit(EXIT_UNUSABLE)
    print(tell.figures(rows))
    print(f"Report: {output / 'bugs.md'}")


if __name__ == "__main__":
    main()
