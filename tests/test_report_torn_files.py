"""A run that was killed leaves a file that can be read and says that it is cut."""

from __future__ import annotations

import pytest

from conformance_report.reader import UNDESCRIBED, read_results
from conformance_report.records import CUT
from conformance_report.writer import ResultsWriter
from support import sample_results as sample


def test_a_file_without_a_footer_is_not_complete(tmp_path):
    """Without its footer a run is reported as killed or still going on."""
    results = sample.results(tmp_path, sample.typical()[:-1])
    assert (results.complete, results.reason) == (False, CUT)
    assert len(results.requirements) == 10


def test_a_file_torn_anywhere_in_its_last_line_is_read(tmp_path):
    """Wherever the last line was torn, the lines before it are read and the file counts as cut."""
    path = sample.save(
        tmp_path / "r.jsonl", [sample.header(), sample.requirement("a/b"), sample.operation("SignUp")]
    )
    whole = path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last, len(whole) - 1):
        path.write_bytes(whole[:end])
        results = read_results(path)
        assert not results.complete
        assert [len(results.requirements), len(results.operations)] == [1, 0]


def test_a_last_line_that_lacks_only_its_end_is_kept(tmp_path):
    """A record whose line feed alone is missing is whole."""
    path = sample.save(tmp_path / "r.jsonl", sample.typical())
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read_results(path).complete


def test_an_exception_in_the_run_leaves_what_was_written(tmp_path):
    """When the run dies between two records, those before stay."""
    path = tmp_path / "r.jsonl"

    def dies():
        with ResultsWriter(path) as lines:
            lines.write(sample.header())
            lines.write(sample.requirement("a/b"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dies()
    assert [r["slug"] for r in read_results(path).requirements] == ["a/b"]


def test_findings_of_a_cut_file_keep_their_requirement(tmp_path):
    """A finding whose requirement was not written yet is still told, with what it knows itself."""
    found = sample.finding("groups/name-is-free", level="SHOULD", provisional=True)
    results = sample.results(tmp_path, [sample.header(), found])
    (requirement,) = results.requirements
    assert requirement["sentence"] == UNDESCRIBED
    known = [requirement[key] for key in ("slug", "level", "area", "provisional", "verdict")]
    assert known == ["groups/name-is-free", "SHOULD", "groups", True, "fail"]


def test_requests_of_a_cut_file_are_those_of_its_operations(tmp_path):
    """Where the footer is missing, the requests are counted from the operations."""
    lines = [sample.header(), sample.operation("SignUp"), sample.operation("GetUser", calls=5)]
    assert sample.results(tmp_path, lines).requests == 15
