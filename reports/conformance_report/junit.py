"""The results as JUnit XML, for machines that show test results."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from conformance_report import words
from conformance_report.ranking import first_finding
from conformance_report.visible import clipped, one_line, told, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance_report.records import FindingRecord, RequirementRecord, Results, Step

RUN = "run"
"""The suite of the cases about the run itself."""
UNFILLED = {"not exercised", "blocked", "unsupported"}


def render_junit(results: Results) -> str:
    """One test case a requirement, one suite an area, and a suite about the run itself.

    Only what makes a run fail is a <failure>: a broken MUST whose evidence is settled, and a run that judged
    nothing. What was not judged is <skipped>, and so is what fails nobody (SHOULD, MAY, provisional, flaky).
    """
    root = ET.Element("testsuites", name=f"cognito-conformance: {words.target_name(results)}")
    seconds = 0.0 if results.footer is None else results.footer["seconds"]
    _run_suite(root, results, seconds)
    findings: dict[str, list[FindingRecord]] = {}
    for finding in results.findings:
        findings.setdefault(finding["requirement"], []).append(finding)
    areas: dict[str, list[RequirementRecord]] = {}
    for requirement in results.requirements:
        areas.setdefault(requirement["area"], []).append(requirement)
    for area, requirements in sorted(areas.items()):
        suite = ET.SubElement(root, "testsuite", name=area)
        for requirement in requirements:
            case = _case(suite, area, requirement["slug"])
            _judge(case, requirement, findings.get(requirement["slug"], ()))
        _count(suite, results, 0.0)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("time", f"{seconds:.3f}")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _run_suite(root: ET.Element, results: Results, seconds: float) -> None:
    suite = ET.SubElement(root, "testsuite", name=RUN)
    header = results.header
    facts = {"endpoint": header["target"]["endpoint"], "seed": header["seed"], "requests": results.requests}
    properties = ET.SubElement(suite, "properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=name, value=visible(str(value)))
    judged = _case(suite, RUN, "judges-something")
    if not any(requirement["verdict"] in words.EXERCISED for requirement in results.requirements):
        _outcome(judged, "failure", words.headline(results).sentence)
    completed = _case(suite, RUN, "comes-to-its-end")
    if not results.complete:
        _outcome(completed, "error", visible(clipped(results.reason or "no reason was given")))
    if results.warnings:
        texts = "\n".join(visible(clipped(warning["text"])) for warning in results.warnings)
        ET.SubElement(judged, "system-out").text = texts
    _count(suite, results, seconds)


def _case(suite: ET.Element, area: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=f"cognito.{area}", name=name, time="0")


def _judge(case: ET.Element, requirement: RequirementRecord, findings: Sequence[FindingRecord]) -> None:
    verdict = requirement["verdict"]
    if verdict == "error":
        _outcome(
            case,
            "error",
            visible(clipped(requirement["reason"] or "the suite or the transport was at fault")),
        )
    elif verdict in UNFILLED:
        reason = f": {one_line(requirement['reason'], 300)}" if requirement["reason"] else ""
        _outcome(case, "skipped", f"{verdict}{reason}")
    elif verdict in ("fail", "flaky"):
        finding = first_finding(findings)
        if words.breaks(requirement):
            _outcome(case, "failure", _message(requirement, finding), _details(requirement, finding))
        else:
            _outcome(
                case, "skipped", f"{_mildness(requirement)}, fails nobody: {_message(requirement, finding)}"
            )


def _mildness(requirement: RequirementRecord) -> str:
    if requirement["provisional"]:
        return "provisional"
    return "flaky" if requirement["verdict"] == "flaky" else requirement["level"]


def _message(requirement: RequirementRecord, finding: FindingRecord | None) -> str:
    if finding is None:
        return visible(requirement["sentence"])
    expected, got = (one_line(told(finding[key]), 200) for key in ("expected", "observed"))
    return (
        f"{visible(requirement['sentence'])} {visible(finding['operation'])}: expected {expected}, got {got}"
    )


def _details(requirement: RequirementRecord, finding: FindingRecord | None) -> str:
    lines = [f"{requirement['level']} {requirement['slug']}"]
    lines += [f"{evidence['kind']}: {visible(evidence['source'])}" for evidence in requirement["evidence"]]
    if finding is not None:
        lines.append(visible(clipped(finding["story"])))
        if "cut_from" in finding:
            lines.append(words.cut(finding))
        lines += [f"{step['step']}. {_wait(step)}{visible(step['operation'])}" for step in finding["trace"]]
    return "\n".join(lines)


def _wait(step: Step) -> str:
    """How much time goes by before a step."""
    return f"{step['wait']} s later: " if step.get("wait") else ""


def _outcome(case: ET.Element, tag: str, message: str, text: str | None = None) -> None:
    attributes = {"message": message} if tag == "skipped" else {"message": message, "type": tag}
    ET.SubElement(case, tag, attributes).text = text


def _count(suite: ET.Element, results: Results, seconds: float) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("time", f"{seconds:.3f}")
    suite.set("timestamp", results.header["started"].removesuffix("+00:00").removesuffix("Z"))
