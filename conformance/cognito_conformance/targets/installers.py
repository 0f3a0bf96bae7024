"""pip and npm, run as programs; where one fails, the end of what it said is the error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from cognito_conformance.targets.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

PATIENCE = 900.0
"""Seconds that one installer may take."""


def install_with_pip(folder: Path, requirements: Sequence[str], constraints: Sequence[str]) -> None:
    """A virtual environment in `folder` with these requirements. Raises TargetError."""
    _run([sys.executable, "-m", "venv", str(folder)], "making a virtual environment")
    words = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if constraints:
        bound = folder / "constraints.txt"
        bound.write_text("\n".join(constraints), encoding="utf-8")
        words += ["--constraint", str(bound)]
    _run([*words, "--", *requirements], "pip")


def install_layer(folder: Path, requirements: Sequence[str], python: Path) -> None:
    """These requirements alone, without what they need in their turn, for this interpreter. Raises TargetError."""
    words = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    _run([*words, "--target", str(folder), "--", *requirements], "pip")


def install_with_npm(folder: Path, requirements: Sequence[str], constraints: Sequence[str]) -> None:
    """A folder with these packages in its node_modules. Their install scripts are not run. Raises TargetError."""
    del constraints
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise TargetError(
                f"this target needs Node.js, and there is no {program} on the path; install Node.js first"
            )
    folder.mkdir(parents=True)
    words = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    _run([*words, "--loglevel=error", "--", *requirements], "npm")


INSTALLERS: dict[str, Callable[[Path, Sequence[str], Sequence[str]], None]] = {
    "pip": install_with_pip,
    "npm": install_with_npm,
}


def _run(words: list[str], what: str) -> None:
    # Variables of the environment that we run in would lead the new one's Python astray.
    variables = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            done = subprocess.run(
                words,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=variables,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TargetError(f"{what} did not end within {PATIENCE:g} s; try again later") from None
        if done.returncode:
            output.seek(0)
            lines = [line.strip() for line in output.read().splitlines() if line.strip()]
            raise TargetError(f"{what} failed: {' | '.join(lines[-4:]) or 'it printed nothing'}")
