"""The reference service: one world, one request after another, the model's first or likeliest answer made real."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Mapping
from typing import Any

from cognito_conformance.server import functions, wire
from cognito_conformance.server.belongings import Belongings
from cognito_conformance.server.messages import Outbox
from cognito_conformance.server.realise import Realiser
from cognito_conformance.server.recognise import server_call
from cognito_conformance.server.values import Values
from cognito_conformance.wire import service
from cognito_model.call import Call, modelled
from cognito_model.expect import unwrap
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.terms import Fresh
from cognito_model.world import World

log = logging.getLogger(__name__)


REMEMBERED = 1000
"""So many calls later a value of a deleted pool is like one that nobody ever made up."""


class Reference:
    """A Cognito in memory. `seed` makes its values repeatable (None: not); `base_url` is where clients reach it.

    Thread-safe: requests are served one at a time, as they must be for the world to be one.
    """

    def __init__(
        self,
        *,
        region: str = "us-east-1",
        seed: int | str | None = None,
        base_url: str = "http://127.0.0.1",
        call_type: type[Call] = Call,
        relax_auth: bool = False,
    ) -> None:
        self.region = region
        self.base_url = base_url
        self.relax_auth = relax_auth
        self._seed = seed
        self._call_type = call_type
        self._lock = threading.Lock()
        self._operations = frozenset(service.operation_names())
        self.reset()

    def reset(self) -> None:
        """Forget everything; the clock goes on."""
        self.offset = getattr(self, "offset", 0.0)
        rng = random.Random(self._seed)
        self.values = Values(self.region, rng, self.now, functions.terms(self.region))
        self.realiser = Realiser(self.values, self)
        self.model = Model(service.description(), server_call(self._call_type, self.realiser))
        self.world = World()
        self.outbox = Outbox()
        self.belongings = Belongings()
        self.step = 0

    def sibling(self, region: str) -> Reference:
        """An empty service like this one in another region."""
        # With the same seed both would make the same ids, and an unsigned call could not be told apart.
        seed = None if self._seed is None else f"{self._seed} {region}"
        other = Reference(region=region, seed=seed, base_url=self.base_url, call_type=self._call_type)
        other.offset = self.offset
        return other

    def now(self) -> float:
        """This server's time, epoch seconds."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self.offset += seconds

    def handle(self, headers: Mapping[str, str], body: bytes) -> wire.HttpAnswer:
        """Answer one API request. `headers` have lower-case names."""
        try:
            operation, params = wire.parse(headers.get("x-amz-target"), body, self._operations)
            return self.call(operation, params, signed="authorization" in headers)
        except wire.WireError as problem:
            return wire.error(problem.error, problem.message, problem.status)

    def call(self, operation: str, params: Mapping[str, Any], *, signed: bool = True) -> wire.HttpAnswer:
        """Answer one call whose params have been parsed."""
        if operation not in modelled():
            return wire.error("UnknownOperationException", f"{operation} is not modelled yet")
        with self._lock:
            self.step += 1
            request = Request(self.step, operation, self.values.recognise(params), signed or self.relax_auth)
            try:
                outcome = self.predict(request)
            except Exception:
                log.exception("the model failed on %s", operation)
                return wire.error(
                    "InternalErrorException", "the reference server failed; this is a bug in it", 500
                )
            refusal = outcome.likeliest_refusal
            if refusal is not None or not outcome.replies:
                return self._refuse(outcome, refusal)
            self.values.get(
                Fresh("Instant", self.step)
            )  # the moment of the call, and not of the first reading
            return self._reply(operation, outcome.replies[0])

    def predict(self, request: Request) -> Outcome:
        """What the model says of a request in the present world."""
        return self.model.predict(self.world, request, self.now())

    def _forget(self) -> None:
        """A pool was deleted: what was made up for those that were deleted long ago is dropped."""
        needed = {token.step for token in self.world.listings}
        self.values.forget(self.belongings.forgettable(self.step - REMEMBERED, needed))
        self.realiser.forget_keys(self.world.pools)

    def _refuse(self, outcome: Outcome, refusal: Refusal | None) -> wire.HttpAnswer:
        if outcome.refused_world is not None:
            self.belongings.note(self.step, self.world, outcome.refused_world)
            self.world = outcome.refused_world
        if refusal is None:
            return wire.error("InternalErrorException", "the model has no answer", 500)
        return wire.error(refusal.errors[0], self._text(refusal))

    def _text(self, refusal: Refusal) -> str | None:
        """The message: the requirement's first text with its gaps filled, or the refusal's own where that is whole."""
        parts = [str(self.realiser.json(part)) for part in refusal.text or ()]
        says = refusal.requirement.says
        if not says or (
            len(parts) == 1
            and refusal.requirement.text is not None
            and refusal.requirement.text.allows_text(parts[0])
        ):
            return parts[0] if parts else None
        filled = says[0]
        for part in parts:
            filled = filled.replace("{}", part, 1)
        return filled.replace("{}", "")

    def _reply(self, operation: str, reply: Reply) -> wire.HttpAnswer:
        members = dict(reply.members)
        if reply.page is not None and reply.follow is not None:
            page = unwrap(members[reply.page])
            keys = tuple(page.items)[: page.limit]
            more = len(page.items) > len(keys)
            members[reply.page] = [page.items[key] for key in keys]
            if more and page.token_member in members:
                members[page.token_member] = self.realiser.page_token(self.step)
            self.world = reply.follow(keys, more)
        else:
            if reply.world is not self.world:
                self.values.get(
                    Fresh("Instant", self.step)
                )  # the moment of the change, not of its first reading
            before, self.world = self.world, reply.world
            if self.belongings.note(self.step, before, self.world):
                self._forget()
        for message in reply.messages:
            self.outbox.add(message, self.realiser)
        has_output = service.output_shape(operation) is not None
        return wire.answer(self.realiser.json(members) if has_output else None)
