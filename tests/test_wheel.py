"""The wheel holds the three packages and nothing else, and what it installs runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = {
    "cognito_conformance": ROOT / "conformance",
    "cognito_model": ROOT / "models",
    "conformance_report": ROOT / "reports",
}

pytestmark = pytest.mark.wheel


def run(*words, **more):
    """A program's output. Fails with what it said."""
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=300, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Where the wheel alone is installed; the dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, wheel)
    return folder


def test_wheel_holds_the_packages_and_nothing_else(wheel):
    """Every file of the three packages is in the wheel, and no other beside its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    listed = {
        path.relative_to(root).as_posix()
        for package, root in SOURCES.items()
        for path in (root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == listed
    for package in SOURCES:
        assert f"{package}/py.typed" in packed
    assert {Path(name).suffix for name in packed} >= {".py", ".html", ".json", ".toml"}


def test_installed_wheel_runs(installed, tmp_path):
    """A run from the installed wheel, away from the sources, writes a report of passes."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    where = "import cognito_conformance as c, cognito_model as m, conformance_report as r; print(c.__file__, m.__file__, r.__file__)"
    files = run(sys.executable, "-c", where, cwd=tmp_path, env=environment).split()
    assert all(Path(file).is_relative_to(installed) for file in files)
    words = (
        sys.executable,
        "-m",
        "cognito_conformance",
        "run",
        "--target",
        "reference",
        "--max-requests",
        "200",
    )
    run(*words, "--output", "report", cwd=tmp_path, env=environment)
    lines = [json.loads(line) for line in (tmp_path / "report" / "results.jsonl").read_text().splitlines()]
    verdicts = {line["verdict"] for line in lines if line["kind"] == "requirement"}
    assert verdicts <= {"pass", "not exercised"}
    assert "pass" in verdicts
    assert (tmp_path / "report" / "report.html").stat().st_size > 10_000
