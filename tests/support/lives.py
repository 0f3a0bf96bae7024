"""The few calls of a user's life that show whether a target's codes and tokens can be read."""

from __future__ import annotations

from cognito_conformance.crypto import tokens
from cognito_conformance.targets.inbox import Delivery

PASSWORD = "Passw0rd!first"
NEXT = "Passw0rd!next"
EMAIL = "ann@example.com"


class Life:
    """A pool of a running target, an app client of it, and one user."""

    def __init__(self, target, client):
        self.target, self.client = target, client
        self.pool = self.call("CreateUserPool", PoolName="life", AutoVerifiedAttributes=["email"])[
            "UserPool"
        ]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        app = self.call("CreateUserPoolClient", UserPoolId=self.pool, ClientName="c", ExplicitAuthFlows=flows)
        self.app = app["UserPoolClient"]["ClientId"]

    def call(self, operation, **params):
        """A call that must succeed; its output."""
        self.answer = self.client.send(operation, params)
        assert self.answer.output is not None, (
            operation,
            self.answer.error,
            self.answer.message,
            self.answer.body[:200],
        )
        return self.answer.output

    def code(self, purpose, username="ann", destination=EMAIL):
        """The code that the last call sent."""
        return self.target.inbox.read(
            Delivery(purpose, username, self.pool, "EMAIL", "email", destination, self.answer)
        )

    def sign_up(self):
        """Sign up and confirm with the code that was sent."""
        attributes = [{"Name": "email", "Value": EMAIL}]
        user = {"ClientId": self.app, "Username": "ann"}
        self.call("SignUp", **user, Password=PASSWORD, UserAttributes=attributes)
        self.call("ConfirmSignUp", **user, ConfirmationCode=self.code("sign-up"))

    def recover(self):
        """Set another password with the code that was sent."""
        user = {"ClientId": self.app, "Username": "ann"}
        self.call("ForgotPassword", **user)
        self.call(
            "ConfirmForgotPassword", **user, ConfirmationCode=self.code("forgot-password"), Password=NEXT
        )

    def sign_in(self):
        """Sign in; the claims of the access token, whose signature and issuer are checked."""
        parameters = {"USERNAME": "ann", "PASSWORD": NEXT}
        answer = self.call(
            "InitiateAuth", ClientId=self.app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
        )
        token = answer["AuthenticationResult"]["AccessToken"]
        tokens.verify(token, self.target.jwks(self.pool))
        return tokens.peek(token)

    def invite(self):
        """An invitation by e-mail; the temporary password in it."""
        attributes = [{"Name": "email", "Value": "bob@example.com"}]
        user = {"UserPoolId": self.pool, "Username": "bob", "UserAttributes": attributes}
        self.call("AdminCreateUser", **user, DesiredDeliveryMediums=["EMAIL"])
        return self.code("invitation", "bob", "bob@example.com")


def minimal(shape):
    """The least that a shape allows."""
    match shape.type_name:
        case "structure":
            return {name: minimal(shape.members[name]) for name in shape.required_members}
        case "list":
            return [minimal(shape.member)]
        case "string":
            return shape.enum[0] if shape.enum else "x" * max(1, shape.metadata.get("min", 1))
        case kind:
            return {"map": {}, "boolean": True, "blob": "eA=="}.get(kind, 1)
