"""How many sessions a user may have where a pool tracks them, and which one makes room for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model.evolve import replace
from cognito_model.requirements import user_sessions as R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.world import Grant, Pool, User


def tracked(pool: Pool) -> bool:
    """Whether the pool tracks sessions."""
    return bool((pool.settings.get("_sessions") or {}).get("UserSessionTracking") == "ENABLED")


def sessions(pool: Pool, user: User) -> list[Grant]:
    """The user's sign-ins that neither were revoked nor have made room for others, oldest first."""
    return [g for g in pool.grants.values() if g.sub == user.sub and not (g.revoked or g.evicted)]


def make_room(pool: Pool, user: User) -> Pool:
    """The pool in which the user may begin another session: the least recently used has ended, if there were too many."""
    if not tracked(pool):
        return pool
    most = pool.settings["_sessions"]["TokenSession"]["MaxPerUser"]
    mine = sorted(sessions(pool, user), key=lambda grant: grant.at if grant.used is None else grant.used)
    for grant in mine[: max(0, len(mine) + 1 - most)]:
        pool = pool.put(grant=replace(grant, evicted=True))
    return pool


def check(call: Call, grant: Grant) -> None:
    """Tolerate that the tokens of a session which has made room for another are refused."""
    call.tolerate_if(grant.evicted and not grant.revoked, R.least_used_session_ends, likely=True)
