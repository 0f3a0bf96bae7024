"""Tokens as a sign-in or a refresh issues them: terms in the world, and the claims that they must carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import clients, sign_in_triggers, user_view
from cognito_model.attributes import UNVERIFIED, VERIFIED_FLAGS, schema
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Bag, Because, Both, Epoch, OneOf, Owned, Present, Signed
from cognito_model.requirements import tokens as R
from cognito_model.terms import Fresh, Issuer
from cognito_model.world import Client, Grant, Pool, Token, User, is_true

if TYPE_CHECKING:
    from cognito_model.call import Call

SCOPE = "aws.cognito.signin.user.admin"


def claims(call: Call, pool: Pool, user: User, client: Client, grant: Grant, kind: str) -> dict[str, Any]:
    """What both kinds of tokens say, and then what each says for itself."""
    lifetime = clients.validity_seconds(client, kind)
    said: dict[str, Any] = {
        "(signature)": Because(OneOf.of("valid", "unchecked"), R.signature_verifies),
        "(discovery)": Because(OneOf.of("valid", "unchecked"), R.pool_describes_itself),
        "(alg)": Because("RS256", R.signature_verifies),
        "(header)": Because(["alg", "kid"], R.header_is_plain),
        "(kid)": Because(Owned("Kid", (pool.id, kind)), R.keys_are_the_pools_own),
        "(lifetime)": Because(lifetime, R.times_are_right),
        "sub": Because(user.sub, R.sub_is_the_users),
        "iss": Because(Issuer(pool.id), R.issuer_is_the_pool),
        "iat": Because(Epoch(call.now), R.times_are_right),
        "exp": Because(Epoch(call.now + lifetime), R.times_are_right),
        "auth_time": auth_time(call, grant),
        "jti": Because(call.fresh("Jti", 0 if kind == "access" else 1), R.jti_is_new),
        "event_id": Because(Present(call.fresh("EventId")), R.event_id_is_given),
        "cognito:groups": groups(user),
    }
    if grant.revocable:
        said["origin_jti"] = Because(Fresh("OriginJti", grant.id.step), R.origin_jti_is_shared)
    said |= access(pool, user, client, grant) if kind == "access" else identity(pool, user, client)
    return sign_in_triggers.left(pool, said)


def auth_time(call: Call, grant: Grant) -> Any:
    """The claim auth_time: near the moment of the sign-in, and the same ever after."""
    first = Fresh("AuthTime", grant.id.step)
    if call.step != grant.id.step:
        return Because(first, R.auth_time_stays)
    # A sign-in begins with its first call; the last answer may come a whole session later.
    return Both.of(
        Because(Epoch(call.now, 1000.0), R.auth_time_is_sign_in), Because(first, R.auth_time_stays)
    )


def groups(user: User) -> Any:
    """The claim cognito:groups."""
    return Because(Bag(user.groups) if user.groups else ABSENT, R.groups_are_told)


def access(pool: Pool, user: User, client: Client, grant: Grant) -> dict[str, Any]:
    """What an access token alone says."""
    hidden = Because(ABSENT, R.access_token_hides_profile)
    return {
        "token_use": Because("access", R.access_token_claims),
        "client_id": Because(client.id, R.access_token_claims),
        "username": Because(user_view.name(pool, user), R.access_token_claims),
        "scope": Because(SCOPE, R.scope_is_fixed),
        "device_key": Because(ABSENT if grant.device is None else grant.device, R.device_is_told),
        "aud": hidden,
        "email": hidden,
        "cognito:username": hidden,
    }


def identity(pool: Pool, user: User, client: Client) -> dict[str, Any]:
    """What an id token alone says: the attributes that the client may read, and the roles of the groups."""
    said: dict[str, Any] = {
        "token_use": Because("id", R.id_token_claims),
        "aud": Because(client.id, R.id_token_claims),
        "cognito:username": Because(user_view.name(pool, user), R.id_token_claims),
        "client_id": Because(ABSENT, R.id_token_claims),
        "scope": Because(ABSENT, R.id_token_claims),
    }
    known = schema(pool)
    for name, value in user.attributes.items():
        if not clients.may_read(client, name):
            said[name] = Because(ABSENT, R.unreadable_is_hidden)
        elif name in VERIFIED_FLAGS:
            said[name] = flag(value)
        elif name == "address":
            said[name] = Present({"formatted": value})
        elif known.get(name, {}).get("AttributeDataType") == "String":
            said[name] = Because(value, R.attributes_are_told)
        else:
            said[name] = Present(value)  # of which JSON type a number or a date is, no fact says
    return said | roles(pool, user)


def flag(value: Any) -> Both:
    """A claim that an address is verified: a JSON boolean, and the right one, however it is written."""
    if isinstance(value, str):
        right: tuple[Any, ...] = (is_true(value),)
    elif value is UNVERIFIED:
        right = (False, ABSENT)
    else:
        right = (True, False, ABSENT) if value is user_view.ANY_FLAG_OR_NONE else (True, False)
    written = tuple(str(choice).lower() for choice in right if choice is not ABSENT)
    return Both.of(
        Because(OneOf.of(True, False, ABSENT), R.verified_is_boolean),
        Because(OneOf((*right, *written)), R.attributes_are_told),
    )


def roles(pool: Pool, user: User) -> dict[str, Any]:
    """cognito:roles and cognito:preferred_role, where the order of precedence is clear."""
    found = [pool.groups[name].members for name in user.groups if name in pool.groups]
    with_role = [g for g in found if isinstance(g.get("RoleArn"), str)]
    if any(
        not isinstance(g.get("RoleArn", ""), str) or not isinstance(g.get("Precedence", 0), int)
        for g in found
    ):
        return {}
    if not with_role:
        return {
            "cognito:roles": Because(ABSENT, R.roles_are_told),
            "cognito:preferred_role": Because(ABSENT, R.roles_are_told),
        }
    arns = tuple(g["RoleArn"] for g in with_role)
    listed = OneOf.of(Bag(arns), Bag(tuple(dict.fromkeys(arns))))
    said: dict[str, Any] = {"cognito:roles": Because(listed, R.roles_are_told)}
    ranked = [g for g in with_role if "Precedence" in g]
    if ranked and len(with_role) == len(found):
        lowest = min(
            g["Precedence"] for g in ranked
        )  # a group without one comes last (fact g-precedence-null-last)
        first = {g["RoleArn"] for g in ranked if g["Precedence"] == lowest}
        said["cognito:preferred_role"] = Because(first.pop() if len(first) == 1 else ABSENT, R.roles_are_told)
    return said


def issue(call: Call, pool: Pool, user: User, client: Client, grant: Grant) -> tuple[Pool, dict[str, Any]]:
    """New id and access tokens for a grant: the pool that knows them, and the members that answer them."""
    access_token, id_token = call.fresh("AccessToken"), call.fresh("IdToken")
    made = {
        access_token: Token("access", grant.id, call.now + clients.validity_seconds(client, "access")),
        id_token: Token("id", grant.id, call.now + clients.validity_seconds(client, "id")),
    }
    pool = remember(pool, made)
    return pool, {
        "AccessToken": Signed(
            access_token, "access", pool.id, claims(call, pool, user, client, grant, "access")
        ),
        "IdToken": Signed(id_token, "id", pool.id, claims(call, pool, user, client, grant, "id")),
    }


def remember(pool: Pool, made: dict[Any, Token]) -> Pool:
    """The pool with these tokens."""
    return replace(pool, tokens={**pool.tokens, **made})
