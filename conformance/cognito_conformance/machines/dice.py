"""Choices made by one number."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass
class Dice:
    """A number taken apart, choice by choice; well mixed, so that small numbers differ everywhere too."""

    number: int

    @classmethod
    def of(cls, seed: int) -> Dice:
        """The choices that `seed` makes."""
        digest = hashlib.blake2b(seed.to_bytes(16, "big", signed=False), digest_size=48).digest()
        return cls(int.from_bytes(digest, "big"))

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of these."""
        self.number, index = divmod(self.number, len(choices))
        return choices[index]
