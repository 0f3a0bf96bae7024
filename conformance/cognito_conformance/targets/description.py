"""Target descriptions: data that says how a target starts, is reached, and lets its codes be read."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from cognito_conformance.wire.credentials import TESTING, Credentials


class TargetError(Exception):
    """A target that cannot be used; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a description file says. `endpoint` is set where the target runs already, `start` where we start it."""

    name: str
    title: str
    version: str | None = None
    region: str = "us-east-1"
    endpoint: str | None = None
    install: Mapping[str, Any] = field(default_factory=dict)
    start: Mapping[str, Any] = field(default_factory=dict)
    inbox: Mapping[str, Any] = field(default_factory=lambda: {"kind": "none"})
    tokens: Mapping[str, Any] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    capabilities: frozenset[str] = frozenset()
    ca_bundle: str | None = None
    credentials_file: str | None = None

    def credentials(self) -> Credentials:
        """The credentials to sign with. Raises TargetError where the file that should hold them does not."""
        if self.credentials_file is None:
            return TESTING
        path = Path(self.credentials_file).expanduser()
        parser = configparser.ConfigParser()
        if not parser.read(path) or not parser.sections():
            raise TargetError(
                f"{self.name}: no credentials in {path}; start the target first, it writes them"
            )
        section = parser[parser.sections()[0]]
        try:
            return Credentials(
                section["aws_access_key_id"],
                section["aws_secret_access_key"],
                section.get("aws_session_token"),
            )
        except KeyError as missing:
            raise TargetError(f"{self.name}: {path} has no {missing.args[0]}") from None


_KEYS = frozenset(
    [
        "title",
        "homepage",
        "version",
        "region",
        "endpoint",
        "install",
        "start",
        "inbox",
        "tokens",
        "lacks",
        "capabilities",
        "ca_bundle",
        "credentials_file",
        "signatures",
        "notes",
    ]
)


def built_in() -> list[str]:
    """The names of the targets that the suite brings descriptions of."""
    folder = resources.files("cognito_conformance.targets").joinpath("descriptions")
    return sorted(
        entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")
    )


def resolve(spec: str) -> Description:
    """The description that a user's words name: a built-in target, a URL, or a file. Raises TargetError."""
    if spec.startswith(("http://", "https://")):
        return Description(
            spec, spec, endpoint=spec.rstrip("/"), tokens={"jwks": "{endpoint}/{pool}/.well-known/jwks.json"}
        )
    if spec in built_in():
        text = (
            resources.files("cognito_conformance.targets")
            .joinpath("descriptions", f"{spec}.toml")
            .read_text("utf-8")
        )
        return read(spec, text)
    path = Path(spec)
    if path.suffix == ".toml":
        try:
            return read(path.stem, path.read_text("utf-8"))
        except OSError as problem:
            raise TargetError(
                f"cannot read the target description {spec}: {problem.strerror or problem}"
            ) from None
    raise TargetError(
        f"no target is called {spec!r}; say one of {', '.join(built_in())}, a URL, or a .toml file"
    )


def read(name: str, text: str) -> Description:
    """A description file's text. Raises TargetError for what it cannot mean."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise TargetError(f"{name}: the description is no TOML: {problem}") from None
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise TargetError(f"{name}: the description has unknown keys: {', '.join(unknown)}")
    if "start" not in data and "endpoint" not in data:
        raise TargetError(f"{name}: the description has neither [start] nor an endpoint")
    if "start" in data and not isinstance(data["start"].get("command"), list):
        raise TargetError(f"{name}: [start] needs a command, a list of words")
    return Description(
        name,
        data.get("title", name),
        data.get("version") or None,
        data.get("region", "us-east-1"),
        data.get("endpoint"),
        data.get("install", {}),
        data.get("start", {}),
        data.get("inbox", {"kind": "none"}),
        data.get("tokens", {}),
        frozenset(data.get("lacks", ())),
        frozenset(data.get("capabilities", ())),
        data.get("ca_bundle"),
        data.get("credentials_file"),
    )
