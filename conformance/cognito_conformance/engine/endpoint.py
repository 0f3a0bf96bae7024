"""A running target as the judge sees it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.crypto import tokens
from cognito_conformance.engine.budget import Budget
from cognito_conformance.wire.answer import Answer
from cognito_conformance.wire.client import Client, LeanClient
from cognito_model.world import Message

DOCUMENTS_KEPT = 200
"""So many documents that pools publish are kept, the newest; more are never in use at a time."""


@dataclass
class TargetEndpoint:
    """A target's client with the run's budget in front of it, its inbox and its keys."""

    target: Any
    client: Client
    budget: Budget
    lacks: set[str] = field(default_factory=set)
    offset: float = 0.0
    published: dict[tuple[str, str], Any] = field(default_factory=dict)
    away: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext
    """Entered while we wait for the target, and with us other walkers do not."""
    deferred: Callable[[], None] | None = None
    """What the next `send` does while it waits, once."""
    fetches: bool = True
    """Whether what a pool publishes is fetched; else only what is known of it counts."""

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call. Raises BudgetSpent where the run has no request left."""
        self.budget.spend()
        if not isinstance(self.client, LeanClient):
            self._do_what_is_deferred()
            with self.away():
                return self.client.send(operation, params, signed=signed)
        with contextlib.closing(self.client.begin(operation, params, signed=signed)) as call:
            self._do_what_is_deferred()
            with self.away():
                """The answer is read when the turn has come again: a thread that woke for it would be in the way of another."""
            return call.answer()

    def defer(self, work: Callable[[], None] | None) -> None:
        """Let the next `send` do some work, on which its answer has no bearing, while it waits; None: no work after all."""
        self.deferred = work

    def _do_what_is_deferred(self) -> None:
        work, self.deferred = self.deferred, None
        if work is not None:
            work()

    def _beside(self) -> AbstractContextManager[None]:
        """Entered while the target is asked for something beside its API, which may attend to one connection at a time."""
        if isinstance(self.client, LeanClient):
            self.client.rest()
        return self.away()

    def now(self) -> float:
        """The target's time, epoch seconds."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move the target's clock, and ours with it. Raises TargetError where it cannot be done."""
        with self._beside():
            self.target.advance(seconds)
        self.offset += seconds

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """Whether the answer says that the operation, or what was asked of it, is not implemented."""
        return bool(self.target.says_unsupported(operation, answer))

    def lacks_operation(self, operation: str, answer: Answer) -> bool:
        """Whether the answer says that the whole operation is not there."""
        return bool(self.target.lacks_operation(operation, answer))

    def issuer(self, pool_id: str) -> str | None:
        """The `iss` of a target that is not AWS: what its description says, else its own address and the pool.

        AWS's issuer is the endpoint's address and the pool id too, so that what is recorded of it allows both.
        """
        described: str | None = self.target.issuer(pool_id)
        return described or f"{self.target.endpoint.rstrip('/')}/{pool_id}"

    def function(self, role: str) -> str | None:
        """The ARN of the function for Lambda triggers that has this role, where the target offers one."""
        arn: str | None = self.target.functions.get(role)
        return arn

    def read_code(self, message: Message, username: Any, pool_id: Any, answer: Answer | None) -> str | None:
        """The code that a message carried, or None where this target offers no way to read it."""
        with self._beside():
            code: str | None = self.target.inbox.code(message, username, pool_id, answer)
        return code

    def claims(self, pool_id: str, token: str, kind: str) -> Mapping[str, Any]:
        """The claims of a token, and what is to be said about it in parentheses: see `expect.Signed`."""
        try:
            claims, header = dict(tokens.peek(token)), tokens.peek_header(token)
        except Exception:  # noqa: BLE001 - a hostile endpoint's token may be anything
            return {"(signature)": "no token"}
        claims["(signature)"] = self._signature(pool_id, token)
        claims["(discovery)"] = self._discovery(pool_id)
        claims["(alg)"] = header.get("alg")
        claims["(kid)"] = header.get("kid")
        claims["(header)"] = sorted(map(str, header))
        with contextlib.suppress(KeyError, TypeError):
            claims["(lifetime)"] = claims["exp"] - claims["iat"]
        return claims

    def _signature(self, pool_id: str, token: str) -> str:
        keys = self._published(pool_id, "jwks.json")
        if keys is None:
            return "unchecked"
        try:
            tokens.verify(token, keys)
        except Exception as problem:  # noqa: BLE001
            return f"wrong: {problem}"[:200]
        return "valid"

    def _discovery(self, pool_id: str) -> str:
        """Whether the OpenID configuration of the pool names the pool and where its keys are."""
        found = self._published(pool_id, "openid-configuration")
        if found is None:
            return "unchecked"
        issuer, keys = (found.get(name) for name in ("issuer", "jwks_uri"))
        if not (isinstance(issuer, str) and issuer.endswith(f"/{pool_id}")):
            return "wrong: its issuer is not the pool"
        named = isinstance(keys, str) and keys.endswith(f"/{pool_id}/.well-known/jwks.json")
        return "valid" if named else "wrong: its jwks_uri is not the pool's"

    def _published(self, pool_id: str, name: str) -> Any:
        place = (pool_id, name)
        if place not in self.published:
            if not self.fetches:
                return None
            while len(self.published) >= DOCUMENTS_KEPT:
                del self.published[next(iter(self.published))]
            with self._beside():
                found = self._fetch(pool_id, name)
            self.published[place] = found if found is None or isinstance(found, dict) else {}
        return self.published[place]

    def _fetch(self, pool_id: str, name: str) -> Any:
        """What the pool publishes under this well-known name: see `RunningTarget.published`."""
        return self.target.published(pool_id, name)
