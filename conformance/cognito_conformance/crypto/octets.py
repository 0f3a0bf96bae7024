"""Text as bytes, and comparison of secrets, for text that a hostile peer may have written."""

from __future__ import annotations

import hmac


def octets(text: str) -> bytes:
    """UTF-8; a lone surrogate, as JSON can carry one, gets bytes that match nothing."""
    return text.encode("utf-8", "surrogatepass")


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(octets(one), octets(other))
