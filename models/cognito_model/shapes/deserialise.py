"""What a request must look like to be read at all, before any constraint.

Type mistakes give SerializationException. Its texts were each seen once or twice and may drift; the class is
what counts. Where no report tells what Cognito does (digits for an integer, a fraction for an integer, anything
odd for a timestamp or a document), the request is held to be readable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Shapes = Mapping[str, Mapping[str, Any]]
Reader = Callable[[Any], str | None]

NUMBER_FOR_STRING = (
    "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"
)
BOOLEAN_FOR_STRING = "class java.lang.Boolean can not be converted to an String"
FOR_INTEGER = " can not be converted to an Integer"
OBJECT = "Start of structure or map found where not expected."
ARRAY = "Start of list found where not expected"
NOT_A_MAP = "Expected map or null"
NOT_A_LIST = "Unexpected field type"


def compile_reader(name: str, shapes: Shapes) -> Reader:
    """A function from a JSON value to the first reason why it cannot be read as the shape `name`, or None.

    null is absence (wire-null-member-input; `Service.null_primitives` tells where it may not be), and what is no JSON value (a term) can be read.
    """
    shape = shapes[name]
    match shape["type"]:
        case "structure" if shape.get("document"):
            return _anything
        case "structure":
            return _structure(shape, shapes)
        case "list":
            return _list(shape, shapes)
        case "map":
            return _map(shape, shapes)
        case "string" | "blob":
            return _text
        case "integer":
            return _integer
        case "boolean":
            return _boolean
        case _:
            return _scalar


def _anything(_value: Any) -> None:
    return None


def _text(value: Any) -> str | None:
    """Facts ser-number-for-string, ser-object-for-string."""
    if isinstance(value, str):
        return None
    if isinstance(value, bool):
        return BOOLEAN_FOR_STRING
    return NUMBER_FOR_STRING if isinstance(value, int | float) else _scalar(value)


def _boolean(value: Any) -> str | None:
    """Facts ser-string-for-boolean-lenient, ser-boolean-forms; the text for a number was not told."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return NOT_A_LIST if is_number else _scalar(value)


def _scalar(value: Any) -> str | None:
    """Containers never fit."""
    if isinstance(value, dict):
        return OBJECT
    return ARRAY if isinstance(value, list | tuple) else None


def _integer(value: Any) -> str | None:
    """Fact ser-string-for-integer; of a string of digits nothing was seen."""
    if isinstance(value, bool):
        return f"{str(value).upper()}_VALUE{FOR_INTEGER}"
    if isinstance(value, str):
        return None if value.strip().lstrip("-").isdecimal() else f"STRING_VALUE{FOR_INTEGER}"
    return _scalar(value)


def _structure(shape: Mapping[str, Any], shapes: Shapes) -> Reader:
    members = {name: compile_reader(ref["shape"], shapes) for name, ref in shape["members"].items()}

    def read(value: Any) -> str | None:
        if not isinstance(value, dict):
            return _not_a_map(value)
        # Mostly nothing is wrong, and a request has fewer members than its shape.
        problems = {
            name: problem
            for name, item in value.items()
            if item is not None and (reader := members.get(name)) is not None and (problem := reader(item))
        }
        return next((problems[name] for name in members if name in problems), None) if problems else None

    return read


def _map(shape: Mapping[str, Any], shapes: Shapes) -> Reader:
    reader = compile_reader(shape["value"]["shape"], shapes)

    def read(value: Any) -> str | None:
        if not isinstance(value, dict):
            return _not_a_map(value)
        return next(
            (problem for item in value.values() if item is not None and (problem := reader(item))), None
        )

    return read


def _list(shape: Mapping[str, Any], shapes: Shapes) -> Reader:
    reader = compile_reader(shape["member"]["shape"], shapes)

    def read(value: Any) -> str | None:
        if isinstance(value, dict):
            return OBJECT
        if isinstance(value, str | int | float):
            return NOT_A_LIST
        if not isinstance(value, list | tuple):
            return None
        return next((problem for item in value if item is not None and (problem := reader(item))), None)

    return read


def _not_a_map(value: Any) -> str | None:
    """Fact ser-body-not-object."""
    if isinstance(value, str | int | float):
        return NOT_A_MAP
    return ARRAY if isinstance(value, list | tuple) else None
