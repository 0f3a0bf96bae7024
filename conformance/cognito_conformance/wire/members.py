"""A JSON value against a botocore shape: the type of each member, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

MOST_PROBLEMS = 50
"""So many tell what a thousand would."""


def problems(shape: Shape, value: Any) -> list[str]:
    """What is wrong with a value of this shape, at most MOST_PROBLEMS sentences without any value in them."""
    if fitting(shape)(value):
        return []
    return list(islice(_problems(shape, value, ""), MOST_PROBLEMS))


def unknown(shape: Shape, value: Any) -> list[str]:
    """The paths of members that the shape does not know, at most MOST_PROBLEMS."""
    return list(islice(_unknown(shape, value, ""), MOST_PROBLEMS))


Fits = Callable[[Any], bool]


def fitting(shape: Shape) -> Fits:
    """A function that says whether nothing is wrong with a value of this shape, which is what mostly is the case."""
    known = _fitting.get(shape.name)
    if known is None:
        # A shape may hold itself: what is inside is made when a value first has it.
        known = _fitting[shape.name] = _compile(shape)
    return known


_fitting: dict[str, Fits] = {}
"""By name, since the service has one shape of a name."""


def _compile(shape: Shape) -> Fits:
    if _is_free(shape):
        return lambda _value: True
    if isinstance(shape, StructureShape):
        shapes, made = shape.members, dict[str, Fits]()

        def structure(value: Any) -> bool:
            if type(value) is not dict:
                return False
            for name, item in value.items():
                if item is not None and name in shapes:
                    fits = made.get(name)
                    if fits is None:
                        fits = made[name] = fitting(shapes[name])
                    if not fits(item):
                        return False
            return True

        return structure
    if isinstance(shape, ListShape):
        element = shape.member
        return lambda value: type(value) is list and all(map(fitting(element), value))
    if isinstance(shape, MapShape):
        held = shape.value
        return lambda value: type(value) is dict and all(map(fitting(held), value.values()))
    wanted = _WORDS[shape.type_name]
    if wanted is _STRING:
        return lambda value: type(value) is str
    return lambda value: _fits(wanted, value)


def _problems(shape: Shape, value: Any, path: str) -> Iterator[str]:
    if _is_free(shape):
        return
    wanted = _WORDS[shape.type_name]
    if not _fits(wanted, value):
        yield f"{path or 'the answer'} should be {wanted} and is {_word(value)}"
        return
    # Required members are not looked for: real answers leave some out (facts domain-describe-prefix,
    # val-output-not-model-conform).
    for child, child_path, child_value in _children(shape, value, path):
        yield from _problems(child, child_value, child_path)


def _unknown(shape: Shape, value: Any, path: str) -> Iterator[str]:
    if _is_free(shape) or not _fits(_WORDS[shape.type_name], value):
        return
    if isinstance(shape, StructureShape):
        yield from (_join(path, name) for name in value if name not in shape.members)
    for child, child_path, child_value in _children(shape, value, path):
        yield from _unknown(child, child_value, child_path)


def _children(shape: Shape, value: Any, path: str) -> Iterator[tuple[Shape, str, Any]]:
    """The parts of a value that have shapes of their own, each with shape and path."""
    if isinstance(shape, StructureShape):
        for name, member in shape.members.items():
            if value.get(name) is not None:
                yield member, _join(path, name), value[name]
    elif isinstance(shape, ListShape):
        for index, element in enumerate(value):
            yield shape.member, f"{path}[{index}]", element
    elif isinstance(shape, MapShape):
        for key, element in value.items():
            yield shape.value, f"{path}[{key!r}]", element


def _is_free(shape: Shape) -> bool:
    """Whether any JSON value is of this shape (a branding document is)."""
    return isinstance(shape, StructureShape) and bool(shape.is_document_type)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _fits(wanted: str, value: Any) -> bool:
    """Whether a value is of the JSON type that a word says. 60.0 is a whole number; true is none."""
    if wanted == _WHOLE:
        return not isinstance(value, bool) and (
            isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        )
    return _word(value) == wanted


def _word(value: Any) -> str:
    """The JSON type of a value."""
    if isinstance(value, Mapping):
        return _OBJECT
    return _TYPES.get(type(value), "no JSON")


_OBJECT, _LIST, _STRING, _NUMBER, _WHOLE, _BOOLEAN = (
    "an object",
    "a list",
    "a string",
    "a number",
    "a whole number",
    "true or false",
)
_TYPES: dict[type, str] = {
    dict: _OBJECT,
    list: _LIST,
    str: _STRING,
    int: _NUMBER,
    float: _NUMBER,
    bool: _BOOLEAN,
    type(None): "null",
}
_WORDS = {
    "structure": _OBJECT,
    "map": _OBJECT,
    "list": _LIST,
    "string": _STRING,
    "character": _STRING,
    "blob": _STRING,  # base64
    "timestamp": _NUMBER,  # epoch seconds: fact wire-timestamps
    "integer": _WHOLE,
    "long": _WHOLE,
    "float": _NUMBER,
    "double": _NUMBER,
    "boolean": _BOOLEAN,
}
"""The JSON type of each type of the service model."""
