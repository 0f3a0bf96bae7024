"""When two runs tell a bug: a requirement on its operations fails before the fix and passes after it."""

import pytest

from cognito_conformance.history.concern import Concern
from cognito_conformance.history.decide import proofs
from cognito_model.requirements import catalogue

SLUG = "sign-up/username-is-free"
SIGN_UP = Concern(("SignUp",), frozenset())


def run(failures, checks=5, slug=SLUG, operation="SignUp", path=None):
    """A record in which the operation kept the requirement so often, and broke it so often."""
    finding = {
        "requirement": slug,
        "operation": operation,
        "path": path,
        "expected": "UsernameExistsException" if path is None else "a sub",
        "observed": "accepted",
    }
    return {
        "verdicts": {slug: "fail" if failures else "pass" if checks else "not exercised"},
        "counts": {f"{slug} {operation}": [checks, failures]},
        "findings": [finding] * bool(failures),
    }


def told(before, after, concern=SIGN_UP):
    return [proof.requirement for proof in proofs(concern, "SignUp", before, after, catalogue())]


def test_fails_before_and_passes_after():
    """That is what is asked for."""
    assert told(run(2), run(0)) == [SLUG]


@pytest.mark.parametrize(
    ("before", "after"),
    [(run(0), run(0)), (run(2), run(1)), (run(0), run(2)), (run(2), run(0, checks=0))],
    ids=["never broken", "broken still", "broken since", "not checked after"],
)
def test_anything_else_is_no_proof(before, after):
    """A requirement that was not even checked on the later release does not pass there."""
    assert told(before, after) == []


def test_other_operations():
    """A requirement that has nothing to do with the bug's operations proves nothing."""
    assert told(run(2), run(0), Concern(("ListGroups",), frozenset())) == []


def test_the_error_that_aws_answers():
    """Where the entry says which error AWS answers, the requirement must be one that raises it."""
    assert told(run(2), run(0), Concern(("SignUp",), frozenset({"UsernameExistsException"}))) == [SLUG]
    assert told(run(2), run(0), Concern(("SignUp",), frozenset({"InvalidPasswordException"}))) == []


def test_broken_still_by_another_operation():
    """A requirement counts for the bug's operation, though another operation breaks it on both releases."""
    before, after = run(2), run(0)
    for record in (before, after):
        other = run(3, operation="AdminCreateUser")
        record["findings"] = record["findings"] + other["findings"]
        record["counts"] |= other["counts"]
        record["verdicts"] = other["verdicts"]
    (proof,) = proofs(SIGN_UP, "SignUp", before, after, catalogue())
    assert (proof.requirement, proof.operation, proof.whole) == (SLUG, "SignUp", False)


@pytest.mark.parametrize(
    ("path", "names", "counts"),
    [
        ("message", {"message"}, True),
        ("message", {"userpool"}, False),
        ("UserPool.SchemaAttributes", {"schemaattributes"}, True),
        ("AuthenticationResult.IdToken.jti", {"jti"}, True),
        ("AuthenticationResult.IdToken.jti", {"idtoken", "exp"}, False),
        ("AuthenticationResult.IdToken.(signature)", {"signature"}, True),
        ("AuthenticationResult.IdToken.jti", set(), True),
    ],
)
def test_a_member_counts_where_the_entry_speaks_of_it(path, names, counts):
    """Another claim of the same token is another bug; without a script nobody knows which members the entry means."""
    concern = Concern(("SignUp",), frozenset(), names=frozenset(names))
    assert bool(told(run(2, path=path), run(0), concern)) == counts


def test_luck():
    """A requirement that was kept at times before must be kept so often after that this is no luck."""
    assert told(run(1, checks=2), run(0, checks=3)) == []
    assert told(run(1, checks=2), run(0, checks=4)) == [SLUG]
    assert told(run(1, checks=1), run(0, checks=1)) == [SLUG]


def test_aws_succeeds():
    """A refusal that was missed is no proof of a bug in which a release failed to do what AWS does."""
    assert told(run(2), run(0), Concern(("SignUp",), frozenset(), succeeds=True)) == []
    assert told(run(2, path="UserSub"), run(0), Concern(("SignUp",), frozenset(), succeeds=True)) == [SLUG]
