"""A target that answers, and what can be done with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cognito_conformance.targets import unsupported
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.plain_http import fetch
from cognito_conformance.wire.client import Boto3Client, LeanClient, connect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_conformance.targets.description import TargetDescription
    from cognito_conformance.targets.mailbox import Mailbox
    from cognito_conformance.targets.process import Process
    from cognito_conformance.wire.answer import Answer
    from cognito_conformance.wire.credentials import Credentials


@dataclass(frozen=True, slots=True)
class RunningTarget:
    """A target that answers. `process` is that of a target which we started."""

    description: TargetDescription
    endpoint: str
    region: str
    credentials: Credentials
    ca_bundle: str | None
    client_kind: str
    inbox: Mailbox
    process: Process | None = None

    @property
    def name(self) -> str:
        """What the user called it."""
        return self.description.name

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.description.title

    @property
    def version(self) -> str | None:
        """Its version, where the description fixes one."""
        return self.description.version

    @property
    def capabilities(self) -> frozenset[str]:
        """What it offers a tester: words of `description.CAPABILITIES`."""
        return self.description.capabilities

    @property
    def functions(self) -> Mapping[str, str]:
        """The ARNs of the functions for Lambda triggers that it offers, by role."""
        return self.description.functions

    @property
    def lacks(self) -> frozenset[str]:
        """The operations that it is known not to have."""
        return self.description.lacks

    @property
    def code_source(self) -> str:
        """How a reproduction script reads codes: see `Mailbox.code_source`."""
        return self.inbox.code_source

    @property
    def clock(self) -> str | None:
        """The path to POST to so that its clock moves, where there is one."""
        return self.description.clock

    def client(
        self, *, kind: str | None = None, timeout: float = 30.0, alone: bool = False
    ) -> LeanClient | Boto3Client:
        """A new client of it; `timeout` in seconds. `alone`: one thread uses it, and nobody else a target that we started.

        Then it may connect ahead, and has to `rest` before anything is asked beside it.
        """
        return connect(
            kind or self.client_kind,
            self.endpoint,
            region=self.region,
            credentials=self.credentials,
            ca_bundle=self.ca_bundle,
            timeout=timeout,
            ahead=alone and self.process is not None,
        )

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """Whether an answer says that the operation, or what was asked of it, is not implemented."""
        return unsupported.says_unsupported(answer) or self.lacks_operation(operation, answer)

    def lacks_operation(self, operation: str, answer: Answer) -> bool:
        """Whether an answer says that the whole operation is not there, so that nobody need ask for it again."""
        return unsupported.lacks(self.description.operations, operation, answer)

    def jwks_url(self, pool_id: str) -> str | None:
        """Where the keys of a pool are."""
        return self._url(self.description.jwks, pool_id)

    def issuer(self, pool_id: str) -> str | None:
        """The `iss` of a pool's tokens, where the description knows it."""
        return self._url(self.description.issuer, pool_id)

    def jwks(self, pool_id: str) -> Any:
        """The keys that a pool publishes: see `published`."""
        return self.published(pool_id, "jwks.json")

    def published(self, pool_id: str, name: str) -> Any:
        """The JSON that a pool publishes beside its keys under this well-known name.

        {} where the target says that there is none, None where that cannot be told.
        """
        url = self.jwks_url(pool_id)
        if url is None or not url.endswith("/jwks.json"):
            return None
        try:
            status, body = fetch(url.removesuffix("jwks.json") + name, ca_bundle=self.ca_bundle)
        except OSError:
            return None
        if status != 200:
            # 502 to 504 speak of the way to the target, as 429 does of a limit; a redirection is not followed.
            return None if status < 400 or status in (429, 502, 503, 504) else {}
        try:
            return json.loads(body)
        except ValueError:
            return {}

    def reset(self) -> None:
        """Empty the target. Raises TargetError where it cannot be done."""
        self._control("reset", self.description.reset, {})

    def advance(self, seconds: float) -> None:
        """Move the target's clock. Raises TargetError where it cannot be done."""
        self._control("clock", self.description.clock, {"advance": seconds})

    def output_tail(self) -> str:
        """The end of what a target that we started has printed; empty for others."""
        return "" if self.process is None else self.process.output.tail()

    def _url(self, template: str | None, pool_id: str) -> str | None:
        if template is None:
            return None
        return template.format(endpoint=self.endpoint, pool=pool_id, region=self.region)

    def _control(self, what: str, path: str | None, body: Mapping[str, Any]) -> None:
        if path is None:
            raise TargetError(f"{self.name}: its description names no path for {what}")
        url = self.endpoint + path
        try:
            status, _ = fetch(url, ca_bundle=self.ca_bundle, data=json.dumps(body).encode())
        except OSError as problem:
            raise TargetError(f"{self.name}: nothing answers at {url}: {problem}") from None
        if status >= 300:
            raise TargetError(f"{self.name}: {url} answered {status}")
