"""Garbage is collected less often: what a run keeps is much and lives long, and hardly any of it is in cycles."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

YOUNG, MIDDLE, OLD = 50_000, 20, 100
"""Python's own 700 let it look at the newest objects many times a request, and call Hypothesis back each time."""


@contextlib.contextmanager
def collected_seldom() -> Iterator[None]:
    """Let many objects be made before garbage is looked for."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
