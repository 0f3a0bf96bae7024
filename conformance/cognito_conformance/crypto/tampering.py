"""Good tokens spoiled on purpose, each in one way that a service must notice."""

from __future__ import annotations

from functools import cache

from joserfc import jws
from joserfc.jwk import OctKey
from joserfc.jws import JWSRegistry

from cognito_conformance.crypto import compact
from cognito_conformance.crypto.keys import SigningKey

HOWS = ("claim", "none", "signature", "key", "hs256")
"""The ways in which `tampered` spoils."""

_REGISTRY = JWSRegistry(algorithms=["RS256", "HS256"], strict_check_header=False)
_GUESS = b"a secret that nobody was given, 32 bytes and more"
_YEAR_2100 = 4_102_444_800


def tampered(token: str, how: str) -> str:
    """A token that must be refused, made from a good one; its claims still look good.

    "claim": one more hour of life under the old signature; "none": unsigned, with `alg` none;
    "signature": one bit of the signature flipped; "key": signed by a key that is not published, under the
    old `kid`; "hs256": signed with HMAC by one who knows no private key.
    Raises `NotAToken`, and ValueError for another `how`.
    """
    head, body, signature = compact.parts(token)
    header, claims = compact.json_part(head), compact.json_part(body)
    match how:
        case "claim":
            expires = claims.get("exp")
            later = expires + 3600 if isinstance(expires, int) else _YEAR_2100
            return f"{head}.{compact.encoded({**claims, 'exp': later})}.{signature}"
        case "none":
            return f"{compact.encoded({**header, 'alg': 'none'})}.{body}."
        case "signature":
            flipped = bytearray(compact.decoded(signature) or b"\0")
            flipped[len(flipped) // 2] ^= 1
            return f"{head}.{body}.{compact.encoded(bytes(flipped))}"
        case "key":
            forged = {"kid": str(header.get("kid")), "alg": "RS256"}
            return jws.serialize_compact(
                forged, compact.decoded(body), _strange_key().rsa, registry=_REGISTRY
            )
        case "hs256":
            forged = {"kid": str(header.get("kid")), "alg": "HS256"}
            key = OctKey.import_key(_GUESS)
            return jws.serialize_compact(forged, compact.decoded(body), key, registry=_REGISTRY)
        case _:
            raise ValueError(f"tokens are not tampered with by {how!r}")


@cache
def _strange_key() -> SigningKey:
    return SigningKey()
