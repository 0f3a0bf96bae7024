"""Passkeys: the software authenticator against two relying parties, and what ours refuses."""

import base64
import contextlib
import json
from dataclasses import replace

import pytest
from fido2 import cbor
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity
from hypothesis import given
from hypothesis import strategies as st

from cognito_conformance.crypto import relying_party as rp
from cognito_conformance.crypto import webauthn

RP_ID = "auth.example.com"
HANDLE = b"3f1c0c52-7d0a-4c7e-9d3e-0b1d5a6f7e89"
CHALLENGE = b"sixteen bytes or more"
OPTIONS = rp.creation_options(
    rp_id=RP_ID,
    rp_name=RP_ID,
    user_handle=HANDLE,
    user_name="ann",
    display_name="Ann",
    challenge=CHALLENGE,
)
PASSKEY, CREDENTIAL = webauthn.register(OPTIONS, b"seed")
KEPT = rp.check_registration(CREDENTIAL, rp_id=RP_ID, challenge=CHALLENGE)
REQUEST = rp.request_options(rp_id=RP_ID, challenge=CHALLENGE, allow=[KEPT])
ANSWER = webauthn.sign_in(REQUEST, PASSKEY)


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def registered(credential, **more):
    return rp.check_registration(credential, **{"rp_id": RP_ID, "challenge": CHALLENGE, **more})


def signed_in(credential, known=(KEPT,), **more):
    asked = {"rp_id": RP_ID, "challenge": CHALLENGE, "user_handle": HANDLE, **more}
    return rp.check_sign_in(credential, known, **asked)


def test_a_passkey_is_registered_and_signs_in():
    """What the authenticator registered is what signs in later."""
    assert signed_in(json.loads(json.dumps(ANSWER))) == KEPT
    assert KEPT.id_text == CREDENTIAL["id"] == REQUEST["allowCredentials"][0]["id"]
    assert (KEPT.transports, KEPT.attachment) == (("internal", "hybrid"), "platform")


def test_another_relying_party_accepts_the_authenticator():
    """python-fido2's own server, as an independent witness, accepts registration and sign-in."""
    server = Fido2Server(PublicKeyCredentialRpEntity(id=RP_ID, name="x"))
    state = Fido2Server._make_internal_state(CHALLENGE, "required")
    data = server.register_complete(state, CREDENTIAL)
    assert server.authenticate_complete(state, [data.credential_data], ANSWER) == data.credential_data


def test_a_phones_passkey_is_accepted():
    """A registration that a phone made, published in aws/aws-sdk-net issue 4386, is read and accepted."""
    host = "shyla-unwintry-admissibly.ngrok-free.dev"
    credential = {
        "id": "7dQb-KNixPeT7MPQ0p_KEgnR9fE",
        "rawId": "7dQb-KNixPeT7MPQ0p_KEgnR9fE",
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiN1pZUXZxdDE2VV9aY1E2Zn"
            "g0b2thUSIsIm9yaWdpbiI6Imh0dHBzOi8vc2h5bGEtdW53aW50cnktYWRtaXNzaWJseS5uZ3Jvay1mcmVlLmRldiJ9",
            "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViYGpvNQzkYzhs3h_bp69jeTTOoJWgGdwnB"
            "RPwcHdpfbkddAAAAAPv8MAcVTk7MjAtuAgVX170AFO3UG_ijYsT3k-zD0NKfyhIJ0fXxpQECAyYgASFYIJU261AFfJw4"
            "aJzQCaJqhexaJQ1zglQodOTE_5biyQ5BIlggD1FLESOmUnj3rqKAL-yhCh7kDJ2s2jg6X18MpvnHWy0",
        },
    }
    challenge = base64.urlsafe_b64decode("7ZYQvqt16U_ZcQ6fx4okaQ==")
    kept = rp.check_registration(credential, rp_id=host, challenge=challenge, user_verification="required")
    assert (kept.id_text, kept.transports, kept.attachment) == (credential["id"], (), None)


def test_the_seed_makes_the_passkey():
    """The same seed makes the same passkey, another seed another."""
    assert webauthn.register(OPTIONS, b"seed")[0] == PASSKEY
    other = webauthn.register(OPTIONS, b"other")[0]
    assert other.credential_id != PASSKEY.credential_id
    assert other.secret != PASSKEY.secret


