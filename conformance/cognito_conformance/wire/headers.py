"""Request headers: a caller's in the place of the usual ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def merge(usual: Mapping[str, str], given: Mapping[str, str] | None) -> dict[str, str]:
    """The usual headers, those replaced that `given` names in whatever case, and the rest of `given`."""
    if not given:
        return dict(usual)
    named = {name.lower() for name in given}
    return {name: value for name, value in usual.items() if name.lower() not in named} | dict(given)


def lines(headers: Mapping[str, str]) -> list[str]:
    """Headers as lines without their ends. Raises ValueError for one that would make two."""
    written = [f"{name}: {value}" for name, value in headers.items()]
    for line in written:
        if "\r" in line or "\n" in line:
            raise ValueError("a header with a line break")
    return written
