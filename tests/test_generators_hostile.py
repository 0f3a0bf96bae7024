"""Requests that no SDK would send."""

import json

import pytest
from hypothesis import given, settings

from cognito_conformance.generators import ill_formed, illformed_bodies, service
from cognito_conformance.generators.hostile import SPOILERS, good_headers

BROKEN = ["empty body", "truncated", "not JSON", "form", "never closed", "bad UTF-8"]


def loaded(request):
    return json.loads(request.body.decode())


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_a_seed_is_a_request(spoiler):
    """The same seed spoils the same request in the same way, and it names what it does."""
    request = ill_formed("SignUp", spoiler, 7)
    assert request == ill_formed("SignUp", spoiler, 7)
    assert (request.operation, request.spoiler) == ("SignUp", spoiler)


@pytest.mark.parametrize("spoiler", BROKEN)
@pytest.mark.parametrize("seed", range(12))
def test_broken_bodies_are_no_json(spoiler, seed):
    """What claims to be unreadable as JSON is."""
    with pytest.raises((ValueError, RecursionError)):
        loaded(ill_formed("CreateUserPoolClient", spoiler, seed))


@pytest.mark.parametrize("seed", range(40))
def test_a_wrong_type_is_expected_to_be_refused_where_that_is_known(seed):
    """The expectation is the model's, and most wrong types have one."""
    request = ill_formed("SignUp", "wrong type", seed)
    known = service().serialization_problem("SignUp", loaded(request)) is not None
    assert (request.error == "SerializationException") == known


def test_most_wrong_types_are_known_to_be_refused():
    """Leniency is the exception."""
    assert sum(ill_formed("SignUp", "wrong type", seed).error is not None for seed in range(100)) > 50


def test_wrong_bodies_go_to_the_right_operation():
    """Where the body is what is wrong, the headers are what they should be."""
    assert ill_formed("SignUp", "truncated", 1).headers == good_headers("SignUp")
    assert good_headers("SignUp")["X-Amz-Target"] == "AWSCognitoIdentityProviderService.SignUp"


@pytest.mark.parametrize(
    ("spoiler", "header"), [("target", "X-Amz-Target"), ("content type", "Content-Type")]
)
def test_wrong_headers_carry_a_good_body(spoiler, header):
    """Where a header is what is wrong, or missing, the body is valid; values can be sent over HTTP."""
    values = set()
    for seed in range(60):
        request = ill_formed("SignUp", spoiler, seed)
        assert service().violations("SignUp", loaded(request)) == ()
        value = request.headers.get(header)
        values.add(value)
        assert value is None or (value.isascii() and value.isprintable())
    assert None in values
    assert len(values) > 8


def test_duplicate_keys_are_doubled():
    """The first member comes twice."""
    assert ill_formed("SignUp", "duplicate keys", 0).body.count(b'"Username"') == 2


@settings(max_examples=40, derandomize=True, database=None)
@given(illformed_bodies())
def test_the_strategy_draws_bytes_of_bounded_size(request):
    """Every drawn body is at most a few megabytes, of an operation that exists."""
    assert request.operation in service().operations
    assert len(request.body) < 4_000_000


def test_documents_keep_their_type():
    """A document is never of a wrong type: Cognito itself answers that with a 500."""
    bodies = [ill_formed("CreateManagedLoginBranding", "wrong type", seed).body for seed in range(200)]
    settings = [json.loads(body).get("Settings") for body in bodies]
    assert settings == [None] * len(settings)
