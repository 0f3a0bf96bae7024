"""Requests made from the service description: valid, just outside of every constraint, and ill-formed.

Everything is made from an integer seed, so that Hypothesis draws two small integers and not a megabyte: its
choice buffer holds 8 KiB and silently cuts what is longer. Seed 0 makes the simplest request, and shrinking
ends there.
"""

from __future__ import annotations

from cognito_conformance.generators.cases import Case, boundary_cases, violating_case, violating_cases
from cognito_conformance.generators.catalogue import service
from cognito_conformance.generators.hostile import IllFormed, ill_formed
from cognito_conformance.generators.strategies import illformed_bodies, valid_params, violating_params
from cognito_conformance.generators.values import params

__all__ = [
    "Case",
    "IllFormed",
    "boundary_cases",
    "ill_formed",
    "illformed_bodies",
    "params",
    "service",
    "valid_params",
    "violating_case",
    "violating_cases",
    "violating_params",
]
