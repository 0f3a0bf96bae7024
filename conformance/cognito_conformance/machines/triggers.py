"""Pools with Lambda triggers, on targets that offer functions for them; drawn from dice of their own, after all else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cognito_conformance.machines import profiles
from cognito_conformance.machines.dice import Dice
from cognito_model.functions import (
    AUTO_CONFIRM,
    AUTO_VERIFY,
    CUSTOM_CHALLENGE,
    CUSTOM_SENDER,
    DENY,
    SENDER_KEY,
)
from cognito_model.operations.custom_auth import CREATE, TRIGGERS
from cognito_model.terms import Function

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cognito_conformance.machines.profiles import Profile

Roles = dict[str, str]
"""The role of a function, by the trigger that it runs for."""

_CUSTOM: Roles = dict.fromkeys(TRIGGERS, CUSTOM_CHALLENGE)
_SENT: Roles = {"CustomEmailSender": CUSTOM_SENDER, "KMSKeyID": SENDER_KEY}
_DENIED: Roles = {"PreAuthentication": DENY}
SIGN_IN = ("PreAuthentication", *TRIGGERS)
SEVERAL = 6
"""One pool in so many of these areas has triggers."""
BY_AREA: Mapping[str, tuple[Roles, ...]] = {
    "life cycle": (
        *({"PreSignUp": AUTO_CONFIRM}, {"PreSignUp": AUTO_VERIFY}) * 2,
        {"PreSignUp": DENY},
        _SENT,
    ),
    "sign-in": (_DENIED, _CUSTOM),
    "challenges": (_CUSTOM, {**_CUSTOM, **_SENT}, {**_CUSTOM, **_SENT}, {**_CUSTOM, CREATE: DENY}),
}
_SALT = 2**64
"""Seeds are smaller: so no pool is drawn from the same dice as its triggers."""


def draw(
    seed: int, area: str, *, sms: bool = True, email: bool = True, functions: Collection[str] = ()
) -> Profile:
    """The profile that `seed` chooses (see `profiles.draw`), with triggers perhaps where the target has `functions`."""
    profile = profiles.draw(seed, area, sms=sms, email=email)
    possible = [roles for roles in BY_AREA.get(area, ()) if set(roles.values()) <= set(functions)]
    dice = Dice.of(seed + _SALT)
    if not possible or dice.pick(range(SEVERAL)):
        return profile
    return with_triggers(profile, dice.pick(possible))


def with_triggers(profile: Profile, roles: Roles) -> Profile:
    """The profile with these triggers; where they run at sign-ins, somebody is there who signs in with a password alone.

    What second factors and devices make of custom challenges is not settled, and nobody has them.
    """
    config: profiles.Params = {trigger: Function(role) for trigger, role in roles.items()}
    pool = {**profile.pool, "LambdaConfig": config}
    if "CustomEmailSender" in roles:
        config["CustomEmailSender"] = {"LambdaVersion": "V1_0", "LambdaArn": config["CustomEmailSender"]}
        pool["AutoVerifiedAttributes"] = ["email"]
        pool.pop("UserAttributeUpdateSettings", None)
    if not set(roles) & set(SIGN_IN):
        return replace(profile, pool=pool)
    pool.pop("DeviceConfiguration", None)
    first, *others = profile.clients
    first = {**first, "ExplicitAuthFlows": list(profiles.ALLOW_ALL)}
    return replace(profile, pool=pool, clients=(first, *others), mfa=None, person="confirmed")
