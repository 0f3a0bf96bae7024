"""How an operation of the model sees bytes: derived terms are recomputed and compared with what the client sent."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cognito_conformance.crypto import totp
from cognito_conformance.server import passkeys
from cognito_conformance.server.values import ACCOUNT
from cognito_model.call import Call
from cognito_model.terms import Fresh, Term
from cognito_model.world import Credential

if TYPE_CHECKING:
    from cognito_conformance.server.realise import Realiser


def server_call(base: type[Call], realiser: Realiser) -> type[Call]:
    """The call type of a server: `base` with comparisons that look at bytes."""

    class ServerCall(base):  # type: ignore[misc,valid-type]
        region = realiser.reference.region
        account = ACCOUNT

        def same(self, value: Any, term: Any) -> bool:
            if value == term:
                return True
            if not isinstance(term, Term) or not isinstance(value, str):
                return False
            expected = realiser.derived(term)
            return isinstance(expected, str) and hmac.compare_digest(expected.encode(), value.encode())

        def proves(self, value: Any, term: Any, challenge: Any, timestamp: Any) -> bool:
            return value == term or realiser.exchanges.proves(value, term, challenge, timestamp)

        def characters(self, value: Any) -> str | None:
            known = realiser.json(value) if isinstance(value, Fresh) else value
            return known if isinstance(known, str) else None

        def registered(self, value: Any, challenge: Any, rules: Mapping[str, Any]) -> tuple[Any, Any] | None:
            return passkeys.registered(realiser.json, value, challenge, rules)

        def signed_by(
            self, value: Any, known: Mapping[Any, Credential], challenge: Any, rules: Mapping[str, Any]
        ) -> Any:
            return passkeys.signed_by(realiser.json, value, known, challenge, rules)

        def totp_step(self, value: Any, secret: Any) -> int | None:
            if not isinstance(value, str):
                return None
            return totp.matching_step(str(realiser.json(secret)), value, self.now)

    return ServerCall
