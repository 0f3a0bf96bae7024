"""The constraints of a shape, compiled into closures.

A check takes a value and gives its violations, with paths that start below the value. The common answer is
`()`, and it costs a call and a few comparisons; a path is spelled only where something is wrong.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from typing import Any

from cognito_model.shapes.measured import NULL_ELEMENT_REFUSED
from cognito_model.shapes.patterns import compiled
from cognito_model.shapes.violation import (
    NOT_NULL,
    Constraint,
    Violation,
    constraints,
    rule,
    rules,
    shown,
    spelled,
)

Shapes = Mapping[str, Mapping[str, Any]]
Check = Callable[[Any], tuple[Violation, ...]]


def compile_check(name: str, shapes: Shapes) -> Check | None:
    """The check of the shape `name`, or None where it constrains nothing.

    Values of another type than the shape's are opaque, and so valid: terms, and what deserialisation refuses
    or coerces before constraints are looked at.
    """
    shape = shapes[name]
    match shape["type"]:
        case "structure":
            return _structure(shape, shapes)
        case "list":
            return _list(name, shape, shapes)
        case "map":
            return _map(shape, shapes)
        case _:
            return _scalar(shape)


def _scalar(shape: Mapping[str, Any]) -> Check | None:
    broken = _broken(shape)
    if broken is None:
        return None

    def check(value: Any) -> tuple[Violation, ...]:
        found = broken(value)
        if not found:
            return ()
        return tuple(Violation("", kind, rule(shape, kind), shown(value, shape)) for kind in found)

    return check


def _broken(shape: Mapping[str, Any]) -> Callable[[Any], tuple[Constraint, ...]] | None:
    """A function from a scalar to the constraints that it breaks."""
    kinds = constraints(shape)
    if not kinds:
        return None
    low, high = shape.get("min", float("-inf")), shape.get("max", float("inf"))
    match shape["type"]:
        case "string" if "enum" in shape:
            words = frozenset(shape["enum"])
            return lambda value: ("enum",) if isinstance(value, str) and value not in words else ()
        case "string":
            return _string(low, high, compiled(shape["pattern"]).fullmatch if "pattern" in shape else None)
        case "blob":
            return lambda value: _length(_decoded_size(value), low, high)
        case _:
            return lambda value: _value(value, low, high)


def _string(
    low: float, high: float, matches: Callable[[str], Any] | None
) -> Callable[[Any], tuple[Constraint, ...]]:
    def broken(value: Any) -> tuple[Constraint, ...]:
        if not isinstance(value, str):
            return ()
        if low <= len(value) <= high and (matches is None or matches(value)):
            return ()
        lengths = _length(len(value), low, high)
        return (*lengths, "pattern") if matches is not None and not matches(value) else lengths

    return broken


def _length(size: int | None, low: float, high: float) -> tuple[Constraint, ...]:
    if size is None or low <= size <= high:
        return ()
    return ("max length",) if size > high else ("min length",)


def _value(value: Any, low: float, high: float) -> tuple[Constraint, ...]:
    if type(value) is not int or low <= value <= high:
        return ()
    return ("max value",) if value > high else ("min value",)


def _decoded_size(value: Any) -> int | None:
    if not isinstance(value, str):
        return None
    try:
        return len(b64decode(value, validate=True))
    except (NotBase64, ValueError):
        return None


def _structure(shape: Mapping[str, Any], shapes: Shapes) -> Check | None:
    required = frozenset(shape.get("required", ()))
    members: dict[str, tuple[Check | None, tuple[Violation, ...]]] = {}
    for name, reference in shape["members"].items():
        check = compile_check(reference["shape"], shapes)
        if check or name in required:
            missing = Violation(spelled(name), "required", NOT_NULL, shown(None, shapes[reference["shape"]]))
            members[name] = check, (missing,) if name in required else ()
    if not members:
        return None

    def check_members(value: Any) -> tuple[Violation, ...]:
        if not isinstance(value, dict):
            return ()
        # Mostly nothing is wrong, and a request has fewer members than its shape.
        broken: dict[str, tuple[Violation, ...]] = {}
        for name in required:
            if value.get(name) is None:
                broken[name] = members[name][1]
        for name, item in value.items():
            if item is not None and name in members and (check := members[name][0]) and (bad := check(item)):
                broken[name] = tuple(violation.within(spelled(name)) for violation in bad)
        if not broken:
            return ()
        return tuple(violation for name in members if name in broken for violation in broken[name])

    return check_members


def _list(name: str, shape: Mapping[str, Any], shapes: Shapes) -> Check | None:
    """Scalars and what is null are reported once for the whole list (val-list-of-enum, val-list-null-element), structures
    each at its index (val-list-element-path).
    """
    element = shapes[shape["member"]["shape"]]
    whole = _sized(shape)
    each = compile_check(shape["member"]["shape"], shapes)
    scalar = element["type"] not in {"structure", "list", "map"}

    def check(value: Any) -> tuple[Violation, ...]:
        if not isinstance(value, list | tuple):
            return ()
        found = whole(value)
        if None in value and name in NULL_ELEMENT_REFUSED:
            # How structures are printed beside it no report shows.
            nulls = (
                f"Value '[{', '.join('null' for _ in value)}]'"
                if {*map(type, value)} == {type(None)}
                else None
            )
            found = (
                *found,
                Violation("", "required", f"Member must satisfy constraint: [{NOT_NULL}]", nulls),
            )
        for index, item in enumerate(value, 1):
            if item is None:
                continue
            bad = each(item) if each else ()
            if bad and scalar:
                text = f"Member must satisfy constraint: {rules(element)}"
                return (*found, Violation("", bad[0].constraint, text, shown(value, shape)))
            found += tuple(violation.within(f"{index}.member") for violation in bad)
        return found

    return check


def _map(shape: Mapping[str, Any], shapes: Shapes) -> Check | None:
    """No report shows a path into a map, so everything inside one is reported at the map itself."""
    whole = _sized(shape)
    sides = [
        (side, compile_check(shape[side]["shape"], shapes), shapes[shape[side]["shape"]])
        for side in ("key", "value")
    ]

    def check(value: Any) -> tuple[Violation, ...]:
        if not isinstance(value, dict):
            return ()
        found = whole(value)
        for side, each, element in sides:
            if each is None:
                continue
            noun = "Map keys" if side == "key" else "Map value"
            for item in value if side == "key" else value.values():
                for bad in each(item):
                    text = (
                        bad.rule
                        if element["type"] == "structure"
                        else f"{noun} must satisfy constraint: {rules(element)}"
                    )
                    violation = Violation("", bad.constraint, text, shown(value, shape))
                    found += () if violation in found else (violation,)
        return found

    return check


def _sized(shape: Mapping[str, Any]) -> Check:
    low, high = shape.get("min", 0), shape.get("max", float("inf"))

    def check(value: Any) -> tuple[Violation, ...]:
        if low <= len(value) <= high:
            return ()
        (kind,) = _length(len(value), low, high)
        return (Violation("", kind, rule(shape, kind), shown(value, shape)),)

    return check
