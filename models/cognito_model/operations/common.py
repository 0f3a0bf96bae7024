"""What many operations begin with: find the pool, the client, the user, the token; check the secret hash."""

from __future__ import annotations

from typing import Any

from cognito_model import clients, session_limit
from cognito_model.attributes import ALIASES
from cognito_model.call import Call
from cognito_model.expect import AtLeast
from cognito_model.requirements import admin_users as admin_users_R
from cognito_model.requirements import client_secrets as client_secrets_R
from cognito_model.requirements import clients as clients_R
from cognito_model.requirements import common as R
from cognito_model.terms import Fresh, SecretHash
from cognito_model.world import Client, Grant, Pool, User

REVOKED = "Access Token has been revoked"


def need_pool(call: Call) -> Pool:
    """The pool that UserPoolId names; the call is refused where there is none."""
    pool = call.world.pools.get(call.UserPoolId)
    if pool is None:
        call.refuse(R.pool_exists, call.UserPoolId)
    return pool


def need_client(call: Call, pool: Pool | None = None) -> tuple[Pool, Client]:
    """The app client that ClientId names, and its pool; of `pool` alone where one is given."""
    client = call.world.client(call.ClientId)
    if client is None:
        is_gone = any(mark[0] == "client" and mark[-1] == call.ClientId for mark in call.world.gone)
        call.refuse(clients_R.deletes_client if is_gone else R.client_exists, call.ClientId)
    if pool is not None and client.pool != pool.id:
        call.refuse(R.client_belongs_to_pool, call.ClientId)
    return call.world.pools[client.pool], client


def need_user(call: Call, pool: Pool) -> User:
    """The user of the pool whom Username names; the call is refused where there is none."""
    user = find_user(call, pool)
    if user is None:
        is_gone = ("user", pool.id, call.Username) in call.world.gone
        unknown = R.user_exists if contact_of(pool, call.Username) is None else R.contact_is_no_name
        call.refuse(admin_users_R.deletes if is_gone else unknown)
    return user


def contact_of(pool: Pool, name: Any) -> str | None:
    """Which attribute that can be an alias a user has this name for, although it names nobody."""
    known = (a for user in pool.users.values() for a in ALIASES if name == user.attributes.get(a))
    return next(known, None)


def at_creation(call: Call, created: Any) -> AtLeast:
    """What LastModifiedDate of a new thing must look like where no source says that it is just the date of its creation."""
    return AtLeast(call.fresh("Instant", 1), created)


def find_user(call: Call, pool: Pool, name: Any = None, error: str = "UserNotFoundException") -> User | None:
    """The user whom `name` (by default Username) names, or None; `error` is what an unknown one would get.

    A target that does not know the user by this name alone is told of that, and not of the operation.
    """
    name = call.Username if name is None else name
    user = pool.find(name)
    if user is not None:
        suspect_name(call, pool, user, name, error)
    elif (contact := contact_of(pool, name)) is not None:
        call.note(f"named:by {contact} alone")
    return user


def suspect_name(call: Call, pool: Pool, user: User, name: Any, error: str = "UserNotFoundException") -> None:
    """Where a target says with `error` that there is no such user, the kind of name that was given is to blame."""
    if name == user.sub:
        # Where users sign in with an e-mail address, the username is the sub: a target may have kept the address.
        call.note("named:by sub")
        call.suspect(error, R.sub_names_user)
    elif name != user.username:
        alike = pool.same_name(name, user.username)
        aliases = (a for a in ALIASES if pool.same_name(name, user.attributes.get(a)))
        call.note(f"named:by {'case' if alike else next(aliases, 'alias')}")
        call.suspect(error, R.case_is_ignored if alike else R.alias_names_user)


def need_token(call: Call) -> tuple[Pool, User, Client, Grant]:
    """Pool, user, client and grant of AccessToken; the call is refused where the token permits nothing."""
    found = call.world.token(call.AccessToken)
    if found is None:
        call.refuse(R.access_token_is_genuine)
    pool, token, grant = found
    if token.kind == "id":
        call.refuse(R.id_token_is_no_access_token)
    if token.kind == "refresh":
        call.refuse(R.access_token_is_genuine)
    client = pool.clients.get(grant.client)
    user = pool.users.get(grant.sub)
    call.refuse_if(token.expires <= call.now, R.access_token_is_not_expired)
    cause = grant.causes.get("revoked", R.access_token_is_not_revoked)
    cause = cause if cause.raises else R.access_token_is_not_revoked
    call.refuse_if(grant.revoked, cause, *(() if cause.says else (REVOKED,)))
    session_limit.check(call, grant)
    call.refuse_if(user is None, R.user_of_token_exists)
    if client is None or user is None:
        call.refuse_if(client is None, R.access_token_is_genuine)
        call.settle()
    assert user is not None
    assert client is not None
    call.refuse_if(not user.enabled and not grant.revoked, R.user_of_token_is_enabled)
    call.settle()
    call.tolerate_if(user.status != "CONFIRMED", R.status_may_bar_token)
    return pool, user, client, grant


def check_secret_hash(call: Call, client: Client, username: Any, given: Any) -> None:
    """Refuse a missing or wrong secret hash where the client has a secret."""
    if client.secret is None:
        call.refuse_if(given is not None, R.secret_hash_is_expected)
        return
    call.refuse_if(given is None, R.secret_hash_is_sent, client.id)
    others = [SecretHash(client.id, username, secret) for secret in clients.other_secrets(client)]
    with_other = any(call.same(given, other) for other in others)
    if with_other:
        call.suspect("NotAuthorizedException", client_secrets_R.secrets_are_both_good)
    call.refuse_if(
        given is not None and not with_other and not call.same(given, SecretHash(client.id, username)),
        R.secret_hash_matches,
        client.id,
    )


def instant(call: Call) -> Fresh:
    """The moment of this call, as the target will write it."""
    return call.fresh("Instant")
