"""Every public SRP vector, against both sides where both can be computed."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cognito_conformance.crypto import srp, srp_math
from cognito_conformance.crypto.secret_hash import secret_hash
from cognito_conformance.crypto.srp import (
    ClientExchange,
    DeviceSecretVerifierConfig,
    Identity,
    ServerExchange,
)

VECTORS = json.loads((Path(__file__).parent / "data" / "srp_vectors.json").read_text("utf-8"))
USERS = {vector["id"]: vector for vector in VECTORS["user_srp"]}
DEVICES = {vector["id"]: vector for vector in VECTORS["device_srp"]}
EXCHANGES = [vector for vector in (*USERS.values(), *DEVICES.values()) if "B" in vector]
CLAIMS = [vector for vector in EXCHANGES if "signature_b64" in vector]
BOTH_SIDES = [vector for vector in EXCHANGES if "b" in vector]
OTHER_B = 0xB0B << 240


def by_id(vector):
    return vector["id"]


def identity(vector):
    if "device_key" in vector:
        return Identity.device(vector["device_group_key"], vector["device_key"])
    if "pool_id" in vector:
        return Identity.user(vector["pool_id"], vector["user_id_for_srp"])
    if "pool_suffix" in vector:
        return Identity(vector["pool_suffix"], vector["user_id_for_srp"])
    return Identity("", vector["identity_already_prefixed"])


def password(vector):
    return vector["password"] if "password" in vector else vector["device_password"]


def key(vector):
    return bytes.fromhex(vector["key_hex"]) if "key_hex" in vector else base64.b64decode(vector["key_b64"])


def challenge(vector):
    return {"SRP_B": vector["B"], "SALT": vector["salt"], "SECRET_BLOCK": vector.get("secret_block_b64", "")}


def client(vector):
    return ClientExchange(int(vector["a"], 16))


def test_every_vector_is_described():
    """The file says of each vector what it is."""
    known = [vector["id"] for group in ("user_srp", "u_only", "device_srp") for vector in VECTORS[group]]
    assert sorted(known) == sorted(VECTORS["about"]["vectors"])


def test_group_constants():
    """N, g and k are those that the public clients agree on."""
    constants = VECTORS["constants"]
    assert int(constants["N_hex"], 16) == srp_math.N
    assert constants["N_bits"] == srp_math.N.bit_length()
    assert constants["g"] == srp_math.G
    assert constants["k_hex"] == f"{srp_math.K:x}"
    assert int(constants["k_decimal"]) == srp_math.K


@pytest.mark.parametrize("case", VECTORS["pad_hex"]["cases"], ids=lambda case: str(case["int"]))
def test_pad_is_javas_to_byte_array(case):
    """An integer is hashed as Java's two's complement bytes, a negative one too."""
    assert case["hex"] == srp_math.pad(case["int"]).hex()


@pytest.mark.parametrize("case", VECTORS["pad_hex"]["string_cases"], ids=lambda case: case["in"])
def test_pad_of_a_hex_string(case):
    """A hex string stands for a positive number, whatever its first digit."""
    assert case["out"] == srp_math.pad(srp_math.parse_hex(case["in"])).hex()


@pytest.mark.parametrize("case", VECTORS["secret_hash"], ids=lambda case: case["username"])
def test_secret_hash(case):
    """SECRET_HASH is that of three public clients."""
    assert case["secret_hash"] == secret_hash(case["username"], case["client_id"], case["client_secret"])


@pytest.mark.parametrize("case", VECTORS["password_hash"], ids=lambda case: case["user_id"])
def test_the_hash_inside_x(case):
    """x is made of the salt and the published hash of realm, name and password."""
    inner = case.get("sha256_hex") or base64.b64decode(case["sha256_b64"]).hex()
    expected = hashlib.sha256(b"\x07" + bytes.fromhex(inner)).hexdigest()
    x = srp_math.private_key(7, case["pool_suffix"], case["user_id"], case["password"])
    assert expected == f"{x:064x}"


@pytest.mark.parametrize("vector", VECTORS["u_only"], ids=by_id)
def test_scrambler_alone(vector):
    """u hashes the padded public values."""
    assert vector["u"] == f"{srp_math.scrambler(int(vector['A'], 16), int(vector['B'], 16)):x}"


@pytest.mark.parametrize("vector", [vector for vector in EXCHANGES if "A" in vector], ids=by_id)
def test_client_public_value(vector):
    """SRP_A is g to a, in lower-case hex."""
    assert vector["A"] == client(vector).A_hex


@pytest.mark.parametrize("vector", EXCHANGES, ids=by_id)
def test_scrambler_of_an_exchange(vector):
    """u is the published one."""
    assert vector["u"] == f"{srp_math.scrambler(client(vector).A, int(vector['B'], 16)):x}"


@pytest.mark.parametrize("vector", [vector for vector in EXCHANGES if "x" in vector], ids=by_id)
def test_private_key(vector):
    """x is the published one, with the salt padded."""
    who = identity(vector)
    x = srp_math.private_key(int(vector["salt"], 16), who.realm, who.name, password(vector))
    assert vector["x"] == f"{x:x}"


@pytest.mark.parametrize("vector", EXCHANGES, ids=by_id)
def test_client_session_key(vector):
    """A client that knows the password arrives at the published session key."""
    assert key(vector) == client(vector).key(challenge(vector), identity(vector), password(vector))


@pytest.mark.parametrize("vector", CLAIMS, ids=by_id)
def test_client_claim(vector):
    """PASSWORD_CLAIM_SIGNATURE is the published one."""
    signature = client(vector).claim(
        challenge(vector), identity(vector), password(vector), vector["timestamp"]
    )
    assert vector["signature_b64"] == signature


@pytest.mark.parametrize("vector", BOTH_SIDES, ids=by_id)
def test_server_side_of_a_vector(vector):
    """Where a vector tells b, the server arrives at its verifier, B, session key and signature."""
    kept = srp.verifier(identity(vector), password(vector), int(vector["salt"], 16))
    assert vector.get("verifier", f"{kept:x}") == f"{kept:x}"
    server = ServerExchange(int(vector["b"], 16), kept, identity(vector))
    assert vector["B"] == server.B_hex
    assert key(vector) == server.key(vector["A"])
    assert server.accepts(
        vector["A"], vector["secret_block_b64"], vector["timestamp"], vector["signature_b64"]
    )


@pytest.mark.parametrize("vector", EXCHANGES, ids=by_id)
def test_both_sides_agree_on_a_vectors_inputs(vector):
    """A server with a `b` of its own accepts the claim of the vector's client, and of no other password."""
    who, salt = identity(vector), int(vector["salt"], 16)
    server = ServerExchange(OTHER_B, srp.verifier(who, password(vector), salt), who)
    asked = {"SRP_B": server.B_hex, "SALT": srp.salt_hex(salt), "SECRET_BLOCK": "c2VjcmV0"}
    at = "Fri Sep 6 04:05:09 UTC 2024"
    claims = [client(vector).claim(asked, who, word, at) for word in (password(vector), "wrong")]
    accepted = [server.accepts(client(vector).A_hex, asked["SECRET_BLOCK"], at, claim) for claim in claims]
    assert accepted == [True, False]


