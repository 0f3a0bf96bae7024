"""Secrets stay out of everything that is printed."""

import traceback

import pytest

from cognito_conformance.wire.client import connect
from cognito_conformance.wire.credentials import Credentials
from cognito_conformance.wire.signing import Signer

SECRETS = ("AKIDEXAMPLE", "wJalrXUtnFEMI", "session-token")


def test_credentials_hide():
    """Neither repr nor a formatted string of credentials has any of them."""
    credentials = Credentials(*SECRETS)
    shown = f"{credentials} {credentials!r} {[credentials]}"
    assert not any(secret in shown for secret in SECRETS)


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_clients_hide(kind):
    """A client shows where it sends to, and not as whom."""
    with connect(kind, "http://127.0.0.1:1", credentials=Credentials(*SECRETS)) as client:
        shown = f"{client!r} {Signer('http://127.0.0.1:1', 'r', Credentials(*SECRETS))!r}"
        try:
            client.send("SignUp", {"Username": object()})
        except TypeError:
            shown += traceback.format_exc()
        shown += repr(client.send("ListUserPools", {}))
    assert "http://127.0.0.1:1" in shown
    assert not any(secret in shown for secret in SECRETS)
