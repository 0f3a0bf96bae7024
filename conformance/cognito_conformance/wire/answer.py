"""An answer as it came, and what of it can be trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; see `read_answer`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    elapsed: float
    output: Mapping[str, Any] | None = None
    error: str | None = None
    message: str | None = None
    trouble: str | None = None


def read_answer(status: int, headers: Mapping[str, str], body: bytes, elapsed: float) -> Answer:
    """Read a body; never raises."""
    names = {name.lower(): value for name, value in headers.items()}
    try:
        value = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        return Answer(status, names, body, elapsed, trouble="not JSON")
    if not isinstance(value, dict):
        return Answer(status, names, body, elapsed, trouble="not JSON")
    if 200 <= status < 300:
        return Answer(status, names, body, elapsed, output=value)
    error = str(value.get("__type") or value.get("code") or f"HTTP {status}").split("#")[-1].split(":")[0]
    message = value.get("message") or value.get("Message")
    return Answer(status, names, body, elapsed, error=error, message=message if isinstance(message, str) else None)
