"""Which challenge follows which: the one table that the code walks, the documentation draws and the planner counts.

From the left column, under the condition, comes the right one. START stands for InitiateAuth and AdminInitiateAuth,
TOKENS for the end. The code cannot take an edge that is not here: `edge` knows no other.
"""

from __future__ import annotations

START, TOKENS = "START", "TOKENS"

AFTER_PASSWORD: tuple[tuple[str, str], ...] = (
    ("temporary", "NEW_PASSWORD_REQUIRED"),
    ("device remembered", "DEVICE_SRP_AUTH"),
    ("software token", "SOFTWARE_TOKEN_MFA"),
    ("text message", "SMS_MFA"),
    ("e-mail", "EMAIL_OTP"),
    ("several factors, none preferred", "SELECT_MFA_TYPE"),
    ("MFA required and nothing for it", "MFA_SETUP"),
    ("no second factor", TOKENS),
)
"""What follows a password that is right, in this order: the first condition that holds decides."""


def _after_password(start: str, prefix: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((start, f"{prefix}{condition}", end) for condition, end in AFTER_PASSWORD)


EDGES: tuple[tuple[str, str, str], ...] = (
    # what the flow asks first
    (START, "USER_SRP_AUTH, or USER_AUTH that prefers PASSWORD_SRP", "PASSWORD_VERIFIER"),
    (START, "USER_AUTH without a usable preference", "SELECT_CHALLENGE"),
    (START, "USER_AUTH prefers PASSWORD and brings none", "PASSWORD"),
    (START, "USER_AUTH prefers PASSWORD_SRP and brings no SRP_A", "PASSWORD_SRP"),
    (START, "USER_AUTH prefers EMAIL_OTP", "EMAIL_OTP"),
    (START, "USER_AUTH prefers SMS_OTP", "SMS_OTP"),
    (START, "USER_AUTH prefers WEB_AUTHN", "WEB_AUTHN"),
    # first factors that were chosen
    ("SELECT_CHALLENGE", "PASSWORD_SRP", "PASSWORD_VERIFIER"),
    ("SELECT_CHALLENGE", "EMAIL_OTP", "EMAIL_OTP"),
    ("SELECT_CHALLENGE", "SMS_OTP", "SMS_OTP"),
    ("SELECT_CHALLENGE", "WEB_AUTHN", "WEB_AUTHN"),
    ("PASSWORD_SRP", "SRP_A", "PASSWORD_VERIFIER"),
    # a password that is right
    *_after_password(START, "password right, "),
    *_after_password("PASSWORD_VERIFIER", ""),
    *_after_password("SELECT_CHALLENGE", "PASSWORD, right, "),
    *_after_password("PASSWORD", "right, "),
    *(
        edge
        for edge in _after_password("NEW_PASSWORD_REQUIRED", "")
        if edge[2] not in ("NEW_PASSWORD_REQUIRED", "DEVICE_SRP_AUTH")
    ),
    # second factors
    ("SELECT_MFA_TYPE", "software token chosen", "SOFTWARE_TOKEN_MFA"),
    ("SELECT_MFA_TYPE", "text message chosen", "SMS_MFA"),
    ("SELECT_MFA_TYPE", "e-mail chosen", "EMAIL_OTP"),
    ("MFA_SETUP", "software token verified", TOKENS),
    ("SOFTWARE_TOKEN_MFA", "right code", TOKENS),
    ("SMS_MFA", "right code", TOKENS),
    ("EMAIL_OTP", "right code", TOKENS),
    ("SMS_OTP", "right code", TOKENS),
    ("WEB_AUTHN", "passkey of the user", TOKENS),
    ("DEVICE_SRP_AUTH", "SRP_A", "DEVICE_PASSWORD_VERIFIER"),
    ("DEVICE_PASSWORD_VERIFIER", "device proves itself", TOKENS),
)

TRIGGER_EDGES: tuple[tuple[str, str, str], ...] = (
    (START, "CUSTOM_AUTH with SRP_A", "PASSWORD_VERIFIER"),
    (START, "CUSTOM_AUTH", "CUSTOM_CHALLENGE"),
    ("PASSWORD_VERIFIER", "CUSTOM_AUTH", "CUSTOM_CHALLENGE"),
    ("CUSTOM_CHALLENGE", "trigger asks again", "CUSTOM_CHALLENGE"),
    ("CUSTOM_CHALLENGE", "trigger is content", TOKENS),
)
"""What the Lambda triggers of a pool decide; the model follows functions that it knows (`functions`)."""

PAIRS = frozenset((start, end) for start, _, end in (*EDGES, *TRIGGER_EDGES))
_EVENTS = {(start, end): f"edge:{start}->{end}" for start, end in PAIRS}


def edge(start: str, end: str) -> str:
    """The event that taking an edge is noted as. Raises KeyError for an edge that the table does not have."""
    return _EVENTS[start, end]


def as_mermaid() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2"]
    for start, condition, end in (*EDGES, *TRIGGER_EDGES):
        left = "[*]" if start == START else start
        right = "[*]" if end == TOKENS else end
        lines.append(f"  {left} --> {right}: {condition}")
    return "\n".join(lines)


def as_page() -> str:
    """The page of the documentation that draws the table."""
    return f"""# Which challenge follows which

Drawn from `cognito_model.challenge_table`, which the model walks: it can take no other edge, and the machines take every
one. What CUSTOM_AUTH leads to is decided by a pool's Lambda triggers; the model follows them where the target offers
[functions that it knows](triggers.md), and takes any answer of others.

```mermaid
{as_mermaid()}
```
"""


if __name__ == "__main__":
    print(as_page(), end="")
