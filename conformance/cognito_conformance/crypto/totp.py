"""Codes of software tokens: RFC 6238 with HMAC-SHA1, 6 digits, steps of 30 seconds (fact totp-parameters)."""

from __future__ import annotations

import pyotp

from cognito_conformance.crypto.octets import same

STEP = 30
"""Seconds that a code lasts."""


class _Token(pyotp.TOTP):
    # pyotp refuses secrets below 112 bits; emulators hand out shorter ones, and a user's app takes them.
    min_secret_length_bits = 0


def step_of(at: float) -> int:
    """The number of the step that the epoch second `at` lies in."""
    return int(at // STEP)


def code(secret: str, at: float, step_offset: int = 0) -> str:
    """The six digits of the base32 `secret` at the epoch second `at`, `step_offset` steps later or earlier.

    Raises ValueError where `secret` is not base32 or the step lies before 1970.
    """
    return _Token(secret).at(int(at), counter_offset=step_offset)


def matching_step(secret: str, given: str, at: float, window: int = 1) -> int | None:
    """The number of the step whose code `given` is, at most `window` steps from the second `at`; or None.

    It says which code was used, so that a second use can be refused (fact mfa-totp-code-reuse).
    Raises ValueError where `secret` is not base32.
    """
    now = step_of(at)
    for step in range(max(now - window, 0), now + window + 1):
        if same(code(secret, step * STEP), given):
            return step
    return None
