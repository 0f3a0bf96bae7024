"""GetClientToken and GetDerivedToken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import clients
from cognito_model.call import Call, operation
from cognito_model.expect import Because, Epoch, OneOf, Present, Signed
from cognito_model.operations.common import need_client
from cognito_model.requirements import machine_tokens as R
from cognito_model.requirements import tokens as tokens_R
from cognito_model.terms import Issuer

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client, Pool

EXCHANGES = {False: "ALLOW_TOKEN_EXCHANGE_IMPERSONATION", True: "ALLOW_TOKEN_EXCHANGE_DELEGATION"}
"""The flow that an exchange needs, without an actor token and with one."""


def flows(client: Client) -> tuple[str, ...]:
    """ExplicitAuthFlows of the client."""
    return tuple(client.settings.get("ExplicitAuthFlows") or ())


@operation("GetClientToken")
def get_client_token(call: Call) -> Outcome:
    """A client gets a token for itself."""
    pool, client = need_client(call)
    wrong = client.secret is None or not clients.knows_secret(call, client, call.Secret)
    call.refuse_if(wrong, R.client_secret_is_right)
    call.refuse_if("ALLOW_CLIENT_TOKEN_AUTH" not in flows(client), R.client_token_flow_is_on)
    allowed = client.settings.get("AllowedOAuthScopes") or ()
    call.tolerate_if(not allowed or any(s not in allowed for s in call.Scopes or ()), R.scopes_are_known)
    scope = " ".join(call.Scopes or allowed)
    return call.reply(
        R.client_gets_token,
        ClientAuthenticationResult={
            "AccessToken": Signed(
                call.fresh("ClientAccessToken"), "access", pool.id, own_claims(call, pool, client, scope)
            ),
            "ExpiresIn": Present(clients.validity_seconds(client, "access")),
            "TokenType": Present("Bearer"),
        },
    )


def own_claims(call: Call, pool: Pool, client: Client, scope: str) -> dict[str, Any]:
    """What a client's own token says."""
    return {
        "(signature)": Because(OneOf.of("valid", "unchecked"), tokens_R.signature_verifies),
        "iss": Because(Issuer(pool.id), tokens_R.issuer_is_the_pool),
        "sub": client.id,
        "client_id": client.id,
        "token_use": "access",
        "scope": Present(scope),
        "iat": Epoch(call.now),
        "auth_time": Present(int(call.now)),
        "exp": Epoch(call.now + clients.validity_seconds(client, "access")),
        "jti": Present(call.fresh("Jti")),
        "version": Present(2),
    }


@operation("GetDerivedToken")
def get_derived_token(call: Call) -> Outcome:
    """A token is exchanged for another."""
    pool, client = need_client(call)
    wrong = client.secret is not None and not clients.knows_secret(call, client, call.ClientSecret)
    call.refuse_if(wrong, R.client_secret_is_right)
    call.refuse_if(EXCHANGES[call.ActorToken is not None] not in flows(client), R.exchange_is_on)
    call.refuse_if(call.Audiences and call.Resources, R.one_kind_of_target)
    call.refuse_if(call.ActorToken is not None and call.ActorTokenType is None, R.actor_has_type)
    found = call.world.token(call.SubjectToken)
    call.refuse_if(found is None and call.SubjectTokenProviderName is None, R.subject_token_is_genuine)
    call.tolerate_if(True, R.exchange_may_be_refused)
    kind = call.RequestedTokenType or "ACCESS_TOKEN"
    subject = found[2].sub if found is not None else client.id
    claims = {**own_claims(call, pool, client, ""), "sub": Present(subject)}
    return call.reply(
        R.exchanges_token,
        IssuedToken=Signed(call.fresh("DerivedToken"), "access", pool.id, claims),
        IssuedTokenType=kind,
        TokenType=Present("Bearer"),
        ExpiresIn=Present(clients.validity_seconds(client, "access")),
    )
