"""Where in an answer a check looked, and what it wanted there, so that a program can look again."""

from __future__ import annotations

from typing import Any

from cognito_model.immutable import immutable
from cognito_model.terms import Fresh, Term


@immutable
class Item:
    """The item of a list whose member `key` has this value."""

    key: str
    value: Any


@immutable
class Parsed:
    """What a text holds as JSON."""


Segment = str | int | Item | Parsed
Route = tuple[Segment, ...]
"""The way from an answer to a value: members, positions, items of lists. A token counts as a structure of its claims."""


@immutable
class Probe:
    """A route and what must be there: a value, a term, a matcher of `expect` or one of those below."""

    route: Route
    wanted: Any


@immutable
class Same:
    """The value that the term had before."""

    term: Term


@immutable
class Differs:
    """Another value than the term's, of which this one is said to be the second."""

    term: Term


@immutable
class AtMost:
    """A list of no more items than this."""

    items: int


@immutable
class Among:
    """A list in which the member `key` of each item is one of these values, each once."""

    key: str
    values: tuple[Any, ...]


@immutable
class Has:
    """A list with an item for each of these values of its member `key`."""

    key: str
    values: tuple[Any, ...]


@immutable
class Opaque:
    """A token whose claims only the service reads."""


def needs_time(probe: Probe | None) -> bool:
    """Whether a wrong value shows only once the clock has moved on: one that counts whole seconds and must stay."""
    wanted = None if probe is None else probe.wanted
    return isinstance(wanted, Same) and isinstance(wanted.term, Fresh) and wanted.term.kind == "AuthTime"


class Words(str):
    """An expectation or observation told in words: no value of the answer."""

    __slots__ = ()


def spelled(route: Route) -> str:
    """The route as a person writes it: UserAttributes[email].Value."""
    text = ""
    for segment in route:
        match segment:
            case Item(value=value):
                text += f"[{value}]"
            case int():
                text += f"[{segment}]"
            case Parsed():
                text += "(JSON)"
            case _:
                text += f".{segment}" if text else segment
    return text
