"""Text as bytes, and comparison of secrets, for text that a hostile peer may have written."""

from __future__ import annotations

import base64
import hmac


def octets(text: str) -> bytes:
    """UTF-8; a lone surrogate, as JSON can carry one, gets bytes that match nothing."""
    return text.encode("utf-8", "surrogatepass")


def from_base64url(text: object) -> bytes:
    """The bytes of base64url without padding. Raises ValueError for anything else, be it text or not."""
    if not isinstance(text, str):
        raise ValueError(f"{type(text).__name__} is not base64url")  # noqa: TRY004 - wrong input, not a wrong call
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(octets(one), octets(other))
