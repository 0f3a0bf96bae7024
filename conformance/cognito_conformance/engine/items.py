"""The disjoint parts that a run can be divided into, and who does which of them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

SHARES = 4
"""Items of an area: enough to keep several workers busy to the end."""


@dataclass(frozen=True, slots=True)
class Item:
    """The machine of an area, on one share of what can be drawn."""

    area: str
    share: int

    def __str__(self) -> str:
        return f"{self.area}-{self.share}"

    def seed(self, whole: int) -> int:
        """The seed of this item in a run with the seed `whole`: no two items draw the same."""
        digest = hashlib.blake2b(f"{whole}/{self.area}/{self.share}".encode(), digest_size=6).digest()
        return int.from_bytes(digest, "big")


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `of`, counted from 1."""

    number: int = 1
    of: int = 1

    @classmethod
    def read(cls, text: str) -> Shard:
        """From "2/4". Raises ValueError."""
        found = re.fullmatch(r"([1-9]\d{0,5})/([1-9]\d{0,5})", text)
        if found is None or int(found[1]) > int(found[2]):
            raise ValueError(f"{text!r} is no shard; say 1/4 to 4/4 for the four quarters of a run")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


WHOLE = Shard()


def items_of(areas: tuple[str, ...], shard: Shard = WHOLE) -> list[Item]:
    """The items of a shard. All shards together have every item of the run once, and each has some.

    Neighbours are items of different areas, so that every shard comes to most of them.
    """
    shares = max(SHARES, -(-shard.of // len(areas)))
    whole = [Item(area, share) for share in range(shares) for area in areas]
    return whole[shard.number - 1 :: shard.of]
