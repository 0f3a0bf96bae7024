"""CPU time that a call costs us, by client: `python -m benchmarks.wire`. The server is a process of its own.

Absolute figures are of one machine and one moment; the ratios are what counts. The third contender is a bare
exchange over urllib3, without model, signature or reading of the answer: what the lean client would start
from if it were built on that.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
import urllib3

from benchmarks.figures import OUTPUT, save, table
from cognito_conformance.wire.client import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CALLS, ROUNDS = 400, 7
PARAMS = {
    "ClientId": "1h57kf5cpq17m0eml12example",
    "Username": "alice",
    "Password": "Password-1",
    "UserAttributes": [{"Name": "email", "Value": "alice@example.com"}],
}
BODY = b'{"UserConfirmed":false,"UserSub":"5c5a1ab7-1b5a-4b0a-8f6e-0d7b5a1ab7aa"}'
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\n"
    b"x-amzn-RequestId: 9a8e9c1e-0000-4000-8000-000000000000\r\nContent-Length: %d\r\n\r\n%s"
    % (len(BODY), BODY)
)


def serve() -> None:
    """Answer every request on standard output's port with ANSWER, until killed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(ConnectionError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _answer(connection)


def _answer(connection: socket.socket) -> None:
    waiting = b""
    while data := connection.recv(65536):
        waiting += data
        head, end, body = waiting.partition(b"\r\n\r\n")
        if end and len(body) >= int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]):
            waiting = b""
            connection.sendall(ANSWER)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a server process."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.wire", "serve"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def cost(call: Callable[[], object]) -> float:
    """Microseconds of CPU a call: the best of some rounds, which is the one least disturbed."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(CALLS):
            call()
        best = min(best, time.process_time() - started)
    return best / CALLS * 1e6


def measure() -> dict[str, float]:
    """Microseconds of CPU a call, by contender."""
    costs = {}
    for kind in ("lean", "boto3"):
        for signed, word in ((True, "signed"), (False, "unsigned")):
            with server() as url, connect(kind, url) as client:
                costs[f"{kind}, {word}"] = cost(lambda: client.send("SignUp", PARAMS, signed=signed))  # noqa: B023
    with server() as url, urllib3.PoolManager(retries=False) as pool:
        headers = {"Content-Type": "application/x-amz-json-1.1"}
        costs["urllib3, bare"] = cost(
            lambda: pool.request("POST", url, body=json.dumps(PARAMS), headers=headers).data
        )
    return costs


@click.command()
@OUTPUT
def main(output: Path | None) -> None:
    """Microseconds of CPU that a call costs us, by client."""
    costs = measure()
    click.echo(table(["client", "µs a call"], [[name, f"{micros:.0f}"] for name, micros in costs.items()]))
    ratios = {word: costs[f"boto3, {word}"] / costs[f"lean, {word}"] for word in ("signed", "unsigned")}
    for word, ratio in ratios.items():
        click.echo(f"boto3 / lean, {word}: {ratio:.1f}")
    save(output, {"costs": costs, "boto3 / lean": ratios})


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else main()
