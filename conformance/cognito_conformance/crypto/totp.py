"""RFC 6238 codes."""

import hmac

import pyotp


def code(secret: str, at: float, step_offset: int = 0) -> str:
    """The code of a base32 secret at an epoch second."""
    return str(pyotp.TOTP(secret).at(int(at), step_offset))


def matching_step(secret: str, given: str, at: float, window: int = 1) -> int | None:
    """The absolute step within `window` whose code this is, or None."""
    current = int(at // 30)
    for step in range(current - window, current + window + 1):
        if hmac.compare_digest(code(secret, step * 30).encode(), given.encode()):
            return step
    return None
