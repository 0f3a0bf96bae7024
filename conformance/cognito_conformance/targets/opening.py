"""From a description to a target that answers."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from cognito_conformance.targets import access, environments, launch
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.inbox import Place
from cognito_conformance.targets.mailbox import Mailbox
from cognito_conformance.targets.running import RunningTarget
from cognito_conformance.wire import trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cognito_conformance.targets.description import Install, TargetDescription
    from cognito_conformance.targets.environments import Environment
    from cognito_conformance.targets.process import Process

PATIENCE = 10.0
"""Seconds that a target which runs already has for its first answer; one that we start may be as slow as its start."""
_STRANGER = frozenset(
    {
        "ExpiredTokenException",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""Errors of a front end that does not know the credentials: then it would answer nothing else all along."""


@contextlib.contextmanager
def open_target(
    description: TargetDescription,
    *,
    client_kind: str = "lean",
    on_progress: Callable[[str], None] = lambda text: None,
) -> Iterator[RunningTarget]:
    """The target, running: installed and started by us, or found to answer; what we started ends with the context.

    `client_kind` is "lean" or "boto3"; `on_progress` is told what takes a while. Raises TargetError.
    """
    access.check_consent(description)
    region = access.region_of(description)
    credentials = access.credentials_of(description)
    ca_bundle = access.ca_bundle_of(description)

    def running(endpoint: str, process: Process | None = None) -> RunningTarget:
        folder, output = (process.folder, process.output) if process else (None, None)
        inbox = Mailbox.of(description, Place(endpoint, ca_bundle, folder, output))
        target = RunningTarget(
            description, endpoint, region, credentials, ca_bundle, client_kind, inbox, process
        )
        _probe(target)
        return target

    if description.start is None:
        yield running((description.endpoint or "").replace("{region}", region))
        return
    environment = _environment(description, on_progress)
    with launch.started(description.name, description.start, environment, credentials) as (process, url):
        yield running(url, process)


def _environment(description: TargetDescription, on_progress: Callable[[str], None]) -> Environment | None:
    if description.install is None:
        return None
    name = f"{description.name}-{description.version}" if description.version else description.name
    return _installed(description.install, name, on_progress)


def _installed(install: Install, name: str, on_progress: Callable[[str], None]) -> Environment:
    base = None if install.base is None else _installed(install.base, name, on_progress)
    return environments.ensure_environment(
        install.kind,
        install.requirements,
        name=install.label or name,
        constraints=install.constraints,
        base=base,
        on_progress=on_progress,
    )


def _probe(target: RunningTarget) -> None:
    """Raise TargetError where nothing answers at the endpoint, or where it refuses whatever we sign."""
    start = target.description.start
    patience = PATIENCE if start is None else start.ready_seconds
    try:
        client = target.client(timeout=patience)
    except (OSError, ValueError) as problem:
        raise TargetError(f"{target.name}: cannot make a client for {target.endpoint}: {problem}") from None
    with client:
        answer = client.send("ListUserPools", {"MaxResults": 1})
    if answer.status == 0:
        word = answer.trouble or "no answer"
        raise TargetError(
            f"nothing usable answers at {target.endpoint} ({word}); {_advice(target, word, patience)}"
        )
    if answer.error in _STRANGER:
        raise TargetError(
            f"{target.name}: {target.endpoint} refuses our credentials ({answer.error}); "
            f"name its keys under [credentials] of a target description"
        )


def _advice(target: RunningTarget, word: str, patience: float) -> str:
    if word.startswith("TLS"):
        return "name the authority of its certificate as ca_bundle in a target description"
    if word == trouble.TIMEOUT:
        return f"it had {patience:g} s"
    return (
        f"is {target.title if target.title != target.endpoint else 'it'} running, and is the address right?"
    )
