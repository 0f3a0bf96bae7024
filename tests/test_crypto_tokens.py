"""Tokens: what is signed, what is published, and what is accepted."""

import base64
import json

import jwt as pyjwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import RSAKey

from cognito_conformance.crypto import tokens
from cognito_conformance.crypto.keys import SigningKeys

KEYS = SigningKeys.generate()
JWKS = KEYS.jwks()
ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC123xyz"
CLAIMS = {
    "sub": "3f1c0c52-7d0a-4c7e-9d3e-0b1d5a6f7e89",
    "iss": ISSUER,
    "exp": 3601,
    "iat": 1,
    "name": "Zoë",
    "x": [{}],
}
TOKEN = tokens.sign(CLAIMS, KEYS.access_key)


def encoded(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_claims_come_back():
    """A token verifies against the keys of its pool, and says what was signed, long expired or not."""
    verified = tokens.verify(TOKEN, JWKS)
    assert verified.claims == CLAIMS
    assert verified.header == {"kid": KEYS.access_key.kid, "alg": "RS256"}


def test_the_header_has_kid_and_alg_alone():
    """The header has no `typ`, and `kid` comes first."""
    header = base64.urlsafe_b64decode(TOKEN.split(".")[0] + "==")
    assert header.decode() == f'{{"kid":"{KEYS.access_key.kid}","alg":"RS256"}}'


def test_another_library_accepts_the_token():
    """PyJWT, as an independent witness, verifies a token with the published key."""
    published = next(key for key in JWKS["keys"] if key["kid"] == KEYS.id_key.kid)
    key = pyjwt.PyJWK.from_dict(published)
    token = tokens.sign({"aud": "client"}, KEYS.id_key)
    assert pyjwt.decode(token, key, algorithms=["RS256"], audience="client") == {"aud": "client"}


def test_published_keys():
    """Both keys of a pool are published with the members that Cognito publishes, and differ."""
    assert [sorted(key) for key in JWKS["keys"]] == [["alg", "e", "kid", "kty", "n", "use"]] * 2
    for key in JWKS["keys"]:
        assert (key["alg"], key["kty"], key["e"], key["use"]) == ("RS256", "RSA", "AQAB", "sig")
    assert len({key["n"] for key in JWKS["keys"]}) == 2


def test_kid_is_base64_of_32_bytes():
    """A `kid` is base64 text of 32 bytes with its padding, and another for each key."""
    kids = [KEYS.id_key.kid, KEYS.access_key.kid]
    assert [len(base64.b64decode(kid, validate=True)) for kid in kids] == [32, 32]
    assert all(kid.endswith("=") for kid in kids)
    assert kids[0] != kids[1]


def test_a_token_of_another_pool_is_of_an_unknown_key():
    """The keys of one pool say nothing about tokens of another."""
    with pytest.raises(tokens.UnknownKey):
        tokens.verify(TOKEN, SigningKeys.generate().jwks())


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("claim", tokens.BadSignature),
        ("signature", tokens.BadSignature),
        ("key", tokens.BadSignature),
        ("none", tokens.WrongAlgorithm),
        ("hs256", tokens.WrongAlgorithm),
    ],
)
def test_tampered_tokens_are_refused(how, error):
    """A token that was tampered with differs from the good one and is refused by name."""
    spoiled = tokens.tampered(TOKEN, how)
    assert spoiled != TOKEN
    with pytest.raises(error):
        tokens.verify(spoiled, JWKS)


@pytest.mark.parametrize("how", ["signature", "key", "none", "hs256"])
def test_tampering_keeps_the_claims(how):
    """A service that does not check signatures would take the token."""
    spoiled = tokens.tampered(TOKEN, how)
    assert tokens.peek(spoiled) == CLAIMS
    assert tokens.peek_header(spoiled)["kid"] == KEYS.access_key.kid


def test_the_tampered_claim_prolongs_the_token():
    """The altered claim is the end of its life, so that only the signature speaks against it."""
    assert tokens.peek(tokens.tampered(TOKEN, "claim")) == {**CLAIMS, "exp": 7201}
    endless = tokens.sign({"sub": "x"}, KEYS.id_key)
    assert tokens.peek(tokens.tampered(endless, "claim"))["exp"] > 4_000_000_000


def test_tampering_needs_a_token_and_a_known_way():
    """What is no token cannot be tampered with, nor is there a sixth way."""
    with pytest.raises(tokens.NotAToken):
        tokens.tampered("opaque", "claim")
    with pytest.raises(ValueError, match="sideways"):
        tokens.tampered(TOKEN, "sideways")


