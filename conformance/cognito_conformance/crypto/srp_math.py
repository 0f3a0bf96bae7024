"""The arithmetic of Cognito's SRP-6a variant (facts srp-group to srp-signature), without any state.

Public values travel as hex integers; wherever one is hashed it is first written as Java's
`BigInteger.toByteArray` writes it, which is where this variant differs from RFC 5054.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from gmpy2 import powmod

from cognito_conformance.crypto.octets import octets

# The 3072-bit MODP group of RFC 3526, generator 2.
N = int(
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd"
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed"
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f"
    "83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b"
    "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510"
    "15728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7"
    "abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c"
    "bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff",
    16,
)
G = 2

INFO = b"Caldera Derived Key\x01"
KEY_BYTES = 16


class SrpError(ValueError):
    """A value that the protocol cannot go on with."""


class NotHex(SrpError):
    """A public value or a salt is not a plain string of hex digits."""


class ZeroPublicValue(SrpError):
    """A public value is 0 modulo N, which would fix the session key without any password."""


class NotBase64(SrpError):
    """A secret block is not base64."""


def pad(number: int) -> bytes:
    """What Java's `BigInteger.toByteArray` gives: two's complement, big-endian, as short as can be."""
    magnitude = number if number >= 0 else ~number
    return number.to_bytes(magnitude.bit_length() // 8 + 1, "big", signed=True)


def parse_hex(text: str) -> int:
    """The integer of a hex string in either case and of any length. Raises `NotHex`."""
    if not text or not set(text) <= set("0123456789abcdefABCDEF"):
        raise NotHex(f"{text[:40]!r} is not a hex number")
    return int(text, 16)


def parse_public(text: str) -> int:
    """A or B from the other side. Raises `NotHex` and `ZeroPublicValue`."""
    number = parse_hex(text)
    if number % N == 0:
        raise ZeroPublicValue("the public value is 0 modulo N")
    return number


def power(base: int, exponent: int) -> int:
    """`base` to `exponent` modulo N."""
    return int(powmod(base, exponent, N))


@lru_cache(maxsize=512)
def power_of_g(exponent: int) -> int:
    """G to `exponent` modulo N.

    Cached: a run that repeats its seeds repeats its exponents, and both sides of one exchange need G to x.
    """
    return power(G, exponent)


K = int.from_bytes(hashlib.sha256(pad(N) + pad(G)).digest(), "big")


def scrambler(A: int, B: int) -> int:
    """The u of one exchange: SHA256(pad(A) || pad(B))."""
    return int.from_bytes(hashlib.sha256(pad(A) + pad(B)).digest(), "big")


def private_key(salt: int, realm: str, name: str, password: str) -> int:
    """The x of one identity: SHA256(pad(salt) || SHA256(realm || name || ":" || password)).

    For a user `realm` is the pool id after the underscore and `name` is USER_ID_FOR_SRP; for a device they
    are its group key and its key.
    """
    inner = hashlib.sha256(octets(f"{realm}{name}:{password}")).digest()
    return int.from_bytes(hashlib.sha256(pad(salt) + inner).digest(), "big")


def session_key(S: int, u: int) -> bytes:
    """The 16 bytes that sign the claim: one step of HKDF over the shared secret, u being the salt."""
    extracted = hmac.digest(pad(u), pad(S), "sha256")
    return hmac.digest(extracted, INFO, "sha256")[:KEY_BYTES]


def sign(key: bytes, realm: str, name: str, secret_block: str, timestamp: str) -> str:
    """PASSWORD_CLAIM_SIGNATURE, base64. `secret_block` is SECRET_BLOCK as received. Raises `NotBase64`."""
    try:
        block = base64.b64decode(secret_block, validate=True)
    except ValueError as problem:
        raise NotBase64(f"the secret block is not base64: {problem}") from problem
    message = octets(f"{realm}{name}") + block + octets(timestamp)
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()
