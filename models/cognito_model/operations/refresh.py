"""Refreshing, GetTokensFromRefreshToken, RevokeToken, GlobalSignOut, AdminUserGlobalSignOut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cognito_model import clients, token_claims
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because
from cognito_model.operations.common import check_secret_hash, need_client, need_pool, need_token, need_user
from cognito_model.outcome import Outcome
from cognito_model.requirement import Requirement
from cognito_model.requirements import sign_in as sign_in_R
from cognito_model.requirements import tokens as R
from cognito_model.world import Client, Grant, Pool, Token, User


def refresh(call: Call, pool: Pool, client: Client, given: Any, parameters: dict[str, Any]) -> Outcome:
    """REFRESH_TOKEN_AUTH: new id and access tokens for a live refresh token."""
    user, grant, _ = need_refresh(call, pool, client, given, parameters.get("DEVICE_KEY"))
    if client.secret is not None:
        check_secret_hash(call, client, user.username, parameters.get("SECRET_HASH"))
    return renewed(call, pool, user, client, grant, Because(ABSENT, R.refresh_token_stays))


def need_refresh(
    call: Call, pool: Pool, client: Client, given: Any, device: Any
) -> tuple[User, Grant, Token]:
    """The user, grant and state of a refresh token that still counts; anything else is refused."""
    token = pool.tokens.get(given)
    if token is None or token.kind != "refresh":
        call.refuse(R.refresh_token_is_genuine)
    grant = pool.grants[token.grant]
    user = pool.users.get(grant.sub)
    call.refuse_if(grant.client != client.id, R.refresh_token_is_genuine)
    call.refuse_if(grant.revoked, R.refresh_token_is_not_revoked)
    call.refuse_if(token.expires <= call.now, R.refresh_token_is_not_expired)
    if user is None:
        call.refuse(R.refresh_needs_user)
    call.refuse_if(not user.enabled, R.refresh_needs_enabled_user)
    if grant.device is not None and device != grant.device:
        known = user.devices.get(grant.device)
        judge = call.refuse_if if known is not None and known.remembered is not None else call.tolerate_if
        judge(True, R.refresh_needs_device)
    if grant.device is not None and (
        user.devices.get(grant.device) is None or user.devices[grant.device].remembered is None
    ):
        call.tolerate_if(True, R.refresh_needs_device)
    return user, grant, token


def renewed(call: Call, pool: Pool, user: User, client: Client, grant: Grant, refresh_token: Any) -> Outcome:
    """The outcome with new tokens of the same sign-in."""
    pool, issued = token_claims.issue(call, pool, user, client, grant)
    return call.reply(
        R.refresh_renews,
        call.world.with_pool(pool),
        AuthenticationResult={
            **issued,
            "RefreshToken": refresh_token,
            "ExpiresIn": Because(
                clients.validity_seconds(client, "access"), sign_in_R.expiry_is_access_tokens
            ),
            "TokenType": Because("Bearer", sign_in_R.token_type_is_bearer),
        },
        ChallengeName=Because(ABSENT, sign_in_R.no_challenge_with_tokens),
    )


def check_client_secret(call: Call, client: Client) -> None:
    """Refuse a missing or wrong ClientSecret where the client has one."""
    if client.secret is not None:
        call.refuse_if(not call.same(call.ClientSecret, client.secret), R.client_secret_is_given)


@operation("GetTokensFromRefreshToken")
def get_tokens_from_refresh_token(call: Call) -> Outcome:
    """New tokens, and with rotation a new refresh token."""
    pool, client = need_client(call)
    check_client_secret(call, client)
    user, grant, token = need_refresh(call, pool, client, call.RefreshToken, call.DeviceKey)
    if token.replaced_at is not None:
        grace = clients.rotation_grace_seconds(client)
        call.refuse_if(call.now > token.replaced_at + grace, R.rotated_token_is_dead)
        call.tolerate_if(call.now > token.replaced_at + grace - 5, R.rotated_token_is_dead)
    if not clients.rotates(client):
        return renewed(call, pool, user, client, grant, Because(ABSENT, R.refresh_token_stays))
    following = call.fresh("RefreshToken")
    made = {following: Token("refresh", grant.id, token.expires)}
    if token.replaced_at is None:
        made[call.RefreshToken] = replace(token, replaced_at=call.now)
    pool = token_claims.remember(pool, made)
    return renewed(call, pool, user, client, grant, Because(following, R.refresh_token_rotates))


@operation("RevokeToken")
def revoke_token(call: Call) -> Outcome:
    """End the sign-in that a refresh token belongs to."""
    _pool, client = need_client(call)
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
