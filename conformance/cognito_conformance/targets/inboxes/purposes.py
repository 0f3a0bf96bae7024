"""Options that differ by the purpose of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PURPOSES = frozenset({"sign-up", "forgot-password", "verify", "mfa", "otp", "invitation"})
ANY = "*"


def check_purposes(options: Mapping[str, str]) -> str | None:
    """What is wrong with the keys of a table by purpose, or nothing."""
    for name in options:
        if name != ANY and name.partition(":")[0] not in PURPOSES:
            return f"there is no purpose {name!r}; there are {', '.join(sorted(PURPOSES))} and {ANY!r}"
    return None


def for_purpose(options: Mapping[str, str], purpose: str) -> str | None:
    """The option for a purpose: under its whole name, under the part before ":", or under "*".

    An invitation carries a password, and so "*", which is meant for codes, is not for it.
    """
    named = options.get(purpose) or options.get(purpose.partition(":")[0])
    return named or (None if purpose == "invitation" else options.get(ANY))


def scripted(options: Mapping[str, str]) -> str:
    """Lines of a script, in a function that knows `purpose`, which find the same and call it `found`."""
    return (
        f"    options = {dict(options)!r}\n"
        f"    other = None if purpose == 'invitation' else options.get({ANY!r})\n"
        "    found = options.get(purpose) or options.get(purpose.partition(':')[0]) or other\n"
    )
