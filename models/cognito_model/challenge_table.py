"""Which challenge follows which: the one table that the code walks, the documentation draws and the planner counts.

From the left column, under the condition, comes the right one. START stands for InitiateAuth and AdminInitiateAuth,
TOKENS for the end. What must be done before anything else stands first.
"""

from __future__ import annotations

START, TOKENS = "START", "TOKENS"

EDGES: tuple[tuple[str, str, str], ...] = (
    (START, "USER_SRP_AUTH", "PASSWORD_VERIFIER"),
    (START, "USER_AUTH without a usable preference", "SELECT_CHALLENGE"),
    (START, "USER_AUTH, prefers PASSWORD_SRP", "PASSWORD_VERIFIER"),
    (START, "USER_AUTH, prefers EMAIL_OTP", "EMAIL_OTP"),
    (START, "USER_AUTH, prefers SMS_OTP", "SMS_OTP"),
    (START, "password right, temporary", "NEW_PASSWORD_REQUIRED"),
    (START, "password right, device remembered", "DEVICE_SRP_AUTH"),
    (START, "password right, software token", "SOFTWARE_TOKEN_MFA"),
    (START, "password right, text message", "SMS_MFA"),
    (START, "password right, e-mail", "EMAIL_OTP"),
    (START, "password right, several factors", "SELECT_MFA_TYPE"),
    (START, "password right, MFA required and nothing for it", "MFA_SETUP"),
    (START, "password right, no second factor", TOKENS),
    ("PASSWORD_VERIFIER", "temporary password", "NEW_PASSWORD_REQUIRED"),
    ("PASSWORD_VERIFIER", "device remembered", "DEVICE_SRP_AUTH"),
    ("PASSWORD_VERIFIER", "software token", "SOFTWARE_TOKEN_MFA"),
    ("PASSWORD_VERIFIER", "text message", "SMS_MFA"),
    ("PASSWORD_VERIFIER", "e-mail", "EMAIL_OTP"),
    ("PASSWORD_VERIFIER", "several factors", "SELECT_MFA_TYPE"),
    ("PASSWORD_VERIFIER", "MFA required and nothing for it", "MFA_SETUP"),
    ("PASSWORD_VERIFIER", "no second factor", TOKENS),
    ("SELECT_CHALLENGE", "PASSWORD, right, temporary", "NEW_PASSWORD_REQUIRED"),
    ("SELECT_CHALLENGE", "PASSWORD, right, no second factor", TOKENS),
    ("SELECT_CHALLENGE", "PASSWORD_SRP", "PASSWORD_VERIFIER"),
    ("SELECT_CHALLENGE", "EMAIL_OTP", "EMAIL_OTP"),
    ("SELECT_CHALLENGE", "SMS_OTP", "SMS_OTP"),
    ("NEW_PASSWORD_REQUIRED", "software token", "SOFTWARE_TOKEN_MFA"),
    ("NEW_PASSWORD_REQUIRED", "text message", "SMS_MFA"),
    ("NEW_PASSWORD_REQUIRED", "e-mail", "EMAIL_OTP"),
    ("NEW_PASSWORD_REQUIRED", "several factors", "SELECT_MFA_TYPE"),
    ("NEW_PASSWORD_REQUIRED", "MFA required and nothing for it", "MFA_SETUP"),
    ("NEW_PASSWORD_REQUIRED", "no second factor", TOKENS),
    ("SELECT_MFA_TYPE", "software token chosen", "SOFTWARE_TOKEN_MFA"),
    ("SELECT_MFA_TYPE", "text message chosen", "SMS_MFA"),
    ("SELECT_MFA_TYPE", "e-mail chosen", "EMAIL_OTP"),
    ("MFA_SETUP", "software token verified", TOKENS),
    ("SOFTWARE_TOKEN_MFA", "right code", TOKENS),
    ("SMS_MFA", "right code", TOKENS),
    ("EMAIL_OTP", "right code", TOKENS),
    ("SMS_OTP", "right code", TOKENS),
    ("DEVICE_SRP_AUTH", "SRP_A", "DEVICE_PASSWORD_VERIFIER"),
    ("DEVICE_PASSWORD_VERIFIER", "device proves itself", TOKENS),
)

PAIRS = frozenset((start, end) for start, _, end in EDGES)


def edge(start: str, end: str) -> str:
    """The event that taking an edge is noted as."""
    return f"edge:{start}->{end}"


def as_mermaid() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2"]
    for start, condition, end in EDGES:
        left = "[*]" if start == START else start
        right = "[*]" if end == TOKENS else end
        lines.append(f"  {left} --> {right}: {condition}")
    return "\n".join(lines)
