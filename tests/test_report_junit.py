"""JUnit XML that machines accept and that fails exactly when the run does."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from conformance_report.junit import render_junit
from support import sample_results as sample

ALLOWED = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}
NEEDED = {
    "testsuites": {"tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "property": {"name", "value"},
}


def junit(tmp_path, records):
    text = render_junit(sample.results(tmp_path, records))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    return ET.fromstring(text.encode())  # noqa: S314 - our own output


def outcomes(root):
    cases = {case.get("name"): case for case in root.iter("testcase")}
    return {name: [child.tag for child in case if child.tag != "system-out"] for name, case in cases.items()}


def test_structure_is_that_of_junit(tmp_path):
    """Elements nest as JUnit's do, carry the attributes that readers need, and the counts are right."""
    root = junit(tmp_path, sample.typical())
    for element in root.iter():
        assert {child.tag for child in element} <= ALLOWED.get(element.tag, set())
        assert NEEDED.get(element.tag, set()) <= set(element.keys())
    for suite in root.iter("testsuite"):
        assert suite.get("tests") == str(len(suite.findall("testcase")))
    for key, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("skipped", "skipped"),
        ("errors", "error"),
    ):
        assert root.get(key) == str(len(list(root.iter(tag))))


def test_only_what_fails_the_run_is_a_failure(tmp_path):
    """A broken, settled MUST is a failure, the suite's own trouble an error; what fails nobody is skipped."""
    assert outcomes(junit(tmp_path, sample.typical())) == {
        "judges-something": [],
        "comes-to-its-end": [],
        "sign-up/username-is-free": ["failure"],
        "sign-up/username-is-free/text": ["skipped"],
        "sign-up/may-say-more": ["skipped"],
        "groups/name-is-free": ["skipped"],
        "groups/list-is-whole": ["skipped"],
        "groups/deletes": ["error"],
        "tokens/are-signed": [],
        "delivery/code-is-sent": ["skipped"],
        "devices/are-listed": ["skipped"],
        "devices/are-forgotten": ["skipped"],
    }


def test_a_failure_says_what_was_expected_and_got(tmp_path):
    """The message of a failure suffices to understand it."""
    (failure,) = junit(tmp_path, sample.typical()).iter("failure")
    assert failure.get("message") == (
        "The sentence of sign-up/username-is-free. SignUp: expected UsernameExistsException, got accepted"
    )
    assert "getmoto/moto@0af643a" in failure.text
    assert "2. SignUp" in failure.text


def test_a_skipped_case_says_why(tmp_path):
    """What was not judged says the word for it and the reason."""
    cases = junit(tmp_path, sample.typical()).iter("testcase")
    said = {case.get("name"): case[0].get("message") for case in cases if case.find("skipped") is not None}
    assert said["delivery/code-is-sent"] == "blocked: no inbox"
    assert said["devices/are-forgotten"] == "not exercised"
    assert said["groups/name-is-free"].startswith("provisional, fails nobody: ")


def test_a_run_that_judged_nothing_fails(tmp_path):
    """An empty run is a failure and not a row of skipped cases."""
    root = junit(tmp_path, sample.whole(sample.requirement("a/b", "not exercised")))
    assert outcomes(root)["judges-something"] == ["failure"]


def test_a_cut_run_is_an_error(tmp_path):
    """A run that did not come to its end says so as an error."""
    root = junit(tmp_path, [sample.header(), sample.requirement("a/b")])
    assert outcomes(root)["comes-to-its-end"] == ["error"]


@pytest.mark.parametrize(
    "text", ["\x00\x0b\x1f\x7f\x85", "\ud800", "\uffff\ufffe", "]]>&<'\"", "\u202e\u2028"]
)
def test_no_text_breaks_the_xml(tmp_path, text):
    """Characters that XML forbids, and its own, come through as something that it allows."""
    records = sample.whole(
        sample.requirement("a/b", "fail", sentence=text, evidence=[sample.evidence(text)]),
        sample.requirement("a/c", "error", reason=text),
        sample.finding("a/b", observed=text, expected={text: text}, story=text, operation=text),
        {"kind": "warning", "text": text},
        target={"name": text, "endpoint": text, "version": text},
    )
    assert len(list(junit(tmp_path, records).iter("testcase"))) == 4


def test_a_trace_that_was_cut_says_so(tmp_path):
    """Before the steps of a trace that was cut on the model stands that no replay was made of it."""
    for fields, marked in (({"cut_from": 37, "confirmed": None}, True), ({}, False)):
        records = sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b", **fields))
        lines = render_junit(sample.results(tmp_path, records)).splitlines()
        assert ("cut on the model, not replayed: 2 calls of 37" in lines) is marked
