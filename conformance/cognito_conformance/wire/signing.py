"""Signature Version 4, by botocore's signer; for the usual headers the same words at a tenth of its cost."""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import TYPE_CHECKING, Final

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_conformance.wire.credentials import Credentials

SERVICE: Final = "cognito-idp"
USUAL: Final = ("X-Amz-Target", "Content-Type")
"""The headers of nearly every request; others, and any that a caller gives, are botocore's business."""


def stamp() -> str:
    """The moment of a signature, as it is written."""
    return time.strftime(auth.SIGV4_TIMESTAMP, time.gmtime())


class Hmac:
    """HMAC-SHA256 with one key.

    The standard function prepares the key anew for each message, and what it goes through for that is out of the
    processor's caches after each wait for a target: this takes a third of its time then.
    """

    def __init__(self, key: bytes) -> None:
        padded = key.ljust(64, b"\0")
        self._inner, self._outer = (hashlib.sha256(bytes(b ^ mask for b in padded)) for mask in (0x36, 0x5C))

    def hex(self, message: bytes) -> str:
        """The digest of a message."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.hexdigest()


class Signer:
    """Signs requests to one endpoint; keeps nothing of them but the key of the day."""

    def __init__(self, url: str, region: str, credentials: Credentials) -> None:
        keys = BotocoreCredentials(credentials.access_key, credentials.secret_key, credentials.token)
        self._url = url
        self._keys = keys
        self._auth = auth.SigV4Auth(keys, SERVICE, region)
        self._region = region
        # What botocore makes of an empty request is the same in all: method, path, query, host.
        lines = self._auth.canonical_request(AWSRequest("POST", url)).split("\n")
        self._line, self._host = "\n".join(lines[:3]), lines[3]
        self._of_day = "", Hmac(b"")

    def sign(self, body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, and those that make the signature: X-Amz-Date, Authorization, X-Amz-Security-Token."""
        if tuple(headers) == USUAL:
            return self._sign_usual(body, headers["X-Amz-Target"], headers["Content-Type"])
        request = AWSRequest("POST", self._url, headers=headers, data=body)
        self._auth.add_auth(request)
        return dict(request.headers.items())

    def _sign_usual(self, body: bytes, target: str, kind: str) -> dict[str, str]:
        """Botocore's result; the tests compare the two for every operation."""
        at = stamp()
        day, token = at[:8], self._keys.token
        names, held = "content-type;host;x-amz-date", ""
        signed = {"X-Amz-Target": target, "Content-Type": kind, "X-Amz-Date": at}
        if token:
            names, held = f"{names};x-amz-security-token", f"x-amz-security-token:{_trimmed(token)}\n"
            signed["X-Amz-Security-Token"] = token
        names = f"{names};x-amz-target"
        canonical = (
            f"{self._line}\ncontent-type:{_trimmed(kind)}\n{self._host}\nx-amz-date:{at}\n{held}"
            f"x-amz-target:{_trimmed(target)}\n\n{names}\n{hashlib.sha256(body).hexdigest()}"
        )
        scope = f"{day}/{self._region}/{SERVICE}/aws4_request"
        what = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = self._key_of(day).hex(what.encode())
        signed["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self._keys.access_key}/{scope}, "
            f"SignedHeaders={names}, Signature={signature}"
        )
        return signed

    def _key_of(self, day: str) -> Hmac:
        known, made = self._of_day
        if day != known:
            key = f"AWS4{self._keys.secret_key}".encode()
            for part in (day, self._region, SERVICE, "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            made = Hmac(key)
            self._of_day = day, made
        return made


def _trimmed(value: str) -> str:
    """A header's value as it is signed."""
    return " ".join(value.split())
