"""Environments: each is installed once, whole or not at all, and what goes wrong is told by the installer's last words."""

import base64
import hashlib
import json
import subprocess
import sys
import threading
import zipfile

import pytest

from cognito_conformance.targets import TargetError, installers
from cognito_conformance.targets.environments import STAMP, cache_folder, ensure_environment
from cognito_conformance.targets.installers import INSTALLERS


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of the test's own, and pip without a network."""
    monkeypatch.setenv("COGNITO_CONFORMANCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return tmp_path / "cache"


@pytest.fixture
def counted(monkeypatch):
    """Installations, without an installer."""
    calls = []

    def install(folder, requirements, constraints):
        calls.append((folder, requirements, constraints))
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "python").write_text("")

    monkeypatch.setitem(INSTALLERS, "pip", install)
    return calls


def wheel(folder):
    """A wheel with a program that greets."""
    files = {
        "greeter.py": "def main():\n    print('hello')\n",
        "greeter-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeter\nVersion: 1.0\n",
        "greeter-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "greeter-1.0.dist-info/entry_points.txt": "[console_scripts]\ngreet = greeter:main\n",
    }
    record = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}"
        for name, text in files.items()
    ]
    files["greeter-1.0.dist-info/RECORD"] = "\n".join([*record, "greeter-1.0.dist-info/RECORD,,"]) + "\n"
    path = folder / "greeter-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return str(path)


def test_pip(tmp_path):
    """A Python program is installed, with a word about it, and runs. (Making a virtual environment takes seconds.)"""
    said = []
    found = ensure_environment("pip", [wheel(tmp_path)], name="greeter 1.0", on_progress=said.append)
    assert found.folder.name.startswith("greeter-1.0-")
    assert said[0].startswith("installing ")
    assert (
        subprocess.run([found.bin / "greet"], capture_output=True, text=True, check=True).stdout == "hello\n"
    )
    again = ensure_environment("pip", [wheel(tmp_path)], name="greeter 1.0", on_progress=said.append)
    assert again == found
    assert len(said) == 1


def test_installer_fails():
    """What an installer cannot do is told by its last lines."""
    program = "print('one\\ntwo\\n\\nthree\\nfour'); raise SystemExit('no such package')"
    with pytest.raises(TargetError, match=r"^pip failed: two \| three \| four \| no such package$"):
        installers._run([sys.executable, "-c", program], "pip")
    with pytest.raises(TargetError, match=r"^npm failed: it printed nothing$"):
        installers._run([sys.executable, "-c", "raise SystemExit(3)"], "npm")


def test_installer_hangs(monkeypatch):
    """An installer that does not end is given up."""
    monkeypatch.setattr(installers, "PATIENCE", 0.2)
    with pytest.raises(TargetError, match=r"^pip did not end within 0.2 s; try again later$"):
        installers._run([sys.executable, "-c", "import time; time.sleep(60)"], "pip")


def test_npm(tmp_path):
    """A Node program is installed without running its install scripts."""
    package = tmp_path / "package"
    package.mkdir()
    scripts = {"postinstall": "exit 1"}
    (package / "package.json").write_text(
        json.dumps({"name": "greeter", "version": "1.0.0", "bin": "greet.js", "scripts": scripts})
    )
    (package / "greet.js").write_text("#!/usr/bin/env node\nconsole.log('hello')\n")
    found = ensure_environment("npm", [str(package)], name="greeter")
    assert (
        subprocess.run([found.bin / "greeter"], capture_output=True, text=True, check=True).stdout
        == "hello\n"
    )


def test_without_node(monkeypatch, tmp_path):
    """Without Node.js the message says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        TargetError, match=r"needs Node\.js, and there is no node on the path; install Node\.js first"
    ):
        ensure_environment("npm", ["x"], name="x")


def test_each_its_own(counted):
    """Other requirements, constraints or kinds are another environment; the same are the same."""
    folders = {
        ensure_environment("pip", requirements, name="x", constraints=constraints).folder
        for requirements, constraints in [(["a==1"], []), (["a==2"], []), (["a==1"], ["b<2"]), (["a==1"], [])]
    }
    assert len(folders) == len(counted) == 3
    assert counted[2][1:] == (["a==1"], ["b<2"])


@pytest.mark.parametrize("damage", ["stamp", "python", "words"])
def test_damaged(counted, damage):
    """An environment whose stamp or interpreter is gone, or whose stamp says something else, is made anew."""
    found = ensure_environment("pip", ["a"], name="x")
    (found.folder / "rest").write_text("")
    if damage == "python":
        (found.bin / "python").unlink()
    elif damage == "stamp":
        (found.folder / STAMP).unlink()
    else:
        (found.folder / STAMP).write_text("{")
    ensure_environment("pip", ["a"], name="x")
    assert len(counted) == 2
    assert not (found.folder / "rest").exists()


def test_interrupted(monkeypatch):
    """An installation that is interrupted leaves no environment behind."""

    def install(folder, requirements, constraints):
        folder.mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setitem(INSTALLERS, "pip", install)
    with pytest.raises(KeyboardInterrupt):
        ensure_environment("pip", ["a"], name="x")
    assert [entry.suffix for entry in (cache_folder() / "targets").iterdir()] == [".lock"]


def test_installed_once(monkeypatch):
    """Of several that want the same environment at once one installs it, and the others say that they wait."""
    begun, go = threading.Event(), threading.Event()
    calls, said = [], []

    def install(folder, requirements, constraints):
        calls.append(folder)
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "python").write_text("")
        begun.set()
        assert go.wait(5)

    def say(text):
        said.append(text)
        if "elsewhere" in text:
            go.set()

    monkeypatch.setitem(INSTALLERS, "pip", install)
    workers = [
        threading.Thread(
            target=ensure_environment, args=("pip", ["a"]), kwargs={"name": "x", "on_progress": say}
        )
        for _ in range(2)
    ]
    workers[0].start()
    assert begun.wait(5)
    workers[1].start()
    for worker in workers:
        worker.join(5)
    assert len(calls) == 1
    assert said == ["installing a in an environment of its own (once)", "x: being installed elsewhere"]


def test_cache_that_cannot_be_written(tmp_path, monkeypatch):
    """A cache folder that cannot be made is told, with the way out."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COGNITO_CONFORMANCE_CACHE", str(tmp_path / "file"))
    with pytest.raises(
        TargetError, match=r"cannot install into .*: Not a directory; set COGNITO_CONFORMANCE_CACHE"
    ):
        ensure_environment("pip", ["a"], name="x")


def test_usual_cache(monkeypatch, tmp_path):
    """Unless the user says otherwise, environments are kept in the user's cache folder."""
    monkeypatch.delenv("COGNITO_CONFORMANCE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "cognito-conformance"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    expected = "Library/Caches" if sys.platform == "darwin" else ".cache"
    assert cache_folder() == tmp_path / expected / "cognito-conformance"
