"""The pytest plug-in: `pytest --pyargs cognito_conformance --target moto -n 2`.

One test item is one machine on one share of the pool configurations; a worker keeps one target for all its items.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHARES = 4
"""Items of an area: enough to keep several workers busy to the end."""


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
        config.pluginmanager.register(Conformance(config), "cognito-conformance-session")


@pytest.fixture(scope="session")
def conformance_share(pytestconfig: pytest.Config) -> Iterator[Any]:
    """This worker's target and ledger; its records are written when it ends, whatever ended it."""
    from cognito_conformance.engine.shares import open_share

    worker = getattr(pytestconfig, "workerinput", {}).get("workerid", "main")
    count = int(getattr(pytestconfig, "workerinput", {}).get("workercount", 1))
    with open_share(request_of(pytestconfig), worker, count) as share:
        yield share


class Conformance:
    """One process's part of a run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.output = Path(config.getoption("--conformance-output"))

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """An item for each area and share."""
        if "conformance_item" not in metafunc.fixturenames:
            return
        from cognito_conformance.engine.session import areas_of

        machines, _ = areas_of(request_of(self.config))
        items = [(area, share) for area in machines for share in range(SHARES)]
        metafunc.parametrize("conformance_item", items, ids=[f"{area}-{share}" for area, share in items])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In the controller: merge what the workers wrote, and make the reports."""
        if hasattr(session.config, "workerinput"):
            return
        from cognito_conformance.engine.shares import merge_parts

        merge_parts(self.output)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Where the report is."""
        report = self.output / "report.html"
        if report.exists():
            terminalreporter.write_line(f"Conformance report: {report}")


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
        output=Path(config.getoption("--conformance-output")),
    )
