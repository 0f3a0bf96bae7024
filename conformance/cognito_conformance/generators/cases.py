"""Requests on each side of every constraint of an operation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cognito_conformance.generators import text
from cognito_conformance.generators.catalogue import service
from cognito_conformance.generators.draw import Draw
from cognito_conformance.generators.sites import ABSENT, Site, request_with, sites
from cognito_conformance.generators.values import of_size, settled, value
from cognito_model.shapes.violation import Constraint, constraints

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Case:
    """A request of `operation` made for the constraint `kind` at `path`."""

    operation: str
    params: dict[str, Any]
    path: str
    kind: Constraint


@cache
def breakable(operation: str) -> tuple[tuple[Site, Constraint], ...]:
    """Every constraint of the operation's request that a request can break, and its place."""
    found: list[tuple[Site, Constraint]] = []
    for site in sites(operation):
        shape = service().shapes[site.shape]
        if site.required:
            found.append((site, "required"))
        found.extend(
            (site, kind)
            for kind in constraints(shape)
            if kind != "pattern" or text.unmatched(shape, Draw(0)) is not None
        )
    return tuple(found)


def violating_case(operation: str, index: int, seed: int = 0) -> Case:
    """The request that breaks constraint `index` of `breakable(operation)`, and others only where it must.

    Raises IndexError when there is no such constraint.
    """
    site, kind = breakable(operation)[index]
    draw = Draw(seed)
    request = request_with(operation, site, _broken(site.shape, kind, draw), draw)
    return Case(operation, settled(operation, request), site.path, kind)


def violating_cases(operation: str, seed: int = 0) -> Iterator[Case]:
    """One request for every constraint that a request of `operation` can break."""
    return (violating_case(operation, index, seed) for index in range(len(breakable(operation))))


def boundary_cases(operation: str, seed: int = 0) -> Iterator[Case]:
    """Valid requests with one value exactly at a limit: least and greatest size, every word of an enum."""
    for site in sites(operation):
        for kind, limit in _limits(service().shapes[site.shape]):
            at_limit = limit if kind == "enum" else of_size(site.shape, limit, Draw(seed))
            if at_limit is None:
                continue
            request = request_with(operation, site, at_limit, Draw(seed))
            member = site.steps[0].member
            kept = request[member]
            if settled(operation, request)[member] == kept:
                yield Case(operation, request, site.path, kind)


def _limits(shape: Any) -> list[tuple[Constraint, Any]]:
    low: Constraint
    high: Constraint
    match shape["type"]:
        case "structure" | "boolean" | "timestamp":
            return []
        case "string" if "enum" in shape:
            return [("enum", word) for word in shape["enum"]]
        case "integer":
            low, high = "min value", "max value"
        case _:
            low, high = "min length", "max length"
    return [(kind, shape[trait]) for kind, trait in ((low, "min"), (high, "max")) if trait in shape]


def _broken(name: str, kind: Constraint, draw: Draw) -> Any:
    shape = service().shapes[name]
    match kind:
        case "required":
            return ABSENT
        case "enum":
            return text.not_a_word(shape, draw)
        case "pattern":
            return text.unmatched(shape, draw) or text.unmatched(shape, Draw(0))
        case "min value":
            return shape["min"] - draw.pick((1, 2, 1000))
        case "max value":
            return shape["max"] + draw.pick((1, 2, 10**6))
        case "min length" if shape["type"] == "string":
            return text.too_short(shape, draw)
        case "max length" if shape["type"] == "string":
            return text.too_long(shape, draw)
        case "min length":
            return of_size(name, shape["min"] - 1, draw)
        case "max length":
            return _too_many(name, shape, draw)


def _too_many(name: str, shape: Any, draw: Draw) -> Any:
    """One element more than allowed; a map whose valid keys are too few for that takes bad ones."""
    made = of_size(name, shape["max"] + 1, draw)
    if made is not None:
        return made
    spare = {f"spare {index}": value(shape["value"]["shape"], draw) for index in range(shape["max"])}
    return {**value(name, draw), **spare, "one more": value(shape["value"]["shape"], draw)}
