"""A table of a description file, read strictly: each value is asked for by name and type, and nothing is left."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from cognito_conformance.targets.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}


def nearest(name: str, known: Iterable[str]) -> str:
    """The question whether the known name that looks most like this one is meant, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; is it {near[0]}?" if near else ""


class Table:
    """A table and the place where it stands, for messages. Every method raises TargetError."""

    def __init__(self, place: str, data: Mapping[str, Any]) -> None:
        self._place = place
        self._data = data
        self._asked: set[str] = set()

    def wrong(self, what: str) -> TargetError:
        """The error that says what is wrong here."""
        return TargetError(f"{self._place}: {what}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._asked.add(key)
        return key in self._data

    def text(self, key: str) -> str | None:
        """A text, None where it is not there."""
        value = self._value(key, str)
        if value == "":
            raise self.wrong(f"{key} is empty; leave it out")
        return None if value is None else str(value)

    def number(self, key: str) -> float | None:
        """A number, None where it is not there."""
        value = self._value(key, float, int)
        return None if value is None else float(value)

    def whole(self, key: str) -> int | None:
        """A whole number, None where it is not there."""
        value = self._value(key, int)
        return None if value is None else int(value)

    def flag(self, key: str) -> bool:
        """True or false; false where it is not there."""
        return bool(self._value(key, bool))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where it is not there."""
        value = self._value(key, list) or ()
        if not all(isinstance(item, str) for item in value):
            raise self.wrong(f"{key} is a list of texts")
        return tuple(value)

    def pairs(self, key: str) -> dict[str, str]:
        """A table of texts, empty where it is not there."""
        value: dict[str, Any] = self._value(key, dict) or {}
        if not all(isinstance(item, str) for item in value.values()):
            raise self.wrong(f"{key} is a table of texts")
        return dict(value)

    def table(self, key: str) -> Table | None:
        """A table in this one, None where it is not there."""
        value = self._value(key, dict)
        return None if value is None else Table(f"{self._place}: [{key}]", value)

    def choice(self, key: str, among: Iterable[str]) -> str:
        """A text that is one of these."""
        known = list(among)
        value = self.text(key)
        if value not in known:
            raise self.wrong(f"{key} must be one of {', '.join(known)}, not {value!r}")
        return str(value)

    def rest(self) -> dict[str, Any]:
        """What was not asked for."""
        return {key: value for key, value in self._data.items() if key not in self._asked}

    def done(self) -> None:
        """Nothing may be left that nobody asked for."""
        for key in self.rest():
            raise self.wrong(f"there is no {key!r} here{nearest(key, self._asked)}")

    def _value(self, key: str, *kinds: type) -> Any:
        self._asked.add(key)
        value = self._data.get(key)
        if value is None or (isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))):
            return value
        raise self.wrong(f"{key} must be {_WORDS[kinds[0]]}, not {value!r}")
