"""The catalogue, one module an area. Importing this package defines every requirement."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from cognito_model import requirement


@functools.cache
def catalogue() -> Mapping[str, requirement.Requirement]:
    """Every requirement by slug, in the order of areas and definitions."""
    _define()
    return requirement.registered()


@functools.cache
def _define() -> None:
    """Import every module of the package, once: looking for them costs a thousand times what the catalogue does."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
