"""The way into a pool: sign-ins, answers to challenges, and the tokens that come of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cognito_model.terms import (
    ClaimTimestamp,
    Code,
    DeviceProof,
    DeviceSalt,
    DeviceVerifier,
    Fresh,
    SecretHash,
    SrpA,
    SrpProof,
    TotpCode,
)
from support.people import GOOD, SMS, Town

ALL_FLOWS = [
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]
TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
TEXT = {"SmsMfaConfiguration": {"SmsConfiguration": SMS}}
MAIL = {"EmailMfaConfiguration": {"Message": "Your code is {####}", "Subject": "Your code"}}
PHONE = {"phone_number": "+15550100100"}
EMAIL = {"email": "ann@example.com"}
WRONG = "Wr0ng-Passw0rd!"
TRACKED = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}


@dataclass(frozen=True)
class Tokens:
    """The terms of an AuthenticationResult, and the result itself."""

    access: Fresh
    id: Fresh
    refresh: Any
    result: dict[str, Any]

    @classmethod
    def of(cls, members: dict[str, Any]) -> Tokens:
        """The tokens in an answer."""
        result = members["AuthenticationResult"]
        return cls(result["AccessToken"].term, result["IdToken"].term, result["RefreshToken"], result)


class Door(Town):
    """A pool, an app client that allows every flow, and Ann, who is confirmed.

    `mfa` is what SetUserPoolMfaConfig gets, `ann` are her attributes.
    """

    def __init__(
        self,
        *,
        client: dict[str, Any] | None = None,
        mfa: dict[str, Any] | None = None,
        ann: dict[str, Any] | None = None,
        **pool: Any,
    ) -> None:
        super().__init__(client={"ExplicitAuthFlows": ALL_FLOWS, **(client or {})}, **pool)
        if mfa is not None:
            self.admin("SetUserPoolMfaConfig", **{"MfaConfiguration": "OPTIONAL", **mfa})
        if not self.pool.username_attributes:
            self.confirmed("ann", **(ann or {}))

    @property
    def hides(self) -> bool:
        """Whether the app client hides who does not exist."""
        return self.pool.clients[self.client].hides_users

    # -- begin

    def _start(
        self, flow: str, parameters: dict[str, Any], more: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        admin = more.pop("admin", flow.startswith("ADMIN_"))
        client = self.pool.clients[more.setdefault("ClientId", self.client)]
        if flow not in ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"):
            parameters = {"USERNAME": "ann", **parameters}
        if flow in ("USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"):
            parameters = {"PASSWORD": GOOD, **parameters}
        if flow == "USER_SRP_AUTH":
            parameters = {"SRP_A": SrpA(self.drive.step + 1), **parameters}
        if client.secret is not None:
            parameters = {
                "SECRET_HASH": SecretHash(client.id, parameters.get("USERNAME", "ann")),
                **parameters,
            }
        given = {name: value for name, value in parameters.items() if value is not None}
        pool = {"UserPoolId": self.id} if admin else {}
        operation = "AdminInitiateAuth" if admin else "InitiateAuth"
        return operation, {**pool, "AuthFlow": flow, "AuthParameters": given, **more}

    def start(
        self, flow: str = "USER_PASSWORD_AUTH", *, more: Any = None, **parameters: Any
    ) -> dict[str, Any]:
        """Ann begins to sign in, and the answer; a parameter that is None is left out."""
        operation, params = self._start(flow, parameters, dict(more or {}))
        return self.drive.call(operation, **params)

    def start_refused(
        self, flow: str = "USER_PASSWORD_AUTH", *, more: Any = None, **parameters: Any
    ) -> set[str]:
        """She must be refused: the slugs of the reasons."""
        operation, params = self._start(flow, parameters, dict(more or {}))
        return self.drive.refused(operation, **params)

    def start_outcome(self, flow: str = "USER_PASSWORD_AUTH", *, more: Any = None, **parameters: Any) -> Any:
        """What the model says of it, not followed."""
        operation, params = self._start(flow, parameters, dict(more or {}))
        return self.drive.outcome(operation, **params)

    # -- answer

    def _answer(
        self, name: str, session: Any, responses: dict[str, Any], more: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        admin = more.pop("admin", False)
        client = self.pool.clients[more.setdefault("ClientId", self.client)]
        responses = {"USERNAME": "ann", **responses}
        if client.secret is not None:
            responses = {"SECRET_HASH": SecretHash(client.id, responses["USERNAME"]), **responses}
        given = {key: value for key, value in responses.items() if value is not None}
        pool = {"UserPoolId": self.id} if admin else {}
        params = {**pool, "ChallengeName": name, "ChallengeResponses": given, **more}
        if session is not None:
            params["Session"] = session
        return "AdminRespondToAuthChallenge" if admin else "RespondToAuthChallenge", params

    def answer(self, name: str, session: Any, *, more: Any = None, **responses: Any) -> dict[str, Any]:
        """Ann answers a challenge."""
        operation, params = self._answer(name, session, responses, dict(more or {}))
        return self.drive.call(operation, **params)

    def answer_refused(self, name: str, session: Any, *, more: Any = None, **responses: Any) -> set[str]:
        """Her answer must be refused: the slugs of the reasons."""
        operation, params = self._answer(name, session, responses, dict(more or {}))
        return self.drive.refused(operation, **params)

    def answer_outcome(self, name: str, session: Any, *, more: Any = None, **responses: Any) -> Any:
        """What the model says of it, not followed."""
        operation, params = self._answer(name, session, responses, dict(more or {}))
        return self.drive.outcome(operation, **params)

    # -- what is said again and again

    def tokens(self, flow: str = "USER_PASSWORD_AUTH", **parameters: Any) -> Tokens:
        """The tokens of a sign-in that asks nothing more."""
        return Tokens.of(self.start(flow, **parameters))

    def proof(self, asked: dict[str, Any], password: Any = GOOD, user: Any = "ann") -> dict[str, Any]:
        """What answers a PASSWORD_VERIFIER."""
        block = block_of(asked)
        return {
            "PASSWORD_CLAIM_SECRET_BLOCK": block,
            "PASSWORD_CLAIM_SIGNATURE": SrpProof(block, password, user, self.id),
            "TIMESTAMP": ClaimTimestamp(block),
        }

    def text(self) -> Code:
        """The code of the latest message."""
        return Code(self.drive.messages[-1].term)

    def later(self, seconds: float) -> None:
        """Time goes by."""
        self.drive.now += seconds

    def with_totp(self, token: Any = None, *, prefer: bool = True) -> Fresh:
        """Ann sets up a software token and turns it on; its secret. Its first code is used up."""
        token = token or self.tokens().access
        secret = self.drive.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"].parts[-1]
        self.drive.call("VerifySoftwareToken", AccessToken=token, UserCode=TotpCode(secret, 0))
        on = {"Enabled": True, "PreferredMfa": prefer}
        self.drive.call("SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=on)
        self.later(30)
        return secret

    def with_text(self, *, prefer: bool = True) -> None:
        """Text messages are Ann's second factor."""
        on = {"Enabled": True, "PreferredMfa": prefer}
        self.admin("AdminSetUserMFAPreference", "ann", SMSMfaSettings=on)

    def with_mail(self, *, prefer: bool = True) -> None:
        """E-mails are Ann's second factor."""
        on = {"Enabled": True, "PreferredMfa": prefer}
        self.admin("AdminSetUserMFAPreference", "ann", EmailMfaSettings=on)

    def with_device(self, tokens: Tokens | None = None) -> Any:
        """Ann confirms the device of a sign-in; its key."""
        tokens = tokens or self.tokens()
        named = tokens.result["NewDeviceMetadata"]
        self.drive.call(
            "ConfirmDevice",
            AccessToken=tokens.access,
            DeviceKey=named["DeviceKey"],
            DeviceSecretVerifierConfig=verifier(named),
        )
        return named["DeviceKey"]

    def device_proof(
        self, asked: dict[str, Any], key: Any, password: str = "device-password"
    ) -> dict[str, Any]:
        """What answers a DEVICE_PASSWORD_VERIFIER."""
        block = block_of(asked)
        group = self.user().devices[key].group
        return {
            "DEVICE_KEY": key,
            "PASSWORD_CLAIM_SECRET_BLOCK": block,
            "PASSWORD_CLAIM_SIGNATURE": DeviceProof(block, group, key, password),
            "TIMESTAMP": ClaimTimestamp(block),
        }


def block_of(asked: dict[str, Any]) -> Fresh:
    """The secret block of a challenge."""
    block: Fresh = asked["ChallengeParameters"]["SECRET_BLOCK"].parts[-1]
    return block


def verifier(named: dict[str, Any], password: str = "device-password") -> dict[str, Any]:
    """DeviceSecretVerifierConfig for NewDeviceMetadata."""
    return {
        "PasswordVerifier": DeviceVerifier(named["DeviceGroupKey"], named["DeviceKey"], password),
        "Salt": DeviceSalt(named["DeviceKey"]),
    }
