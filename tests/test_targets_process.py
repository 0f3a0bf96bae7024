"""Started targets: on loopback, with little of our environment, and ended whatever happens."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cognito_conformance.targets import launch, sockets
from cognito_conformance.targets.description import Start
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.launch import PortTakenError, started
from cognito_conformance.targets.plain_http import fetch_json
from cognito_conformance.wire.credentials import Credentials

FAKE = str(Path(__file__).parent / "support" / "fake_emulator.py")
KEYS = Credentials("its-key", "its-secret")
needs_proc = pytest.mark.skipif(not sockets.can_tell(), reason="tells by /proc")


def fake(*words, port="{port}", **options):
    """The start of a fake emulator that behaves as the words say."""
    options = {"ready_path": "/health", "ready_status": 200, **options}
    return Start(("{python}", FAKE, port, *words), **options)


def run(start):
    """The context of a started fake."""
    return started("fake", start, None, KEYS)


def begin(start):
    """Start and stop it."""
    with run(start):
        pass


def is_alive(pid):
    """Whether a process runs (one that only waits to be buried does not)."""
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_for(condition, seconds=5.0):
    """Wait until it is so; whether it came."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_answers_until_the_end():
    """A started target answers at its URL, and is gone with its folder afterwards."""
    with run(fake()) as (process, url):
        assert fetch_json(url + "/health") == {}
        folder = process.folder
        assert folder.is_dir()
    assert not process.alive
    assert not folder.exists()
    with pytest.raises(OSError):
        fetch_json(url + "/health")


def test_files_and_blanks():
    """A target finds its files in its folder, and blanks in words and variables filled in."""
    start = fake(environment={"WHERE": "{dir}/x"}, files={"etc/a.json": '{"b": 1}'})
    with run(start) as (process, url):
        assert (process.folder / "etc" / "a.json").read_text() == '{"b": 1}'
        assert fetch_json(url + "/environment")["WHERE"] == f"{process.folder}/x"


def test_environment_is_not_ours(monkeypatch):
    """A target gets none of the user's variables but the few that everybody needs and those that it asks for; its
    account is the one that we sign for.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "the-users-own")
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    monkeypatch.setenv("WANTED", "yes")
    with run(fake(inherit=("WANTED", "UNSET"))) as (_, url):
        seen = fetch_json(url + "/environment")
    assert seen["AWS_ACCESS_KEY_ID"] == "its-key"
    assert {"AWS_PROFILE", "HTTP_PROXY", "UNSET"}.isdisjoint(seen)
    assert seen["WANTED"] == "yes"


def test_announced_url():
    """A target that chooses its port itself is reached at the URL that it prints."""
    with run(fake("announces", port="0", announces=True)) as (_, url):
        assert fetch_json(url + "/health") == {}


def test_failed_start_shows_the_output():
    """A target that ends while it starts is an error with the end of what it printed, on one line."""
    with pytest.raises(TargetError) as failed:
        begin(fake("fails"))
    assert (
        str(failed.value) == "fake ended while it was starting: about to fail | there is no such table: users"
    )


def test_no_answer_in_time():
    """A target that does not answer in time is an error that says so, and it is stopped."""
    with pytest.raises(TargetError, match=r"did not answer at http\S+/health for 0.5 s: "):
        begin(fake("silent", ready_seconds=0.5))


def test_wrong_answer_in_time():
    """A target that answers, but never as ready, is an error with the status."""
    with run(fake()) as (process, url):
        never = fake(ready_path="/no", ready_seconds=0.05)
        with pytest.raises(TargetError, match=r"fake answered 404 at \S+/no for 0.05 s: it printed nothing"):
            launch._ready("fake", never, process, int(url.rpartition(":")[2]))


def test_announces_nothing():
    """A target that prints no URL is an error."""
    with pytest.raises(TargetError, match=r"printed no URL within 0.5 s"):
        begin(fake(port="0", announces=True, ready_seconds=0.5))


def test_unknown_program():
    """A program that is not there is an error that names it."""
    with pytest.raises(TargetError, match="there is no program 'no-such-emulator' to start"):
        begin(Start(("no-such-emulator",)))


def test_taken_port_is_tried_again():
    """A target that finds its port taken is started again on another, a few times."""
    with pytest.raises(PortTakenError, match="Address already in use"):
        begin(fake("taken"))


@needs_proc
def test_stranger_in_its_place():
    """An answer from a process that is not the target's is not taken for the target's."""
    import http.server
    import threading

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        start = fake("silent", ready_status=None)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("cognito_conformance.targets.launch._free_port", lambda: server.server_address[1])
            with pytest.raises(PortTakenError, match="another process answers"):
                begin(start)
        server.shutdown()


@needs_proc
def test_only_loopback():
    """A target that other machines could reach is stopped at once."""
    with pytest.raises(TargetError, match=r"fake listens at 0\.0\.0\.0 port \d+, where other machines"):
        begin(fake("open"))


@needs_proc
def test_children_end_with_it():
    """What a target has started ends with it."""
    with run(fake("parent")) as (process, _):
        child = int(process.output.tail().split()[-1])
        assert is_alive(child)
    assert wait_for(lambda: not is_alive(child))


def test_stubborn_target(monkeypatch):
    """A target that does not end when told to is killed."""
    monkeypatch.setattr("cognito_conformance.targets.process.GRACE", 0.2)
    with run(fake("stubborn")) as (process, _):
        pass
    assert not process.alive


def test_much_output():
    """A target may print much more than anybody keeps; the end of it is kept."""
    with run(fake("chatty")) as (process, _):
        assert process.output.tail().rstrip(".").endswith("line 019999 ")
        _, printed = process.output.since(0)
        assert printed > 2_000_000
        assert len(process.output.since(0)[0]) <= 512 * 1024


PARENT = """
import sys, time
from cognito_conformance.targets.description import Start
from cognito_conformance.targets.launch import started
from cognito_conformance.wire.credentials import TESTING
start = Start(("{python}", sys.argv[1], "{port}", "parent", *sys.argv[2:]), ready_path="/health")
with started("fake", start, None, TESTING) as (process, url):
    print(process.session, process.folder, process.output.tail().split()[-1], flush=True)
    time.sleep(600)
"""


@needs_proc
@pytest.mark.parametrize(
    ("number", "manners"), [(signal.SIGKILL, []), (signal.SIGKILL, ["stubborn"]), (signal.SIGINT, [])]
)
def test_killed_parent(number, manners):
    """When we are killed, even by `kill -9`, the target ends with everything that it started, and its folder goes.

    A stubborn one is given its two seconds.
    """
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, FAKE, *manners],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        session, folder, child = parent.stdout.readline().split()
        assert len(sockets.members_of(int(session))) >= 3
        os.kill(parent.pid, number)
    assert wait_for(
        lambda: not any(is_alive(pid) for pid in [*sockets.members_of(int(session)), int(child)]), 8
    )
    assert wait_for(lambda: not Path(folder).exists())
