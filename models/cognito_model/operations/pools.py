"""CreateUserPool, DescribeUserPool, DeleteUserPool."""

from __future__ import annotations

from typing import Any

from cognito_model import domains, pool_doubts, pool_rules, pool_settings, pool_view
from cognito_model import pool_defaults as defaults
from cognito_model.call import Call, operation
from cognito_model.expect import AtLeast, Because, Both, OneOf
from cognito_model.operations.common import instant, need_pool
from cognito_model.outcome import Outcome, Reply
from cognito_model.requirements import pool_defaults as defaults_R
from cognito_model.requirements import pool_rules as rules_R
from cognito_model.requirements import pool_schema as schema_R
from cognito_model.requirements import pools as R
from cognito_model.schema_defaults import STANDARD_BY_NAME, full_name, schema
from cognito_model.settings import write
from cognito_model.world import Pool


@operation("CreateUserPool")
def create_user_pool(call: Call) -> Outcome:
    """Make a user pool with its defaults and with what the request asks for."""
    pool_rules.check_schema(call, call.Schema or ())
    call.refuse_if(call.AliasAttributes and call.UsernameAttributes, rules_R.alias_or_username)
    call.refuse_if(
        call.MfaConfiguration in ("ON", "OPTIONAL") and not call.SmsConfiguration, rules_R.mfa_needs_sms
    )
    days_given = (call.AdminCreateUserConfig or {}).get("UnusedAccountValidityDays")
    policy_given = (call.Policies or {}).get("PasswordPolicy") or {}
    both = days_given is not None and policy_given.get("TemporaryPasswordValidityDays") is not None
    # Whether 0 counts as a number of days nobody tells.
    certainly = both and days_given and policy_given.get("TemporaryPasswordValidityDays")
    call.refuse_if(certainly, rules_R.unused_account_days_are_gone)
    call.tolerate_if(both and not certainly, rules_R.unused_account_days_are_gone)

    now = instant(call)
    pool = Pool(call.fresh("PoolId"), now, now, settings=defaults.INITIAL, causes=defaults.REASONS)
    pool = write(call, pool, R.creates_pool, {"Name": call.PoolName})
    pool = with_policies(call, pool)
    pool = with_schema(call, pool)
    factors = second_factors(call)
    pool = write(call, pool, R.keeps_settings, {"_mfa": factors} if factors else {}, parts=())
    pool = pool_settings.write_given(call, pool, R.keeps_settings)
    pool_rules.check(call, pool, call.params)
    pool_rules.check_waiting(call, pool)
    return call.reply(
        R.creates_pool,
        call.world.with_pool(pool),
        UserPool=pool_view.user_pool(pool, now),
    )


def second_factors(call: Call) -> dict[str, Any]:
    """The second factors of the new pool: SMS alone can be had at creation."""
    if call.MfaConfiguration not in ("ON", "OPTIONAL") or not call.SmsConfiguration:
        return {}
    message = (
        {"SmsAuthenticationMessage": call.SmsAuthenticationMessage} if call.SmsAuthenticationMessage else {}
    )
    return {"SmsMfaConfiguration": {**message, "SmsConfiguration": call.SmsConfiguration}}


def with_policies(call: Call, pool: Pool) -> Pool:
    """The new pool with its policies and the configuration of users that an administrator creates."""
    given = call.Policies or {}
    if given.get("PasswordPolicy"):
        pool = pool_settings.write_password_policy(call, pool, R.keeps_settings, given["PasswordPolicy"])
    if given.get("SignInPolicy"):
        pool = pool_settings.write_sign_in_policy(call, pool, R.keeps_settings, given["SignInPolicy"])
    policy = pool.settings["Policies"]["PasswordPolicy"]
    config = defaults.admin_create_user_config(call.AdminCreateUserConfig, policy)
    because = R.keeps_settings if call.AdminCreateUserConfig else defaults_R.anyone_may_sign_up
    changed = config != pool.settings["AdminCreateUserConfig"] or call.AdminCreateUserConfig
    pool = write(call, pool, because, {"AdminCreateUserConfig": config} if changed else {})
    unsaid = [] if pool_settings.says_who_signs_up(call) else [pool_settings.WHO_SIGNS_UP]
    return write(call, pool, defaults_R.anyone_may_sign_up, {"AdminCreateUserConfig": config}, parts=unsaid)


def with_schema(call: Call, pool: Pool) -> Pool:
    """The new pool with its schema, and the reason of each attribute that the request named."""
    entries = call.Schema or ()
    attributes = schema(entries)
    for entry in entries:
        name = entry.get("Name", "")
        standard = name in STANDARD_BY_NAME
        full = name if standard else full_name(entry)
        because = (
            schema_R.standard_attribute_is_declared if standard else schema_R.custom_attribute_has_prefix
        )
        if entry.get("DeveloperOnlyAttribute"):
            because = schema_R.developer_attribute_has_prefix
        pool = write(call, pool, because, {"SchemaAttributes": attributes}, [f"Schema.{full}"])
        if entry.get("Mutable") is None:
            immutable = schema_R.declared_attribute_is_immutable
            pool = write(call, pool, immutable, {"SchemaAttributes": attributes}, [f"Schema.{full}.Mutable"])
    return pool


@operation("DescribeUserPool")
def describe_user_pool(call: Call) -> Outcome:
    """Show a user pool."""
    pool = need_pool(call)
    later = AtLeast(instant(call), pool.created)
    modified = Because(OneOf.of(pool.modified, later), R.modified_is_not_before_created)
    return call.outcome(
        *(
            Reply(R.describes_pool, {"UserPool": described(state, modified)}, call.world.with_pool(state))
            for state in pool_doubts.readings(pool)
        )
    )


def described(pool: Pool, modified: Any) -> dict[str, Any]:
    """UserPoolType of the pool, with its users counted."""
    members = pool_view.user_pool(pool, modified)
    members["EstimatedNumberOfUsers"] = Both.of(
        members["EstimatedNumberOfUsers"], Because(len(pool.users), R.user_estimate_counts)
    )
    return members


@operation("DeleteUserPool")
def delete_user_pool(call: Call) -> Outcome:
    """Delete a user pool and all that is in it."""
    pool = need_pool(call)
    call.refuse_if(pool.settings["DeletionProtection"] == "ACTIVE", R.protected_pool_stays)
    call.refuse_if(domains.of_pool(call.world, pool), R.pool_with_domain_stays)
    had_domain = "settings.Domain" in pool.causes or "settings.CustomDomain" in pool.causes
    call.tolerate_if(had_domain, R.pool_with_domain_stays)
    return call.reply(R.deletes_pool, call.world.without_pool(pool.id))
