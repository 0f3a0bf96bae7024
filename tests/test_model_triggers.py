"""What Lambda triggers may do to sign-ups and messages."""

from __future__ import annotations

from support.expectations import tolerated
from support.people import GOOD, Town, attributes

ARN = "arn:aws:lambda:us-east-1:123456789012:function:trigger"
EMAIL = attributes(email="ann@example.com")


def test_trigger_may_confirm_a_sign_up():
    """With a PreSignUp trigger a sign-up may be confirmed at once, its address verified or not, without a code."""
    town = Town(LambdaConfig={"PreSignUp": ARN}, AutoVerifiedAttributes=["email"])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=EMAIL)
    assert [reply.members["UserConfirmed"] for reply in outcome.replies] == [False, True]
    assert "triggers/triggers-may-refuse" in tolerated(outcome)
    at_once = outcome.replies[1]
    ann = at_once.world.pools[town.id].find("ann")
    assert (ann.status, ann.codes, at_once.messages) == ("CONFIRMED", {}, ())
    assert ann.attributes["email_verified"].choices == ("true", "false")
    assert at_once.requirement.slug == "triggers/trigger-may-confirm"


def test_administrators_user_is_not_confirmed_by_a_trigger():
    """AdminCreateUser runs the trigger, which may refuse, and takes no notice of its confirming."""
    town = Town(LambdaConfig={"PreSignUp": ARN})
    outcome = town.admin_outcome("AdminCreateUser", "ann")
    assert [r.members["User"]["UserStatus"].value for r in outcome.replies] == ["FORCE_CHANGE_PASSWORD"]
    assert tolerated(outcome) == {"triggers/triggers-may-refuse"}


def test_other_triggers_refuse_nothing():
    """A trigger that an operation does not run refuses nothing."""
    town = Town(LambdaConfig={"PreAuthentication": ARN})
    assert tolerated(town.public_outcome("SignUp", "ann", Password=GOOD)) == set()
