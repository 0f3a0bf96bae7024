"""Each emulator in an environment of its own, installed on first use."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cognito_conformance.targets.description import TargetError

STAMP = "installed.json"


def cache_folder() -> Path:
    """Where environments are kept: $COGNITO_CONFORMANCE_CACHE, or the user's cache folder."""
    chosen = os.environ.get("COGNITO_CONFORMANCE_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(chosen) if chosen else base / "cognito-conformance"


def ensure(kind: str, requirements: Sequence[str], say: Callable[[str], None], *, name: str) -> Path:
    """The folder of an environment with these requirements, made if it is not there yet.

    Parallel callers install once: a lock file is held meanwhile. An installation that was cut off leaves no
    environment, only a temporary folder. Raises TargetError where the installer fails.
    """
    digest = hashlib.blake2b(
        json.dumps([kind, list(requirements), sys.version_info[:2]]).encode(), digest_size=5
    )
    folder = cache_folder() / "targets" / f"{name}-{digest.hexdigest()}"
    if (folder / STAMP).exists():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise TargetError(
            f"cannot write to {folder.parent}: {problem.strerror}; set COGNITO_CONFORMANCE_CACHE"
        ) from None
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / STAMP).exists():
            return folder
        say(f"installing {' '.join(requirements)} in an environment of its own (once)")
        shutil.rmtree(folder, ignore_errors=True)
        # A virtual environment holds its own path: it is made where it stays, and the stamp says that it is whole.
        try:
            (_pip if kind == "pip" else _npm)(folder, requirements)
        except TargetError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        (folder / STAMP).write_text(json.dumps({"kind": kind, "requirements": list(requirements)}))
    return folder


def _pip(folder: Path, requirements: Sequence[str]) -> None:
    _run([sys.executable, "-m", "venv", str(folder)], "making a virtual environment")
    python = folder / "bin" / "python"
    _run(
        [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements],
        "pip install",
    )


def _npm(folder: Path, requirements: Sequence[str]) -> None:
    if shutil.which("npm") is None:
        raise TargetError(
            "this target needs Node.js and npm, and npm is not on the path; install Node.js 18 or later"
        )
    folder.mkdir(parents=True, exist_ok=True)
    _run(
        ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *requirements],
        "npm install",
    )


def _run(words: list[str], what: str) -> None:
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            words, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            output.seek(0)
            tail = " | ".join(output.read().strip().splitlines()[-4:])
            raise TargetError(f"{what} failed: {tail}")
