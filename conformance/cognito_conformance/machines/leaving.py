"""How the pools of a walk are taken away: one that stays costs a target memory, and on AWS a quota."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_conformance.machines import roles
from cognito_model import domains, pool_doubts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cognito_conformance.machines.pick import Params
    from cognito_model.world import Pool, World


def deletions(world: World) -> Iterator[tuple[str, Params]]:
    """The calls that delete the pools of a world, and before that what keeps them: domains, and their protection."""
    for pool in world.pools.values():
        of_pool = {"UserPoolId": pool.id}
        for domain in domains.of_pool(world, pool):
            yield "DeleteUserPoolDomain", {**of_pool, "Domain": domain.key}
        if _is_protected(pool):
            kept = roles.kept_by_update(pool)
            yield "UpdateUserPool", {**of_pool, "DeletionProtection": "INACTIVE", **kept}
        yield "DeleteUserPool", of_pool


def _is_protected(pool: Pool) -> bool:
    """Whether the pool refuses to be deleted, or may do so."""
    protection = "DeletionProtection"
    return "ACTIVE" in (pool.settings.get(protection), pool_doubts.of(pool).get(protection))
