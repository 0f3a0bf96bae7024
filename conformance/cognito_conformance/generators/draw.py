"""The choices behind one generated value."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# A few of every general category, all older than the Unicode tables of any Java still in use; escaped where a
# reader would not see them.
ALPHABET = (
    LETTERS
    + "-_.,:;!?@#$%&*+=/\\|~^`'\"()[]{}<> \t\n\r"
    + "éßñøžİıИωאبあ漢한"
    + "\u0301\u0308\u20e3"
    + "€±∑©"
    + "²Ⅷ٣"
    + "¿«…、"
    + "\u00a0\u2003\u2028\u3000"
    + "\U0001f600\U0001d518\U00020000"
    + "\x00\x07\x7f\u200b\ufeff"
)


class Draw:
    """Reproducible choices: the same seed makes the same ones, and seed 0 makes the simplest."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.simplest = seed == 0

    def often(self, probability: float) -> bool:
        """True with this probability; False in the simplest draw."""
        return not self.simplest and self.random.random() < probability

    def pick(self, options: Sequence[T]) -> T:
        """One of the options; the first in the simplest draw."""
        return options[0] if self.simplest else self.random.choice(options)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low if self.simplest else self.random.randint(low, high)

    def size(self, low: int, high: int) -> int:
        """A length from `low` to `high`, seldom much above `low`."""
        return low if self.simplest else min(high, low + int(self.random.expovariate(0.12)))

    def characters(self, pool: Sequence[str], count: int) -> str:
        """`count` characters of the pool; a long text repeats a short one, which is fast and as good."""
        if self.simplest:
            return pool[0] * count
        piece = "".join(self.random.choices(pool, k=min(count, 97)))
        return piece if len(piece) == count else (piece * (count // len(piece) + 1))[:count]
