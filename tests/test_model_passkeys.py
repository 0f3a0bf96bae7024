"""Passkeys: registered, used, listed, deleted."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Both, unwrap
from cognito_model.terms import Junk, Passkey, PasskeyId
from support.door import ALL_FLOWS, Door
from support.expectations import rests_on, tolerated

POLICY = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}}
CLIENT = {"ExplicitAuthFlows": [*ALL_FLOWS, "ALLOW_USER_AUTH"]}
PARTY = {"WebAuthnConfiguration": {"RelyingPartyId": "example.com", "UserVerification": "required"}}


def allowing() -> Door:
    """A pool in which passkeys of example.com are first factors."""
    return Door(client=CLIENT, mfa={"MfaConfiguration": "OFF", **PARTY}, **POLICY)


def challenge(door: Door, token: object) -> object:
    """The challenge of StartWebAuthnRegistration."""
    return door.drive.call("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"][
        "challenge"
    ]


def register(door: Door, token: object, name: str = "phone") -> None:
    """A passkey of Ann's."""
    credential = Passkey(challenge(door, token), name)
    door.drive.call("CompleteWebAuthnRegistration", AccessToken=token, Credential=credential)


def listed(door: Door, token: object) -> set[object]:
    """The ids of the passkeys that ListWebAuthnCredentials answers."""
    outcome = door.drive.outcome("ListWebAuthnCredentials", AccessToken=token)
    return set(unwrap(outcome.replies[0].members["Credentials"]).items)


def test_options():
    """Registering begins with options for the pool's relying party, which exclude the passkeys that there are."""
    door = allowing()
    token = door.tokens().access
    register(door, token)
    outcome = door.drive.outcome("StartWebAuthnRegistration", AccessToken=token)
    wanted = "options-have-shape relying-party-is-configured known-passkeys-are-excluded"
    assert {f"passkeys/{slug}" for slug in wanted.split()} <= rests_on(outcome)
    assert tolerated(outcome) == set()
    options = door.drive.call("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"]
    assert isinstance(options["rp"]["id"], Both)
    assert unwrap(options["rp"]["id"].parts[-1]) == "example.com"
    assert options["excludeCredentials"].items == ({"id": PasskeyId("phone"), "type": "public-key"},)
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_relying_party_is_unknown():
    """In a pool without a relying party registering may be refused."""
    door = Door(client=CLIENT, **POLICY)
    outcome = door.drive.outcome("StartWebAuthnRegistration", AccessToken=door.tokens().access)
    assert tolerated(outcome) == {"passkeys/relying-party-is-known"}


def test_pool_without_passkeys():
    """In a pool that does not allow passkeys none is registered; listing and deleting may be refused."""
    door = Door()
    token = {"AccessToken": door.tokens().access}
    wrong = {"passkeys/pool-allows-passkeys"}
    assert door.drive.refused("StartWebAuthnRegistration", **token) == wrong
    assert wrong <= door.drive.refused("CompleteWebAuthnRegistration", **token, Credential={})
    assert tolerated(door.drive.outcome("ListWebAuthnCredentials", **token)) == {
        "passkeys/passkeys-are-in-use"
    }
    refused = door.drive.refused("DeleteWebAuthnCredential", **token, CredentialId="x")
    assert refused == {"passkeys/passkey-exists"}


def test_passkey_is_registered_and_listed():
    """A credential that answers the challenge is a passkey of the user from then on."""
    door = allowing()
    token = door.tokens().access
    assert listed(door, token) == set()
    for name in ("phone", "laptop"):
        credential = Passkey(challenge(door, token), name)
        params = {"AccessToken": token, "Credential": credential}
        assert rests_on(door.drive.outcome("CompleteWebAuthnRegistration", **params)) == {
            "passkeys/registers-passkey"
        }
        door.drive.call("CompleteWebAuthnRegistration", **params)
    assert listed(door, token) == {PasskeyId("phone"), PasskeyId("laptop")}


def test_passkey_may_name_no_transports():
    """A listed passkey is shown with its transports, or without where its authenticator told none."""
    door = allowing()
    token = door.tokens().access
    register(door, token)
    outcome = door.drive.outcome("ListWebAuthnCredentials", AccessToken=token)
    (shown,) = unwrap(outcome.replies[0].members["Credentials"]).items.values()
    assert shown["AuthenticatorTransports"].choices[1] == ABSENT


def test_few_at_a_time():
    """MaxResults says how many come on a page."""
    door = allowing()
    token = door.tokens().access
    outcome = door.drive.outcome("ListWebAuthnCredentials", AccessToken=token, MaxResults=1)
    assert "passkeys/lists-passkeys" in rests_on(outcome)
    assert unwrap(outcome.replies[0].members["Credentials"]).limit == 1
    refused = door.drive.refused("ListWebAuthnCredentials", AccessToken=token, MaxResults=21)
    assert refused == {"protocol/request-keeps-constraints"}


