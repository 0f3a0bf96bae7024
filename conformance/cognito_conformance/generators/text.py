"""Texts inside and outside of a string shape's constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_conformance.generators.draw import ALPHABET, LETTERS
from cognito_conformance.generators.grammar import parsed
from cognito_model.shapes import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cognito_conformance.generators.draw import Draw

_ATTEMPTS = 20
_LONGEST = 1 << 17


def fits(text: str, shape: Mapping[str, Any]) -> bool:
    """Whether the text keeps every constraint of the shape."""
    return (
        shape.get("min", 0) <= len(text) <= shape.get("max", len(text))
        and ("pattern" not in shape or compiled(shape["pattern"]).fullmatch(text) is not None)
        and ("enum" not in shape or text in shape["enum"])
    )


def valid_text(shape: Mapping[str, Any], draw: Draw) -> str:
    """A text that keeps every constraint, of a length that is seldom far from the least.

    Raises LookupError where none was found, which no shape of the present description does.
    """
    if "enum" in shape:
        word: str = draw.pick(tuple(shape["enum"]))
        return word
    low, high = _bounds(shape)
    for _ in range(_ATTEMPTS):
        text = _of_size(shape, draw.size(low, high), draw, wide=draw.often(0.25))
        if fits(text, shape):
            return text
    raise LookupError(f"no text found for {dict(shape)}")


def text_of_size(shape: Mapping[str, Any], size: int, draw: Draw) -> str | None:
    """A text of exactly `size` characters that keeps the pattern, or None where the pattern has none.

    It is ASCII, because nothing tells whether Cognito counts characters beyond U+FFFF once or twice.
    """
    if "pattern" not in shape:
        return _of_size(shape, size, draw, wide=False)
    tree = parsed(shape["pattern"])
    if not tree.low <= size <= tree.high:
        return None
    # Optional groups leave gaps between their lengths, which a second try avoids.
    texts = (tree.text(size, draw, wide=False) for _ in range(_ATTEMPTS))
    matches = compiled(shape["pattern"]).fullmatch
    return next((text for text in texts if len(text) == size and matches(text)), None)


def too_short(shape: Mapping[str, Any], draw: Draw) -> str:
    """A text one character shorter than the least length, matching the pattern where that can be."""
    size: int = shape["min"] - 1
    return text_of_size(shape, size, draw) or valid_text(shape, draw)[:size]


def too_long(shape: Mapping[str, Any], draw: Draw) -> str:
    """A text one character longer than the greatest length, matching the pattern where that can be."""
    size = shape["max"] + 1
    return text_of_size(shape, size, draw) or draw.characters(LETTERS, size)


def unmatched(shape: Mapping[str, Any], draw: Draw) -> str | None:
    """A text of a good length that breaks the pattern, or None where the pattern accepts every text."""
    lengths_only = {key: shape[key] for key in ("min", "max") if key in shape}
    accepts = compiled(shape["pattern"]).fullmatch
    for text in _spoiled(valid_text(shape, draw), draw):
        if fits(text, lengths_only) and not accepts(text):
            return text
    return None


def not_a_word(shape: Mapping[str, Any], draw: Draw) -> str:
    """A text outside the enum: mostly one that is nearly inside."""
    words = frozenset(shape["enum"])
    word: str = draw.pick(tuple(shape["enum"]))
    nearly = [word + "X", word.swapcase(), word[:-1], f" {word}", "", "Bogus"]
    return draw.pick([text for text in nearly if text not in words])


def _bounds(shape: Mapping[str, Any]) -> tuple[int, int]:
    low, high = shape.get("min", 0), shape.get("max", _LONGEST)
    if "pattern" not in shape:
        return low, high
    tree = parsed(shape["pattern"])
    return max(low, tree.low), min(high, tree.high)


def _of_size(shape: Mapping[str, Any], size: int, draw: Draw, *, wide: bool) -> str:
    if "pattern" in shape:
        return parsed(shape["pattern"]).text(size, draw, wide=wide)
    return draw.characters(ALPHABET if wide else LETTERS, size)


def _spoiled(text: str, draw: Draw) -> Iterator[str]:
    """Texts close to `text`, the closest first."""
    strangers = [" ", "!", "é", "\t", "\n", "/", "\u2003", "\x00"]
    for stranger in strangers if draw.simplest else draw.random.sample(strangers, len(strangers)):
        at = draw.between(0, max(0, len(text) - 1))
        yield text[:at] + stranger + text[at + 1 :]
        yield stranger + text[1:]
        yield text[:-1] + stranger
        yield text + stranger
    yield draw.characters(LETTERS, max(1, len(text)))
    yield from ("bad", "x")
