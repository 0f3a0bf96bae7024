"""GetUserAuthFactors and AdminGetUserAuthFactors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import user_view
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Bag, Because, OneOf
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.user_auth import CODES, first_factors
from cognito_model.requirements import user_mfa as R
from cognito_model.second_factor import CONTACT

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User

SECOND = {"SOFTWARE_TOKEN_MFA": "SOFTWARE_TOKEN", "SMS_MFA": "SMS_OTP", "EMAIL_OTP": "EMAIL_OTP"}
"""What a second factor is called in ConfiguredUserAuthFactors, where it is listed there."""


@operation("GetUserAuthFactors")
def get_user_auth_factors(call: Call) -> Outcome:
    """The factors of the access token's user."""
    pool, user, _, _ = need_token(call)
    return factors(call, pool, user)


@operation("AdminGetUserAuthFactors")
def admin_get_user_auth_factors(call: Call) -> Outcome:
    """The factors of a user, for an administrator."""
    pool = need_pool(call)
    return factors(call, pool, need_user(call, pool))


def factors(call: Call, pool: Pool, user: User) -> Outcome:
    """What both answer."""
    sure, open_ = (set(names) - {"PASSWORD_SRP"} for names in first_factors(pool, user))
    reachable = {factor for factor in CODES if user.has(CONTACT[factor])}
    second = {SECOND[factor] for factor in user.mfa.enabled}
    # Listed whatever the pool allows, says one, if the contact is verified.
    proved = {factor for factor in reachable if user.verified(CONTACT[factor]) or factor in second}
    verified = (
        {"SOFTWARE_TOKEN"} if user.mfa.secret is not None else set()
    )  # listed whatever is enabled, says one
    perhaps = (open_ | reachable | verified | second) - sure
    listed: Any = Bag(tuple(sorted(sure)), tuple(sorted(perhaps)))
    seen = (proved | verified) - sure
    if seen:
        # Those that were seen listed come first: it is what the reference answers.
        listed = OneOf.of(Bag(tuple(sorted(sure | seen)), tuple(sorted(perhaps - seen))), listed)
    return call.reply(
        R.factors_are_told,
        Username=user_view.name(pool, user),
        ConfiguredUserAuthFactors=Because(
            listed if sure else OneOf.of(listed, ABSENT), R.first_factors_are_told
        ),
        **user_view.mfa_members(user),
    )
