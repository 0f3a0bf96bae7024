"""The password as first factor: who may prove it, what a wrong one does, and which users may not sign in at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import passwords
from cognito_model.evolve import replace
from cognito_model.requirements import devices as devices_R
from cognito_model.requirements import sign_in as R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.requirement import Requirement
    from cognito_model.world import Client, Pool, User

LOCK_AFTER = 5
"""Failures from which on a lock is right (fact lockout-documented-formula); one is never demanded."""
LIKELY_LOCK = 8
"""Failures from which on no recording speaks against it (fact lockout-not-seen-after-seven-failures)."""
LONGEST_LOCK = 900
DEFAULT_TEMPORARY_DAYS = 7


def with_password(call: Call, pool: Pool, client: Client, user: User | None, password: Any) -> User:
    """The user, whom the password proves; any other case is refused, and a failure is counted."""
    if user is None:
        call.refuse(R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named)
    if user.password is None or not call.same(password, user.password):
        fail(call, pool, client, user, why_wrong(call, user, password))
    check_state(call, pool, client, user)
    check_lock(call, user)
    call.settle()
    return user


def check_lock(call: Call, user: User) -> None:
    """Tolerate that a right password or proof is refused after many failures."""
    locked = is_locked(call, user)
    call.tolerate_if(user.failures >= LOCK_AFTER, R.lockout, likely=locked, foremost=locked)


def is_locked(call: Call, user: User) -> bool:
    """Whether the user is locked by the formula of the documentation: twice as long with each failure."""
    seconds = min(2.0 ** (user.failures - LOCK_AFTER), LONGEST_LOCK)
    return user.failures >= LIKELY_LOCK and call.now < user.failed_at + seconds


def why_wrong(call: Call, user: User, password: Any) -> Requirement:
    """Which requirement a wrong password is about: where it is a former one, that of the change which ended it."""
    if user.password is None:
        return R.user_has_password
    cause = user.causes.get("password")
    is_former = any(old is not None and call.same(password, old) for old in user.former_passwords)
    return cause if is_former and cause is not None and cause.raises else R.password_matches


def fail(call: Call, pool: Pool, client: Client, user: User, because: Requirement) -> None:
    """Refuse a wrong password or proof, which the service remembers."""
    call.note(f"wrong:{user.status}")
    check_lock(call, user)
    call.tolerate_if(
        user.status == "UNCONFIRMED",
        R.unconfirmed_may_be_told,
        "User is not confirmed.",
        likely=not client.hides_users,
        foremost=not client.hides_users,
    )
    call.refuse_if(True, because, *(() if because.says else ("Incorrect username or password.",)))
    call.refuse_if(not user.enabled, R.user_is_enabled)
    call.refuse_if(user.status == "EXTERNAL_PROVIDER", R.federated_user_has_no_password)
    remember_failure(call, pool, user)
    call.settle()


def remember_failure(call: Call, pool: Pool, user: User) -> None:
    """Count a failed attempt, if the call is refused; what is refused during a lock makes it no longer."""
    if not is_locked(call, user):
        user = replace(user, failures=user.failures + 1, failed_at=call.now)
    call.remember(call.world.with_pool(pool.put(user=user)))


def check_state(call: Call, pool: Pool, client: Client, user: User) -> None:
    """Refuse a user whose password is right and who may not sign in all the same."""
    call.note(f"status:{user.status}")
    if user.status == "CONFIRMED" and "status" in user.causes:
        # Whoever made the user CONFIRMED is to blame where the sign-in finds another status.
        for error in ("UserNotConfirmedException", "PasswordResetRequiredException"):
            call.suspect(error, user.causes["status"])
    call.refuse_if(not user.enabled, R.user_is_enabled)
    call.refuse_if(user.status == "UNCONFIRMED", R.user_is_confirmed)
    call.refuse_if(user.status == "EXTERNAL_PROVIDER", R.federated_user_has_no_password)
    if user.status == "RESET_REQUIRED":
        call.refuse_if(True, R.reset_comes_first)
        call.tolerate_if(client.hides_users, R.reset_may_be_hidden)
    moments = temporary_runs_out(pool, user)
    call.refuse_if(moments and call.now > max(moments), R.temporary_password_is_fresh)
    call.tolerate_if(moments and call.now > min(moments), R.temporary_password_is_fresh)


def temporary_runs_out(pool: Pool, user: User) -> list[float]:
    """When the user's temporary password grows older than the policy allows: at one of these moments.

    One edition of the guide says that an administrator who writes an attribute lets the user in again, the later ones
    do not (fact temp-password-renewed-by-update).
    """
    if user.status != "FORCE_CHANGE_PASSWORD" or user.temporary_since is None:
        return []
    days = passwords.policy(pool).get("TemporaryPasswordValidityDays") or DEFAULT_TEMPORARY_DAYS
    starts = {user.temporary_since, max(user.temporary_since, user.perhaps_renewed or 0.0)}
    return sorted(start + days * 86400 for start in starts)


def check_device(call: Call, pool: Pool, key: Any) -> None:
    """A device key in a pool that tracks no devices may be refused or ignored."""
    call.tolerate_if(
        key is not None and not pool.settings.get("DeviceConfiguration"), devices_R.tracking_is_on
    )
