"""Passkeys against the reference server, with a software authenticator on the client's side."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.crypto import webauthn
from cognito_conformance.server.core import Reference
from cognito_conformance.server.in_process import InProcessClient

PASSWORD = "Passw0rd!x"


class People:
    """A pool of the reference server that allows passkeys of example.com, and Ann, who is signed in."""

    def __init__(self) -> None:
        self.client = InProcessClient(Reference(seed=1))
        policy = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
        self.pool = self.call("CreateUserPool", PoolName="people", Policies=policy)["UserPool"]["Id"]
        party = {"RelyingPartyId": "example.com", "UserVerification": "preferred"}
        self.call(
            "SetUserPoolMfaConfig", UserPoolId=self.pool, MfaConfiguration="OFF", WebAuthnConfiguration=party
        )
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = self.call(
            "CreateUserPoolClient", UserPoolId=self.pool, ClientName="app", ExplicitAuthFlows=flows
        )
        self.app = made["UserPoolClient"]["ClientId"]
        user = {"UserPoolId": self.pool, "Username": "ann"}
        self.call("AdminCreateUser", **user, MessageAction="SUPPRESS")
        self.call("AdminSetUserPassword", **user, Password=PASSWORD, Permanent=True)
        begun = self.start("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
        self.token = begun["AuthenticationResult"]["AccessToken"]

    def call(self, operation: str, **params: object) -> dict:
        """A call that succeeds."""
        answer = self.client.send(operation, params)
        assert answer.error is None, (operation, answer.error, answer.message)
        return dict(answer.output or {})

    def start(self, flow: str, **parameters: str) -> dict:
        """Ann begins to sign in."""
        return self.call(
            "InitiateAuth", ClientId=self.app, AuthFlow=flow, AuthParameters={"USERNAME": "ann", **parameters}
        )

    def register(self) -> webauthn.Passkey:
        """A passkey of Ann's."""
        options = self.call("StartWebAuthnRegistration", AccessToken=self.token)["CredentialCreationOptions"]
        passkey, credential = webauthn.register(options, b"phone")
        self.call("CompleteWebAuthnRegistration", AccessToken=self.token, Credential=credential)
        return passkey

    def asked(self) -> tuple[str, dict]:
        """The session and the request options of a WEB_AUTHN challenge."""
        begun = self.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
        assert begun["ChallengeName"] == "WEB_AUTHN"
        return begun["Session"], json.loads(begun["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])

    def answered(self, session: str, credential: object) -> str | None:
        """The error that CREDENTIAL gets, or None where it signs in."""
        responses = {"USERNAME": "ann", "CREDENTIAL": json.dumps(credential)}
        params = {"ClientId": self.app, "ChallengeName": "WEB_AUTHN", "Session": session}
        answer = self.client.send("RespondToAuthChallenge", {**params, "ChallengeResponses": responses})
        return answer.error


def test_passkey_signs_in():
    """A passkey that was registered signs in, is listed, and once deleted signs in no more."""
    people = People()
    passkey = people.register()
    listed = people.call("ListWebAuthnCredentials", AccessToken=people.token)["Credentials"]
    assert [item["RelyingPartyId"] for item in listed] == ["example.com"]
    session, options = people.asked()
    assert options["rpId"] == "example.com"
    assert people.answered(session, webauthn.sign_in(options, passkey)) is None
    people.call("DeleteWebAuthnCredential", AccessToken=people.token, CredentialId=listed[0]["CredentialId"])
    assert people.call("ListWebAuthnCredentials", AccessToken=people.token)["Credentials"] == []
    begun = people.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
    assert begun["ChallengeName"] == "SELECT_CHALLENGE"


@pytest.mark.parametrize("fault", ["origin", "challenge", "party", "nonsense"])
def test_wrong_credential(fault):
    """A credential of another origin, challenge or relying party is refused, and so is what is none."""
    people = People()
    passkey = people.register()
    session, options = people.asked()
    _, others = people.asked()
    changes = {"challenge": {"challenge": others["challenge"]}, "party": {"rpId": "example.org"}}
    origin = "https://example.org" if fault == "origin" else None
    credential: object = webauthn.sign_in({**options, **changes.get(fault, {})}, passkey, origin=origin)
    if fault == "nonsense":
        credential = [1, {"id": None}]
    assert people.answered(session, credential) == "NotAuthorizedException"
    assert people.answered(session, webauthn.sign_in(options, passkey)) is None


def test_wrong_registration():
    """A credential for another challenge is not registered."""
    people = People()
    options = people.call("StartWebAuthnRegistration", AccessToken=people.token)["CredentialCreationOptions"]
    _, credential = webauthn.register({**options, "challenge": "AAAAAAAAAAAAAAAAAAAAAA"}, b"phone")
    params = {"AccessToken": people.token, "Credential": credential}
    answer = people.client.send("CompleteWebAuthnRegistration", params)
    assert (answer.error, answer.message) == ("InvalidParameterException", "Credential data is not valid")


def test_a_passkey_is_checked_for_the_relying_party_that_asked():
    """A credential is made for the relying party of its options, and stays right when the pool names another meanwhile."""

    def move(party: str) -> None:
        named = {"RelyingPartyId": party, "UserVerification": "preferred"}
        people.call(
            "SetUserPoolMfaConfig",
            UserPoolId=people.pool,
            MfaConfiguration="OFF",
            WebAuthnConfiguration=named,
        )

    people = People()
    options = people.call("StartWebAuthnRegistration", AccessToken=people.token)["CredentialCreationOptions"]
    passkey, credential = webauthn.register(options, b"phone")
    move("example.org")
    people.call("CompleteWebAuthnRegistration", AccessToken=people.token, Credential=credential)
    session, options = people.asked()
    move("example.net")
    assert people.answered(session, webauthn.sign_in(options, passkey)) is None
