"""Codes that a target prints."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cognito_conformance.targets.inbox import Delivery, Inbox, Place
    from cognito_conformance.targets.output import Output
    from cognito_conformance.targets.table import Table

OVERLAP = 4096
"""Characters that are looked at again, because a letter may have been read in two parts."""


@dataclass
class _Printed:
    """Letters in the output, each read once.

    Which of a user's letters a call caused is not in them, and so the newest that nobody has read is taken.
    """

    output: Output | None
    pattern: re.Pattern[str]
    patience: float
    _position: int = 0
    _rest: str = ""
    _unread: list[re.Match[str]] = field(default_factory=list)

    def code(self, to: Delivery) -> str | None:
        if self.output is None:
            return None
        deadline = time.monotonic() + self.patience
        while True:
            self._collect(self.output)
            theirs = [letter for letter in self._unread if _is_to(letter, to)]
            if theirs:
                self._unread = [letter for letter in self._unread if letter not in theirs]
                return theirs[-1]["code"]
            if not self.output.wait(self._position, max(0.0, deadline - time.monotonic())):
                return None

    def _collect(self, output: Output) -> None:
        text, self._position = output.since(self._position)
        text = self._rest + text
        end = 0
        for letter in self.pattern.finditer(text):
            self._unread.append(letter)
            end = letter.end()
        self._rest = text[end:][-OVERLAP:]


def _is_to(letter: re.Match[str], to: Delivery) -> bool:
    """Whether what a letter says of its receiver is true of the user."""
    said = letter.groupdict()
    if to.destination is not None and said.get("destination") not in (None, to.destination):
        return False
    return said.get("username") in (None, to.username)


def stdout_inbox(options: Table, place: Place) -> Inbox:
    """`pattern`: a regular expression of a letter in the output, with a group `code` and, to tell letters to
    different users apart, `username` and `destination`; `patience`: seconds to wait for it (2).
    """
    text = options.text("pattern") or ""
    try:
        pattern = re.compile(text)
    except re.error as problem:
        raise options.wrong(f"pattern is no regular expression: {problem}") from None
    if "code" not in pattern.groupindex:
        raise options.wrong("pattern needs a group (?P<code>…)")
    patience = options.number("patience")
    return _Printed(place.output, pattern, 2.0 if patience is None else patience)
