"""Each emulator in an environment of its own, installed on first use, because they pin each other's dependencies."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.installers import INSTALLERS, install_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STAMP = "installed.json"
"""Written last: an environment without it is the rest of an installation that was cut off."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment: its folder, and the folder of its programs."""

    folder: Path
    bin: Path


def cache_folder() -> Path:
    """Where environments are kept: $COGNITO_CONFORMANCE_CACHE, or in the user's cache folder."""
    chosen = os.environ.get("COGNITO_CONFORMANCE_CACHE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    usual = Path("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    return Path(os.environ.get("XDG_CACHE_HOME") or usual).expanduser() / "cognito-conformance"


def ensure_environment(
    kind: str,
    requirements: Sequence[str],
    *,
    name: str,
    constraints: Sequence[str] = (),
    base: Environment | None = None,
    on_progress: Callable[[str], None] = lambda text: None,
) -> Environment:
    """The environment with these requirements, installed if it is not there yet.

    `kind` is "pip" (a virtual environment of our own Python) or "npm"; `constraints` bind versions of what the
    requirements need (pip only); `name` is for people who look into the cache. With a `base` it holds the requirements
    alone, for the interpreter and beside the packages of that one (`kind` "layer"). Processes that want the same
    one at the same time install it once, and one that was cut off is begun anew. Raises TargetError.
    """
    wanted: dict[str, Any] = {
        "kind": kind,
        "requirements": list(requirements),
        "constraints": list(constraints),
    }
    if kind == "pip":
        wanted["python"] = list(sys.version_info[:2])
    if base is not None:
        wanted["base"] = base.folder.name
    digest = hashlib.blake2b(json.dumps(wanted).encode(), digest_size=4).hexdigest()
    folder = cache_folder() / "targets" / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', name)}-{digest}"
    environment = Environment(folder, folder / ("node_modules/.bin" if kind == "npm" else "bin"))
    if _is_whole(environment, wanted):
        return environment
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(
            folder.with_name(f"{folder.name}.lock"), lambda: on_progress(f"{name}: being installed elsewhere")
        ):
            if not _is_whole(environment, wanted):
                on_progress(f"installing {' '.join(requirements)} in an environment of its own (once)")
                _install(environment, wanted, base)
    except OSError as problem:
        raise TargetError(
            f"cannot install into {folder.parent}: {problem.strerror or problem}; set COGNITO_CONFORMANCE_CACHE"
        ) from None
    return environment


def _is_whole(environment: Environment, wanted: dict[str, Any]) -> bool:
    """Whether the installation was finished, and the interpreter that it was made with is still there."""
    try:
        stamp = json.loads((environment.folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    interpreter = environment.bin / "python"
    return bool(stamp == wanted) and (wanted["kind"] != "pip" or interpreter.exists())


def _install(environment: Environment, wanted: dict[str, Any], base: Environment | None) -> None:
    # A virtual environment holds its own path in every script, so it is made where it stays.
    shutil.rmtree(environment.folder, ignore_errors=True)
    try:
        if base is not None:
            install_layer(environment.folder, wanted["requirements"], base.bin / "python")
        else:
            INSTALLERS[wanted["kind"]](environment.folder, wanted["requirements"], wanted["constraints"])
        written = environment.folder / f"{STAMP}.new"
        written.write_text(json.dumps(wanted), encoding="utf-8")
        written.replace(environment.folder / STAMP)
    except BaseException:
        shutil.rmtree(environment.folder, ignore_errors=True)
        raise


@contextlib.contextmanager
def _locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a lock among processes; `waiting` is called before a wait. It goes with its process, however that ends."""
    import fcntl  # not on Windows, where everything else of the suite still works

    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
