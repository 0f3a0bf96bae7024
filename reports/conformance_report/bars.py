"""Stacked bars: where each part lies, and what the whole says in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NARROWEST = 0.6
"""Percent of the bar that the smallest part gets, so that one failure among a thousand is still seen."""
LABELLED = 9.0
"""Percent from which a part has room for its label."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; `x`, `width` and `middle` in percent of it."""

    word: str
    x: str
    width: str
    middle: str
    label: str
    told: str


def segments(counts: Mapping[str, int], *, labels: bool = True) -> tuple[Segment, ...]:
    """The parts of a bar in the order of the counts; none for counts that are all zero."""
    present = [(word, count) for word, count in counts.items() if count]
    whole = sum(count for _, count in present)
    shares = [max(NARROWEST, 100 * count / whole) for _, count in present]
    scale = 100 / sum(shares) if shares else 1.0
    found, x = [], 0.0
    for (word, count), share in zip(present, shares, strict=True):
        width = share * scale
        told = f"{count:,} {word}"
        label = told if labels and width >= LABELLED else ""
        found.append(Segment(word, f"{x:.3f}", f"{width:.3f}", f"{x + width / 2:.3f}", label, told))
        x += width
    return tuple(found)


def in_words(counts: Mapping[str, int]) -> str:
    """The same as a sentence part: 39 fail, 46 pass, 318 not exercised."""
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count) or "nothing"
