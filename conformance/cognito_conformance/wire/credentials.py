"""Credentials that never show themselves."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """What requests are signed with; its repr says no more than that."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str | None = field(default=None, repr=False)


TESTING = Credentials("testing", "testing")
"""What emulators are content with."""
