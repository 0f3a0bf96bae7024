"""SRP: both sides against each other, what is refused, and the formats."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cognito_conformance.crypto import srp, srp_math
from cognito_conformance.crypto.srp import (
    ClientExchange,
    DeviceSecretVerifierConfig,
    Identity,
    ServerExchange,
)

USER = Identity.user("us-east-1_AbC123xyz", "3f1c0c52-7d0a-4c7e-9d3e-0b1d5a6f7e89")
SALT = 0xB500230B52A231A0636D35EFFA6792D6
PASSWORD = "Passw0rd!é"
CLIENT = ClientExchange(3**160)
SERVER = ServerExchange(5**110, srp.verifier(USER, PASSWORD, SALT), USER)
AT = srp.timestamp(1_725_595_509)
CHALLENGE = {"SRP_B": SERVER.B_hex, "SALT": srp.salt_hex(SALT), "SECRET_BLOCK": "c2VjcmV0IGJsb2Nr"}


def test_the_right_password_is_accepted():
    """A server that holds only a verifier accepts the claim of a client that knows the password."""
    claim = CLIENT.claim(CHALLENGE, USER, PASSWORD, AT)
    assert SERVER.accepts(CLIENT.A_hex, CHALLENGE["SECRET_BLOCK"], AT, claim)


@pytest.mark.parametrize(
    ("name", "identity", "password", "challenge", "at"),
    [
        ("password", USER, "Passw0rd!e", CHALLENGE, AT),
        ("alias instead of user id", Identity(USER.realm, "ann@example.com"), PASSWORD, CHALLENGE, AT),
        ("whole pool id", Identity("us-east-1_AbC123xyz", USER.name), PASSWORD, CHALLENGE, AT),
        ("salt", USER, PASSWORD, {**CHALLENGE, "SALT": "1"}, AT),
        ("secret block", USER, PASSWORD, {**CHALLENGE, "SECRET_BLOCK": "b3RoZXI="}, AT),
        ("timestamp", USER, PASSWORD, CHALLENGE, srp.timestamp(1_725_595_510)),
        ("B", USER, PASSWORD, {**CHALLENGE, "SRP_B": "2"}, AT),
    ],
)
def test_any_wrong_part_is_refused(name, identity, password, challenge, at):
    """A claim made with one wrong part is not the expected one."""
    claim = CLIENT.claim(challenge, identity, password, at)
    assert not SERVER.accepts(CLIENT.A_hex, CHALLENGE["SECRET_BLOCK"], AT, claim), name


def test_a_device_proves_its_password_to_what_it_confirmed():
    """A server that holds only DeviceSecretVerifierConfig accepts the device's claim."""
    device = Identity.device("-FDR_nwQv", "us-east-1_627477ae-3631-4248-bed9-d2e934100372")
    kept, salt = srp.device_secrets(device, "secret", SALT).numbers()
    server = ServerExchange(7**90, kept, device)
    asked = {"SRP_B": server.B_hex, "SALT": srp.salt_hex(salt), "SECRET_BLOCK": "Yg=="}
    assert server.accepts(CLIENT.A_hex, "Yg==", AT, CLIENT.claim(asked, device, "secret", AT))
    assert not server.accepts(CLIENT.A_hex, "Yg==", AT, CLIENT.claim(asked, device, "other", AT))


@given(st.integers(min_value=1, max_value=1 << 128), st.integers(min_value=1), st.integers(min_value=1))
def test_device_secrets_survive_their_encoding(salt, verifier, other):
    """Numbers come out of DeviceSecretVerifierConfig as they went in, whatever their top bit."""
    assert (verifier, salt) == DeviceSecretVerifierConfig.of(verifier, salt).numbers()
    assert DeviceSecretVerifierConfig.of(verifier, salt) != DeviceSecretVerifierConfig.of(
        verifier, salt + other
    )


@given(st.integers())
def test_pad_is_minimal_and_signed(number):
    """Padded bytes read as two's complement give the number back, and no shorter bytes do."""
    padded = srp_math.pad(number)
    assert number == int.from_bytes(padded, "big", signed=True)
    assert len(padded) == 1 or number != int.from_bytes(padded[1:], "big", signed=True)


