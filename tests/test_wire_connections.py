"""Connections are kept where the server keeps them, and no call is carried out twice."""

import socket
import threading
import time
from contextlib import closing

import pytest

from cognito_conformance.wire.client import connect
from cognito_conformance.wire.connection import Connection
from cognito_conformance.wire.lean import LeanClient
from support.wire_servers import OK, answering, http, once, server


@pytest.fixture
def blind(monkeypatch):
    """The client does not see that an idle connection was closed: the end of the stream crosses its
    request.
    """
    monkeypatch.setattr(Connection, "is_stale", lambda _: False)


def first_then(serve):
    """Serves the first connection so, and the others well."""

    def both(peer):
        (serve if peer.number == 1 else answering(OK))(peer)

    return both


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_connection_is_kept(kind):
    """A server that keeps its connection sees all calls on one."""
    with server(answering(OK)) as keeping, connect(kind, keeping.url, timeout=5) as client:
        for _ in range(3):
            assert client.send("SignUp", {}).output == {}
    assert [request.connection for request in keeping.requests] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize(
    "answer",
    [http(b"{}", headers="Connection: close\r\n"), b"HTTP/1.0 200 OK\r\n\r\n{}"],
    ids=["HTTP/1.1", "HTTP/1.0"],
)
def test_server_that_closes_every_connection(kind, answer):
    """A server may close each connection after its answer."""
    with server(once(answer)) as closing, connect(kind, closing.url, timeout=5) as client:
        for _ in range(3):
            answer = client.send("SignUp", {})
            assert (answer.output, answer.trouble) == ({}, None)
    assert [request.connection for request in closing.requests] == [1, 2, 3]


def test_server_that_closes_every_connection_unannounced():
    """It need not say so: whether the end of the stream comes before or after the next request, that gets
    through.
    """
    with server(once(OK)) as closing, connect("lean", closing.url, timeout=5) as client:
        troubles = [client.send("SignUp", {}).trouble for _ in range(50)]
    assert set(troubles) == {None}
    assert len(closing.requests) == 50


def test_surplus_bytes_end_a_connection():
    """Bytes behind an answer belong to no call: the next one gets a new connection."""
    with server(answering(OK + OK)) as chatty, connect("lean", chatty.url, timeout=5) as client:
        assert [client.send("SignUp", {}).output for _ in range(2)] == [{}, {}]
        client.close()
    assert [request.connection for request in chatty.requests] == [1, 2]


def test_request_that_crossed_the_end_of_the_stream_goes_out_again(blind):
    """A request to a connection that was closed before it came has reached nobody, and is sent anew."""
    with server(first_then(once(OK))) as closing, connect("lean", closing.url, timeout=5) as client:
        client.send("SignUp", {"Username": "first"})
        wait_for_the_end(client)
        assert client.send("SignUp", {"Username": "second"}).trouble is None
    assert [request.connection for request in closing.requests] == [1, 2]


def wait_for_the_end(client):
    """Until the server's end of stream has come over the idle connection."""
    (connection,) = client._idle
    connection._socket.settimeout(5)
    assert connection._socket.recv(1, socket.MSG_PEEK) == b""


def test_it_goes_out_again_once(blind):
    """What goes wrong on the new connection is trouble."""

    def serve(peer):
        peer.read()
        if peer.number == 1:
            peer.send(OK)

    with server(serve) as closing, connect("lean", closing.url, timeout=5) as client:
        client.send("SignUp", {"Username": "first"})
        wait_for_the_end(client)
        assert client.send("SignUp", {"Username": "second"}).trouble == "connection closed"
    assert len(closing.requests) == 2


