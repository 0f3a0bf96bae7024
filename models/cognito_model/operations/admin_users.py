"""AdminGetUser, GetUser, AdminDisableUser, AdminEnableUser, AdminDeleteUser, DeleteUser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model import clients, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import Because
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.requirements import admin_users as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User, World


@operation("AdminGetUser")
def admin_get_user(call: Call) -> Outcome:
    """Everything about a user, for an administrator."""
    pool = need_pool(call)
    user = need_user(call, pool)
    call.note(f"user:{user.status}{'' if user.enabled else ' disabled'}")
    return call.reply(
        R.shows_user, **user_view.member(call, pool, user, "UserAttributes"), **user_view.mfa_members(user)
    )


@operation("GetUser")
def get_user(call: Call) -> Outcome:
    """What the bearer of an access token may know of its user."""
    pool, user, client, _ = need_token(call)
    shown = user_view.shown(pool, user, lambda name: clients.may_read(client, name), own=True)
    because = R.unreadable_is_hidden if client.settings.get("ReadAttributes") else R.user_shows_itself
    return call.reply(
        R.user_shows_itself,
        Username=user_view.name(pool, user),
        UserAttributes=Because(shown, because),
        **user_view.mfa_members(user),
    )


@operation("AdminDisableUser")
def admin_disable_user(call: Call) -> Outcome:
    """Take a user's access away, whatever its status."""
    pool = need_pool(call)
    user = call.change(need_user(call, pool), R.disables, enabled=False)
    for grant in [g for g in pool.grants.values() if g.sub == user.sub and not g.revoked]:
        pool = pool.put(grant=call.change(grant, R.disabling_revokes, revoked=True))
    return call.reply(R.disables, with_user(call, pool, user))


@operation("AdminEnableUser")
def admin_enable_user(call: Call) -> Outcome:
    """Give it back."""
    pool = need_pool(call)
    user = call.change(need_user(call, pool), R.enables, enabled=True)
    return call.reply(R.enables, with_user(call, pool, user))


@operation("AdminDeleteUser")
def admin_delete_user(call: Call) -> Outcome:
    """Delete a user for good."""
    pool = need_pool(call)
    return call.reply(R.deletes, without(call, pool, need_user(call, pool)))


@operation("DeleteUser")
def delete_user(call: Call) -> Outcome:
    """A user deletes itself."""
    pool, user, _, _ = need_token(call)
    return call.reply(R.deletes, without(call, pool, user))


def without(call: Call, pool: Pool, user: User) -> World:
    """The world without the user, whose names it knows as those of one who is gone."""
    left = {sub: other for sub, other in pool.users.items() if sub != user.sub}
    world = call.world.with_pool(call.change(pool, R.deletes, users=left))
    return world.knowing_gone(*(("user", pool.id, name) for name in (user.sub, user.username)))
