"""From what a user says after --target to a description."""

from __future__ import annotations

import dataclasses
from importlib import resources
from pathlib import Path

from cognito_conformance.targets.description import TargetDescription
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.reading import read
from cognito_conformance.targets.table import nearest
from cognito_conformance.wire.endpoint import Endpoint

_BUILT_IN = resources.files("cognito_conformance.targets").joinpath("descriptions")
_HTTP = ("http://", "https://")


def built_in() -> list[str]:
    """The names of the targets that the suite brings descriptions of."""
    names = (entry.name for entry in _BUILT_IN.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def resolve(spec: str) -> TargetDescription:
    """The description that a user's words name. Raises TargetError.

    A name of `built_in`; a description file; a URL, where something unknown runs; or a name or a file, "@" and
    a URL, where a target of that kind runs already: "moto@http://127.0.0.1:5000".
    """
    if spec.startswith(_HTTP):
        return _unknown(_url(spec))
    kind, at, url = spec.partition("@")
    if at and url.startswith(_HTTP):
        # Another version may run there than the one that we would start.
        return dataclasses.replace(_named(kind), endpoint=_url(url), version=None, install=None, start=None)
    return _named(spec)


def _named(spec: str) -> TargetDescription:
    known = built_in()
    if spec in known:
        return read(spec, _BUILT_IN.joinpath(f"{spec}.toml").read_text("utf-8"), Path())
    path = Path(spec)
    if path.suffix != ".toml":
        hint = nearest(spec, known) or f"; say one of {', '.join(known)}, a URL, or a .toml file"
        raise TargetError(f"no target is called {spec!r}{hint}")
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise TargetError(f"cannot read the target description {spec}: {reason}") from None
    return read(path.stem, text, path.parent.absolute())


def _url(text: str) -> str:
    try:
        return Endpoint.of(text).url.rstrip("/")
    except ValueError as problem:
        raise TargetError(str(problem)) from None


def _unknown(url: str) -> TargetDescription:
    return TargetDescription(url, url, endpoint=url, jwks="{endpoint}/{pool}/.well-known/jwks.json")
