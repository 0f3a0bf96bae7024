"""The pytest plug-in: `pytest --pyargs cognito_conformance --target moto -n 2`.

One test item is one machine on one share of the pool configurations; a worker keeps one target for all its items.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NAME = "cognito-conformance-session"
BOARD = "conformance_board"
"""What a worker gets told by this name is where the board of the run is asked."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a conformance run."""
    group = parser.getgroup(
        "cognito-conformance", "does this endpoint behave like Amazon Cognito user pools?"
    )
    group.addoption(
        "--target", default=None, help="moto, ministack, cognito-local, reference, a URL, or a target file"
    )
    group.addoption("--conformance-seed", type=int, default=0, help="same seed, same calls")
    group.addoption("--max-requests", type=int, default=None, help="requests of the whole run")
    group.addoption(
        "--time", dest="conformance_time", default=None, help="duration of the whole run: 60s, 5m"
    )
    group.addoption("--area", action="append", default=[], help="only this machine or area (repeatable)")
    group.addoption("--requirement", action="append", default=[], help="only this requirement (repeatable)")
    group.addoption(
        "--conformance-client", default="lean", choices=["lean", "boto3"], help="how requests are sent"
    )
    group.addoption("--shard", default="1/1", help="only this part of the run: 2/4 is the second quarter")
    group.addoption(
        "--conformance-database", default=None, help="a folder or redis://… for traces of findings"
    )
    group.addoption("--concurrency", type=int, default=1, help="calls under way at a time, of each worker")
    group.addoption(
        "--planner", default="on", choices=["on", "off"], help="look ahead on the model for what is new"
    )
    group.addoption(
        "--no-minimise",
        dest="conformance_minimise",
        action="store_false",
        help="do not shorten and confirm what is found",
    )
    group.addoption("--conformance-output", default="conformance-report", help="folder of the reports")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the records of this process (and, in the controller, of its workers)."""
    if config.getoption("--target", None):
        config.pluginmanager.register(Conformance(config), NAME)


@pytest.fixture(scope="session")
def conformance_share(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> Iterator[Any]:
    """This worker's target and ledger; its records are written when it ends, whatever ended it."""
    from cognito_conformance.engine.board import Correspondent
    from cognito_conformance.engine.shares import PARTS, open_share

    told = getattr(pytestconfig, "workerinput", {})
    worker, workers = str(told.get("workerid", "main")), int(told.get("workercount", 1))
    conformance = pytestconfig.pluginmanager.get_plugin(NAME)
    if conformance is None:
        raise pytest.UsageError("a conformance run needs --target")
    wanted = request_of(pytestconfig)
    path = wanted.output / PARTS / f"{worker}.jsonl"
    company = workers * shard_of(pytestconfig).of
    with contextlib.ExitStack() as stack:
        if BOARD in told:
            board: Any = stack.enter_context(contextlib.closing(Correspondent(tuple(told[BOARD]))))
        else:
            board = conformance.board()
        yield stack.enter_context(open_share(wanted, board, worker, path, company=company))


@pytest.fixture(scope="session")
def conformance_items(request: pytest.FixtureRequest) -> int:
    """How many items the whole run has."""
    return sum("conformance_item" in getattr(item, "fixturenames", ()) for item in request.session.items)


class Conformance:
    """One process's part of a run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.output = Path(config.getoption("--conformance-output"))
        self._boards = contextlib.ExitStack()
        self._address: Any = None

    def board(self) -> Any:
        """The board of this run, for one worker or several."""
        from cognito_conformance.engine.board import Board
        from cognito_conformance.engine.shares import DEFAULT_REQUESTS

        wanted = request_of(self.config)
        most = wanted.max_requests
        if most is None and wanted.seconds is None:
            most = DEFAULT_REQUESTS
        return Board(most, wanted.seconds, int(self.config.getoption("numprocesses", None) or 1))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """In the controller: tell each worker where the board is."""
        from cognito_conformance.engine.board import posted

        if self._address is None:
            self._address = self._boards.enter_context(posted(self.board()))
        node.workerinput[BOARD] = list(self._address)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """An item for each area and share, of this shard."""
        if "conformance_item" not in metafunc.fixturenames:
            return
        from cognito_conformance.engine.items import items_of
        from cognito_conformance.engine.session import areas_of

        machines, _ = areas_of(request_of(self.config))
        items = items_of(machines, shard_of(self.config))
        metafunc.parametrize("conformance_item", items, ids=list(map(str, items)))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In the controller: merge what the workers wrote, and make the reports."""
        if hasattr(session.config, "workerinput"):
            return
        from cognito_conformance.engine.shares import merge_parts

        self._boards.close()
        merge_parts(self.output)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Where the report is."""
        report = self.output / "report.html"
        if report.exists():
            terminalreporter.write_line(f"Conformance report: {report}")


def shard_of(config: pytest.Config) -> Any:
    """The part of the run that pytest's options ask for."""
    from cognito_conformance.engine.items import Shard

    try:
        return Shard.read(config.getoption("--shard"))
    except ValueError as problem:
        raise pytest.UsageError(str(problem)) from None


def request_of(config: pytest.Config) -> Any:
    """The run that pytest's options ask for."""
    from cognito_conformance.cli.run import Duration
    from cognito_conformance.engine.session import Request

    seconds = config.getoption("conformance_time")
    return Request(
        target=config.getoption("--target"),
        seed=config.getoption("--conformance-seed"),
        max_requests=config.getoption("--max-requests"),
        seconds=None if seconds is None else Duration().convert(seconds, None, None),
        areas=tuple(config.getoption("--area")),
        requirements=tuple(config.getoption("--requirement")),
        client=config.getoption("--conformance-client"),
        minimise=config.getoption("conformance_minimise"),
        planner=config.getoption("--planner") == "on",
        concurrency=config.getoption("--concurrency"),
        database=config.getoption("--conformance-database"),
        output=Path(config.getoption("--conformance-output")),
    )
