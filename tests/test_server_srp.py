"""SRP against the reference server, of users and of remembered devices, by the client's own arithmetic."""

from __future__ import annotations

import pytest

from cognito_conformance.crypto import srp
from cognito_conformance.server.core import Reference
from cognito_conformance.server.in_process import InProcessClient

PASSWORD = "Passw0rd!x"
AT = "Sat Sep 5 10:00:00 UTC 2026"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "x"}
DEVICES = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}


class People:
    """A pool of the reference server that tracks devices, and Ann, who has a phone."""

    def __init__(self, **client: object) -> None:
        self.reference = Reference(seed=1)
        self.client = InProcessClient(self.reference)
        made = self.call(
            "CreateUserPool", PoolName="people", DeviceConfiguration=DEVICES, SmsConfiguration=SMS
        )
        self.pool = made["UserPool"]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        app = {"UserPoolId": self.pool, "ClientName": "app", "ExplicitAuthFlows": flows, **client}
        self.app = self.call("CreateUserPoolClient", **app)["UserPoolClient"]["ClientId"]
        user = {"UserPoolId": self.pool, "Username": "ann"}
        phone = [{"Name": "phone_number", "Value": "+15550100100"}]
        self.call("AdminCreateUser", **user, MessageAction="SUPPRESS", UserAttributes=phone)
        self.call("AdminSetUserPassword", **user, Password=PASSWORD, Permanent=True)

    def send(self, operation: str, **params: object) -> tuple[str | None, dict]:
        """Error and members of an answer."""
        answer = self.client.send(operation, params)
        return answer.error, dict(answer.output or {})

    def call(self, operation: str, **params: object) -> dict:
        """A call that succeeds."""
        error, members = self.send(operation, **params)
        assert error is None, (operation, error)
        return members

    def begin(self, exchange: srp.ClientExchange, name: str = "ann", **more: str) -> dict:
        """What USER_SRP_AUTH asks."""
        given = {"USERNAME": name, "SRP_A": exchange.A_hex, **more}
        asked = self.call("InitiateAuth", ClientId=self.app, AuthFlow="USER_SRP_AUTH", AuthParameters=given)
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        assert "Session" not in asked
        return asked["ChallengeParameters"]

    def prove(
        self,
        challenge: str,
        exchange: srp.ClientExchange,
        asked: dict,
        identity: srp.Identity,
        password: str,
        **more: str,
    ) -> tuple[str | None, dict]:
        """The answer to a proof."""
        responses = {
            "USERNAME": asked["USERNAME"],
            "PASSWORD_CLAIM_SECRET_BLOCK": asked["SECRET_BLOCK"],
            "PASSWORD_CLAIM_SIGNATURE": exchange.claim(asked, identity, password, AT),
            "TIMESTAMP": AT,
            **more,
        }
        params = {"ClientId": self.app, "ChallengeName": challenge, "ChallengeResponses": responses}
        return self.send("RespondToAuthChallenge", **params)


@pytest.mark.parametrize(("password", "error"), [(PASSWORD, None), ("Wr0ng!x", "NotAuthorizedException")])
def test_user_proves_password(password, error):
    """The right password proves itself, a wrong one does not."""
    people = People()
    exchange = srp.ClientExchange(3**150)
    asked = people.begin(exchange)
    identity = srp.Identity.user(people.pool, asked["USER_ID_FOR_SRP"])
    assert people.prove("PASSWORD_VERIFIER", exchange, asked, identity, password)[0] == error


def test_salt_is_stable():
    """A user's salt stays the same, and so does that of a user who does not exist."""
    people = People(PreventUserExistenceErrors="ENABLED")
    exchange = srp.ClientExchange(3**150)
    for name in ("ann", "nobody"):
        first, second = (people.begin(exchange, name) for _ in range(2))
        assert first["SALT"] == second["SALT"]
        assert first["SRP_B"] != second["SRP_B"]


def test_device_stands_in_for_the_second_factor():
    """A remembered device proves itself by the verifier that it left, and no message is sent."""
    people = People()
    exchange = srp.ClientExchange(3**150)
    first = people.call(
        "InitiateAuth",
        ClientId=people.app,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    named = first["NewDeviceMetadata"]
    key = named["DeviceKey"]
    device = srp.Identity.device(named["DeviceGroupKey"], key)
    config = srp.device_secrets(device, "secret", 12345).as_params()
    params = {"AccessToken": first["AccessToken"], "DeviceKey": key}
    people.call("ConfirmDevice", **params, DeviceSecretVerifierConfig=config)
    text = {"SmsMfaConfiguration": {"SmsConfiguration": SMS}}
    people.call("SetUserPoolMfaConfig", UserPoolId=people.pool, MfaConfiguration="ON", **text)

    asked = people.begin(exchange, DEVICE_KEY=key)
    user = srp.Identity.user(people.pool, asked["USER_ID_FOR_SRP"])
    _, answer = people.prove("PASSWORD_VERIFIER", exchange, asked, user, PASSWORD, DEVICE_KEY=key)
    assert answer["ChallengeName"] == "DEVICE_SRP_AUTH"
    responses = {"USERNAME": "ann", "SRP_A": exchange.A_hex, "DEVICE_KEY": key}
    asked = people.call(
        "RespondToAuthChallenge",
        ClientId=people.app,
        ChallengeName="DEVICE_SRP_AUTH",
        Session=answer["Session"],
        ChallengeResponses=responses,
    )["ChallengeParameters"]
    error, answer = people.prove(
        "DEVICE_PASSWORD_VERIFIER", exchange, asked, device, "secret", DEVICE_KEY=key
    )
    assert error is None
    assert "AccessToken" in answer["AuthenticationResult"]
    assert people.reference.outbox.list() == []
