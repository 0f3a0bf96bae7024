"""What Lambda triggers may do to sign-ups and messages."""

from __future__ import annotations

import pytest

from cognito_model.functions import AUTO_CONFIRM, AUTO_VERIFY, CUSTOM_SENDER, DENY, SENDER_KEY
from cognito_model.terms import Fresh, Function
from support.door import PHONE, Door
from support.expectations import rests_on, texts, tolerated
from support.people import GOOD, OTHER, Town, attributes

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


# -- functions that the model knows


def with_sign_up(role: str, **pool: object) -> Town:
    """A pool whose PreSignUp trigger is a function that the target offers."""
    return Town(LambdaConfig={"PreSignUp": Function(role)}, **pool)


def test_denied_sign_ups():
    """What the trigger denies is refused with the trigger's error, for administrators too, and nothing else may be told."""
    town = with_sign_up(DENY)
    assert town.public_refused("SignUp", "ann", Password=GOOD) == {"triggers/sign-up-is-denied"}
    assert town.admin_refused("AdminCreateUser", "ann") == {"triggers/sign-up-is-denied"}
    assert texts(town.public_outcome("SignUp", "ann", Password=GOOD)) == {("denied",)}
    assert town.pool.users == {}


def test_denied_and_wrong():
    """Of a sign-up that is denied and has a bad password besides, either reason may be told."""
    refused = with_sign_up(DENY).public_refused("SignUp", "ann", Password="short")
    assert refused > {"triggers/sign-up-is-denied"}


def test_sign_up_confirmed_by_trigger():
    """A user whom the trigger confirms is CONFIRMED, with no code outstanding and no address verified, and signs in."""
    town = with_sign_up(AUTO_CONFIRM, AutoVerifiedAttributes=["email"])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=EMAIL)
    assert "triggers/sign-up-is-confirmed" in rests_on(outcome)
    assert (len(outcome.replies), outcome.tolerated, outcome.replies[0].messages) == (1, (), ())
    assert town.sign_up(email="ann@example.com")["UserConfirmed"] is True
    assert town.user().codes == {}
    assert town.status() == "CONFIRMED"
    assert town.shown()["email_verified"] == "false"
    assert town.token()


def test_address_verified_by_trigger():
    """The address that the trigger verifies is verified; without one the sign-up is refused."""
    town = with_sign_up(AUTO_VERIFY)
    assert town.public_refused("SignUp", "ben", Password=GOOD) == {"triggers/address-is-there"}
    town.sign_up(email="ann@example.com")
    assert town.shown()["email_verified"] == "true"


def test_trigger_moves_an_alias():
    """An alias goes to the user whose address the trigger verifies, and the one who had it no longer signs in with it."""
    town = with_sign_up(AUTO_VERIFY, AliasAttributes=["email"])
    town.sign_up(email="ann@example.com")
    town.sign_up("ben", OTHER, email="ann@example.com")
    assert town.user("ann@example.com").username == "ben"
    assert town.shown()["email_verified"] == "false"
    assert town.user().causes["attribute:email_verified"].slug == "triggers/alias-moves"


@pytest.mark.parametrize("role", [AUTO_CONFIRM, AUTO_VERIFY])
def test_administrators_user_waits(role):
    """What the trigger confirms and verifies counts for nothing where an administrator makes the user."""
    town = with_sign_up(role)
    outcome = town.admin_outcome("AdminCreateUser", "ann", UserAttributes=EMAIL)
    assert "triggers/administrators-user-waits" in rests_on(outcome)
    town.create(email="ann@example.com")
    assert town.status() == "FORCE_CHANGE_PASSWORD"
    assert "email_verified" not in town.shown()


@pytest.mark.parametrize(
    ("trigger", "late"), [("PreSignUp", False), ("PostConfirmation", True), ("CustomMessage", True)]
)
def test_trigger_that_runs_late(trigger, late):
    """A sign-up that is refused for a trigger which runs when the user is there may have made the user."""
    town = Town(LambdaConfig={trigger: ARN})
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD)
    may = [refusal for refusal in outcome.tolerated if refusal.requirement.area == "triggers"]
    assert [refusal.late for refusal in may] == [late]


