"""results.jsonl is written and read by its published schema."""

from __future__ import annotations

import json
import math

import pytest
from jsonschema import Draft202012Validator

from conformance_report import records
from conformance_report.reader import read_results
from conformance_report.validate import schema
from conformance_report.writer import ResultsWriter
from support import sample_results as sample

KINDS = {
    "header": records.HeaderRecord,
    "requirement": records.RequirementRecord,
    "finding": records.FindingRecord,
    "operation": records.OperationRecord,
    "warning": records.WarningRecord,
    "footer": records.FooterRecord,
    "evidence": records.Evidence,
    "step": records.Step,
}


def written(path, lines):
    with ResultsWriter(path) as writer:
        for record in lines:
            writer.write(record)
    return path


def test_what_is_written_is_read_back(tmp_path):
    """Every record comes back from the file as it was given."""
    expected = sample.typical()
    assert expected == list(read_results(written(tmp_path / "r.jsonl", expected)).records())


def test_a_line_is_a_record_with_its_kind(tmp_path):
    """Other programs find one JSON object a line, and each says its kind."""
    path = written(tmp_path / "r.jsonl", sample.typical())
    kinds = [json.loads(line)["kind"] for line in path.read_text("ascii").splitlines()]
    assert [record["kind"] for record in sample.typical()] == kinds


@pytest.mark.parametrize("name", ["results", "mutation"])
def test_schema_is_a_schema(name):
    """The published schemas obey JSON Schema 2020-12."""
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_alone_judges_a_line():
    """Someone who has the schema and nothing else can validate each line with it."""
    whole = Draft202012Validator(schema("results"))
    complaints = [error.message for record in sample.typical() for error in whole.iter_errors(record)]
    assert not complaints
    assert not whole.is_valid({"kind": "footer"})


@pytest.mark.parametrize("kind", KINDS)
def test_types_and_schema_agree(kind):
    """The types of the package and the published schema name the same fields and demand the same ones."""
    published = schema("results")["$defs"][kind]
    assert set(published["properties"]) == set(KINDS[kind].__annotations__)
    assert set(published["required"]) == KINDS[kind].__required_keys__


def test_verdicts_and_levels_agree_with_the_schema():
    """The words for verdicts and levels are those of the schema."""
    defs = schema("results")["$defs"]
    assert list(records.VERDICTS) == defs["verdict"]["enum"]
    assert list(records.LEVELS) == defs["level"]["enum"]


def test_a_record_is_in_the_file_when_it_is_written(tmp_path):
    """A run that is killed leaves every record it had: nothing waits in a buffer."""
    path = tmp_path / "r.jsonl"
    with ResultsWriter(path) as lines:
        lines.write(sample.header())
        assert read_results(path).header == sample.header()
        lines.write(sample.requirement("a/b"))
        assert len(read_results(path).requirements) == 1


def test_findings_may_come_before_their_requirements(tmp_path):
    """A run may write its findings as it meets them, and the verdicts at its end."""
    lines = [sample.finding("a/b"), sample.requirement("a/b", "fail")]
    path = written(tmp_path / "r.jsonl", [sample.header(), *lines, sample.footer(lines)])
    assert read_results(path).complete


def test_values_that_json_cannot_hold_are_written_as_words(tmp_path):
    """A target that answers NaN, lone surrogates or endless nesting keeps nothing from being written."""
    deep: object = "end"
    for _ in range(5000):
        deep = [deep]
    observed = {"nan": math.nan, "inf": -math.inf, "lone": "\ud800", "deep": deep}
    lines = sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b", observed=observed))
    seen = read_results(written(tmp_path / "r.jsonl", lines)).findings[0]["observed"]
    assert seen["nan"] == "nan"
    assert seen["inf"] == "-inf"
    assert seen["lone"] == "\ud800"
    assert "nested more deeply" in json.dumps(seen["deep"])


def test_writing_outside_the_block_is_refused(tmp_path):
    """A writer that is not open says so."""
    with pytest.raises(ValueError, match="not open"):
        ResultsWriter(tmp_path / "r.jsonl").write(sample.header())
