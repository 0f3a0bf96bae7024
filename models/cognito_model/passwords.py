"""Passwords against a pool's policy, and against those that a user had before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.requirements import passwords as R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.world import Pool, User

SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")
PREFIX = {
    "SignUp": "Password did not conform with policy: ",
    "AdminCreateUser": "Password did not conform with password policy: ",
}
"""How an operation's refusal begins (fact signup-pw-message-prefix)."""
OTHER_PREFIX = "Password does not conform to policy: "
HISTORY_MAX = 24


def policy(pool: Pool) -> dict[str, Any]:
    """The pool's PasswordPolicy, as PasswordPolicyType members."""
    found: dict[str, Any] = pool.settings["Policies"]["PasswordPolicy"]
    return found


def history_size(pool: Pool) -> int:
    """PasswordHistorySize: how many former passwords may not come again; 0 for no such rule."""
    return int(policy(pool).get("PasswordHistorySize") or 0)


def violations(pool: Pool, password: Any) -> list[str]:
    """What the policy has against a password, in Cognito's words and order (length first); [] for a good one.

    A term stands for a password that the service itself made, and so for a good one.
    """
    if not isinstance(password, str):
        return []
    rules = policy(pool)
    wrong = []
    if len(password) < rules.get("MinimumLength", 8):
        wrong.append("Password not long enough")
    if rules.get("RequireUppercase") and not any(c.isascii() and c.isupper() for c in password):
        wrong.append("Password must have uppercase characters")
    if rules.get("RequireLowercase") and not any(c.isascii() and c.islower() for c in password):
        wrong.append("Password must have lowercase characters")
    if rules.get("RequireNumbers") and not any(c.isascii() and c.isdigit() for c in password):
        wrong.append("Password must have numeric characters")
    if rules.get("RequireSymbols") and not SYMBOLS.intersection(password):
        wrong.append("Password must have symbol characters")
    return wrong


def check(call: Call, pool: Pool, password: Any) -> None:
    """Refuse a password that breaks the policy, for the first of its faults (fact pw-one-violation)."""
    wrong = violations(pool, password)
    prefix = PREFIX.get(call.operation, OTHER_PREFIX)
    call.refuse_if(wrong, R.password_keeps_policy, *(prefix + fault for fault in wrong[:1]))


def check_new(call: Call, pool: Pool, user: User, password: Any) -> None:
    """Refuse a new password that breaks the policy, or that the pool's history remembers of the user."""
    check(call, pool, password)
    size = history_size(pool)
    if not size:
        return
    # Whether the present password is among the `size`, and whether temporary ones are, is not settled.
    surely = [old for old in user.former_passwords[::-1][: size - 1] if old not in user.temporary_passwords]
    perhaps = (*user.former_passwords[-size:], user.password)
    call.refuse_if(_among(call, password, surely), R.password_is_not_reused)
    call.tolerate_if(_among(call, password, perhaps), R.password_is_not_reused)


def _among(call: Call, password: Any, known: Any) -> bool:
    return any(old is not None and call.same(password, old) for old in known)
