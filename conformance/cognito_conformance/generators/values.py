"""Valid values of every shape of the description."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from cognito_conformance.generators.catalogue import service
from cognito_conformance.generators.draw import Draw
from cognito_conformance.generators.text import text_of_size, valid_text
from cognito_model.shapes.measured import CONTESTED

# Members of a structure are rarer the deeper it lies, or CreateUserPool alone would be thousands of values.
_OPTIONAL = (0.4, 0.3, 0.3, 0.2, 0.2)
_MOMENT = 1_700_000_000  # seconds since 1970; what dates are written as on this wire


def params(operation: str, seed: int) -> dict[str, Any]:
    """A request of `operation` that keeps every constraint: always the required members, others by chance.

    Seed 0 gives the required members only, as short as they may be. Raises KeyError on an unknown operation.
    """
    made: dict[str, Any] = value(service().input_shape(operation), Draw(seed))
    return settled(operation, made)


def settled(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    """The request without values on which the evidence disagrees whether they are valid."""
    for row in CONTESTED:
        if row.operation != operation or request.get(row.member, 0 if row.absent_is_zero else 1) != 0:
            continue
        # A value that breaks a constraint is settled: it is refused.
        if all(violation.path != row.path for violation in service().violations(operation, request)):
            request[row.member] = 1
    return request


def value(name: str, draw: Draw, depth: int = 0) -> Any:
    """A valid value of the shape `name`."""
    shape = service().shapes[name]
    low = shape.get("min", 0)
    match shape["type"]:
        case "structure":
            return structure(name, draw, depth)
        case "string":
            return valid_text(shape, draw)
        case "boolean":
            return draw.pick((False, True))
        case "timestamp":
            return _MOMENT + draw.between(0, 10**6)
        case "integer":
            return draw.between(low, shape.get("max", low + 100))
        case _:
            made = of_size(name, min(draw.size(low, low + 3), shape.get("max", low + 3)), draw, depth)
            return made if made is not None else of_size(name, low, draw, depth)


def structure(name: str, draw: Draw, depth: int = 0, *, only: bool = False) -> dict[str, Any]:
    """A valid structure: its required members, and (unless `only`) others by chance."""
    shape = service().shapes[name]
    if shape.get("document"):
        return draw.pick(
            ({}, {"components": {"primaryButton": {"lightMode": {"defaults": {}}}}}, {"a": [1, None]})
        )
    required = frozenset(shape.get("required", ()))
    chance = 0.0 if only else _OPTIONAL[min(depth, len(_OPTIONAL) - 1)]
    return {
        member: value(reference["shape"], draw, depth + 1)
        for member, reference in shape["members"].items()
        if member in required or draw.often(chance)
    }


def of_size(name: str, size: int, draw: Draw, depth: int = 0) -> Any:
    """A value of the shape `name` with exactly `size` characters, bytes or elements, or the number `size`.

    Everything but the size is valid. None where the shape has no such value.
    """
    shape = service().shapes[name]
    match shape["type"]:
        case "string":
            return text_of_size(shape, size, draw)
        case "blob":
            return b64encode(draw.characters("abc", size).encode()).decode()
        case "integer":
            return size
        case "list":
            return [value(shape["member"]["shape"], draw, depth + 1) for _ in range(size)]
        case "map":
            return _map_of_size(name, size, draw, depth)
        case other:
            raise TypeError(f"a {other} has no size")


def _map_of_size(name: str, size: int, draw: Draw, depth: int) -> dict[str, Any] | None:
    shape = service().shapes[name]
    made: dict[str, Any] = {}
    for attempt in range(20 * size):
        if len(made) == size:
            break
        # The simplest draw gives one key again and again; the others differ by their seed.
        key = valid_text(service().shapes[shape["key"]["shape"]], Draw(attempt) if draw.simplest else draw)
        made.setdefault(key, value(shape["value"]["shape"], draw, depth + 1))
    return made if len(made) == size else None
