"""Write into a user pool what a request to create or update it names, member by member with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import pool_defaults as defaults
from cognito_model.requirements import pool_defaults as defaults_R
from cognito_model.requirements import pools as R
from cognito_model.settings import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call
    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool

COMPLETED: tuple[tuple[Requirement, tuple[str, ...]], ...] = (
    (defaults_R.minimum_length_is_eight, ("MinimumLength",)),
    (defaults_R.temporary_password_counts_seven_days, ("TemporaryPasswordValidityDays",)),
    (
        defaults_R.unset_requirement_is_off,
        ("RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols"),
    ),
)
"""Members of a password policy that the service adds where a request leaves them out."""


WHO_SIGNS_UP = "AdminCreateUserConfig.AllowAdminCreateUserOnly"
"""The part of the settings that has a default of its own in an AdminCreateUserConfig that does not say it."""


def says_who_signs_up(call: Call) -> bool:
    """Whether the request names AllowAdminCreateUserOnly."""
    return (call.AdminCreateUserConfig or {}).get("AllowAdminCreateUserOnly") is not None


def write_given(call: Call, pool: Pool, because: Requirement) -> Pool:
    """The pool with the settings that the request names, policies and AdminCreateUserConfig apart."""
    pool = write(call, pool, because, defaults.plain(call.params))
    texts = defaults.verification(call.params)
    if not texts:
        return pool
    pool = write(call, pool, because, texts)
    pool = write(call, pool, R.messages_are_mirrored, texts, parts=defaults.mirrored(call.params))
    own = [f"VerificationMessageTemplate.{name}" for name in call.VerificationMessageTemplate or ()]
    return write(call, pool, because, texts, parts=own)


def write_password_policy(call: Call, pool: Pool, because: Requirement, given: Mapping[str, Any]) -> Pool:
    """The pool with this PasswordPolicy, completed."""
    policy = defaults.password_policy(given)
    policies = {"Policies": {**pool.settings["Policies"], "PasswordPolicy": policy}}
    named = [f"PasswordPolicy.{name}" for name in policy]
    pool = write(call, pool, because, policies, parts=["PasswordPolicy", *named])
    for requirement, members in COMPLETED:
        missing = [f"PasswordPolicy.{name}" for name in members if not completes(given, name)]
        pool = write(call, pool, requirement, policies, parts=missing)
    return pool


def completes(given: Mapping[str, Any], member: str) -> bool:
    """Whether a password policy says this itself; 0 days are none."""
    return member in given and not (member == "TemporaryPasswordValidityDays" and given[member] == 0)


def write_sign_in_policy(call: Call, pool: Pool, because: Requirement, given: Mapping[str, Any]) -> Pool:
    """The pool with this SignInPolicy."""
    policies = {**pool.settings["Policies"], "SignInPolicy": given}
    return write(call, pool, because, {"Policies": policies}, parts=["SignInPolicy"])
