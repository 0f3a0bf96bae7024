"""Writes results.jsonl, line by line, so that a run that is killed leaves what it had."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from conformance_report.validate import Order, check_record

if TYPE_CHECKING:
    from types import TracebackType

DEEPEST = 40
"""Levels of a record that are kept where it is nested too deeply for JSON encoders."""


class ResultsWriter:
    """A results file being written: `with ResultsWriter(path) as lines: lines.write(record)`.

    The header comes first and the footer last; without a footer the file says that it is cut.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._order = Order()
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Open the file, which replaces what was there. Raises OSError."""
        self._file = self.path.open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, record: Mapping[str, Any]) -> None:
        """Add a record and flush it. Raises a ResultsProblem for one that the schema or the order refuses."""
        if self._file is None:
            raise ValueError("the file is not open: write inside the with block")
        check_record(record)
        self._order.admit(record)
        self._file.write(encoded(record))
        self._file.flush()

    def close(self) -> None:
        """Close the file; harmless twice."""
        if self._file is not None:
            self._file.close()
            self._file = None


def encoded(record: Mapping[str, Any]) -> bytes:
    """A record as its line. ASCII only: a target may answer lone surrogates, which UTF-8 cannot carry."""
    try:
        text = json.dumps(record, allow_nan=False)
    except (ValueError, RecursionError):
        text = json.dumps(_tamed(record, DEEPEST), allow_nan=False)
    return text.encode("ascii") + b"\n"


def _tamed(value: Any, depth: int) -> Any:
    """The value without what a target can answer and JSON cannot hold: NaN, infinities, endless nesting."""
    if isinstance(value, Mapping):
        return (
            {key: _tamed(item, depth - 1) for key, item in value.items()} if depth else "(nested more deeply)"
        )
    if isinstance(value, list | tuple):
        return [_tamed(item, depth - 1) for item in value] if depth else "(nested more deeply)"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
