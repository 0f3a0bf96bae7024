"""Findings: what follows from another one is marked and fails nobody, and a trace is made as plain as the fault allows."""

from __future__ import annotations

import re
import time

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Ledger
from cognito_conformance.engine.minimise import SECOND, Minimiser
from cognito_conformance.engine.verdicts import verdict_of
from cognito_conformance.judge.judge import Judge
from cognito_conformance.narrate.boto3_script import Boto3Script
from cognito_conformance.server.core import Reference
from cognito_conformance.wire.answer import Answer, read_answer
from cognito_model.model import Request
from cognito_model.terms import Fresh
from support.drive import MODEL
from support.lenient import lenient
from support.walked import walked

POOL, APP = Fresh("PoolId", 1), Fresh("ClientId", 2)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
BEGIN = [
    Request(1, "CreateUserPool", {"PoolName": "p", "AutoVerifiedAttributes": ["email"]}),
    Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a"}),
]
STRAY = {"Name": "stray", "Value": "x"}
EMAIL = {"Name": "email", "Value": "ann@example.com"}


def sign_up(step, *attributes, username="ann"):
    """A sign-up."""
    of_user = {"ClientId": APP, "Username": username, "Password": "Passw0rd!"}
    return Request(step, "SignUp", of_user | {"UserAttributes": list(attributes)})


def confirm(step, username="ann"):
    """A confirmation with a code that nobody sent."""
    return Request(
        step, "ConfirmSignUp", {"ClientId": APP, "Username": username, "ConfirmationCode": "000000"}
    )


def admin(step, operation, username="ann", **params):
    """A call about a user by an administrator."""
    return Request(step, operation, {"UserPoolId": POOL, "Username": username, **params})


class KnowsNoSubs(ReferenceEndpoint):
    """A service that does not know its users by their subs."""

    def send(self, operation, params, *, signed=None):
        if UUID.fullmatch(str(params.get("Username"))):
            self.budget.spend()
            return refusal("UserNotFoundException", "User does not exist.")
        return super().send(operation, params, signed=signed)


class Deaf(ReferenceEndpoint):
    """A service that refuses to disable anybody, and whatever is asked of a pool that is not there, in the same words."""

    def send(self, operation, params, *, signed=None):
        if operation == "AdminDisableUser":
            self.budget.spend()
            return refusal("InvalidParameterException", "Not supported.")
        return super().send(operation, params, signed=signed)


def refusal(error, message) -> Answer:
    """An answer that refuses."""
    headers = {"x-amzn-ErrorType": f"{error}:", "x-amzn-RequestId": "1", "x-amzn-ErrorMessage": message}
    body = f'{{"__type": "{error}", "message": "{message}"}}'.encode()
    return read_answer(400, {"Content-Type": "application/x-amz-json-1.1", **headers}, body, 0.0)


def judged(endpoint, *walks):
    """The ledger of these walks, each in a world of its own."""
    ledger = Ledger()
    for requests in walks:
        for steps in walked(endpoint, requests):
            ledger.record(steps[-1], steps, endpoint.budget.spent)
    return ledger


def found(ledger, slug):
    """The only finding about a requirement."""
    wanted = [finding for finding in ledger.findings.values() if finding.requirement.slug == slug]
    assert len(wanted) == 1, [(f.requirement.slug, f.path, f.kind) for f in ledger.findings.values()]
    return wanted[0]


def minimised(endpoint, finding):
    """The finding, made short."""

    def replay(requests, *, pause=0.0):
        assert pause == 0.0
        judge = Judge(MODEL, endpoint)
        return [judge.step(request) for request in requests]

    Minimiser(MODEL, replay, time.time).minimise(finding)
    return finding


def test_what_went_wrong_on_the_way_is_mended():
    """A trace is freed of faults that are not its point, and then nothing precedes the finding any more."""
    endpoint = lenient("attributes/attribute-is-in-schema", "confirm/code-matches")
    walk = [*BEGIN, sign_up(3, EMAIL, STRAY), Request(4, "ListGroups", {"UserPoolId": POOL}), confirm(5)]
    finding = found(judged(endpoint, walk), "confirm/code-matches")
    assert finding.downstream
    minimised(endpoint, finding)
    assert [step.request.operation for step in finding.steps] == [
        "CreateUserPool",
        "CreateUserPoolClient",
        "SignUp",
        "ConfirmSignUp",
    ]
    assert finding.steps[2].request.params["UserAttributes"] == [EMAIL]
    assert (finding.confirmed, finding.downstream) == (True, False)


