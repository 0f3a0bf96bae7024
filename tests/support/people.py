"""A pool with an app client, and the people in it."""

from __future__ import annotations

from typing import Any

from cognito_model.expect import Both, OneOf, Pattern
from cognito_model.terms import Code, Fresh, SecretHash
from cognito_model.world import Pool, User
from support.drive import Drive, plain

FLOWS = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
GOOD = "Passw0rd!x"
OTHER = "N3wPassw0rd!y"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "town"}


def attributes(**values: Any) -> list[dict[str, Any]]:
    """UserAttributes; a double underscore stands for the colon of custom names."""
    return [{"Name": name.replace("__", ":"), "Value": value} for name, value in values.items()]


class Town:
    """A pool with one app client; `client` are further members of CreateUserPoolClient."""

    def __init__(self, *, client: dict[str, Any] | None = None, **pool: Any) -> None:
        self.drive = Drive()
        self.id = self.drive.call("CreateUserPool", PoolName="town", **pool)["UserPool"]["Id"]
        self.client = self.another_client(**(client or {}))

    def another_client(self, **settings: Any) -> Fresh:
        """One more app client."""
        settings = {"ClientName": "app", "ExplicitAuthFlows": FLOWS, **settings}
        made = self.drive.call("CreateUserPoolClient", UserPoolId=self.id, **settings)
        return made["UserPoolClient"]["ClientId"]

    # -- calls

    def admin(self, operation: str, username: Any = None, **params: Any) -> dict[str, Any]:
        """An administrator's call that must succeed."""
        return self.drive.call(operation, **self._admin(username, params))

    def admin_refused(self, operation: str, username: Any = None, **params: Any) -> set[str]:
        """One that must be refused: the slugs of the reasons."""
        return self.drive.refused(operation, **self._admin(username, params))

    def admin_outcome(self, operation: str, username: Any = None, **params: Any) -> Any:
        """What the model says of an administrator's call, not followed."""
        return self.drive.outcome(operation, **self._admin(username, params))

    def public(self, operation: str, username: Any = None, **params: Any) -> dict[str, Any]:
        """A call through the app client that must succeed."""
        return self.drive.call(operation, **self._public(username, params))

    def public_refused(self, operation: str, username: Any = None, **params: Any) -> set[str]:
        """One that must be refused: the slugs of the reasons."""
        return self.drive.refused(operation, **self._public(username, params))

    def public_outcome(self, operation: str, username: Any = None, **params: Any) -> Any:
        """What the model says of a call through the app client, not followed."""
        return self.drive.outcome(operation, **self._public(username, params))

    def _admin(self, username: Any, params: dict[str, Any]) -> dict[str, Any]:
        return {"UserPoolId": self.id, **({} if username is None else {"Username": username}), **params}

    def _public(self, username: Any, params: dict[str, Any]) -> dict[str, Any]:
        client = self.pool.clients[params.get("ClientId", self.client)]
        params = {"ClientId": self.client, **({} if username is None else {"Username": username}), **params}
        if client.secret is not None and "SecretHash" not in params:
            params["SecretHash"] = SecretHash(client.id, username)
        return params

    # -- people

    def sign_up(self, username: str = "ann", password: str | None = GOOD, **values: Any) -> dict[str, Any]:
        """A person who signed up."""
        params: dict[str, Any] = {} if password is None else {"Password": password}
        return self.public("SignUp", username, **params, UserAttributes=attributes(**values))

    def create(self, username: str = "ann", **values: Any) -> dict[str, Any]:
        """A user whom an administrator made, and nobody told."""
        return self.admin(
            "AdminCreateUser",
            username,
            TemporaryPassword=GOOD,
            MessageAction="SUPPRESS",
            UserAttributes=attributes(**values),
        )["User"]

    def confirmed(self, username: str = "ann", password: str = GOOD, **values: Any) -> User:
        """A user who can sign in."""
        self.create(username, **values)
        self.admin("AdminSetUserPassword", username, Password=password, Permanent=True)
        return self.user(username)

    def token(self, username: str = "ann", password: str = GOOD) -> Any:
        """An access token of the user."""
        answer = self.admin(
            "AdminInitiateAuth",
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            ClientId=self.client,
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )
        return answer["AuthenticationResult"]["AccessToken"].term

    # -- what there is

    @property
    def pool(self) -> Pool:
        """The pool as it is now."""
        return self.drive.world.pools[self.id]

    def user(self, username: Any = "ann") -> User:
        """The user as it is now."""
        found = self.pool.find(username)
        assert found is not None
        return found

    def shown(self, username: Any = "ann") -> dict[str, Any]:
        """The user's attributes as AdminGetUser answers them, those apart that may come or not."""
        return listed(self.admin("AdminGetUser", username)["UserAttributes"])

    def status(self, username: Any = "ann") -> str:
        """UserStatus as AdminGetUser answers it."""
        return self.admin("AdminGetUser", username)["UserStatus"]

    def code(self) -> Code:
        """The code of the latest message."""
        return Code(self.drive.messages[-1].term)


def listed(bag: Any) -> dict[str, Any]:
    """A Bag of attributes as {name: value}, whatever else must be absent."""
    bag = plain(bag.parts[-1]) if isinstance(bag, Both) else bag
    found = (plain(item) for item in bag.items)
    return {i["Name"]: i["Value"] for i in (i.choices[0] if isinstance(i, OneOf) else i for i in found)}


def named(details: Any) -> Any:
    """The AttributeName that CodeDeliveryDetails must have."""
    return plain(plain(details)["AttributeName"].parts[-1])


def destination(details: Any) -> Any:
    """What the Destination of CodeDeliveryDetails must be in Cognito's own way."""
    while isinstance(details, OneOf):
        details = plain(details.choices[0])
    shown = details["Destination"]
    shown = plain(shown.parts[-1]) if isinstance(shown, Both) else shown
    return shown.example if isinstance(shown, Pattern) else shown
