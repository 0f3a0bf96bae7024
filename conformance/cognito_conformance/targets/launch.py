"""Brings a target up on a free loopback port: blanks filled in, waited for, looked at, tried again."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cognito_conformance.targets import sockets
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.plain_http import fetch
from cognito_conformance.targets.process import Process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cognito_conformance.targets.description import Start
    from cognito_conformance.targets.environments import Environment
    from cognito_conformance.wire.credentials import Credentials

TRIES = 3
"""Between our choice of a free port and the target's use of it, another process may take it."""
_TAKEN = re.compile(
    r"address already in use|EADDRINUSE|port \S+ is (already )?in use|already in use", re.IGNORECASE
)
_URL = re.compile(r"^\s*(https?://\S+)", re.MULTILINE)


class PortTakenError(TargetError):
    """Another process was quicker to take the port."""


@contextlib.contextmanager
def started(
    name: str, start: Start, environment: Environment | None, credentials: Credentials
) -> Iterator[tuple[Process, str]]:
    """The target running, and its URL; stopped at the end. Raises TargetError where it does not come up."""
    for attempt in range(1, TRIES + 1):
        process, port = _begin(start, environment, credentials)
        try:
            try:
                url = _ready(name, start, process, port)
            except PortTakenError:
                if attempt == TRIES:
                    raise
                continue
            yield process, url
            return
        finally:
            process.stop()
            shutil.rmtree(process.folder, ignore_errors=True)


def _begin(start: Start, environment: Environment | None, credentials: Credentials) -> tuple[Process, int]:
    folder = Path(tempfile.mkdtemp(prefix="cognito-conformance-"))
    try:
        for path, text in start.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        port = 0 if start.announces else _free_port()
        blanks = {
            "port": str(port),
            "dir": str(folder),
            "python": sys.executable,
            "bin": str(environment.bin) if environment else "",
            "environment": str(environment.folder) if environment else "",
        }
        words = [word.format(**blanks) for word in start.command]
        variables = {key: value.format(**blanks) for key, value in start.environment.items()}
        process = Process(
            words, {**_account(credentials, folder), **variables}, folder, inherit=start.inherit
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return process, port


def _account(credentials: Credentials, folder: Path) -> dict[str, str]:
    """The only account that a target knows is the one that we sign for; it must not find the user's."""
    nowhere = str(folder / "no-such-file")
    return {
        "AWS_ACCESS_KEY_ID": credentials.access_key,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_key,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": nowhere,
        "AWS_SHARED_CREDENTIALS_FILE": nowhere,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(name: str, start: Start, process: Process, port: int) -> str:
    """The target's URL, once it answers there. Raises TargetError, PortTakenError."""
    deadline = time.monotonic() + start.ready_seconds
    url = _announced(name, start, process) if start.announces else f"http://127.0.0.1:{port}"
    while True:
        try:
            status, _ = fetch(url + start.ready_path, timeout=2.0)
        except OSError:
            status = 0
        if not process.alive:
            raise _ended(name, process)
        if status and start.ready_status in (None, status):
            _check_listeners(name, process, url)
            return url
        if time.monotonic() > deadline:
            seen = f"answered {status}" if status else "did not answer"
            raise TargetError(
                f"{name} {seen} at {url}{start.ready_path} for {start.ready_seconds:g} s: {_said(process)}"
            )
        time.sleep(0.02)


def _announced(name: str, start: Start, process: Process) -> str:
    found = process.output.find(_URL, start.ready_seconds)
    if found is None and process.died_within(0.2):
        raise _ended(name, process)
    if found is None:
        raise TargetError(f"{name} printed no URL within {start.ready_seconds:g} s: {_said(process)}")
    return found[1].rstrip("/")


def _ended(name: str, process: Process) -> TargetError:
    process.stop()
    said = _said(process)
    kind = PortTakenError if _TAKEN.search(process.output.tail()) else TargetError
    return kind(f"{name} ended while it was starting: {said}")


def _said(process: Process) -> str:
    """The end of its output on one line."""
    lines = [line.strip() for line in process.output.tail().splitlines() if line.strip()]
    return " | ".join(lines[-6:])[-1000:] or "it printed nothing"


def _check_listeners(name: str, process: Process, url: str) -> None:
    """Raise where another process answers in the target's place, or other machines can reach the target."""
    if not sockets.can_tell():
        return
    found = sockets.listeners_of(process.session)
    for listener in found:
        if not listener.is_local:
            raise TargetError(f"{name} listens at {listener}, where other machines reach it; it was stopped")
    port = int(url.rpartition(":")[2])
    if all(listener.port != port for listener in found):
        raise PortTakenError(f"another process answers at {url} in the place of {name}")
