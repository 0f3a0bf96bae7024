"""ListUserPools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import paging
from cognito_model.call import Call, operation
from cognito_model.expect import AtLeast, Exactly, OneOf
from cognito_model.operations.common import instant
from cognito_model.requirements import pools as R
from cognito_model.settings import shown

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool


@operation("ListUserPools")
def list_user_pools(call: Call) -> Outcome:
    """List the account's user pools, among which may be some that the model has not seen."""
    items = {pool.id: brief(call, pool) for pool in call.world.pools.values()}
    return paging.page(
        call,
        R.lists_pools,
        items,
        member="UserPools",
        key="Id",
        limit=paging.limit(call.MaxResults),
        open=True,
    )


def brief(call: Call, pool: Pool) -> dict[str, Any]:
    """UserPoolDescriptionType of the pool."""
    return {
        "Id": pool.id,
        "Name": shown(pool, "Name", pool.settings["Name"]),
        "LambdaConfig": shown(pool, "LambdaConfig", pool.settings["LambdaConfig"] or Exactly({})),
        "CreationDate": pool.created,
        "LastModifiedDate": OneOf.of(pool.modified, AtLeast(instant(call), pool.created)),
    }