def test_options_are_those_of_the_facts():
    """Creation and request options have the members that Cognito's have."""
    assert OPTIONS["pubKeyCredParams"] == [{"type": "public-key", "alg": alg} for alg in (-7, -257)]
    assert (OPTIONS["timeout"], OPTIONS["excludeCredentials"]) == (60_000, [])
    assert OPTIONS["authenticatorSelection"] == {
        "requireResidentKey": True,
        "residentKey": "required",
        "userVerification": "preferred",
    }
    assert sorted(REQUEST) == ["allowCredentials", "challenge", "rpId", "timeout", "userVerification"]


@pytest.mark.parametrize(
    ("error", "changed"),
    [
        (rp.WrongChallenge, {"challenge": b"another challenge that was sent"}),
        (rp.OriginNotAllowed, {"rp_id": "example.org"}),
        (rp.WrongRelyingParty, {"rp_id": "example.com"}),
    ],
)
def test_what_was_not_asked_for_is_refused(error, changed):
    """A credential for another challenge, domain or relying party is refused by name, in both ceremonies."""
    with pytest.raises(error):
        registered(CREDENTIAL, **changed)
    with pytest.raises(error):
        signed_in(ANSWER, **changed)


@pytest.mark.parametrize(
    ("origin", "right"),
    [
        ("https://auth.example.com", True),
        ("https://auth.example.com:8443", True),
        ("https://app.auth.example.com", True),
        ("http://auth.example.com", False),
        ("https://evilauth.example.com", False),
        ("https://auth.example.com.evil.org", False),
        ("http://[", False),
        ("nonsense", False),
    ],
)
def test_origins(origin, right):
    """A page is allowed over TLS on the relying party's domain and those below it."""
    credential = webauthn.register(OPTIONS, b"seed", origin=origin)[1]
    answer = webauthn.sign_in(REQUEST, PASSKEY, origin=origin)
    if right:
        assert registered(credential).id_text == signed_in(answer).id_text
    else:
        with pytest.raises(rp.OriginNotAllowed):
            registered(credential)
        with pytest.raises(rp.OriginNotAllowed):
            signed_in(answer)


def test_user_verification():
    """A user who was not verified is refused where that is required, and accepted where it is preferred."""
    _, credential = webauthn.register(OPTIONS, b"seed", verified=False)
    answer = webauthn.sign_in(REQUEST, PASSKEY, verified=False)
    assert registered(credential) == signed_in(answer) == KEPT
    with pytest.raises(rp.UserNotVerified):
        registered(credential, user_verification="required")
    with pytest.raises(rp.UserNotVerified):
        signed_in(answer, user_verification="required")


def test_a_key_that_was_not_asked_for_is_refused():
    """A credential whose key says ES384 is refused for its algorithm."""
    attestation = base64.urlsafe_b64decode(CREDENTIAL["response"]["attestationObject"] + "==")
    # In COSE the algorithm is 03 26 for -7, and 03 2f would be -16, which no relying party asks for.
    changed = attestation.replace(bytes.fromhex("01020326"), bytes.fromhex("0102032f"))
    assert changed != attestation
    response = {**CREDENTIAL["response"], "attestationObject": unpadded(changed)}
    with pytest.raises(rp.UnsupportedKey):
        registered({**CREDENTIAL, "response": response})


def test_unknown_passkeys_are_refused():
    """A passkey that was never registered, or one of another user, does not sign in."""
    with pytest.raises(rp.UnknownCredential):
        signed_in(ANSWER, known=())
    with pytest.raises(rp.UnknownCredential):
        signed_in(ANSWER, user_handle=b"somebody else")


def test_another_key_under_the_same_id_is_refused():
    """An authenticator that knows the id but not the key does not sign in."""
    impostor = replace(PASSKEY, secret=PASSKEY.secret + 2)
    with pytest.raises(rp.WrongSignature):
        signed_in(webauthn.sign_in(REQUEST, impostor))


def test_ceremonies_are_not_exchanged():
    """An answer to a sign-in registers nothing, and a registration does not sign in."""
    for check, credential in ((registered, ANSWER), (signed_in, CREDENTIAL)):
        with pytest.raises(rp.MalformedCredential):
            check(credential)
    swapped = {**ANSWER["response"], "clientDataJSON": CREDENTIAL["response"]["clientDataJSON"]}
    with pytest.raises(rp.MalformedCredential):
        signed_in({**ANSWER, "response": swapped})


