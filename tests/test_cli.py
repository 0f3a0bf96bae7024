"""The command line as a person or a CI job uses it: what it prints, and with which exit code it ends.

Runs start a server in a process of its own and take a second or two.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from cognito_conformance.cli import main
from cognito_model.requirements import catalogue
from conformance_report.reader import read_results
from support import miniatures

WORDS = [sys.executable, "-m", "cognito_conformance"]


def invoke(*words):
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize("words", [(), ("run",), ("requirements",), ("serve",)], ids=" ".join)
def test_every_command_explains_itself(words):
    """--help tells what the command does and ends well."""
    done = invoke(*words, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage:")
    assert len(done.stdout.splitlines()) > 5


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--target", "http://127.0.0.1:1"), "answers at http://127.0.0.1:1 (connection refused)"),
        (("--target", "http://"), "an endpoint is a URL"),
        (("--target", "nosuch"), "no target is called 'nosuch'"),
        (("--target", "missing.toml"), "cannot read the target description missing.toml"),
        (("--target", "reference", "-r", "sign-up/username-is-fre"), "sign-up/username-is-free"),
        (("--target", "reference", "-a", "nosuch"), "there is no area 'nosuch'; the areas are"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, words, reason):
    """A target, requirement or area that is not there: one line on standard error says so, and the exit code is 2."""
    done = invoke("run", "-o", str(tmp_path), *words)
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("cognito-conformance: ")
    assert reason in line


def test_an_unwritable_folder_is_said_in_one_line(tmp_path):
    """An output folder that cannot be made is found out before anything is started."""
    (tmp_path / "file").write_text("")
    done = invoke("run", "--target", "http://127.0.0.1:1", "-o", str(tmp_path / "file" / "folder"))
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"cognito-conformance: cannot write to {tmp_path / 'file' / 'folder'}: Not a directory"
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("run", "--bogus"), "No such option"),
        (("run", "--time", "never"), "'never' is no duration; say 60s, 5m or 1h"),
        (("run", "--max-requests", "0"), "0 is not in the range"),
        (("run", "--client", "curl"), "'curl' is not one of"),
        (("requirements", "--area", "nosuch"), "no requirement has the area 'nosuch'"),
        (("serve", "--port", "99999"), "99999 is not in the range"),
        (("nosuch",), "No such command"),
    ],
)
def test_a_bad_option_is_named(words, reason):
    """The last line on standard error says what is wrong with the option, and the exit code is 2."""
    done = invoke(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert reason in done.stderr.splitlines()[-1]


def test_an_address_of_another_machine_is_said_in_one_line():
    """serve on an address that this machine does not have: one line, and the exit code is 2."""
    done = invoke("serve", "--host", "192.0.2.1", "--port", "0")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("cognito-conformance: cannot listen on 192.0.2.1:0: ")


def test_the_catalogue_as_json():
    """requirements --json is one array with every requirement: slug, sentence, level, operations, evidence."""
    listed = json.loads(invoke("requirements", "--json").stdout)
    assert [entry["slug"] for entry in listed] == list(catalogue())
    for entry in listed:
        assert entry["sentence"].endswith(".")
        assert entry["level"] in ("MUST", "SHOULD", "MAY")
        assert isinstance(entry["operations"], list)
        assert all(0 < item["confidence"] <= 1 and item["source"] for item in entry["evidence"])


def test_the_catalogue_of_one_area():
    """requirements --area lists that area's slugs and no others."""
    listed = json.loads(invoke("requirements", "--json", "--area", "sign-up").stdout)
    assert listed
    assert {entry["slug"].split("/")[0] for entry in listed} == {"sign-up"}


UNTIMED = ("-a", "groups", "-a", "pools", "-a", "clients")
"""Machines without one-time codes, which the clock makes and half a minute ends."""