def test_device_verifier_of_a_public_client():
    """DeviceSecretVerifierConfig holds the padded bytes of salt and verifier, in base64."""
    vector = DEVICES["srp_helper_device_verifier"]
    salt = int(vector["salt_bytes_hex"], 16)
    made = srp.device_secrets(identity(vector), password(vector), salt)
    assert DeviceSecretVerifierConfig(vector["password_verifier_b64"], vector["salt_b64"]) == made


def test_device_verifier_that_goes_with_a_claim():
    """What ConfirmDevice was told is what the server needs for the claim of the same device."""
    vector = DEVICES["generated_device"]
    made = srp.device_secrets(identity(vector), password(vector), int(vector["salt"], 16))
    sent = (vector["confirm_device_password_verifier_b64"], vector["confirm_device_salt_b64"])
    assert sent == (made.PasswordVerifier, made.Salt)
    kept, salt = made.numbers()
    assert vector["salt"] == srp.salt_hex(salt)
    assert key(vector) == ServerExchange(int(vector["b"], 16), kept, identity(vector)).key(vector["A"])


@pytest.mark.parametrize(
    ("salt", "member"), [("b9e0", "signature_b64"), ("eb96", "signature_with_real_salt_eb96_b64")]
)
def test_device_claim_of_a_public_client(salt, member):
    """A device's claim is signed over group key and device key, with the salt that the challenge names."""
    vector, device = USERS["srp_helper_user"], DEVICES["srp_helper_device_verifier"]
    asked = {**challenge(vector), "SALT": salt}
    claim = client(vector).claim(asked, identity(device), password(device), vector["timestamp"])
    assert DEVICES["srp_helper_device_signature_quirky"][member] == claim


def test_zero_public_values_are_refused():
    """A multiple of N is refused by either side, as A by the server and as B by the client."""
    (from_server, from_client) = VECTORS["negative"]
    who = Identity("pool", "user")
    with pytest.raises(srp.ZeroPublicValue):
        ClientExchange(5).claim({"SRP_B": from_server["B"], "SALT": "1", "SECRET_BLOCK": ""}, who, "p", "")
    with pytest.raises(srp.ZeroPublicValue):
        ServerExchange(5, 7, who).expected_signature(from_client["A"], "", "")


@pytest.mark.parametrize("text", VECTORS["timestamp"]["examples"])
def test_timestamps_of_public_clients(text):
    """The epoch second of a published TIMESTAMP is written as that text."""
    at = datetime.strptime(text, "%a %b %d %H:%M:%S %Z %Y").replace(tzinfo=UTC)
    assert text == srp.timestamp(at.timestamp())
