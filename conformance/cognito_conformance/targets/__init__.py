"""What is under test: how it is found, installed, started, reached, and how its codes are read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cognito_conformance.targets import environments, process
from cognito_conformance.targets.description import Description, TargetError, built_in, resolve
from cognito_conformance.targets.inbox import Inbox, code_source, inbox_of
from cognito_conformance.wire.client import Boto3Client, LeanClient, connect

__all__ = ["Description", "RunningTarget", "TargetError", "built_in", "open_target", "resolve"]


@dataclass(frozen=True, slots=True)
class RunningTarget:
    """A target that answers."""

    description: Description
    endpoint: str
    client_kind: str
    inbox: Inbox
    process: process.Process | None = None

    @property
    def name(self) -> str:
        """What the user called it."""
        return self.description.name

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.description.title

    @property
    def version(self) -> str | None:
        """Its version, where the description fixes one."""
        return self.description.version

    @property
    def region(self) -> str:
        """The region that requests are signed for."""
        return self.description.region

    @property
    def capabilities(self) -> frozenset[str]:
        """What it offers a tester."""
        return self.description.capabilities

    @property
    def code_source(self) -> str:
        """How a reproduction script reads codes."""
        return code_source(self.description)

    def client(self, **options: Any) -> LeanClient | Boto3Client:
        """A new client of it."""
        bundle = self.description.ca_bundle
        return connect(
            self.client_kind,
            self.endpoint,
            region=self.description.region,
            credentials=self.description.credentials(),
            ca_bundle=str(Path(bundle).expanduser()) if bundle else None,
            **options,
        )

    def jwks_url(self, pool_id: str) -> str | None:
        """Where the keys of a pool are."""
        template = self.description.tokens.get("jwks")
        return template.format(endpoint=self.endpoint, pool=pool_id) if template else None


@contextlib.contextmanager
def open_target(
    description: Description,
    *,
    client_kind: str = "lean",
    on_progress: Callable[[str], None] = lambda text: None,
) -> Iterator[RunningTarget]:
    """The target, running: started by us, or found to answer. Raises TargetError."""
    if description.endpoint is not None:
        target = RunningTarget(
            description, description.endpoint, client_kind, inbox_of(description, description.endpoint, None)
        )
        probe(target)
        yield target
        return
    environment = None
    if description.install:
        environment = environments.ensure(
            description.install["kind"],
            description.install["requirements"],
            on_progress,
            name=description.name,
        )
    with process.started(description.name, description.start, environment) as (running, url):
        yield RunningTarget(
            description, url, client_kind, inbox_of(description, url, running.folder), running
        )


def probe(target: RunningTarget) -> None:
    """Raise TargetError where nothing answers at the endpoint."""
    with target.client(timeout=10.0) as client:
        answer = client.send("ListUserPools", {"MaxResults": 1})
    if answer.status == 0:
        raise TargetError(f"nothing answers at {target.endpoint}: {answer.trouble}")
