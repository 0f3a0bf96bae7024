"""Id and access tokens: signed as Cognito signs them, and checked against the keys that a pool publishes.

joserfc signs at 1.03 times the cost of the bare RSA signature (0.27 ms) and checks in 0.05 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from cognito_conformance.crypto import compact
from cognito_conformance.crypto.compact import NotAToken, TokenError
from cognito_conformance.crypto.keys import SigningKey, SigningKeys
from cognito_conformance.crypto.tampering import tampered

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BadSignature",
    "NotAToken",
    "SigningKey",
    "SigningKeys",
    "TokenError",
    "UnknownKey",
    "Verified",
    "WrongAlgorithm",
    "openid_configuration",
    "peek",
    "peek_header",
    "sign",
    "tampered",
    "verify",
]

ALGORITHM = "RS256"
# A target may put more into a header than JOSE knows; that is for the judge to say, not for the library.
_REGISTRY = JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)


class WrongAlgorithm(TokenError):
    """The header names another algorithm than RS256: `none` and HS256 are among them."""


class UnknownKey(TokenError):
    """The header's `kid` is none of the published keys, or that key is of no use."""


class BadSignature(TokenError):
    """The signature does not fit what it signs."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Header and claims of a token whose signature fits."""

    header: dict[str, Any]
    claims: dict[str, Any]


def sign(claims: Mapping[str, Any], key: SigningKey) -> str:
    """A compact JWT whose header has `kid` and `alg` and nothing else (fact jwt-header)."""
    header = {"kid": key.kid, "alg": ALGORITHM}
    return jwt.encode(header, dict(claims), key.rsa, algorithms=[ALGORITHM], default_type=None)


def verify(token: str, jwks: Mapping[str, Any]) -> Verified:
    """Header and claims of a token that one of the keys in `jwks` signed; expiry is not looked at.

    Raises `NotAToken`, `WrongAlgorithm`, `UnknownKey`, `BadSignature`.
    """
    header, claims = peek_header(token), peek(token)
    if header.get("alg") != ALGORITHM:
        raise WrongAlgorithm(f"the algorithm is {header.get('alg')!r}, not {ALGORITHM}")
    key = _published_key(jwks, header.get("kid"))
    try:
        jws.deserialize_compact(token, key, registry=_REGISTRY)
    except BadSignatureError as problem:
        raise BadSignature("the signature does not fit") from problem
    except (JoseError, ValueError) as problem:
        raise NotAToken(f"no compact JWS: {problem}") from problem
    return Verified(header, claims)


def peek(token: str) -> dict[str, Any]:
    """The claims of a token, its signature unchecked. Raises `NotAToken`."""
    return compact.json_part(compact.parts(token)[1])


def peek_header(token: str) -> dict[str, Any]:
    """The header of a token, its signature unchecked. Raises `NotAToken`."""
    return compact.json_part(compact.parts(token)[0])


def openid_configuration(issuer: str) -> dict[str, Any]:
    """What `/.well-known/openid-configuration` of a pool without a domain answers; `issuer` is its `iss`."""
    return {
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    }


def _published_key(jwks: Mapping[str, Any], kid: Any) -> RSAKey:
    published = jwks.get("keys")
    for key in published if isinstance(published, list) else []:
        if isinstance(key, dict) and kid is not None and key.get("kid") == kid:
            return _rsa_key(key.get("n"), key.get("e"))
    raise UnknownKey(f"no published key has the kid {kid!r}")


def _rsa_key(n: Any, e: Any) -> RSAKey:
    if not (isinstance(n, str) and isinstance(e, str)):
        raise UnknownKey("the published key is no RSA key")
    try:
        return _import(n, e)
    except ValueError as problem:
        raise UnknownKey(f"the published key is of no use: {problem}") from problem


@lru_cache(maxsize=256)
def _import(n: str, e: str) -> RSAKey:
    # Through cryptography, since joserfc's own import warns of short keys, which is for the judge to say.
    modulus, exponent = (int.from_bytes(compact.decoded(text), "big") for text in (n, e))
    public = RSAPublicNumbers(exponent, modulus).public_key()
    return RSAKey(public, public)
