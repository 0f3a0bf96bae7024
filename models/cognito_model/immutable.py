"""Objects that nobody writes to, and of which a run makes hundreds for each request that it sends.

Python takes four times as long to make a frozen dataclass as another one, since each field has to get past the guard
against writing. So the guard of these is mypy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(cls: type[T]) -> type[T]:
    """A dataclass with slots that is compared and hashed by its fields."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
