"""ForgotPassword, ConfirmForgotPassword, AdminResetUserPassword."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cognito_model import attempts, delivery, mfa, passwords, triggers
from cognito_model.call import Call, operation
from cognito_model.expect import Because, OneOf
from cognito_model.operations.common import check_secret_hash, find_user, need_client, need_pool, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.operations.passwords import with_password
from cognito_model.requirements import confirmation as confirm_R
from cognito_model.requirements import passwords as passwords_R
from cognito_model.requirements import recovery as R
from cognito_model.requirements import user_attributes as attributes_R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client, Pool, User

PURPOSE = "forgot-password"
MECHANISM = {"verified_email": "email", "verified_phone_number": "phone_number"}
FACTOR = {"email": "EMAIL_OTP", "phone_number": "SMS_MFA"}
UNFINISHED = ("UNCONFIRMED", "FORCE_CHANGE_PASSWORD")


@dataclass(frozen=True, slots=True)
class Ways:
    """How an account can be recovered: by the first of the channels `sure`; those of `perhaps` may count too.

    `only_admin` says that the pool leaves it to administrators, `ordered` that it has an order of channels.
    """

    sure: tuple[str, ...]
    perhaps: tuple[str, ...]
    only_admin: bool
    ordered: bool


def ways(pool: Pool, user: User) -> Ways:
    """How the account of this user can be recovered."""
    given = mfa.recovery(pool)
    names = [MECHANISM[name] for name in given if name in MECHANISM] if given else ["email", "phone_number"]
    able = [name for name in names if user.has(name) and user.verified(name)]
    sure = [name for name in able if FACTOR[name] not in user.mfa.enabled]
    # A factor that the user would sign in with next cannot recover the password. Whether it must be the preferred
    # one is not settled (fact fp-sms-mfa-excludes-sms), nor what holds where the pool asks for no second factor or
    # names no way to recover.
    asks = pool.settings.get("MfaConfiguration", "OFF") != "OFF"
    barred = [FACTOR[name] for name in able if name not in sure and given and asks]
    certainly = [f for f in barred if user.mfa.preferred == f or (f,) == user.mfa.enabled == ("SMS_MFA",)]
    perhaps = [name for name in able if name not in sure and FACTOR[name] not in certainly]
    return Ways(tuple(sure), tuple(perhaps), only_admin=given == ["admin_only"], ordered=bool(given))


@operation("ForgotPassword")
def forgot_password(call: Call) -> Outcome:
    """A user asks for a code to set a new password with."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = find_user(call, pool)
    if user is None:
        triggers.may_refuse_stranger(call, pool)
        call.refuse_if(not client.hides_users, R.unknown_user_is_named)
        return simulated(call)
    user = attempts.count(call, pool, user)
    call.note(f"forgot:{user.status}{'' if user.enabled else ' disabled'}")
    triggers.may_refuse(call, pool)
    found = ways(pool, user)
    fails = check_state(call, client, user, found)
    channels = found.sure + found.perhaps
    if not channels or (fails and client.hides_users):
        return simulated(call)
    call.tolerate_if(fails, R.state_may_bar_recovery)
    call.tolerate_if(user.status == "RESET_REQUIRED" or not found.sure, R.state_may_bar_recovery)
    suspect_flag(call, user, channels[0])
    user = delivery.send(call, pool, user, PURPOSE, channels[0], R.sets_new_password)
    details: Any = [
        delivery.details(name, user.attributes[name], R.takes_first_verified) for name in channels
    ]
    # Which comes first by default is not settled (pool-default-account-recovery-present, fp-legacy-recovery-
    # order).
    settled = found.ordered and found.sure and not found.perhaps
    if settled and len(channels) > 1:
        call.note(f"recovers-first:{channels[0]}")
    shown = details[0] if settled else OneOf.of(*details)
    if fails or (client.hides_users and not found.sure):
        shown = OneOf.of(shown, delivery.SIMULATED)
    return call.reply(
        R.sends_code,
        call.world.with_pool(pool.put(user=user)),
        CodeDeliveryDetails=Because(shown, R.takes_first_verified),
    )