@pytest.mark.parametrize("client", [{}, {"PreventUserExistenceErrors": "ENABLED"}])
def test_unknown_user_may_be_fetched(client):
    """A forgotten password of an unknown user may be refused for the trigger that is to fetch users from elsewhere."""
    town = Town(LambdaConfig={"UserMigration": ARN}, client=client)
    outcome = town.public_outcome("ForgotPassword", "nobody")
    assert "triggers/triggers-may-refuse" in {refusal.requirement.slug for refusal in outcome.tolerated}
    town.confirmed("ann", email="ann@example.com", email_verified="true")
    assert "triggers/triggers-may-refuse" not in tolerated(town.public_outcome("ForgotPassword", "ann"))


def test_function_in_another_place():
    """A function that the model knows is followed only where it is settled what comes of it."""
    town = Town(LambdaConfig={"PostConfirmation": Function(DENY)})
    town.sign_up()
    assert "triggers/triggers-may-refuse" in tolerated(town.admin_outcome("AdminConfirmSignUp", "ann"))


# -- before a sign-in


def denying(**options: object) -> Door:
    """A pool whose PreAuthentication trigger denies everybody, and Ann."""
    return Door(LambdaConfig={"PreAuthentication": Function(DENY)}, **options)


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
@pytest.mark.parametrize("password", [GOOD, OTHER])
def test_denied_sign_ins(flow, password):
    """The trigger comes before the password: right or wrong, the trigger's error is told."""
    door = denying()
    assert door.start_refused(flow, PASSWORD=password) == {"triggers/sign-in-is-denied"}
    assert texts(door.start_outcome(flow, PASSWORD=password)) == {("denied",)}


def test_denied_and_nobody():
    """Of a denied sign-in of a user who does not exist, or may not sign in, either reason may be told."""
    assert denying().start_refused(USERNAME="nobody") == {
        "triggers/sign-in-is-denied",
        "sign-in/unknown-user-is-named",
    }
    hiding = denying(client={"PreventUserExistenceErrors": "ENABLED"})
    assert "sign-in/unknown-user-is-hidden" in hiding.start_refused(USERNAME="nobody")
    door = denying()
    door.admin("AdminDisableUser", "ann")
    assert door.start_refused() == {"triggers/sign-in-is-denied", "sign-in/user-is-enabled"}


@pytest.mark.parametrize(
    "text",
    [
        "PreAuthentication failed with error SPIKE_LOCKED.",
        "PreAuthentication invocation failed due to error AccessDeniedException.",
        "Unrecognizable lambda output",
    ],
)
def test_words_of_a_trigger_at_sign_in(text):
    """A sign-in is refused in the words of the trigger, of one that may not run, or of one that answers no event."""
    door = Door(LambdaConfig={"PreAuthentication": ARN})
    [may] = [r.requirement for r in door.start_outcome().tolerated]
    assert may.slug == "sign-in/triggers-may-refuse"
    assert may.allows_text(text)


def test_denied_at_some_stage():
    """In which step of SRP the trigger runs no fact says: each may be refused."""
    door = denying(ann=PHONE)
    outcome = door.start_outcome("USER_SRP_AUTH", SRP_A=Fresh("SrpA", 1))
    assert "sign-in/triggers-may-refuse" in tolerated(outcome)


# -- senders


def test_code_of_a_sender():
    """A code that a known sender of the customer's is handed counts like any other, and nothing is refused for it."""
    config = {
        "CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": Function(CUSTOM_SENDER)},
        "KMSKeyID": Function(SENDER_KEY),
    }
    town = Town(LambdaConfig=config, AutoVerifiedAttributes=["email"])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=EMAIL)
    assert "triggers/triggers-may-refuse" not in tolerated(outcome)
    town.sign_up(email="ann@example.com")
    confirmed = town.public_outcome("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert "triggers/senders-code-confirms" in rests_on(confirmed)
    town.public("ConfirmSignUp", "ann", ConfirmationCode=town.code())
    assert town.status() == "CONFIRMED"


def test_unknown_sender():
    """A sender of which nothing is known may refuse."""
    unknown = {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": ARN}, "KMSKeyID": ARN}
    town = Town(LambdaConfig=unknown, AutoVerifiedAttributes=["email"])
    outcome = town.public_outcome("SignUp", "ann", Password=GOOD, UserAttributes=EMAIL)
    assert "triggers/triggers-may-refuse" in tolerated(outcome)
