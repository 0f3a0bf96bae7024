"""When what a call uses runs out: the moments that the requirements about expiry speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import clients, first_factor
from cognito_model.attempts import HOUR, LIMITS
from cognito_model.call import TOTP_PERIOD
from cognito_model.delivery import CODE_LIFE, DAY
from cognito_model.terms import Code, TemporaryPassword, TotpCode, terms_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cognito_model.terms import Term
    from cognito_model.world import Pool, User


def deadlines(pool: Pool, operation: str, params: Mapping[str, Any]) -> list[float]:
    """The epoch seconds at which the tokens, sessions, codes and passwords of a call run out, each once, in their order
    of appearance.
    """
    found = [at for term in terms_in(dict(params)) for at in _of_term(pool, term)]
    name = params.get("Username") or (params.get("AuthParameters") or {}).get("USERNAME")
    user = pool.find(name) if name is not None else None
    if user is not None:
        found += _of_user(pool, user, operation)
    return list(dict.fromkeys(found))


def _of_term(pool: Pool, term: Term) -> Iterator[float]:
    """The moments at which one value runs out."""
    token = pool.tokens.get(term)
    if token is not None:
        yield token.expires
        client = pool.clients.get(pool.grants[token.grant].client)
        if token.replaced_at is not None and client is not None:
            yield token.replaced_at + clients.rotation_grace_seconds(client)
    challenge = pool.challenges.get(term)
    if challenge is not None:
        client = pool.clients.get(challenge.client)
        if client is not None:
            yield challenge.at + clients.auth_session_seconds(client)
    if isinstance(term, Code | TemporaryPassword):
        for user in pool.users.values():
            for sent in user.codes.values():
                yield from (m.at + CODE_LIFE.get(m.purpose, DAY) for m in sent if m.term == term.message)
    if isinstance(term, TotpCode):
        for user in pool.users.values():
            if user.mfa.secret == term.secret and user.mfa.used_step is not None:
                yield float((user.mfa.used_step + 1) * TOTP_PERIOD)


def _of_user(pool: Pool, user: User, operation: str) -> Iterator[float]:
    """The moments at which a user's temporary password runs out, and a count of its attempts."""
    yield from first_factor.temporary_runs_out(pool, user)
    attempts = user.attempts.get(operation, ())
    if len(attempts) >= LIMITS.get(operation, 1):
        yield attempts[0] + HOUR
