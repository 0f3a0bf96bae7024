"""Where in the answers of a trace each value first appeared, as Python expressions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cognito_conformance.judge.judge import Step
from cognito_model import expect
from cognito_model.terms import Fresh
from cognito_model.world import Message


class Places:
    """The first place of every fresh term in the answers of these steps, and the messages that they sent."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._found: dict[Fresh, tuple[str, tuple[Any, ...]]] = {}
        self._secrets: dict[Any, str] = {}
        self._last = steps[-1].request.step
        self._owned: dict[str, expect.Owned] = {}
        self.messages: dict[Fresh, Message] = {}
        for step in steps:
            for reply in step.outcome.replies:
                self.messages.update((message.term, message) for message in reply.messages)
                for term, route in _routes(reply.members, ()):
                    if isinstance(term, expect.Owned):
                        self._owned.setdefault(dug(f"r{step.request.step}", route), term)
                        continue
                    self._found.setdefault(term, (f"r{step.request.step}", route))
            if step.request.operation == "CreateUserPoolClient":
                made = f'r{step.request.step}["UserPoolClient"]["ClientSecret"]'
                self._secrets[Fresh("ClientId", step.request.step)] = made

    def expression(self, term: Fresh) -> str:
        """How a program gets the value, which must be there."""
        return spelled(*self._found[term]) if term in self._found else self._never(term)

    def seen(self, term: Fresh) -> str:
        """How a program gets the value, or None where the answer lacks it."""
        return dug(*self._found[term]) if term in self._found else self._never(term)

    def _never(self, term: Fresh) -> str:
        return repr(f"<{term} was never answered>")

    def knows(self, term: Fresh) -> bool:
        """Whether a call before the last one answered the value."""
        return term in self._found and term.step != self._last

    def of_others(self, owned: expect.Owned) -> list[str]:
        """The values of this kind that the answers gave to other owners."""
        same = ((place, one) for place, one in self._owned.items() if one.kind == owned.kind)
        return [place for place, one in same if one.owner != owned.owner]

    def secret_of(self, client: Any) -> str:
        """How a program gets the secret of an app client."""
        return self._secrets.get(client, "''")


def spelled(answer: str, route: tuple[Any, ...]) -> str:
    """The value at the end of a route, which must be there; `...` stands for opening a text."""
    if all(isinstance(part, str) for part in route):
        return answer + "".join(f"[{json.dumps(part, ensure_ascii=False)}]" for part in route)
    return dug(answer, route)


def dug(answer: str, route: tuple[Any, ...]) -> str:
    """The value at the end of a route, or None."""
    parts = ("..." if part is ... else json.dumps(part, ensure_ascii=False) for part in route)
    return f"dig({', '.join([answer, *parts])})"


def _routes(expected: Any, route: tuple[Any, ...]) -> Iterator[tuple[Fresh | expect.Owned, tuple[Any, ...]]]:
    match expected:
        case Fresh() | expect.Owned():
            yield expected, route
        case Mapping():
            for name, value in expected.items():
                yield from _routes(value, (*route, name))
        case list() | tuple():
            for index, item in enumerate(expected):
                yield from _routes(item, (*route, index))
        case expect.Because(value=value):
            yield from _routes(value, route)
        case expect.JsonText(value=value):
            yield from _routes(value, (*route, ...))
        case expect.Both(parts=several) | expect.OneOf(choices=several):
            for part in several:
                yield from _routes(part, route)
        case expect.Exactly(members=members):
            yield from _routes(members, route)
        case expect.Signed(term=term, claims=claims):
            yield from _routes(term, route)
            yield from _routes(claims, (*route, ...))
        case expect.AtLeast(now=now) | expect.After(now=now):
            yield from _routes(now, route)
        case expect.Bag(items=items) | expect.Including(items=items):
            for item in items:
                inner = expect.unwrap(item)
                name = expect.unwrap(inner.get("Name")) if isinstance(inner, Mapping) else None
                if isinstance(name, str):
                    yield from _routes(inner.get("Value"), (*route, {"Name": name}, "Value"))
