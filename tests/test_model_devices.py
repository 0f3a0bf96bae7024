"""Devices: named at sign-in, confirmed, remembered in place of a second factor, forgotten."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT
from cognito_model.terms import Junk, SrpA
from support.door import PHONE, TEXT, TOTP, TRACKED, WRONG, Door, Tokens, verifier
from support.expectations import rests_on, tolerated

PROMPTED = {**TRACKED, "DeviceOnlyRememberedOnUserPrompt": True}
FREE = {**TRACKED, "ChallengeRequiredOnNewDevice": False}


def texting(**device: object) -> Door:
    """A pool that tracks devices, in which Ann's second factor is a text message."""
    door = Door(mfa={**TOTP, **TEXT}, ann=PHONE, DeviceConfiguration=device or TRACKED)
    door.with_text()
    return door


def by_text(door: Door, **parameters: object) -> Tokens:
    """The tokens of a sign-in by password and text message."""
    session = door.start(**parameters)["Session"]
    return Tokens.of(door.answer("SMS_MFA", session, SMS_MFA_CODE=door.text()))


def call(door: Door, operation: str, key: object, **params: object) -> dict:
    """An administrator's operation on a device of Ann's."""
    return door.admin(operation, "ann", DeviceKey=key, **params)


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
def test_new_device_is_named(flow):
    """Where devices are tracked, a sign-in without a device key names a new device."""
    door = Door(DeviceConfiguration=FREE)
    assert "devices/new-device-is-named" in rests_on(door.start_outcome(flow))
    one, other = (door.tokens(flow).result["NewDeviceMetadata"] for _ in range(2))
    assert one.keys() == {"DeviceKey", "DeviceGroupKey"}
    assert one["DeviceKey"] != other["DeviceKey"]


def test_no_device_without_tracking():
    """Where devices are not tracked, none is named, and a device key may be refused or ignored."""
    door = Door()
    assert "devices/no-metadata-without-tracking" in rests_on(door.start_outcome())
    assert door.start()["AuthenticationResult"]["NewDeviceMetadata"] == ABSENT
    assert tolerated(door.start_outcome(DEVICE_KEY=Junk("DeviceKey"))) == {"devices/tracking-is-on"}


@pytest.mark.parametrize(("configuration", "necessary"), [(TRACKED, False), (PROMPTED, True)])
def test_confirm_device(configuration, necessary):
    """ConfirmDevice tells whether the user must say that the device is to be remembered."""
    door = Door(DeviceConfiguration=configuration)
    tokens = door.tokens()
    named = tokens.result["NewDeviceMetadata"]
    params = {"AccessToken": tokens.access, "DeviceKey": named["DeviceKey"]}
    outcome = door.drive.outcome("ConfirmDevice", **params, DeviceSecretVerifierConfig=verifier(named))
    assert rests_on(outcome) == {"devices/confirms-device"}
    assert outcome.replies[0].members["UserConfirmationNecessary"] is necessary
    assert tolerated(door.drive.outcome("ConfirmDevice", **params)) == {"devices/verifier-is-given"}


def test_device_of_another_sign_in():
    """A device may be confirmed with the token of another sign-in of the same user."""
    door = Door(DeviceConfiguration=TRACKED)
    first, second = door.tokens(), door.tokens()
    named = second.result["NewDeviceMetadata"]
    door.drive.call("ConfirmDevice", AccessToken=first.access, DeviceKey=named["DeviceKey"])


def test_device_was_issued():
    """A device key that the user was not given cannot be confirmed; one that was confirmed may be refused."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    refused = door.drive.refused("ConfirmDevice", AccessToken=tokens.access, DeviceKey=Junk("DeviceKey"))
    assert refused == {"devices/device-was-issued"}
    key = door.with_device(tokens)
    outcome = door.drive.outcome("ConfirmDevice", AccessToken=tokens.access, DeviceKey=key)
    assert "devices/device-was-issued" in tolerated(outcome)


def test_operations_without_tracking():
    """Operations on devices may be refused where none are tracked."""
    door = Door()
    token = door.tokens().access
    assert tolerated(door.drive.outcome("ListDevices", AccessToken=token)) == {"devices/tracking-is-on"}
    refused = door.drive.refused("GetDevice", AccessToken=token, DeviceKey=Junk("DeviceKey"))
    assert refused == {"devices/device-exists", "devices/tracking-is-on"}
    refused = door.drive.refused("ConfirmDevice", AccessToken=token, DeviceKey=Junk("DeviceKey"))
    assert refused == {"devices/device-was-issued", "devices/tracking-is-on"}


@pytest.mark.parametrize("operation", ["GetDevice", "UpdateDeviceStatus", "ForgetDevice"])
def test_unconfirmed_device_does_not_exist(operation):
    """A device that was not confirmed does not exist for its user, nor for an administrator."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    key = tokens.result["NewDeviceMetadata"]["DeviceKey"]
    params = {"DeviceKey": key, "DeviceRememberedStatus": "remembered"}
    if operation != "UpdateDeviceStatus":
        del params["DeviceRememberedStatus"]
    assert door.drive.refused(operation, AccessToken=tokens.access, **params) == {"devices/device-exists"}
    assert door.admin_refused(f"Admin{operation}", "ann", **params) == {"devices/device-exists"}