def run(output, *words):
    return subprocess.run(
        [*WORDS, "run", "--target", "reference", "-o", str(output), *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def trace(output):
    """What a run did, without what differs by the clock."""
    read = read_results(output / "results.jsonl")
    requirements = [(r["slug"], r["verdict"], r["checks"], r["failures"]) for r in read.requirements]
    return list(read.operations), requirements, read.footer["requests"]


@pytest.fixture(scope="module")
def faithful(tmp_path_factory):
    """A run of 200 requests against the reference server: what it printed, and its folder."""
    output = tmp_path_factory.mktemp("faithful")
    return run(output, *UNTIMED, "--max-requests", "200", "--seed", "5"), output


def test_the_reference_conforms(faithful):
    """A run against the reference server ends with exit code 0 and leaves the four files."""
    done, output = faithful
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"Report: {output / 'report.html'}"
    left = {path.name for path in output.iterdir()}
    assert left == {"results.jsonl", "report.html", "junit.xml", "summary.md"}
    assert read_results(output / "results.jsonl").footer["requests"] == 200


def test_the_same_seed_makes_the_same_calls(faithful, tmp_path):
    """Two runs with one seed make the same calls and judge the same; another seed makes others."""
    run(tmp_path / "same", *UNTIMED, "--max-requests", "200", "--seed", "5")
    run(tmp_path / "other", *UNTIMED, "--max-requests", "200", "--seed", "6")
    assert trace(tmp_path / "same") == trace(faithful[1])
    assert trace(tmp_path / "other") != trace(faithful[1])


def test_two_workers_make_one_report(tmp_path):
    """-n shares the machines out among processes: one report, whose verdicts and exit code are those of a run."""
    words = (
        "run",
        "--target",
        "reference",
        "-n",
        "2",
        "--max-requests",
        "200",
        "-a",
        "groups",
        "-a",
        "tokens",
    )
    done = subprocess.run(
        [*WORDS, *words, "-o", str(tmp_path)], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    read = read_results(tmp_path / "results.jsonl")
    assert read.footer["parts"] == 2
    assert read.footer["complete"]
    verdicts = {record["verdict"] for record in read.requirements}
    assert verdicts == {"pass", "not exercised"}
    assert (tmp_path / "report.html").exists()
    assert not (tmp_path / "parts").exists()


def test_only_what_was_asked_for_is_told(tmp_path):
    """With -r the file speaks of the requirements that were named, and its counts are about these."""
    slugs = ("clients/creates-client", "pool-defaults/tier-is-essentials")
    words = ("--max-requests", "60", "-r", slugs[0], "-r", slugs[1])
    with miniatures.running(miniatures.FailsOnThirdCall) as target:
        done = invoke("run", "--target", target.url, "-o", str(tmp_path), *words)
    read = read_results(tmp_path / "results.jsonl")
    assert [record["slug"] for record in read.requirements] == sorted(slugs)
    assert {finding["requirement"] for finding in read.findings} <= set(slugs)
    assert read.footer["findings"] == len(read.findings)
    assert sum(read.footer["verdicts"].values()) == len(slugs)
    assert done.exit_code in (0, 1)


def children(pid):
    """The processes that a process has started and that still run."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.add(int(path.parent.name))
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_an_interrupted_run_is_reported(tmp_path, how):
    """After an interrupt the report of what was done is written, it says so, and no process is left behind."""
    words = [*WORDS, "run", "--target", "reference", "-o", str(tmp_path), "--time", "60s"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stderr.readline()  # the first sign of progress: calls are being made
        assert "requests" in line, line + process.stderr.read()
        started = children(process.pid)
        time.sleep(0.3)
        process.send_signal(how)
        printed, _ = process.communicate(timeout=90)
    assert process.returncode == 2
    assert "The run ended early: interrupted" in printed
    read = read_results(tmp_path / "results.jsonl")
    assert read.footer["reason"] == "interrupted"
    assert read.footer["requests"] > 1
    assert "interrupted" in (tmp_path / "report.html").read_text("utf-8")
    assert started
    assert not any(alive(pid) for pid in started)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
