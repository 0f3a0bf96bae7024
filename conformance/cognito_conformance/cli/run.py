"""`cognito-conformance run`."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cognito_conformance.engine.items import Shard
    from cognito_conformance.engine.session import Request

EXIT_UNJUDGED = 2


class Duration(click.ParamType[float]):
    """60s, 5m, 1h or plain seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, int | float):
            return float(value)
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(s|m|h)?", str(value))
        if found is None or float(found[1]) <= 0:
            self.fail(f"{value!r} is no duration; say 60s, 5m or 1h", param, ctx)
        return float(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2] or "s"]


class ShardOf(click.ParamType[Any]):
    """k/n."""

    name = "k/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from cognito_conformance.engine.items import Shard

        try:
            return Shard.read(str(value))
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


@click.command()
@click.option(
    "--target",
    "-t",
    default="moto",
    show_default=True,
    help="moto, ministack, cognito-local, reference, aws-emulator, aws (only with COGNITO_CONFORMANCE_AWS=yes), a "
    "URL, a target file, or name@URL: the named target where it already runs.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Same seed, same calls."
)
@click.option("--max-requests", type=click.IntRange(min=1), default=None, help="Stop after so many requests.")
@click.option("--time", "seconds", type=Duration(), default=None, help="Stop after so long: 60s, 5m, 1h.")
@click.option(
    "--area", "-a", "areas", multiple=True, help="Only these machines or areas of requirements (repeatable)."
)
@click.option("--requirement", "-r", "slugs", multiple=True, help="Only these requirements (repeatable).")
@click.option(
    "-n",
    "workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes at work, through pytest-xdist.",
)
@click.option(
    "--shard",
    type=ShardOf(),
    default="1/1",
    help="Do only this part of a run that several machines share: 2/4 is the second quarter.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Calls under way at a time, of each process: for endpoints that are far away.",
)
@click.option(
    "--database",
    default=None,
    help="Keep traces of findings here and try those that are there first: a folder, or redis://… to share them.",
)
@click.option(
    "--client",
    type=click.Choice(["lean", "boto3"]),
    default="lean",
    show_default=True,
    help="How requests are sent.",
)
@click.option(
    "--minimise/--no-minimise", default=True, show_default=True, help="Shorten and confirm what is found."
)
@click.option(
    "--planner",
    type=click.Choice(["on", "off"]),
    default="on",
    show_default=True,
    help="Look ahead on the model for what is new.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("conformance-report"),
    show_default=True,
    help="Folder for results.jsonl and report.html.",
)
def run(
    target: str,
    seed: int,
    max_requests: int | None,
    seconds: float | None,
    areas: tuple[str, ...],
    slugs: tuple[str, ...],
    workers: int,
    shard: Shard,
    concurrency: int,
    database: str | None,
    client: str,
    minimise: bool,
    planner: str,
    output: Path,
) -> None:
    """Judge a target and write a report.

    Without --max-requests and --time the run takes 60 seconds. Exit code 0: it conforms; 1: it diverges from what
    Cognito must do; 2: it could not be judged.
    """
    from cognito_conformance.cli.progress import Progress, conclude
    from cognito_conformance.engine import session, shares
    from cognito_conformance.targets import TargetError

    signal.signal(signal.SIGTERM, _interrupt)
    if max_requests is None and seconds is None:
        seconds = 60.0
    request = session.Request(
        target=target,
        seed=seed,
        max_requests=max_requests,
        seconds=seconds,
        areas=areas,
        requirements=slugs,
        client=client,
        minimise=minimise,
        planner=planner == "on",
        output=output,
        concurrency=concurrency,
        database=database,
    )
    try:
        if workers > 1:
            sys.exit(_through_pytest(request, workers, shard))
        with Progress(request) as progress:
            if shard.of > 1:
                summary = shares.conduct(request, shard, say=progress.say, progress=progress.update)
            else:
                summary = session.conduct(request, say=progress.say, progress=progress.update)
    except (session.UsageProblem, TargetError) as problem:
        click.echo(f"cognito-conformance: {problem}", err=True)
        sys.exit(EXIT_UNJUDGED)
    except KeyboardInterrupt:
        click.echo("cognito-conformance: interrupted before anything was judged", err=True)
        sys.exit(EXIT_UNJUDGED)
    conclude(summary, request.output)
    sys.exit(summary.exit_code)


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _through_pytest(request: Request, workers: int, shard: Shard) -> int:
    """The same run with several workers: pytest-xdist shares the machines out among them.

    Raises UsageProblem and TargetError as a run in one process does. The exit code is that of a run: pytest's own
    does not tell a divergence from a test that could not begin.
    """
    from cognito_conformance.cli.progress import Progress, conclude
    from cognito_conformance.engine import session
    from cognito_conformance.targets import open_target, resolve

    session.areas_of(request)
    session.prepared(request.output)
    progress = Progress(request)
    # Installed and seen to start once, before every worker does it at the same time.
    with open_target(resolve(request.target), client_kind=request.client, on_progress=progress.say):
        pass
    results = request.output / "results.jsonl"
    results.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", "--pyargs", "cognito_conformance", "-q", "-n", str(workers)]
    words += ["-p", "no:cacheprovider", "--target", request.target, "--conformance-seed", str(request.seed)]
    words += ["--conformance-output", str(request.output), "--conformance-client", request.client]
    words += ["--planner", "on" if request.planner else "off", "--tb", "no", "--no-summary"]
    words += ["--shard", str(shard), "--concurrency", str(request.concurrency)]
    words += [] if request.minimise else ["--no-minimise"]
    words += ["--conformance-database", request.database] if request.database else []
    words += ["--max-requests", str(request.max_requests)] if request.max_requests else []
    words += ["--time", f"{request.seconds}s"] if request.seconds else []
    words += [word for area in request.areas for word in ("--area", area)]
    words += [word for slug in request.requirements for word in ("--requirement", slug)]
    subprocess.run(words, check=False)
    if not results.exists():
        return EXIT_UNJUDGED
    summary = session.summary_of(results)
    conclude(summary, request.output)
    return summary.exit_code
