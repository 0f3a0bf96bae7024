"""Whole runs against targets that are wrong in one thing: it is named, and the report survives it.

Each run makes some hundred requests over a socket and takes a second or two; the tests of a miniature share it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from cognito_conformance.engine.session import Request, Summary, conduct
from cognito_model.requirements import catalogue
from conformance_report.reader import read_results
from support import miniatures
from support.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from conformance_report.records import Results

TRANSPORT = {
    miniatures.CutsTheBody: "cut body",
    miniatures.TalksMegabytes: "too large",
    miniatures.NeverAnswers: "timeout",
    miniatures.AnswersHtml: "not JSON",
}


@dataclass(frozen=True)
class Fault:
    """A miniature, how it is asked, and what must come of it: a requirement and the verdict on it."""

    kind: type[miniatures.Miniature]
    slug: str
    verdict: str
    area: str = "life cycle"
    requests: int = 300
    timeout: float = 30.0
    asked: bool = False
    """Whether the run is asked for the requirement, which finds in a few dozen calls what comes once in hundreds."""


FAULTS = [
    Fault(miniatures.AcceptsTakenNames, "sign-up/username-is-free", "fail", "attributes", asked=True),
    Fault(miniatures.ForgetsDisable, "admin-users/disables", "fail", asked=True),
    Fault(miniatures.DropsAListPage, "listing/lists-users", "fail", "listing", asked=True),
    Fault(miniatures.FailsOnThirdCall, "protocol/no-server-fault", "fail", requests=300),
    Fault(miniatures.FailsOnce, "protocol/no-server-fault", "flaky"),
    Fault(miniatures.CrashesOnRefusals, "common/user-exists", "fail", requests=400),
    Fault(miniatures.CutsTheBody, "admin-users/shows-user", "error", requests=150),
    Fault(miniatures.TalksMegabytes, "admin-users/shows-user", "error", requests=150),
    Fault(miniatures.NeverAnswers, "pools/creates-pool", "error", timeout=0.1),
    Fault(miniatures.AnswersHtml, "pools/creates-pool", "error"),
    Fault(miniatures.PutsMarkupInMessages, "passwords/password-keeps-policy/text", "fail", "passwords"),
]
GONE = (miniatures.NeverAnswers, miniatures.AnswersHtml)


@dataclass(frozen=True)
class Judged:
    """A run that is over: its summary, what it left behind, and how many calls the target got."""

    fault: Fault
    summary: Summary
    results: Results
    calls: int
    folder: Path

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict on every requirement."""
        return {record["slug"]: record["verdict"] for record in self.results.requirements}

    @property
    def page(self) -> Page:
        """The report, taken apart."""
        return Page((self.folder / "report.html").read_text("utf-8"))


@pytest.fixture(scope="module", params=FAULTS, ids=lambda fault: fault.kind.__name__)
def judged(request, tmp_path_factory):
    fault, folder = request.param, tmp_path_factory.mktemp("run")
    with miniatures.running(fault.kind) as target:
        asked = Request(
            target.url,
            max_requests=fault.requests,
            areas=(fault.area,),
            requirements=(fault.slug,) if fault.asked else (),
            output=folder,
            timeout=fault.timeout,
        )
        summary = conduct(asked)
        calls = target.calls
    return Judged(fault, summary, read_results(folder / "results.jsonl"), calls, folder)


def test_the_fault_is_named(judged):
    """The requirement that the fault breaks has the verdict that is due."""
    assert judged.verdicts[judged.fault.slug] == judged.fault.verdict


def test_the_exit_code_says_what_came_of_it(judged):
    """1 where a requirement that must hold is broken, 2 where nothing could be judged, 0 for trouble on the way and texts."""
    broken = judged.fault.verdict == "fail" and not judged.fault.slug.endswith("/text")
    expected = 2 if judged.fault.kind in GONE else int(broken)
    assert judged.summary.exit_code == expected


def test_transport_trouble_is_no_divergence(judged):
    """What the transport spoils is said in its own words, and nothing is held against the target for it."""
    if judged.fault.kind not in TRANSPORT:
        assert "error" not in judged.verdicts.values()
        return
    records = [record for record in judged.results.requirements if record["verdict"] == "error"]
    assert {record["reason"] for record in records} == {TRANSPORT[judged.fault.kind]}
    assert judged.results.findings == ()


def test_the_records_are_whole(judged):
    """Every requirement that was asked for has its line, the footer counts what the lines say, and the file says how the
    run ended.
    """
    footer = judged.results.footer
    assert list(judged.verdicts) == ([judged.fault.slug] if judged.fault.asked else list(catalogue()))
    assert Counter(judged.verdicts.values()) == Counter({v: n for v, n in footer["verdicts"].items() if n})
    assert footer["findings"] == len(judged.results.findings)
    assert footer["complete"] == (judged.fault.kind not in GONE)
    assert footer["reason"] == ("budget" if footer["complete"] else judged.summary.ended)


def test_every_call_is_counted(judged):
    """The requests of the report are the calls that the target got, but for the probe."""
    assert judged.results.footer["requests"] == judged.calls - 1
    assert sum(record["calls"] for record in judged.results.operations) <= judged.calls - 1


def test_a_finding_can_be_told(judged):
    """A trace ends in the operation that shows the divergence, its script is Python, and no broken requirement is without."""
    told = [finding for finding in judged.results.findings if finding["trace"]]
    for finding in told:
        assert finding["trace"][-1]["operation"] == finding["operation"]
        compile(finding["script"], finding["id"], "exec")
    assert {f["requirement"] for f in told} == {f["requirement"] for f in judged.results.findings}


def test_the_reports_are_well_formed(judged):
    """The page and the JUnit file parse, and name the requirement that is broken."""
    ET.parse(judged.folder / "junit.xml")  # noqa: S314 - the suite's own file
    assert (judged.folder / "summary.md").stat().st_size
    assert judged.fault.slug in judged.page.text


def test_no_markup_of_the_target_is_alive(judged):
    """A script or an image that a target puts into its answers is text in the report, or left out."""
    scripts = [element for element in judged.page.all("script") if "spoilt" in element.text]
    assert scripts == []
    assert judged.page.all("img", onerror="alert(1)") == []
    if judged.fault.kind is miniatures.PutsMarkupInMessages:
        assert miniatures.MARKUP in judged.page.text
