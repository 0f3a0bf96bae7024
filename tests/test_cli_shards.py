"""A run divided among machines and processes: disjoint shards, one report of them all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from cognito_conformance.cli import main
from conformance_report.reader import read_results
from support import miniatures

PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "--pyargs",
    "cognito_conformance",
    "-n",
    "2",
    "-q",
    "-p",
    "no:cacheprovider",
]
SLUG = "sign-up/username-is-free"


def invoke(*words):
    return CliRunner().invoke(main, words)


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    """Two shards of a run against a target that signs people up under taken names: exit codes and folders."""
    made = []
    with miniatures.running(miniatures.AcceptsTakenNames) as target:
        for shard in ("1/2", "2/2"):
            output = tmp_path_factory.mktemp("shard")
            words = ("-t", target.url, "-o", str(output), "--shard", shard, "-a", "life cycle", "-r", SLUG)
            made.append((invoke("run", *words, "--max-requests", "240"), output))
    return made


def test_each_shard_is_a_run(shards):
    """A shard spends its own budget to the end and leaves the files of a run."""
    for done, output in shards:
        read = read_results(output / "results.jsonl")
        assert read.footer["requests"] == 240, done.output
        assert read.complete
        assert (output / "report.html").exists()


def test_shards_are_merged(shards, tmp_path):
    """merge makes one report: requests add up, each finding is told once, the gravest verdict and exit code win."""
    done = invoke("merge", *(str(output) for _, output in shards), "-o", str(tmp_path))
    read = read_results(tmp_path / "results.jsonl")
    assert read.footer["requests"] == 480
    assert read.footer["parts"] == 2
    ids = [finding["id"] for finding in read.findings]
    assert len(ids) == len(set(ids))
    assert [r["verdict"] for r in read.requirements if r["slug"] == SLUG] == ["fail"]
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == f"Report: {tmp_path / 'report.html'}"
    assert {path.name for path in tmp_path.iterdir()} == {
        "results.jsonl",
        "report.html",
        "junit.xml",
        "summary.md",
    }


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("merge", "nosuch"), "nosuch"),
        (("run", "--shard", "3/2"), "'3/2' is no shard; say 1/4 to 4/4"),
        (("run", "--concurrency", "0"), "0 is not in the range"),
        (("merge",), "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, words, reason):
    """A folder without results, a shard that is none: the last line says so, and the exit code is 2."""
    done = invoke(*words, "-o", str(tmp_path))
    assert done.exit_code == 2
    assert reason in done.stderr.splitlines()[-1]


def test_two_workers_share_budget_and_findings(tmp_path):
    """Through pytest -n 2: every request is spent, and the finding is one, confirmed by one of them."""
    with miniatures.running(miniatures.AcceptsTakenNames) as target:
        words = [
            "--target",
            target.url,
            "--max-requests",
            "400",
            "--area",
            "life cycle",
            "--requirement",
            SLUG,
        ]
        done = subprocess.run(
            [*PYTEST, *words, "--conformance-output", str(tmp_path)],
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )
    read = read_results(tmp_path / "results.jsonl")
    assert done.returncode == 1, done.stdout + done.stderr
    assert SLUG in done.stdout
    assert read.footer["requests"] == 400
    assert read.footer["parts"] == 2
    assert read.complete
    assert [r["verdict"] for r in read.requirements if r["slug"] == SLUG] == ["fail"]
    assert [finding["confirmed"] for finding in read.findings if not finding["path"]] == [True]
