"""ListUserSessions, RevokeUserSession and the administrators' two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, Both, OneOf, Pattern, Present
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.requirements import user_sessions as R
from cognito_model.session_limit import sessions, tracked
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Grant, Pool, User

FORMAT = r"(tkn|sso)[a-z0-9]{25}"


def session_id(grant: Grant) -> Fresh:
    """The id of the session that a sign-in is."""
    return Fresh("SessionId", grant.id.step)


@operation("ListUserSessions")
def list_user_sessions(call: Call) -> Outcome:
    """The sessions of the signed-in user, the calling one marked."""
    pool, user, _, grant = need_token(call)
    return listed(call, pool, user, grant)


@operation("AdminListUserSessions")
def admin_list_user_sessions(call: Call) -> Outcome:
    """The sessions of a user, for an administrator."""
    pool = need_pool(call)
    return listed(call, pool, need_user(call, pool), None)


def listed(call: Call, pool: Pool, user: User, own: Grant | None) -> Outcome:
    """What both answer. The list lags behind, so that no fact says which sessions must be in it."""
    call.tolerate_if(call.NextToken is not None, R.page_token_is_genuine)
    if not tracked(pool):
        call.tolerate_if(True, R.tracking_is_on)
        return call.reply(R.lists_sessions, Sessions=OneOf.of([], ABSENT, Present([])))
    mine = [view(grant, own) for grant in sessions(pool, user)]
    return call.reply(R.lists_sessions, Sessions=OneOf.of(mine, Present([])))


def view(grant: Grant, own: Grant | None) -> dict[str, Any]:
    """SessionDescriptionType of a sign-in."""
    return {
        "SessionId": Both.of(Because(Pattern(FORMAT, ""), R.session_id_has_format), session_id(grant)),
        "SessionType": "TOKEN",
        "ClientId": grant.client,
        "CreateDate": Present(int(grant.at)),
        "LastActiveDate": Present(int(grant.at)),
        "IsCurrentSession": own is not None and own.id == grant.id,
    }


@operation("RevokeUserSession")
def revoke_user_session(call: Call) -> Outcome:
    """A user ends another of its sessions."""
    pool, user, _, own = need_token(call)
    call.refuse_if(call.SessionId == session_id(own), R.own_session_stays)
    return ended(call, pool, user)


@operation("AdminRevokeUserSession")
def admin_revoke_user_session(call: Call) -> Outcome:
    """An administrator ends a session of a user."""
    pool = need_pool(call)
    return ended(call, pool, need_user(call, pool))


def ended(call: Call, pool: Pool, user: User) -> Outcome:
    """The outcome that ends the session which SessionId names."""
    call.tolerate_if(not tracked(pool), R.tracking_is_on)
    grant = next((g for g in sessions(pool, user) if session_id(g) == call.SessionId), None)
    if grant is None:
        call.refuse_if(True, R.session_exists)
        call.refuse_if(not tracked(pool), R.tracking_is_on)
        call.settle()
    assert grant is not None
    pool = pool.put(grant=call.change(grant, R.ends_session, revoked=True))
    return call.reply(R.ends_session, call.world.with_pool(pool))
