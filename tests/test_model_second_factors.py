"""Second factors at sign-in: which one is asked for, and what answers it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_model.expect import ABSENT, Bag, Including, JsonText, OneOf, Present, unwrap
from cognito_model.terms import Junk, Spoiled, TotpCode
from support.door import EMAIL, MAIL, PHONE, TEXT, TOTP, Door
from support.expectations import reasons, rests_on, tolerated

ALL = {**TOTP, **TEXT, **MAIL}
REQUIRED = {"MfaConfiguration": "ON"}
SENDING = {
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    }
}
FLOWS = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"]


def everything(**more: object) -> Door:
    """A pool with all three factors, and Ann with phone and e-mail address."""
    return Door(mfa=ALL, ann={**PHONE, **EMAIL}, **SENDING, **more)


def factors(outcome: object) -> list[object]:
    """The challenges that may be asked, the likeliest first; ABSENT for tokens."""
    return [unwrap(reply.members["ChallengeName"]) for reply in outcome.replies]


def because(outcome: object) -> str:
    """The requirement that the likeliest reply rests on."""
    return outcome.replies[0].requirement.slug


@pytest.mark.parametrize("flow", FLOWS)
def test_preferred_factor_is_asked(flow):
    """The preferred factor is asked for, or the only one that is on."""
    door = everything()
    door.with_text(prefer=False)
    assert door.start(flow)["ChallengeName"] == "SMS_MFA"
    door.with_totp(by_text(door))
    outcome = door.start_outcome(flow)
    assert (because(outcome), factors(outcome)) == (
        "challenges/asks-preferred-factor",
        ["SOFTWARE_TOKEN_MFA"],
    )


def by_text(door: Door) -> object:
    """An access token of a sign-in by text message."""
    session = door.start()["Session"]
    answer = door.answer("SMS_MFA", session, SMS_MFA_CODE=door.text())
    return answer["AuthenticationResult"]["AccessToken"].term


def test_several_factors():
    """With several factors and no preference the user is asked which, and the one that is chosen comes next."""
    door = everything()
    door.with_text(prefer=False)
    door.with_mail(prefer=False)
    outcome = door.start_outcome()
    assert (because(outcome), factors(outcome)) == ("challenges/asks-which-factor", ["SELECT_MFA_TYPE"])
    asked = door.start()
    assert asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"] == JsonText(Bag(("SMS_MFA", "EMAIL_OTP")))
    session = asked["Session"]
    refused = door.answer_refused("SELECT_MFA_TYPE", session, ANSWER="SOFTWARE_TOKEN_MFA")
    assert refused == {"challenges/choice-is-offered"}
    outcome = door.answer_outcome("SELECT_MFA_TYPE", session, ANSWER="EMAIL_OTP")
    assert (because(outcome), factors(outcome)) == ("challenges/choice-is-taken", ["EMAIL_OTP"])
    session = door.answer("SELECT_MFA_TYPE", session, ANSWER="EMAIL_OTP")["Session"]
    door.answer("EMAIL_OTP", session, EMAIL_OTP_CODE=door.text())
    assert door.user().mfa.preferred is None


def test_factor_that_the_pool_does_not_use():
    """Whether a factor counts that a user has on and the pool does not use is not settled."""
    door = everything()
    door.with_text(prefer=False)
    door.with_totp(by_text(door), prefer=False)
    door.admin("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", **TEXT)
    assert factors(door.start_outcome()) == ["SMS_MFA", "SELECT_MFA_TYPE"]


@pytest.mark.parametrize("admin", [False, True])
def test_text_message(admin):
    """SMS_MFA tells where the code went, masked; the code signs in, and anything else does not."""
    door = Door(mfa=TEXT, ann=PHONE)
    door.with_text()
    more = {"admin": admin}
    flow = FLOWS[admin]
    assert "challenges/asks-with-parameters" in rests_on(door.start_outcome(flow))
    asked = door.start(flow)
    parameters = asked["ChallengeParameters"]
    assert parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] == "SMS"
    assert parameters["CODE_DELIVERY_DESTINATION"].example == "+*******0100"
    for wrong in (Spoiled(door.text(), "digit"), "fakeMfaCode", Junk("Code")):
        refused = door.answer_refused("SMS_MFA", asked["Session"], more=more, SMS_MFA_CODE=wrong)
        assert refused == {"challenges/sent-code-matches"}
    answer = door.answer("SMS_MFA", asked["Session"], more=more, SMS_MFA_CODE=door.text())
    assert "AccessToken" in answer["AuthenticationResult"]


def test_e_mail():
    """EMAIL_OTP is answered with EMAIL_OTP_CODE."""
    door = everything()
    door.with_mail()
    session = door.start()["Session"]
    outcome = door.answer_outcome("EMAIL_OTP", session, EMAIL_OTP_CODE=door.text())
    assert because(outcome) == "challenges/sent-code-signs-in"
    assert "challenges/response-is-given" in door.answer_refused(
        "EMAIL_OTP", session, SMS_MFA_CODE=door.text()
    )


def test_code_shows_who_has_the_phone():
    """After a right code the phone number may count as verified; the factor itself is not turned on."""
    door = Door(mfa={**TEXT, **REQUIRED}, ann=PHONE)
    session = door.start()["Session"]
    door.answer("SMS_MFA", session, SMS_MFA_CODE=door.text())
    assert door.user().attributes["phone_number_verified"] == OneOf.of("true", "false", ABSENT)
    shown = door.admin("AdminGetUser", Username="ann")["UserAttributes"]
    flags = [item for item in shown.items if isinstance(unwrap(item), OneOf)]
    assert [ABSENT in unwrap(flag).choices for flag in flags] == [True]
    assert door.user().mfa.enabled == ()


def test_code_of_another_sign_in():
    """Once a newer code was sent, whether the older or the newer answers the older session is not settled."""
    door = Door(mfa=TEXT, ann=PHONE)
    door.with_text()
    first, old = door.start()["Session"], door.text()
    second, new = door.start()["Session"], door.text()
    for code in (old, new):
        outcome = door.answer_outcome("SMS_MFA", first, SMS_MFA_CODE=code)
        assert tolerated(outcome) == {"challenges/older-code-is-dead"}
    assert door.answer_refused("SMS_MFA", second, SMS_MFA_CODE=old) == {"challenges/sent-code-matches"}
    assert tolerated(door.answer_outcome("SMS_MFA", second, SMS_MFA_CODE=new)) == set()


def test_software_token():
    """The code of the app signs in, of the step before or after too; a wrong one does not."""
    door = Door(mfa=TOTP)
    secret = door.with_totp()
    asked = door.start()
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    session = asked["Session"]
    for wrong in (
        Spoiled(TotpCode(secret, 0), "digit"),
        TotpCode(secret, 3),
        TotpCode(Junk("TotpSecret"), 0),
    ):
        refused = door.answer_refused("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=wrong)
        assert refused == {"challenges/totp-matches"}
    for offset in (0, 1):
        code = TotpCode(secret, offset)
        outcome = door.answer_outcome("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=code)
        assert not outcome.refusals
        assert (
            because(outcome) == f"challenges/{'totp-signs-in' if offset else 'session-survives-wrong-answer'}"
        )
    fresh = door.start()["Session"]
    outcome = door.answer_outcome("SOFTWARE_TOKEN_MFA", fresh, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    assert because(outcome) == "challenges/totp-signs-in"
    door.answer("SOFTWARE_TOKEN_MFA", fresh, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 1))
    again = door.start()["Session"]
    before = door.answer_outcome("SOFTWARE_TOKEN_MFA", again, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    assert tolerated(before) == {"challenges/totp-counts-once"}


def test_software_token_code_counts_once():
    """A code that was used, for setting up or to sign in, is refused."""
    door = Door(mfa=TOTP)
    secret = door.with_totp()
    session = door.start()["Session"]
    used = TotpCode(secret, -1)
    refused = door.answer_refused("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=used)
    assert refused == {"challenges/totp-counts-once"}
    door.answer("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    session = door.start()["Session"]
    refused = door.answer_refused("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    assert refused == {"challenges/totp-counts-once"}


def test_old_secret_counts_until_the_new_one_is_verified():
    """A software token counts until the one that would replace it is verified."""
    door = Door(mfa=TOTP)
    token = door.tokens().access
    secret = door.with_totp(token)
    new = door.drive.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"].parts[-1]
    session = door.start()["Session"]
    refused = door.answer_refused("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=TotpCode(new, 0))
    assert refused == {"challenges/totp-matches"}
    session = door.start()["Session"]
    outcome = door.answer_outcome("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    assert because(outcome) == "challenges/old-secret-counts"
    assert {"challenges/totp-matches", "challenges/totp-is-set-up"} <= tolerated(outcome)


@pytest.mark.parametrize(("mode", "otherwise"), [("OPTIONAL", ABSENT), ("ON", "MFA_SETUP")])
def test_asking_for_another_secret_may_end_the_old_one(mode, otherwise):
    """Whether a user who asked for another software token is still asked for the one there was is not settled."""
    door = Door(mfa={**TOTP, "MfaConfiguration": "OPTIONAL"})
    token = door.tokens().access
    door.with_totp(token)
    door.admin("SetUserPoolMfaConfig", MfaConfiguration=mode, **TOTP)
    door.drive.call("AssociateSoftwareToken", AccessToken=token)
    assert factors(door.start_outcome()) == ["SOFTWARE_TOKEN_MFA", otherwise]


def test_software_token_that_was_taken_away():
    """A code of a token that was taken away meanwhile is refused."""
    door = Door(mfa=TOTP)
    secret = door.with_totp()
    session = door.start()["Session"]
    door.admin("AdminDeleteSoftwareToken", "ann")
    refused = door.answer_refused("SOFTWARE_TOKEN_MFA", session, SOFTWARE_TOKEN_MFA_CODE=TotpCode(secret, 0))
    assert refused == {"challenges/totp-is-set-up"}


def test_friendly_name():
    """SOFTWARE_TOKEN_MFA tells the name that the token was verified with."""
    door = Door(mfa=TOTP)
    token = door.tokens().access
    secret = door.drive.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"].parts[-1]
    verify = {"UserCode": TotpCode(secret, 0), "FriendlyDeviceName": "phone"}
    door.drive.call("VerifySoftwareToken", AccessToken=token, **verify)
    door.admin("AdminSetUserMFAPreference", "ann", SoftwareTokenMfaSettings={"Enabled": True})
    parameters = door.start_outcome().replies[0].members["ChallengeParameters"].value
    assert reasons(parameters["FRIENDLY_DEVICE_NAME"]) == {"challenges/asks-by-device-name"}
    assert unwrap(parameters["FRIENDLY_DEVICE_NAME"]) == OneOf.of("phone", ABSENT)


def test_verified_token_may_be_asked_for_before_it_is_enabled():
    """Where MFA is optional, a software token that was verified is asked for once it is turned on, or at once."""
    door = Door(mfa=TOTP)
    token = door.tokens().access
    secret = door.drive.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"].parts[-1]
    door.drive.call("VerifySoftwareToken", AccessToken=token, UserCode=TotpCode(secret, 0))
    outcome = door.start_outcome()
    assert because(outcome) == "challenges/verified-is-not-enabled"
    assert factors(outcome) == [ABSENT, "SOFTWARE_TOKEN_MFA"]


def test_mfa_off():
    """A pool whose MFA is off asks for no factor, or goes on to ask for the one that a user has enabled."""
    door = Door(mfa=TEXT, ann=PHONE)
    door.with_text()
    door.admin("SetUserPoolMfaConfig", MfaConfiguration="OFF")
    outcome = door.start_outcome()
    assert (because(outcome), factors(outcome)) == (
        "challenges/mfa-off-asks-nothing",
        [ABSENT, "SMS_MFA"],
    )


@pytest.mark.parametrize(
    ("config", "ann", "factor"), [(TEXT, PHONE, "SMS_MFA"), ({**TOTP, **TEXT}, PHONE, "SMS_MFA")]
)
def test_required_mfa_uses_what_is_there(config, ann, factor):
    """Where MFA is required, a user who turned nothing on is asked by the phone number that is there."""
    door = Door(mfa={**config, **REQUIRED}, ann=ann)
    outcome = door.start_outcome()
    assert (because(outcome), factors(outcome)) == ("challenges/asks-automatic-factor", [factor])


def test_required_mfa_by_e_mail():
    """The same with an e-mail address, verified or not."""
    door = Door(mfa={**MAIL, **REQUIRED}, ann=EMAIL, **SENDING)
    assert factors(door.start_outcome()) == ["EMAIL_OTP"]


def test_required_mfa_with_two_addresses():
    """With a phone number and an e-mail address either may be asked for, or which."""
    door = Door(mfa={**ALL, **REQUIRED}, ann={**PHONE, **EMAIL}, **SENDING)
    assert factors(door.start_outcome()) == ["SMS_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE"]


@pytest.mark.parametrize("flow", FLOWS)
def test_required_mfa_without_anything(flow):
    """Where MFA is required, a user who has nothing for it must set it up."""
    door = Door(mfa={**TOTP, **TEXT, **REQUIRED})
    outcome = door.start_outcome(flow)
    assert (because(outcome), factors(outcome)) == ("challenges/asks-setup", ["MFA_SETUP"])
    named = outcome.replies[0].members["ChallengeParameters"].value["MFAS_CAN_SETUP"]
    assert reasons(named) == {"challenges/setup-names-factors"}
    assert unwrap(named) == JsonText(Including(("SOFTWARE_TOKEN_MFA",)))


def test_setup_names_email():
    """MFA_SETUP lists e-mail beside the software token where the pool uses both; a list without it is right as well."""
    door = Door(mfa={**TOTP, **MAIL, **REQUIRED}, **SENDING)
    named = unwrap(door.start_outcome().replies[0].members["ChallengeParameters"].value["MFAS_CAN_SETUP"])
    both, token = named.choices
    assert both == JsonText(Including(("SOFTWARE_TOKEN_MFA", "EMAIL_OTP")))
    assert token == JsonText(Including(("SOFTWARE_TOKEN_MFA",)))


def test_setup_without_software_tokens():
    """What a pool without software tokens lists for setting up is not settled."""
    door = Door(mfa={**TEXT, **REQUIRED})
    named = unwrap(door.start_outcome().replies[0].members["ChallengeParameters"].value["MFAS_CAN_SETUP"])
    assert isinstance(named, Present)


def test_required_mfa_with_every_factor_off():
    """Where MFA is required and no factor of the pool is on, a sign-in asks for a setup, or for nothing."""
    off = {"SoftwareTokenMfaConfiguration": {"Enabled": False}}
    outcome = Door(mfa={**off, **REQUIRED}).start_outcome()
    assert factors(outcome) == ["MFA_SETUP", ABSENT]
    assert "challenges/idle-mfa-may-ask-nothing" in rests_on(outcome)


def test_factor_without_its_phone():
    """Where the phone number of a factor is gone, asking for it, going on without, and a refusal are all right."""
    door = Door(mfa=TEXT, ann=PHONE)
    door.with_text()
    door.admin("AdminDeleteUserAttributes", "ann", UserAttributeNames=["phone_number"])
    outcome = door.start_outcome()
    assert factors(outcome) == ["SMS_MFA", ABSENT]
    assert tolerated(outcome) == {"challenges/factor-has-contact"}


def test_setup_in_the_middle_of_a_sign_in():
    """MFA_SETUP is answered with the session of VerifySoftwareToken; the factor is on ever after."""
    door = Door(mfa={**TOTP, **REQUIRED})
    first = door.start()["Session"]
    associated = door.drive.call("AssociateSoftwareToken", Session=first)
    secret, second = associated["SecretCode"].parts[-1], associated["Session"]
    assert door.answer_refused("MFA_SETUP", second) == {"challenges/setup-is-done"}
    verified = door.drive.call("VerifySoftwareToken", Session=second, UserCode=TotpCode(secret, 0))
    assert verified["Status"] == "SUCCESS"
    third = verified["Session"]
    assert len({first, second, third}) == 3
    outcome = door.answer_outcome("MFA_SETUP", third, SOFTWARE_TOKEN_MFA_CODE="123456")
    assert because(outcome) == "challenges/setup-signs-in"
    door.answer("MFA_SETUP", third)
    assert door.answer_refused("MFA_SETUP", third) == {"challenges/session-counts-once"}
    assert door.start()["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_events_tell_the_likeliest():
    """Of several challenges that may follow, the events tell of the first."""
    door = Door(mfa={**ALL, **REQUIRED}, ann={**PHONE, **EMAIL}, **SENDING)
    assert [e for e in door.start_outcome().events if e.startswith("edge:")] == ["edge:START->SMS_MFA"]


def test_lost_effects_do_not_break_the_model():
    """A user whose factors no pool knows is asked for none of them, or for what is on all the same."""
    door = Door(mfa=TOTP, ann=PHONE)
    user = replace(door.user(), mfa=replace(door.user().mfa, enabled=("SMS_MFA",), preferred="SMS_MFA"))
    door.drive.world = door.drive.world.with_pool(door.pool.put(user=user))
    assert factors(door.start_outcome()) == [ABSENT, "SMS_MFA"]


def recovering(*ways: str) -> dict[str, object]:
    """The setting of a pool whose accounts are recovered in these ways."""
    mechanisms = [{"Priority": priority, "Name": name} for priority, name in enumerate(ways, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


@pytest.mark.parametrize(
    ("ways", "likeliest"),
    [
        (["verified_email", "verified_phone_number"], "SMS_MFA"),
        (["verified_phone_number", "verified_email"], "EMAIL_OTP"),
        (["admin_only"], "SELECT_MFA_TYPE"),
    ],
)
def test_the_way_of_recovery_is_asked_for_last(ways, likeliest):
    """Where MFA is required, the contact that does not recover the account is likelier to be asked for."""
    door = Door(mfa={**REQUIRED, **TEXT, **MAIL}, ann={**PHONE, **EMAIL}, **SENDING, **recovering(*ways))
    outcome = door.start_outcome()
    assert factors(outcome)[0] == likeliest
    assert set(factors(outcome)) == {"SMS_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE"}
    assert not tolerated(outcome)


def test_the_way_of_recovery_may_not_be_offered():
    """A user who chooses among factors that were never turned on may not be offered the way of recovery."""
    door = Door(
        mfa={**REQUIRED, **TEXT, **MAIL}, ann={**PHONE, **EMAIL}, **SENDING, **recovering("verified_email")
    )
    (reply,) = (
        r for r in door.start_outcome().replies if unwrap(r.members["ChallengeName"]) == "SELECT_MFA_TYPE"
    )
    offered = unwrap(unwrap(reply.members["ChallengeParameters"])["MFAS_CAN_CHOOSE"])
    assert offered == OneOf.of(JsonText(Bag(("SMS_MFA", "EMAIL_OTP"))), JsonText(Bag(("SMS_MFA",))))
    door.drive.world = reply.world
    session = reply.members["Session"]
    for chosen, doubts in (("EMAIL_OTP", {"challenges/choice-is-offered"}), ("SMS_MFA", set())):
        assert tolerated(door.answer_outcome("SELECT_MFA_TYPE", session, ANSWER=chosen)) == doubts


def test_a_sole_contact_that_recovers_may_be_no_factor():
    """Where MFA is required, a user whose only contact is the pool's way of recovery may be refused."""
    door = Door(mfa={**REQUIRED, **TEXT}, ann=PHONE, **recovering("verified_phone_number"))
    outcome = door.start_outcome()
    assert factors(outcome) == ["SMS_MFA"]
    assert tolerated(outcome) == {"challenges/recovery-is-no-factor"}
    door = Door(mfa={**REQUIRED, **TEXT}, ann=PHONE, **recovering("verified_email"))
    assert not tolerated(door.start_outcome())
