"""What can be wrong with a target before anything is judged."""

from __future__ import annotations


class TargetError(Exception):
    """A target that cannot be used; the message is one line that says what to do."""
