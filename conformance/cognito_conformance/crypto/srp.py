"""Both sides of Cognito's secure remote password exchange, for users and for devices.

Nothing here draws randomness: ephemeral secrets and salts come from the caller. For the ephemerals `a` and
`b` 256 bits are enough, twice the strength of the group in bits; public clients take 1024 bits, which costs
four times as much. A sign-in costs its modular powers, about 5 ms for each 256 bits of exponent.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cognito_conformance.crypto import srp_math
from cognito_conformance.crypto.octets import same
from cognito_conformance.crypto.srp_math import (
    NotBase64,
    NotHex,
    SrpError,
    ZeroPublicValue,
    parse_hex,
    parse_public,
    power_of_g,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ClientExchange",
    "DeviceSecretVerifierConfig",
    "Identity",
    "NotBase64",
    "NotHex",
    "ServerExchange",
    "SrpError",
    "ZeroPublicValue",
    "clean_block",
    "device_secrets",
    "salt_hex",
    "timestamp",
    "verifier",
]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who proves a password: what is hashed and signed as `realm || name`."""

    realm: str
    name: str

    @classmethod
    def user(cls, pool_id: str, user_id: str) -> Identity:
        """A user of the pool `pool_id` (`us-east-1_AbC…`); `user_id` is USER_ID_FOR_SRP, never an alias."""
        return cls(pool_id.partition("_")[2], user_id)

    @classmethod
    def device(cls, group_key: str, device_key: str) -> Identity:
        """A device, by DeviceGroupKey and DeviceKey of its NewDeviceMetadata."""
        return cls(group_key, device_key)


def timestamp(at: float) -> str:
    """TIMESTAMP for the epoch second `at`: `EEE MMM d HH:mm:ss 'UTC' yyyy`, English, day without a zero."""
    moment = datetime.fromtimestamp(int(at), UTC)
    day, month = DAYS[moment.weekday()], MONTHS[moment.month - 1]
    return f"{day} {month} {moment.day} {moment:%H:%M:%S} UTC {moment.year}"


def verifier(identity: Identity, password: str, salt: int) -> int:
    """What a server keeps instead of a password: G to x modulo N. `salt` is positive, of 128 bits on AWS."""
    return power_of_g(srp_math.private_key(salt, identity.realm, identity.name, password))


def salt_hex(salt: int) -> str:
    """SALT as Cognito writes it: the shortest hex, so that it may have 31 digits."""
    return f"{salt:x}"


@dataclass(frozen=True, slots=True)
class DeviceSecretVerifierConfig:
    """What ConfirmDevice stores: base64 of the padded bytes of two integers."""

    PasswordVerifier: str
    Salt: str

    @classmethod
    def of(cls, verifier: int, salt: int) -> DeviceSecretVerifierConfig:
        """The members that hold these two integers."""
        first, second = (base64.b64encode(srp_math.pad(number)).decode() for number in (verifier, salt))
        return cls(first, second)

    def as_params(self) -> dict[str, str]:
        """The JSON members as a request holds them."""
        return {"PasswordVerifier": self.PasswordVerifier, "Salt": self.Salt}

    def numbers(self) -> tuple[int, int]:
        """Verifier and salt, read as unsigned numbers. Raises `NotBase64`."""
        return _from_base64(self.PasswordVerifier), _from_base64(self.Salt)


def device_secrets(identity: Identity, password: str, salt: int) -> DeviceSecretVerifierConfig:
    """DeviceSecretVerifierConfig of a device that chose `password` and `salt` (of 128 bits as a rule)."""
    return DeviceSecretVerifierConfig.of(verifier(identity, password, salt), salt)


@dataclass(frozen=True, slots=True)
class ClientExchange:
    """The client's side; `a` is its ephemeral secret, of 256 bits."""

    a: int

    @property
    def A(self) -> int:
        """The public value."""
        return power_of_g(self.a)

    @property
    def A_hex(self) -> str:
        """SRP_A: lower-case hex without padding (fact srp-a-wire-format)."""
        return f"{self.A:x}"

    def key(self, challenge: Mapping[str, str], identity: Identity, password: str) -> bytes:
        """The session key after SRP_B and SALT of `challenge`. Raises `NotHex` and `ZeroPublicValue`."""
        B = parse_public(challenge["SRP_B"])
        salt = parse_hex(challenge["SALT"])
        u = srp_math.scrambler(self.A, B)
        x = srp_math.private_key(salt, identity.realm, identity.name, password)
        S = srp_math.power(B - srp_math.K * power_of_g(x), self.a + u * x)
        return srp_math.session_key(S, u)

    def claim(self, challenge: Mapping[str, str], identity: Identity, password: str, at: str) -> str:
        """PASSWORD_CLAIM_SIGNATURE for the parameters of a (DEVICE_)PASSWORD_VERIFIER challenge.

        `challenge` has SRP_B, SALT and SECRET_BLOCK (KeyError where one is missing); `at` is the TIMESTAMP
        sent along. Raises `SrpError` where a hostile endpoint's parameters cannot be used.
        """
        key = self.key(challenge, identity, password)
        return srp_math.sign(key, identity.realm, identity.name, challenge["SECRET_BLOCK"], at)


@dataclass(frozen=True, slots=True)
class ServerExchange:
    """The server's side; `b` is its ephemeral secret, of 256 bits, `verifier` what it keeps of `identity`."""

    b: int
    verifier: int
    identity: Identity

    @property
    def B(self) -> int:
        """The public value."""
        return (srp_math.K * self.verifier + power_of_g(self.b)) % srp_math.N

    @property
    def B_hex(self) -> str:
        """SRP_B: lower-case hex."""
        return f"{self.B:x}"

    def key(self, srp_a: str) -> bytes:
        """The session key with a client that sent SRP_A `srp_a`. Raises `NotHex` and `ZeroPublicValue`."""
        A = parse_public(srp_a)
        u = srp_math.scrambler(A, self.B)
        S = srp_math.power(A * srp_math.power(self.verifier, u), self.b)
        return srp_math.session_key(S, u)

    def expected_signature(self, srp_a: str, secret_block: str, at: str) -> str:
        """The signature that only a client with the right password makes. Raises `SrpError`."""
        return srp_math.sign(self.key(srp_a), self.identity.realm, self.identity.name, secret_block, at)

    def accepts(self, srp_a: str, secret_block: str, at: str, signature: str) -> bool:
        """Whether `signature` is the expected one, compared in constant time. Raises `SrpError`."""
        return same(self.expected_signature(srp_a, secret_block, at), signature)


def clean_block(block: str) -> str:
    """A secret block as clients in use read it: they skip what is not of the base64 alphabet. Raises ValueError."""
    return base64.b64encode(base64.b64decode(block)).decode()


def _from_base64(text: str) -> int:
    try:
        return int.from_bytes(base64.b64decode(text, validate=True), "big")
    except ValueError as problem:
        raise NotBase64(f"{text[:40]!r} is not base64") from problem
