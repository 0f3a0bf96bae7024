"""Lambda triggers that run at sign-in: they may refuse, and they may rewrite what tokens say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import functions, triggers
from cognito_model.requirements import sign_in as R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.world import Pool

RUN = (
    "PreAuthentication",
    "PostAuthentication",
    "PreTokenGeneration",
    "PreTokenGenerationConfig",
    "UserMigration",
)
KEPT_CLAIMS = frozenset(
    {
        "(signature)",
        "(discovery)",
        "(kid)",
        "(alg)",
        "(header)",
        "sub",
        "iss",
        "token_use",
        "jti",
        "origin_jti",
        "client_id",
        "username",
        "aud",
    }
)
"""Claims that no trigger can change (developer guide, pre token generation)."""


def check(call: Call, pool: Pool, *, besides: tuple[str, ...] = ()) -> None:
    """A pool's triggers may refuse; what they think of a sign-in is not for the model to say.

    `besides` says which triggers are no matter here.
    """
    run = [name for name in (*RUN, *triggers.MESSAGES) if name not in besides]
    call.tolerate_if(any(triggers.is_unknown(pool, name) for name in run), R.triggers_may_refuse)


def denies(pool: Pool) -> bool:
    """Whether the pool's PreAuthentication trigger is known to deny everybody."""
    return functions.role(pool, "PreAuthentication") == functions.DENY


def left(pool: Pool, claims: dict[str, Any]) -> dict[str, Any]:
    """The claims that can be foreseen: all of them, or those that a pre token generation trigger leaves alone."""
    if not (triggers.has(pool, "PreTokenGeneration") or triggers.has(pool, "PreTokenGenerationConfig")):
        return claims
    return {name: value for name, value in claims.items() if name in KEPT_CLAIMS}
