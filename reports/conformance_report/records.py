"""The records of results.jsonl as types, and a whole file of them.

The JSON Schema beside this file is the published form; a test holds the two together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NotRequired, TypedDict

FORMAT: Final = 1
"""The format that this version writes, and the newest that it reads."""

CUT: Final = "the file ends without a footer: the run was killed or is still going on"

Level = Literal["MUST", "SHOULD", "MAY"]
Verdict = Literal["fail", "flaky", "error", "pass", "blocked", "unsupported", "not exercised"]
VERDICTS: Final[tuple[Verdict, ...]] = (
    "fail",
    "flaky",
    "error",
    "pass",
    "blocked",
    "unsupported",
    "not exercised",
)
"""Each verdict, the one first that wins where the parts of a run differ."""
LEVELS: Final[tuple[Level, ...]] = ("MUST", "SHOULD", "MAY")


class Target(TypedDict):
    name: str
    description: str
    endpoint: str
    version: str | None


class HeaderRecord(TypedDict):
    kind: Literal["header"]
    format: int
    suite_version: str
    target: Target
    started: str
    seed: int
    options: Mapping[str, Any]
    python: str
    botocore: str
    operations_total: int
    capabilities: list[str]


class Evidence(TypedDict):
    kind: Literal["recorded", "documented", "reported", "inferred"]
    source: str
    confidence: float
    fact: str | None
    note: str | None


class RequirementRecord(TypedDict):
    kind: Literal["requirement"]
    slug: str
    sentence: str
    level: Level
    area: str
    operations: list[str]
    provisional: bool
    verdict: Verdict
    checks: int
    failures: int
    evidence: list[Evidence]
    reason: str | None
    expectation: str | Mapping[str, Any] | None


class Answer(TypedDict):
    status: int
    error: str | None
    message: str | None
    members: Mapping[str, Any] | None


class Step(TypedDict):
    step: int
    operation: str
    params: Mapping[str, Any]
    answer: Answer | None
    judged: bool
    wait: NotRequired[int]


class FindingRecord(TypedDict):
    kind: Literal["finding"]
    id: str
    requirement: str
    level: Level
    provisional: bool
    downstream: bool
    flaky: bool
    confirmed: bool | None
    operation: str
    path: str | None
    expected: Any
    observed: Any
    story: str
    trace: list[Step]
    script: str | None
    cli: str | None
    pytest: str | None
    requests_to_minimise: int | None
    seed: int
    first_seen_request: int
    cut_from: NotRequired[int]


class OperationRecord(TypedDict):
    kind: Literal["operation"]
    operation: str
    calls: int
    succeeded: int
    errors: dict[str, int]
    unsupported: bool


class WarningRecord(TypedDict):
    kind: Literal["warning"]
    text: str


class FooterRecord(TypedDict):
    kind: Literal["footer"]
    finished: str
    complete: bool
    reason: str | None
    requests: int
    seconds: float
    seconds_in_target: float
    verdicts: dict[str, int]
    findings: int
    parts: NotRequired[int]


Record = HeaderRecord | RequirementRecord | FindingRecord | OperationRecord | WarningRecord | FooterRecord


@dataclass(frozen=True, slots=True)
class Results:
    """What a results file holds, in the order of the file. `footer` is None where the file is cut."""

    header: HeaderRecord
    requirements: tuple[RequirementRecord, ...]
    findings: tuple[FindingRecord, ...]
    operations: tuple[OperationRecord, ...]
    warnings: tuple[WarningRecord, ...]
    footer: FooterRecord | None

    @property
    def complete(self) -> bool:
        """Whether the run came to the end that it was meant to have."""
        return self.footer is not None and self.footer["complete"]

    @property
    def reason(self) -> str | None:
        """What ended the run, or that the file is cut."""
        return CUT if self.footer is None else self.footer["reason"]

    @property
    def requests(self) -> int:
        """Requests made; of a cut file, those that its operations count."""
        return sum(o["calls"] for o in self.operations) if self.footer is None else self.footer["requests"]

    @property
    def checks(self) -> int:
        """How often any requirement was judged."""
        return sum(requirement["checks"] for requirement in self.requirements)

    @property
    def verdicts(self) -> Counter[str]:
        """Requirements by verdict, every verdict named, in the order of VERDICTS."""
        counts: Counter[str] = Counter(dict.fromkeys(VERDICTS, 0))
        counts.update(requirement["verdict"] for requirement in self.requirements)
        return counts

    def records(self) -> Iterator[Record]:
        """Every record, in an order in which a file may have them."""
        yield self.header
        yield from self.requirements
        yield from self.findings
        yield from self.operations
        yield from self.warnings
        if self.footer is not None:
            yield self.footer
