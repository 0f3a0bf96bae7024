"""A public client, pycognito, as an independent witness of both sides."""

from datetime import UTC, datetime

import pytest
from pycognito.aws_srp import AWSSRP, generate_hash_device

from cognito_conformance.crypto import srp
from cognito_conformance.crypto.secret_hash import secret_hash
from cognito_conformance.crypto.srp import (
    ClientExchange,
    DeviceSecretVerifierConfig,
    Identity,
    ServerExchange,
)

POOL = "eu-west-2_eYpv1mFHB"
USER = "a2c2e290-6d0f-4a08-a5ca-f0162935f3a6"
GROUP, DEVICE = "-FDRunwQv", "eu-west-2_627477ae-3631-4248-bed9-d2e934100372"
SALTS = [0x1, 0x7F, 0x80, 0xD1C1181916AFC59EFE7EB71674D627C, 0xBAF4431CDAA37C04C0D655A99F5E9B9B]
BLOCK = "gn7F/ENIPPk/KZ7P2xYr4S0pZhCn29Y0nxXBtEPEc8Q="


def witness(password="Qwerty1!", **more):
    """pycognito's client, which needs no boto3 client for its arithmetic."""
    return AWSSRP("ann", password, POOL, "client", client=object(), client_secret="s3cret", **more)


def asked(server, salt, **more):
    return {"SRP_B": server.B_hex, "SALT": srp.salt_hex(salt), "SECRET_BLOCK": BLOCK, **more}


@pytest.mark.parametrize("salt", SALTS, ids=hex)
def test_our_server_accepts_pycognito(salt):
    """pycognito's answer to PASSWORD_VERIFIER is the expected one, with a wrong password it is not."""
    who = Identity.user(POOL, USER)
    server = ServerExchange(3**150, srp.verifier(who, "Qwerty1!", salt), who)
    for password, right in (("Qwerty1!", True), ("qwerty1!", False)):
        client = witness(password)
        sent = client.get_auth_params()
        answer = client.process_challenge(asked(server, salt, USERNAME="ann", USER_ID_FOR_SRP=USER), sent)
        signature = answer["PASSWORD_CLAIM_SIGNATURE"]
        assert right == server.accepts(sent["SRP_A"], BLOCK, answer["TIMESTAMP"], signature)


@pytest.mark.parametrize("salt", SALTS, ids=hex)
def test_our_client_agrees_with_pycognito(salt):
    """With the same `a`, both clients send the same SRP_A and derive the same key."""
    ours, theirs = ClientExchange(7**91), witness()
    theirs.small_a_value, theirs.large_a_value = ours.a, ours.A
    server = ServerExchange(3**150, 5**300, Identity.user(POOL, USER))
    assert theirs.get_auth_params()["SRP_A"] == ours.A_hex
    key = theirs.get_password_authentication_key(USER, "Qwerty1!", server.B, srp.salt_hex(salt))
    assert key == ours.key(asked(server, salt), Identity.user(POOL, USER), "Qwerty1!")


def test_our_server_accepts_a_device_of_pycognito():
    """A device that pycognito confirms and signs for is accepted, and its verifier is what we compute."""
    password, config = generate_hash_device(GROUP, DEVICE)
    who = Identity.device(GROUP, DEVICE)
    kept, salt = DeviceSecretVerifierConfig(**config).numbers()
    assert kept == srp.verifier(who, password, salt)
    server = ServerExchange(3**150, kept, who)
    client = witness(device_key=DEVICE, device_group_key=GROUP, device_password=password)
    answer = client.process_device_challenge(asked(server, salt, USERNAME=USER))
    assert server.accepts(
        client.get_auth_params()["SRP_A"], BLOCK, answer["TIMESTAMP"], answer["PASSWORD_CLAIM_SIGNATURE"]
    )


def test_timestamp_is_pycognitos():
    """TIMESTAMP is written alike, on days of one digit and of two."""
    for day in (1, 9, 10, 28):
        moment = datetime(2026, 2, day, 3, 4, 5, tzinfo=UTC)
        assert witness().get_cognito_formatted_timestamp(moment) == srp.timestamp(moment.timestamp())


def test_secret_hash_is_pycognitos():
    """SECRET_HASH is the same for names outside ASCII too."""
    for name in ("ann", "Zoë", "ann@example.com"):
        assert AWSSRP.get_secret_hash(name, "client", "s3cret") == secret_hash(name, "client", "s3cret")
