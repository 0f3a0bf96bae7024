"""What a request costs on our side, and how much of a run is waiting for moto: `python -m benchmarks.cost`.

Ours is CPU time of the run's own thread, from one request to the next: plan, build, send, parse, judge, record. The
target is a process of its own. Waiting is the time from the first byte of a request to the last of its answer.

Outside the wait is what of ours the target does not work meanwhile: all but what is done after the last byte of a request
was sent and before its answer is looked for. Where the answer has come by then, all of it counts, since somebody waited.
"""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest import mock

import click

from benchmarks.figures import OUTPUT, options_for, save, table
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.engine.run import Run
from cognito_conformance.planner.fleet import Fleet
from cognito_conformance.targets import open_target, resolve
from cognito_conformance.wire import service
from cognito_conformance.wire.connection import Connection
from cognito_model.model import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from cognito_conformance.wire.answer import Answer
    from cognito_conformance.wire.reply import Reply

WARM_UP = 100
"""Requests before the figures begin: the first find imports and caches cold."""


@dataclass
class Meanwhile:
    """The CPU time that was spent while an answer was awaited."""

    seconds: float = 0.0
    _sent: float | None = None

    def taken(self) -> float:
        """The time since the last time that this was asked."""
        seconds, self.seconds = self.seconds, 0.0
        return seconds

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note it of all calls."""
        send, receive = Connection.send, Connection.receive

        def sends(connection: Connection, request: bytes, deadline: float) -> None:
            send(connection, request, deadline)
            self._sent = time.thread_time()

        def receives(connection: Connection, deadline: float) -> Reply:
            if self._sent is not None and not connection.is_stale():
                self.seconds += time.thread_time() - self._sent
            self._sent = None
            return receive(connection, deadline)

        with mock.patch.object(Connection, "send", sends), mock.patch.object(Connection, "receive", receives):
            yield


@dataclass
class TimedEndpoint(TargetEndpoint):
    """Notes, for each request, the CPU time since the one before, how much of it was `planning`, and the time that its answer
    took.
    """

    ours: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    outside: list[float] = field(default_factory=list)
    planned: list[float] = field(default_factory=list)
    planning: list[float] = field(default_factory=list)
    meanwhile: Meanwhile = field(default_factory=Meanwhile)
    began: float = 0.0
    _last: float = field(default_factory=time.thread_time)

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call, and note its times."""
        if self.budget.spent == WARM_UP:
            self.ours.clear()
            self.waited.clear()
            self.outside.clear()
            self.planned.clear()
            self.began = time.perf_counter()
        now = time.thread_time()
        self.ours.append(now - self._last)
        self.outside.append(now - self._last - self.meanwhile.taken())
        self.planned.append(sum(self.planning))
        self.planning.clear()
        self._last = now
        answer = super().send(operation, params, signed=signed)
        self.waited.append(answer.elapsed)
        return answer


@contextmanager
def planning_timed() -> Iterator[list[float]]:
    """The CPU seconds of each choice of the planner, as it makes them."""
    spent: list[float] = []

    def timed(method: Callable[[Fleet], Any]) -> Callable[[Fleet], Any]:
        def choose(fleet: Fleet) -> Any:
            began = time.thread_time()
            chosen = method(fleet)
            spent.append(time.thread_time() - began)
            return chosen

        return choose

    with (
        mock.patch.object(Fleet, "command", timed(Fleet.command)),
        mock.patch.object(Fleet, "beginning", timed(Fleet.beginning)),
        mock.patch.object(Fleet, "is_done", timed(Fleet.is_done)),
    ):
        yield spent


def measure(target: str, requests: int, seed: int, *, planner: bool) -> dict[str, float]:
    """The figures of a run, in milliseconds a request and shares of its time."""
    with (
        open_target(resolve(target)) as running,
        running.client(alone=True) as client,
        planning_timed() as planning,
    ):
        endpoint = TimedEndpoint(
            running, client, Budget(requests), lacks=set(running.lacks), planning=planning
        )
        options = options_for(running, seed, planner=planner)
        with endpoint.meanwhile.noted():
            Run(Model(service.description()), endpoint, endpoint.budget, options).explore()
        wall = time.perf_counter() - endpoint.began
    deciles = statistics.quantiles(endpoint.ours, n=10)
    ours, waited = sum(endpoint.ours), sum(endpoint.waited)
    return {
        "requests": len(endpoint.ours),
        "median": deciles[4] * 1000,
        "ninth decile": deciles[8] * 1000,
        "mean": ours / len(endpoint.ours) * 1000,
        "outside the wait, median": statistics.median(endpoint.outside) * 1000,
        "outside the wait, mean": statistics.mean(endpoint.outside) * 1000,
        "planning, median": statistics.median(endpoint.planned) * 1000,
        "planning, mean": statistics.mean(endpoint.planned) * 1000,
        "waiting, median": statistics.median(endpoint.waited) * 1000,
        "waiting / wall": waited / wall,
        "waiting / (waiting + ours)": waited / (waited + ours),
    }


@click.command()
@click.option("--target", default="moto", show_default=True)
@click.option("--requests", default=2000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@OUTPUT
def main(target: str, requests: int, seed: int, output: Path | None) -> None:
    """Milliseconds of CPU that a request takes us, and the share of a run that is waiting for its target."""
    found = {
        f"planner {'on' if planner else 'off'}": measure(target, requests, seed, planner=planner)
        for planner in (True, False)
    }
    names = list(next(iter(found.values())))
    click.echo(table(["", *found], [[n, *(f"{row[n]:,.3f}" for row in found.values())] for n in names]))
    save(output, {"target": target, "seed": seed, "runs": found})


if __name__ == "__main__":
    main()
