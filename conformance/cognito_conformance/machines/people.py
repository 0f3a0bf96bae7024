"""The person whom a walk begins with: confirmed, with contacts, and in some walks with second factors.

What these calls lead to would take a random walk hundreds of calls. Each is judged like any other; where one does not
go as it should, the preparation ends there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import NotApplicable, Params, Pick, without_none
from cognito_model import attributes, mfa
from cognito_model.terms import DeviceSalt, DeviceVerifier, Passkey, SecretHash, TotpCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.machines.walk import Walk
    from cognito_model.world import Client, Pool, User

DEVICE_PASSWORD = "device-password"
PERSONS: dict[str, tuple[str, ...]] = {
    "life cycle": ("nobody", "nobody", "confirmed"),
    "passwords": ("nobody", "confirmed"),
    "attributes": ("nobody", "confirmed"),
    "sign-in": ("nobody", "confirmed"),
    "tokens": ("nobody", "confirmed"),
    "sessions": ("confirmed",),
    "challenges": (
        "nobody",
        "confirmed",
        "two factors",
        "two factors",
        "software token",
        "e-mail factor",
        "remembered device",
    ),
    "mfa": ("nobody", "confirmed", "two factors", "two factors", "software token", "e-mail factor"),
    "devices": ("confirmed", "remembered device", "remembered device"),
    "passkeys": ("confirmed", "passkey"),
    "resources": ("nobody", "confirmed"),
}
"""Who may be there, by area; nobody in any other."""


def prepare(walk: Walk, person: str) -> None:
    """Make the calls that such a person takes, as far as the pool and the target let them go well."""
    if person == "nobody":
        return
    for call in (_create, _confirm, *_MORE.get(person, ())):
        if walk.ended or not call(walk):
            return


def _create(walk: Walk) -> bool:
    pool = _pool(walk)
    pick = Pick(walk.judge.world, walk.subject, walk.number + 1, 0)
    try:
        name = roles.new_username(pick)
    except NotApplicable:
        return False
    values: dict[str, str] = {}
    for attribute, entry in attributes.schema(pool).items():
        if entry.get("Required") and attribute not in ("sub", *pool.username_attributes):
            values[attribute] = roles.attribute_value(pick, pool, attribute)
    # The name becomes one of the two; a flag of an address that is not there is refused.
    named = "email" if "@" in str(name) else "phone_number"
    for contact, value in (("email", "first@example.com"), ("phone_number", "+15550100199")):
        if contact not in pool.username_attributes:
            values[contact] = value
        if contact in values or contact == named:
            values[f"{contact}_verified"] = "true"
    given = [{"Name": key, "Value": value} for key, value in sorted(values.items())]
    return _made(
        walk,
        "AdminCreateUser",
        UserPoolId=pool.id,
        Username=name,
        TemporaryPassword=roles.good_password(pick, pool),
        UserAttributes=given,
        MessageAction="SUPPRESS",
    )


def _confirm(walk: Walk) -> bool:
    pool, user = _pool(walk), _user(walk)
    if user is None:
        return False
    pick = Pick(walk.judge.world, walk.subject, walk.number + 1, 1)
    password = roles.good_password(pick, pool)
    return _made(walk, "AdminSetUserPassword", **_admin(pool, user), Password=password, Permanent=True)


def _sign_in(walk: Walk) -> bool:
    pool, user = _pool(walk), _user(walk)
    client = next((c for c in pool.clients.values() if _allows(c)), None)
    if client is None or user is None:
        return False
    parameters: Params = {"USERNAME": user.username, "PASSWORD": user.password}
    if client.secret is not None:
        parameters["SECRET_HASH"] = SecretHash(client.id, user.username)
    return _made(
        walk,
        "AdminInitiateAuth",
        UserPoolId=pool.id,
        ClientId=client.id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters=parameters,
    )


def _associate(walk: Walk) -> bool:
    return _with_token(walk, "AssociateSoftwareToken")


def _verify(walk: Walk) -> bool:
    user = _user(walk)
    if user is None or user.mfa.candidate is None:
        return False
    return _with_token(walk, "VerifySoftwareToken", UserCode=TotpCode(user.mfa.candidate))


def _prefer(walk: Walk, **settings: Any) -> bool:
    pool, user = _pool(walk), _user(walk)
    return user is not None and _made(walk, "AdminSetUserMFAPreference", **_admin(pool, user), **settings)


def _prefer_none(walk: Walk) -> bool:
    pool = _pool(walk)
    on = {"Enabled": True, "PreferredMfa": False}
    return _prefer(
        walk,
        SoftwareTokenMfaSettings=on,
        SMSMfaSettings=on if mfa.uses(pool, "SmsMfaConfiguration") else None,
        EmailMfaSettings=on if mfa.uses(pool, "EmailMfaConfiguration") else None,
    )


def _prefer_mail(walk: Walk) -> bool:
    return _prefer(walk, EmailMfaSettings={"Enabled": True, "PreferredMfa": True})


def _prefer_totp(walk: Walk) -> bool:
    return _prefer(walk, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})


def _confirm_device(walk: Walk) -> bool:
    user = _user(walk)
    if user is None or not user.devices:
        return False
    device = list(user.devices.values())[-1]
    verifier = {
        "PasswordVerifier": DeviceVerifier(device.group, device.key, DEVICE_PASSWORD),
        "Salt": DeviceSalt(device.key),
    }
    return _with_token(
        walk, "ConfirmDevice", DeviceKey=device.key, DeviceSecretVerifierConfig=verifier, DeviceName="laptop"
    )


def _remember_device(walk: Walk) -> bool:
    user = _user(walk)
    if user is None or not user.devices:
        return False
    key = list(user.devices.values())[-1].key
    return _with_token(walk, "UpdateDeviceStatus", DeviceKey=key, DeviceRememberedStatus="remembered")


def _start_passkey(walk: Walk) -> bool:
    return _with_token(walk, "StartWebAuthnRegistration")


def _complete_passkey(walk: Walk) -> bool:
    user = _user(walk)
    if user is None or user.registration is None:
        return False
    made = Passkey(user.registration, "passkey-first")
    return _with_token(walk, "CompleteWebAuthnRegistration", Credential=made)


_MORE: dict[str, tuple[Callable[[Walk], bool], ...]] = {
    "two factors": (_sign_in, _associate, _verify, _prefer_none),
    "remembered device": (
        _sign_in,
        _confirm_device,
        _remember_device,
        _associate,
        _verify,
        _prefer_totp,
    ),
    "software token": (_sign_in, _associate, _verify, _prefer_totp),
    "e-mail factor": (_prefer_mail,),
    "passkey": (_sign_in, _start_passkey, _complete_passkey),
}


def _pool(walk: Walk) -> Pool:
    return walk.judge.world.pools[walk.subject.pool]


def _user(walk: Walk) -> User | None:
    return _pool(walk).users.get(walk.subject.user)


def _admin(pool: Pool, user: User) -> Params:
    return {"UserPoolId": pool.id, "Username": user.username}


def _allows(client: Client) -> bool:
    return "ALLOW_ADMIN_USER_PASSWORD_AUTH" in (client.settings.get("ExplicitAuthFlows") or ())


def _with_token(walk: Walk, operation: str, **params: Any) -> bool:
    live = roles.tokens_of(_pool(walk), "access", walk.subject.user, now=walk.judge.now())
    return bool(live) and _made(walk, operation, AccessToken=live[0], **params)


def _made(walk: Walk, operation: str, **params: Any) -> bool:
    """Whether the call was made and succeeded."""
    step = walk.make(operation, without_none(**params))
    return step is not None and step.answer is not None and step.answer.output is not None
