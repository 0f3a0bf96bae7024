"""Passwords against a pool's policy."""

from __future__ import annotations

from typing import Any

from cognito_model.world import Pool

SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")


def policy(pool: Pool) -> dict[str, Any]:
    """The pool's PasswordPolicy, as PasswordPolicyType members."""
    found: dict[str, Any] = pool.settings["Policies"]["PasswordPolicy"]
    return found


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