def test_hmac_with_the_public_key_is_refused():
    """The old confusion, HS256 keyed with the published key, is refused for its algorithm."""
    forged = pyjwt.encode(CLAIMS, JWKS["keys"][1]["n"], "HS256", headers={"kid": KEYS.access_key.kid})
    with pytest.raises(tokens.WrongAlgorithm):
        tokens.verify(forged, JWKS)


def test_another_rsa_algorithm_is_refused():
    """A token that the right key signed with RS512 is refused for its algorithm."""
    header = {"kid": KEYS.access_key.kid, "alg": "RS512"}
    signed = jws.serialize_compact(header, b"{}", KEYS.access_key.rsa, algorithms=["RS512"])
    with pytest.raises(tokens.WrongAlgorithm):
        tokens.verify(signed, JWKS)


def test_headers_unknown_to_jose_do_not_matter():
    """A further member of the header, as some targets have it, does not spoil a token."""
    header = {"kid": KEYS.access_key.kid, "alg": "RS256", "typ": "JWT", "vendor": 1}
    signing = f"{encoded(header)}.{encoded({'a': 1})}"
    signature = pyjwt.get_algorithm_by_name("RS256").sign(signing.encode(), KEYS.access_key.rsa.private_key)
    assert tokens.verify(f"{signing}.{encoded(signature)}", JWKS).header["vendor"] == 1


HEAD, BODY, SIGNATURE = TOKEN.split(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "..",
        f"{TOKEN}.",
        f"{HEAD}.{BODY}",
        f"{HEAD}.{encoded(['a'])}.{SIGNATURE}",
        f"{HEAD}.{encoded(b'no json')}.{SIGNATURE}",
        f"{encoded(b'[' * 100_000)}.{BODY}.{SIGNATURE}",
        f"{encoded('RS256')}.{BODY}.{SIGNATURE}",
        f"{HEAD}=.{BODY}.{SIGNATURE}",
        f"{HEAD}.{BODY}.{SIGNATURE}!",
        f"é{HEAD}.{BODY}.{SIGNATURE}",
        "\ud800.\ud800.\ud800",
    ],
)
def test_what_is_no_token(text):
    """A text that is no compact JWS over an object is named as that, or its signature is refused."""
    with pytest.raises((tokens.NotAToken, tokens.BadSignature)):
        tokens.verify(text, JWKS)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_refused_by_name(head, body, signature):
    """No text makes `verify` raise anything but a TokenError."""
    for text in (f"{head}.{body}.{signature}", f"{HEAD}.{body}.{signature}", f"{HEAD}.{BODY}.{signature}"):
        with pytest.raises(tokens.TokenError):
            tokens.verify(text, JWKS)


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": None},
        {"keys": ["x", None, {}]},
        {"keys": [{"kid": KEYS.access_key.kid}]},
        {"keys": [{"kid": KEYS.access_key.kid, "n": 5, "e": "AQAB"}]},
        {"keys": [{"kid": KEYS.access_key.kid, "n": "!", "e": "AQAB"}]},
        {"keys": [{"kid": KEYS.access_key.kid, "n": "AQAB", "e": "AQAB"}]},
        {"keys": [{"kid": KEYS.access_key.kid, "n": "", "e": ""}]},
    ],
)
def test_published_keys_of_no_use(jwks):
    """A key set that a target got wrong is an unknown key, whatever is wrong with it."""
    with pytest.raises(tokens.UnknownKey):
        tokens.verify(TOKEN, jwks)


def test_a_token_without_kid_is_of_an_unknown_key():
    """No key is guessed for a token that names none, even where a published key has no `kid` either."""
    key = RSAKey.import_key(KEYS.id_key.rsa.as_dict(private=False))
    token = jws.serialize_compact({"alg": "RS256"}, b"{}", KEYS.id_key.rsa, algorithms=["RS256"])
    with pytest.raises(tokens.UnknownKey):
        tokens.verify(token, {"keys": [key.as_dict()]})


def test_every_token_error_is_a_value_error():
    """One `except` catches all that is wrong with a token."""
    for error in (tokens.NotAToken, tokens.WrongAlgorithm, tokens.UnknownKey, tokens.BadSignature):
        assert issubclass(error, tokens.TokenError)
    assert issubclass(tokens.TokenError, ValueError)


def test_openid_configuration():
    """The configuration names its issuer and where the keys are."""
    configuration = tokens.openid_configuration(ISSUER)
    assert configuration["issuer"] == ISSUER
    assert configuration["jwks_uri"] == f"{ISSUER}/.well-known/jwks.json"
    assert configuration["id_token_signing_alg_values_supported"] == ["RS256"]