def test_request_that_was_read_is_never_sent_again():
    """A server that reads a request and hangs up may have carried it out: that is trouble."""

    def serve(peer):
        peer.read()
        peer.send(OK)
        peer.read()

    with server(first_then(serve)) as closing, connect("lean", closing.url, timeout=5) as client:
        client.send("SignUp", {"Username": "first"})
        assert client.send("SignUp", {"Username": "second"}).trouble == "connection closed"
        assert client.send("SignUp", {"Username": "third"}).trouble is None
        assert client.resent == 0
    assert [request.body.split(b'"')[3] for request in closing.requests] == [b"first", b"second", b"third"]


def test_reset_with_bytes_unread_goes_out_again():
    """A reset says that the server has dropped what it had not read, and so it is sent anew; `resent`
    tells.
    """

    def serve(peer):
        peer.read()
        peer.send(OK)
        assert peer.socket.recv(1)
        # Closing now, with the rest unread, resets the connection.

    with server(first_then(serve)) as closing, connect("lean", closing.url, timeout=5) as client:
        client.send("SignUp", {"Username": "first"})
        assert client.send("SignUp", {"Username": "second"}).trouble is None
        assert client.resent == 1
    assert [request.connection for request in closing.requests] == [1, 2]


def test_reset_of_a_new_connection_is_trouble():
    """What no connection has carried an answer before may not be sent again."""

    def serve(peer):
        assert peer.socket.recv(1)

    with server(serve) as closing, connect("lean", closing.url, timeout=5) as client:
        assert client.send("SignUp", {}).trouble == "connection closed"
        assert client.resent == 0


def test_boto3_does_not_try_again():
    """boto3's own retries are off: one call, one request."""
    answer = http(b'{"__type": "TooManyRequestsException"}', status="400 Bad Request")
    with server(answering(answer)) as busy, connect("boto3", busy.url, timeout=5) as client:
        assert client.send("SignUp", {}).error == "TooManyRequestsException"
    answer = http(b"{}", status="500 Oops")
    with server(answering(answer)) as broken, connect("boto3", broken.url, timeout=5) as client:
        assert client.send("SignUp", {}).error == "HTTP 500"
    assert (len(busy.requests), len(broken.requests)) == (1, 1)


def test_threads_share_a_client():
    """Calls of many threads at once each get their own answer."""

    def echo(peer):
        while True:
            peer.send(http(peer.read().body))

    wrong = []

    def calls(client, name):
        for index in range(20):
            params = {"Username": f"{name}-{index}"}
            if client.send("SignUp", params).output != params:
                wrong.append(params)

    with server(echo) as echoing, connect("lean", echoing.url, timeout=5) as client:
        threads = [threading.Thread(target=calls, args=(client, name)) for name in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert len(echoing.requests) == 120
    assert isinstance(client, LeanClient)


def test_request_is_under_way_before_the_answer_is_asked_for():
    """A call can be begun, and its answer read later."""
    came = threading.Event()

    def serve(peer):
        peer.read()
        came.set()
        peer.send(OK)

    with (
        server(serve) as waiting,
        LeanClient(waiting.url, timeout=5) as client,
        closing(client.begin("SignUp", {})) as call,
    ):
        assert came.wait(5)
        assert call.answer().output == {}
    assert len(waiting.requests) == 1


def test_answer_that_came_in_time_is_read_however_late():
    """Whoever had something else to do finds the answer that came meanwhile; only what has not come is missing."""
    answers = []
    for sent in (OK, OK[:-1]):
        with (
            server(answering(sent)) as late,
            LeanClient(late.url, timeout=0.2) as client,
            closing(client.begin("SignUp", {})) as call,
        ):
            time.sleep(0.4)
            answers.append(call.answer())
    assert [(answer.output, answer.trouble) for answer in answers] == [({}, None), (None, "timeout")]


def test_call_that_is_given_up_leaves_no_connection():
    """A connection whose answer was not read carries no other call."""
    with server(answering(OK)) as keeping, LeanClient(keeping.url, timeout=5) as client:
        with closing(client.begin("SignUp", {})):
            pass
        assert client.send("SignUp", {}).output == {}
    assert [request.connection for request in keeping.requests][-1] == 2