def check_state(call: Call, client: Client, user: User, found: Ways) -> bool:
    """Whether the user cannot recover the password, which is refused where the client hides nobody."""
    named = not client.hides_users
    call.refuse_if(named and not user.enabled, R.disabled_user_stays_out)
    call.refuse_if(named and user.status == "FORCE_CHANGE_PASSWORD", R.first_password_is_no_reset)
    call.refuse_if(named and found.only_admin, R.only_admins_recover)
    nowhere = not found.sure and not found.perhaps and not found.only_admin
    call.refuse_if(named and nowhere, R.contact_is_verified)
    return not user.enabled or user.status in UNFINISHED or found.only_admin or nowhere


def suspect_flag(call: Call, user: User, channel: str) -> None:
    """A target that finds nothing verified although a code came back is told of that, and not of the recovery."""
    cause = user.causes.get(f"attribute:{channel}_verified")
    if cause in (confirm_R.verifies_attribute, attributes_R.right_code_verifies):
        call.suspect("InvalidParameterException", cause)


def simulated(call: Call) -> Outcome:
    """The answer about nobody: as if a code had gone out, and now and then a refusal."""
    # Where the client names users the call has been refused before, in words of its own.
    call.tolerate_if(not call.refusals, R.simulation_may_alternate)
    return call.reply(
        R.unknown_user_is_simulated,
        CodeDeliveryDetails=Because(delivery.SIMULATED, R.unknown_user_is_simulated),
    )


@operation("ConfirmForgotPassword")
def confirm_forgot_password(call: Call) -> Outcome:
    """A user sets a new password with the code of ForgotPassword or AdminResetUserPassword."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = find_user(call, pool)
    if user is None:
        # Whether the password is looked at before the user is not settled.
        call.tolerate_if(passwords.violations(pool, call.Password), passwords_R.password_keeps_policy)
        call.refuse(R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_not_found)
    user = attempts.count(call, pool, user)
    call.note(f"recover:{user.status}{'' if user.enabled else ' disabled'}")
    triggers.may_refuse(call, pool)
    delivery.check_code(
        call,
        user,
        PURPOSE,
        call.ConfirmationCode,
        was_sent=R.code_was_sent,
        matches=R.code_matches,
        is_fresh=R.code_is_fresh,
        is_newest=R.one_code_counts,
    )
    passwords.check_new(call, pool, user, call.Password)
    call.tolerate_if(user.status in UNFINISHED or not user.enabled, R.unconfirmed_user_waits)
    call.tolerate_if(not user.enabled, R.unknown_user_is_hidden)
    status = "CONFIRMED" if user.status == "RESET_REQUIRED" else user.status
    user = with_password(call, user, R.sets_new_password, call.Password, status)
    user = delivery.spend(call, user, PURPOSE, R.code_was_sent)
    return call.reply(R.sets_new_password, with_user(call, pool, user))


@operation("AdminResetUserPassword")
def admin_reset_user_password(call: Call) -> Outcome:
    """An administrator makes a user choose a new password, with a code that is sent now."""
    pool = need_pool(call)
    user = attempts.count(call, pool, need_user(call, pool))
    call.note(f"reset:{user.status}")
    triggers.may_refuse(call, pool)
    found = ways(pool, user)
    channels = found.sure + found.perhaps
    call.refuse_if(not user.enabled, R.reset_only_enabled)
    # Documented as refused where the pool has no recovery; of a user with nothing verified, that no code is sent.
    refuse_if = call.guard(found.only_admin)
    refuse_if(not channels, R.reset_needs_recovery)
    call.tolerate_if(channels and not found.sure, R.reset_needs_recovery)
    call.tolerate_if(user.status != "CONFIRMED", R.reset_in_this_state)
    if channels:
        suspect_flag(call, user, channels[0])
        user = delivery.send(call, pool, user, PURPOSE, channels[0], R.sets_new_password)
    user = call.change(user, R.reset_requires_new_password, status="RESET_REQUIRED")
    return call.reply(R.reset_requires_new_password, with_user(call, pool, user))