def test_registration_was_not_started():
    """Completing what was not started is refused, and so is completing it twice."""
    door = allowing()
    token = door.tokens().access
    credential = Passkey(Junk("RegistrationChallenge"), "phone")
    params = {"AccessToken": token, "Credential": credential}
    assert "passkeys/challenge-was-asked" in door.drive.refused("CompleteWebAuthnRegistration", **params)
    register(door, token)
    assert "passkeys/challenge-was-asked" in door.drive.refused("CompleteWebAuthnRegistration", **params)


@pytest.mark.parametrize("credential", [{}, {"id": "x"}, Passkey(Junk("RegistrationChallenge"), "phone")])
def test_credential_is_invalid(credential):
    """A credential that lacks members or answers another challenge is refused."""
    door = allowing()
    token = door.tokens().access
    challenge(door, token)
    refused = door.drive.refused("CompleteWebAuthnRegistration", AccessToken=token, Credential=credential)
    assert refused == {"passkeys/credential-is-valid"}


def test_passkey_signs_in():
    """A passkey of the user that signs the challenge signs in; another, or another challenge, does not."""
    door = allowing()
    token = door.tokens().access
    register(door, token)
    asked = door.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
    options = asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].value
    for wrong in (Passkey(options["challenge"], "laptop"), Passkey(Junk("WebAuthnChallenge"), "phone")):
        refused = door.answer_refused("WEB_AUTHN", asked["Session"], CREDENTIAL=wrong)
        assert refused == {"challenges/passkey-is-right"}
    right = Passkey(options["challenge"], "phone")
    outcome = door.answer_outcome("WEB_AUTHN", asked["Session"], CREDENTIAL=right)
    assert outcome.replies[0].requirement.slug == "challenges/passkey-signs-in"
    door.answer("WEB_AUTHN", asked["Session"], CREDENTIAL=right)


def test_passkey_of_a_disabled_user():
    """A disabled user cannot sign in with a passkey either."""
    door = allowing()
    register(door, door.tokens().access)
    asked = door.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
    options = asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].value
    door.admin("AdminDisableUser", "ann")
    refused = door.answer_refused(
        "WEB_AUTHN", asked["Session"], CREDENTIAL=Passkey(options["challenge"], "phone")
    )
    assert refused == {"sign-in/user-is-enabled"}


def test_passkey_is_deleted():
    """A deleted passkey is gone, and signs in no more; one that the user does not have cannot be deleted."""
    door = allowing()
    token = door.tokens().access
    register(door, token)
    params = {"AccessToken": token, "CredentialId": PasskeyId("phone")}
    assert rests_on(door.drive.outcome("DeleteWebAuthnCredential", **params)) == {"passkeys/deletes-passkey"}
    door.drive.call("DeleteWebAuthnCredential", **params)
    assert listed(door, token) == set()
    assert door.drive.refused("DeleteWebAuthnCredential", **params) == {"passkeys/passkey-exists"}
    assert door.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")["ChallengeName"] == "SELECT_CHALLENGE"


def moved(door: Door) -> None:
    """The pool names another relying party."""
    other = {"WebAuthnConfiguration": {"RelyingPartyId": "example.org", "UserVerification": "required"}}
    door.drive.call("SetUserPoolMfaConfig", UserPoolId=door.pool.id, MfaConfiguration="OFF", **other)


def test_relying_party_changes_before_a_passkey_is_registered():
    """A passkey that was made for the relying party of its options may be refused once the pool names another."""
    door = allowing()
    token = door.tokens().access
    credential = Passkey(challenge(door, token), "phone")
    moved(door)
    outcome = door.drive.outcome("CompleteWebAuthnRegistration", AccessToken=token, Credential=credential)
    assert "passkeys/registers-passkey" in rests_on(outcome)
    assert tolerated(outcome) == {"passkeys/credential-is-valid"}


@pytest.mark.parametrize("before_asking", [True, False])
def test_relying_party_changes_before_a_passkey_answers(before_asking):
    """A passkey may be refused if the pool names another relying party since it was registered, or was asked for."""
    door = allowing()
    register(door, door.tokens().access)
    if before_asking:
        moved(door)
    asked = door.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
    right = Passkey(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].value["challenge"], "phone")
    if not before_asking:
        moved(door)
    outcome = door.answer_outcome("WEB_AUTHN", asked["Session"], CREDENTIAL=right)
    assert outcome.replies[0].requirement.slug == "challenges/passkey-signs-in"
    assert tolerated(outcome) == {"challenges/passkey-is-right"}
