"""Both releases of a tiny emulator are installed and run once, and what is found is told."""

import base64
import hashlib
import json
import sys
import textwrap
import zipfile

import pytest
from click.testing import CliRunner

from cognito_conformance.history import hunt, runs
from cognito_conformance.history.__main__ import main
from cognito_conformance.history.concern import concern_of
from cognito_conformance.history.corpus import read_corpus
from cognito_conformance.history.releases import Release, describe
from cognito_conformance.targets import TargetError

SERVE = """
import sys
sys.path[:0] = {path}
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.server.app import serve
from cognito_conformance.server.core import Reference
serve({reference}, host="127.0.0.1", port=int(sys.argv[1]), announce=lambda url: print(url, flush=True))
"""
FAITHFUL = "Reference(seed=1)"
TAKES_ANY_PASSWORD = """MutantReference(
    Mutation(Fault.GUARD_DROPPED, "SignUp", "passwords/password-keeps-policy"), seed=1)"""
DESCRIPTION = """
version = "3.0"
capabilities = ["sms", "email-sender", "clock"]
clock = "/_reference/clock"
[install]
kind = "pip"
requirements = ["tiny==3.0"]
[start]
command = ["{python}", "{environment}/tiny_serve.py", "{port}"]
ready_path = "/_reference/messages"
ready_status = 200
[inbox]
kind = "reference"
"""
CORPUS = """
bugs:
- {{id: any-password, emulator: {tiny}, title: SignUp takes any password, broken_version: "1.0", fixed_version: "2.0",
    aws_behaviour: InvalidPasswordException}}
- {{id: a-rumour, emulator: {tiny}, title: ListGroups lists nothing, broken_version: "1.0", fixed_version: "2.0"}}
- {{id: lost, emulator: {tiny}, title: SignUp is lost, broken_version: "0.1", fixed_version: "1.0"}}
- {{id: stranger, emulator: huge, title: SignUp is lost, broken_version: "1.0", fixed_version: "2.0"}}
"""


