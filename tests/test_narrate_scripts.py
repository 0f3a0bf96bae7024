"""Reproduction scripts: each shows the fault that it is about on the target that has it, and nothing on a faithful one."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.engine import results
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Finding, Ledger
from cognito_conformance.judge.judge import Judge
from cognito_conformance.narrate.boto3_script import literal
from cognito_conformance.server.core import Reference
from cognito_conformance.server.wire import HttpAnswer
from cognito_conformance.wire.answer import read_answer
from cognito_model.model import Request
from cognito_model.requirement import MUST
from cognito_model.terms import Code, Fresh, Function, SecretHash
from support import miniatures
from support.drive import MODEL
from support.settings import reference_setting
from support.wire_servers import server

POOL, APP = Fresh("PoolId", 1), Fresh("ClientId", 2)
SECRET_APP = {"GenerateSecret": True}
EMAIL = {"Name": "email", "Value": "ann@example.com"}
CODED = Request(1, "CreateUserPool", {"PoolName": "p", "AutoVerifiedAttributes": ["email"]})
TRIGGERED = Request(
    1,
    "CreateUserPool",
    {"PoolName": "p", "LambdaConfig": {"PreSignUp": Function("auto-confirm")}},
)
BARE = Request(1, "CreateUserPool", {"PoolName": "p"})
FLOWS = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}


def app(**settings):
    """An app client of the pool."""
    return Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a", **FLOWS, **settings})


def admin(step, operation, **params):
    """A call about ann by an administrator."""
    return Request(step, operation, {"UserPoolId": POOL, "Username": "ann", **params})


def created(step=3, **params):
    """The creation of ann, who has an e-mail address."""
    return admin(step, "AdminCreateUser", UserAttributes=[EMAIL], MessageAction="SUPPRESS", **params)


def signed_in(step):
    """Calls that sign ann in with a password of her own."""
    sign_in = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
    return [
        admin(step, "AdminSetUserPassword", Password="Passw0rd!", Permanent=True),
        Request(
            step + 1,
            "InitiateAuth",
            {"ClientId": APP, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": sign_in},
        ),
    ]


def sign_up(step, **params):
    """Ann signs up."""
    of_ann = {"ClientId": APP, "Username": "ann", "Password": "Passw0rd!", "UserAttributes": [EMAIL]}
    return Request(step, "SignUp", of_ann | params)


@dataclass
class Case:
    """A fault, the calls that show it, and the requirement and the path that the last of them breaks."""

    mutation: Mutation
    requests: list[Request]
    slug: str
    path: str | None = None
    told: tuple[str, str] | None = None
    kind: type[miniatures.Miniature] = field(default=miniatures.Miniature)


CASES = {
    "a call is accepted": Case(
        Mutation(Fault.GUARD_DROPPED, "SignUp", "sign-up/username-is-free"),
        [BARE, app(**SECRET_APP), *(sign_up(n, SecretHash=SecretHash(APP, "ann")) for n in (3, 4))],
        "sign-up/username-is-free",
        told=("UsernameExistsException", "accepted"),
    ),
    "another error": Case(
        Mutation(Fault.ERROR_SWAPPED, "AdminGetUser", "common/user-exists"),
        [BARE, admin(2, "AdminGetUser")],
        "common/user-exists",
    ),
    "a boolean": Case(
        Mutation(Fault.EFFECT_LOST, "AdminDisableUser", "admin-users/disables", "enabled"),
        [BARE, created(), admin(4, "AdminDisableUser"), admin(5, "AdminGetUser")],
        "admin-users/disables",
        "Enabled",
        ("false", "true"),
    ),
    "a member that is not there": Case(
        Mutation(Fault.MEMBER_OMITTED, "AdminGetUser", "UserCreateDate"),
        [BARE, created(), admin(5, "AdminGetUser")],
        "admin-users/shows-user",
        "UserCreateDate",
        ("the same moment as before", "absent"),
    ),
    "an attribute by its name": Case(
        Mutation(Fault.EFFECT_LOST, "AdminUpdateUserAttributes", "user-attributes/writes", "attributes"),
        [
            BARE,
            created(),
            admin(
                4, "AdminUpdateUserAttributes", UserAttributes=[{"Name": "email", "Value": "bob@example.com"}]
            ),
            admin(5, "AdminGetUser"),
        ],
        "user-attributes/writes",
        "UserAttributes.Value",
        ('"bob@example.com"', '"ann@example.com"'),
    ),
    "a number": Case(
        Mutation(Fault.MEMBER_OMITTED, "InitiateAuth", "AuthenticationResult.ExpiresIn"),
        [BARE, app(), created(), *signed_in(4)],
        "sign-in/expiry-is-access-tokens",
        "AuthenticationResult.ExpiresIn",
        ("3600", "absent"),
    ),
    "a listing": Case(
        Mutation(Fault.LAST_ITEM_LOST, "ListUsers", "Users"),
        [BARE, created(), Request(4, "ListUsers", {"UserPoolId": POOL})],
        "listing/lists-users",
        "Users",
    ),
    "time that goes by": Case(
        Mutation(Fault.GUARD_DROPPED, "GetUser", "common/access-token-is-not-expired"),
        [
            BARE,
            app(),
            created(),
            *signed_in(4),
            Request(6, "GetUser", {"AccessToken": Fresh("AccessToken", 5)}, wait=3700),
        ],
        "common/access-token-is-not-expired",
    ),
    "a code": Case(
        Mutation(Fault.EFFECT_LOST, "ConfirmSignUp", "confirm/confirms-user", "status"),
        [
            CODED,
            app(),
            sign_up(3),
            Request(
                4,
                "ConfirmSignUp",
                {"ClientId": APP, "Username": "ann", "ConfirmationCode": Code(Fresh("Message", 3))},
            ),
            admin(5, "AdminGetUser"),
        ],
        "confirm/confirms-user",
        "UserStatus",
        ('"CONFIRMED"', '"UNCONFIRMED"'),
    ),
    "a function for a trigger": Case(
        Mutation(Fault.EFFECT_LOST, "SignUp", "triggers/sign-up-is-confirmed", "status"),
        [
            TRIGGERED,
            app(),
            sign_up(3),
            admin(4, "AdminGetUser"),
        ],
        "triggers/sign-up-is-confirmed",
        "UserStatus",
        ('"CONFIRMED"', '"UNCONFIRMED"'),
    ),
}


def finding_of(case):
    """The finding of a judge who makes these calls to the faulty service."""
    endpoint = ReferenceEndpoint.of(MutantReference(case.mutation, seed=1), Budget(100))
    judge, ledger, steps = Judge(MODEL, endpoint), Ledger(), []
    for request in case.requests:
        steps.append(judge.step(request))
        ledger.record(steps[-1], steps, len(steps))
    wanted = [f for f in ledger.findings.values() if (f.requirement.slug, f.path) == (case.slug, case.path)]
    assert len(wanted) == 1, [(f.requirement.slug, f.path) for f in ledger.findings.values()]
    return wanted[0]


def record_of(finding):
    """Its record, for a target whose codes are read as the reference server shows them."""
    return results.finding_record(finding, reference_setting())


def run(script, reference, folder, target=None):
    """The exit code of a script that is run by itself against a service."""
    file = folder / "script.py"
    file.write_text(script, "utf-8")
    target = target or miniatures.Miniature()
    target.reference, target.app = reference, miniatures.App(reference)
    with server(target.serve) as listening:
        reference.base_url = listening.url
        done = subprocess.run(
            [sys.executable, file, listening.url], capture_output=True, text=True, check=False
        )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_script_shows_its_fault(case, tmp_path):
    """Run alone, a script exits with 1 on the target that has the fault and with 0 on one that has not."""
    finding = finding_of(case)
    record = record_of(finding)
    faulty, said = run(record["script"], MutantReference(case.mutation, seed=2), tmp_path)
    assert faulty == 1, said
    faithful, said = run(record["script"], miniatures.Reference(seed=2), tmp_path)
    assert faithful == 0, said
    assert case.told in (None, (record["expected"], record["observed"]))
    assert f"expected: {record['expected']}" in said


@pytest.mark.parametrize(("status", "body"), [(500, b"<html>no</html>"), (200, b"null"), (200, b"[]")])
def test_a_script_shows_what_nobody_can_read(status, body, tmp_path):
    """A page where JSON belongs, and null or a list for an object, are shown by a script as well."""

    class Babbling(ReferenceEndpoint):
        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            return read_answer(status, {}, body, 0.0) if operation == "AdminGetUser" else answer

    class Babbler(miniatures.Miniature):
        def spoilt(self, operation, request, answer):
            sized = (("Content-Length", str(len(body))),)
            return HttpAnswer(status, sized, body) if operation == "AdminGetUser" else answer

    judge, ledger, steps = Judge(MODEL, Babbling.of(miniatures.Reference(seed=1), Budget(100))), Ledger(), []
    for request in [BARE, admin(2, "AdminGetUser")]:
        steps.append(judge.step(request))
        ledger.record(steps[-1], steps, len(steps))
    found = {f.requirement.slug: f for f in ledger.findings.values() if f.requirement.level is MUST}
    assert {"protocol/answer-is-json", "common/user-exists"} <= set(found)
    for finding in (found["protocol/answer-is-json"], found["common/user-exists"]):
        script = record_of(finding)["script"]
        faulty, said = run(script, miniatures.Reference(seed=2), tmp_path, Babbler())
        assert faulty == 1, said
        faithful, said = run(script, miniatures.Reference(seed=2), tmp_path)
        assert faithful == 0, said


def test_a_script_says_when_it_cannot_tell(tmp_path):
    """Where a call before the last goes otherwise than in the run, or something fails, the exit code is 2."""
    script = record_of(finding_of(CASES["a boolean"]))["script"]
    other = Mutation(Fault.ERROR_SWAPPED, "AdminDisableUser", "common/user-exists")
    spoilt = script.replace(
        '"admin_disable_user",\n', '"admin_disable_user",\n    error="NotAuthorizedException",\n'
    )
    code, said = run(spoilt, MutantReference(other, seed=2), tmp_path)
    assert (code, said) == (2, "admin_disable_user: expected NotAuthorizedException, got an answer \n")
    code, said = run(script.replace('r1["UserPool"]', 'r1["Pool"]'), miniatures.Reference(seed=2), tmp_path)
    assert code == 2
    assert "KeyError: 'Pool'" in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "it's",
        "a" * 200,
        "a" * 5000,
        "x" + "ab" * 4000 + "y" * 77 + "\n'",
        "\\" * 300,
        "z" * 39 + "ü" * 900,
    ],
)
def test_a_long_text_says_how_often_something_comes(text):
    """A text is an expression for itself; one that is mostly a repetition is a short one."""
    written = literal(text)
    assert eval(written) == text  # noqa: S307 - our own expression
    assert len(written) <= 210


def test_a_script_with_a_long_value_is_short():
    """What is a hundred thousand characters long in a request takes no such room in its program."""
    endpoint = ReferenceEndpoint.of(Reference(seed=1), Budget(10))
    judge = Judge(MODEL, endpoint)
    step = judge.step(Request(1, "CreateUserPool", {"PoolName": "p" * 131_072}))
    check = dataclasses.replace(step.checks[0], held=False, path="message", expected=("v" * 131_072,))
    finding = Finding(check.requirement, "CreateUserPool", "message", "value", check, [step], False, 1)
    program = results.finding_record(finding, reference_setting())["script"]
    assert "'p' * 131072" in program
    assert len(program) < 6000
