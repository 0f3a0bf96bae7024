"""Mutants that are split off one run."""

from __future__ import annotations

import pytest

from cognito_conformance.calibration.forked import hunt_all, suite
from cognito_conformance.calibration.hunt import hunt
from cognito_conformance.calibration.mutations import Fault, Mutation
from cognito_conformance.engine.run import Options

REQUESTS, SEED = 120, 1
MUTATIONS = [
    Mutation(Fault.MEMBER_OMITTED, "CreateUserPool", "UserPool.Id"),
    Mutation(Fault.ERROR_SWAPPED, "SignUp", "sign-up/username-is-free"),
    Mutation(Fault.GUARD_DROPPED, "AdminGetUser", "protocol/iam-operation-is-signed"),
    Mutation(Fault.MEMBER_WRONG, "AdminGetUser", "UserStatus"),
    Mutation(Fault.EFFECT_LOST, "AdminDisableUser", "admin-users/disables", "enabled"),
    Mutation(Fault.STALE_READ, "AdminGetUser", "world"),
    Mutation(Fault.MEMBER_OMITTED, "NoSuchOperation", "Nothing"),
]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("planner", [True, False])
def test_a_mutant_that_is_split_off_ends_as_one_that_is_run_alone(planner):
    """Each mutant is found by the same requirement, after as many requests and in as short a trace, as in its own run."""
    together = {kill.mutation: kill for kill in hunt_all(suite(planner=planner), MUTATIONS, REQUESTS, SEED)}
    assert set(together) == set(MUTATIONS)
    for mutation in MUTATIONS:
        alone = hunt(mutation, REQUESTS, Options(seed=SEED, minimise=False, planner=planner))
        kill = together[mutation]
        assert (kill.requirement, kill.depth) == (alone.requirement, alone.depth)
        if alone.requirement is not None:
            assert kill.requests == alone.requests
    assert any(kill.requirement for kill in together.values())
