"""AdminSetUserPassword, AdminResetUserPassword, ForgotPassword, ConfirmForgotPassword, ChangePassword."""

from __future__ import annotations

from typing import Any

from cognito_model import delivery, passwords
from cognito_model.call import Call, operation
from cognito_model.expect import Because, OneOf, Pattern
from cognito_model.operations.common import check_secret_hash, need_client, need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.outcome import Outcome
from cognito_model.requirement import Requirement
from cognito_model.requirements import confirmation as confirm_R
from cognito_model.requirements import passwords as passwords_R
from cognito_model.requirements import recovery as R
from cognito_model.world import Pool, User

SIMULATED = OneOf.of(
    {"Destination": Pattern(r".*\*.*", "u***@y***"), "DeliveryMedium": "EMAIL", "AttributeName": "email"},
    {"Destination": Pattern(r".*\*.*", "+*******4821"), "DeliveryMedium": "SMS", "AttributeName": "phone_number"},
)
"""Delivery details for nobody (fact fp-unknown-enabled-simulated-stable)."""
MECHANISM = {"verified_email": "email", "verified_phone_number": "phone_number"}


def check_new(call: Call, pool: Pool, user: User, password: Any) -> None:
    """Refuse a new password that breaks the policy or that its history remembers."""
    wrong = passwords.violations(pool, password)
    call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
    size = passwords.policy(pool).get("PasswordHistorySize") or 0
    if size:
        former = [*user.former_passwords, user.password][-size:]
        call.refuse_if(any(call.same(password, old) for old in former if old), R.password_is_not_reused)


def with_password(call: Call, user: User, because: Requirement, password: Any, status: str) -> User:
    """The user with a new password and status, and the old password among the former ones."""
    former = (*user.former_passwords, user.password)[-24:] if user.password else user.former_passwords
    changed = call.change(user, because, password=password)
    return call.change(
        changed, because, status=status, former_passwords=former, failures=0, temporary_since=call.now
    )


@operation("AdminSetUserPassword")
def admin_set_user_password(call: Call) -> Outcome:
    """An administrator sets a password, for good or for one sign-in."""
    pool = need_pool(call)
    user = need_user(call, pool)
    if call.Permanent:
        check_new(call, pool, user, call.Password)
        user = with_password(call, user, R.sets_permanent_password, call.Password, "CONFIRMED")
        return call.reply(R.sets_permanent_password, with_user(call, pool, user))
    wrong = passwords.violations(pool, call.Password)
    call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
    user = with_password(call, user, R.sets_temporary_password, call.Password, "FORCE_CHANGE_PASSWORD")
    return call.reply(R.sets_temporary_password, with_user(call, pool, user))


