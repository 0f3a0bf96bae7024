"""A run as records: the lines of results.jsonl."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.engine.telling import in_full
from cognito_conformance.engine.verdicts import Verdict, verdict_of
from cognito_conformance.judge.bindings import lacks_function
from cognito_conformance.judge.compare import MISSING, Check
from cognito_conformance.judge.judge import Step
from cognito_conformance.judge.probe import Words
from cognito_conformance.narrate.boto3_script import Boto3Script
from cognito_conformance.narrate.redact import DEEPER, DEEPEST, Secrets, scrubbed, symbolic, term_name
from cognito_conformance.wire import service
from cognito_model import expect
from cognito_model.requirement import Level, Requirement
from cognito_model.requirements import catalogue
from cognito_model.terms import Term

SHOWN = 600
"""Characters of an expectation or observation that a record keeps."""

NAMED = 3
"""So many of the divergences that came before one are named, the last ones."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the records must say of the target and the way in which it was asked."""

    name: str
    description: str
    endpoint: str
    version: str | None
    region: str
    capabilities: tuple[str, ...]
    code_source: str
    seed: int
    options: dict[str, Any]
    started: datetime
    clock: str | None = None
    functions: Mapping[str, str] = field(default_factory=dict)


def header(setting: Setting) -> dict[str, Any]:
    """The first line."""
    return {
        "kind": "header",
        "format": 1,
        "suite_version": version("cognito-conformance"),
        "target": {
            "name": setting.name,
            "description": setting.description,
            "endpoint": setting.endpoint,
            "version": setting.version,
        },
        "started": setting.started.isoformat(timespec="seconds"),
        "seed": setting.seed,
        "options": setting.options,
        "python": platform.python_version(),
        "botocore": version("botocore"),
        "operations_total": len(service.operation_names()),
        "capabilities": list(setting.capabilities),
    }


def requirement_records(
    ledger: Ledger, about: Iterable[Requirement], functions: Collection[str]
) -> Iterator[dict[str, Any]]:
    """A line for each requirement, exercised or not. `functions` are the roles of those that the target offers."""
    by_requirement: dict[str, list[Finding]] = {}
    for finding in ledger.findings.values():
        by_requirement.setdefault(finding.requirement.slug, []).append(finding)
    for requirement in about:
        tally = ledger.tallies.get(requirement)
        verdict = verdict_of(tally, by_requirement.get(requirement.slug, ()))
        reason = tally.reason if tally else None
        if verdict is Verdict.NOT_EXERCISED and requirement.needs not in (None, *functions):
            verdict, reason = Verdict.BLOCKED, lacks_function(str(requirement.needs))
        not_judged = verdict in (Verdict.ERROR, Verdict.BLOCKED, Verdict.UNSUPPORTED)
        yield {
            "kind": "requirement",
            "slug": requirement.slug,
            "sentence": requirement.sentence,
            "level": requirement.level.value,
            "area": requirement.area,
            "operations": list(requirement.operations),
            "provisional": requirement.provisional,
            "verdict": verdict.value,
            "checks": tally.checks if tally else 0,
            "failures": tally.failures if tally else 0,
            "evidence": [
                {
                    "kind": e.kind,
                    "source": e.source,
                    "confidence": e.confidence,
                    "fact": e.fact,
                    "note": e.note,
                }
                for e in requirement.evidence
            ],
            "reason": reason if not_judged else None,
            "expectation": None,
        }


def finding_records(findings: Iterable[Finding], setting: Setting) -> Iterator[dict[str, Any]]:
    """A line for each divergence, in full or brief."""
    findings = list(findings)
    told = {id(finding) for finding in in_full(findings)}
    for finding in findings:
        yield finding_record(finding, setting, brief=id(finding) not in told)


