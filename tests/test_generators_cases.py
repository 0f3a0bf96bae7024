"""Requests on each side of every constraint."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cognito_conformance.generators import boundary_cases, service, violating_cases, violating_params
from cognito_conformance.generators.cases import breakable

OPERATIONS = service().operations


def broken(case):
    return [
        (violation.path, violation.constraint)
        for violation in service().violations(case.operation, case.params)
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("seed", [0, 1])
def test_each_case_breaks_its_constraint_and_no_other_member(operation, seed):
    """A violating request breaks the constraint that it is made for, and nothing at another path."""
    for case in violating_cases(operation, seed):
        found = broken(case)
        assert (case.path, case.kind) in found
        assert {path for path, _ in found} == {case.path}


def test_most_cases_break_exactly_one_constraint():
    """More than one breaks only where a text of the wrong length cannot match, such as an empty one."""
    cases = [case for operation in OPERATIONS for case in violating_cases(operation)]
    several = [case for case in cases if len(broken(case)) > 1]
    assert len(cases) > 1900
    assert len(several) < len(cases) / 5
    assert {case.kind for case in several} <= {"min length", "max length"}
    assert {kind for case in several for _, kind in broken(case)} <= {"min length", "max length", "pattern"}


def test_every_kind_of_constraint_is_broken():
    """All seven kinds occur, in lists, in maps and in nested structures."""
    cases = [case for operation in OPERATIONS for case in violating_cases(operation)]
    kinds = {case.kind for case in cases}
    assert kinds == {"required", "min length", "max length", "pattern", "min value", "max value", "enum"}
    assert {"userAttributes.1.member.name", "policies.passwordPolicy.minimumLength", "userPoolTags"} <= {
        case.path for case in cases
    }


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_can_be_sent_something_invalid(operation):
    """No operation is without a constraint."""
    assert breakable(operation)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_values_exactly_at_a_limit_are_valid(operation):
    """A boundary case breaks nothing, and nothing is contested about it."""
    for case in boundary_cases(operation):
        assert broken(case) == []
        assert service().contested(operation, case.params) == ()


def test_boundaries_are_exact():
    """The greatest lengths of SignUp and the bounds of the least password length are met to the character."""
    lengths = {(c.path, c.kind): c.params for c in boundary_cases("SignUp")}
    assert len(lengths["username", "max length"]["Username"]) == 128
    assert len(lengths["password", "max length"]["Password"]) == 256
    policies = [
        case.params["Policies"]["PasswordPolicy"]["MinimumLength"]
        for case in boundary_cases("UpdateUserPool")
        if case.path == "policies.passwordPolicy.minimumLength"
    ]
    assert policies == [6, 99]


def test_every_word_of_an_enum_is_a_boundary():
    """Each AuthFlow is sent once."""
    flows = [c.params["AuthFlow"] for c in boundary_cases("InitiateAuth") if c.path == "authFlow"]
    assert flows == service().shapes["AuthFlowType"]["enum"]


def test_contested_values_are_no_boundaries():
    """Limit 0 of AdminListGroupsForUser is left out, its 60 is not (val-limit-zero-internal-name)."""
    limits = [c.params["Limit"] for c in boundary_cases("AdminListGroupsForUser") if c.path == "limit"]
    assert limits == [60]


@settings(max_examples=30, derandomize=True, database=None)
@given(st.data())
def test_the_strategy_draws_violating_requests(data):
    """Every drawn case breaks its constraint."""
    case = data.draw(violating_params(data.draw(st.sampled_from(OPERATIONS))))
    assert (case.path, case.kind) in broken(case)
