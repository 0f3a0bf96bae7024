"""SECRET_HASH, which shows that a caller knows the secret of its app client."""

from __future__ import annotations

import base64
import hmac

from cognito_conformance.crypto.octets import octets


def secret_hash(username: str, client_id: str, client_secret: str) -> str:
    """Base64 of HMAC-SHA256, keyed with the client secret, over user name and client id.

    `username` is the USERNAME of the same request, alias or not
    (fact secret-hash-must-match-username-of-same-request).
    """
    digest = hmac.digest(octets(client_secret), octets(username + client_id), "sha256")
    return base64.b64encode(digest).decode()
