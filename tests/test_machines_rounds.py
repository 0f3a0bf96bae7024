"""Somebody new is made in a pool that has people already."""

from __future__ import annotations

import dataclasses

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.judge.judge import Judge
from cognito_conformance.machines import commands as _commands  # noqa: F401 - registers the commands
from cognito_conformance.machines import factors, people
from cognito_conformance.machines.walk import Walk
from cognito_conformance.server.core import Reference
from support import dry
from support.drive import MODEL


def walk_at_the_reference() -> Walk:
    """A walk that has no pool yet."""
    judge = Judge(MODEL, ReferenceEndpoint.of(Reference(seed=1), Budget(200)))
    return Walk(judge, [], dry.anything, lambda _step, _steps: None)


def test_passkeys_of_several_people_differ():
    """Two people of a pool who were made in the same way have passkeys of their own."""
    plain = dry.plain()
    pool = dict(plain.pool)
    factors.allow_passkeys(pool)
    mfa = {"MfaConfiguration": "OFF", "WebAuthnConfiguration": {"RelyingPartyId": "example.com"}}
    walk = walk_at_the_reference()
    walk.begin(dataclasses.replace(plain, pool=pool, mfa=mfa, person="passkey"))
    people.prepare(walk, "passkey")
    [made] = walk.judge.world.pools.values()
    passkeys = [key for user in made.users.values() for key in user.passkeys]
    assert len(made.users) == len(passkeys) == len(set(passkeys)) == 2


def test_nobody_is_made_in_a_pool_that_is_gone():
    """Once a walk's pool is deleted, no further person is made there, and no call either."""
    walk = walk_at_the_reference()
    walk.begin(dataclasses.replace(dry.plain(), person="confirmed"))
    walk.make("DeleteUserPool", {"UserPoolId": walk.subject.pool})
    before = len(walk.steps)
    people.prepare(walk, "confirmed")
    assert walk.judge.world.pools == {}
    assert len(walk.steps) == before
