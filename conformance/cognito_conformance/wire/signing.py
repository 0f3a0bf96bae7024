"""Signature Version 4, by botocore's signer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_conformance.wire.credentials import Credentials

SERVICE: Final = "cognito-idp"


class Signer:
    """Signs requests to one endpoint; keeps no state between them."""

    def __init__(self, url: str, region: str, credentials: Credentials) -> None:
        keys = BotocoreCredentials(credentials.access_key, credentials.secret_key, credentials.token)
        self._url = url
        self._auth = _Auth(keys, SERVICE, region)

    def sign(self, body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, and those that make the signature: X-Amz-Date, Authorization, X-Amz-Security-Token."""
        request = AWSRequest("POST", self._url, headers=headers, data=body)
        self._auth.add_auth(request)
        return dict(request.headers.items())


class _Auth(SigV4Auth):
    """botocore collects the headers to sign twice for each request, a third of its work; here once."""

    def headers_to_sign(self, request: Any) -> Any:
        if "headers_to_sign" not in request.context:
            request.context["headers_to_sign"] = super().headers_to_sign(request)
        return request.context["headers_to_sign"]
