"""A target in processes of its own, ended whatever happens."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cognito_conformance.targets import sockets
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.output import Output

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GRACE = 5.0
"""Seconds that a target has to end by itself when it is told to."""
EVERYBODYS = ("HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "TMPDIR", "TZ", "USER")
"""The only variables of ours that a target gets unasked: what else the user has set may change how it behaves,
and credentials are none of its business.
"""
_WATCHDOG = Path(__file__).with_name("watchdog.py")


class Process:
    """A started program and everything that it starts, at the head of a session of its own."""

    def __init__(
        self, words: Sequence[str], variables: Mapping[str, str], folder: Path, *, inherit: Sequence[str] = ()
    ) -> None:
        """Start it in a folder, which is its own and goes with it. Raises TargetError where there is no such program."""
        if os.name != "posix":
            raise TargetError(
                "targets are started on Linux and macOS only; start it yourself, and give its URL"
            )
        passed = {name: os.environ[name] for name in (*EVERYBODYS, *inherit) if name in os.environ}
        environment = {**passed, "PYTHONUNBUFFERED": "1", **variables}
        program = shutil.which(words[0], path=environment.get("PATH"))
        if program is None:
            raise TargetError(f"there is no program {words[0]!r} to start")
        self.folder = folder
        # Isolated: what is installed beside us, and variables meant for the target, are nothing to the watchdog.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_WATCHDOG), str(folder), program, *words[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self.output = Output(self._process.stdout)  # type: ignore[arg-type]
        atexit.register(self.stop)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def session(self) -> int:
        """The number of its session, which is that of its process group too."""
        return self._process.pid

    def stop(self) -> None:
        """End it and everything that it started, gently first. May be called again."""
        atexit.unregister(self.stop)
        if self.alive:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GRACE)
        # What it has started may outlive it, also in a process group of its own.
        self._signal(signal.SIGKILL)
        for member in sockets.members_of(self.session):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(member, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self.output.close()

    def died_within(self, seconds: float) -> bool:
        """Whether it ends within so many seconds; waits for that."""
        deadline = time.monotonic() + seconds
        while self.alive and time.monotonic() < deadline:
            time.sleep(0.01)
        return not self.alive

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)
