"""The model's expected answers made real: terms become values, claims become signed tokens."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cognito_conformance.crypto import secret_hash, tokens
from cognito_conformance.server import functions
from cognito_conformance.server.exchanges import Exchanges
from cognito_model import expect, terms
from cognito_model.terms import Fresh, Term
from cognito_model.world import Message

if TYPE_CHECKING:
    from cognito_conformance.server.core import Reference
    from cognito_conformance.server.values import Values


_AS_IT_IS = frozenset({str, int, float, bool, type(None)})


class Realiser:
    """Turns expectations and terms into JSON."""

    def __init__(self, values: Values, reference: Reference) -> None:
        self.values = values
        self.reference = reference
        self._keys: dict[Any, tokens.SigningKeys] = {}
        self.exchanges = Exchanges(values, reference, self)

    def json(self, expected: Any) -> Any:
        """The JSON value that an expectation stands for; members that are absent are left out."""
        value = self._value(expected)
        return None if value is expect.ABSENT else value

    def _value(self, expected: Any) -> Any:
        # The commonest first: an answer has a hundred of these.
        kind = type(expected)
        while kind is expect.Because:
            expected = expected.value
            kind = type(expected)
        if kind in _AS_IT_IS or expected is expect.ABSENT:
            return expected
        if kind is dict:
            made = {}
            for name, item in expected.items():
                value = item if type(item) in _AS_IT_IS else self._value(item)
                if value is not expect.ABSENT and value is not None:
                    made[name] = value
            return made
        if kind is Fresh:
            known = self.values.of.get(expected)
            if known is not None:
                return known
            is_part = expected.kind in ("SrpB", "Salt")
            return self.exchanges.part(expected) if is_part else self.values.get(expected)
        if kind is list or kind is tuple:
            return [self._value(item) for item in expected]
        if isinstance(expected, Term):
            return self.derived(expected)
        if isinstance(expected, Mapping):
            return self._value(dict(expected))
        return self._matcher(expected)

    def _matcher(self, expected: Any) -> Any:
        make = _MATCHERS.get(type(expected))
        if make is None:
            raise TypeError(f"the server cannot make a value of {expected!r}")
        return make(self, expected)

    def _values(self, items: Iterable[Any]) -> list[Any]:
        return [self._value(item) for item in items]

    # -- terms that are computed

    def derived(self, term: Term) -> Any:
        """The value of a derived term, or None where the server has no such value."""
        match term:
            case Fresh():
                return self.values.get(term)
            case terms.SecretHash(client=client, username=username, secret=other):
                known = self.reference.world.client(client)
                secret = other if other is not None or known is None else known.secret
                if secret is None:
                    return None
                return secret_hash.secret_hash(
                    str(self.json(username)), str(self.json(client)), str(self.json(secret))
                )
            case terms.Code(message=message):
                return self.values.get(message)
            case terms.Function(role=role):
                return functions.arn(role, self.reference.region)
            case terms.Issuer(pool=pool):
                return self.issuer(pool)
            case terms.TemporaryPassword(message=message):
                return f"Tmp-{self.values.get(message)}aA!"
            case _:
                return None

    def code_of(self, message: Message) -> str:
        """What a message tells its user: a code, or a temporary password."""
        if message.purpose == "invitation":
            return str(self.derived(terms.TemporaryPassword(message.term)))
        return str(self.derived(terms.Code(message.term)))

    def page_token(self, step: int) -> str:
        """The token of the page that the call `step` answered."""
        return str(self.values.get(Fresh("PageToken", step)))

    # -- tokens

    def keys(self, pool: Any) -> tokens.SigningKeys:
        """The signing keys of a pool."""
        if pool not in self._keys:
            self._keys[pool] = tokens.SigningKeys.generate()
        return self._keys[pool]

    def forget_keys(self, living: Collection[Any]) -> None:
        """Drop the keys of pools that are gone."""
        for pool in self._keys.keys() - living:
            del self._keys[pool]

    def issuer(self, pool: Any) -> str:
        """The `iss` of a pool's tokens."""
        return f"https://cognito-idp.{self.reference.region}.amazonaws.com/{self.json(pool)}"

    def _token(self, expected: expect.Signed) -> str:
        claims = self._value({name: c for name, c in expected.claims.items() if not name.startswith("(")})
        keys = self.keys(expected.pool)
        key = keys.id_key if expected.kind == "id" else keys.access_key
        token = tokens.sign(claims, key)
        self.values.bind(expected.term, token)
        return token


_MATCHERS: dict[type, Callable[[Realiser, Any], Any]] = {
    expect.Both: lambda realiser, both: realiser._value(both.parts[-1]),
    expect.OneOf: lambda realiser, choice: realiser._value(choice.choices[0]),
    expect.Present: lambda realiser, present: realiser._value(present.example),
    expect.Pattern: lambda realiser, pattern: realiser._value(pattern.example),
    expect.Bag: lambda realiser, bag: realiser._values(bag.items),
    expect.Including: lambda realiser, including: realiser._values(including.items),
    expect.Lacks: lambda realiser, lacks: [],
    expect.Exactly: lambda realiser, exactly: realiser._value(exactly.members),
    expect.JsonText: lambda realiser, text: json.dumps(realiser._value(text.value)),
    expect.AtLeast: lambda realiser, instant: realiser._value(instant.now),
    expect.After: lambda realiser, instant: realiser._value(instant.now),
    expect.Epoch: lambda realiser, epoch: int(epoch.at),
    expect.Signed: Realiser._token,
    expect.Page: lambda realiser, page: realiser._values(page.items.values()),
}
"""What the server answers where the model expects something of a kind."""
