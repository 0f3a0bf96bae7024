"""Which code a message is taken to have carried."""

from __future__ import annotations

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.judge.judge import Fate, Judge
from cognito_conformance.server.core import Reference
from cognito_conformance.wire.answer import Answer
from cognito_model.evolve import replace
from cognito_model.model import Request
from cognito_model.terms import Code, Fresh
from support.drive import MODEL

POOL, CLIENT = Fresh("PoolId", 1), Fresh("ClientId", 2)
PASSWORD = "Passw0rd!x"
ROLE = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns", "ExternalId": "x"}
AHEAD = [
    (
        "CreateUserPool",
        {
            "PoolName": "people",
            "AutoVerifiedAttributes": ["email", "phone_number"],
            "SmsConfiguration": ROLE,
        },
    ),
    (
        "CreateUserPoolClient",
        {"UserPoolId": POOL, "ClientName": "app", "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]},
    ),
    ("AdminCreateUser", {"UserPoolId": POOL, "Username": "ann", "MessageAction": "SUPPRESS"}),
    (
        "AdminSetUserPassword",
        {"UserPoolId": POOL, "Username": "ann", "Password": PASSWORD, "Permanent": True},
    ),
    (
        "AdminInitiateAuth",
        {
            "UserPoolId": POOL,
            "ClientId": CLIENT,
            "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": "ann", "PASSWORD": PASSWORD},
        },
    ),
    (
        "UpdateUserAttributes",
        {
            "AccessToken": Fresh("AccessToken", 5),
            "UserAttributes": [
                {"Name": "email", "Value": "ann@example.com"},
                {"Name": "phone_number", "Value": "+15550100100"},
            ],
        },
    ),
]


class Silent(ReferenceEndpoint):
    """Tells of no code that went to an e-mail address."""

    def send(self, operation, params, *, signed=None) -> Answer:
        answer = super().send(operation, params, signed=signed)
        told = (answer.output or {}).get("CodeDeliveryDetailsList")
        if not told:
            return answer
        left = [details for details in told if details["AttributeName"] != "email"]
        return replace(answer, output={**answer.output, "CodeDeliveryDetailsList": left})


def verified(endpoint: type[ReferenceEndpoint]) -> list[tuple[bool, Fate]]:
    """What becomes of the codes of an update of both contacts."""
    judge = Judge(MODEL, endpoint.of(Reference(), Budget(max_requests=100)))
    for number, (operation, params) in enumerate(AHEAD, 1):
        assert judge.step(Request(number, operation, params)).fate is Fate.JUDGED
    fates = {}
    for message, code in list(judge.codes.items()):
        params = {"AccessToken": Fresh("AccessToken", 5), "AttributeName": "email", "Code": Code(message)}
        fates[code is None] = judge.step(Request(100 + message.index, "VerifyUserAttribute", params)).fate
    return sorted(fates.items())


def test_every_message_that_is_told_of_has_a_code():
    """Where the answer lists what was sent, each message's code is read."""
    assert verified(ReferenceEndpoint) == [(False, Fate.JUDGED)]


def test_a_message_that_the_list_leaves_out_has_none():
    """A message that the answer's list leaves out was not sent: its code is nobody's, and no other is taken for it."""
    assert verified(Silent) == [(False, Fate.JUDGED), (True, Fate.BLOCKED)]
