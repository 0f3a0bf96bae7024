"""Whatever an endpoint does wrong ends as one word in the answer, with both clients, and never as an
exception.
"""

import socket
import time

import pytest

from cognito_conformance.wire.answer import MOST
from cognito_conformance.wire.client import connect
from support.wire_servers import OK, http, once, server

HTML = b"<html><body>Internal Server Error</body></html>"
JSON_ERROR = b'{"__type": "NotAuthorizedException", "message": "no"}'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def no_answer(peer):
    """Reads a request and answers nothing until the client has gone."""
    peer.read()
    peer.read()


def no_greeting(peer):
    """Hangs up at once."""


def half_a_body(peer):
    """Begins a body and stops without hanging up."""
    peer.read()
    peer.send(OK[:-1])
    peer.read()


def endless(peer):
    """Sends a body that has no end."""
    peer.read()
    peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        peer.send(b" " * 65536)


WRONG = {
    "silent": (no_answer, "timeout"),
    "stops in the body": (half_a_body, "timeout"),
    "hangs up at once": (no_greeting, "connection closed"),
    "hangs up": (once(b""), "connection closed"),
    "cuts the head": (once(b"HTTP/1.1 200 OK\r\nContent-"), "cut body"),
    "cuts the body": (once(OK[:-1]), "cut body"),
    "cuts a chunk": (once(CHUNKED + b"5\r\n{}"), "cut body"),
    "cuts between chunks": (once(CHUNKED + b"2\r\n{}\r\n"), "cut body"),
    "no HTTP": (once(b"SSH-2.0-OpenSSH_9.6\r\n"), "not HTTP"),
    "endless": (endless, "too large"),
    "large": (once(http(b'{"a": "' + b"x" * (MOST + 1) + b'"}')), "too large"),
    "promises too much": (once(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}"), "cut body"),
    "HTML": (once(http(HTML)), "not JSON"),
    "HTML error": (once(http(HTML, status="500 Oops")), "not JSON"),
    "bad UTF-8": (once(http(b'{"a": "\xff"}')), "not JSON"),
    "list": (once(http(b"[]")), "no JSON object"),
    "deep": (once(http(b'{"a":' * 100_000)), "nested too deep"),
}


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize("fault", WRONG)
def test_each_fault_has_a_word(kind, fault):
    """A fault on the way or in the body is named, and the call comes back in its time."""
    serve, word = WRONG[fault]
    with server(serve) as wrong, connect(kind, wrong.url, timeout=0.3 if word == "timeout" else 5) as client:
        started = time.monotonic()
        answer = client.send("SignUp", {"Username": "u"})
        took = time.monotonic() - started
    if (kind, fault) == ("boto3", "cuts the head"):
        word = None  # http.client takes what it got of a head for the whole of it, and boto3 with it
    assert word == answer.trouble
    assert answer.error is None
    assert took < 3
    assert answer.elapsed <= took


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_nobody_listens(kind):
    """A closed port is a refused connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with connect(kind, f"http://127.0.0.1:{port}", timeout=5) as client:
        answer = client.send("SignUp", {})
    assert (answer.trouble, answer.status, answer.body) == ("connection refused", 0, b"")


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_body_that_is_no_json_keeps_status_headers_and_body(kind):
    """A page of HTML is trouble, but who asks whether the operation is unsupported can read it."""
    with (
        server(once(http(HTML, status="501 No", headers="X-A: 1\r\n"))) as wrong,
        connect(kind, wrong.url, timeout=5) as client,
    ):
        answer = client.send("ListUserPools", {})
    assert (answer.status, answer.headers["x-a"], answer.body) == (501, "1", HTML)


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize(
    "answer",
    [
        http(JSON_ERROR, status="400 Bad Request"),
        b"HTTP/1.1 400 Bad Request\r\n\r\n" + JSON_ERROR,
        b"HTTP/1.0 400 Bad Request\r\nContent-Length: 53\r\n\r\n" + JSON_ERROR,
        b"HTTP/1.1 100 Continue\r\n\r\n" + http(JSON_ERROR, status="400 Bad Request"),
        b"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n35\r\n"
        + JSON_ERROR
        + b"\r\n0\r\nX-T: 1\r\n\r\n",
    ],
    ids=["length", "until the end", "HTTP/1.0", "after 100", "chunks and trailers"],
)
def test_every_framing_of_http_is_read(kind, answer):
    """An answer may be framed by a length, by chunks or by the end of the connection."""
    with server(once(answer)) as right, connect(kind, right.url, timeout=5) as client:
        got = client.send("SignUp", {})
    assert (got.status, got.error, got.message, got.trouble) == (400, "NotAuthorizedException", "no", None)
    assert (JSON_ERROR, "x-t" in got.headers) == (got.body, False)


def test_dripping_answer_is_given_up():
    """The lean client's time is for the whole answer, however busy the server seems."""

    def drip(peer):
        peer.read()
        for byte in OK:
            peer.send(bytes([byte]))
            time.sleep(0.02)

    with server(drip) as slow, connect("lean", slow.url, timeout=0.2) as client:
        answer = client.send("SignUp", {})
    assert answer.trouble == "timeout"
    assert answer.elapsed < 0.5


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_early_refusal_of_a_large_body_is_read(kind):
    """A server may answer before the end of what is too large for it, and hang up."""

    def refuse(peer):
        peer.socket.recv(1024)
        peer.send(http(JSON_ERROR, status="413 Too Large", headers="Connection: close\r\n"))
        peer.socket.shutdown(socket.SHUT_WR)
        while peer.socket.recv(65536):
            pass

    with server(refuse) as picky, connect(kind, picky.url, timeout=5) as client:
        answer = client.send("SignUp", {"Username": "x" * (1 << 20)})
    assert (answer.status, answer.trouble) == (413, None)