def test_what_might_be_refused_on_the_way_is_left_out():
    """A setting that the finding does not need is left out of a call on the way, though a service might refuse it."""
    endpoint = lenient("confirm/code-matches")
    first, *others = BEGIN
    texting = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns", "ExternalId": "x"}}
    begin = Request(first.step, first.operation, {**first.params, **texting})
    walk = [begin, *others, sign_up(3, EMAIL), confirm(4)]
    finding = minimised(endpoint, found(judged(endpoint, walk), "confirm/code-matches"))
    assert finding.confirmed
    assert "SmsConfiguration" not in finding.steps[0].request.params


@pytest.mark.parametrize("name", ["my-aws-login", "Upper_Case"])
def test_a_domain_that_the_walk_still_has_is_made_under_another_name(name):
    """A replay makes its domains under other names: the walk that showed the finding may not have ended yet."""
    endpoint = lenient("domains/prefix-is-not-reserved", "domains/prefix-has-form")
    walk = [BEGIN[0], Request(2, "CreateUserPoolDomain", {"UserPoolId": POOL, "Domain": name})]
    [finding] = [f for f in judged(endpoint, walk).findings.values() if f.requirement.area == "domains"]
    minimised(endpoint, finding)
    assert finding.confirmed
    assert finding.steps[-1].request.params["Domain"].endswith(f"-{name}")


def test_the_last_call_has_one_fault():
    """Of several reasons to refuse the last call only the broken requirement's stays."""
    endpoint = lenient("attributes/attribute-is-in-schema", "attributes/email-is-well-formed")
    walk = [*BEGIN, sign_up(3, {"Name": "email", "Value": "no address"}, STRAY)]
    ledger = judged(endpoint, walk)
    for slug, left in (
        ("attributes/attribute-is-in-schema", STRAY),
        ("attributes/email-is-well-formed", {"Name": "email", "Value": "no address"}),
    ):
        finding = minimised(endpoint, found(ledger, slug))
        assert finding.steps[-1].request.params["UserAttributes"] == [left]


def test_required_members_stay():
    """A call keeps the members that the API requires: without them it says something else."""

    class Lax(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            return (
                refusal("NotAuthorizedException", "No.")
                if answer.error == "SerializationException"
                else answer
            )

    endpoint = Lax.of(Reference(seed=1), Budget(100))
    flow = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "ann"}}
    walk = [*BEGIN, Request(3, "InitiateAuth", {"ClientId": {}, **flow})]
    finding = minimised(endpoint, found(judged(endpoint, walk), "protocol/request-is-well-typed"))
    assert [dict(step.request.params) for step in finding.steps] == [
        {"ClientId": {}, "AuthFlow": "USER_PASSWORD_AUTH"}
    ]


def test_a_name_that_is_not_known_is_blamed_shortly():
    """What keeps a target from finding the user is the fault of the name, and shown without what else was done."""
    endpoint = KnowsNoSubs.of(Reference(seed=1), Budget(2000))
    sub = Fresh("Sub", 3)
    walk = [
        *BEGIN,
        admin(3, "AdminCreateUser", UserAttributes=[EMAIL]),
        Request(4, "ListGroups", {"UserPoolId": POOL}),
        admin(5, "AdminEnableUser"),
        admin(6, "AdminGetUser", sub),
    ]
    finding = minimised(endpoint, found(judged(endpoint, walk), "common/sub-names-user"))
    assert [step.request.operation for step in finding.steps] == [
        "CreateUserPool",
        "AdminCreateUser",
        "AdminGetUser",
    ]


def test_a_refusal_of_everything_is_one_finding():
    """Where a call that must succeed is refused, the same words about a call that must be refused otherwise follow from it."""
    endpoint = Deaf.of(Reference(seed=1), Budget(100))
    ledger = judged(
        endpoint,
        [*BEGIN, admin(3, "AdminDisableUser", "nobody")],
        [*BEGIN, admin(3, "AdminCreateUser"), admin(4, "AdminDisableUser")],
    )
    ledger.settle()
    assert found(ledger, "common/user-exists").downstream
    assert not found(ledger, "admin-users/disables").downstream