@pytest.mark.parametrize("credential", [None, "text", [], {}, {"id": "x"}, {**CREDENTIAL, "response": None}])
def test_what_is_no_credential(credential):
    """A value without the members of a credential is refused as malformed."""
    with pytest.raises(rp.MalformedCredential):
        registered(credential)
    with pytest.raises(rp.MalformedCredential):
        signed_in(credential)


@pytest.mark.parametrize("member", ["id", "rawId", "type", "response"])
def test_required_members(member):
    """A credential that lacks a member is malformed, and so is one with another value there."""
    for good, check in ((CREDENTIAL, registered), (ANSWER, signed_in)):
        lacking = {name: value for name, value in good.items() if name != member}
        for credential in (lacking, {**good, member: "x"}, {**good, member: 5}):
            with pytest.raises(rp.MalformedCredential):
                check(credential)


@pytest.mark.parametrize("transports", ["usb", [1], {"usb": 1}])
def test_transports_are_names(transports):
    """Transports that are no list of names make a credential malformed."""
    with pytest.raises(rp.MalformedCredential):
        registered({**CREDENTIAL, "response": {**CREDENTIAL["response"], "transports": transports}})


JUNK = st.one_of(st.none(), st.integers(), st.text(max_size=20), st.lists(st.integers(), max_size=2))


@given(st.data())
def test_any_junk_is_refused_by_name(data):
    """Whatever stands in a member or in the bytes of one, a check passes or raises a CredentialError."""
    good, check = data.draw(st.sampled_from([(CREDENTIAL, registered), (ANSWER, signed_in)]))
    member = data.draw(st.sampled_from(sorted(good["response"])))
    value = good["response"][member]
    if isinstance(value, str) and data.draw(st.booleans()):
        changed = bytearray(base64.urlsafe_b64decode(value + "=="))
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
        junk = unpadded(changed[: data.draw(st.sampled_from([None, place]))])
    else:
        junk = data.draw(JUNK)
    with contextlib.suppress(rp.CredentialError):
        check({**good, "response": {**good["response"], member: junk}})


@pytest.mark.parametrize("member", ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
def test_a_number_is_no_request_for_memory(member):
    """A huge number where text belongs is refused; it does not become as many bytes."""
    for good, check in ((CREDENTIAL, registered), (ANSWER, signed_in)):
        if member in good["response"] and (good, member) != (CREDENTIAL, "authenticatorData"):
            with pytest.raises(rp.MalformedCredential):
                check({**good, "response": {**good["response"], member: 1 << 40}})


def test_a_number_inside_is_no_request_for_memory():
    """A huge number in the client data or in the attestation object is refused likewise."""
    client = unpadded(json.dumps({"type": "webauthn.get", "challenge": 1 << 40, "origin": "x"}).encode())
    with pytest.raises(rp.MalformedCredential):
        signed_in({**ANSWER, "response": {**ANSWER["response"], "clientDataJSON": client}})
    attestation = unpadded(cbor.encode({"fmt": "none", "attStmt": {}, "authData": 1 << 40}))
    with pytest.raises(rp.MalformedCredential):
        registered({**CREDENTIAL, "response": {**CREDENTIAL["response"], "attestationObject": attestation}})
    with pytest.raises(webauthn.UnusableOptions):
        webauthn.register({**OPTIONS, "challenge": 1 << 40}, b"seed")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {**OPTIONS, "rp": {}},
        {**OPTIONS, "challenge": 5},
        {**OPTIONS, "challenge": "é"},
        {**OPTIONS, "user": None},
        {**OPTIONS, "pubKeyCredParams": []},
        {**OPTIONS, "pubKeyCredParams": [{"alg": -257, "type": "public-key"}]},
        [],
    ],
)
def test_unusable_options(options):
    """Options that cannot be answered are named as that, whatever a hostile endpoint puts into them."""
    with pytest.raises(webauthn.UnusableOptions):
        webauthn.register(options, b"seed")


@pytest.mark.parametrize("options", [{}, [], {**REQUEST, "challenge": None}, {"challenge": "eA"}])
def test_unusable_request_options(options):
    """Request options that cannot be answered are named as that."""
    with pytest.raises(webauthn.UnusableOptions):
        webauthn.sign_in(options, PASSKEY)
