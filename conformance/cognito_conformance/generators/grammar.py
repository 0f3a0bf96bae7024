r"""Texts that match a pattern and have a wanted length, made from the pattern's syntax tree.

The service description uses a small part of Java's syntax: classes, groups, alternatives, greedy repeats and
anchors. Drawing by length from the tree is exact where Hypothesis's `from_regex` can only reject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from cognito_conformance.generators.draw import ALPHABET, LETTERS
from cognito_model.shapes import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cognito_conformance.generators.draw import Draw

UNBOUNDED = 1 << 30
_TOKEN = re.compile(
    r"\(\?s\)|\(\?:|[()|]|\[(?:\\.|[^\]\\])*\]|\\p\{\w\}|\\x[0-9A-F]{2}|\\.|\*|\+|\?|\{\d+(?:,\d*)?\}|.",
    re.DOTALL,
)
_ZERO_WIDTH = {"^", "$", r"\b", "(?s)"}
_REPEATS = {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}


class Node(Protocol):
    """A part of a pattern. `low` and `high` bound the length of what it matches."""

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...

    def text(self, size: int, draw: Draw, *, wide: bool) -> str:
        """A match of length `size` (of a nearby one where alternatives leave gaps); `wide` leaves ASCII."""
        ...


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a pool."""

    pool: str
    plain: str
    low: int = 1
    high: int = 1

    def text(self, size: int, draw: Draw, *, wide: bool) -> str:
        return draw.characters(self.pool if wide else self.plain, size)


@dataclass(frozen=True, slots=True)
class Sequel:
    """Parts one after the other."""

    parts: tuple[Node, ...]

    @property
    def low(self) -> int:
        return sum(part.low for part in self.parts)

    @property
    def high(self) -> int:
        return sum(part.high for part in self.parts)

    def text(self, size: int, draw: Draw, *, wide: bool) -> str:
        spare, room = size - self.low, self.high - self.low
        texts = []
        for part in self.parts:
            own = part.high - part.low
            room -= own
            extra = draw.between(max(0, spare - room), max(0, min(own, spare)))
            spare -= extra
            texts.append(part.text(part.low + extra, draw, wide=wide))
        return "".join(texts)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times."""

    part: Node
    least: int
    most: int

    @property
    def low(self) -> int:
        return self.part.low * self.least

    @property
    def high(self) -> int:
        return min(UNBOUNDED, self.part.high * self.most)

    def text(self, size: int, draw: Draw, *, wide: bool) -> str:
        if isinstance(self.part, Characters):
            return self.part.text(size, draw, wide=wide)
        fewest = max(self.least, -(-size // self.part.high))
        most = min(self.most, size // self.part.low if self.part.low else fewest)
        return Sequel((self.part,) * draw.between(fewest, max(fewest, most))).text(size, draw, wide=wide)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    options: tuple[Node, ...]

    @property
    def low(self) -> int:
        return min(option.low for option in self.options)

    @property
    def high(self) -> int:
        return max(option.high for option in self.options)

    def text(self, size: int, draw: Draw, *, wide: bool) -> str:
        fitting = [option for option in self.options if option.low <= size <= option.high]
        option = draw.pick(fitting or self.options)
        return option.text(min(max(size, option.low), option.high), draw, wide=wide)


@cache
def parsed(pattern: str) -> Node:
    """The syntax tree of a pattern in the part of Java's syntax that the description uses."""
    tokens = _TOKEN.findall(pattern)
    node, rest = _choice(tokens)
    if rest:
        raise ValueError(f"unbalanced pattern {pattern!r}")
    return node


def _choice(tokens: Sequence[str]) -> tuple[Node, Sequence[str]]:
    options: list[Node] = []
    while True:
        option, tokens = _sequel(tokens)
        options.append(option)
        if not tokens or tokens[0] != "|":
            return (options[0] if len(options) == 1 else Choice(tuple(options))), tokens
        tokens = tokens[1:]


def _sequel(tokens: Sequence[str]) -> tuple[Node, Sequence[str]]:
    parts: list[Node] = []
    while tokens and tokens[0] not in {"|", ")"}:
        token, tokens = tokens[0], tokens[1:]
        if token in _ZERO_WIDTH:
            continue
        part: Node
        if token in {"(", "(?:"}:
            part, tokens = _choice(tokens)
            tokens = tokens[1:]
        else:
            part = _characters(token)
        if tokens and (bounds := _bounds(tokens[0])):
            part, tokens = Repeat(part, *bounds), tokens[1:]
        parts.append(part)
    return Sequel(tuple(parts)), tokens


def _characters(token: str) -> Characters:
    accepts = compiled(token).among(ALPHABET).fullmatch
    pool = "".join(character for character in ALPHABET if accepts(character))
    return Characters(pool, "".join(character for character in pool if character in LETTERS) or pool)


def _bounds(token: str) -> tuple[int, int] | None:
    if token in _REPEATS:
        return _REPEATS[token]
    if not re.fullmatch(r"\{\d+(,\d*)?\}", token):
        return None
    least, comma, most = token[1:-1].partition(",")
    return int(least), int(most) if most else UNBOUNDED if comma else int(least)
