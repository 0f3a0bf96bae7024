"""The report as one self-contained HTML page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from conformance_report import bars, pages, words
from conformance_report.ranking import ranked
from conformance_report.records import VERDICTS
from conformance_report.shared import SharedParts
from conformance_report.visible import told, visible_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance_report.bars import Segment
    from conformance_report.records import RequirementRecord, Results


@dataclass(frozen=True, slots=True)
class Area:
    """The requirements of an area, and how they fared."""

    name: str
    requirements: tuple[RequirementRecord, ...]
    segments: tuple[Segment, ...]
    told: str


def render_html(results: Results) -> str:
    """The page: it fetches nothing, needs no server, and is the same for the same results.

    The text holds no lone surrogates, so that any UTF-8 writer can take it.
    """
    counts = results.verdicts
    groups = ranked(results)
    return pages.render(
        "report.html",
        areas=tuple(_areas(results)),
        broken=sum(len(group.cards) for group in groups),
        called=sum(operation["calls"] > 0 for operation in results.operations),
        exercised=sum(counts[word] for word in words.EXERCISED),
        facts=tuple(_facts(results)),
        groups=groups,
        header=results.header,
        headline=words.headline(results),
        operations=sorted(results.operations, key=lambda o: o["operation"]),
        requirements=results.requirements,
        segments=bars.segments(counts),
        shared=SharedParts(visible_source(f["script"]) for f in results.findings if f["script"]),
        target=words.target_name(results),
        told=bars.in_words(counts),
        verdicts=counts,
        warnings=results.warnings,
    )


def _areas(results: Results) -> Iterator[Area]:
    by_area: dict[str, list[RequirementRecord]] = {}
    for requirement in results.requirements:
        by_area.setdefault(requirement["area"], []).append(requirement)
    for name, requirements in sorted(by_area.items()):
        counts: Counter[str] = Counter(dict.fromkeys(VERDICTS, 0))
        counts.update(requirement["verdict"] for requirement in requirements)
        # By slug, so that the requirement about a refusal's text follows the one about the refusal.
        ordered = tuple(sorted(requirements, key=lambda r: r["slug"]))
        yield Area(name, ordered, bars.segments(counts, labels=False), bars.in_words(counts))


def _facts(results: Results) -> Iterator[tuple[str, str]]:
    header, footer = results.header, results.footer
    target = header["target"]
    yield "Target", words.target_name(results)
    if target["description"] not in ("", target["name"]):
        yield "Description", target["description"]
    yield "Endpoint", target["endpoint"]
    yield "Started", words.moment(header["started"])
    if footer is not None:
        yield "Lasted", _lasted(results)
        yield "Waiting for the target", _waiting(footer["seconds_in_target"], footer["seconds"])
    yield "Requests", f"{results.requests:,}"
    yield "Checks", f"{results.checks:,}"
    yield "Ended by", results.reason or "unknown"
    yield "Seed", str(header["seed"])
    if header["capabilities"]:
        yield "Capabilities", ", ".join(header["capabilities"])
    if header["options"]:
        yield "Options", ", ".join(f"{name} {told(value)}" for name, value in header["options"].items())
    yield "Suite", f"cognito-conformance {header['suite_version']}"
    yield "Python, botocore", f"{header['python']}, {header['botocore']}"


def _lasted(results: Results) -> str:
    footer = results.footer
    assert footer is not None
    parts = footer.get("parts", 1)
    if parts == 1:
        return words.lasting(footer["seconds"])
    began, ended = (datetime.fromisoformat(at) for at in (results.header["started"], footer["finished"]))
    elapsed = words.lasting((ended - began).total_seconds())
    return f"{elapsed}, with {words.lasting(footer['seconds'])} of work in {parts} parts"


def _waiting(in_target: float, seconds: float) -> str:
    return f"{words.lasting(in_target)}, {words.share(round(1000 * in_target), round(1000 * seconds))}"
