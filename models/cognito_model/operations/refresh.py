"""Refreshing, GetTokensFromRefreshToken, RevokeToken, GlobalSignOut, AdminUserGlobalSignOut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import clients, session_limit, token_claims
from cognito_model import sign_in_triggers as triggers
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, Exactly, OneOf
from cognito_model.operations.common import check_secret_hash, need_client, need_pool, need_token, need_user
from cognito_model.requirements import common as common_R
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import refresh as R
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.world import Client, Grant, Pool, Token, User

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement

PROOFS = ("PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER")
"""The challenges after which a sign-in is known to have been by SRP."""
CLOCK_SLACK = 1.0
"""Seconds by which the clocks of client and service may differ when a rotated token's grace ends."""


def refresh(call: Call, pool: Pool, client: Client, given: Any, parameters: dict[str, Any]) -> Outcome:
    """REFRESH_TOKEN_AUTH: new id and access tokens for a live refresh token."""
    sent = parameters.get("SECRET_HASH")
    call.refuse_if(client.secret is not None and sent is None, common_R.secret_hash_is_sent, client.id)
    user, grant, _ = need_refresh(call, pool, client, given, parameters.get("DEVICE_KEY"))
    if client.secret is None or sent is not None:
        # The hash is over the username, whatever alias the user signed in with.
        check_secret_hash(call, client, user.username, sent)
    suspect_flow(call, client, "REFRESH_TOKEN_AUTH")
    return renewed(call, pool, user, client, grant, R.refresh_renews, Because(ABSENT, R.refresh_token_stays))


def suspect_flow(call: Call, client: Client, flow: str) -> None:
    """A flow that the client allows without naming it and that is refused all the same: the defaults are to blame."""
    explicit = client.settings.get("ExplicitAuthFlows") or ()
    named = f"ALLOW_{flow}" in explicit or not clients.allows_flow(client, flow)
    if not named and call.operation == "InitiateAuth":
        by = sign_in_R.legacy_flows_add if explicit else sign_in_R.flows_by_default
        call.suspect("InvalidParameterException", by)


def need_refresh(
    call: Call, pool: Pool, client: Client, given: Any, device: Any
) -> tuple[User, Grant, Token]:
    """The user, grant and state of a refresh token that still counts; anything else is refused."""
    token = pool.tokens.get(given)
    if token is None or token.kind != "refresh":
        call.refuse(R.refresh_token_is_genuine)
    grant = pool.grants[token.grant]
    user = pool.users.get(grant.sub)
    call.refuse_if(grant.client != client.id, R.refresh_token_is_of_client)
    cause = grant.causes.get("revoked", R.refresh_token_is_not_revoked)
    known_text = (
        ("Refresh Token has been revoked",) if cause.allows_text("Refresh Token has been revoked") else ()
    )
    call.refuse_if(grant.revoked, cause if cause.raises else R.refresh_token_is_not_revoked, *known_text)
    session_limit.check(call, grant)
    call.refuse_if(token.expires <= call.now, R.refresh_token_is_not_expired)
    if user is None:
        call.refuse(R.refresh_needs_user)
    call.refuse_if(not user.enabled, R.refresh_needs_enabled_user)
    check_device(call, user, grant, device)
    return user, grant, token


def check_device(call: Call, user: User, grant: Grant, given: Any) -> None:
    """Refuse a refresh of a tracked sign-in without the key of its confirmed device."""
    if grant.device is None:
        call.tolerate_if(given is not None, devices_R.tracking_is_on)
        call.tolerate_if(given is not None, R.refresh_needs_device)
        return
    known = user.devices.get(grant.device)
    if known is None:
        call.tolerate_if(True, R.forgotten_device_may_refresh)
    elif known.remembered is None:
        call.refuse_if(True, R.refresh_needs_confirmed_device)
    else:
        call.refuse_if(given != grant.device, R.refresh_needs_device)
        call.tolerate_if(grant.after not in PROOFS, R.password_device_may_refresh)


def renewed(
    call: Call, pool: Pool, user: User, client: Client, grant: Grant, because: Requirement, refresh_token: Any
) -> Outcome:
    """The outcome with new tokens of the same sign-in."""
    triggers.check(call, pool)
    pool = pool.put(grant=replace(grant, used=call.now))
    pool, issued = token_claims.issue(call, pool, user, client, grant)
    return call.reply(
        R.device_key_refreshes if grant.device is not None else because,
        call.world.with_pool(pool),
        AuthenticationResult={
            **issued,
            "RefreshToken": refresh_token,
            "ExpiresIn": Because(
                clients.validity_seconds(client, "access"), sign_in_R.expiry_is_access_tokens
            ),
            "TokenType": Because("Bearer", sign_in_R.token_type_is_bearer),
        },
        **nothing_asked(call),
    )


