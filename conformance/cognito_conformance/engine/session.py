"""A whole run, from a target's name to the report: what both faces, the command line and pytest, call."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.engine.store import CannotOpen, Store, opened
from cognito_conformance.machines.areas import AREAS
from cognito_conformance.targets import RunningTarget, open_target, resolve
from cognito_conformance.targets.company import objection
from cognito_conformance.wire import service
from cognito_model.model import Model
from cognito_model.requirement import MUST
from cognito_model.requirements import catalogue
from conformance_report.html import render_html
from conformance_report.junit import render_junit
from conformance_report.markdown import render_markdown
from conformance_report.reader import read_results
from conformance_report.writer import ResultsWriter


class UsageProblem(ValueError):
    """What the user asked for cannot be done; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for."""

    target: str
    seed: int = 0
    max_requests: int | None = None
    seconds: float | None = None
    areas: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    client: str = "lean"
    minimise: bool = True
    planner: bool = True
    output: Path = Path("conformance-report")
    timeout: float = 30.0
    """Seconds that a call may take before the target counts as silent."""
    concurrency: int = 1
    """So many calls may be under way at a time."""
    database: str | None = None
    """Where traces of findings are kept and looked for: a folder or a redis URL."""


@dataclass
class Summary:
    """What came of a run: counts of verdicts, and the slugs that fail somebody."""

    verdicts: Counter[str] = field(default_factory=Counter)
    failing: list[str] = field(default_factory=list)
    provisional: list[str] = field(default_factory=list)
    checks: int = 0
    ended: str | None = None

    @property
    def exit_code(self) -> int:
        """0: conformant; 1: divergences; 2: nothing could be judged, or the run did not come to its end."""
        if self.failing:
            return 1
        return 0 if self.checks and self.ended == "budget" else 2


def areas_of(request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The machines to run and the slugs to report. Raises UsageProblem for an unknown area or requirement."""
    known = catalogue()
    slugs: list[str] = []
    for slug in request.requirements:
        if slug not in known:
            near = [
                name
                for name in known
                if slug.rsplit("/", 1)[-1] in name or slug.split("/", 1)[0] == name.split("/", 1)[0]
            ]
            hint = f"; near it: {', '.join(near[:4])}" if near else ""
            raise UsageProblem(
                f"no requirement is called {slug!r}{hint} (cognito-conformance requirements lists all)"
            )
        slugs.append(slug)
    machines: list[str] = []
    for area in request.areas:
        if area in AREAS:
            machines.append(area)
            continue
        of_area = [slug for slug, r in known.items() if r.area == area]
        if not of_area:
            names = sorted({*AREAS, *(r.area for r in known.values())})
            raise UsageProblem(f"there is no area {area!r}; the areas are {', '.join(names)}")
        slugs += of_area
    return tuple(machines) or AREAS, tuple(slugs)


