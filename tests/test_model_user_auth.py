"""USER_AUTH: what is offered, preferred and chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_model.expect import Bag, JsonText, unwrap
from cognito_model.terms import Junk, Passkey, Spoiled, SrpA
from cognito_model.world import Credential
from support.door import EMAIL, PHONE, TEXT, TOTP, WRONG, Door
from support.expectations import rests_on, tolerated
from support.people import GOOD, OTHER, SMS

VERIFIED = {**EMAIL, "email_verified": "true"}
HIDING = {"PreventUserExistenceErrors": "ENABLED"}


def choosing(*factors: str, client: dict | None = None, ann: dict | None = None, **pool: object) -> Door:
    """A pool with these first factors and a client that allows USER_AUTH alone."""
    policy = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", *factors]}}}
    settings = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], **(client or {})}
    return Door(client=settings, ann=ann, SmsConfiguration=SMS, **policy, **pool)


def with_passkey(door: Door) -> None:
    """Ann has a passkey."""
    key = Junk("Passkey")
    user = replace(door.user(), passkeys={key: Credential(key, door.user().created)})
    door.drive.world = door.drive.world.with_pool(door.pool.put(user=user))


def offered(outcome: object) -> Bag:
    """AvailableChallenges."""
    return unwrap(outcome.replies[0].members["AvailableChallenges"])


@pytest.mark.parametrize("admin", [False, True])
def test_offers_what_there_is(admin):
    """Without a preference the factors that pool and user have are offered; the password in both its forms."""
    door = choosing("EMAIL_OTP", "SMS_OTP", ann=VERIFIED)
    outcome = door.start_outcome("USER_AUTH", more={"admin": admin})
    assert outcome.replies[0].requirement.slug == "user-auth/offers-what-there-is"
    assert outcome.suspects["InvalidParameterException"].slug == "user-auth/flow-is-known"
    assert offered(outcome) == Bag(("PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"))
    assert door.start("USER_AUTH", more={"admin": admin})["ChallengeName"] == "SELECT_CHALLENGE"


def test_unverified_address_may_be_offered():
    """Whether a code to an address that is not verified is offered is not settled."""
    door = choosing("EMAIL_OTP", ann=EMAIL)
    assert offered(door.start_outcome("USER_AUTH")) == Bag(("PASSWORD_SRP", "PASSWORD"), ("EMAIL_OTP",))


def test_preference_that_is_not_to_be_had():
    """A preference that the user cannot have gets the choice and no error."""
    door = choosing("EMAIL_OTP", "SMS_OTP", ann=VERIFIED)
    outcome = door.start_outcome("USER_AUTH", PREFERRED_CHALLENGE="SMS_OTP")
    assert offered(outcome) == Bag(("PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"))


def test_temporary_password_comes_first():
    """A user with a temporary password is offered the password alone, whatever is preferred."""
    door = choosing("EMAIL_OTP")
    door.create("bob", **VERIFIED)
    outcome = door.start_outcome("USER_AUTH", USERNAME="bob", PREFERRED_CHALLENGE="EMAIL_OTP")
    assert outcome.replies[0].requirement.slug == "user-auth/temporary-password-comes-first"
    assert offered(outcome) == Bag(("PASSWORD_SRP", "PASSWORD"))


def test_preferred_password():
    """A password that comes with the preference signs in, although the client allows no password flow."""
    door = choosing()
    preferred = {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": GOOD}
    outcome = door.start_outcome("USER_AUTH", **preferred)
    assert outcome.replies[0].requirement.slug == "user-auth/covers-passwords"
    refused = door.start_refused("USER_AUTH", **{**preferred, "PASSWORD": WRONG})
    assert refused == {"sign-in/password-matches"}
    assert "sign-in/flow-is-enabled" in door.start_refused("USER_SRP_AUTH")


def test_preferred_srp():
    """SRP_A that comes with the preference is answered with PASSWORD_VERIFIER; a wrong proof ends the attempt."""
    door = choosing()
    preferred = {"PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": SrpA(9)}
    assert (
        door.start_outcome("USER_AUTH", **preferred).replies[0].requirement.slug == "user-auth/preferred-srp"
    )
    asked = door.start("USER_AUTH", **preferred)
    outcome = door.answer_outcome("PASSWORD_VERIFIER", None, **door.proof(asked))
    assert outcome.replies[0].requirement.slug == "user-auth/covers-passwords"
    assert door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(asked, WRONG)) == {
        "challenges/proof-is-right"
    }
    refused = door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(asked))
    assert refused == {"user-auth/lost-after-wrong-password"}


@pytest.mark.parametrize(
    ("factor", "ann", "member"),
    [("EMAIL_OTP", VERIFIED, "EMAIL_OTP_CODE"), ("SMS_OTP", PHONE, "SMS_OTP_CODE")],
)
def test_preferred_code(factor, ann, member):
    """A one-time password that is preferred is sent at once; it signs in, after a wrong one too."""
    door = choosing(factor, ann=ann)
    outcome = door.start_outcome("USER_AUTH", PREFERRED_CHALLENGE=factor)
    assert outcome.replies[0].requirement.slug == "user-auth/preferred-code"
    session = door.start("USER_AUTH", PREFERRED_CHALLENGE=factor)["Session"]
    assert door.drive.messages[-1].purpose == "otp"
    right = door.answer_outcome(factor, session, **{member: door.text()})
    assert right.replies[0].requirement.slug == "user-auth/code-signs-in"
    wrong = {member: Spoiled(door.text(), "digit")}
    assert door.answer_refused(factor, session, **wrong) == {"challenges/sent-code-matches"}
    assert "AccessToken" in door.answer(factor, session, **{member: door.text()})["AuthenticationResult"]


def test_code_of_a_disabled_user():
    """A disabled user cannot sign in with a code either."""
    door = choosing("EMAIL_OTP", ann=VERIFIED)
    session = door.start("USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP")["Session"]
    door.admin("AdminDisableUser", "ann")
    assert "sign-in/user-is-enabled" in door.answer_refused("EMAIL_OTP", session, EMAIL_OTP_CODE=door.text())


@pytest.mark.parametrize(("preferred", "missing"), [("PASSWORD", "PASSWORD"), ("PASSWORD_SRP", "SRP_A")])
def test_preference_without_its_parameter(preferred, missing):
    """A preference without what it takes gets the challenge of that name, the choice, or a refusal."""
    door = choosing()
    outcome = door.start_outcome("USER_AUTH", PREFERRED_CHALLENGE=preferred)
    assert tolerated(outcome) == {"user-auth/preferred-needs-more"}
    names = [unwrap(reply.members["ChallengeName"]) for reply in outcome.replies]
    assert names == [preferred, "SELECT_CHALLENGE"]
    session = door.start("USER_AUTH", PREFERRED_CHALLENGE=preferred)["Session"]
    assert "challenges/response-is-given" in door.answer_refused(preferred, session)
    given = {missing: GOOD if missing == "PASSWORD" else SrpA(7)}
    door.answer(preferred, session, **given)


@pytest.mark.parametrize(
    ("answer", "following", "because"),
    [
        ({"ANSWER": "EMAIL_OTP"}, "EMAIL_OTP", "user-auth/chosen-code"),
        ({"ANSWER": "PASSWORD_SRP", "SRP_A": SrpA(5)}, "PASSWORD_VERIFIER", "user-auth/chosen-srp"),
        ({"ANSWER": "WEB_AUTHN"}, "WEB_AUTHN", "user-auth/chosen-passkey"),
    ],
)
def test_choice(answer, following, because):
    """The factor that SELECT_CHALLENGE is answered with comes next."""
    door = choosing("EMAIL_OTP", "WEB_AUTHN", ann=VERIFIED)
    with_passkey(door)
    session = door.start("USER_AUTH")["Session"]
    outcome = door.answer_outcome("SELECT_CHALLENGE", session, **answer)
    assert because in rests_on(outcome)
    assert unwrap(outcome.replies[0].members["ChallengeName"]) == following


def test_chosen_password():
    """PASSWORD chosen with the right one signs in; a wrong one ends the attempt; without any it is refused."""
    door = choosing()
    session = door.start("USER_AUTH")["Session"]
    right = {"ANSWER": "PASSWORD", "PASSWORD": GOOD}
    assert "sign-in/parameter-is-given" in door.answer_refused("SELECT_CHALLENGE", session, ANSWER="PASSWORD")
    outcome = door.answer_outcome("SELECT_CHALLENGE", session, **right)
    assert outcome.replies[0].requirement.slug == "user-auth/chosen-password"
    refused = door.answer_refused("SELECT_CHALLENGE", session, **{**right, "PASSWORD": WRONG})
    assert refused == {"sign-in/password-matches"}
    refused = door.answer_refused("SELECT_CHALLENGE", session, **right)
    assert refused == {"user-auth/lost-after-wrong-password"}


def test_choice_that_was_not_offered():
    """A factor that was not offered cannot be chosen."""
    door = choosing("EMAIL_OTP")
    session = door.start("USER_AUTH")["Session"]
    refused = door.answer_refused("SELECT_CHALLENGE", session, ANSWER="EMAIL_OTP")
    assert refused == {"challenges/choice-is-offered"}


def test_preferred_passkey():
    """A preferred passkey is asked for with its request's options; a credential that it did not make is refused."""
    door = choosing("WEB_AUTHN")
    with_passkey(door)
    asked = door.start("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")
    assert asked["ChallengeName"] == "WEB_AUTHN"
    assert isinstance(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"], JsonText)
    wrong = Passkey(Junk("WebAuthnChallenge"), "phone")
    assert door.answer_refused("WEB_AUTHN", asked["Session"], CREDENTIAL=wrong) == {
        "challenges/passkey-is-right"
    }


def test_unknown_user_is_named():
    """Where the client does not hide users, USER_AUTH tells that there is none of this name."""
    assert choosing().start_refused("USER_AUTH", USERNAME="nobody") == {"sign-in/unknown-user-is-named"}


def test_unknown_user_gets_code():
    """Where the client hides users, an unknown one is asked for a code, which none answers."""
    door = choosing("EMAIL_OTP", client=HIDING)
    preferred = {"USERNAME": "nobody@example.com", "PREFERRED_CHALLENGE": "EMAIL_OTP"}
    outcome = door.start_outcome("USER_AUTH", **preferred)
    assert outcome.replies[0].requirement.slug == "user-auth/unknown-user-gets-code"
    assert tolerated(outcome) == set()
    asked = door.start("USER_AUTH", **preferred)
    assert asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"].example == "n***@e***"
    refused = door.answer_refused(
        "EMAIL_OTP", asked["Session"], USERNAME="nobody@example.com", EMAIL_OTP_CODE="12345678"
    )
    assert refused == {"user-auth/simulated-code-is-wrong"}


@pytest.mark.parametrize("preferred", [{}, {"PREFERRED_CHALLENGE": "WEB_AUTHN"}])
def test_unknown_user_gets_choice(preferred):
    """Without a one-time password an unknown user is offered something, or refused like a wrong password."""
    door = choosing("EMAIL_OTP", "WEB_AUTHN", client=HIDING)
    outcome = door.start_outcome("USER_AUTH", USERNAME="nobody", **preferred)
    assert tolerated(outcome) == {"user-auth/unknown-user-gets-choice"}
    session = door.start("USER_AUTH", USERNAME="nobody", **preferred)["Session"]
    refused = door.answer_refused("SELECT_CHALLENGE", session, USERNAME="nobody", ANSWER="PASSWORD")
    assert refused == {"sign-in/unknown-user-is-hidden"}


def test_unknown_user_with_password():
    """The password of an unknown user is wrong, and so is any proof of it."""
    door = choosing(client=HIDING)
    nobody = {"USERNAME": "nobody", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": GOOD}
    assert door.start_refused("USER_AUTH", **nobody) == {"sign-in/unknown-user-is-hidden"}
    proving = {"USERNAME": "nobody", "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": SrpA(3)}
    outcome = door.start_outcome("USER_AUTH", **proving)
    assert outcome.replies[0].requirement.slug == "sign-in/unknown-user-is-simulated"


def test_state_may_show_early():
    """A user who may not sign in may be refused at once."""
    door = choosing()
    door.admin("AdminDisableUser", "ann")
    assert tolerated(door.start_outcome("USER_AUTH")) == {"sign-in/state-may-show-early"}


def test_tier():
    """In a pool of the tier LITE USER_AUTH may be refused."""
    door = Door()
    pool = replace(door.pool, settings={**door.pool.settings, "UserPoolTier": "LITE"})
    client = door.pool.clients[door.client]
    allowing = replace(client, settings={**client.settings, "ExplicitAuthFlows": ["ALLOW_USER_AUTH"]})
    door.drive.world = door.drive.world.with_pool(pool.put(client=allowing))
    assert tolerated(door.start_outcome("USER_AUTH")) == {"user-auth/tier-has-user-auth"}
    assert "user-auth/tier-has-user-auth" in door.start_refused("USER_AUTH", USERNAME=None)


def test_authentication_levels():
    """An access token needs target levels beside it; levels may be out of reach."""
    door = choosing()
    assert door.start_refused("USER_AUTH", ACCESS_TOKEN="x.y.z") == {"user-auth/token-comes-with-levels"}
    outcome = door.start_outcome("USER_AUTH", TARGET_ACR_VALUES="urn:cognito:loa:2")
    assert tolerated(outcome) == {"user-auth/levels-may-be-refused"}
    unknown = door.start_refused("USER_AUTH", TARGET_ACR_VALUES="urn:example:none urn:example:other")
    assert unknown == {"user-auth/a-level-is-known"}


def test_session_of_sign_up():
    """A session that is none of ConfirmSignUp may be refused or ignored."""
    door = choosing()
    outcome = door.start_outcome("USER_AUTH", more={"Session": "x" * 30})
    assert tolerated(outcome) == {"user-auth/session-of-sign-up"}


def test_second_factor_after_the_choice():
    """A password that was chosen is followed by what follows any password."""
    door = choosing(ann=PHONE)
    door.admin("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", **TEXT)
    door.with_text()
    session = door.start("USER_AUTH")["Session"]
    answer = door.answer("SELECT_CHALLENGE", session, ANSWER="PASSWORD", PASSWORD=GOOD)
    assert answer["ChallengeName"] == "SMS_MFA"
    door.create("bob")
    session = door.start("USER_AUTH", USERNAME="bob")["Session"]
    chosen = {"USERNAME": "bob", "ANSWER": "PASSWORD", "PASSWORD": GOOD}
    session = door.answer("SELECT_CHALLENGE", session, **chosen)["Session"]
    door.answer("NEW_PASSWORD_REQUIRED", session, USERNAME="bob", NEW_PASSWORD=OTHER)


def test_user_without_password():
    """Whether the password is offered to a user who has none is not settled."""
    door = choosing("EMAIL_OTP", ann=VERIFIED)
    user = replace(door.user(), password=None)
    door.drive.world = door.drive.world.with_pool(door.pool.put(user=user))
    assert offered(door.start_outcome("USER_AUTH")) == Bag(("EMAIL_OTP",), ("PASSWORD_SRP", "PASSWORD"))


def test_sign_up_signs_in():
    """The session of ConfirmSignUp signs in without another code, once, within its time."""
    door = choosing("EMAIL_OTP", AutoVerifiedAttributes=["email"])
    door.sign_up("bob", email="bob@example.com")
    session = door.public("ConfirmSignUp", "bob", ConfirmationCode=door.text())["Session"].choices[0]
    bob = {"more": {"Session": session}, "USERNAME": "bob"}
    outcome = door.start_outcome("USER_AUTH", **bob)
    assert outcome.replies[0].requirement.slug == "user-auth/sign-up-signs-in"
    door.later(200)
    assert (
        door.start_outcome("USER_AUTH", **bob).replies[0].requirement.slug == "user-auth/offers-what-there-is"
    )
    door.later(-200)
    assert "AccessToken" in door.start("USER_AUTH", **bob)["AuthenticationResult"]
    assert door.start("USER_AUTH", **bob)["ChallengeName"] == "SELECT_CHALLENGE"
    refused = door.answer_refused("SMS_MFA", session, USERNAME="bob", SMS_MFA_CODE="1")
    assert refused == {"challenges/session-counts-once"}


def test_second_factor_takes_the_codes_away():
    """Who has turned a second factor on may be offered no codes, and preferring one may get the choice."""
    door = choosing("EMAIL_OTP", ann=VERIFIED, mfa=TOTP)
    door.with_totp(token=door.tokens("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD", PASSWORD=GOOD).access)
    assert offered(door.start_outcome("USER_AUTH")) == Bag(("PASSWORD_SRP", "PASSWORD"), ("EMAIL_OTP",))
    outcome = door.start_outcome("USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP")
    names = [unwrap(reply.members["ChallengeName"]) for reply in outcome.replies]
    assert names == ["SELECT_CHALLENGE", "EMAIL_OTP"]
    assert [len(reply.messages) for reply in outcome.replies] == [0, 1]


def test_codes_may_be_listed_whatever_the_pool_allows():
    """Whether GetUserAuthFactors lists a code that the pool does not allow as first factor is not settled."""
    door = choosing(ann=VERIFIED)
    outcome = door.admin_outcome("AdminGetUserAuthFactors", "ann")
    found = unwrap(outcome.replies[0].members["ConfiguredUserAuthFactors"])
    assert found.choices == (Bag(("EMAIL_OTP", "PASSWORD")), Bag(("PASSWORD",), ("EMAIL_OTP",)))
