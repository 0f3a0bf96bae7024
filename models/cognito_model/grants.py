"""Signing in for good: a new grant, its three tokens, and the device that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import clients, session_limit, token_claims
from cognito_model.challenge_table import TOKENS, edge
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, Exactly, OneOf
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import sign_in as R
from cognito_model.world import Client, Device, Grant, Pool, Token, User

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement


def grant_tokens(
    call: Call,
    pool: Pool,
    user: User,
    client: Client,
    *,
    after: str,
    because: Requirement,
    device: Any = None,
) -> Outcome:
    """The outcome that signs the user in: a new grant and its three tokens."""
    call.note(edge(after, TOKENS))
    user, device, metadata = with_device(call, pool, user, device)
    grant = Grant(
        call.fresh("Grant"),
        user.sub,
        client.id,
        call.now,
        revocable=bool(client.settings.get("EnableTokenRevocation", True)),
        device=device,
        after=after,
    )
    user = replace(user, failures=0)
    pool = session_limit.make_room(pool, user).put(user=user, grant=grant)
    pool, issued = token_claims.issue(call, pool, user, client, grant)
    refresh = call.fresh("RefreshToken")
    expires = call.now + clients.validity_seconds(client, "refresh")
    pool = token_claims.remember(pool, {refresh: Token("refresh", grant.id, expires)})
    return call.reply(
        because,
        call.world.with_pool(pool),
        AuthenticationResult={
            **issued,
            "RefreshToken": refresh,
            "ExpiresIn": Because(clients.validity_seconds(client, "access"), R.expiry_is_access_tokens),
            "TokenType": Because("Bearer", R.token_type_is_bearer),
            "NewDeviceMetadata": metadata,
        },
        ChallengeParameters=Because(Exactly({}), R.no_challenge_with_tokens),
        ChallengeName=Because(ABSENT, R.no_challenge_with_tokens),
        Session=Because(ABSENT, R.no_challenge_with_tokens),
    )


def with_device(call: Call, pool: Pool, user: User, given: Any) -> tuple[User, Any, Any]:
    """The user with the device of this sign-in, that device's key, and NewDeviceMetadata.

    A confirmed device stays what it is; any other sign-in in a pool that tracks devices names a new one.
    """
    if not pool.settings.get("DeviceConfiguration"):
        return user, None, Because(ABSENT, devices_R.no_metadata_without_tracking)
    known = user.devices.get(given) if given is not None else None
    if known is not None and known.remembered is not None:
        seen = replace(known, authenticated=call.fresh("Instant"))
        user = replace(user, devices={**user.devices, given: seen})
        return user, given, Because(OneOf.of(ABSENT, {"DeviceKey": given}), devices_R.known_device_stays)
    key, group = call.fresh("DeviceKey"), call.fresh("DeviceGroupKey")
    named = {"DeviceKey": key, "DeviceGroupKey": group}
    user = replace(user, devices={**user.devices, key: Device(key, group, None)})
    if given is None:
        return user, key, Because(named, devices_R.new_device_is_named)
    # The key of a device that was never confirmed: whether the sign-in takes it up is not settled.
    return user, key, OneOf.of(named, ABSENT)
