"""The pages of the documentation that are made of the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cognito_model import challenge_table, reach
from cognito_model.requirements import catalogue

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize(
    ("page", "made"), [("challenges.md", challenge_table.as_page), ("unreachable.md", reach.as_page)]
)
def test_page_is_up_to_date(page: str, made: Callable[[], str]) -> None:
    """A page that is made of the model says what the model says now (`python -m cognito_model.…` makes it)."""
    assert (DOCS / page).read_text("utf-8") == made()


def test_reasons_are_about_requirements() -> None:
    """What is said to be out of reach is a requirement, and is given one reason."""
    named = [slug for slugs in reach.BEYOND.values() for slug in slugs.split()]
    assert len(named) == len(set(named))
    assert set(named) <= set(catalogue())
    assert set(named).isdisjoint(reach.permissions())
