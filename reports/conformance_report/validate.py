"""Records against their published schema, and against what came before them in the file."""

from __future__ import annotations

import functools
import json
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from conformance_report import problems
from conformance_report.records import FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 160
"""Characters of a schema's complaint that a message repeats: it quotes the value, which may be megabytes."""


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """A published JSON Schema, "results" or "mutation"."""
    text = resources.files("conformance_report").joinpath("schema", f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@functools.cache
def _validators() -> dict[str, Draft202012Validator]:
    """A validator for each kind: one that tries all kinds would cost more and explain itself worse."""
    whole = schema("results")
    kinds = [entry["$ref"].rsplit("/", 1)[-1] for entry in whole["oneOf"]]
    return {
        kind: Draft202012Validator({"$defs": whole["$defs"], "$ref": f"#/$defs/{kind}"}) for kind in kinds
    }


def check_record(record: Mapping[str, Any], line: int | None = None) -> None:
    """Hold a record against the schema. Raises UnknownKind, NewerFormat or InvalidRecord."""
    kind = record.get("kind")
    validator = _validators().get(kind) if isinstance(kind, str) else None
    if validator is None:
        raise problems.UnknownKind(f"there is no kind {_short(repr(kind))}", line)
    version = record.get("format")
    if kind == "header" and isinstance(version, int) and version > FORMAT:
        raise problems.NewerFormat(f"the format is {version}, this version reads up to {FORMAT}", line)
    complaint = best_match(validator.iter_errors(record))
    if complaint is not None:
        raise problems.InvalidRecord(f"{_name(record)}: {explained(complaint)}", line)


def explained(complaint: ValidationError) -> str:
    """Where and what, in a line that stays short however long the value is."""
    return f"at {complaint.json_path}: {_short(complaint.message)}"


def _name(record: Mapping[str, Any]) -> str:
    name = record.get("slug") or record.get("id") or record.get("operation") or ""
    return f"{record['kind']} {_short(str(name))}".rstrip()


def _short(text: str) -> str:
    text = text.encode("ascii", "backslashreplace").decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


class Order:
    """Watches the records of one file go by. Writer and reader hold them to the same order."""

    def __init__(self) -> None:
        self.begun = False
        self.closed = False
        self._requirements: dict[str, str] = {}
        self._findings: dict[str, str] = {}
        self._operations: set[str] = set()

    @property
    def orphans(self) -> dict[str, str]:
        """The findings whose requirement has not come yet: id to slug."""
        return {name: slug for name, slug in self._findings.items() if slug not in self._requirements}

    def admit(self, record: Mapping[str, Any], line: int | None = None) -> None:
        """Take note of a record that its schema allows. Raises the problem by its name."""
        kind = record["kind"]
        if self.closed:
            raise problems.RecordAfterFooter(f"a {kind} follows the footer", line)
        if kind == "header":
            if self.begun:
                raise problems.DuplicateHeader("a second header", line)
            self.begun = True
        elif not self.begun:
            raise problems.MissingHeader(f"the first record is a {kind}", line)
        if kind == "requirement":
            slug = record["slug"]
            if slug in self._requirements:
                raise problems.DuplicateRequirement(f"requirement {slug} stands here twice", line)
            self._requirements[slug] = record["verdict"]
        elif kind == "finding":
            name = record["id"]
            if name in self._findings:
                raise problems.DuplicateFinding(f"finding {name} stands here twice", line)
            self._findings[name] = record["requirement"]
        elif kind == "operation":
            if record["operation"] in self._operations:
                raise problems.DuplicateOperation(
                    f"operation {_short(record['operation'])} stands here twice", line
                )
            self._operations.add(record["operation"])
        elif kind == "footer":
            self._close(record, line)

    def _close(self, footer: Mapping[str, Any], line: int | None) -> None:
        for name, slug in self.orphans.items():
            raise problems.FindingOfUnknownRequirement(
                f"finding {name} breaks {slug}, which has no line", line
            )
        counted = Counter(self._requirements.values())
        told = Counter(footer["verdicts"])
        if +counted != +told:
            raise problems.FooterDisagrees(
                f"the footer counts {_told(told)}, the lines before it have {_told(counted)}", line
            )
        self.closed = True


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted((+counts).items())) or "nothing"
