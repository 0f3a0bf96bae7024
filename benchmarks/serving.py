"""What a call costs on the reference server, against the same call on moto: `python -m benchmarks.serving`.

Two server processes, one client, over the wire; each call is made on the one and then on the other, so that whatever
disturbs the machine disturbs both.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.figures import OUTPUT, save, table
from cognito_conformance.targets import open_target, resolve
from cognito_conformance.targets.sockets import members_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.wire.client import Client

TARGETS = ("moto", "reference")
PASSWORD = "Passw0rd-of-serving"
Params = dict[str, Any]


class Session:
    """One target with a pool, a client and a user, and how long each call took. Raises RuntimeError where it fails."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seconds: dict[str, list[float]] = {}
        self.tokens: Params = {}
        pool = self.call("CreateUserPool", {"PoolName": "serving"})["UserPool"]["Id"]
        self.pool = {"UserPoolId": pool}
        made = self.call(
            "CreateUserPoolClient",
            {**self.pool, "ClientName": "app", "ExplicitAuthFlows": FLOWS},
        )
        self.client_id = {"ClientId": made["UserPoolClient"]["ClientId"]}

    def call(self, operation: str, params: Params) -> Params:
        """Make a call that must succeed."""
        started = time.perf_counter()
        answer = self.client.send(operation, params)
        self.seconds.setdefault(operation, []).append(time.perf_counter() - started)
        if answer.error is not None or answer.status != 200:
            raise RuntimeError(f"{operation}: {answer.status} {answer.error}: {answer.message}")
        return dict(answer.output or {})


FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def sign_up(on: Session, user: str) -> None:
    on.call("SignUp", {**on.client_id, "Username": user, "Password": PASSWORD})


def sign_in(on: Session, user: str) -> None:
    given = {"USERNAME": user, "PASSWORD": PASSWORD}
    answer = on.call(
        "InitiateAuth", {**on.client_id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}
    )
    on.tokens = answer["AuthenticationResult"]


def by_admin(operation: str, **params: Any) -> Callable[[Session, str], None]:
    """A call about the user by the pool's id."""
    return lambda on, user: on.call(operation, {**on.pool, "Username": user, **params}) and None


def by_pool(operation: str, **params: Any) -> Callable[[Session, str], None]:
    """A call about the pool."""
    return lambda on, _user: on.call(operation, {**on.pool, **params}) and None


LIFE: tuple[Callable[[Session, str], None], ...] = (
    sign_up,
    by_admin("AdminConfirmSignUp"),
    by_admin("AdminGetUser"),
    by_admin("AdminUpdateUserAttributes", UserAttributes=[{"Name": "name", "Value": "Alice"}]),
    by_admin("AdminSetUserPassword", Password=PASSWORD, Permanent=True),
    sign_in,
    lambda on, _user: on.call("GetUser", {"AccessToken": on.tokens["AccessToken"]}) and None,
    by_pool("ListUsers", Limit=20),
    by_pool("DescribeUserPool"),
    lambda on, _user: on.call("DescribeUserPoolClient", {**on.pool, **on.client_id}) and None,
    by_admin("AdminListGroupsForUser"),
    by_admin("AdminDeleteUser"),
)
"""The life of one user, in calls that both servers answer."""


def measure(rounds: int) -> tuple[dict[str, dict[str, list[float]]], dict[str, float]]:
    """Seconds of each call, by target and operation; and seconds of CPU that a server took for a call, by target."""
    with contextlib.ExitStack() as stack:
        sessions, groups = {}, {}
        for name in TARGETS:
            target = stack.enter_context(open_target(resolve(name)))
            sessions[name] = Session(stack.enter_context(target.client()))
            groups[name] = 0 if target.process is None else target.process.session
        before = {name: cpu_of(group) for name, group in groups.items()}
        for number in range(rounds):
            for act in LIFE:
                for session in sessions.values():
                    act(session, f"user-{number}")
        cpu = {name: (cpu_of(group) - before[name]) / (rounds * len(LIFE)) for name, group in groups.items()}
        return {name: session.seconds for name, session in sessions.items()}, cpu


def cpu_of(session: int) -> float:
    """Seconds of CPU that the living processes of a session have taken."""
    ticks = 0
    for process in members_of(session):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def summary(seconds: dict[str, dict[str, list[float]]]) -> list[dict[str, Any]]:
    """Median milliseconds by operation and over all calls but the making of the pool, with the ratio."""
    rows = []
    once = {"CreateUserPool", "CreateUserPoolClient"}
    for operation in [*seconds["moto"], "all calls"]:
        both = {
            name: statistics.median(
                [t for made, times in found.items() if made not in once for t in times]
                if operation == "all calls"
                else found[operation]
            )
            * 1000
            for name, found in seconds.items()
        }
        rows.append({"call": operation, **both, "ratio": both["moto"] / both["reference"]})
    return rows


@click.command()
@click.option("--rounds", default=100, show_default=True, help="Users whose life is led.")
@OUTPUT
def main(rounds: int, output: Path | None) -> None:
    """Median milliseconds a call on moto and on the reference server, each call on both in turn.

    On a busy machine most of that is waiting for a processor; the CPU time of the servers is not.
    """
    seconds, cpu = measure(rounds)
    rows = summary(seconds)
    both = {name: taken * 1000 for name, taken in cpu.items()}
    rows.append({"call": "CPU of the server, mean", **both, "ratio": both["moto"] / both["reference"]})
    shown = [
        [row["call"], f"{row['moto']:.2f}", f"{row['reference']:.2f}", f"{row['ratio']:.1f}"] for row in rows
    ]
    click.echo(table(["call", "moto, ms", "reference, ms", "moto / reference"], shown))
    save(output, {"rounds": rounds, "rows": rows})


if __name__ == "__main__":
    main()
