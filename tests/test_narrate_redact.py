"""What a target answered, as reports show it."""

import json

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Ledger
from cognito_conformance.narrate.redact import scrubbed
from cognito_conformance.server.core import Reference
from cognito_conformance.wire.answer import read_answer
from cognito_model.model import Request
from cognito_model.terms import Fresh
from support.settings import reference_setting
from support.walked import walked

TOKEN = ".".join(["eyJ" + "a" * 40, "b" * 40, "c" * 40])


def test_a_token_within_a_text():
    """A message that quotes a token shows its length alone, and the words about it."""
    told = scrubbed(f"NotAuthorizedException: {TOKEN} is not known")
    assert told == f"NotAuthorizedException: <secret of {len(TOKEN)} characters> is not known"


class Quotes(ReferenceEndpoint):
    """A service that tells in its errors what it was sent, and in an answer what it should keep to itself."""

    def send(self, operation, params, *, signed=None):
        answer = super().send(operation, params, signed=signed)
        if operation == "GetUser" and answer.error:
            return refused(f"{params['AccessToken']} is no access token")
        if operation == "ChangePassword":
            return refused(f"{params['ProposedPassword']} is no better than {params['PreviousPassword']}")
        if operation == "AdminGetUser" and answer.output:
            answer.output["UserStatus"] = f"signed in with {self.tokens['RefreshToken']}"
        if operation == "InitiateAuth" and answer.output:
            self.tokens = answer.output["AuthenticationResult"]
        return answer


def refused(message):
    """A refusal with this message."""
    body = json.dumps({"__type": "NotAuthorizedException", "message": message}).encode()
    return read_answer(400, {"Content-Type": "application/x-amz-json-1.1"}, body, 0.0)


def test_what_a_target_quotes_is_no_secret_of_a_report():
    """Tokens and passwords that a target repeats in its messages and answers are nowhere in the records of a run."""
    pool, client, old, new = Fresh("PoolId", 1), Fresh("ClientId", 2), "Passw0rd!old", "Passw0rd!new"
    flows = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
    signing_in = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "ann", "PASSWORD": old}}
    ann = {"UserPoolId": pool, "Username": "ann"}
    changed = {"AccessToken": Fresh("AccessToken", 5), "PreviousPassword": old, "ProposedPassword": new}
    walk = [
        Request(1, "CreateUserPool", {"PoolName": "p"}),
        Request(2, "CreateUserPoolClient", {"UserPoolId": pool, "ClientName": "a", **flows}),
        Request(3, "AdminCreateUser", ann),
        Request(4, "AdminSetUserPassword", {**ann, "Password": old, "Permanent": True}),
        Request(5, "InitiateAuth", {"ClientId": client, **signing_in}),
        Request(6, "GetUser", {"AccessToken": Fresh("RefreshToken", 5)}),
        Request(7, "AdminGetUser", ann),
        Request(8, "ChangePassword", changed),
    ]
    endpoint = Quotes.of(Reference(seed=1), Budget(100))
    ledger = Ledger()
    for steps in walked(endpoint, walk):
        ledger.record(steps[-1], steps, 1)
    assert {f.operation for f in ledger.findings.values()} >= {"GetUser", "AdminGetUser", "ChangePassword"}
    told = json.dumps([results.finding_record(f, reference_setting()) for f in ledger.findings.values()])
    assert "is no access token" in told
    assert "is no better than" in told
    assert "signed in with <secret of" in told
    secrets = [old, new, *(endpoint.tokens[name] for name in ("AccessToken", "IdToken", "RefreshToken"))]
    assert [secret for secret in secrets if secret in told] == []
