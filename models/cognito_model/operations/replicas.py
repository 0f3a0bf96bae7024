"""CreateUserPoolReplica, UpdateUserPoolReplica, DeleteUserPoolReplica, ListUserPoolReplicas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import paging, pool_view, resources
from cognito_model.call import Call, operation
from cognito_model.expect import Because, OneOf, Pattern
from cognito_model.operations.common import need_pool
from cognito_model.requirements import replicas as R
from cognito_model.resources import Resource
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "Replicas"
ARN = Pattern(pool_view.ARN, "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_REPLICA00")
MADE = OneOf.of("CREATING", "INACTIVE", "PENDING_CREATE")
"""The status of a new replica; the model of the API lists no PENDING_CREATE, its own example has it (fact replica-pending)."""


@operation("CreateUserPoolReplica")
def create_user_pool_replica(call: Call) -> Outcome:
    """Make a replica of a pool in another region."""
    pool = need_pool(call)
    call.refuse_if(call.RegionName in resources.table(pool, KIND), R.region_is_free)
    call.tolerate_if(True, R.pool_can_be_replicated)
    replica = Resource(call.RegionName, {"RegionName": call.RegionName})
    replica = resources.write(call, replica, R.creates_replica, {"Status": None})
    world = call.world.with_pool(resources.put(call, pool, R.creates_replica, KIND, replica))
    return call.reply(R.creates_replica, world, UserPoolReplica=looks(replica))


def looks(replica: Resource) -> dict[str, Any]:
    """UserPoolReplicaType of a replica; one whose status nobody set is being made, or ready and inactive."""
    status = replica.members.get("Status")
    cause = replica.cause("Status", R.creates_replica)
    return {
        "RegionName": replica.members["RegionName"],
        "Status": Because(MADE if status is None else status, cause),
        "Role": "SECONDARY",
        "UserPoolArn": ARN,
    }


def need_replica(call: Call, pool: Pool) -> Resource:
    """The replica in the region that RegionName names; the call is refused where there is none."""
    replica = resources.table(pool, KIND).get(call.RegionName)
    if replica is None:
        call.refuse(R.replica_exists)
    return replica


@operation("UpdateUserPoolReplica")
def update_user_pool_replica(call: Call) -> Outcome:
    """Activate or deactivate a replica."""
    pool = need_pool(call)
    replica = need_replica(call, pool)
    call.tolerate_if(replica.members.get("Status") is None, R.replica_is_ready)
    replica = resources.write(call, replica, R.sets_status, {"Status": call.Status})
    world = call.world.with_pool(resources.put(call, pool, R.sets_status, KIND, replica))
    return call.reply(R.sets_status, world, UserPoolReplica=looks(replica))


@operation("DeleteUserPoolReplica")
def delete_user_pool_replica(call: Call) -> Outcome:
    """Delete an inactive replica."""
    pool = need_pool(call)
    replica = need_replica(call, pool)
    call.refuse_if(replica.members.get("Status") == "ACTIVE", R.active_replica_stays)
    call.tolerate_if(replica.members.get("Status") is None, R.replica_is_ready)
    world = call.world.with_pool(resources.drop(call, pool, R.deletes_replica, KIND, replica.key))
    leaving = {**looks(replica), "Status": OneOf.of("DELETING", "INACTIVE")}
    return call.reply(R.deletes_replica, world, UserPoolReplica=leaving)


@operation("ListUserPoolReplicas")
def list_user_pool_replicas(call: Call) -> Outcome:
    """List a pool and its replicas."""
    pool = need_pool(call)
    secondary = {key: looks(replica) for key, replica in resources.table(pool, KIND).items()}
    # Nobody tells the region of the pool itself, so the primary is not expected, only known if it comes.
    home = Fresh("Region", pool.id.step, pool.id.index)
    primary = {
        "RegionName": home,
        "Status": "ACTIVE",
        "Role": "PRIMARY",
        "UserPoolArn": pool_view.arn(pool),
    }
    return paging.page(
        call,
        R.lists_replicas,
        {home: primary, **secondary},
        member="UserPoolReplicas",
        key="RegionName",
        limit=paging.limit(None),
        required=frozenset(secondary),
        open=True,
    )