@pytest.mark.parametrize("text", ["", "xyz", "-1", "+1", "0x1", "1_0", " 1", "1\n", "\u0661"])
def test_only_plain_hex_is_a_public_value(text):
    """What Python's `int` would read beyond hex digits is refused by either side."""
    with pytest.raises(srp.NotHex):
        SERVER.expected_signature(text, "", AT)
    with pytest.raises(srp.NotHex):
        CLIENT.claim({**CHALLENGE, "SRP_B": text}, USER, PASSWORD, AT)
    with pytest.raises(srp.NotHex):
        CLIENT.claim({**CHALLENGE, "SALT": text}, USER, PASSWORD, AT)


@pytest.mark.parametrize("multiple", [0, 1, 2, 1000])
def test_zero_modulo_n_is_refused(multiple):
    """Every multiple of N as SRP_A, which would fix the key without a password, is refused."""
    with pytest.raises(srp.ZeroPublicValue):
        SERVER.expected_signature(f"{multiple * srp_math.N:x}", "", AT)


def test_a_value_above_n_is_taken_modulo_n():
    """A + N is another spelling of A to the arithmetic, and another value to the hash."""
    longer = f"{CLIENT.A + srp_math.N:x}"
    assert SERVER.key(longer) != SERVER.key(CLIENT.A_hex)


@pytest.mark.parametrize("block", ["é", "a", "$$$$", "Yg=", "Yg==\n"])
def test_a_secret_block_must_be_base64(block):
    """A secret block that is not base64 is refused by name."""
    with pytest.raises(srp.NotBase64):
        SERVER.expected_signature(CLIENT.A_hex, block, AT)


@pytest.mark.parametrize("text", ["é", "a", "Yg="])
def test_a_device_salt_must_be_base64(text):
    """DeviceSecretVerifierConfig of a hostile client is refused by name."""
    with pytest.raises(srp.NotBase64):
        DeviceSecretVerifierConfig("Yg==", text).numbers()


@settings(max_examples=20)  # each costs a modular power
@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=20))
def test_any_text_can_be_compared(signature, at):
    """A signature or timestamp of any characters, lone surrogates too, is refused and breaks nothing."""
    assert not SERVER.accepts(CLIENT.A_hex, "Yg==", at, signature)


def test_every_srp_error_is_a_value_error():
    """One `except` catches all that a hostile peer can cause."""
    for error in (srp.NotHex, srp.NotBase64, srp.ZeroPublicValue):
        assert issubclass(error, srp.SrpError)
    assert issubclass(srp.SrpError, ValueError)


def test_wire_formats():
    """Public values and salt are lower-case hex, no longer than N; the signature is 32 bytes in base64."""
    for text in (CLIENT.A_hex, SERVER.B_hex):
        assert text == f"{int(text, 16):x}"
        assert len(text) <= 768
    assert srp.salt_hex(0x0D1C) == "d1c"
    assert len(base64.b64decode(CLIENT.claim(CHALLENGE, USER, PASSWORD, AT), validate=True)) == 32


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (0, "Thu Jan 1 00:00:00 UTC 1970"),
        (951_782_400.9, "Tue Feb 29 00:00:00 UTC 2000"),
        (1_735_603_199, "Mon Dec 30 23:59:59 UTC 2024"),
    ],
)
def test_timestamps(at, text):
    """The day has no leading zero, the time has, and fractions of a second are dropped."""
    assert text == srp.timestamp(at)


@pytest.mark.parametrize("exponent", [0, 1, 15, 16, 2**255 + 12345, 2**256 - 1, 2**256, 2**300 + 1])
def test_powers_of_the_generator(exponent):
    """The powers of G are those of the definition, whatever the size of the exponent."""
    assert srp_math.power_of_g(exponent) == pow(srp_math.G, exponent, srp_math.N)


def test_powers_of_g_are_computed_once():
    """The same exponent costs one modular power in a process, since runs repeat their seeds."""
    srp_math.power_of_g(123_456_789)
    before = srp_math.power_of_g.cache_info().hits
    srp_math.power_of_g(123_456_789)
    assert before + 1 == srp_math.power_of_g.cache_info().hits
