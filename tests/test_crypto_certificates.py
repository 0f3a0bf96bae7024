"""The certificate that a pool shows."""

from __future__ import annotations

from datetime import timedelta

from cryptography import x509

from cognito_conformance.crypto.certificates import self_signed


def test_certificate_is_pem_and_good_for_ten_years():
    """The certificate can be read as PEM, begins when it is made, and counts for ten years."""
    made = x509.load_pem_x509_certificate(self_signed("us-east-1", 7, 1_700_000_000.0).encode())
    assert made.not_valid_before_utc.timestamp() == 1_700_000_000
    assert made.not_valid_after_utc - made.not_valid_before_utc >= timedelta(days=3650)
    made.verify_directly_issued_by(made)
