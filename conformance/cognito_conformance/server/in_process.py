"""The reference service behind a client, without a socket: for tests and for measuring the suite."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_conformance.wire.answer import Answer, read_answer


class InProcessClient:
    """Sends to a `Reference` in this process. The body goes through JSON, as it would on the wire."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._public = service.noauth_operations()

    def send(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make the call."""
        started = time.perf_counter()
        sent = {"x-amz-target": f"AWSCognitoIdentityProviderService.{operation}", **(headers or {})}
        if signed or (signed is None and operation not in self._public):
            sent["authorization"] = "AWS4-HMAC-SHA256 in-process"
        answer = self.reference.handle(sent, json.dumps(params).encode())
        names = {name.lower(): value for name, value in answer.headers}
        return read_answer(answer.status, names, answer.body, time.perf_counter() - started)

    def close(self) -> None:
        """Nothing to close."""
