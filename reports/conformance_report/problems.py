"""What can be wrong with a results file: each invalid state by name, with a sentence why it matters."""

from __future__ import annotations

from typing import ClassVar


class ResultsProblem(ValueError):
    """A results file, or a record for one, is not what it has to be. `line` is its line, where known."""

    why: ClassVar[str] = ""

    def __init__(self, what: str, line: int | None = None) -> None:
        self.line = line
        place = "" if line is None else f"line {line}: "
        super().__init__(f"{place}{what}. {self.why}".rstrip())


class NotResults(ResultsProblem):
    """The file is something else."""

    why = "A results file has one JSON object on each line, and each object says its kind."


class MissingHeader(ResultsProblem):
    """The first record is no header."""

    why = "Without the header nobody can say which target was judged, or how."


class DuplicateHeader(ResultsProblem):
    """A second header."""

    why = "Two runs in one file would lend each other their verdicts; merge them instead."


class NewerFormat(ResultsProblem):
    """The format is newer than this reader."""

    why = "A newer format may say things that this version would misread; use the version that wrote it."


class UnknownKind(ResultsProblem):
    """A record of a kind that the format does not have."""

    why = "What cannot be understood must not be passed over: it may be a divergence."


class InvalidRecord(ResultsProblem):
    """A record that its schema refuses."""

    why = "Other programs rely on the published schema, and a record beside it would mislead them."


class BrokenLine(ResultsProblem):
    """A line before the last that is no JSON object."""

    why = "A run that is killed tears its last line alone; a broken one before it means lost records."


class DuplicateRequirement(ResultsProblem):
    """A requirement with two verdicts."""

    why = "A requirement has one verdict a run; with two of them nobody knows which holds."


class DuplicateFinding(ResultsProblem):
    """Two findings with one id."""

    why = "An id stands for one divergence; counted twice, a target looks worse than it is."


class DuplicateOperation(ResultsProblem):
    """An operation with two counts."""

    why = "An operation has one count of its calls a run; two of them cannot both be the total."


class FindingOfUnknownRequirement(ResultsProblem):
    """A finding whose requirement has no line."""

    why = "A divergence without its requirement has no evidence, and the verdicts leave it out."


class FooterDisagrees(ResultsProblem):
    """The footer counts other verdicts than the lines before it have."""

    why = "Lines were lost or changed after the run, so no total can be trusted."


class RecordAfterFooter(ResultsProblem):
    """Something stands behind the footer."""

    why = "The footer closes a run; what follows belongs to another one."


class PartsDisagree(ResultsProblem):
    """Parts that are not of one run."""

    why = "Only parts of one run can be joined: the same suite judging the same target."


class NothingToMerge(ResultsProblem):
    """A merge of no parts."""

    why = "A report of nothing would look like a run that found nothing."
