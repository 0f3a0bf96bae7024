"""What a run against moto finds can be seen by whoever runs a finding's script, alone, against that moto.

Findings about dates are left out: two readings of moto's clock are now and then in the same millisecond.
"""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from cognito_conformance.engine.session import Request, conduct
from cognito_conformance.targets import open_target, resolve
from conformance_report.reader import read_results

pytestmark = pytest.mark.emulators

SEED, REQUESTS, SAMPLE = 7, 2500, 12


@pytest.fixture(scope="module")
def moto():
    """A moto that outlives the run against it."""
    with open_target(resolve("moto")) as running:
        yield running


@pytest.fixture(scope="module")
def sample(moto, tmp_path_factory):
    """Some of the confirmed findings of a short run, drawn by a fixed seed."""
    folder = tmp_path_factory.mktemp("run")
    conduct(Request(f"moto@{moto.endpoint}", seed=SEED, max_requests=REQUESTS, output=folder))
    found = [
        finding
        for finding in read_results(folder / "results.jsonl").findings
        if finding["confirmed"] and not (finding["path"] or "").endswith("Date")
    ]
    assert len(found) > 5 * SAMPLE
    return random.Random(SEED).sample(sorted(found, key=lambda finding: finding["id"]), SAMPLE)


def test_scripts_show_what_they_say(moto, sample, tmp_path):
    """Each script exits with 1, the divergence shows, and prints what was expected."""
    for finding in sample:
        script = tmp_path / f"{finding['id']}.py"
        script.write_text(finding["script"], "utf-8")
        done = subprocess.run(
            [sys.executable, script, moto.endpoint], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 1, (finding["requirement"], done.stdout, done.stderr)
        assert f"expected: {finding['expected']}" in done.stdout