def conduct(
    request: Request,
    *,
    say: Callable[[str], None] = lambda text: None,
    progress: Callable[[Run], None] = lambda run: None,
) -> Summary:
    """Run the suite and write results.jsonl and the reports into the output folder.

    An interrupt ends the exploration early; what was done is written all the same. Raises UsageProblem and
    TargetError before anything is judged.
    """
    output = prepared(request.output)
    with begun(request, say=say, progress=progress) as begin:
        run = begin.run
        run.explore()
        return write(output, run, begin.setting, begin.slugs)


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that has not made a call yet, what its records say of it, and the slugs that they are about."""

    run: Run
    setting: results.Setting
    slugs: tuple[str, ...]


@contextlib.contextmanager
def begun(
    request: Request,
    *,
    company: int = 1,
    say: Callable[[str], None] = lambda text: None,
    progress: Callable[[Run], None] = lambda run: None,
) -> Iterator[Begun]:
    """The run that a user asks for, its target running. Raises UsageProblem and TargetError.

    `company` says how many such runs go on at the same time, at one target where that ran already.
    """
    machines, slugs = areas_of(request)
    with (
        open_target(resolve(request.target), client_kind=request.client, on_progress=say) as target,
        target.client(timeout=request.timeout, alone=request.concurrency == 1) as client,
    ):
        budget = Budget(request.max_requests, request.seconds)
        walkers = _walkers(request, target, say)
        alone = company == 1 or target.process is not None
        options = Options(
            seed=request.seed,
            areas=machines,
            requirements=frozenset(slugs),
            minimise=request.minimise,
            planner=request.planner,
            sms="sms" in target.capabilities,
            email="email-sender" in target.capabilities,
            clock="clock" in target.capabilities and alone,
            walkers=walkers,
            functions=frozenset(target.functions),
        )
        endpoint = TargetEndpoint(target, client, budget, lacks=set(target.lacks))
        run = Run(
            Model(service.description()), endpoint, budget, options, progress, store=_store(request, target)
        )
        yield Begun(run, setting_of(request, target), slugs)


def _store(request: Request, target: RunningTarget) -> Store | None:
    if request.database is None:
        return None
    try:
        return opened(request.database, target.name, target.version)
    except CannotOpen as problem:
        raise UsageProblem(str(problem)) from None


def _walkers(request: Request, target: RunningTarget, say: Callable[[str], None]) -> int:
    """How many walkers may go on at the same time: as many as were asked for, where the target can take them."""
    reason = objection(target) if request.concurrency > 1 else None
    if reason is not None:
        say(f"one call at a time, whatever --concurrency says: {reason}")
        return 1
    return request.concurrency


def prepared(output: Path) -> Path:
    """The output folder, made and found writable. Raises UsageProblem."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        # Of no name, since several workers try at once.
        with tempfile.TemporaryFile(dir=output):
            pass
    except OSError as problem:
        raise UsageProblem(f"cannot write to {output}: {problem.strerror or problem}") from None
    return output


def setting_of(request: Request, target: RunningTarget) -> results.Setting:
    """What the records say of this run."""
    options: dict[str, Any] = asdict(request)
    options = {
        name: value
        for name, value in options.items()
        if name not in ("target", "seed", "output", "timeout", "database") and value
    }
    return results.Setting(
        target.name,
        target.title,
        target.endpoint,
        target.version,
        target.region,
        tuple(sorted(target.capabilities)),
        target.code_source,
        request.seed,
        {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()},
        datetime.now(UTC),
        target.clock,
        target.functions,
    )


def write(output: Path, run: Run, setting: results.Setting, slugs: Iterable[str]) -> Summary:
    """Write results.jsonl and the reports made of it."""
    summary = write_records(output / "results.jsonl", run, setting, slugs)
    render(output / "results.jsonl")
    return summary


def write_records(path: Path, run: Run, setting: results.Setting, slugs: Iterable[str]) -> Summary:
    """Write a run's records, the traces that no replay made short cut first."""
    run.cut()
    summary = Summary(ended=run.ended)
    about = results.about(slugs)
    names = {requirement.slug for requirement in about}
    with ResultsWriter(path) as lines:
        lines.write(results.header(setting))
        for record in results.requirement_records(run.ledger, about, setting.functions):
            lines.write(record)
            count(summary, record)
        findings = [f for f in run.ledger.findings.values() if f.requirement.slug in names]
        for record in results.finding_records(findings, setting):
            lines.write(record)
        for record in [*results.operation_records(run.ledger), *results.warnings(run.ledger)]:
            lines.write(record)
        lines.write(
            results.footer(run.ledger, setting, run.ended, run.budget.total, summary.verdicts, len(findings))
        )
    return summary


def summary_of(path: Path) -> Summary:
    """What a results file says came of the run. Raises OSError or a ResultsProblem."""
    read = read_results(path)
    summary = Summary(ended=read.reason)
    for record in read.requirements:
        count(summary, record)
    return summary


def count(summary: Summary, record: Mapping[str, Any]) -> None:
    """Add one requirement's record to the summary."""
    summary.verdicts[record["verdict"]] += 1
    summary.checks += record["checks"]
    if record["verdict"] == "fail" and record["level"] == MUST:
        (summary.provisional if record["provisional"] else summary.failing).append(record["slug"])


def render(path: Path) -> None:
    """Make the reports beside a results file."""
    read = read_results(path)
    path.with_name("report.html").write_text(render_html(read), encoding="utf-8")
    path.with_name("junit.xml").write_text(render_junit(read), encoding="utf-8")
    path.with_name("summary.md").write_text(render_markdown(read), encoding="utf-8")
