"""Walks that are given beforehand, made on an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cognito_conformance.judge.judge import Judge, Step
from cognito_model.model import Request
from support.drive import MODEL


def walked(endpoint: Any, requests: Iterable[Request]) -> Iterator[list[Step]]:
    """The steps so far, after each request; all in one new world."""
    judge, steps = Judge(MODEL, endpoint), []
    for request in requests:
        steps.append(judge.step(request))
        yield list(steps)
