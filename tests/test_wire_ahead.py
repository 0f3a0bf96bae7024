"""A connection is made ahead where the server ends each, and it is in nobody's way."""

import socket
import threading
import time

import pytest

from cognito_conformance.wire import lean
from cognito_conformance.wire.connection import Connection
from cognito_conformance.wire.lean import CLOSES, LeanClient
from support.wire_servers import OK, answering, http, once, server

CLOSING = http(b"{}", headers="Connection: close\r\n")


def noting(serve, came):
    """Serves so, and notes each connection as it comes."""

    def both(peer):
        came.append(peer.number)
        serve(peer)

    return both


def soon(is_so) -> bool:
    """Whether something comes to be so."""
    ends = time.monotonic() + 5
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.01)
    return is_so()


def test_connection_for_the_next_call_is_made_while_an_answer_is_awaited():
    """Once a server has ended a few connections the next is there before its call."""
    came = []
    with server(noting(once(CLOSING), came)) as closing, LeanClient(closing.url, ahead=True) as client:
        for _ in range(CLOSES):
            assert client.send("SignUp", {}).output == {}
        assert soon(lambda: len(came) == CLOSES)
        for calls in range(CLOSES + 1, CLOSES + 4):
            assert client.send("SignUp", {}).output == {}
            assert soon(lambda calls=calls: len(came) == calls + 1)
    assert [request.connection for request in closing.requests] == list(range(1, CLOSES + 4))


@pytest.mark.parametrize(
    ("serve", "ahead"), [(answering(OK), True), (once(CLOSING), False)], ids=["kept", "not asked for"]
)
def test_no_connection_is_made_ahead_without_need(serve, ahead):
    """Not where a server keeps its connections, nor where others may use it."""
    came = []
    with server(noting(serve, came)) as serving, LeanClient(serving.url, ahead=ahead) as client:
        for _ in range(CLOSES + 3):
            client.send("SignUp", {})
        time.sleep(0.05)
        assert len(came) == len({request.connection for request in serving.requests})


def served(client, calls):
    """The troubles of so many calls."""
    return [client.send("SignUp", {}).trouble for _ in range(calls)]


def test_connection_that_the_server_gave_up_is_not_used():
    """A connection that was made ahead and ended before its call costs nothing."""

    def impatient(peer):
        if peer.number == CLOSES + 2:
            return
        peer.read()
        peer.send(CLOSING)

    with server(impatient) as closing, LeanClient(closing.url, ahead=True) as client:
        assert served(client, CLOSES + 1) == [None] * (CLOSES + 1)
        assert soon(client._spare[1].is_stale)
        assert served(client, 1) == [None]
    assert [request.connection for request in closing.requests][-1] == CLOSES + 3


def test_connection_that_lay_idle_for_long_is_not_used(monkeypatch):
    """Who knows whether the server still attends to it."""
    with server(once(CLOSING)) as closing, LeanClient(closing.url, ahead=True) as client:
        assert served(client, CLOSES + 1) == [None] * (CLOSES + 1)
        monkeypatch.setattr(lean, "FRESH", 0.0)
        assert served(client, 1) == [None]
    assert [request.connection for request in closing.requests][-1] == CLOSES + 3


def test_request_over_it_is_never_sent_again(monkeypatch):
    """What goes wrong on a connection that has carried no answer is trouble."""
    monkeypatch.setattr(Connection, "is_stale", lambda _: False)

    def impatient(peer):
        if peer.number != CLOSES + 2:
            once(CLOSING)(peer)

    with server(impatient) as closing, LeanClient(closing.url, ahead=True) as client:
        assert served(client, CLOSES + 2) == [None] * (CLOSES + 1) + ["connection closed"]
        assert client.resent == 0
        assert served(client, 1) == [None]
    assert len(closing.requests) == CLOSES + 2


def test_server_with_one_connection_at_a_time_waits_at_none():
    """A server that attends to its connections one by one answers all calls, and others once the client rests."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def attend():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                if connection.recv(65536):
                    connection.sendall(CLOSING)

    thread = threading.Thread(target=attend, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with LeanClient(url, ahead=True, timeout=5) as client, LeanClient(url, timeout=5) as other:
        assert served(client, CLOSES + 5) == [None] * (CLOSES + 5)
        client.rest()
        assert served(other, 2) == [None] * 2
        assert served(client, 3) == [None] * 3
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)
