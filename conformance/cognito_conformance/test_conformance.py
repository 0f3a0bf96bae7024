"""Collected by `pytest --pyargs cognito_conformance --target …`; without a target there is nothing to judge."""

from __future__ import annotations

from typing import Any

import pytest


def test_conformance(
    request: pytest.FixtureRequest, conformance_item: tuple[str, int], conformance_share: Any
) -> None:
    """The target keeps every requirement that this machine comes to, on this share of the pool configurations."""
    area, share = conformance_item
    broken = conformance_share.explore(area, share)
    assert not broken, "\n".join(["requirements that must hold are broken:", *broken])
