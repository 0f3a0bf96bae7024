"""What may be done while an answer is awaited is done then."""

import threading
from types import SimpleNamespace

from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.wire.lean import LeanClient
from support.wire_servers import OK, server


def test_deferred_work_is_done_while_the_target_works():
    """It is done once, when the request is with the target and the answer is not there yet."""
    came, done = threading.Event(), threading.Event()

    def serve(peer):
        while True:
            peer.read()
            came.set()
            assert done.wait(5)
            peer.send(OK)

    def work():
        assert came.wait(5)
        assert not done.is_set()
        done.set()

    with server(serve) as waiting, LeanClient(waiting.url, timeout=5) as client:
        endpoint = TargetEndpoint(None, client, Budget(2))
        endpoint.defer(work)
        assert [endpoint.send("SignUp", {}).output for _ in range(2)] == [{}, {}]


def test_work_that_is_called_off_is_not_done():
    """A call that was not sent after all leaves nothing to be done by the next."""
    endpoint = TargetEndpoint(None, SimpleNamespace(send=lambda *_, **__: None), Budget(1))
    endpoint.defer(lambda: 1 / 0)
    endpoint.defer(None)
    endpoint.send("SignUp", {})


def test_nothing_lies_idle_while_the_target_is_asked_for_something_else():
    """Before a code is read the client rests: a server may attend to one connection at a time."""
    with LeanClient("http://127.0.0.1:1") as client:
        client._spare = 0.0, SimpleNamespace(close=lambda: None)
        inbox = SimpleNamespace(code=lambda *_: "1" if client._spare is None else None)
        endpoint = TargetEndpoint(SimpleNamespace(inbox=inbox), client, Budget(1))
        assert endpoint.read_code(None, "u", "p", None) == "1"
