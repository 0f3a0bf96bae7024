"""Where in the answers of a trace each value first appeared, as Python expressions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cognito_conformance.judge.judge import Step
from cognito_model import expect
from cognito_model.terms import Fresh


class Places:
    """The first place of every fresh term in the answers of these steps."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._found: dict[Fresh, str] = {}
        self._secrets: dict[Any, str] = {}
        for step in steps:
            for reply in step.outcome.replies:
                for term, place in _places(reply.members, f"r{step.request.step}"):
                    self._found.setdefault(term, place)
            if step.request.operation == "CreateUserPoolClient":
                made = f'r{step.request.step}["UserPoolClient"]'
                self._secrets[Fresh("ClientId", step.request.step)] = f'{made}["ClientSecret"]'

    def expression(self, term: Fresh) -> str:
        """How a program gets the value."""
        return self._found.get(term, repr(f"<{term} was never answered>"))

    def secret_of(self, client: Any) -> str:
        """How a program gets the secret of an app client."""
        return self._secrets.get(client, "''")


def _places(expected: Any, place: str) -> Iterator[tuple[Fresh, str]]:
    if isinstance(expected, Fresh):
        yield expected, place
    elif isinstance(expected, Mapping):
        for name, value in expected.items():
            yield from _places(value, f"{place}[{json.dumps(name)}]")
    elif isinstance(expected, list | tuple):
        for index, item in enumerate(expected):
            yield from _places(item, f"{place}[{index}]")
    elif isinstance(expected, expect.Because | expect.JsonText):
        yield from _places(expected.value, place)
    elif isinstance(expected, expect.Both):
        for part in expected.parts:
            yield from _places(part, place)
    elif isinstance(expected, expect.OneOf):
        for choice in expected.choices:
            yield from _places(choice, place)
    elif isinstance(expected, expect.Exactly):
        yield from _places(expected.members, place)
    elif isinstance(expected, expect.Signed | expect.AtLeast | expect.After):
        term = expected.term if isinstance(expected, expect.Signed) else expected.now
        if isinstance(term, Fresh):
            yield term, place
    elif isinstance(expected, expect.Bag | expect.Including):
        for item in expected.items:
            inner = expect.unwrap(item)
            name = expect.unwrap(inner.get("Name")) if isinstance(inner, Mapping) else None
            if isinstance(name, str):
                found = f'next(a["Value"] for a in {place} if a["Name"] == {json.dumps(name)})'
                yield from _places(inner.get("Value"), found)
