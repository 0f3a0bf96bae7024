"""boto3 itself, as people have it, behind the interface of the other clients: to compare, and to doubt."""

from __future__ import annotations

import contextlib
import io
import json
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, Self

import botocore
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.httpsession import URLLib3Session

from cognito_conformance.wire import service, trouble
from cognito_conformance.wire.answer import MOST, Answer, read_answer
from cognito_conformance.wire.credentials import TESTING, Credentials
from cognito_conformance.wire.endpoint import Endpoint
from cognito_conformance.wire.headers import lines, merge
from cognito_conformance.wire.signing import SERVICE
from cognito_conformance.wire.trouble import TransportError, word_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

_CARRIER = "ListUserPools"
"""What boto3 is asked for where it does not know the wanted operation; target and body are replaced."""
_EVENTS = "cognito-identity-provider"


class Boto3Client:
    """boto3 makes the request, signs it, sends it and parses the answer; it may not choose or judge.

    Its serializer fails on what the service model does not allow and encodes blobs that are encoded already,
    so each body is replaced by the parameters as they are: the same bytes for all that it can serialize. Its
    parser may fail on the answer, which is read before it. It neither validates nor retries nor uses the
    environment's proxies.

    Safe to share among threads. Two things `LeanClient` does better: it gives up an answer that drips for
    ever, where boto3's timeout is for the wait between bytes; and a server that closes an idle connection
    just as a request comes is trouble here.
    """

    def __init__(
        self,
        endpoint_url: str,
        *,
        region: str = "us-east-1",
        credentials: Credentials = TESTING,
        ca_bundle: str | None = None,
        timeout: float = 30.0,
    ) -> None:
        """`timeout`: seconds to connect, and between bytes. `ca_bundle`: a PEM file of the only authorities
        to trust.

        Raises ValueError for a URL that is none.
        """
        import boto3  # 34 ms to import, and most runs do without

        self.endpoint_url = Endpoint.of(endpoint_url).url
        # The published types of these are narrower than what botocore itself passes.
        trust: Any = ca_bundle or True
        waits: Any = (timeout, timeout)
        # boto3's default for its own session: otherwise each call waits 40 ms for a delayed acknowledgement.
        at_once: Any = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
        self._http = URLLib3Session(
            verify=trust, proxies={}, timeout=waits, max_pool_connections=32, socket_options=at_once
        )
        self._boto = boto3.client(
            SERVICE,
            region_name=region,
            endpoint_url=endpoint_url,
            aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key,
            aws_session_token=credentials.token,
            config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
        )
        self._methods = {
            operation: method for method, operation in self._boto.meta.method_to_api_mapping.items()
        }
        self._call = threading.local()
        events = self._boto.meta.events
        events.register(f"before-call.{_EVENTS}", self._write)
        events.register(f"choose-signer.{_EVENTS}", self._choose_signer)
        events.register(f"before-send.{_EVENTS}", self._exchange)

    def send(
        self,
        operation: str,
        params: Mapping[str, Any],
        *,
        signed: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make the call; see `wire.client.Client`."""
        known = operation in self._methods
        target = {} if known else {"X-Amz-Target": f"{service.TARGET_PREFIX}.{operation}"}
        self._call.body = json.dumps(params).encode()
        self._call.headers = merge(target, headers)
        lines(self._call.headers)  # for its ValueError: on its way through boto3 it would look like trouble
        self._call.signed = signed
        self._call.answer = None
        failure: Exception | None = None
        try:
            getattr(self._boto, self._methods[operation if known else _CARRIER])()
        except Exception as problem:  # noqa: BLE001 - an error answer, or one that boto3 cannot parse: it was read before
            failure = problem
        answer: Answer | None = self._call.answer
        if answer is None:
            # Nothing was sent: the fault is in the request, or in this class.
            raise failure or RuntimeError("boto3 sent nothing")
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
        self._boto.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Boto3Client({self.endpoint_url!r})"

    def _write(self, params: dict[str, Any], **_: Any) -> None:
        """Before the request is made: put in what is to be sent."""
        params["body"] = self._call.body
        params["headers"] = merge(params["headers"], self._call.headers)

    def _choose_signer(self, **_: Any) -> Any:
        """Before it is signed: what the caller wants, None for boto3's own choice."""
        if self._call.signed is None:
            return None
        return "v4" if self._call.signed else botocore.UNSIGNED

    def _exchange(self, request: Any, **_: Any) -> AWSResponse:
        """Send it as boto3 would, with an eye on the size, and keep what came."""
        request.stream_output = True
        started = time.monotonic()
        try:
            response = self._http.send(request)
            body = _read(response)
        except Exception as problem:
            self._call.answer = Answer.lost(word_for(problem), time.monotonic() - started)
            raise
        self._call.answer = read_answer(
            response.status_code, response.headers, body, time.monotonic() - started
        )
        raw: Any = _Raw(body)
        headers: Any = response.headers
        return AWSResponse(request.url, response.status_code, headers, raw)


class _Raw(io.BytesIO):
    """A body that was read already, as boto3 wants to read it."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()


def _read(response: AWSResponse) -> bytes:
    """The body, whole. Raises TransportError where it is cut or too large."""
    raw = response.raw
    body: bytes = raw.read(MOST + 1)
    if len(body) > MOST:
        raw.close()
        raise TransportError(trouble.TOO_LARGE)
    raw.release_conn()
    with contextlib.suppress(ValueError):
        if len(body) < int(response.headers.get("content-length", 0)):
            raise TransportError(trouble.CUT)
    return body
