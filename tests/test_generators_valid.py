"""Valid requests of every operation, judged by the model's front and by botocore's own validator."""

import json

import pytest
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cognito_conformance.generators import params, service, valid_params
from cognito_conformance.generators.catalogue import description

OPERATIONS = service().operations
SEEDS = range(8)


def test_every_operation_is_known():
    """Every operation of the description is here, no fewer than in 2026 (wire-operation-count)."""
    assert set(OPERATIONS) == set(description()["operations"])
    assert len(OPERATIONS) >= 141


@pytest.mark.parametrize("operation", OPERATIONS)
def test_valid_requests_are_valid(operation):
    """Requests break no constraint, can be read, are JSON, and hold nothing that the evidence leaves open."""
    for seed in SEEDS:
        request = params(operation, seed)
        assert service().violations(operation, request) == ()
        assert service().contested(operation, request) == ()
        assert service().serialization_problem(operation, request) is None
        assert json.loads(json.dumps(request)) == request


@pytest.mark.parametrize("operation", OPERATIONS)
def test_botocore_accepts_valid_requests(operation):
    """An independent validator, botocore's, finds no wrong type, missing member or size below the least."""
    shape = ServiceModel(description(), "cognito-idp").operation_model(operation).input_shape
    for seed in SEEDS:
        assert ParamValidator().validate(params(operation, seed), shape).generate_report() == ""


def test_a_seed_is_a_request():
    """The same seed makes the same request, and other seeds make others."""
    assert params("CreateUserPool", 5) == params("CreateUserPool", 5)
    assert len({json.dumps(params("CreateUserPool", seed)) for seed in range(50)}) > 40


def test_seed_zero_is_the_simplest():
    """What Hypothesis shrinks to has the required members only, as short as they may be."""
    assert params("SignUp", 0) == {"ClientId": "a", "Username": "a"}
    assert params("DescribeUserPool", 0) == {"UserPoolId": "a_a"}


def test_optional_members_come_and_go():
    """Over a few seeds every optional member of SignUp appears, and each is missing once."""
    members = service().shapes["SignUpRequest"]["members"]
    seen = [set(params("SignUp", seed)) for seed in range(1, 40)]
    assert set.union(*seen) == set(members)
    assert set.intersection(*seen) == {"ClientId", "Username"}


def test_texts_leave_ascii_sometimes():
    """User names are now and then accented, Chinese, emoji or punctuation, as the pattern allows."""
    names = [params("SignUp", seed)["Username"] for seed in range(60)]
    assert 5 < sum(not name.isascii() for name in names) < 40


@settings(max_examples=30, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_strategy_draws_valid_requests(data):
    """Every drawn request of every drawn operation is valid."""
    operation = data.draw(st.sampled_from(OPERATIONS))
    assert service().violations(operation, data.draw(valid_params(operation))) == ()