def nothing_asked(call: Call) -> dict[str, Any]:
    """The members beside AuthenticationResult, where the operation has them."""
    if call.operation == "GetTokensFromRefreshToken":
        return {}
    return {
        "ChallengeName": Because(ABSENT, R.refresh_asks_nothing),
        "ChallengeParameters": Because(OneOf.of(Exactly({}), ABSENT), R.refresh_asks_nothing),
        "Session": Because(ABSENT, R.refresh_asks_nothing),
    }


def check_client_secret(call: Call, client: Client) -> None:
    """Refuse a missing or wrong ClientSecret where the client has one."""
    if client.secret is None:
        call.tolerate_if(call.ClientSecret is not None, R.client_secret_is_known)
    else:
        needed = R.client_secret_is_given if call.operation == "RevokeToken" else R.renewal_needs_secret
        call.refuse_if(not clients.knows_secret(call, client, call.ClientSecret), needed)


@operation("GetTokensFromRefreshToken")
def get_tokens_from_refresh_token(call: Call) -> Outcome:
    """New tokens, and with rotation a new refresh token."""
    pool, client = need_client(call)
    check_client_secret(call, client)
    user, grant, token = need_refresh(call, pool, client, call.RefreshToken, call.DeviceKey)
    because = R.refresh_renews
    if token.replaced_at is not None:
        grace = clients.rotation_grace_seconds(client)
        over = token.replaced_at + grace
        call.refuse_if(not grace or call.now > over + CLOCK_SLACK, R.rotated_token_is_dead)
        call.tolerate_if(call.now > over - CLOCK_SLACK, R.rotated_token_is_dead)
        because = R.grace_takes_old_token
    if not clients.rotates(client):
        stays = Because(ABSENT, R.refresh_token_stays)
        return renewed(call, pool, user, client, grant, because, stays)
    following = call.fresh("RefreshToken")
    # The new token counts for what is left of the first one's time.
    made = {following: Token("refresh", grant.id, token.expires)}
    if token.replaced_at is None:
        made[call.RefreshToken] = replace(token, replaced_at=call.now)
    pool = token_claims.remember(pool, made)
    return renewed(call, pool, user, client, grant, because, Because(following, R.refresh_token_rotates))


@operation("RevokeToken")
def revoke_token(call: Call) -> Outcome:
    """End the sign-in that a refresh token belongs to."""
    known = any(pool.clients.get(call.ClientId) for pool in call.world.pools.values())
    # The operation declares no ResourceNotFoundException: how it speaks of an unknown client is not settled.
    call.tolerate_if(not known, R.unknown_token_may_be_refused)
    _, client = need_client(call)
    check_client_secret(call, client)
    call.refuse_if(not client.settings.get("EnableTokenRevocation", True), R.revocation_is_on)
    found = call.world.token(call.Token)
    if found is None:
        call.tolerate_if(True, R.unknown_token_may_be_refused)
        return call.reply(R.revokes_one_sign_in)
    owner, token, grant = found
    call.refuse_if(token.kind != "refresh", R.only_refresh_tokens_revoke)
    call.refuse_if(grant.client != client.id, R.revoked_by_its_client)
    call.tolerate_if(token.expires <= call.now or grant.revoked, R.unknown_token_may_be_refused)
    return call.reply(R.revokes_one_sign_in, revoked(call, owner, [grant], R.revokes_one_sign_in))


def revoked(call: Call, pool: Pool, grants: list[Grant], because: Requirement) -> Any:
    """The world in which these sign-ins are over."""
    for grant in grants:
        pool = pool.put(grant=call.change(grant, because, revoked=True))
    return call.world.with_pool(pool)


@operation("GlobalSignOut")
def global_sign_out(call: Call) -> Outcome:
    """A user ends all its sign-ins."""
    pool, user, _, _ = need_token(call)
    mine = [g for g in pool.grants.values() if g.sub == user.sub and not g.revoked]
    return call.reply(R.signs_out_everywhere, revoked(call, pool, mine, R.signs_out_everywhere))


@operation("AdminUserGlobalSignOut")
def admin_user_global_sign_out(call: Call) -> Outcome:
    """An administrator ends all sign-ins of a user."""
    pool = need_pool(call)
    user = need_user(call, pool)
    mine = [g for g in pool.grants.values() if g.sub == user.sub and not g.revoked]
    return call.reply(R.signs_out_everywhere, revoked(call, pool, mine, R.signs_out_everywhere))
