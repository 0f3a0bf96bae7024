"""What a run means, in sentences: the same in every report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from conformance_report.visible import one_line, visible

if TYPE_CHECKING:
    from conformance_report.records import FindingRecord, RequirementRecord, Results, Verdict

SYMBOLS: Final[dict[str, str]] = {
    "fail": "✕",
    "flaky": "≈",
    "error": "!",
    "pass": "✓",
    "blocked": "⊘",
    "unsupported": "∅",
    "not exercised": "○",
}
"""A sign beside each verdict's word; never instead of it."""

MUTANT_SYMBOLS: Final[dict[str, str]] = {"alive": "✕", "killed": "✓", "unobservable": "○"}
"""The same for what became of a mutant."""

MEANINGS: Final[dict[str, str]] = {
    "fail": "broken at least once, and a replay showed it again where one was made",
    "flaky": "broken, but not by itself: a replay did not show it again, or another divergence came before it",
    "error": "the suite or the transport was at fault; not counted against the target",
    "pass": "judged, and never broken",
    "blocked": "the target offers no way to read the code that a step needs, or no trigger function of the kind",
    "unsupported": "the target says that it has no such operation",
    "not exercised": "no call of this run came to it; nothing is known",
}

EXERCISED: Final[tuple[Verdict, ...]] = ("fail", "flaky", "pass")


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict in one sentence, and what a reader must know before believing it."""

    sentence: str
    beside: tuple[str, ...]


def breaks(requirement: RequirementRecord) -> bool:
    """Whether the target is at fault: what must hold does not, and the evidence is settled."""
    return (
        requirement["verdict"] == "fail" and requirement["level"] == "MUST" and not requirement["provisional"]
    )


def target_name(results: Results) -> str:
    """The target and its version."""
    target = results.header["target"]
    return f"{one_line(target['name'], 80)} {one_line(target['version'] or '', 80)}".rstrip()


def headline(results: Results) -> Headline:
    """The verdict of the run in words."""
    name = target_name(results)
    judged = [r for r in results.requirements if r["verdict"] in EXERCISED]
    binding = [r for r in judged if r["level"] == "MUST" and not r["provisional"]]
    broken = [r for r in binding if breaks(r)]
    so_far = "" if results.complete else " so far"
    if not judged:
        sentence = f"Nothing was exercised: this run says nothing about {name}."
    elif broken:
        sentence = f"{name} breaks {len(broken)} of the {counted(len(binding), 'requirement')} that must hold"
        sentence += f" and {were(len(binding))} judged{so_far}."
    elif binding:
        every = "the one requirement" if len(binding) == 1 else f"all {len(binding)} requirements"
        sentence = f"{name} keeps {every} that must hold and {were(len(binding))} judged{so_far}."
    else:
        sentence = f"No requirement that must hold was judged{so_far}: this run says little about {name}."
    return Headline(sentence, tuple(_beside(results)))


def _beside(results: Results) -> list[str]:
    lines = []
    if not results.complete:
        lines.append(f"The run did not come to its end: {visible(results.reason or 'no reason was given')}.")
    failing = [r for r in results.requirements if r["verdict"] == "fail"]
    softer = sum(r["level"] != "MUST" and not r["provisional"] for r in failing)
    doubtful = sum(r["provisional"] for r in failing)
    unseen = results.verdicts["not exercised"]
    if softer:
        lines.append(f"{counted(softer, 'requirement')} of level SHOULD or MAY {were(softer)} broken.")
    if doubtful:
        lines.append(
            f"{counted(doubtful, 'provisional requirement')} {were(doubtful)} broken; they fail nobody."
        )
    if unseen:
        lines.append(
            f"{unseen} of {counted(len(results.requirements), 'requirement')} {were(unseen)} not exercised."
        )
    return lines


def cut(finding: FindingRecord) -> str:
    """What must be said of a trace that no replay made short."""
    kept, before = counted(len(finding["trace"]), "call"), finding.get("cut_from", len(finding["trace"]))
    return f"cut on the model, not replayed: {kept} of {before}"


def were(count: int) -> str:
    """`was` or `were`."""
    return "was" if count == 1 else "were"


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 call, 1,204 calls."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def share(part: int, whole: int) -> str:
    """A percentage that is 0 % or 100 % only where it is exactly that."""
    if not whole:
        return "—"
    percent = 100 * part / whole
    if 0 < percent < 1:
        return "< 1 %"
    if 99 < percent < 100:
        return "> 99 %"
    return f"{percent:.0f} %"


def lasting(seconds: float) -> str:
    """A duration for people: 850 ms, 16.7 s, 4 min 10 s, 2 h 5 min."""
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def moment(instant: str) -> str:
    """A moment for people, in UTC: 25 November 2026, 08:49:50 UTC."""
    when = datetime.fromisoformat(instant)
    return f"{when.day} {when:%B %Y, %H:%M:%S} UTC"