def wheel(folder, version, reference):
    """A release: one module that serves."""
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny_serve.py": SERVE.format(reference=reference, path=sys.path),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}"
        for name, text in files.items()
    ]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,"]) + "\n"
    with zipfile.ZipFile(folder / f"tiny-{version}-py3-none-any.whl", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, textwrap.dedent(text))


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Three releases, of which the first takes any password; a cache of the test's own, and pip without a network."""
    monkeypatch.setenv("COGNITO_CONFORMANCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    for version, reference in {"1.0": TAKES_ANY_PASSWORD, "2.0": FAITHFUL, "3.0": FAITHFUL}.items():
        wheel(tmp_path, version, reference)
    (tmp_path / "tiny.toml").write_text(DESCRIPTION)
    (tmp_path / "bugs.yaml").write_text(CORPUS.format(tiny=tmp_path / "tiny.toml"))
    return tmp_path


def test_releases_are_installed_run_and_compared(tiny, monkeypatch):
    """Found, not found with what the runs show, and not reachable with its reason; a second time nothing is run."""
    words = ["--corpus", str(tiny / "bugs.yaml"), "--requests", "300", "-o", str(tiny / "out")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    told = json.loads((tiny / "out" / "bugs.json").read_text())["bugs"]
    assert [bug["answer"] for bug in told] == ["found", "not found", "not reachable", "not reachable"]
    assert told[0]["trial"]["proofs"][0]["requirement"] == "passwords/password-keeps-policy"
    assert "tiny==0.1" in told[2]["reason"]
    assert "no target is called 'huge'" in told[3]["reason"]
    assert "1 found of 2 reachable (50.0%), 2 not reachable" in done.stdout
    page = (tiny / "out" / "bugs.md").read_text()
    assert "| any-password: SignUp takes any password |" in page
    assert f"told after {told[0]['trial']['proofs'][0]['after']} requests at the median" in page

    def opened(*_args, **_kwargs):
        raise TargetError("it is not to be opened again")

    monkeypatch.setattr(runs, "open_target", opened)
    again = CliRunner().invoke(main, [*words, "--only", "any-password"])
    assert "1 found of 1 reachable" in again.stdout


def test_a_changed_suite_looks_again_for_what_it_has_not_found(tiny, monkeypatch):
    """What an earlier text of the suite found is found, and told to be by an earlier one; `--anew` looks again for all."""
    looked = []

    def make(order, **_):
        looked.append(order.words.split(" ")[0])
        proofs = [{"requirement": "r", "operation": "SignUp", "path": None, "expected": "", "observed": ""}]
        record = {
            "suite": runs.suite_version(),
            "broken": "tiny 1.0",
            "ended": "budget",
            "proofs": proofs if order.concern.operations == ("SignUp",) else [],
            "operations": {"ListGroups": {"succeeded": 1, "unsupported": 0, "calls": 1}},
            "still": {},
            "untold": {},
            "findings": [],
        }
        order.path.parent.mkdir(parents=True, exist_ok=True)
        order.path.write_text(json.dumps(record))
        return record

    monkeypatch.setattr(hunt.runs, "make", make)
    words = ["--corpus", str(tiny / "bugs.yaml"), "--only", "a", "-o", str(tiny / "out")]
    for version, flags, again in (("1", [], 2), ("1", [], 0), ("2", [], 1), ("2", ["--anew"], 1)):
        monkeypatch.setattr(runs, "suite_version", lambda version=version: version)
        looked.clear()
        done = CliRunner().invoke(main, [*words, *flags])
        assert done.exit_code == 0, done.output
        assert len(looked) == again
        earlier = version == "2" and not flags
        assert ("1 of those found by an earlier text" in (tiny / "out" / "bugs.md").read_text()) == earlier


@pytest.mark.parametrize(("ended", "is_kept"), [("budget", True), ("the target stopped answering", False)])
def test_a_release_that_stopped_answering_is_tried_again(tiny, ended, is_kept):
    """A trial is kept if it came to its end; what a release that stopped answering would have shown is not known."""
    (entry, *_) = read_corpus(tiny / "bugs.yaml")
    order = hunt.Hunt(0, 300, print).order(entry, concern_of(entry))
    order.path.parent.mkdir(parents=True)
    order.path.write_text(json.dumps({"suite": runs.suite_version(), "ended": ended, "proofs": []}))
    assert (runs.kept(order) is not None) == is_kept


def test_what_the_broken_release_has_not(tiny, monkeypatch):
    """An operation that the broken release itself says it has not is unsupported, and no bug that a run can tell."""

    def make(order, **_):
        answered = {"calls": 3, "succeeded": 0, "unsupported": 3}
        return {
            "suite": "",
            "broken": "tiny 1.0",
            "ended": "budget",
            "proofs": [],
            "operations": dict.fromkeys(order.concern.operations, answered),
        }

    monkeypatch.setattr(hunt.runs, "make", make)
    words = ["--corpus", str(tiny / "bugs.yaml"), "--only", "a-rumour", "-o", str(tiny / "out")]
    CliRunner().invoke(main, words)
    (told,) = json.loads((tiny / "out" / "bugs.json").read_text())["bugs"]
    assert told["answer"] == "not reachable"
    assert "tiny 1.0 says itself that it has no ListGroups" in told["reason"]


def test_an_interrupt_keeps_what_was_done(tiny, monkeypatch):
    """Answers that were there are written; the status says that there is more to do."""
    answered = []

    def make(order, **_):
        if answered:
            raise runs.Interrupted
        answered.append(order)
        return {"proofs": [], "broken": "tiny 1.0", "ended": "the target stopped answering"}

    monkeypatch.setattr(hunt.runs, "make", make)
    (tiny / "bugs.yaml").write_text(
        (tiny / "bugs.yaml").read_text().replace('broken_version: "0.1"', 'broken_version: "3.0"')
    )
    done = CliRunner().invoke(main, ["--corpus", str(tiny / "bugs.yaml"), "-o", str(tiny / "out")])
    assert done.exit_code == 130
    told = json.loads((tiny / "out" / "bugs.json").read_text())["bugs"]
    assert [bug["id"] for bug in told] == ["any-password"]
    assert "stopped answering" in told[0]["reason"]


def test_a_suite_that_fails_finds_nothing(tiny, monkeypatch):
    """A fault of the suite is no excuse: the entry counts as not found, and the others go on."""

    def make(order, **_):
        raise ZeroDivisionError("by us")

    monkeypatch.setattr(hunt.runs, "make", make)
    done = CliRunner().invoke(main, ["--corpus", str(tiny / "bugs.yaml"), "-o", str(tiny / "out")])
    assert done.exit_code == 0
    told = json.loads((tiny / "out" / "bugs.json").read_text())["bugs"]
    assert [bug["answer"] for bug in told][:3] == ["not found"] * 3
    assert "ZeroDivisionError: by us" in told[0]["reason"]


@pytest.mark.parametrize(
    ("emulator", "version", "base", "words"),
    [
        ("moto", "2.1.0", "base-moto-before-5-1", "urllib3"),
        ("moto", "5.0.3", "base-moto-before-5-1", "moto_server"),
        ("ministack", "1.2.0", "base-ministack-before-1-3", "uvicorn"),
        ("ministack", "1.5.30", "ministack-1.5.33", "ministack"),
    ],
)
def test_what_a_release_stands_on(emulator, version, base, words):
    """An old release gets what it needs of its time, the newer ones what the description installs; none listens to other machines."""
    description = describe(Release(emulator, version))
    assert description.install.base.label == base
    assert words in " ".join([*description.install.requirements, *description.start.command])
    loopback = [*description.start.command, *description.start.environment.values()]
    assert "127.0.0.1" in loopback