@operation("AdminResetUserPassword")
def admin_reset_user_password(call: Call) -> Outcome:
    """An administrator makes a user choose a new password, with a code that is sent now."""
    pool = need_pool(call)
    user = need_user(call, pool)
    call.refuse_if(not user.enabled, R.reset_only_enabled)
    call.tolerate_if(user.status in ("FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "RESET_REQUIRED"), R.reset_in_this_state)
    channels = recovery_channels(pool, user)
    if not channels:
        call.refuse_if(True, R.reset_needs_recovery)
        call.refuse_if(user.status != "CONFIRMED", R.reset_in_this_state)
        user = call.change(user, R.reset_requires_new_password, status="RESET_REQUIRED")
        return call.reply(R.reset_requires_new_password, with_user(call, pool, user))
    message = call.send(pool, user, "forgot-password", channels[0], delivery.MEDIUM[channels[0]], user.attributes[channels[0]])
    user = call.change(user, R.reset_requires_new_password, status="RESET_REQUIRED")
    user = call.change(
        user, R.reset_requires_new_password, codes=delivery.with_code(user.codes, "forgot-password", message)
    )
    return call.reply(R.reset_requires_new_password, with_user(call, pool, user))


@operation("ForgotPassword")
def forgot_password(call: Call) -> Outcome:
    """A user asks for a code to set a new password with."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = pool.find(call.Username)
    call.refuse_if(user is None and not client.hides_users, R.unknown_user_is_named)
    channels = recovery_channels(pool, user) if user is not None else []
    if user is not None and not client.hides_users:
        call.refuse_if(not user.enabled, R.disabled_user_stays_out)
        call.refuse_if(user.status == "FORCE_CHANGE_PASSWORD", R.first_password_is_no_reset)
        only_admin = _mechanisms(pool) == ["admin_only"]
        call.refuse_if(only_admin, R.only_admins_recover)
        call.refuse_if(not channels and not only_admin, R.contact_is_verified)
    works = user is not None and user.enabled and user.status in ("CONFIRMED", "RESET_REQUIRED") and channels
    if not works or user is None:
        call.tolerate_if(True, R.simulation_may_alternate)
        call.tolerate_if(user is not None and not channels, R.contact_is_verified)
        call.tolerate_if(user is not None, R.first_password_is_no_reset)
        call.tolerate_if(_mechanisms(pool) == ["admin_only"], R.only_admins_recover)
        return call.reply(R.unknown_user_is_simulated, CodeDeliveryDetails=SIMULATED)
    call.tolerate_if(len(user.codes.get("forgot-password", ())) >= 3, confirm_R.attempts_are_limited)
    first = channels[0]
    message = call.send(pool, user, "forgot-password", first, delivery.MEDIUM[first], user.attributes[first])
    user = call.change(user, R.sends_code, codes=delivery.with_code(user.codes, "forgot-password", message))
    details: Any = delivery.details(first, user.attributes[first])
    if len(channels) > 1 and not _mechanisms(pool):
        # Which comes first by default is not settled (pool-default-account-recovery-present, fp-legacy-recovery-order).
        details = OneOf.of(*(delivery.details(name, user.attributes[name]) for name in channels))
    return call.reply(
        R.sends_code,
        call.world.with_pool(pool.put(user=user)),
        CodeDeliveryDetails=Because(details, R.takes_first_verified),
    )


def _mechanisms(pool: Pool) -> list[str]:
    """The recovery mechanisms that the pool was given, by priority; [] where it was given none."""
    setting = pool.settings.get("AccountRecoverySetting") or {}
    listed = sorted(setting.get("RecoveryMechanisms") or [], key=lambda mechanism: mechanism["Priority"])
    return [mechanism["Name"] for mechanism in listed]


def recovery_channels(pool: Pool, user: User) -> list[str]:
    """The attributes of the user that can carry a recovery code, the preferred one first."""
    names = [MECHANISM[name] for name in _mechanisms(pool) if name in MECHANISM]
    if not _mechanisms(pool):
        names = ["email", "phone_number"]
    usable = [name for name in names if user.verified(name) and user.has(name)]
    mfa = {"email": "EMAIL_OTP", "phone_number": "SMS_MFA"}
    if _mechanisms(pool):
        usable = [name for name in usable if mfa[name] not in user.mfa.enabled]
    return usable


@operation("ConfirmForgotPassword")
def confirm_forgot_password(call: Call) -> Outcome:
    """A user sets a new password with the code of ForgotPassword or AdminResetUserPassword."""
    pool, client = need_client(call)
    check_secret_hash(call, client, call.Username, call.SecretHash)
    user = pool.find(call.Username)
    if user is None:
        wrong = passwords.violations(pool, call.Password)
        call.refuse_if(wrong, passwords_R.password_keeps_policy, *wrong[:1])
        call.refuse(R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_not_found)
    sent = user.codes.get("forgot-password", ())
    message = delivery.matching(call, user, "forgot-password", call.ConfirmationCode)
    check_new(call, pool, user, call.Password)
    odd = user.status in ("UNCONFIRMED", "FORCE_CHANGE_PASSWORD") or not user.enabled
    if not sent:
        call.refuse_if(True, R.code_was_sent)
        call.refuse_if(odd, R.unconfirmed_user_waits)
    elif message is None:
        call.refuse_if(True, R.code_matches)
        call.refuse_if(odd, R.unconfirmed_user_waits)
        call.refuse_if(delivery.expired(call, sent[-1]), R.code_is_fresh)
    else:
        call.refuse_if(delivery.expired(call, message), R.code_is_fresh)
        call.tolerate_if(len(sent) > 1, R.one_code_counts)
        call.tolerate_if(odd, R.unconfirmed_user_waits)
        call.tolerate_if(not user.enabled, R.unknown_user_is_hidden)
    status = "CONFIRMED" if user.status in ("RESET_REQUIRED", "CONFIRMED") else user.status
    user = with_password(call, user, R.sets_new_password, call.Password, status)
    user = call.change(
        user, R.sets_new_password, codes={k: v for k, v in user.codes.items() if k != "forgot-password"}
    )
    return call.reply(R.sets_new_password, with_user(call, pool, user))


@operation("ChangePassword")
def change_password(call: Call) -> Outcome:
    """A signed-in user sets a new password, knowing the former one."""
    pool, user, _, _ = need_token(call)
    has_one = user.password is not None
    call.refuse_if(has_one and call.PreviousPassword is None, R.former_password_is_given)
    given = call.PreviousPassword is not None
    call.refuse_if(
        has_one and given and not call.same(call.PreviousPassword, user.password), R.former_password_matches
    )
    check_new(call, pool, user, call.ProposedPassword)
    odd = user.status in ("RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", "UNCONFIRMED")
    if odd and call.refusals:
        call.refuse_if(True, R.state_allows_change)
    call.tolerate_if(odd, R.state_allows_change)
    call.tolerate_if(len(user.former_passwords) >= 4, confirm_R.attempts_are_limited)
    user = with_password(call, user, R.changes_password, call.ProposedPassword, user.status)
    return call.reply(R.changes_password, with_user(call, pool, user))