def test_device_is_shown_and_listed():
    """A confirmed device is shown and listed, to its user and to an administrator."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    key = door.with_device(tokens)
    for outcome in (
        door.drive.outcome("GetDevice", AccessToken=tokens.access, DeviceKey=key),
        door.admin_outcome("AdminGetDevice", "ann", DeviceKey=key),
    ):
        assert "devices/shows-device" in rests_on(outcome)
        assert outcome.replies[0].members["Device"]["DeviceKey"] == key
    for outcome in (
        door.drive.outcome("ListDevices", AccessToken=tokens.access),
        door.admin_outcome("AdminListDevices", "ann"),
    ):
        assert "devices/lists-devices" in rests_on(outcome)


def test_dates_of_device():
    """The last authentication may lie before the creation, and no date is bound to another."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    key = door.with_device(tokens)
    shown = (
        door.drive.outcome("GetDevice", AccessToken=tokens.access, DeviceKey=key).replies[0].members["Device"]
    )
    created, changed, seen = (
        shown[f"Device{name}Date"] for name in ("Create", "LastModified", "LastAuthenticated")
    )
    assert (changed.term, seen.term) == (created, None)
    assert len({created, changed.now, seen.now}) == 3


def test_device_that_is_not_remembered_may_be_hidden():
    """A device that is confirmed and not remembered may be hidden from its user, and not from an administrator."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    key = door.with_device(tokens)
    params = {"AccessToken": tokens.access, "DeviceKey": key}
    assert not tolerated(door.drive.outcome("GetDevice", **params))
    door.drive.call("UpdateDeviceStatus", **params, DeviceRememberedStatus="not_remembered")
    assert tolerated(door.drive.outcome("GetDevice", **params)) == {
        "devices/unremembered-device-may-be-hidden"
    }
    assert not tolerated(door.admin_outcome("AdminGetDevice", "ann", DeviceKey=key))


def test_device_stays_the_same():
    """A sign-in with the key of a confirmed device names no other, by password and by SRP."""
    door = Door(DeviceConfiguration=TRACKED)
    key = door.with_device()
    assert "devices/known-device-stays" in rests_on(door.start_outcome(DEVICE_KEY=key))
    asked = door.start("USER_SRP_AUTH", DEVICE_KEY=key)
    answer = door.answer("PASSWORD_VERIFIER", None, DEVICE_KEY=key, **door.proof(asked))
    assert answer["AuthenticationResult"]["AccessToken"].claims["device_key"].value == key
    assert len(door.user().devices) == 1


def test_unconfirmed_device_at_sign_in():
    """With the key of a device that was never confirmed a new one may be named or none."""
    door = Door(DeviceConfiguration=TRACKED)
    key = door.tokens().result["NewDeviceMetadata"]["DeviceKey"]
    named = door.start(DEVICE_KEY=key)["AuthenticationResult"]["NewDeviceMetadata"]
    assert named.choices[1] == ABSENT


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
def test_forgotten_device_at_sign_in(flow):
    """The key of a forgotten device is refused at sign-in; without it the user gets a new one."""
    door = Door(DeviceConfiguration=TRACKED)
    key = door.with_device()
    call(door, "AdminForgetDevice", key)
    assert door.start_refused(flow, DEVICE_KEY=key) == {"devices/forgotten-device-is-refused"}
    assert door.tokens(flow).result["NewDeviceMetadata"]["DeviceKey"] != key


def test_forgotten_device_beside_second_factor():
    """Where a second factor is asked for, the key of a forgotten device comes to light before it or after it."""
    door = texting()
    key = door.with_device(by_text(door))
    call(door, "AdminForgetDevice", key)
    asked = door.start_outcome(DEVICE_KEY=key)
    assert "devices/forgotten-device-is-refused" in tolerated(asked)
    session = door.start(DEVICE_KEY=key)["Session"]
    answered = door.answer_outcome("SMS_MFA", session, SMS_MFA_CODE=door.text())
    assert "devices/forgotten-device-is-refused" in tolerated(answered)


def test_forgotten_device_in_srp():
    """SRP refuses a forgotten device at once or when the proof comes."""
    door = Door(DeviceConfiguration=TRACKED)
    key = door.with_device()
    call(door, "AdminForgetDevice", key)
    assert tolerated(door.start_outcome("USER_SRP_AUTH", DEVICE_KEY=key)) == {
        "devices/forgotten-device-is-refused"
    }
    asked = door.start("USER_SRP_AUTH", DEVICE_KEY=key)
    refused = door.answer_refused("PASSWORD_VERIFIER", None, DEVICE_KEY=key, **door.proof(asked))
    assert refused == {"devices/forgotten-device-is-refused"}


@pytest.mark.parametrize("own", [True, False])
def test_forget_device(own):
    """A forgotten device is gone."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    key = door.with_device(tokens)
    if own:
        door.drive.call("ForgetDevice", AccessToken=tokens.access, DeviceKey=key)
    else:
        call(door, "AdminForgetDevice", key)
    refused = door.drive.refused("GetDevice", AccessToken=tokens.access, DeviceKey=key)
    assert refused == {"devices/forgets-device"}


