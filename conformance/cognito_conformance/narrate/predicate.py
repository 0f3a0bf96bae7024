"""What was wanted of a value, as a Python expression that is true of what keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cognito_conformance.judge import probe
from cognito_conformance.narrate.places import Places
from cognito_model import expect
from cognito_model.terms import Fresh, Term


class Predicates:
    """Writes tests of what the last call answered, which was made at `sent`. `expression` writes a value of a request."""

    def __init__(self, places: Places, expression: Callable[[Any], str], sent: float) -> None:
        self.places = places
        self.expression = expression
        self.sent = sent
        self._depth = 0

    def test(self, wanted: Any, got: str) -> str:
        """The test of the value that the expression `got` gives."""
        match wanted:
            case expect.ABSENT:
                return f"{got} is None"
            case expect.Because(value=value):
                return self.test(value, got)
            case expect.Both(parts=parts):
                return self._all(self.test(part, got) for part in parts)
            case expect.OneOf(choices=choices):
                return "(" + " or ".join(dict.fromkeys(self.test(choice, got) for choice in choices)) + ")"
            case expect.Present():
                return f"{got} is not None"
            case expect.Pattern(regex=regex):
                return f"(isinstance({got}, str) and re.fullmatch({regex!r}, {got}, re.DOTALL) is not None)"
            case expect.AtLeast(term=term):
                return self._after(term, got, ">=")
            case expect.After(term=term):
                return self._after(term, got, ">")
            case expect.Epoch(at=at, tolerance=tolerance):
                return f"abs(({got} or 0) - (time.time() + {at - self.sent:.0f})) <= {tolerance:.0f}"
            case expect.JsonText(value=value):
                return f"(isinstance({got}, str) and {self.test(value, f'dig({got}, ...)')})"
            case expect.Exactly(members=members):
                names = f"isinstance({got}, dict) and set({got}) <= {set(members) or '{*()}'}"
                return self._all([names, self.test(members, got)] if members else [names])
            case expect.Signed():
                return f"isinstance({got}, str)"
            case expect.Bag() | expect.Including() | expect.Lacks() | expect.Page():
                return self._list(wanted, got)
            case probe.AtMost() | probe.Among() | probe.Has():
                return self._list(wanted, got)
            case probe.Same(term=term):
                return f"({got} is not None and {got} == {self._value(term)})"
            case probe.Differs(term=term):
                return f"{got} != {self._value(term)}"
            case probe.Opaque():
                return f"not isinstance(dig({got}, ...), dict)"
            case expect.Owned():
                return f"{got} not in [{', '.join(self.places.of_others(wanted))}]"
            case Term():
                known = not isinstance(wanted, Fresh) or self.places.knows(wanted)
                there = f"{got} is not None"
                return f"({there} and {got} == {self._value(wanted)})" if known else there
            case bool():
                return f"{got} is {wanted}"
            case Mapping():
                inner = [self.test(value, f"dig({got}, {name!r})") for name, value in wanted.items()]
                return self._all(inner or [f"isinstance({got}, dict)"])
            case list() | tuple():
                inner = [self.test(value, f"dig({got}, {index})") for index, value in enumerate(wanted)]
                return self._all([f"len({got} or []) == {len(wanted)}", *inner])
            case _:
                return f"{got} == {wanted!r}"

    def _list(self, wanted: Any, got: str) -> str:
        items = f"({got} or [])"
        match wanted:
            case expect.Bag(items=parts, optional=optional):
                self._depth += 1
                item = f"item{self._depth}"
                known = " or ".join(self.test(part, item) for part in (*parts, *optional)) or "False"
                self._depth -= 1
                least = sum(not _may_lack(part) for part in parts)
                size = f"{least} <= len({items}) <= {len(parts) + len(optional)}"
                return self._all([size, *self._each(parts, items), f"all({known} for {item} in {items})"])
            case expect.Including(items=parts):
                return self._all(self._each(parts, items))
            case expect.Lacks(key=key, values=values):
                return f"not any(dig(item, {key!r}) in {self.expression(values)} for item in {items})"
            case expect.Page(limit=limit):
                return f"len({items}) <= {limit}"
            case probe.AtMost(items=limit):
                return f"isinstance({items}, list) and len({items}) <= {limit}"
            case probe.Among(key=key, values=values):
                keys, among = self._keys(key, items), self._values(values)
                return f"set({keys}) <= set({among}) and len(set({keys})) == len({items})"
            case probe.Has(key=key, values=values):
                return f"set({self._values(values)}) <= set({self._keys(key, items)})"
        raise TypeError(type(wanted).__name__)

    def _each(self, parts: tuple[Any, ...], items: str) -> list[str]:
        """For each part a test that an item is like it."""
        self._depth += 1
        item = f"item{self._depth}"
        tests = [
            f"any({self.test(part, item)} for {item} in {items})" for part in parts if not _may_lack(part)
        ]
        self._depth -= 1
        return tests

    def _keys(self, key: str, items: str) -> str:
        return f"[dig(item, {key!r}) for item in {items}]" if key else items

    def _values(self, values: tuple[Any, ...]) -> str:
        """All these values of keys; of several that one key may have, every one."""
        plain = [expect.unwrap(value) for value in values]
        flat = [c for v in plain for c in (v.choices if isinstance(v, expect.OneOf) else (v,))]
        return self.expression([value for value in flat if value is not expect.ABSENT])

    def _after(self, term: Any, got: str, sign: str) -> str:
        if not isinstance(term, Fresh) or not self.places.knows(term):
            return f"{got} is not None"
        floor = self._value(term)
        return f"({got} is not None and ({floor} is None or {got} {sign} {floor}))"

    def _value(self, term: Term) -> str:
        """A value that an earlier answer may lack."""
        return self.places.seen(term) if isinstance(term, Fresh) else self.expression(term)

    def _all(self, tests: Any) -> str:
        found = list(dict.fromkeys(tests))
        return found[0] if len(found) == 1 else "(" + " and ".join(found) + ")" if found else "True"


def _may_lack(part: Any) -> bool:
    inner = expect.unwrap(part)
    return isinstance(inner, expect.OneOf) and expect.ABSENT in inner.choices
