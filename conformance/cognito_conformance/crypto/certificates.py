"""The certificate with which a pool signs what it asks of SAML providers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from cognito_conformance.crypto.keys import KEYS

YEARS = timedelta(days=3652)
"""How long it counts: ten years (fact signing-cert)."""


def self_signed(name: str, serial: int, now: float) -> str:
    """A new certificate in PEM, good from `now` (epoch seconds) on."""
    spare = KEYS.take()
    try:
        key = spare.private_key
        assert isinstance(key, RSAPrivateKey)
        begins = datetime.fromtimestamp(int(now), UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(serial)
            .not_valid_before(begins)
            .not_valid_after(begins + YEARS)
            .sign(key, hashes.SHA256())
        )
    finally:
        KEYS.give_back(spare)
    return made.public_bytes(Encoding.PEM).decode()
