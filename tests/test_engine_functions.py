"""What becomes of requirements and traces about trigger functions that a target does not offer."""

from __future__ import annotations

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.ledger import Ledger
from cognito_conformance.engine.results import about, requirement_records
from cognito_conformance.engine.store import decoded, encoded
from cognito_conformance.judge.judge import Fate, Judge
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines.areas import AREAS
from cognito_conformance.machines.pick import commands
from cognito_conformance.planner.atlas import recipes, recipes_for
from cognito_conformance.server.core import Reference
from cognito_model.functions import AUTO_CONFIRM, AUTO_VERIFY, DENY, ROLES
from cognito_model.model import Request
from cognito_model.requirements import catalogue
from cognito_model.terms import Function
from support.drive import MODEL

CONFIRMED = "triggers/sign-up-is-confirmed"


class Without(ReferenceEndpoint):
    """A target that offers no function."""

    def function(self, role: str) -> str | None:
        return None


def pool(role: str) -> Request:
    """A pool that confirms, verifies or denies those who sign up."""
    return Request(1, "CreateUserPool", {"PoolName": "p", "LambdaConfig": {"PreSignUp": Function(role)}})


@pytest.mark.parametrize(
    ("offered", "verdict"), [((), "blocked"), ({AUTO_VERIFY}, "blocked"), ({AUTO_CONFIRM}, "not exercised")]
)
def test_requirement_without_its_function(offered, verdict):
    """A requirement that needs a function which the target does not offer is blocked, and the record says by what."""
    (record,) = requirement_records(Ledger(), about([CONFIRMED]), offered)
    assert record["verdict"] == verdict
    assert (record["reason"] is not None) is (verdict == "blocked")
    assert record["reason"] is None or "no function auto-confirm for Lambda triggers" in record["reason"]


def test_other_requirements_are_not_blocked():
    """Nothing but what needs a function is blocked for want of one."""
    blocked = {r["slug"] for r in requirement_records(Ledger(), about(), ()) if r["verdict"] == "blocked"}
    assert blocked == {slug for slug, requirement in catalogue().items() if requirement.needs is not None}
    assert {catalogue()[slug].needs for slug in blocked} <= set(ROLES)


def test_step_without_its_function():
    """A call that names a function which the target does not offer is not made, and blocked."""
    without, having = (kind.of(Reference(seed=1), Budget(5)) for kind in (Without, ReferenceEndpoint))
    step = Judge(MODEL, without).step(pool(DENY))
    assert (step.fate, without.budget.spent) == (Fate.BLOCKED, 0)
    assert "no function deny" in str(step.reason)
    assert Judge(MODEL, having).step(pool(DENY)).fate is Fate.JUDGED


def test_functions_are_compared():
    """The functions that a pool was given are the ones that it shows."""
    judge = Judge(MODEL, ReferenceEndpoint.of(Reference(seed=1), Budget(5)))
    made = judge.step(pool(DENY))
    shown = made.answer.output["UserPool"]["LambdaConfig"]["PreSignUp"]
    assert (made.broken, shown.rpartition(":")[2]) == ((), "cognito-conformance-deny")


def test_functions_are_stored():
    """A trace with functions can be stored, and says nothing of anybody's ARNs."""
    assert decoded(encoded([pool(DENY)])) == [pool(DENY)]
    assert b"arn:" not in encoded([pool(DENY)])


def test_recipes_need_functions():
    """Recipes that show what a trigger does are left out where the target does not offer its function."""
    every = recipes_for(AREAS, commands(), ROLES)
    assert every == list(recipes())
    left_out = set(every) - set(recipes_for(AREAS, commands()))
    assert left_out
    assert left_out == {r for r in every if any(f[-1].startswith("triggers/") for f in r.features)}
