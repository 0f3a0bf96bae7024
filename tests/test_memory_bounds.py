"""What a long run may not pile up."""

from __future__ import annotations

import json

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine import endpoint as endpoints
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.engine.walker import delete_pools
from cognito_conformance.judge.judge import Judge
from cognito_conformance.machines.walk import Walk
from cognito_conformance.planner import coverage
from cognito_conformance.planner.coverage import Coverage
from cognito_conformance.server import core
from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_model.model import Model
from cognito_model.terms import Fresh
from support.drive import Drive


def pool_of(reference: Reference) -> str:
    made = reference.call("CreateUserPool", {"PoolName": "pool"})
    assert made.status == 200
    return str(reference.values.of[Fresh("PoolId", reference.step)])


def test_values_of_deleted_pools_are_forgotten(monkeypatch):
    """The server drops what it made up for pools that are gone, and keeps what it made up for those that are left."""
    monkeypatch.setattr(core, "REMEMBERED", 0)
    reference = Reference(seed=1)
    gone, kept = pool_of(reference), pool_of(reference)
    assert reference.call("DeleteUserPool", {"UserPoolId": gone}).status == 200
    assert gone not in reference.values.term
    assert reference.call("DescribeUserPool", {"UserPoolId": kept}).status == 200


def test_a_younger_pool_is_forgotten_before_an_older_one(monkeypatch):
    """A pool that stays keeps its own values, whatever it did, and no others."""
    monkeypatch.setattr(core, "REMEMBERED", 0)
    reference = Reference(seed=1)
    kept = pool_of(reference)
    client = reference.call("CreateUserPoolClient", {"UserPoolId": kept, "ClientName": "app"})
    client_id = json.loads(client.body)["UserPoolClient"]["ClientId"]
    gone = pool_of(reference)
    reference.call("DescribeUserPool", {"UserPoolId": kept})
    reference.call("DeleteUserPool", {"UserPoolId": gone})
    assert gone not in reference.values.term
    asked = {"UserPoolId": kept, "ClientId": client_id}
    assert reference.call("DescribeUserPoolClient", asked).status == 200
    assert {term.step for term in reference.values.of} == {1, 2, 6}


def test_a_listing_under_way_outlives_pools(monkeypatch):
    """The token of a page is known as long as the listing is."""
    monkeypatch.setattr(core, "REMEMBERED", 0)
    reference = Reference(seed=1)
    pools = [pool_of(reference) for _ in range(3)]
    page = json.loads(reference.call("ListUserPools", {"MaxResults": 1}).body)
    reference.call("DeleteUserPool", {"UserPoolId": pools[2]})
    asked = {"MaxResults": 1, "NextToken": page["NextToken"]}
    assert reference.call("ListUserPools", asked).status == 200


def test_users_who_are_gone_are_forgotten_with_their_pool():
    """What a world remembers of the deleted goes with the pool that it was in."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    drive.call("AdminCreateUser", UserPoolId=pool, Username="ann")
    drive.call("AdminDeleteUser", UserPoolId=pool, Username="ann")
    assert drive.world.gone
    drive.call("DeleteUserPool", UserPoolId=pool)
    assert not drive.world.gone


def test_a_value_is_remembered_for_a_while(monkeypatch):
    """A value of a pool that was deleted a moment ago is still known for what it was."""
    reference = Reference(seed=1)
    gone = pool_of(reference)
    reference.call("DeleteUserPool", {"UserPoolId": gone})
    assert gone in reference.values.term


def test_coverage_forgets_the_rarest_circumstances(monkeypatch):
    """Where too much is remembered, circumstances go that came once, and what calls show stays."""
    monkeypatch.setattr(coverage, "MOST", 4)
    covered = Coverage()
    often, shown = ("pair", "A", "often", "x"), ("sole", "A", "shown")
    for _ in range(2):
        covered.count([(often, 1.0), (shown, 1.0)])
    covered.count([(("pair", "A", f"once {i}", "x"), 1.0) for i in range(3)])
    assert {often, shown} <= covered.counts.keys()
    assert len(covered.counts) <= coverage.MOST


def test_keys_of_old_pools_are_dropped(monkeypatch):
    """An endpoint keeps what the newest pools publish, and no more."""
    monkeypatch.setattr(endpoints, "DOCUMENTS_KEPT", 2)
    reference = ReferenceEndpoint.of(Reference(seed=1), Budget(None))
    for number in range(5):
        reference.claims(f"us-east-1_{number}", "e30.e30.e30", "access")
    assert {pool for pool, _ in reference.published} == {"us-east-1_4"}


def test_a_pool_with_a_domain_is_deleted_at_the_end_of_its_walk():
    """A domain keeps its pool from being deleted, and so goes first."""
    reference = Reference(seed=1)
    judge = Judge(Model(service.description()), ReferenceEndpoint.of(reference, Budget(None)))
    walk = Walk(judge, [], lambda *_: True, lambda *_: None)
    walk.make("CreateUserPool", {"PoolName": "pool"})
    pool = next(iter(judge.world.pools))
    walk.make("CreateUserPoolDomain", {"UserPoolId": pool, "Domain": "a-domain-of-a-walk"})
    assert judge.world.domains
    delete_pools(walk)
    assert not reference.world.pools


def test_a_protected_pool_is_deleted_at_the_end_of_its_walk():
    """Protection against deletion is lifted first, also where an update that names nothing else would be refused."""
    reference = Reference(seed=1)
    judge = Judge(Model(service.description()), ReferenceEndpoint.of(reference, Budget(None)))
    walk = Walk(judge, [], lambda *_: True, lambda *_: None)
    waits = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    walk.make("CreateUserPool", {"PoolName": "pool", "DeletionProtection": "ACTIVE"})
    verified = {"AutoVerifiedAttributes": ["email"], "UserAttributeUpdateSettings": waits}
    walk.make("CreateUserPool", {"PoolName": "other", "DeletionProtection": "ACTIVE", **verified})
    delete_pools(walk)
    assert not reference.world.pools
    assert not any(step.broken for step in walk.steps)


def test_hypothesis_is_given_one_machine_for_all_rounds():
    """Hypothesis remembers every machine class for ever, so a run makes each once, and seeds do not pile up on it."""
    endpoint = ReferenceEndpoint.of(Reference(seed=1), Budget(900))
    run = Run(Model(service.description()), endpoint, endpoint.budget, Options(seed=1, minimise=False))
    run.explore()
    (machines,) = (walker._machines for walker in run._walkers)
    (machine,) = machines.values()
    assert not hasattr(machine, "_hypothesis_internal_use_settings")
