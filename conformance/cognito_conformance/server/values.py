"""The values that a server makes up for the model's fresh terms, and how it knows them again."""

from __future__ import annotations

import base64
import random
import string
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.crypto import certificates
from cognito_model.terms import Fresh, Function

ALNUM = string.ascii_letters + string.digits
LOWER = string.ascii_lowercase + string.digits
ACCOUNT = "123456789012"
"""The AWS account that everything belongs to."""


@dataclass
class Values:
    """The two directions: term to value and value to term. `rng` makes them; the same seed makes the same values.

    `functions` are those that the server has, by ARN.
    """

    region: str
    rng: random.Random
    now: Callable[[], float]
    functions: Mapping[str, Function] = field(default_factory=dict)
    of: dict[Fresh, Any] = field(default_factory=dict)
    term: dict[str, Fresh] = field(default_factory=dict)
    reused: str | None = None
    """A kind whose values come again and again: a fault for calibration."""

    def get(self, term: Fresh) -> Any:
        """The value of a fresh term, made on first use."""
        value = self.of.get(term)
        if value is None:
            value = self._make(term)
            self.bind(term, value)
        return value

    def bind(self, term: Fresh, value: Any) -> None:
        """Fix the value of a term."""
        self.of[term] = value
        if isinstance(value, str) and term.kind not in _NOT_RECOGNISED:
            self.term[value] = term

    def recognise(self, value: Any) -> Any:
        """A request's params with every value that this server made up turned back into its term."""
        if isinstance(value, str):
            return self.term.get(value) or self.functions.get(value, value)
        if isinstance(value, dict):
            return {name: self.recognise(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.recognise(item) for item in value]
        return value

    def forget(self, is_forgettable: Callable[[int], bool]) -> None:
        """Drop the values that were made up in calls of which this is true."""
        for term in [term for term in self.of if is_forgettable(term.step)]:
            value = self.of.pop(term)
            if isinstance(value, str) and self.term.get(value) == term:
                del self.term[value]

    def _make(self, term: Fresh) -> Any:
        if term.kind == self.reused:
            former = [value for known, value in self.of.items() if known.kind == term.kind]
            if former:
                return former[0]
        if term.kind == "PoolArn":
            pool_id = self.get(Fresh("PoolId", term.step, term.index))
            return f"arn:aws:cognito-idp:{self.region}:{ACCOUNT}:userpool/{pool_id}"
        if term.kind == "Instant" and term.index:
            return self.get(Fresh("Instant", term.step))  # one call is one moment
        maker = _MAKERS.get(term.kind)
        return str(self.uuid()) if maker is None else maker(self)

    def uuid(self) -> uuid.UUID:
        """A random UUID."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def text(self, alphabet: str, length: int) -> str:
        """A random string."""
        return "".join(self.rng.choices(alphabet, k=length))

    def opaque(self, length: int) -> str:
        """A random string that looks like encoded bytes; for long ones this takes a hundredth of the time of `text`."""
        return _base64url(self, -(-length * 3 // 4))[:length]

    def code(self) -> str:
        """Six digits that no other outstanding message carries."""
        return f"{self.rng.randrange(10**6):06d}"


_NOT_RECOGNISED = frozenset(
    {"Message", "OneTimePassword", "Instant", "AuthTime", "Salt", "SrpB", "EventId", "Jti", "OriginJti"}
)
"""Kinds that never come back as an identity: a code is compared with those that its user was sent."""


def _base64url(values: Values, length: int) -> str:
    return base64.urlsafe_b64encode(values.rng.randbytes(length)).rstrip(b"=").decode()


_MAKERS: dict[str, Callable[[Values], Any]] = {
    "PoolId": lambda v: f"{v.region}_{v.text(ALNUM, 9)}",
    "ClientId": lambda v: v.text(LOWER, 26),
    "ClientSecret": lambda v: v.text(LOWER, 51),
    "ImportJobId": lambda v: f"import-{v.text(ALNUM, 10)}",
    "Region": lambda v: v.region,
    "ClientSecretId": lambda v: f"{v.text(LOWER, 26)}--{int(v.now())}",
    "Certificate": lambda v: certificates.self_signed(v.region, v.rng.getrandbits(64) | 1, v.now()),
    "Instant": lambda v: round(v.now(), 3),
    "AuthTime": lambda v: int(v.now()),
    "Message": Values.code,
    "OneTimePassword": lambda v: f"{v.rng.randrange(10**8):08d}",
    "Session": lambda v: "AYABe" + v.opaque(1000),
    "RefreshToken": lambda v: (
        "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ."
        + ".".join(v.opaque(length) for length in (342, 16, 600, 22))
    ),
    "PageToken": lambda v: base64.b64encode(v.rng.randbytes(48)).decode(),
    "TotpSecret": lambda v: base64.b32encode(v.rng.randbytes(32)).decode().rstrip("="),
    "DeviceKey": lambda v: f"{v.region}_{v.uuid()}",
    "DeviceGroupKey": lambda v: f"-{v.text(ALNUM, 8)}",
    "SecretBlock": lambda v: base64.b64encode(v.rng.randbytes(512)).decode(),
    "Salt": lambda v: f"{v.rng.getrandbits(128):x}",
    "SessionId": lambda v: f"tkn{v.text(LOWER, 25)}",
    "RelyingParty": lambda v: "localhost",
    "UserHandle": lambda v: _base64url(v, 16),
    "RegistrationChallenge": lambda v: _base64url(v, 32),
    "WebAuthnChallenge": lambda v: _base64url(v, 32),
}
