"""A passkey authenticator in software: what a browser and its platform answer to a user pool.

It makes ES256 credentials that are discoverable and synchronised, with attestation "none". It signs whatever
the options ask, excluded credentials too, so that a test can send wrong things on purpose: another origin,
options with another challenge or relying party, a passkey with another's credential id. To refuse is the
relying party's part.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from cognito_conformance.crypto.octets import from_base64url

if TYPE_CHECKING:
    from collections.abc import Mapping

FLAG = AuthenticatorData.FLAG
TRANSPORTS = ("internal", "hybrid")


class UnusableOptions(ValueError):
    """Options that cannot be answered: a member is missing or ill-formed, or ES256 is not asked for."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """What the authenticator keeps of one credential; `secret` is the private scalar on P-256."""

    rp_id: str
    user_handle: bytes
    credential_id: bytes
    secret: int

    @property
    def private_key(self) -> ec.EllipticCurvePrivateKey:
        """The key that signs."""
        return ec.derive_private_key(self.secret, ec.SECP256R1())

    @property
    def shown_id(self) -> str:
        """CredentialId, as the API shows it."""
        return websafe_encode(self.credential_id)


def registration_options(party: str, challenge: str, handle: str) -> dict[str, Any]:
    """The part of CredentialCreationOptions that a registration rests on; `handle` is the user's id in them."""
    return {
        "rp": {"id": party},
        "challenge": challenge,
        "user": {"id": handle},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    }


def register(
    options: Mapping[str, Any], seed: bytes, *, origin: str | None = None, verified: bool = True
) -> tuple[Passkey, dict[str, Any]]:
    """A new passkey, and the `Credential` that CompleteWebAuthnRegistration takes.

    `options` are the CredentialCreationOptions of StartWebAuthnRegistration. The same `seed` makes the same
    passkey. `origin` is `https://` and the relying party's id unless given; `verified` says whether the user
    showed a finger or a PIN. Raises `UnusableOptions`.
    """
    try:
        rp_id, challenge = str(options["rp"]["id"]), from_base64url(options["challenge"])
        user_handle = from_base64url(options["user"]["id"])
        algorithms = [wanted["alg"] for wanted in options["pubKeyCredParams"]]
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        raise UnusableOptions(f"cannot read the creation options: {problem!r}") from problem
    if ES256.ALGORITHM not in algorithms:
        raise UnusableOptions(f"none of the algorithms {algorithms} is ES256")
    secret = int.from_bytes(hashlib.sha256(b"key" + seed).digest(), "big") >> 1 | 1
    passkey = Passkey(rp_id, user_handle, hashlib.sha256(b"id" + seed).digest()[:20], secret)
    public_key = passkey.private_key.public_key()
    cose: ES256 = ES256.from_cryptography_key(public_key)  # type: ignore[no-untyped-call]
    attested = AttestedCredentialData.create(Aaguid.NONE, passkey.credential_id, cose)
    data = _authenticator_data(rp_id, FLAG.AT | _flags(verified=verified), attested)
    client = CollectedClientData.create(
        CollectedClientData.TYPE.CREATE.value, challenge, origin or f"https://{rp_id}"
    )
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        "transports": list(TRANSPORTS),
        "publicKeyAlgorithm": ES256.ALGORITHM,
        "authenticatorData": websafe_encode(data),
        "publicKey": websafe_encode(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)),
    }
    return passkey, _credential(passkey, response)


def sign_in(
    options: Mapping[str, Any], passkey: Passkey, *, origin: str | None = None, verified: bool = True
) -> dict[str, Any]:
    """The object that, as JSON text, is CREDENTIAL of the answer to a WEB_AUTHN challenge.

    `options` are those in CREDENTIAL_REQUEST_OPTIONS, read from JSON; `origin` and `verified` are as for
    `register`. Raises `UnusableOptions`.
    """
    try:
        rp_id, challenge = str(options["rpId"]), from_base64url(options["challenge"])
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        raise UnusableOptions(f"cannot read the request options: {problem!r}") from problem
    data = _authenticator_data(rp_id, _flags(verified=verified))
    client = CollectedClientData.create(
        CollectedClientData.TYPE.GET.value, challenge, origin or f"https://{rp_id}"
    )
    signature = passkey.private_key.sign(data + client.hash, ec.ECDSA(SHA256()))
    response = {
        "clientDataJSON": websafe_encode(client),
        "authenticatorData": websafe_encode(data),
        "signature": websafe_encode(signature),
        "userHandle": websafe_encode(passkey.user_handle),
    }
    return _credential(passkey, response)


def _flags(*, verified: bool) -> AuthenticatorData.FLAG:
    seen = FLAG.UP | FLAG.BE | FLAG.BS
    return seen | FLAG.UV if verified else seen


def _authenticator_data(
    rp_id: str, flags: AuthenticatorData.FLAG, attested: bytes = b""
) -> AuthenticatorData:
    # The counter stays 0, as that of every synchronised passkey does: relying parties then do not look at it.
    data: AuthenticatorData = AuthenticatorData.create(sha256(rp_id.encode()), flags, 0, attested)
    return data


def _credential(passkey: Passkey, response: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": websafe_encode(passkey.credential_id),
        "rawId": websafe_encode(passkey.credential_id),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {},
        "response": response,
    }
