"""Sign-in events of threat protection."""

from __future__ import annotations

from dataclasses import replace

from support.door import Door
from support.expectations import rests_on, tolerated

FEEDBACK = {"EventId": "event-1", "FeedbackValue": "Valid"}
OFF = "auth-events/protection-is-on"


def protected() -> Door:
    """A pool with threat protection."""
    door = Door()
    addons = {"AdvancedSecurityMode": "ENFORCED"}
    pool = replace(door.pool, settings={**door.pool.settings, "UserPoolAddOns": addons})
    door.drive.world = door.drive.world.with_pool(pool)
    return door


def test_protection_is_on():
    """Without threat protection events can neither be listed nor judged."""
    door = Door()
    assert OFF in door.admin_refused("AdminListUserAuthEvents", "ann")
    assert OFF in door.admin_refused("AdminUpdateAuthEventFeedback", "ann", **FEEDBACK)
    assert OFF in door.admin_refused("UpdateAuthEventFeedback", "ann", FeedbackToken="x", **FEEDBACK)


def test_events_are_listed():
    """With threat protection the events of a user are listed, each with what it is known by; a page token that is
    none may be refused.
    """
    door = protected()
    assert rests_on(door.admin_outcome("AdminListUserAuthEvents", "ann")) == {
        "auth-events/lists-events",
        "auth-events/event-is-told",
    }
    outcome = door.admin_outcome("AdminListUserAuthEvents", "ann", NextToken="junk")
    assert tolerated(outcome) == {"auth-events/page-token-is-genuine"}
    assert door.admin_refused("AdminListUserAuthEvents", "nobody") == {"common/user-exists"}


def test_feedback():
    """An administrator's feedback on an event that nobody has is refused."""
    refused = protected().admin_refused("AdminUpdateAuthEventFeedback", "ann", **FEEDBACK)
    assert refused == {"auth-events/event-is-known"}


def test_feedback_of_a_user():
    """A user's feedback needs the token of a notification, and a user."""
    door = protected()
    given = {"FeedbackToken": "x", **FEEDBACK}
    genuine = "auth-events/feedback-token-is-genuine"
    assert door.admin_refused("UpdateAuthEventFeedback", "ann", **given) == {genuine}
    refused = door.admin_refused("UpdateAuthEventFeedback", "nobody", **given)
    assert refused == {genuine, "auth-events/feedback-names-user"}


def test_feedback_on_nobody():
    """An administrator's feedback for a user who is not there is refused as a wrong password is."""
    outcome = protected().admin_outcome("AdminUpdateAuthEventFeedback", "nobody", **FEEDBACK)
    assert [refusal.requirement.slug for refusal in outcome.refusals] == ["auth-events/feedback-names-user"]
    assert outcome.refusals[0].requirement.allows_text("Incorrect username or password.")
