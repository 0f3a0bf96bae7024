"""AdminListUserAuthEvents, AdminUpdateAuthEventFeedback, UpdateAuthEventFeedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, Both, Lacks, OneOf, Present
from cognito_model.operations.common import need_pool, need_user
from cognito_model.requirements import auth_events as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

MEMBERS = ("EventId", "EventType", "CreationDate", "EventResponse")
"""What every event is told with; of its risk that is said too, and seen of sign-ins alone."""


def is_off(pool: Pool) -> bool:
    """Whether the pool has no threat protection."""
    return bool((pool.settings.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode", "OFF") == "OFF")


@operation("AdminListUserAuthEvents")
def admin_list_user_auth_events(call: Call) -> Outcome:
    """The sign-in events of a user; what is in them is the service's to know."""
    pool = need_pool(call)
    call.refuse_if(is_off(pool), R.protection_is_on)
    need_user(call, pool)
    call.tolerate_if(call.NextToken is not None, R.page_token_is_genuine)
    # Which events there are nobody tells beforehand; where there are none, an empty list may be left out.
    told = (Because(Lacks(member, (None,)), R.event_is_told) for member in MEMBERS)
    return call.reply(R.lists_events, AuthEvents=Both.of(*told, OneOf.of(Present([]), ABSENT)))


@operation("AdminUpdateAuthEventFeedback")
def admin_update_auth_event_feedback(call: Call) -> Outcome:
    """An administrator says whether an event was the user's."""
    pool = need_pool(call)
    call.refuse_if(is_off(pool), R.protection_is_on)
    if pool.find(call.Username) is None:
        call.refuse(R.feedback_names_user)
    # Events happen unseen, so that an id that the caller made up is nobody's.
    call.refuse_if(True, R.event_is_known)
    return call.reply(R.takes_feedback)


@operation("UpdateAuthEventFeedback")
def update_auth_event_feedback(call: Call) -> Outcome:
    """A user says so, with the token of a notification, which no test can read."""
    pool = need_pool(call)
    call.refuse_if(is_off(pool), R.protection_is_on)
    call.refuse_if(pool.find(call.Username) is None, R.feedback_names_user)
    call.refuse_if(True, R.feedback_token_is_genuine)
    return call.reply(R.takes_feedback)
