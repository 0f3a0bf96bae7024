"""What the programs of a page have in common, so that the page holds it once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 200
"""Characters from which a part is worth a place of its own."""
FEWEST = 3
"""Programs that must have it."""
BETWEEN = "\n\n\n"
"""Stands between the blocks of a program: two empty lines, as before and after a function."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a program: its text, or the number of the shared part that belongs there."""

    text: str
    part: int | None = None


class SharedParts:
    """Blocks that several programs have, those that only come together as one part; numbered from one."""

    def __init__(self, programs: Iterable[str]) -> None:
        cut = [program.split(BETWEEN) for program in programs]
        found: dict[str, set[int]] = defaultdict(set)
        before: dict[str, set[str | None]] = defaultdict(set)
        after: dict[str, set[str | None]] = defaultdict(set)
        for number, blocks in enumerate(cut):
            for one, other in pairwise([None, *blocks, None]):
                if one is not None:
                    found[one].add(number)
                    after[one].add(other)
                if other is not None:
                    before[other].add(one)
        shared = {block for block, programs_with_it in found.items() if len(programs_with_it) >= FEWEST}
        self._joined = {
            one: other
            for one in shared
            for other in after[one]
            if other in shared and len(after[one]) == len(before[other]) == 1
        }
        self._shared = shared
        parts = dict.fromkeys(run for blocks in cut for run in self._runs(blocks) if self._is_part(run))
        self._numbers = {BETWEEN.join(run): number for number, run in enumerate(parts, 1)}

    def __bool__(self) -> bool:
        return bool(self._numbers)

    @property
    def numbered(self) -> list[tuple[int, str]]:
        """Each part with its number."""
        return [(number, part) for part, number in self._numbers.items()]

    def pieces(self, program: str) -> list[Piece]:
        """The program cut where it has shared parts; the texts and parts one after the other are the program."""
        pieces: list[Piece] = []
        own = ""
        for run in self._runs(program.split(BETWEEN)):
            text = BETWEEN.join(run)
            number = self._numbers.get(text)
            if number is None:
                own += text + BETWEEN
                continue
            pieces += [Piece(own), Piece(text, number)]
            own = BETWEEN
        return [piece for piece in [*pieces, Piece(own.removesuffix(BETWEEN))] if piece.text]

    def _runs(self, blocks: list[str]) -> Iterator[tuple[str, ...]]:
        """The blocks in a row, those together that only come together."""
        run: list[str] = []
        for block in blocks:
            if run and self._joined.get(run[-1]) != block:
                yield tuple(run)
                run = []
            run.append(block)
        yield tuple(run)

    def _is_part(self, run: tuple[str, ...]) -> bool:
        return run[0] in self._shared and sum(map(len, run)) >= SHORTEST
