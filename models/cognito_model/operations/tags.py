"""TagResource, UntagResource, ListTagsForResource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import pool_view
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, OneOf, Present
from cognito_model.requirements import tags as R
from cognito_model.settings import shown, write
from cognito_model.tag_rules import check
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool


def find(call: Call) -> Pool | None:
    """The user pool that ResourceArn names, or None."""
    pools = call.world.pools.values()
    return next((pool for pool in pools if call.same(call.ResourceArn, pool_view.arn(pool))), None)


def need_resource(call: Call) -> Pool:
    """The user pool that ResourceArn names; the call is refused where there is none."""
    pool = find(call)
    if pool is None:
        call.refuse(R.resource_exists)
    return pool


@operation("TagResource")
def tag_resource(call: Call) -> Outcome:
    """Add tags to a pool."""
    pool = need_resource(call)
    tags: dict[str, Any] = {**pool.settings["UserPoolTags"], **(call.Tags or {})}
    check(call, tags, call.Tags or {})
    pool = write(call, pool, R.tags_are_merged, {"UserPoolTags": tags})
    return call.reply(R.tags_are_merged, call.world.with_pool(pool))


@operation("UntagResource")
def untag_resource(call: Call) -> Outcome:
    """Take tags from a pool."""
    pool = need_resource(call)
    left = {
        key: value for key, value in pool.settings["UserPoolTags"].items() if key not in (call.TagKeys or ())
    }
    pool = write(call, pool, R.tags_are_removed, {"UserPoolTags": left})
    return call.reply(R.tags_are_removed, call.world.with_pool(pool))


@operation("ListTagsForResource")
def list_tags_for_resource(call: Call) -> Outcome:
    """List the tags of a pool; those of a deleted one may linger."""
    if find(call) is None and isinstance(call.ResourceArn, Fresh):
        call.tolerate_if(True, R.resource_exists)
        return call.reply(R.tags_may_linger, Tags=OneOf.of(ABSENT, Present({})))
    pool = need_resource(call)
    return call.reply(
        R.lists_tags, Tags=shown(pool, "UserPoolTags", pool_view.tags(pool.settings["UserPoolTags"]))
    )
