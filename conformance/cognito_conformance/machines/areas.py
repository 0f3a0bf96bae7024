"""The areas of the suite, each with commands and kinds of pools of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cognito_conformance.machines import profiles, triggers

AREAS = (
    "life cycle",
    "passwords",
    "attributes",
    "groups",
    "listing",
    "sign-in",
    "tokens",
    "challenges",
    "mfa",
    "devices",
    "passkeys",
    "sessions",
    "pools",
    "clients",
    "resources",
)


def area_of(seed: int) -> str:
    """The area that a seed belongs to: all have their share."""
    return AREAS[seed % len(AREAS)]


def drawn(
    seed: int,
    areas: Sequence[str],
    *,
    sms: bool = True,
    email: bool = True,
    functions: Collection[str] = (),
) -> profiles.Profile:
    """The profile that a seed chooses for a walk through these areas: the same whichever they are, if its own is one."""
    area = area_of(seed)
    chosen = area if area in areas else areas[seed % len(areas)]
    return triggers.draw(seed, chosen, sms=sms, email=email, functions=functions)