@pytest.mark.parametrize("admin", [False, True])
def test_remembered_device_stands_in(admin):
    """A remembered device proves itself in place of the second factor, after password or SRP."""
    door = texting()
    more = {"admin": admin}
    key = door.with_device(by_text(door))
    asked = door.start("USER_SRP_AUTH", more=more, DEVICE_KEY=key)
    proof = {"DEVICE_KEY": key, **door.proof(asked)}
    outcome = door.answer_outcome("PASSWORD_VERIFIER", None, more=more, **proof)
    assert outcome.replies[0].requirement.slug == "challenges/device-is-asked"
    session = door.answer("PASSWORD_VERIFIER", None, more=more, **proof)["Session"]
    given = {"SRP_A": SrpA(door.drive.step + 1), "DEVICE_KEY": key}
    outcome = door.answer_outcome("DEVICE_SRP_AUTH", session, more=more, **given)
    assert "challenges/device-is-challenged" in rests_on(outcome)
    asked = door.answer("DEVICE_SRP_AUTH", session, more=more, **given)
    assert asked["ChallengeParameters"]["DEVICE_KEY"] == key
    proof = door.device_proof(asked, key)
    outcome = door.answer_outcome("DEVICE_PASSWORD_VERIFIER", None, more=more, **proof)
    assert outcome.replies[0].requirement.slug == "challenges/device-proves-itself"
    door.answer("DEVICE_PASSWORD_VERIFIER", None, more=more, **proof)


def asked_of_device(door: Door, key: object) -> dict:
    """What DEVICE_SRP_AUTH answers after a password."""
    session = door.start(DEVICE_KEY=key)["Session"]
    return door.answer("DEVICE_SRP_AUTH", session, SRP_A=SrpA(door.drive.step + 1), DEVICE_KEY=key)


def test_wrong_device_proof():
    """A device that does not know its password is refused, and so is one that gives another key."""
    door = texting()
    key = door.with_device(by_text(door))
    asked = asked_of_device(door, key)
    wrong = door.device_proof(asked, key, WRONG)
    assert door.answer_refused("DEVICE_PASSWORD_VERIFIER", None, **wrong) == {"challenges/proof-is-right"}
    other = {**door.device_proof(asked, key), "DEVICE_KEY": Junk("DeviceKey")}
    assert "challenges/session-fits-answer" in door.answer_refused("DEVICE_PASSWORD_VERIFIER", None, **other)


def test_wrong_device_srp():
    """DEVICE_SRP_AUTH takes the key of the device that was asked, and a sound SRP_A."""
    door = texting()
    key = door.with_device(by_text(door))
    session = door.start(DEVICE_KEY=key)["Session"]
    refused = door.answer_refused("DEVICE_SRP_AUTH", session, SRP_A="not hex", DEVICE_KEY=key)
    assert refused == {"sign-in/srp-a-is-sound"}
    other = {"SRP_A": SrpA(1), "DEVICE_KEY": Junk("DeviceKey")}
    assert door.answer_refused("DEVICE_SRP_AUTH", session, **other) == {"challenges/session-fits-answer"}


