"""A target's mailbox: its inboxes asked in turn, with what the model knows of a message."""

import dataclasses
import importlib.metadata

import pytest

from cognito_conformance.targets import TargetError, resolve
from cognito_conformance.targets.inbox import GROUP, Place
from cognito_conformance.targets.mailbox import Mailbox
from cognito_conformance.wire.answer import Answer
from cognito_model.terms import Fresh
from cognito_model.world import Message

PLACE = Place("http://127.0.0.1:1")


def message(purpose):
    """A message of the model's to a user."""
    return Message(
        Fresh("Message", 3), purpose, "EMAIL", "email", "ann@example.com", 0.0, Fresh("PoolId", 1), "ann"
    )


class Broken:
    """An inbox with a fault."""

    def code(self, to):
        raise KeyError(to.username)


class Told:
    """An inbox that keeps what it is asked."""

    def __init__(self):
        self.asked = []

    def code(self, to):
        self.asked.append(to)
        return f"code for {to.username}"


def test_moto():
    """Of moto, the code of ForgotPassword is in a header, any other code is as good, and invitations are not seen."""
    mailbox = Mailbox.of(resolve("moto"), PLACE)
    answer = Answer(
        200, {"x-moto-forgot-password-confirmation-code": "moto-confirmation-code:1"}, b"", 0.0, {}
    )
    assert mailbox.code(message("forgot-password"), "ann", "pool", answer) == "moto-confirmation-code:1"
    assert mailbox.code(message("verify:email"), "ann", "pool", answer) == "123456"
    assert mailbox.code(message("invitation"), "ann", "pool", answer) is None


def test_a_broken_inbox_blocks():
    """An inbox that fails counts as one that cannot read the message; what happened is kept."""
    told = Told()
    mailbox = Mailbox([Broken(), told])
    assert mailbox.code(message("mfa"), "ann", "pool", None) == "code for ann"
    assert mailbox.problem == "Broken: KeyError: 'ann'"
    assert (told.asked[0].purpose, told.asked[0].pool_id, told.asked[0].destination) == (
        "mfa",
        "pool",
        "ann@example.com",
    )
    assert Mailbox([Broken()]).code(message("mfa"), "ann", "pool", None) is None


def test_unbound_destination():
    """A destination that only the target knows is left out."""
    told = Told()
    sent = dataclasses.replace(message("mfa"), destination=Fresh("Sub", 1))
    Mailbox([told]).code(sent, "ann", "pool", None)
    assert told.asked[0].destination is None


def test_plug_in(monkeypatch):
    """A kind that is not ours is looked for among the plug-ins, which are given the options and the place."""

    class Found:
        def load(self):
            return self.make

        def make(self, options, place):
            assert (options.text("server"), place.endpoint) == ("imap", "http://127.0.0.1:1")
            return Told()

    def entry_points(*, group, name):
        return [Found()] if (group, name) == (GROUP, "imap") else []

    monkeypatch.setattr("cognito_conformance.targets.inbox.entry_points", entry_points)
    assert importlib.metadata.entry_points is not entry_points
    described = dataclasses.replace(resolve("moto"), inboxes=({"kind": "imap", "server": "imap"},))
    assert Mailbox.of(described, PLACE).code(message("otp"), "ann", "pool", None) == "code for ann"
    with pytest.raises(TargetError, match="there is no 'port' here"):
        Mailbox.of(
            dataclasses.replace(resolve("moto"), inboxes=({"kind": "imap", "server": "imap", "port": 1},)),
            PLACE,
        )


def test_script_of_several_inboxes():
    """A script asks several inboxes in turn, as the mailbox does."""
    source = Mailbox.of(resolve("moto"), PLACE).code_source
    namespace = {}
    exec(f"def sent_code(answer, purpose, username, pool):\n{source}", namespace)  # noqa: S102 - our own text
    headers = {"x-moto-forgot-password-confirmation-code": "moto-confirmation-code:1"}
    answer = {"ResponseMetadata": {"HTTPHeaders": headers}}
    codes = [
        namespace["sent_code"](answer, purpose, "ann", "p")
        for purpose in ("forgot-password", "verify:email", "invitation")
    ]
    assert codes == ["moto-confirmation-code:1", "123456", None]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("moto", "x-moto-forgot-password-confirmation-code"),
        ("ministack", "654321"),
        ("reference", "/_reference/messages"),
        ("cognito-local", "input("),
        ("aws-emulator", "input("),
    ],
)
def test_scripts(name, text):
    """A script to copy reads codes as the target shows them, or asks for them."""
    assert text in Mailbox.of(resolve(name), PLACE).code_source