def finding_record(finding: Finding, setting: Setting, *, brief: bool = False) -> dict[str, Any]:
    """A line for a divergence, with the trace and the program that show it unless it is `brief`."""
    expected, observed = texts(finding)
    return {
        "kind": "finding",
        "id": finding.id,
        "requirement": finding.requirement.slug,
        "level": finding.requirement.level.value,
        "provisional": finding.requirement.provisional,
        "downstream": finding.downstream,
        "flaky": finding.flaky,
        "confirmed": finding.confirmed,
        "operation": finding.operation,
        "path": finding.path,
        "expected": expected,
        "observed": observed,
        "story": story(finding, expected, observed, brief=brief),
        "trace": [] if brief else trace_of(finding.steps),
        "script": None if brief else _script(finding, setting, expected, observed),
        "cli": None,
        "pytest": None,
        "requests_to_minimise": finding.requests_to_minimise,
        "seed": setting.seed,
        "first_seen_request": finding.first_seen,
        **({} if brief or finding.cut_from is None else {"cut_from": finding.cut_from}),
    }


def trace_of(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The steps of a finding for a report."""
    secrets = _secrets(steps)
    return [trace_step(step, secrets) for step in steps]


def _script(finding: Finding, setting: Setting, expected: str, observed: str) -> str:
    return Boto3Script(
        finding,
        endpoint=setting.endpoint,
        region=setting.region,
        code_source=setting.code_source,
        clock=setting.clock,
        functions=setting.functions,
    ).write(
        title=f"{finding.requirement.slug}: {finding.requirement.sentence}",
        expected=expected,
        observed=observed,
    )


def story(finding: Finding, expected: str, observed: str, *, brief: bool = False) -> str:
    """The divergence told in a few sentences; if `brief`, without the calls that led to it."""
    *before, last = [_after_wait(step) for step in (finding.steps[-1:] if brief else finding.steps)]
    given = f"After {', '.join(before)}, from" if before else "From"
    where = f" in {finding.path}" if finding.path else ""
    return (
        f"{finding.requirement.sentence} {given} {last}, {expected} was expected{where}; "
        f"got {observed.rstrip('. ')}.{_caution(finding)}"
    )


def _caution(finding: Finding) -> str:
    """What a reader must know before believing it."""
    told = ""
    if finding.follows_from is not None:
        step, cause = finding.follows_from
        told += f" It follows from {cause.slug}: had call {step} asked for what its answer shows, this would be right."
    elif finding.downstream:
        told += " Another divergence came before it, or shows the same: it may only follow from that."
        told += _earlier(finding.left_out)
    if finding.confirmed is None:
        told += " It was not replayed: the run had no request left for that, or was told to make none."
    if finding.cut_from is not None:
        told += (
            f" Its trace is cut on the model: of {finding.cut_from} calls of the run it holds {len(finding.steps)}"
            " that show the same by themselves, with the answers that they got then."
        )
    return told


def _earlier(left_out: Sequence[Requirement]) -> str:
    """Which divergences came before it that its trace does not show."""
    if not left_out:
        return ""
    named, more = [requirement.slug for requirement in left_out[-NAMED:]], len(left_out) - NAMED
    return f" Left out of the trace: {', '.join(named)}{f' and {more} more' if more > 0 else ''}."


def _after_wait(step: Step) -> str:
    """The operation of a step, and how long it waits."""
    wait = step.request.wait
    return f"{wait} s later {step.request.operation}" if wait else step.request.operation


def trace_step(step: Step, secrets: Secrets) -> dict[str, Any]:
    """A step for a report: symbolic params, and the answer without its secrets."""
    answer = step.answer
    return {
        "step": step.request.step,
        **({"wait": step.request.wait} if step.request.wait else {}),
        "operation": step.request.operation,
        "params": symbolic(step.request.params, secrets),
        "answer": None
        if answer is None
        else {
            "status": answer.status,
            "error": secrets.hide(answer.error)[:200] if answer.error else None,
            "message": secrets.hide(answer.message)[:1000] if answer.message else None,
            "members": scrubbed(answer.output, hide=secrets.hide) if answer.output else None,
        },
        "judged": step.fate.value == "judged",
    }


def operation_records(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """A line for each operation that was called."""
    for name, tally in sorted(ledger.operations.items()):
        yield {
            "kind": "operation",
            "operation": name,
            "calls": tally.calls,
            "succeeded": tally.succeeded,
            "errors": dict(tally.errors.most_common()),
            "unsupported": tally.unsupported,
        }


def warnings(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """What a reader should know of the quality of the run."""
    calls = sum(tally.calls for tally in ledger.operations.values())
    errors: Counter[str] = Counter()
    for tally in ledger.operations.values():
        errors.update(tally.errors)
    for error, count in errors.most_common(1):
        if calls >= 50 and count > 0.8 * calls:
            yield {
                "kind": "warning",
                "text": f"{count} of {calls} answers were {error}: the run tested little else.",
            }
    if not calls:
        yield {"kind": "warning", "text": "The run made no call: nothing was tested."}


def footer(
    ledger: Ledger,
    setting: Setting,
    ended: str | None,
    requests: int,
    verdicts: Counter[str],
    findings: int,
) -> dict[str, Any]:
    """The last line; `findings` are those that the file tells of."""
    finished = datetime.now(UTC)
    return {
        "kind": "footer",
        "finished": finished.isoformat(timespec="seconds"),
        "complete": ended == "budget",
        "reason": ended,
        "requests": requests,
        "seconds": round((finished - setting.started).total_seconds(), 3),
        "seconds_in_target": round(ledger.seconds_in_target, 3),
        "verdicts": {verdict.value: verdicts.get(verdict.value, 0) for verdict in Verdict},
        "findings": findings,
    }


def about(slugs: Iterable[str] = ()) -> list[Requirement]:
    """The requirements that a run reports on: all, or those named."""
    wanted = set(slugs)
    return [r for slug, r in catalogue().items() if not wanted or slug in wanted]


def texts(finding: Finding) -> tuple[str, str]:
    """What was expected and what was observed, without secrets, as short texts."""
    secrets, check = _secrets(finding.steps), finding.check
    observed = _observed(finding, secrets)
    return _shown(check.expected, check, secrets), _shown(observed, check, secrets)


def _secrets(steps: Sequence[Step]) -> Secrets:
    answers = [step.answer for step in steps if step.answer is not None]
    return Secrets.of([step.request for step in steps], [answer.output for answer in answers])


def _shown(value: Any, check: Check, secrets: Secrets) -> str:
    """An expectation or observation: a value of an answer as JSON, what is told in words as it is."""
    is_told = check.probe is None or value is MISSING or value is expect.ABSENT or isinstance(value, Words)
    if is_told and isinstance(value, str):
        text = str(value)
    elif is_told and (value is MISSING or value is expect.ABSENT):
        text = "absent"
    else:
        text = json.dumps(described(value), ensure_ascii=False, default=str)
    text = secrets.hide(text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} characters)"


def _observed(finding: Finding, secrets: Secrets) -> Any:
    """What was observed, without its secrets."""
    observed = finding.check.observed
    if observed is MISSING or isinstance(observed, Words):
        return observed
    return scrubbed(observed, finding.path.rsplit(".", 1)[-1] if finding.path else None, hide=secrets.hide)


def described(value: Any, depth: int = 0) -> Any:
    """An expectation or an observation as JSON that a person can read, no deeper than one does."""
    if depth > DEEPEST:
        return DEEPER
    depth += 1
    if value is MISSING or value is expect.ABSENT:
        return "absent"
    if isinstance(value, Term):
        return term_name(value)
    if isinstance(value, Level):
        return value.value
    if isinstance(value, dict):
        return {str(name): described(item, depth) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [described(item, depth) for item in value]
    match value:
        case expect.Because(value=inner) | expect.JsonText(value=inner):
            return described(inner, depth)
        case expect.OneOf(choices=choices):
            several = [described(choice, depth) for choice in choices]
            several = [choice for i, choice in enumerate(several) if choice not in several[:i]]
            return {"one of": several} if len(several) > 1 else several[0]
        case expect.Pattern(regex=regex):
            return f"text like {regex}"
        case expect.Present():
            return "present"
        case expect.Both(parts=parts):
            return described(parts[-1], depth)
        case expect.Bag(items=items) | expect.Including(items=items):
            return [described(item, depth) for item in items]
        case expect.Lacks(values=values):
            return f"no {' or '.join(map(str, values))}"
        case expect.Exactly(members=members):
            return described(dict(members), depth)
        case expect.AtLeast(term=term):
            return "a number" if term is None else f"not before {described(term, depth)}"
        case expect.After(term=term):
            return f"after {described(term, depth)}"
        case expect.Signed(kind=kind):
            return f"a signed {kind} token"
        case expect.Epoch(at=at, tolerance=tolerance):
            return f"{at:.0f}, give or take {tolerance:.0f} s"
    return value
