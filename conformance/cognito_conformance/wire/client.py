"""Clients that send what they are given: no validation, no retries hidden from the judge."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Literal, Protocol, Self
from urllib.parse import urlsplit

import urllib3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from cognito_conformance.wire import service
from cognito_conformance.wire.answer import Answer, read_answer
from cognito_conformance.wire.credentials import TESTING, Credentials

SERVICE, PREFIX = "cognito-idp", "AWSCognitoIdentityProviderService."
MOST = 8 * 1024 * 1024
"""Bytes of an answer that are read; a longer one is trouble."""


class Client(Protocol):
    """What sends a request."""

    def send(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make the call. `signed` None: as botocore would (no signature for public operations). Never raises for what
        the endpoint does; trouble is in the answer."""

    def close(self) -> None:
        """Close connections."""


class LeanClient:
    """botocore's signer and service model over kept connections, without its per-call machinery. Thread-safe."""

    def __init__(
        self,
        endpoint_url: str,
        *,
        region: str = "us-east-1",
        credentials: Credentials = TESTING,
        ca_bundle: str | None = None,
        timeout: float = 30.0,
        connections: int = 1,
    ) -> None:
        self.endpoint_url = endpoint_url.rstrip("/")
        parts = urlsplit(self.endpoint_url)
        options: dict[str, Any] = {
            "timeout": urllib3.Timeout(connect=min(5.0, timeout), read=timeout),
            "retries": False,
            "maxsize": connections,
            "block": False,
        }
        if parts.scheme == "https":
            options |= {"ca_certs": ca_bundle, "cert_reqs": "CERT_REQUIRED"}
            self._pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(parts.hostname or "", parts.port or 443, **options)
        else:
            self._pool = urllib3.HTTPConnectionPool(parts.hostname or "", parts.port or 80, **options)
        self._path = f"{parts.path.rstrip('/')}/"
        self._public = service.noauth_operations()
        keys = BotocoreCredentials(credentials.access_key, credentials.secret_key, credentials.token)
        self._signer = SigV4Auth(keys, SERVICE, region)

    def send(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make the call; see `Client`."""
        body = json.dumps(params).encode("utf-8")
        sent = {
            "X-Amz-Target": f"{PREFIX}{operation}",
            "Content-Type": "application/x-amz-json-1.1",
            **(headers or {}),
        }
        if signed or (signed is None and operation not in self._public):
            request = AWSRequest("POST", f"{self.endpoint_url}/", data=body, headers=sent)
            self._signer.add_auth(request)
            sent = dict(request.headers.items())
        return self.post(body, sent)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send bytes as they are."""
        started = time.perf_counter()
        try:
            response = self._pool.urlopen(
                "POST", self._path, body=body, headers=dict(headers), preload_content=False, redirect=False
            )
            data = response.read(MOST + 1, decode_content=True)
            too_large = len(data) > MOST
            if too_large:
                response.close()
            else:
                response.drain_conn()
                response.release_conn()
        except Exception as problem:  # noqa: BLE001 - whatever an endpoint does must end as an answer
            return Answer(0, {}, b"", time.perf_counter() - started, trouble=_trouble(problem))
        elapsed = time.perf_counter() - started
        if too_large:
            return Answer(response.status, {}, b"", elapsed, trouble="too large")
        return read_answer(response.status, response.headers, data, elapsed)

    def close(self) -> None:
        """Close connections."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _trouble(problem: Exception) -> str:
    """A word for what went wrong on the way."""
    if isinstance(problem, urllib3.exceptions.NewConnectionError | ConnectionRefusedError):
        return "connection refused"
    if isinstance(problem, urllib3.exceptions.TimeoutError | TimeoutError):
        return "timeout"
    if isinstance(problem, urllib3.exceptions.SSLError):
        return f"TLS: {problem}"
    if isinstance(problem, urllib3.exceptions.ProtocolError | urllib3.exceptions.HTTPError | ConnectionError):
        return "cut body" if "IncompleteRead" in repr(problem) else "connection broken"
    return type(problem).__name__


class Boto3Client:
    """boto3 itself, as users have it, with validation and retries off. For comparison, and for doubt."""

    def __init__(
        self,
        endpoint_url: str,
        *,
        region: str = "us-east-1",
        credentials: Credentials = TESTING,
        ca_bundle: str | None = None,
        timeout: float = 30.0,
    ) -> None:
        import boto3
        from botocore.config import Config

        config = Config(
            parameter_validation=False,
            retries={"total_max_attempts": 1},
            connect_timeout=min(5.0, timeout),
            read_timeout=timeout,
        )
        self._client = boto3.client(
            SERVICE,
            region_name=region,
            endpoint_url=endpoint_url,
            aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key,
            aws_session_token=credentials.token,
            verify=ca_bundle or None,
            config=config,
        )
        self._raw = threading.local()
        self._client.meta.events.register("before-send.cognito-idp", self._send)
        self._session = self._client._endpoint.http_session  # noqa: SLF001 - the raw answer is wanted, parsed or not

    def send(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make the call; see `Client`. boto3 decides on the signature, and on the headers."""
        from botocore import xform_name

        del signed, headers
        started = time.perf_counter()
        self._raw.answer = None
        try:
            getattr(self._client, xform_name(operation))(**params)
        except Exception as problem:  # noqa: BLE001
            if self._raw.answer is None:
                return Answer(0, {}, b"", time.perf_counter() - started, trouble=type(problem).__name__)
        status, names, body = self._raw.answer
        return read_answer(status, names, body, time.perf_counter() - started)

    def _send(self, request: Any, **_: Any) -> Any:
        response = self._session.send(request)
        self._raw.answer = (response.status_code, dict(response.headers), response.content)
        return response

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def connect(kind: Literal["lean", "boto3"] | str, endpoint_url: str, **options: Any) -> LeanClient | Boto3Client:
    """A client of this kind; options as of the classes."""
    return (Boto3Client if kind == "boto3" else LeanClient)(endpoint_url, **options)
