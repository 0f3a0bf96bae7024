"""Collected by `pytest --pyargs cognito_conformance --target …`; without a target there is nothing to judge."""

from __future__ import annotations

from typing import Any


def test_conformance(conformance_item: Any, conformance_items: int, conformance_share: Any) -> None:
    """The target keeps every requirement that this machine comes to, on this share of the pool configurations."""
    from cognito_conformance.engine.shares import accusations

    found = conformance_share.explore(conformance_item, conformance_items)
    ended = conformance_share.run.ended
    assert ended == "budget", f"the run ended early: {ended}"
    broken = accusations(found)
    assert not broken, "\n".join(["requirements that must hold are broken:", *broken])
