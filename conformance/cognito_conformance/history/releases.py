"""From an emulator and a version to a target that can be opened."""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from cognito_conformance.targets import TargetError, resolve
from cognito_conformance.targets.description import Install, TargetDescription


@dataclass(frozen=True, slots=True)
class Release:
    """A release of an emulator, in the circumstances in which it is run."""

    emulator: str
    version: str
    environment: tuple[tuple[str, str], ...] = ()
    region: str | None = None

    @property
    def title(self) -> str:
        """The emulator's name, also where it is the path of a description."""
        return Path(self.emulator).stem

    @property
    def name(self) -> str:
        """For people."""
        beside = [f"{name}={value}" for name, value in self.environment] + [self.region or ""]
        return " ".join([self.title, self.version, *filter(None, beside)])


@functools.cache
def recipes() -> Mapping[str, Any]:
    """What recipes.toml says."""
    text = resources.files("cognito_conformance.history").joinpath("recipes.toml").read_text("utf-8")
    return tomllib.loads(text)


def describe(release: Release) -> TargetDescription:
    """The emulator's own description, of this release and in these circumstances. Raises TargetError."""
    today = resolve(release.emulator)
    if today.install is None or today.start is None:
        raise TargetError(f"{release.emulator} is nothing that is installed")
    start, install = today.start, today.install
    variables = dict(start.environment)
    if release.version != today.version:
        band = _band(release)
        install = _install(release, install, band)
        changes = dict(band.get("start", {}))
        variables |= changes.pop("environment", {})
        changes["command"] = tuple(changes.get("command", start.command))
        start = dataclasses.replace(start, **changes)
        if install.kind == "layer":
            variables["PYTHONPATH"] = "{environment}"
    return dataclasses.replace(
        today,
        version=release.version,
        region=release.region or today.region,
        install=install,
        start=dataclasses.replace(start, environment=variables | dict(release.environment)),
    )


def beside_usual(emulator: str, variables: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The variables that the emulator's description does not set so anyway. Raises TargetError."""
    start = resolve(emulator).start
    usual = {} if start is None else start.environment
    return tuple((name, value) for name, value in variables if usual.get(name) != value)


def _band(release: Release) -> Mapping[str, Any]:
    """What is to be heeded with this release and those about it."""
    return next(
        (
            band
            for band in recipes()["bands"]
            if band["emulator"] == release.emulator and _parts(release.version) < _parts(band["below"])
        ),
        {},
    )


def _install(release: Release, today: Install, band: Mapping[str, Any]) -> Install:
    if today.kind == "npm":
        return Install("npm", (f"{_package(today)}@{release.version}",))
    if "base" in band:
        base = recipes()["bases"][band["base"]]
        label = f"base-{band['base']}"
        under = Install("pip", tuple(base["requirements"]), tuple(base.get("constraints", ())), label=label)
    else:
        # The description's own installation, under the name that it has in the cache anyway.
        label = f"{release.emulator}-{resolve(release.emulator).version}"
        under = dataclasses.replace(today, label=label)
    wanted = f"{_package(today)}=={release.version}"
    return Install("layer", (wanted, *band.get("beside", ())), base=under)


def _package(today: Install) -> str:
    """The package itself, the first of what a description installs, without its extras and version."""
    found = re.match(r"@?[\w./-]+", today.requirements[0])
    assert found is not None
    return found[0]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))
