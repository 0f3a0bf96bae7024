"""Requests that are spoiled as a whole."""

from __future__ import annotations

import pytest

from cognito_conformance.machines.pick import Pick, Subject
from cognito_conformance.machines.spoiled import CONSTRAINT, MISSING, WRONG_TYPE, spoiled
from cognito_model.model import Request
from cognito_model.world import World
from support.drive import MODEL

GOOD = {"UserPoolId": "us-east-1_AbCdEfGhI", "GroupName": "staff"}


@pytest.mark.parametrize(
    ("way", "slug"),
    [
        (WRONG_TYPE, "protocol/request-is-well-typed"),
        (MISSING, "protocol/required-member-is-present"),
        (CONSTRAINT, "protocol/request-keeps-constraints"),
    ],
)
def test_each_way_is_refused_for_what_it_is(way, slug):
    """A spoiled request is refused by the guard of its own kind, whatever of its kind the digits choose."""
    for digits in range(0, 60, 3):
        pick = Pick(World(), Subject(), 1, digits + way)
        request = Request(1, "CreateGroup", spoiled("CreateGroup", GOOD, pick))
        (refusal,) = MODEL.predict(World(), request, 0.0).refusals
        assert refusal.requirement.slug == slug


def test_the_rest_may_stay_as_it_was():
    """Now and then all but the broken member is right: a target that does not look at it answers as if all were."""
    picks = (Pick(World(), Subject(), 1, digits * 3 + CONSTRAINT) for digits in range(0, 9000, 7))
    made = [spoiled("CreateGroup", GOOD, pick) for pick in picks]
    kept = [params for params in made if GOOD.items() & params.items()]
    assert kept
    assert len(kept) < len(made)


def test_an_operation_without_such_constraints_gets_a_wrong_type():
    """Where nothing can be missing, a text becomes a structure."""
    pick = Pick(World(), Subject(), 1, MISSING)
    assert spoiled("AssociateSoftwareToken", {"AccessToken": "x"}, pick) == {"AccessToken": {}}
