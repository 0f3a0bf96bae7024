"""Clients that send what they are given: nothing is validated, nothing is sent again behind the judge's
back.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Protocol

from cognito_conformance.wire.boto import Boto3Client
from cognito_conformance.wire.credentials import TESTING, Credentials
from cognito_conformance.wire.lean import LeanClient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cognito_conformance.wire.answer import Answer

__all__ = ["Boto3Client", "Client", "LeanClient", "connect"]


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
        """Make one call and wait for its answer.

        `params` are ready for JSON (blobs in base64, times in seconds) and sent as they are; the operation
        may be one that nobody knows. `signed` None: as boto3 would, no signature for the public operations.
        `headers` are added to the usual ones or stand in for them, whatever their case, and are signed with
        them.

        Never raises for what the endpoint or the network does: that is in `Answer.trouble`. Raises TypeError
        or ValueError for parameters or headers that cannot be written down.
        """

    def close(self) -> None:
        """Close the connections."""


def connect(
    kind: str,
    endpoint_url: str,
    *,
    region: str = "us-east-1",
    credentials: Credentials = TESTING,
    ca_bundle: str | None = None,
    timeout: float = 30.0,
    ahead: bool = False,
) -> LeanClient | Boto3Client:
    """A client of a kind, "lean" or "boto3"; the rest as of the classes, and boto3 never connects ahead. Raises
    ValueError for another kind.
    """
    kinds: dict[str, Callable[..., LeanClient | Boto3Client]] = {
        "lean": functools.partial(LeanClient, ahead=ahead),
        "boto3": Boto3Client,
    }
    if kind not in kinds:
        raise ValueError(f"a client is lean or boto3, not {kind!r}")
    return kinds[kind](
        endpoint_url, region=region, credentials=credentials, ca_bundle=ca_bundle, timeout=timeout
    )
