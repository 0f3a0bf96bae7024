"""A user's sign-ins as sessions."""

from __future__ import annotations

import pytest

from cognito_model.terms import Fresh, Junk
from support.door import Door
from support.expectations import rests_on, tolerated

TRACKING = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 20}}
UNKNOWN = "tkn" + "a" * 25


def tracking() -> Door:
    """A pool that tracks sessions."""
    door = Door()
    door.admin("SetUserPoolSessionConfiguration", **TRACKING)
    return door


def session_of(step: int) -> Fresh:
    """The id of the session that the sign-in numbered `step` is."""
    return Fresh("SessionId", step)


@pytest.mark.parametrize("own", [True, False])
def test_sessions_are_listed(own):
    """The sessions of a user are listed; the caller's own is marked; which are in the list is not settled."""
    door = tracking()
    token = door.tokens().access
    step = door.drive.step
    call = door.drive.outcome("ListUserSessions", AccessToken=token) if own else None
    outcome = call or door.admin_outcome("AdminListUserSessions", "ann")
    assert {"user-sessions/lists-sessions", "user-sessions/session-id-has-format"} <= rests_on(outcome)
    likely = outcome.replies[0].members["Sessions"].choices[0]
    assert [(s["SessionId"].parts[-1], s["IsCurrentSession"]) for s in likely] == [(session_of(step), own)]


def test_no_tracking():
    """Where sessions are not tracked, asking for them may be refused."""
    door = Door()
    outcome = door.drive.outcome("ListUserSessions", AccessToken=door.tokens().access)
    assert tolerated(outcome) == {"user-sessions/tracking-is-on"}


def test_page_token():
    """A page token that the list did not give may be refused."""
    outcome = tracking().admin_outcome("AdminListUserSessions", "ann", NextToken="junk")
    assert tolerated(outcome) == {"user-sessions/page-token-is-genuine"}


@pytest.mark.parametrize("own", [True, False])
def test_session_is_ended(own):
    """Ending a session ends its tokens and no others."""
    door = tracking()
    first, step = door.tokens(), door.drive.step
    second = door.tokens()
    params = {"SessionId": session_of(step)}
    if own:
        outcome = door.drive.outcome("RevokeUserSession", AccessToken=second.access, **params)
        assert rests_on(outcome) == {"user-sessions/ends-session"}
        door.drive.call("RevokeUserSession", AccessToken=second.access, **params)
    else:
        door.admin("AdminRevokeUserSession", "ann", **params)
    assert door.drive.refused("GetUser", AccessToken=first.access) == {"user-sessions/ends-session"}
    refused = door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=first.refresh)
    assert refused == {"user-sessions/ends-session"}
    door.drive.call("GetUser", AccessToken=second.access)


def test_own_session_stays():
    """A user cannot end the session of the token that it calls with."""
    door = tracking()
    tokens, step = door.tokens(), door.drive.step
    refused = door.drive.refused("RevokeUserSession", AccessToken=tokens.access, SessionId=session_of(step))
    assert refused == {"user-sessions/own-session-stays"}


def test_session_exists():
    """A session that the user does not have cannot be ended."""
    refused = tracking().admin_refused("AdminRevokeUserSession", "ann", SessionId=UNKNOWN)
    assert refused == {"user-sessions/session-exists"}
    door = Door()
    refused = door.drive.refused(
        "RevokeUserSession", AccessToken=door.tokens().access, SessionId=Junk("SessionId")
    )
    assert refused == {"user-sessions/session-exists", "user-sessions/tracking-is-on"}


def test_least_used_session_makes_room():
    """Where a user has as many sessions as the pool allows, the one used the longest time ago may end with the next."""
    door = Door()
    door.admin(
        "SetUserPoolSessionConfiguration", UserSessionTracking="ENABLED", TokenSession={"MaxPerUser": 2}
    )
    first = door.tokens()
    door.later(1)
    second = door.tokens()
    door.later(1)
    door.start("REFRESH_TOKEN", REFRESH_TOKEN=first.refresh)
    door.later(1)
    third = door.tokens()
    ends = "user-sessions/least-used-session-ends"
    for tokens, gone in ((first, False), (second, True), (third, False)):
        assert (ends in tolerated(door.drive.outcome("GetUser", AccessToken=tokens.access))) is gone
        refreshed = door.start_outcome("REFRESH_TOKEN", REFRESH_TOKEN=tokens.refresh)
        assert (ends in tolerated(refreshed)) is gone
