"""AdminListUserAuthEvents, AdminUpdateAuthEventFeedback."""

from __future__ import annotations

from cognito_model.call import Call, operation
from cognito_model.expect import Present
from cognito_model.operations.common import need_pool, need_user
from cognito_model.outcome import Outcome
from cognito_model.requirements import auth_events as R
from cognito_model.world import Pool


def check(call: Call, pool: Pool) -> None:
    """Refuse where the pool has no threat protection."""
    mode = (pool.settings.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode", "OFF")
    call.refuse_if(mode == "OFF", R.protection_is_on)


@operation("AdminListUserAuthEvents")
def admin_list_user_auth_events(call: Call) -> Outcome:
    """The sign-in events of a user; what is in them is the service's to know."""
    pool = need_pool(call)
    check(call, pool)
    need_user(call, pool)
    return call.reply(R.lists_events, AuthEvents=Present([]))


@operation("AdminUpdateAuthEventFeedback")
def admin_update_auth_event_feedback(call: Call) -> Outcome:
    """Say whether an event was the user's."""
    pool = need_pool(call)
    check(call, pool)
    need_user(call, pool)
    return call.reply(R.lists_events)
