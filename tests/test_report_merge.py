"""The parts of one run become one result."""

from __future__ import annotations

import itertools

import pytest

from conformance_report.merge import gravest, merge, merge_files
from conformance_report.reader import read_results
from conformance_report.records import VERDICTS
from support import sample_results as sample

SLUG = "sign-up/username-is-free"


def part(tmp_path, *records, **fields):
    return sample.results(tmp_path, sample.whole(*records, **fields))


def test_the_gravest_verdict_wins():
    """Fail beats flaky, then error, pass, blocked, unsupported, not exercised."""
    for one, other in itertools.product(VERDICTS, repeat=2):
        expected = VERDICTS[min(VERDICTS.index(one), VERDICTS.index(other))]
        assert expected == gravest([one, other]) == gravest([other, one])


def test_checks_and_failures_add_up(tmp_path):
    """A requirement was judged as often as all parts together judged it."""
    one = part(tmp_path, sample.requirement(SLUG, "pass", checks=10))
    other = part(tmp_path, sample.requirement(SLUG, "fail", checks=5, failures=3), sample.finding(SLUG))
    (joined,) = merge([one, other]).requirements
    assert [joined[key] for key in ("verdict", "checks", "failures")] == ["fail", 15, 3]


def test_the_reason_comes_with_the_verdict(tmp_path):
    """Why a requirement was not judged is said by a part that says the verdict which won."""
    one = part(tmp_path, sample.requirement(SLUG, "not exercised"))
    other = part(tmp_path, sample.requirement(SLUG, "blocked", reason="no inbox"))
    third = part(tmp_path, sample.requirement(SLUG, "unsupported", reason="NotImplemented"))
    assert merge([one, other, third]).requirements[0]["reason"] == "no inbox"


def test_requirements_of_one_part_alone_are_kept(tmp_path):
    """Parts that ran other areas add their requirements."""
    merged = merge([part(tmp_path, sample.requirement("a/b")), part(tmp_path, sample.requirement("c/d"))])
    assert [r["slug"] for r in merged.requirements] == ["a/b", "c/d"]


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"downstream": True}, {"downstream": False, "trace": [sample.step(1)] * 9}),
        ({"flaky": True, "confirmed": False}, {"flaky": False, "downstream": True}),
        ({"confirmed": None}, {"confirmed": True}),
        ({"trace": [sample.step(1)] * 3}, {"trace": [sample.step(1)] * 2}),
    ],
)
def test_a_finding_of_two_parts_counts_once_with_its_best_trace(tmp_path, worse, better):
    """Of two sightings that one stays which came back, came first, was confirmed, or is shorter."""
    broken = sample.requirement(SLUG, "fail")
    parts = [part(tmp_path, broken, sample.finding(SLUG, **fields)) for fields in (worse, better)]
    for order in (parts, parts[::-1]):
        merged = merge(order)
        assert [sample.finding(SLUG, **better)] == list(merged.findings)
        assert merged.footer["findings"] == 1


def test_operations_add_up(tmp_path):
    """Calls, successes and errors of an operation are those of all parts, the commonest error first."""
    one = part(tmp_path, sample.operation("SignUp", errors={"A": 1, "B": 1}))
    other = part(tmp_path, sample.operation("SignUp", errors={"B": 2}, unsupported=True))
    (joined,) = merge([one, other]).operations
    assert joined == sample.operation(
        "SignUp", calls=20, succeeded=12, errors={"B": 3, "A": 1}, unsupported=True
    )
    assert list(joined["errors"]) == ["B", "A"]


def test_a_warning_of_two_parts_is_told_once(tmp_path):
    """The same warning from every part is one warning."""
    warning = {"kind": "warning", "text": "Nothing was tested."}
    assert list(merge([part(tmp_path, warning), part(tmp_path, warning)]).warnings) == [warning]


def test_times_and_requests_add_up(tmp_path):
    """The run began with the first part, ended with the last, and its work is that of all."""
    one = part(tmp_path, started="2026-11-25T08:00:00+00:00")
    merged = merge([part(tmp_path), one, part(tmp_path)])
    assert merged.header["started"] == "2026-11-25T08:00:00+00:00"
    work = [merged.footer[key] for key in ("requests", "seconds", "seconds_in_target", "parts")]
    assert work == [4500, 49.5, 18.0, 3]


def test_a_cut_part_leaves_the_whole_incomplete(tmp_path):
    """Where one part is cut or was interrupted, the whole is not complete and says why."""
    cut = sample.results(tmp_path, [sample.header(), sample.requirement("a/b")])
    merged = merge([part(tmp_path), cut])
    assert not merged.complete
    assert merged.reason == cut.reason


def test_merged_results_can_be_merged_again(tmp_path):
    """Merging in two stages says the same as merging at once."""
    parts = [sample.results(tmp_path, sample.typical()) for _ in range(3)]
    assert merge(parts) == merge([merge(parts[:2]), parts[2]])


def test_merged_files_are_a_results_file(tmp_path):
    """The file that a merge writes is read like any other."""
    paths = [sample.save(tmp_path / f"{name}.jsonl", sample.typical()) for name in "ab"]
    merged = merge_files(paths, tmp_path / "whole.jsonl")
    assert merged == read_results(tmp_path / "whole.jsonl")
    assert merged.verdicts == read_results(paths[0]).verdicts
