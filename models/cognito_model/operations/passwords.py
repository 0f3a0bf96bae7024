"""AdminSetUserPassword and ChangePassword, and what a new password does to its user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attempts, passwords
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.requirements import passwords as passwords_R
from cognito_model.requirements import recovery as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement
    from cognito_model.world import User

FORCED = "FORCE_CHANGE_PASSWORD"


def with_password(call: Call, user: User, because: Requirement, password: Any, status: str) -> User:
    """The user with a new password and status, and the old password among the former ones."""
    user = remembering(call, user)
    user = call.change(user, because, password=password)
    user = call.change(user, because, status=status)
    return replace(user, failures=0, temporary_since=call.now)


def remembering(call: Call, user: User) -> User:
    """The user with the present password among the former ones."""
    if user.password is None:
        return user
    former = (*user.former_passwords, user.password)[-passwords.HISTORY_MAX :]
    if user.status == FORCED:
        # Whether a temporary password is remembered is not settled, and so it shows to nobody that it is.
        temporary = (*user.temporary_passwords, user.password)[-passwords.HISTORY_MAX :]
        return replace(user, former_passwords=former, temporary_passwords=temporary)
    return call.change(user, passwords_R.password_is_not_reused, former_passwords=former)


@operation("AdminSetUserPassword")
def admin_set_user_password(call: Call) -> Outcome:
    """An administrator sets a password, for good or for one sign-in."""
    pool = need_pool(call)
    user = need_user(call, pool)
    call.note(f"set-password:{user.status}{'' if call.Permanent else ':temporary'}")
    if call.Permanent:
        passwords.check_new(call, pool, user, call.Password)
        user = with_password(call, user, R.sets_permanent_password, call.Password, "CONFIRMED")
        return call.reply(R.sets_permanent_password, with_user(call, pool, user))
    passwords.check(call, pool, call.Password)
    former = (*user.former_passwords, user.password) if passwords.history_size(pool) else ()
    call.tolerate_if(call.Password in former, passwords_R.password_is_not_reused)
    user = with_password(call, user, R.sets_temporary_password, call.Password, FORCED)
    return call.reply(R.sets_temporary_password, with_user(call, pool, user))


@operation("ChangePassword")
def change_password(call: Call) -> Outcome:
    """A signed-in user sets a new password, knowing the former one."""
    pool, user, _, _ = need_token(call)
    user = attempts.count(call, pool, user)
    given = call.PreviousPassword
    if user.password is None:
        call.tolerate_if(given is not None, R.former_password_matches)
    else:
        call.refuse_if(given is None, R.former_password_is_given)
        call.refuse_if(given is not None and not call.same(given, user.password), R.former_password_matches)
    passwords.check_new(call, pool, user, call.ProposedPassword)
    user = with_password(call, user, R.changes_password, call.ProposedPassword, user.status)
    return call.reply(R.changes_password, with_user(call, pool, user))