def test_a_wrong_error_is_explained_by_a_shorter_one():
    """The same wrong error in place of the same right one, after further calls, follows from what shows it without them."""

    class Outspoken(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            if operation == "AdminInitiateAuth" and answer.error == "NotAuthorizedException":
                return refusal("InvalidPasswordException", "Invalid password.")
            return answer

    def sign_in(step, password):
        parameters = {"USERNAME": "ann", "PASSWORD": password}
        flow = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": parameters}
        return Request(step, "AdminInitiateAuth", {"UserPoolId": POOL, "ClientId": APP, **flow})

    def permanent(step, password):
        return admin(step, "AdminSetUserPassword", Password=password, Permanent=True)

    first, client = BEGIN
    flows = {"ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]}
    begin = [first, Request(2, client.operation, {**client.params, **flows}), admin(3, "AdminCreateUser")]
    ledger = judged(
        Outspoken.of(Reference(seed=1), Budget(100)),
        [*begin, permanent(4, "Passw0rd!"), permanent(5, "An0ther-1"), sign_in(6, "Passw0rd!")],
        [*begin, permanent(4, "Passw0rd!"), sign_in(5, "Wr0ng-1!")],
    )
    ledger.settle()
    assert found(ledger, "recovery/sets-permanent-password").downstream
    assert not found(ledger, "sign-in/password-matches").downstream


def test_a_reading_is_explained_by_a_shorter_one():
    """The same wrong value after further calls follows from what the reading shows without them."""

    class Empties(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            if operation == "AdminGetUser" and answer.output:
                answer.output["PreferredMfaSetting"] = ""
            return answer

    settings = {"SoftwareTokenMfaSettings": {"Enabled": False, "PreferredMfa": False}}
    read = [*BEGIN, admin(3, "AdminCreateUser"), admin(4, "AdminGetUser")]
    written = [
        *BEGIN,
        admin(3, "AdminCreateUser"),
        admin(4, "AdminSetUserMFAPreference", **settings),
        admin(5, "AdminGetUser"),
    ]
    ledger = judged(Empties.of(Reference(seed=1), Budget(100)), written, read)
    ledger.settle()
    assert found(ledger, "mfa/preference-is-kept").downstream
    assert not found(ledger, "admin-users/shows-user").downstream


def test_another_user_disturbs():
    """After a known user came back with another sub, whatever is found follows from that."""

    class Renews(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            if params.get("MessageAction") == "RESEND" and answer.output:
                answer.output["User"]["Attributes"][0]["Value"] = "00000000-0000-4000-8000-000000000001"
            if operation == "AdminGetUser" and answer.output:
                answer.output["Enabled"] = False
            return answer

    walk = [
        *BEGIN,
        admin(3, "AdminCreateUser"),
        admin(4, "AdminCreateUser", MessageAction="RESEND"),
        admin(5, "AdminGetUser"),
    ]
    ledger = judged(Renews.of(Reference(seed=1), Budget(100)), walk)
    assert not found(ledger, "admin-users/resend-answers-user").downstream
    assert found(ledger, "admin-users/shows-user").downstream


def test_nothing_goes_on_with_a_sub_of_ones_own():
    """A target that lets a sub be written has made another user of it: the walk ends there."""
    endpoint = lenient("attributes/sub-is-not-written")
    judge = Judge(MODEL, endpoint)
    walk = [*BEGIN, admin(3, "AdminCreateUser", UserAttributes=[{"Name": "sub", "Value": "x"}])]
    made = [judge.step(request) for request in walk]
    assert [step.derailed for step in made] == [False, False, True], made[-1].answer


@pytest.mark.parametrize(
    ("flaky", "downstream", "verdict"),
    [(False, False, "fail"), (True, False, "flaky"), (False, True, "flaky"), (True, True, "flaky")],
)
def test_only_what_stands_by_itself_fails(flaky, downstream, verdict):
    """A finding that did not come back, or came only after another divergence, is not held against the target."""
    ledger = judged(lenient("confirm/code-matches"), [*BEGIN, sign_up(3, EMAIL), confirm(4)])
    finding = found(ledger, "confirm/code-matches")
    finding.flaky, finding.downstream = flaky, downstream
    assert verdict_of(ledger.tally(finding.requirement), [finding]) == verdict


def test_a_later_sighting_that_nothing_precedes_is_looked_at_again():
    """A finding that was confirmed after another one only is replayed anew where it comes first."""
    endpoint = lenient("confirm/code-matches", "attributes/attribute-is-in-schema")
    ledger = judged(endpoint, [*BEGIN, sign_up(3, EMAIL, STRAY), confirm(4)])
    finding = found(ledger, "confirm/code-matches")
    finding.confirmed = True
    judge, steps, new = Judge(MODEL, endpoint), [], []
    for request in [*BEGIN, sign_up(3, EMAIL), confirm(4)]:
        steps.append(judge.step(request))
        new += ledger.record(steps[-1], list(steps), 9)
    assert new == [finding]
    assert (finding.confirmed, finding.downstream) == (None, False)


def test_what_was_not_replayed_says_so():
    """The story of a finding that nobody replayed says that, and of one that may follow from another says that too."""
    finding = found(
        judged(lenient("confirm/code-matches"), [*BEGIN, sign_up(3, EMAIL), confirm(4)]),
        "confirm/code-matches",
    )
    assert "It was not replayed" in results.story(finding, "x", "y")
    finding.confirmed, finding.downstream = True, True
    told = results.story(finding, "x", "y")
    assert "not replayed" not in told
    assert "Another divergence came before it" in told


def test_a_clock_of_whole_seconds_is_waited_for():
    """A time that must stay shows to be wrong only once a second has gone by: a replay waits for it, and so does a script."""

    class Renews(ReferenceEndpoint):
        def claims(self, pool_id, token, kind):
            claims = dict(super().claims(pool_id, token, kind))
            self.seen = {**getattr(self, "seen", {}), token: len(getattr(self, "seen", {}))}
            return claims | {"auth_time": claims["auth_time"] + self.seen[token]}

    flows = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
    client = Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", **flows})
    password = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
    walk = [
        BEGIN[0],
        client,
        admin(3, "AdminCreateUser"),
        admin(4, "AdminSetUserPassword", Password="Passw0rd!", Permanent=True),
        sign_in(5, "USER_PASSWORD_AUTH", password),
        sign_in(6, "REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": Fresh("RefreshToken", 5)}),
    ]
    endpoint = Renews.of(Reference(seed=1), Budget(2000))
    ledger = judged(endpoint, walk)
    late = [f for f in ledger.findings.values() if (f.path or "").endswith("auth_time") and len(f.steps) == 6]
    pauses = []

    def replay(requests, *, pause=0.0):
        pauses.append(pause)
        judge = Judge(MODEL, endpoint)
        return [judge.step(request) for request in requests]

    Minimiser(MODEL, replay, time.time).minimise(late[0])
    assert set(pauses) == {SECOND}
    script = Boto3Script(
        late[0], endpoint="http://127.0.0.1:1", region="us-east-1", code_source="", clock=None
    )
    assert "time.sleep(1.1)\nr6 = send(" in script.write(title="t", expected="e", observed="o")


def sign_in(step, flow, parameters):
    """A sign-in."""
    return Request(step, "InitiateAuth", {"ClientId": APP, "AuthFlow": flow, "AuthParameters": parameters})


@pytest.mark.parametrize(
    ("status", "body", "times", "by_chance"),
    [(500, b"<html>", 1, True), (500, b"<html>", 2, False), (200, b"[]", 1, False)],
)
def test_a_fault_that_came_once_is_no_verdict(status, body, times, by_chance):
    """All that is wrong with an answer with a server fault is in doubt until the fault is seen again; nothing else is."""

    class Crashes(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            if operation != "ListGroups":
                return super().send(operation, params, signed=signed)
            self.budget.spend()
            return read_answer(status, {}, body, 0.0)

    listing = [Request(step, "ListGroups", {"UserPoolId": POOL}) for step in range(3, 3 + times)]
    ledger = judged(Crashes.of(Reference(seed=1), Budget(100)), [*BEGIN, *listing])
    slugs = {"protocol/answer-is-json", "protocol/content-type-is-amz-json"} if status == 500 else set()
    assert slugs <= {finding.requirement.slug for finding in ledger.findings.values()}
    assert {finding.may_be_chance for finding in ledger.findings.values()} == {by_chance}
