"""Calls that make somebody what a walk needs: confirmed, signed in, with a second factor, a device, a passkey.

Each says whether it went as it should. None goes wrong on purpose, and each is judged like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_conformance.machines import answers, roles
from cognito_conformance.machines.pick import NotApplicable, Params, Pick, without_none
from cognito_conformance.machines.provider_details import OIDC
from cognito_model import attributes, clients, mfa
from cognito_model.operations.user_sessions import session_id
from cognito_model.session_limit import sessions
from cognito_model.terms import DeviceSalt, DeviceVerifier, Passkey, SecretHash, TotpCode

if TYPE_CHECKING:
    from cognito_conformance.machines.walk import Walk
    from cognito_model.world import Pool, User

DEVICE_PASSWORD = "device-password"
PASSWORD_FLOWS = {"ADMIN_USER_PASSWORD_AUTH": "AdminInitiateAuth", "USER_PASSWORD_AUTH": "InitiateAuth"}
"""How a password alone is brought, and by which operation."""
MOST_ANSWERS = 3
"""So many challenges are answered before a sign-in counts as lost."""
PROVIDERS = 5
SEVERAL = 2
"""So many of a kind make more than one page of one."""
GROUP_ROLES = ("arn:aws:iam::123456789012:role/readers", "arn:aws:iam::123456789012:role/writers")
CONTACTS = (("email", "first@example.com"), ("phone_number", "+15550100199"))


def create(walk: Walk) -> bool:
    """A user with an address and a number, both verified."""
    return _create(walk)


def create_incomplete(walk: Walk) -> bool:
    """A user who lacks what the pool requires: an administrator need not give it."""
    return _create(walk, complete=False)


def create_namesake(walk: Walk) -> bool:
    """Another user with the same address and number, which nobody has verified."""
    return _create(walk, verified=False)


def _create(walk: Walk, *, complete: bool = True, verified: bool = True) -> bool:
    pool, pick = _pool(walk), _pick(walk)
    try:
        name = roles.new_username(pick)
    except NotApplicable:
        return False
    values: dict[str, str] = {}
    for attribute, entry in attributes.schema(pool).items():
        if complete and entry.get("Required") and attribute not in ("sub", *pool.username_attributes):
            values[attribute] = roles.attribute_value(pick, pool, attribute)
    # The name becomes one of the two; a flag of an address that is not there is refused.
    named = "email" if "@" in str(name) else "phone_number"
    for contact, value in CONTACTS:
        if contact not in pool.username_attributes:
            values[contact] = value
        if verified and (contact in values or contact == named):
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


def confirm(walk: Walk) -> bool:
    """The user gets a password that lasts."""
    pool, user = _pool(walk), _user(walk)
    if user is None:
        return False
    password = roles.good_password(_pick(walk, 1), pool)
    return _made(walk, "AdminSetUserPassword", **_admin(pool, user), Password=password, Permanent=True)


def sign_in(walk: Walk) -> bool:
    """The user has tokens; where a second factor is asked for first, it is set up or answered."""
    begun = ask(walk)
    for _ in range(MOST_ANSWERS):
        if not begun or _token(walk) is not None:
            return begun
        begun = answer(walk)
    return False


def ask(walk: Walk) -> bool:
    """The user has given the password, and has tokens or is asked for more."""
    pool, user = _pool(walk), _user(walk)
    ways = [(f, c) for f in PASSWORD_FLOWS for c in pool.clients.values() if clients.allows_flow(c, f)]
    if not ways or user is None:
        return False
    flow, client = ways[0]
    parameters: Params = {"USERNAME": user.username, "PASSWORD": user.password}
    if client.secret is not None:
        parameters["SECRET_HASH"] = SecretHash(client.id, user.username)
    operation = PASSWORD_FLOWS[flow]
    return _made(
        walk,
        operation,
        UserPoolId=pool.id if operation.startswith("Admin") else None,
        ClientId=client.id,
        AuthFlow=flow,
        AuthParameters=parameters,
    )


def answer(walk: Walk) -> bool:
    """Answer the newest challenge that waits."""
    pick = _pick(walk)
    waiting = roles.waiting_challenges(pick)
    if not waiting:
        return False
    session, challenge = waiting[-1]
    if challenge.name == "MFA_SETUP" and not challenge.details.get("verified"):
        return _made(walk, "AssociateSoftwareToken", Session=session) and _verify(walk)
    client, params = answers.answer(pick)
    return _made(walk, "RespondToAuthChallenge", ClientId=client, **params)


def _verify(walk: Walk) -> bool:
    """The first code of an app that was given its secret during a sign-in."""
    user, waiting = _user(walk), roles.waiting_challenges(_pick(walk))
    if user is None or user.mfa.candidate is None or not waiting:
        return False
    return _made(walk, "VerifySoftwareToken", Session=waiting[-1][0], UserCode=TotpCode(user.mfa.candidate))


def set_up_software_token(walk: Walk) -> bool:
    """A signed-in user has an authenticator app."""
    user = _user(walk)
    if user is not None and user.mfa.secret is not None:
        return True
    if not _with_token(walk, "AssociateSoftwareToken"):
        return False
    user = _user(walk)
    if user is None or user.mfa.candidate is None:
        return False
    return _with_token(walk, "VerifySoftwareToken", UserCode=TotpCode(user.mfa.candidate))


def turn_factors_on(walk: Walk) -> bool:
    """Every factor that the pool has is on, and none is preferred."""
    pool = _pool(walk)
    on = {"Enabled": True, "PreferredMfa": False}
    return _prefer(
        walk,
        SoftwareTokenMfaSettings=on,
        SMSMfaSettings=on if mfa.uses(pool, "SmsMfaConfiguration") else None,
        EmailMfaSettings=on if mfa.uses(pool, "EmailMfaConfiguration") else None,
    )


def prefer_email(walk: Walk) -> bool:
    """The user is asked for a code by e-mail."""
    return _prefer(walk, EmailMfaSettings={"Enabled": True, "PreferredMfa": True})


def prefer_text_message(walk: Walk) -> bool:
    """The user is asked for a code by text message."""
    return _prefer(walk, SMSMfaSettings={"Enabled": True, "PreferredMfa": True})


def prefer_software_token(walk: Walk) -> bool:
    """The user is asked for a code of the app."""
    return _prefer(walk, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})


def _prefer(walk: Walk, **settings: Any) -> bool:
    pool, user = _pool(walk), _user(walk)
    return user is not None and _made(walk, "AdminSetUserMFAPreference", **_admin(pool, user), **settings)


def confirm_device(walk: Walk) -> bool:
    """The device that a sign-in made known can prove itself."""
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


def remember_device(walk: Walk) -> bool:
    """The device may stand in for a second factor."""
    user = _user(walk)
    if user is None or not user.devices:
        return False
    key = list(user.devices.values())[-1].key
    return _with_token(walk, "UpdateDeviceStatus", DeviceKey=key, DeviceRememberedStatus="remembered")


def track_sessions(walk: Walk) -> bool:
    """Each sign-in is a session that can be ended."""
    return _made(
        walk,
        "SetUserPoolSessionConfiguration",
        UserPoolId=_pool(walk).id,
        UserSessionTracking="ENABLED",
        TokenSession={"MaxPerUser": 20},
    )


def list_sessions(walk: Walk) -> bool:
    """The ids of the sessions are known: no other answer tells them."""
    return _with_token(walk, "ListUserSessions")


def end_session(walk: Walk) -> bool:
    """The newest session that is known was ended: its tokens are dead."""
    pool, user = _pool(walk), _user(walk)
    known = [] if user is None else sessions(pool, user)
    if user is None or not known:
        return False
    return _made(walk, "AdminRevokeUserSession", **_admin(pool, user), SessionId=session_id(known[-1]))


def sign_out(walk: Walk) -> bool:
    """The user was signed out everywhere."""
    return _by_admin(walk, "AdminUserGlobalSignOut")


def disable(walk: Walk) -> bool:
    """The user may do nothing, and the tokens are dead."""
    return _by_admin(walk, "AdminDisableUser")


def enable(walk: Walk) -> bool:
    """The user may sign in again."""
    return _by_admin(walk, "AdminEnableUser")


def delete(walk: Walk) -> bool:
    """The user is gone; whoever had tokens still has them."""
    return _by_admin(walk, "AdminDeleteUser")


def revoke(walk: Walk) -> bool:
    """The newest sign-in was revoked by its refresh token."""
    pool = _pool(walk)
    refreshes = roles.tokens_of(pool, "refresh", walk.subject.user, now=walk.judge.now())
    if not refreshes:
        return False
    client = pool.clients[pool.grants[pool.tokens[refreshes[0]].grant].client]
    return _made(walk, "RevokeToken", Token=refreshes[0], ClientId=client.id, ClientSecret=client.secret)


def _by_admin(walk: Walk, operation: str) -> bool:
    user = _user(walk)
    return user is not None and _made(walk, operation, **_admin(_pool(walk), user))


def start_passkey(walk: Walk) -> bool:
    """A passkey is asked for."""
    return _with_token(walk, "StartWebAuthnRegistration")


def complete_passkey(walk: Walk) -> bool:
    """It is registered."""
    user = _user(walk)
    if user is None or user.registration is None:
        return False
    # Another user of the pool may be made in the same way.
    made = Passkey(user.registration, f"passkey-{user.registration.step}-first")
    return _with_token(walk, "CompleteWebAuthnRegistration", Credential=made)


def form_groups(walk: Walk) -> bool:
    """A few groups, with the user in them."""
    pool, user = _pool(walk), _user(walk)
    if user is None:
        return False
    return all(
        _made(
            walk,
            "CreateGroup",
            UserPoolId=pool.id,
            GroupName=f"circle-{number}",
            Precedence=number,
            RoleArn=GROUP_ROLES[number],
        )
        and _join(walk, pool, user, f"circle-{number}")
        for number in range(SEVERAL)
    )


def join_groups(walk: Walk) -> bool:
    """The newest user is in all groups that there are."""
    pool, user = _pool(walk), _user(walk)
    if user is None:
        return False
    return all(_join(walk, pool, user, name) for name in list(pool.groups))


def _join(walk: Walk, pool: Pool, user: User, group: str) -> bool:
    return _made(walk, "AdminAddUserToGroup", **_admin(pool, user), GroupName=group)


def set_resources_up(walk: Walk) -> bool:
    """A few resource servers, identity providers and app clients."""
    pool = _pool(walk)
    return all(
        _made(
            walk,
            "CreateResourceServer",
            UserPoolId=pool.id,
            Identifier=f"https://known{number}.example.com",
            Name=f"known {number}",
        )
        and _provider(walk, pool, number)
        and _made(walk, "CreateUserPoolClient", UserPoolId=pool.id, ClientName=f"known {number}")
        for number in range(SEVERAL)
    )


def _provider(walk: Walk, pool: Pool, number: int) -> bool:
    return _made(
        walk,
        "CreateIdentityProvider",
        UserPoolId=pool.id,
        ProviderName=f"Known{number}",
        ProviderType="OIDC",
        ProviderDetails=dict(OIDC),
    )


def link_identities(walk: Walk) -> bool:
    """As many identities as a user may have, each of another provider, sign in as the user."""
    pool, user = _pool(walk), _user(walk)
    if user is None:
        return False
    return all(
        _provider(walk, pool, number)
        and _made(
            walk,
            "AdminLinkProviderForUser",
            UserPoolId=pool.id,
            DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": user.username},
            SourceUser={
                "ProviderName": f"Known{number}",
                "ProviderAttributeName": "Cognito_Subject",
                "ProviderAttributeValue": "subject",
            },
        )
        for number in range(PROVIDERS)
    )


def _pool(walk: Walk) -> Pool:
    return walk.judge.world.pools[walk.subject.pool]


def _user(walk: Walk) -> User | None:
    return _pool(walk).users.get(walk.subject.user)


def _pick(walk: Walk, number: int = 0) -> Pick:
    return Pick(
        walk.judge.world, walk.subject, walk.number + 1, number, now=walk.judge.now(), knows=walk.knows
    )


def _admin(pool: Pool, user: User) -> Params:
    return {"UserPoolId": pool.id, "Username": user.username}


def _token(walk: Walk) -> Any:
    """The newest live access token of the user, or None."""
    live = roles.tokens_of(_pool(walk), "access", walk.subject.user, now=walk.judge.now())
    return live[0] if live else None


def _with_token(walk: Walk, operation: str, **params: Any) -> bool:
    token = _token(walk)
    return token is not None and _made(walk, operation, AccessToken=token, **params)


def _made(walk: Walk, operation: str, **params: Any) -> bool:
    """Whether the call was made and succeeded."""
    step = walk.make(operation, without_none(**params))
    return step is not None and step.answer is not None and step.answer.output is not None