def test_device_srp_without_session():
    """DEVICE_SRP_AUTH without a session may be served where the device was asked, and is refused where it was not."""
    door = texting()
    key = door.with_device(by_text(door))
    given = {"SRP_A": SrpA(door.drive.step + 1), "DEVICE_KEY": key}
    missing = {"sign-in/parameter-is-given", "challenges/session-is-genuine"}
    assert door.answer_refused("DEVICE_SRP_AUTH", None, **given) == missing
    door.start(DEVICE_KEY=key)
    outcome = door.answer_outcome("DEVICE_SRP_AUTH", None, **given)
    assert "challenges/device-is-challenged" in rests_on(outcome)
    assert {refusal.requirement.slug for refusal in outcome.tolerated} == {"sign-in/parameter-is-given"}


def test_device_forgotten_meanwhile():
    """A device that is forgotten while it proves itself is refused."""
    door = texting()
    key = door.with_device(by_text(door))
    session = door.start(DEVICE_KEY=key)["Session"]
    asked = asked_of_device(door, key)
    proof = door.device_proof(asked, key)
    call(door, "AdminForgetDevice", key)
    refused = door.answer_refused("DEVICE_SRP_AUTH", session, SRP_A=SrpA(1), DEVICE_KEY=key)
    assert refused == {"devices/forgotten-device-is-refused"}
    assert "devices/forgotten-device-is-refused" in door.answer_refused(
        "DEVICE_PASSWORD_VERIFIER", None, **proof
    )


def test_unremembered_device_keeps_mfa():
    """A device that is not remembered leaves the second factor as it was; its status is what it was last set to."""
    door = texting(**PROMPTED)
    tokens = by_text(door)
    key = door.with_device(tokens)
    assert door.start(DEVICE_KEY=key)["ChallengeName"] == "SMS_MFA"
    outcome = door.admin_outcome(
        "AdminUpdateDeviceStatus", "ann", DeviceKey=key, DeviceRememberedStatus="remembered"
    )
    assert rests_on(outcome) == {"devices/remembers-device"}
    call(door, "AdminUpdateDeviceStatus", key, DeviceRememberedStatus="remembered")
    assert door.start(DEVICE_KEY=key)["ChallengeName"] == "DEVICE_SRP_AUTH"
    status = {"DeviceKey": key, "DeviceRememberedStatus": "not_remembered"}
    door.drive.call("UpdateDeviceStatus", AccessToken=tokens.access, **status)
    assert door.start(DEVICE_KEY=key)["ChallengeName"] == "SMS_MFA"


def test_device_without_mfa():
    """Where no second factor is asked for, a remembered device is not asked to prove itself."""
    door = Door(DeviceConfiguration=TRACKED)
    key = door.with_device()
    assert "AccessToken" in door.start(DEVICE_KEY=key)["AuthenticationResult"]


def test_new_device_need_not_be_challenged():
    """Where a new device need not be challenged, whether a remembered one stands in is not settled."""
    door = texting(**FREE)
    key = door.with_device(by_text(door))
    replies = door.start_outcome(DEVICE_KEY=key).replies
    assert [r.members["ChallengeName"].value for r in replies] == ["SMS_MFA", "DEVICE_SRP_AUTH"]


def test_device_without_verifier():
    """A device that left no verifier cannot stand in for the second factor."""
    door = texting()
    tokens = by_text(door)
    key = tokens.result["NewDeviceMetadata"]["DeviceKey"]
    door.drive.call("ConfirmDevice", AccessToken=tokens.access, DeviceKey=key)
    assert door.start(DEVICE_KEY=key)["ChallengeName"] == "SMS_MFA"


@pytest.mark.parametrize("member", ["PasswordVerifier", "Salt"])
def test_verifier_has_form(member):
    """A device's verifier or salt that is no base64 is refused."""
    door = Door(DeviceConfiguration=TRACKED)
    tokens = door.tokens()
    named = tokens.result["NewDeviceMetadata"]
    config = {**verifier(named), member: "no base64!"}
    refused = door.drive.refused(
        "ConfirmDevice",
        AccessToken=tokens.access,
        DeviceKey=named["DeviceKey"],
        DeviceSecretVerifierConfig=config,
    )
    assert refused == {"devices/verifier-has-form"}
