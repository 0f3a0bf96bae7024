"""The generators as Hypothesis strategies. Each draws one or two small integers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cognito_conformance.generators.cases import Case, breakable, violating_case
from cognito_conformance.generators.catalogue import service
from cognito_conformance.generators.hostile import SPOILERS, IllFormed, ill_formed
from cognito_conformance.generators.values import params

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SEEDS = st.integers(0, 2**16 - 1)


def valid_params(operation: str) -> SearchStrategy[dict[str, Any]]:
    """Requests of `operation` that keep every constraint."""
    return SEEDS.map(lambda seed: params(operation, seed))


def violating_params(operation: str) -> SearchStrategy[Case]:
    """Requests of `operation` that break one constraint; nothing where a request cannot break any."""
    count = len(breakable(operation))
    if not count:
        return st.nothing()
    return st.builds(violating_case, st.just(operation), st.integers(0, count - 1), SEEDS)


def illformed_bodies(operation: str | None = None) -> SearchStrategy[IllFormed]:
    """Raw requests that no SDK would send, of `operation` or of any."""
    operations = st.just(operation) if operation else st.sampled_from(service().operations)
    return st.builds(ill_formed, operations, st.sampled_from(tuple(SPOILERS)), SEEDS)
