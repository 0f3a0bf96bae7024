"""What tells a historic bug: the same calls break a requirement on the broken release and keep it on the mended one."""

from __future__ import annotations

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.history.concern import Concern
from cognito_conformance.history.decide import spoken_of
from cognito_conformance.history.trial import TRACES, Trial
from cognito_conformance.server.core import Reference
from cognito_model.call import Call
from cognito_model.model import Request
from cognito_model.terms import Fresh
from support.drive import MODEL
from support.walked import walked

POOL, APP = Fresh("PoolId", 1), Fresh("ClientId", 2)
POLICY, FREE = "passwords/password-keeps-policy", "sign-up/username-is-free"
BEGIN = [
    Request(1, "CreateUserPool", {"PoolName": "p"}),
    Request(2, "CreateUserPoolClient", {"UserPoolId": POOL, "ClientName": "a"}),
    Request(3, "DescribeUserPool", {"UserPoolId": POOL}),
]
SIGN_UP = Concern(("SignUp",), frozenset())


def sign_up(step, password, username="ann"):
    """A sign-up with this password."""
    return Request(step, "SignUp", {"ClientId": APP, "Username": username, "Password": password})


WEAK = [*BEGIN, sign_up(4, "short")]


def release(*slugs, operation=None, unless=None):
    """A release that lets these requirements pass: in all operations or in one, and not where the request has `unless` in it."""

    class Lenient(Call):
        def refuse_if(self, condition, requirement, *text, error=None):
            spared = operation not in (None, self.operation) or (
                unless is not None and unless in str(self.params)
            )
            if spared or requirement.slug not in slugs:
                super().refuse_if(condition, requirement, *text, error=error)

    return ReferenceEndpoint.of(Reference(seed=1, call_type=Lenient), Budget(2000))


class Without(ReferenceEndpoint):
    """A release whose answers have lost a member."""

    lost: str

    def send(self, operation, params, *, signed=None):
        answer = super().send(operation, params, signed=signed)
        if answer.output is not None:
            answer.output.pop(self.lost, None)
        return answer


def without(name):
    """A release whose answers have lost this member."""
    endpoint = Without.of(Reference(seed=1), Budget(2000))
    endpoint.lost = name
    return endpoint


def tried(broken, mended, *walks, concern=SIGN_UP, words="a password that violates the policy, a UserSub"):
    """The trial of two releases in which these calls were made on the broken one."""
    before, after = (Run(MODEL, one, one.budget, Options()) for one in (broken, mended))
    trial = Trial(
        model=MODEL,
        concern=concern,
        words=words,
        budget=broken.budget,
        budget_after=mended.budget,
        now=broken.now,
        before=before.replay,
        after=after.replay,
    )
    for requests in walks:
        for steps in walked(broken, requests):
            trial.record(steps[-1], steps, broken.budget.spent)
    return trial


def test_broken_before_and_kept_after():
    """That tells the bug, by the fewest calls that the model says will do."""
    (proof,) = tried(release(POLICY), release(), WEAK).proofs
    assert (proof.requirement, proof.operation) == (POLICY, "SignUp")
    assert proof.calls == ("CreateUserPool", "CreateUserPoolClient", "SignUp")


def test_broken_after_too():
    """A trace that the mended release breaks too tells nothing, and is counted."""
    trial = tried(release(POLICY), release(POLICY), WEAK)
    assert not trial.proofs
    assert trial.still == {POLICY: 1}


def test_mended_in_part():
    """Where the first trace is broken after too, another in other circumstances may tell the bug."""
    mended = release(POLICY, unless="nonumbers")
    walks = [WEAK, [*BEGIN, sign_up(4, "nonumbers!N")]]
    trial = tried(release(POLICY), mended, *walks)
    assert trial.proofs
    assert trial.still == {POLICY: 1}


@pytest.mark.parametrize("times", [TRACES - 1, TRACES + 2])
def test_it_is_tried_on_for_long(times):
    """What may be the bug is not soon steered around, for it may be mended in other circumstances; one trace is not tried for ever."""
    trial = tried(release(POLICY), release(POLICY), *[WEAK] * times)
    assert trial.still == {POLICY: min(times, TRACES)}
    (requirement,) = (r for r in trial.tallies if r.slug == POLICY)
    assert trial.failures(requirement, "SignUp") == times // TRACES


def test_odd_calls_are_tried_on():
    """Where the mended release breaks the requirement too by most calls, one that is put in another way still tells the bug."""
    mended = release(POLICY, unless="nonumbers")
    walks = [*[WEAK] * (3 * TRACES), [*BEGIN, sign_up(4, "nonumbers!N")]]
    trial = tried(release(POLICY), mended, *walks)
    assert trial.proofs
    assert trial.still == {POLICY: TRACES}


