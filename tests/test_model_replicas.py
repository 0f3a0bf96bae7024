"""Replicas of a user pool in other regions."""

from __future__ import annotations

from support.drive import Drive, plain
from support.expectations import rests_on, tolerated


def with_pool() -> tuple[Drive, dict[str, object]]:
    """A world with one pool, and what calls about its replica in us-west-2 say."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    return drive, {"UserPoolId": pool, "RegionName": "us-west-2"}


def test_replica_is_created():
    """CreateUserPoolReplica answers with a secondary replica that is being created, unless it is refused."""
    drive, one = with_pool()
    outcome = drive.outcome("CreateUserPoolReplica", **one)
    assert "replicas/creates-replica" in rests_on(outcome)
    assert tolerated(outcome) == {"replicas/pool-can-be-replicated"}
    replica = plain(outcome.replies[0].members)["UserPoolReplica"]
    assert replica["Role"] == "SECONDARY"
    assert {"CREATING", "PENDING_CREATE"} <= set(replica["Status"].choices)


def test_region_has_one_replica():
    """A second replica in one region is refused."""
    drive, one = with_pool()
    drive.call("CreateUserPoolReplica", **one)
    assert drive.refused("CreateUserPoolReplica", **one) == {"replicas/region-is-free"}


def test_active_replica_is_not_deleted():
    """An active replica is not deleted; an inactive one is."""
    drive, one = with_pool()
    drive.call("CreateUserPoolReplica", **one)
    assert tolerated(drive.outcome("DeleteUserPoolReplica", **one)) == {"replicas/replica-is-ready"}
    outcome = drive.outcome("UpdateUserPoolReplica", **one, Status="ACTIVE")
    assert "replicas/sets-status" in rests_on(outcome)
    assert tolerated(outcome) == {"replicas/replica-is-ready"}
    drive.world = outcome.replies[0].world
    assert drive.refused("DeleteUserPoolReplica", **one) == {"replicas/active-replica-stays"}
    drive.call("UpdateUserPoolReplica", **one, Status="INACTIVE")
    assert "replicas/deletes-replica" in rests_on(drive.outcome("DeleteUserPoolReplica", **one))


def test_missing_replica_is_refused():
    """An operation on a replica that the pool does not have is refused."""
    drive, one = with_pool()
    assert drive.refused("UpdateUserPoolReplica", **one, Status="ACTIVE") == {"replicas/replica-exists"}
    assert drive.refused("DeleteUserPoolReplica", **one) == {"replicas/replica-exists"}


def test_replicas_are_listed_with_the_primary():
    """ListUserPoolReplicas lists the pool itself as the primary, and its replicas."""
    drive, one = with_pool()
    drive.call("CreateUserPoolReplica", **one)
    outcome = drive.outcome("ListUserPoolReplicas", UserPoolId=one["UserPoolId"])
    assert "replicas/lists-replicas" in rests_on(outcome)
    page = outcome.replies[0].members["UserPoolReplicas"]
    assert page.required == {"us-west-2"}
    assert [plain(item)["Role"] for item in page.items.values()] == ["PRIMARY", "SECONDARY"]
