"""Second factors and devices of a user."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.answers import totp_code
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_conformance.machines.preparation import DEVICE_PASSWORD
from cognito_model.terms import DeviceSalt, DeviceVerifier, Junk
from cognito_model.world import User

TOTP: Params = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
UNSOUND: tuple[Params, ...] = (
    {"MfaConfiguration": "OFF", **TOTP},
    {"MfaConfiguration": "ON"},
    {"MfaConfiguration": "OPTIONAL"},
    {"MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": {"SmsAuthenticationMessage": "{####}"}},
    {"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {"Message": "{####}", "Subject": "Code"}},
    {
        "MfaConfiguration": "ON",
        **TOTP,
        "WebAuthnConfiguration": {"RelyingPartyId": "login.example.com", "UserVerification": "preferred"},
    },
    {"MfaConfiguration": "OFF", "WebAuthnConfiguration": {"RelyingPartyId": "co.uk"}},
)
"""Second factors that go together in few pools."""


@command("AssociateSoftwareToken", "mfa", "devices", weight=4)
def associate_software_token(pick: Pick) -> Params:
    return _bearer(pick)


@command("VerifySoftwareToken", "mfa", "devices", weight=5)
def verify_software_token(pick: Pick) -> Params:
    bearer = _bearer(pick)
    user = _user_of(pick, bearer)
    return {**bearer, "UserCode": totp_code(pick, user.mfa.candidate if user else None, None)}


@command("SetUserMFAPreference", "mfa", "devices", weight=4)
def set_user_mfa_preference(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick), **_preference(pick)}


@command("AdminSetUserMFAPreference", "mfa", "devices", weight=4)
def admin_set_user_mfa_preference(pick: Pick) -> Params:
    user = pick.user()
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, user), **_preference(pick)}


@command("SetUserPoolMfaConfig", "mfa", "passkeys", "pools", weight=2)
def set_user_pool_mfa_config(pick: Pick) -> Params:
    """Now and then: it changes what every user of the walk is asked."""
    if pick.goes_wrong():
        chosen = pick.of(UNSOUND)
    else:
        chosen = {"MfaConfiguration": pick.of(["OPTIONAL", "ON", "OFF"])}
        if chosen["MfaConfiguration"] != "OFF":
            chosen["SoftwareTokenMfaConfiguration"] = {"Enabled": True}
        known = pick.pool.settings.get("_mfa") or {}
        if known.get("WebAuthnConfiguration"):
            chosen["WebAuthnConfiguration"] = known["WebAuthnConfiguration"]
    return {"UserPoolId": roles.pool_id(pick), **chosen}


@command("GetUserPoolMfaConfig", "mfa", "pools", weight=1)
def get_user_pool_mfa_config(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


@command("GetUserAuthFactors", "mfa", weight=1)
def get_user_auth_factors(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick)}


@command("AdminGetUserAuthFactors", "mfa", "passkeys", weight=1)
def admin_get_user_auth_factors(pick: Pick) -> Params:
    return _admin(pick, pick.user())


@command("AdminDeleteSoftwareToken", "mfa", weight=1)
def admin_delete_software_token(pick: Pick) -> Params:
    return _admin(pick, pick.user(lambda user: user.mfa.secret is not None or pick.chance(30)))


@command("SetUserSettings", "mfa", weight=1)
def set_user_settings(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick), "MFAOptions": _options(pick)}


@command("AdminSetUserSettings", "mfa", weight=1)
def admin_set_user_settings(pick: Pick) -> Params:
    return {**_admin(pick, pick.user()), "MFAOptions": _options(pick)}


@command("ConfirmDevice", "devices", weight=5)
def confirm_device(pick: Pick) -> Params:
    token = roles.access_token(pick)
    user = roles.owner(pick, token)
    new = [d for d in user.devices.values() if d.remembered is None]
    device = pick.of(new or list(user.devices.values()))
    key = Junk("DeviceKey", 2) if pick.goes_wrong() else device.key
    verifier: Any = DeviceVerifier(device.group, device.key, DEVICE_PASSWORD)
    return {
        "AccessToken": token,
        "DeviceKey": key,
        "DeviceSecretVerifierConfig": {
            "PasswordVerifier": "no base64!" if pick.goes_wrong() else verifier,
            "Salt": DeviceSalt(device.key),
        },
        **without_none(DeviceName=pick.maybe(50, lambda: "a phone")),
    }


@command("UpdateDeviceStatus", "devices", weight=3)
def update_device_status(pick: Pick) -> Params:
    token = roles.access_token(pick)
    return {
        "AccessToken": token,
        **_device(pick, roles.owner(pick, token)),
        "DeviceRememberedStatus": _status(pick),
    }


@command("AdminUpdateDeviceStatus", "devices")
def admin_update_device_status(pick: Pick) -> Params:
    user = pick.user()
    return {**_admin(pick, user), **_device(pick, user), "DeviceRememberedStatus": _status(pick)}


@command("GetDevice", "devices")
def get_device(pick: Pick) -> Params:
    token = roles.access_token(pick)
    return {"AccessToken": token, **_device(pick, roles.owner(pick, token))}


@command("AdminGetDevice", "devices")
def admin_get_device(pick: Pick) -> Params:
    user = pick.user()
    return {**_admin(pick, user), **_device(pick, user)}


@command("ListDevices", "devices")
def list_devices(pick: Pick) -> Params:
    first = without_none(AccessToken=roles.access_token(pick), Limit=pick.of([None, 1, 60]))
    return roles.paged(pick, "ListDevices", first, "PaginationToken")


@command("AdminListDevices", "devices")
def admin_list_devices(pick: Pick) -> Params:
    first = without_none(**_admin(pick, pick.user()), Limit=pick.of([None, 1, 60]))
    return roles.paged(pick, "AdminListDevices", first, "PaginationToken")


@command("ForgetDevice", "devices", weight=1)
def forget_device(pick: Pick) -> Params:
    token = roles.access_token(pick)
    return {"AccessToken": token, **_device(pick, roles.owner(pick, token))}


@command("AdminForgetDevice", "devices", weight=1)
def admin_forget_device(pick: Pick) -> Params:
    user = pick.user()
    return {**_admin(pick, user), **_device(pick, user)}


def _admin(pick: Pick, user: User) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, user)}


def _device(pick: Pick, user: User) -> Params:
    if pick.goes_wrong() or not user.devices:
        return {"DeviceKey": pick.of([Junk("DeviceKey", 3), *roles.forgotten_devices(pick, user)])}
    confirmed = [device.key for device in user.devices.values() if device.remembered is not None]
    return {"DeviceKey": pick.of([*reversed(confirmed[-2:]), *reversed(list(user.devices)[-2:])])}


def _options(pick: Pick) -> list[Params]:
    return pick.of([[], [{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]])


def _status(pick: Pick) -> str:
    return pick.of(["remembered", "remembered", "not_remembered"])


def _preference(pick: Pick) -> Params:
    def setting() -> dict[str, bool]:
        return pick.of(
            [
                {"Enabled": True, "PreferredMfa": True},
                {"Enabled": True, "PreferredMfa": False},
                {"Enabled": False, "PreferredMfa": False},
            ]
        )

    chosen = without_none(
        SoftwareTokenMfaSettings=pick.maybe(65, setting),
        SMSMfaSettings=pick.maybe(40, setting),
        EmailMfaSettings=pick.maybe(25, setting),
    )
    return chosen or {"SoftwareTokenMfaSettings": setting()}


def _bearer(pick: Pick) -> Params:
    """An access token, or the session of an MFA_SETUP challenge where one waits; wrong: neither, or another session."""
    waiting = [key for key, challenge in roles.waiting_challenges(pick) if challenge.name == "MFA_SETUP"]
    wrong = pick.goes_wrong()
    if wrong:
        return pick.of([{}, *({"Session": session} for session in (Junk("Session", 2), *_others(pick)))])
    if waiting and pick.chance(70):
        return {"Session": waiting[-1]}
    return {"AccessToken": roles.access_token(pick)}


def _others(pick: Pick) -> list[Any]:
    """A session that was answered, and one of another challenge, where there are."""
    challenges = [(key, c.name) for key, c in pick.pool.challenges.items() if key.kind == "Session"]
    used = [key for key, name in challenges if name == "(used)"]
    return [*used[-1:], *[key for key, name in challenges if name not in ("(used)", "MFA_SETUP")][-1:]]


def _user_of(pick: Pick, bearer: Params) -> User | None:
    pool: Any = pick.pool
    if "Session" in bearer:
        challenge = pool.challenges.get(bearer["Session"])
        return pool.users.get(challenge.sub) if challenge is not None else None
    return roles.owner(pick, bearer.get("AccessToken"))
