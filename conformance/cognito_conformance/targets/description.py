"""What a target is: data, one file each, that says how it starts, is reached, and lets its codes be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from pathlib import Path

CAPABILITIES = {
    "clock": "its clock can be moved, so that codes and sessions expire without waiting",
    "email-sender": "a pool may send e-mail through an account of the developer's",
    "sms": "a pool may send SMS",
}
"""What a target may offer a tester, and what each word means. Functions for Lambda triggers are named each by itself."""


@dataclass(frozen=True, slots=True)
class Install:
    """How a target gets into an environment of its own.

    `kind` is "pip" or "npm"; `constraints` bind the versions of what the requirements need in their turn (pip
    only). Or it is "layer": the requirements alone, over the packages of `base`, which many releases of a target
    can share. `label` is what its folder in the cache is called, the target's name and version where it is None.
    """

    kind: str
    requirements: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    base: Install | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """How a target starts.

    In `command` and in the values of `environment` {port} is the loopback port to listen on, {dir} the working
    folder, which is new and empty but for `files` (path and text), {python} our own interpreter, {bin} the
    programs and {environment} the folder of what was installed. `inherit` names variables of the user's that
    it gets beside the few that every program needs. It is ready once GET `ready_path` answers with
    `ready_status` (any status, where that is None) within `ready_seconds`. A target that `announces` chooses
    its port itself and prints its URL as its first line.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    inherit: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    ready_path: str = "/"
    ready_status: int | None = None
    ready_seconds: float = 60.0
    announces: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the credentials come from that requests are signed with.

    The keys themselves, or the first of `files` (in the form of ~/.aws/credentials) that holds some, of a
    `profile` or else of the first; or, with `chain`, wherever boto3 finds some.
    """

    access_key: str | None = None
    secret_key: str | None = None
    files: tuple[Path, ...] = ()
    profile: str | None = None
    chain: bool = False


@dataclass(frozen=True, slots=True)
class Operations:
    """Which operations a target has.

    `lacks` are those that it does not have, None where nobody has looked; `probed` is the version that was
    looked at. An operation of `lacks` that answers with `status` and a body that `body` matches has not been
    added since: for targets that answer so to other trouble too.
    """

    lacks: frozenset[str] | None = None
    probed: str | None = None
    status: int | None = None
    body: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class TargetDescription:
    """What a description says. `endpoint` is set where the target runs already, `start` where we start it.

    `functions` are those for Lambda triggers that somebody has deployed where the target runs them: the ARN of each, by
    its role (`cognito_model.functions`). `jwks` and `issuer` are templates of URLs, with {endpoint}, {pool} and {region}. `reset` and `clock` are
    paths to POST to: for an empty world, and to move the clock by {"advance": seconds}. `consent` is an
    environment variable that must be "yes" before the target is touched, `warning` says why.
    """

    name: str
    title: str
    homepage: str | None = None
    version: str | None = None
    region: str = "us-east-1"
    endpoint: str | None = None
    install: Install | None = None
    start: Start | None = None
    inboxes: tuple[Mapping[str, Any], ...] = ({"kind": "none"},)
    jwks: str | None = None
    issuer: str | None = None
    reset: str | None = None
    clock: str | None = None
    capabilities: frozenset[str] = frozenset()
    functions: Mapping[str, str] = field(default_factory=dict)
    ca_bundle: Path | None = None
    keys: Keys | None = None
    operations: Operations = Operations()
    consent: str | None = None
    warning: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def lacks(self) -> frozenset[str]:
        """The operations that it is known not to have."""
        return self.operations.lacks or frozenset()
