"""A target in a process of its own, on a free loopback port, ended whatever happens."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cognito_conformance.targets.description import TargetError

READY_SECONDS = 60.0
STOP_SECONDS = 5.0
TAIL = 2000


class Process:
    """A started target. `stop` ends it and everything that it started; it may be called twice."""

    def __init__(self, words: list[str], environment: Mapping[str, str], folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output.log"
        with self.output.open("wb") as log:
            self._process = subprocess.Popen(
                words,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=folder,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - we start targets before any thread
            )
        atexit.register(self.stop)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        return self._process.pid

    def tail(self) -> str:
        """The end of what it printed."""
        return self.output.read_bytes()[-TAIL:].decode("utf-8", "replace").strip()

    def stop(self) -> None:
        """End the process group, gently first."""
        atexit.unregister(self.stop)
        for how in (signal.SIGTERM, signal.SIGKILL):
            if not self.alive:
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _die_with_parent() -> None:  # pragma: no cover - runs between fork and exec
    """On Linux: be killed when the parent dies, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def started(name: str, start: Mapping[str, Any], environment: Path | None) -> Iterator[tuple[Process, str]]:
    """The target running, and its URL. Raises TargetError where it does not come up."""
    folder = Path(tempfile.mkdtemp(prefix=f"cognito-conformance-{name}-"))
    port = free_port()
    blanks = {
        "port": str(port),
        "dir": str(folder),
        "python": sys.executable,
        "environment": str(environment),
        "bin": str(environment / "bin") if environment else "",
    }
    for path, text in start.get("files", {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    words = [word.format(**blanks) for word in start["command"]]
    variables = {key: str(value).format(**blanks) for key, value in start.get("environment", {}).items()}
    try:
        process = Process(words, variables, folder)
    except OSError as problem:
        raise TargetError(f"cannot start {name}: {words[0]}: {problem.strerror}") from None
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(name, process, f"{url}{start.get('ready_path', '/')}")
        check_loopback(name, process, port)
        yield process, url
    finally:
        process.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(name: str, process: Process, url: str) -> None:
    """Poll until anything answers. Raises TargetError with the end of the target's output."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if not process.alive:
            raise TargetError(f"{name} ended while starting: {process.tail() or 'it printed nothing'}")
        try:
            opener.open(url, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TargetError(
        f"{name} did not answer within {READY_SECONDS:.0f} s: {process.tail() or 'it printed nothing'}"
    )


def check_loopback(name: str, process: Process, port: int) -> None:
    """Raise TargetError where the port is open to other machines (looked up in /proc, where there is one)."""
    for table, any_address in (("/proc/net/tcp", "00000000"), ("/proc/net/tcp6", "0" * 32)):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            local, state = line.split()[1], line.split()[3]
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port and address == any_address:
                process.stop()
                raise TargetError(f"{name} listens on all addresses, not on loopback alone; it was stopped")
