"""The reference server over HTTP: one world a region, keys of each pool, and what is no operation."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from cognito_conformance.crypto import tokens
from cognito_conformance.server.app import App
from cognito_conformance.server.core import Reference

PASSWORD = "Passw0rd!x"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


class Town:
    """A pool of a region of the reference server, an app client of it, and Ann, whose password is temporary."""

    def __init__(self, app: App, region: str = "eu-west-1") -> None:
        self.app, self.region = app, region
        self.pool = self.signed("CreateUserPool", PoolName="town")["UserPool"]["Id"]
        made = self.signed(
            "CreateUserPoolClient", UserPoolId=self.pool, ClientName="c", ExplicitAuthFlows=FLOWS
        )
        self.client = made["UserPoolClient"]["ClientId"]
        ann = {"UserPoolId": self.pool, "Username": "ann"}
        self.signed("AdminCreateUser", **ann, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")

    def send(self, operation: str, params: dict[str, Any], *, region: str | None) -> tuple[int, Any]:
        """Status and body of a call that is signed for a region, or not at all."""
        headers = [(b"x-amz-target", f"AWSCognitoIdentityProviderService.{operation}".encode())]
        if region is not None:
            scope = f"AWS4-HMAC-SHA256 Credential=key/20260101/{region}/cognito-idp/aws4_request, Signature=0"
            headers.append((b"authorization", scope.encode()))
        answer = self.app.route("POST", "/", headers, json.dumps(params).encode())
        assert dict(answer.headers)["Content-Type"] == "application/x-amz-json-1.1"
        return answer.status, json.loads(answer.body or b"{}")

    def signed(self, operation: str, **params: Any) -> Any:
        """A signed call that succeeds."""
        status, body = self.send(operation, params, region=self.region)
        assert status == 200, body
        return body

    def unsigned(self, operation: str, **params: Any) -> Any:
        """An unsigned call that succeeds."""
        status, body = self.send(operation, params, region=None)
        assert status == 200, body
        return body

    def published(self, name: str) -> Any:
        """What is at a well-known place of the pool."""
        answer = self.app.route("GET", f"/{self.pool}/.well-known/{name}", [], b"")
        assert answer.status == 200
        return json.loads(answer.body)

    def ann_signs_in(self) -> dict[str, str]:
        """Ann's tokens, by unsigned calls alone: she sets the password that is asked for."""
        given = {"USERNAME": "ann", "PASSWORD": PASSWORD}
        start = {"ClientId": self.client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}
        asked = self.unsigned("InitiateAuth", **start)
        answer = {"USERNAME": "ann", "NEW_PASSWORD": PASSWORD}
        made = self.unsigned(
            "RespondToAuthChallenge",
            ClientId=self.client,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses=answer,
        )
        return made["AuthenticationResult"]


@pytest.fixture
def app() -> App:
    """A server with a pool in its own region."""
    app = App(Reference(seed=1))
    Town(app, "us-east-1")
    return app


def test_messages_are_asked_for_by_their_values(app):
    """Messages are listed by the values that are asked for, and the newest alone, so that long runs read little."""
    town = Town(app)
    town.signed("UpdateUserPool", UserPoolId=town.pool, AutoVerifiedAttributes=["email"])
    for name in ("bob", "ben"):
        mail = [{"Name": "email", "Value": f"{name}@example.com"}]
        town.unsigned("SignUp", ClientId=town.client, Username=name, Password=PASSWORD, UserAttributes=mail)
        town.unsigned("ResendConfirmationCode", ClientId=town.client, Username=name)

    def names(**query: str) -> list[str]:
        answer = app.route("GET", "/_reference/messages", [], b"", query)
        return [message["username"] for message in json.loads(answer.body)["messages"]]

    assert names() == ["bob", "bob", "ben", "ben"]
    assert names(username="bob", purpose="sign-up") == ["bob", "bob"]
    assert names(username="bob", newest="1") == ["bob"]
    assert names(newest="3") == ["bob", "ben", "ben"]
    assert names(username="nobody", newest="1") == names(newest="0") == []
    assert app.route("GET", "/_reference/messages", [], b"", {"newest": "-1"}).status == 400


def test_public_calls_find_their_region(app):
    """Unsigned calls are about the region whose client, session or token they name."""
    town = Town(app)
    town.unsigned("SignUp", ClientId=town.client, Username="ben", Password=PASSWORD)
    access = town.ann_signs_in()["AccessToken"]
    assert town.unsigned("GetUser", AccessToken=access)["Username"] == "ann"
    name = [{"Name": "name", "Value": "Ann"}]
    town.unsigned("UpdateUserAttributes", AccessToken=access, UserAttributes=name)
    assert town.unsigned("AssociateSoftwareToken", AccessToken=access)["SecretCode"]


def test_pool_belongs_to_its_region(app):
    """A pool of one region is neither listed nor described in another."""
    town = Town(app)
    assert town.pool.startswith("eu-west-1_")
    _, listed = town.send("ListUserPools", {"MaxResults": 60}, region="us-east-1")
    assert town.pool not in [pool["Id"] for pool in listed["UserPools"]]
    status, body = town.send("DescribeUserPool", {"UserPoolId": town.pool}, region="us-east-1")
    assert (status, body["__type"]) == (400, "ResourceNotFoundException")


def test_issuer_names_region_and_keys_are_found_from_it(app):
    """The issuer of a pool's tokens names its region, as its OpenID configuration does, beside the keys that verify them."""
    town = Town(app)
    issuer = f"https://cognito-idp.eu-west-1.amazonaws.com/{town.pool}"
    configuration = town.published("openid-configuration")
    assert (configuration["issuer"], configuration["jwks_uri"]) == (issuer, f"{issuer}/.well-known/jwks.json")
    signed = town.ann_signs_in()
    keys = town.published("jwks.json")
    kids = set()
    for kind in ("AccessToken", "IdToken"):
        assert tokens.verify(signed[kind], keys).claims["iss"] == issuer
        kids.add(tokens.peek_header(signed[kind])["kid"])
    assert kids == {key["kid"] for key in keys["keys"]}
    assert not kids & {key["kid"] for key in Town(app).published("jwks.json")["keys"]}


@pytest.mark.parametrize("region", [None, "eu-west-1"])
def test_unknown_operation(app, region):
    """What is no operation is told so, signed or not."""
    status, body = Town(app).send("DescribeWeather", {}, region=region)
    assert (status, body["__type"]) == (400, "UnknownOperationException")


def test_one_call_is_one_moment(app, monkeypatch):
    """The dates that a call shows and those that it leaves are the same, however long it takes."""
    clock = itertools.count(1_000_000_000, 0.25)
    monkeypatch.setattr(Reference, "now", lambda _: next(clock))
    town = Town(app)
    links = {"cognito:default": "https://terms.example.com"}
    named = {"TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE", "Links": links}
    made = town.signed("CreateTerms", UserPoolId=town.pool, ClientId=town.client, **named)["Terms"]
    assert made["CreationDate"] == made["LastModifiedDate"]
    assert made == town.signed("DescribeTerms", UserPoolId=town.pool, TermsId=made["TermsId"])["Terms"]
