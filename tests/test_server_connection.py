"""The reference server's HTTP: whatever a client does on a connection, each request gets its answer."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import asdict

import pytest

from cognito_conformance.server import wire
from cognito_conformance.server.connection import MOST_HEAD, HttpRequest, listen, run
from cognito_conformance.server.wire import HttpAnswer
from cognito_conformance.wire.reply import Reply

HEAD = "POST / HTTP/1.1\r\nHost: h\r\n"


def echo(request: HttpRequest) -> HttpAnswer:
    """What was understood of the request; one path fails."""
    if request.path == "/fails":
        raise RuntimeError("on purpose")
    body = json.dumps({**asdict(request), "body": request.body.decode("latin-1")}).encode()
    return HttpAnswer(200, (("Content-Length", str(len(body))),), body)


@pytest.fixture(scope="module")
def port():
    """A server that answers with what it understood."""
    listener, url = listen("127.0.0.1", 0)
    thread = threading.Thread(target=run, args=(listener, echo))
    thread.start()
    yield int(url.rsplit(":", 1)[1])
    listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    listener.close()


class Caller:
    """A client that sends bytes as they are."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.rest = b""

    def send(self, *parts: bytes | str) -> None:
        """Send these, each in a piece of its own."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in parts:
            self.socket.sendall(part if isinstance(part, bytes) else part.encode("latin-1"))

    def read(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the next answer, which has a length."""
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        reply = Reply()
        reply.feed(head + b"\r\n\r\n")
        length = int(reply.headers.get("content-length", 0))
        while len(self.rest) < length:
            self._more()
        body, self.rest = self.rest[:length], self.rest[length:]
        return reply.status, reply.headers, body

    def understood(self) -> dict[str, str]:
        """What the next answer says of its request."""
        status, _, body = self.read()
        assert status == 200
        return json.loads(body)

    def ended(self) -> bool:
        """Whether the server has hung up, and said nothing more before."""
        return self.rest == b"" and self.socket.recv(1) == b""

    def _more(self) -> None:
        data = self.socket.recv(65536)
        assert data, "the server has hung up"
        self.rest += data


@pytest.fixture
def caller(port):
    """A connection to the server."""
    caller = Caller(port)
    yield caller
    caller.socket.close()


def test_requests_in_a_row(caller):
    """A connection carries one request after another, also those that were sent before the first was answered."""
    caller.send("".join(f"{HEAD}N: {n}\r\nContent-Length: 1\r\n\r\n{n}" for n in range(5)))
    for number in range(5):
        request = caller.understood()
        assert (request["headers"]["n"], request["body"]) == (str(number), str(number))


def test_request_in_pieces(caller):
    """It does not matter how a request is cut into pieces."""
    whole = f"{HEAD}X-Long-Name: a value\r\nContent-Length: 4\r\n\r\nbody"
    caller.send(*whole)
    request = caller.understood()
    assert (request["headers"]["x-long-name"], request["body"]) == ("a value", "body")


def test_chunked_body(caller):
    """A body may come in chunks."""
    caller.send(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n", "3\r\nabc\r\n", "2\r\nde\r\n0\r\n\r\n")
    assert caller.understood()["body"] == "abcde"


def test_path_and_query(caller):
    """The path is decoded, and the query is left as it is."""
    caller.send("GET /a%20b/c?x=%20&y HTTP/1.1\r\nHost: h\r\n\r\n")
    request = caller.understood()
    assert (request["method"], request["path"], request["query"]) == ("GET", "/a b/c", "x=%20&y")


@pytest.mark.parametrize(("version", "header"), [("1.1", "Connection: close\r\n"), ("1.0", "")])
def test_the_client_ends_the_connection(caller, version, header):
    """Whoever wants no other answer is hung up on after the first, and told so."""
    caller.send(f"GET / HTTP/{version}\r\n{header}\r\n")
    status, headers, _ = caller.read()
    assert (status, headers["connection"]) == (200, "close")
    assert caller.ended()


def test_head_has_no_body(caller):
    """An answer to HEAD has the length of a body, and none."""
    caller.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
    while not caller.rest.endswith(b"\r\n\r\n"):
        caller.rest += caller.socket.recv(65536)
    assert b"Content-Length: " in caller.rest
    caller.rest = b""
    caller.send(f"{HEAD}\r\n")
    assert caller.understood()["method"] == "POST"


def test_the_client_asks_before_it_sends(caller):
    """A client that waits for a word before it sends a body gets it."""
    caller.send(f"{HEAD}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    assert caller.read()[0] == 100
    caller.send("ok")
    assert caller.understood()["body"] == "ok"


def test_body_too_large(caller):
    """A body that is too large is refused at once, and the connection goes on with the next request."""
    size = wire.MAX_BODY + 300_000
    caller.send(f"{HEAD}Content-Length: {size}\r\n\r\n", b"a" * (wire.MAX_BODY + 1))
    status, headers, _ = caller.read()
    assert (status, headers["x-amzn-errortype"]) == (413, "SerializationException:")
    caller.send(b"a" * (size - wire.MAX_BODY - 1), f"{HEAD}Content-Length: 3\r\n\r\nyes")
    assert caller.understood()["body"] == "yes"


@pytest.mark.parametrize("text", ["\x16\x03\x01\x02 hello\r\n\r\n", "GET\r\n\r\n", f"{HEAD}a b c\r\n\r\n"])
def test_no_http(caller, text):
    """What is no HTTP is refused, and the connection ends."""
    caller.send(text)
    status, headers, _ = caller.read()
    assert (status, headers["connection"]) == (400, "close")
    assert caller.ended()


def test_headers_too_large(caller):
    """Headers that are too large are refused before they end."""
    caller.send(HEAD, "X: ")
    for _ in range(10):
        caller.send("a" * MOST_HEAD)
    assert caller.read()[0] == 431
    assert caller.ended()


def test_another_protocol(caller):
    """A client that offers to go on in another protocol is answered in this one, and hung up on."""
    caller.send("GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
    assert caller.understood()["path"] == "/a"
    assert caller.ended()


def test_a_failure_is_an_answer(caller, caplog):
    """Where answering fails the client gets a server fault, and the next request its answer."""
    caller.send("POST /fails HTTP/1.1\r\nHost: h\r\n\r\n", f"{HEAD}\r\n")
    assert caller.read()[0] == 500
    assert caller.understood()["path"] == "/"
    assert "on purpose" in caplog.text


def test_answers_are_dated(caller):
    """Answers have a date, which some SDKs set their clocks by."""
    caller.send(f"{HEAD}\r\n")
    assert caller.read()[1]["date"].endswith(" GMT")


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 1)], ids=str)
def test_the_server_is_told_to_end(how, code):
    """SIGTERM ends the server as it should, and Ctrl-C as an interrupt, while a client is connected."""
    # Whoever starts the tests in the background may have had interrupts ignored in all that comes of it.
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import cognito_conformance.cli as c; c.main()"
    words = [sys.executable, "-c", program, "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip()
            caller = Caller(int(url.rsplit(":", 1)[1]))
            caller.send("GET /_reference/messages HTTP/1.1\r\nHost: h\r\n\r\n")
            assert caller.read()[0] == 200
            process.send_signal(how)
            _, said = process.communicate(timeout=20)
        finally:
            process.kill()
        caller.socket.close()
    assert (process.returncode, "Traceback" in said) == (code, False)