def test_told_once():
    """A divergence that has told the bug is not tried again, and counts as in any other run."""
    trial = tried(release(POLICY), release(), WEAK, WEAK)
    assert len(trial.proofs) == 1
    (requirement,) = (r for r in trial.tallies if r.slug == POLICY)
    assert trial.failures(requirement, "SignUp") == 2


def test_not_checked_after():
    """A mended release that does not come to check the requirement has not kept it."""

    class Closed(ReferenceEndpoint):
        def says_unsupported(self, operation, answer):
            return operation == "SignUp"

    trial = tried(release(POLICY), Closed.of(Reference(seed=1), Budget(2000)), WEAK)
    assert not trial.proofs
    assert trial.untold == {POLICY: 1}


def test_seen_once():
    """What the broken release does not show again was no bug of it."""

    class Once(ReferenceEndpoint):
        times = 0

        def send(self, operation, params, *, signed=None):
            answer = super().send(operation, params, signed=signed)
            if operation == "SignUp" and answer.output is not None:
                self.times += 1
                if self.times == 1:
                    answer.output.pop("UserSub")
            return answer

    trial = tried(Once.of(Reference(seed=1), Budget(2000)), release(), [*BEGIN, sign_up(4, "Passw0rd!")])
    assert trial.findings
    assert not trial.proofs


def test_other_words():
    """A requirement that shares no word with the entry tells something else that the release mended."""
    assert tried(release(POLICY), release(), WEAK, words="Clients of deleted groups").proofs == []


def test_other_operations():
    """A requirement that has nothing to do with the bug's operations tells nothing."""
    assert tried(release(POLICY), release(), WEAK, concern=Concern(("ListGroups",), frozenset())).proofs == []


@pytest.mark.parametrize(
    ("error", "tells"), [("InvalidPasswordException", True), ("UsernameExistsException", False)]
)
def test_the_error_that_aws_answers(error, tells):
    """Where the entry says which error AWS answers, the requirement must be one that raises it."""
    concern = Concern(("SignUp",), frozenset({error}))
    assert bool(tried(release(POLICY), release(), WEAK, concern=concern).proofs) == tells


def test_broken_still_by_another_operation():
    """A requirement that another operation breaks on both releases tells the bug of its own."""
    by_admin = Request(
        4, "AdminCreateUser", {"UserPoolId": POOL, "Username": "bob", "TemporaryPassword": "short"}
    )
    mended = release(POLICY, operation="AdminCreateUser")
    trial = tried(release(POLICY), mended, [*BEGIN, by_admin], WEAK)
    assert trial.proofs[0].operation == "SignUp"


@pytest.mark.parametrize(
    ("names", "tells"), [({"usersub"}, True), ({"codedeliverydetails"}, False), (set(), True)]
)
def test_a_member_counts_where_the_entry_speaks_of_it(names, tells):
    """A difference in another member is another bug; without a script nobody knows which members the entry means."""
    concern = Concern(("SignUp",), frozenset(), names=frozenset(names))
    walk = [*BEGIN, sign_up(4, "Passw0rd!")]
    assert bool(tried(without("UserSub"), release(), walk, concern=concern).proofs) == tells


@pytest.mark.parametrize(
    ("path", "names", "counts"),
    [
        ("message", {"message"}, True),
        ("message", {"userpool"}, False),
        ("UserPool.SchemaAttributes", {"schemaattributes"}, True),
        ("AuthenticationResult.IdToken.jti", {"jti"}, True),
        ("AuthenticationResult.IdToken.jti", {"idtoken", "exp"}, False),
        ("AuthenticationResult.IdToken.(signature)", {"signature"}, True),
        ("AuthenticationResult.IdToken.custom:level", {"custom:tier"}, True),
    ],
)
def test_which_claim_counts(path, names, counts):
    """Another claim of the same token is another bug, but for custom attributes, which may have any name."""
    assert spoken_of(path, frozenset(names)) == counts


def test_aws_succeeds():
    """A refusal that was missed is not the bug where a release failed to do what AWS does, unless the script asks for it; a member may be."""
    concern = Concern(("SignUp",), frozenset(), succeeds=True)
    assert tried(release(POLICY), release(), WEAK, concern=concern).proofs == []
    asked = Concern(("SignUp",), frozenset(), succeeds=True, asked=frozenset({"InvalidPasswordException"}))
    assert tried(release(POLICY), release(), WEAK, concern=asked).proofs
    walk = [*BEGIN, sign_up(4, "Passw0rd!")]
    assert tried(without("UserSub"), release(), walk, concern=concern).proofs


def test_the_likeliest_proof_comes_first():
    """After a proof it goes on for a while, for one may come that is more like what the entry says."""
    broken = release(POLICY, FREE)
    again = [*BEGIN, sign_up(4, "Passw0rd!"), sign_up(5, "Passw0rd!")]
    trial = tried(broken, release(), again, WEAK)
    assert [proof.requirement for proof in trial.proofs] == [POLICY, FREE]
    assert broken.budget.max_requests < 2000
