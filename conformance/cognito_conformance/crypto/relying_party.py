"""The user pool's side of passkeys: what it asks of an authenticator, and the checks on what comes back.

The bytes are taken apart by python-fido2; the checks are those of WebAuthn level 2, sections 7.1 and 7.2,
each with an error of its own, since the API has an exception for most. No attestation is looked at.
"""

from __future__ import annotations

import hmac
import json
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey
from fido2.rpid import verify_rp_id
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AuthenticatorData, CollectedClientData

from cognito_conformance.crypto.octets import from_base64url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ALGORITHMS = (ES256.ALGORITHM, RS256.ALGORITHM)
REGISTRATION_TIMEOUT = 60_000
"""Milliseconds (fact webauthn-start-shape)."""
SIGN_IN_TIMEOUT = 180_000
"""Milliseconds (API_InitiateAuth, example 1)."""


class CredentialError(ValueError):
    """A credential that must be refused."""


class MalformedCredential(CredentialError):
    """A member is missing or cannot be read, or it belongs to the other ceremony."""


class WrongChallenge(CredentialError):
    """It answers another challenge than the one that was sent."""


class OriginNotAllowed(CredentialError):
    """The page that asked for it is not of the relying party's domain, or not secure."""


class WrongRelyingParty(CredentialError):
    """It was made for another relying party."""


class UserNotVerified(CredentialError):
    """The user was not there, or was not verified where that is required."""


class UnsupportedKey(CredentialError):
    """Its key is of an algorithm that was not asked for."""


class UnknownCredential(CredentialError):
    """The user has no such passkey."""


class WrongSignature(CredentialError):
    """The signature does not fit the passkey."""


@dataclass(frozen=True, slots=True)
class RegisteredPasskey:
    """What a user pool keeps of a passkey; `public_key` is a COSE key in CBOR."""

    credential_id: bytes
    public_key: bytes
    transports: tuple[str, ...]
    attachment: str | None

    @property
    def id_text(self) -> str:
        """CredentialId: base64url without padding."""
        return websafe_encode(self.credential_id)

    def descriptor(self) -> dict[str, Any]:
        """The passkey as `excludeCredentials` and `allowCredentials` name it."""
        return {"type": "public-key", "id": self.id_text, "transports": list(self.transports)}


def creation_options(
    *,
    rp_id: str,
    rp_name: str,
    user_handle: bytes,
    user_name: str,
    display_name: str,
    challenge: bytes,
    exclude: Iterable[RegisteredPasskey] = (),
    user_verification: str = "preferred",
) -> dict[str, Any]:
    """CredentialCreationOptions (fact webauthn-start-shape). `challenge` is random, of 16 bytes or more."""
    return {
        "rp": {"id": rp_id, "name": rp_name},
        "user": {"id": websafe_encode(user_handle), "name": user_name, "displayName": display_name},
        "challenge": websafe_encode(challenge),
        "pubKeyCredParams": [{"type": "public-key", "alg": algorithm} for algorithm in ALGORITHMS],
        "timeout": REGISTRATION_TIMEOUT,
        "excludeCredentials": [passkey.descriptor() for passkey in exclude],
        "authenticatorSelection": {
            "requireResidentKey": True,
            "residentKey": "required",
            "userVerification": user_verification,
        },
    }


def request_options(
    *,
    rp_id: str,
    challenge: bytes,
    allow: Iterable[RegisteredPasskey],
    user_verification: str = "preferred",
) -> dict[str, Any]:
    """What CREDENTIAL_REQUEST_OPTIONS is the JSON text of. `challenge` is random, of 16 bytes or more."""
    return {
        "challenge": websafe_encode(challenge),
        "timeout": SIGN_IN_TIMEOUT,
        "rpId": rp_id,
        "allowCredentials": [passkey.descriptor() for passkey in allow],
        "userVerification": user_verification,
    }


def check_registration(
    credential: Any, *, rp_id: str, challenge: bytes, user_verification: str = "preferred"
) -> RegisteredPasskey:
    """The passkey that `credential`, read from JSON, registers. Raises `CredentialError`."""
    with _reading():
        raw_id, response = _envelope(credential)
        client = _client_data(response)
        data = _attested_data(response)
        transports = _names(response.get("transports", []))
    _check_client(client, CollectedClientData.TYPE.CREATE.value, rp_id, challenge)
    _check_authenticator(data, rp_id, user_verification)
    attested = data.credential_data
    if attested is None or attested.credential_id != raw_id:
        raise MalformedCredential("the attested credential is not the one that is named")
    if attested.public_key.ALGORITHM not in ALGORITHMS:
        raise UnsupportedKey(f"the algorithm {attested.public_key.get(3)} was not asked for")
    attachment = credential.get("authenticatorAttachment")
    return RegisteredPasskey(
        raw_id,
        cbor.encode(attested.public_key),
        transports,
        attachment if isinstance(attachment, str) else None,
    )


