"""The project's habits."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "typing", "tests"]
nox.options.reuse_existing_virtualenvs = True
DEV = ("-c", "constraints.txt", "-e", ".", "--group", "dev")


def install(session: nox.Session) -> None:
    """The project, editable, with its development tools at the versions of constraints.txt."""
    session.run("python", "-m", "pip", "install", "-q", "-U", "pip>=25.1")
    session.install("-q", *DEV)


@nox.session
def tests(session: nox.Session) -> None:
    """The tests of the three packages."""
    install(session)
    session.run("pytest", "-n", "2", *session.posargs)


@nox.session
def conformance(session: nox.Session) -> None:
    """The suite against the reference target, which must be silent, and against the embedded moto."""
    install(session)
    session.run(
        "cognito-conformance",
        "run",
        "--target",
        "reference",
        "--max-requests",
        "2000",
        "--output",
        "report-reference",
    )
    session.run(
        "cognito-conformance",
        "run",
        "--target",
        "moto",
        "--time",
        "60s",
        "--output",
        "report-moto",
        success_codes=[0, 1],
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Style, layers, and the catalogue of requirements."""
    install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    session.run("python", "-m", "cognito_model.lint")


@nox.session
def typing(session: nox.Session) -> None:
    """mypy, strict, on the three packages."""
    install(session)
    session.run("mypy")


@nox.session
def build(session: nox.Session) -> None:
    """The wheel holds the three packages and nothing else, and a run from it works."""
    install(session)
    session.run("pytest", "tests/test_wheel.py", "-m", "wheel", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """The suite against seeded faults of the reference server: what share does it find?"""
    install(session)
    session.run("python", "-m", "cognito_conformance.calibration", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Ratios of speed and of bug-finding, each within one run; never timed tests."""
    install(session)
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def atlas(session: nox.Session) -> None:
    """The planner's recipes, made anew on the model: after commands, profiles or the model have changed much."""
    install(session)
    session.run("python", "-m", "cognito_conformance.rehearsal", *session.posargs)


@nox.session
def bugs(session: nox.Session) -> None:
    """Historic bugs of emulators: is each found on the broken release and gone on the fixed one?"""
    install(session)
    session.run("python", "-m", "cognito_conformance.history", *session.posargs)
