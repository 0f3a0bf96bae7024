"""A running target as the judge sees it."""

from __future__ import annotations

import contextlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.crypto import tokens
from cognito_conformance.engine.budget import Budget
from cognito_conformance.wire.answer import Answer
from cognito_conformance.wire.client import Client
from cognito_model.world import Message


@dataclass
class TargetEndpoint:
    """A target's client with the run's budget in front of it, its inbox and its keys."""

    target: Any
    client: Client
    budget: Budget
    lacks: set[str] = field(default_factory=set)
    offset: float = 0.0
    keys: dict[str, Any] = field(default_factory=dict)

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call. Raises BudgetSpent where the run has no request left."""
        self.budget.spend()
        return self.client.send(operation, params, signed=signed)

    def now(self) -> float:
        """The target's time, epoch seconds."""
        return time.time() + self.offset

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """Whether the answer says that the target has no such operation."""
        return bool(self.target.says_unsupported(operation, answer))

    def read_code(self, message: Message, username: Any, pool_id: Any, answer: Answer | None) -> str | None:
        """The code that a message carried, or None where this target offers no way to read it."""
        code: str | None = self.target.inbox.code(message, username, pool_id, answer)
        return code

    def claims(self, pool_id: str, token: str, kind: str) -> Mapping[str, Any]:
        """The claims of a token, and what is to be said about it in parentheses: see `expect.Signed`."""
        try:
            claims, header = dict(tokens.peek(token)), tokens.peek_header(token)
        except Exception:  # noqa: BLE001 - a hostile endpoint's token may be anything
            return {"(signature)": "no token"}
        claims["(signature)"] = self._signature(pool_id, token)
        claims["(alg)"] = header.get("alg")
        claims["(kid)"] = header.get("kid")
        claims["(header)"] = sorted(map(str, header))
        with contextlib.suppress(KeyError, TypeError):
            claims["(lifetime)"] = claims["exp"] - claims["iat"]
        return claims

    def _signature(self, pool_id: str, token: str) -> str:
        if pool_id not in self.keys:
            self.keys[pool_id] = self._fetch(pool_id)
        if self.keys[pool_id] is None:
            return "unchecked"
        try:
            tokens.verify(token, self.keys[pool_id])
        except Exception as problem:  # noqa: BLE001
            return f"wrong: {problem}"[:200]
        return "valid"

    def _fetch(self, pool_id: str) -> Any:
        """The keys that the pool publishes: {} where nothing is published, None where that cannot be told."""
        url = self.target.jwks_url(pool_id)
        if url is None:
            return None
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return json.loads(response.read(200_000))
        except urllib.error.HTTPError as answer:
            # 502 to 504 speak of the way to the target, as 429 does of a limit.
            return None if answer.code in (429, 502, 503, 504) else {}
        except ValueError:
            return {}
        except OSError:
            return None
