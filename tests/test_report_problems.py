"""Every invalid state of a results file has a name and says why it matters."""

from __future__ import annotations

import pytest

from conformance_report import problems
from conformance_report.merge import merge
from conformance_report.reader import read_results
from conformance_report.writer import ResultsWriter
from support import sample_results as sample

OK = sample.requirement("a/b")


def lines(*records):
    return [sample.header(), *records]


FILES = {
    "NotResults": '<html lang="en">no</html>\n',
    "MissingHeader": [OK],
    "DuplicateHeader": lines(sample.header()),
    "NewerFormat": [sample.header(format=2)],
    "UnknownKind": lines({"kind": "rumour"}),
    "InvalidRecord": lines(OK | {"verdict": "perhaps"}),
    "BrokenLine": None,
    "DuplicateRequirement": lines(OK, OK),
    "DuplicateFinding": lines(OK, sample.finding("a/b"), sample.finding("a/b")),
    "DuplicateOperation": lines(sample.operation("SignUp"), sample.operation("SignUp")),
    "FindingOfUnknownRequirement": lines(sample.finding("a/b"), sample.footer([])),
    "FooterDisagrees": lines(OK, sample.footer([OK], verdicts={"pass": 2})),
    "RecordAfterFooter": [*sample.whole(OK), sample.operation("SignUp")],
}
MERGES = {"PartsDisagree", "NothingToMerge"}


def test_every_problem_is_tested_here():
    """No problem of the package is without a case below."""
    named = {kind.__name__ for kind in problems.ResultsProblem.__subclasses__()}
    assert named == FILES.keys() | MERGES


def test_every_problem_says_why_it_matters():
    """Each problem carries a sentence of its own."""
    whys = [kind.why for kind in problems.ResultsProblem.__subclasses__()]
    assert all(why.endswith(".") and len(why) > 20 for why in whys)
    assert len(set(whys)) == len(whys)


@pytest.mark.parametrize("name", [name for name, content in FILES.items() if content is not None])
def test_reader_names_the_problem(tmp_path, name):
    """The reader raises the problem by its name, with the line and the reason."""
    path = tmp_path / "r.jsonl"
    content = FILES[name]
    if isinstance(content, str):
        path.write_text(content)
    else:
        sample.save(path, content)
    problem = getattr(problems, name)
    with pytest.raises(problem) as raised:
        read_results(path)
    assert problem.why in str(raised.value)
    assert raised.value.line is not None
    assert "\n" not in str(raised.value)


def test_a_broken_line_before_the_last_is_no_torn_file(tmp_path):
    """A line that cannot be read, with others behind it, means that something is lost."""
    path = sample.save(tmp_path / "r.jsonl", sample.typical())
    text = path.read_text().splitlines()
    path.write_text("\n".join([text[0], text[1][:40], *text[2:]]))
    with pytest.raises(problems.BrokenLine, match="line 2"):
        read_results(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[1, 2]\n", b'{"a": 1}\n', b"12\n", b"NaN\n"])
def test_a_file_of_something_else_is_refused(tmp_path, content):
    """An empty file or one of another sort is no results file."""
    path = tmp_path / "r.jsonl"
    path.write_bytes(content)
    with pytest.raises((problems.NotResults, problems.MissingHeader)):
        read_results(path)


def test_rubbish_behind_the_footer_is_refused(tmp_path):
    """What follows the footer does not belong to the run, readable or not."""
    path = sample.save(tmp_path / "r.jsonl", sample.whole(OK))
    path.write_bytes(path.read_bytes() + b"\x00\x00")
    with pytest.raises(problems.RecordAfterFooter):
        read_results(path)


@pytest.mark.parametrize(
    ("name", "records"),
    [
        ("MissingHeader", [OK]),
        ("DuplicateHeader", lines(sample.header())),
        ("InvalidRecord", [sample.header(target={"endpoint": "http://me:secret@127.0.0.1/"})]),
        ("UnknownKind", lines({"kind": ["list"]})),
        ("DuplicateRequirement", lines(OK, OK)),
        ("FindingOfUnknownRequirement", lines(sample.finding("a/b"), sample.footer([]))),
        ("FooterDisagrees", lines(OK, sample.footer([]))),
        ("RecordAfterFooter", [*sample.whole(OK), OK]),
    ],
)
def test_writer_refuses_what_the_reader_would(tmp_path, name, records):
    """A record that the format does not allow never reaches the file."""
    with ResultsWriter(tmp_path / "r.jsonl") as writer:
        for record in records[:-1]:
            writer.write(record)
        with pytest.raises(getattr(problems, name)):
            writer.write(records[-1])


def test_a_complaint_about_megabytes_is_short(tmp_path):
    """A record with megabytes in the wrong place is refused in a few words."""
    bad = lines(OK | {"checks": "x" * 3_000_000})
    with pytest.raises(problems.InvalidRecord) as raised:
        sample.results(tmp_path, bad)
    assert len(str(raised.value)) < 500


def test_parts_of_two_runs_are_not_joined(tmp_path):
    """Results of two targets, or of two versions of one, are no parts of one run."""
    one = sample.results(tmp_path, sample.whole(OK))
    other = sample.results(tmp_path, sample.whole(OK, target={"version": "4.0"}))
    with pytest.raises(problems.PartsDisagree, match=r"part 1 has target version 5\.2\.5, part 2 has 4\.0"):
        merge([one, other])


def test_nothing_is_not_merged():
    """A merge of no parts is refused."""
    with pytest.raises(problems.NothingToMerge):
        merge([])