def check_sign_in(
    credential: Any,
    known: Iterable[RegisteredPasskey],
    *,
    rp_id: str,
    challenge: bytes,
    user_handle: bytes,
    user_verification: str = "preferred",
) -> RegisteredPasskey:
    """Which of the user's passkeys made `credential`, read from JSON. Raises `CredentialError`."""
    with _reading():
        raw_id, response = _envelope(credential)
        client = _client_data(response)
        data = AuthenticatorData(from_base64url(response["authenticatorData"]))
        signature = from_base64url(response["signature"])
        named = response.get("userHandle")
        handle = user_handle if named is None else from_base64url(named)
    _check_client(client, CollectedClientData.TYPE.GET.value, rp_id, challenge)
    _check_authenticator(data, rp_id, user_verification)
    passkey = next((kept for kept in known if kept.credential_id == raw_id), None)
    if passkey is None or handle != user_handle:
        raise UnknownCredential("the user has no such passkey")
    try:
        key = CoseKey.parse(cbor.decode(passkey.public_key))  # type: ignore[arg-type]  # what we encoded
        key.verify(data + client.hash, signature)
    except (InvalidSignature, *_UNREADABLE) as problem:
        raise WrongSignature("the signature does not fit the passkey") from problem
    return passkey


# What python-fido2 raises on input that is not what it should be.
_UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    struct.error,
    RecursionError,
)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as problem:
        raise MalformedCredential(f"the credential cannot be read: {problem!r}"[:200]) from problem


# python-fido2's own readers hand what they find to `bytes`, which makes of a number as many zeros, even
# gigabytes of them. So these look at types first, and give it nothing but bytes.


def _envelope(credential: Any) -> tuple[bytes, Mapping[str, Any]]:
    """The credential's id and its response."""
    raw_id = from_base64url(credential["rawId"])
    if credential["id"] != credential["rawId"]:
        raise ValueError("id and rawId differ")
    if credential["type"] != "public-key":
        raise ValueError("the type is not public-key")
    if not isinstance(credential["response"], dict):
        raise TypeError("the response is no object")
    return raw_id, credential["response"]


def _client_data(response: Mapping[str, Any]) -> CollectedClientData:
    data = from_base64url(response["clientDataJSON"])
    said = json.loads(data)
    if not all(isinstance(said[name], str) for name in ("type", "challenge", "origin")):
        raise TypeError("a member of the client data is no text")
    return CollectedClientData(data)


def _attested_data(response: Mapping[str, Any]) -> AuthenticatorData:
    attestation: Any = cbor.decode(from_base64url(response["attestationObject"]))
    shape = {"fmt": str, "attStmt": dict, "authData": bytes}
    if not all(isinstance(attestation[name], kind) for name, kind in shape.items()):
        raise TypeError("a member of the attestation object is of another type")
    return AuthenticatorData(attestation["authData"])


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError("the transports are no list of names")
    return tuple(value)


def _check_client(client: CollectedClientData, ceremony: str, rp_id: str, challenge: bytes) -> None:
    if client.type != ceremony:
        raise MalformedCredential(f"the ceremony is {client.type!r}, not {ceremony}")
    if not hmac.compare_digest(client.challenge, challenge):
        raise WrongChallenge("it answers another challenge")
    try:
        allowed = verify_rp_id(rp_id, client.origin)
    except ValueError:  # no URL at all
        allowed = False
    if not allowed:
        raise OriginNotAllowed(f"{client.origin[:100]!r} is no secure page of {rp_id}")


def _check_authenticator(data: AuthenticatorData, rp_id: str, user_verification: str) -> None:
    if data.rp_id_hash != sha256(rp_id.encode()):
        raise WrongRelyingParty("it was made for another relying party")
    if not data.is_user_present():
        raise UserNotVerified("the user was not there")
    if user_verification == "required" and not data.is_user_verified():
        raise UserNotVerified("the user was not verified")
