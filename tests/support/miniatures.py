"""Tiny targets that are wrong in one thing each: the reference service on loopback, and what its name says is spoilt."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator

from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.server import wire
from cognito_conformance.server.app import App
from cognito_conformance.server.core import Reference
from cognito_conformance.server.wire import HttpAnswer
from support.wire_servers import Peer, Received, server

MARKUP = "<script>alert('spoilt')</script><img src=x onerror=alert(1)>"
MEGABYTES = 9
"""More than a client reads of one answer."""


class Miniature:
    """A faithful target; its children spoil one thing. `calls` counts the requests to the API, the probe too."""

    mutation: Mutation | None = None

    def __init__(self) -> None:
        self.reference = (
            Reference(seed=1) if self.mutation is None else MutantReference(self.mutation, seed=1)
        )
        self.app = App(self.reference)
        self.calls = 0
        self.url = ""

    def serve(self, peer: Peer) -> None:
        """Answer one connection's requests until somebody hangs up."""
        while True:
            request = peer.read()
            operation = operation_of(request)
            self.calls += operation is not None
            answer = self.answer(request)
            peer.send(as_bytes(answer if operation is None else self.spoilt(operation, request, answer)))

    def answer(self, request: Received) -> HttpAnswer:
        """What a faithful target answers."""
        method, path, _ = request.line.split(" ")
        headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.items()
        ]
        return self.app.route(method, path, headers, request.body)

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        """What this target makes of the answer to an API call."""
        return answer


class AcceptsTakenNames(Miniature):
    """Signs a person up under a username that another has."""

    mutation = Mutation(Fault.GUARD_DROPPED, "SignUp", "sign-up/username-is-free")


class ForgetsDisable(Miniature):
    """Answers AdminDisableUser well and leaves the user enabled."""

    mutation = Mutation(Fault.EFFECT_LOST, "AdminDisableUser", "admin-users/disables", "enabled")


class DropsAListPage(Miniature):
    """ListUsers gives the first page and no token for the others."""

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        if operation != "ListUsers" or answer.status != 200:
            return answer
        members = json.loads(answer.body)
        members.pop("PaginationToken", None)
        return wire.answer(members)


class FailsOnThirdCall(Miniature):
    """The third call about a pool is done and then answered with a server fault."""

    def __init__(self) -> None:
        super().__init__()
        self.of_pool: Counter[str] = Counter()

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        params = json.loads(request.body or b"{}")
        if "UserPoolId" not in params:
            return answer
        pool = repr(params["UserPoolId"])  # which may be anything
        self.of_pool[pool] += 1
        if self.of_pool[pool] != 3:
            return answer
        return wire.error("InternalErrorException", "It is the third call.", 500)


class FailsOnce(Miniature):
    """One single call, the twentieth, is answered with a server fault; it never happens again."""

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        return wire.error("InternalErrorException", "Out of luck.", 500) if self.calls == 20 else answer


class NeverAnswers(Miniature):
    """Answers the first call, by which the suite learns that it is there, and is silent from then on."""

    def serve(self, peer: Peer) -> None:
        while True:
            request = peer.read()
            self.calls += operation_of(request) is not None
            if self.calls == 1:
                peer.send(as_bytes(self.answer(request)))


class AnswersHtml(Miniature):
    """Answers everything with a page, as a proxy in front of a dead service does."""

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        body = f"<html><body>{MARKUP}</body></html>".encode()
        return HttpAnswer(200, (("Content-Type", "text/html"), ("Content-Length", str(len(body)))), body)


class CrashesOnRefusals(Miniature):
    """Shows a crash page, as a web framework does, where AdminGetUser has to refuse."""

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        if operation != "AdminGetUser" or answer.status == 200:
            return answer
        body = f"<html><title>500 Internal Server Error</title>{MARKUP}</html>".encode()
        return HttpAnswer(500, (("Content-Type", "text/html"), ("Content-Length", str(len(body)))), body)


class CutsTheBody(Miniature):
    """Hangs up in the middle of every answer of AdminGetUser."""

    def serve(self, peer: Peer) -> None:
        while True:
            request = peer.read()
            operation = operation_of(request)
            self.calls += operation is not None
            whole = as_bytes(self.answer(request))
            if operation == "AdminGetUser":
                peer.send(whole[:-10])
                return
            peer.send(whole)


class TalksMegabytes(Miniature):
    """Answers AdminGetUser with megabytes of JSON."""

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        if operation != "AdminGetUser":
            return answer
        return wire.answer({"Username": "a" * (MEGABYTES * 1024 * 1024)})


class PutsMarkupInMessages(Miniature):
    """Every refusal's message is a script for the browser of whoever reads the report."""

    def spoilt(self, operation: str, request: Received, answer: HttpAnswer) -> HttpAnswer:
        if answer.status != 400:
            return answer
        return wire.error(json.loads(answer.body)["__type"], MARKUP)


def operation_of(request: Received) -> str | None:
    """The operation that a request is for, None where it is not for the API."""
    return request.headers["X-Amz-Target"].rpartition(".")[2] if "X-Amz-Target" in request.headers else None


def as_bytes(answer: HttpAnswer) -> bytes:
    """An answer as it goes over the wire."""
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    return f"HTTP/1.1 {answer.status} Whatever\r\n{head}\r\n".encode("latin-1") + answer.body


@contextlib.contextmanager
def running(kind: type[Miniature]) -> Iterator[Miniature]:
    """A miniature on a free loopback port, in threads that end with it."""
    target = kind()
    with server(target.serve) as listening:
        target.url = listening.url
        target.reference.base_url = listening.url
        yield target
