"""How often an operation may be called for one user within an hour, where that is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model.evolve import replace
from cognito_model.requirements import attempts as R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.world import Pool, User

HOUR = 3600.0
LIMITS = {
    "ConfirmSignUp": 15,
    "ResendConfirmationCode": 5,
    "ForgotPassword": 5,
    "ConfirmForgotPassword": 5,
    "AdminResetUserPassword": 5,
    "ChangePassword": 5,
    "GetUserAttributeVerificationCode": 5,
    "VerifyUserAttribute": 15,
}
"""Calls for one user in an hour up to which no refusal is right (facts quota-code-attempts, fp-rate)."""


def count(call: Call, pool: Pool, user: User) -> User:
    """The user with this call counted, which the service remembers whatever comes of it.

    Beyond the documented number of calls a refusal is as right as the answer: the quotas are said to move.
    """
    name = call.operation
    recent = tuple(at for at in user.attempts.get(name, ()) if at > call.now - HOUR)
    call.tolerate_if(len(recent) >= LIMITS[name], R.attempts_are_limited)
    counted = replace(user, attempts={**user.attempts, name: (*recent, call.now)[-LIMITS[name] :]})
    call.remember(call.world.with_pool(pool.put(user=counted)))
    return counted
