"""The person whom a walk begins with: confirmed, with contacts, and in some walks with second factors.

What these calls lead to would take a random walk hundreds of calls. Where one does not go as it should, the preparation
ends there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cognito_conformance.machines import preparation as make

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.machines.walk import Walk


@dataclass(frozen=True, slots=True)
class Person:
    """Who can be made by these calls, and what the pool must have: of each group of `factors` one, and the rest.

    The factors are called "token", "text" and "mail"; `aliases` are addresses that stand for a user name, `names`
    that everybody must have one, `essentials` is the tier that is at least needed, and `sets_up` says that the pool
    requires a software token; who signs in `often` needs a client that lets everybody do so.
    """

    calls: tuple[Callable[[Walk], bool], ...] = ()
    factors: tuple[tuple[str, ...], ...] = ()
    aliases: bool = False
    names: bool = False
    essentials: bool = False
    sets_up: bool = False
    devices: bool = False
    passkeys: bool = False
    often: bool = False

    @property
    def signs_in_specially(self) -> bool:
        """Whether the person has more than a password to sign in with, or does so often."""
        return bool(self.factors or self.devices or self.passkeys or self.often)


_CONFIRMED = (make.create, make.confirm)
_APP = (*_CONFIRMED, make.sign_in, make.set_up_software_token)
KNOWN: dict[str, Person] = {
    "nobody": Person(),
    "temporary": Person((make.create_incomplete,), names=True),
    "confirmed": Person(_CONFIRMED),
    "namesakes": Person((*_CONFIRMED, make.create_namesake, make.confirm, make.sign_in), aliases=True),
    "several sessions": Person(
        (*_CONFIRMED, make.track_sessions, make.sign_in, make.sign_in, make.list_sessions), essentials=True
    ),
    "former sessions": Person(
        (
            *_CONFIRMED,
            make.track_sessions,
            make.sign_in,
            make.delete,
            *_CONFIRMED,
            make.sign_in,
            make.sign_out,
            make.sign_in,
            make.disable,
            make.enable,
            make.sign_in,
            make.list_sessions,
            make.end_session,
            make.sign_in,
            make.revoke,
            make.sign_in,
        ),
        essentials=True,
        often=True,
    ),
    "many of each": Person(
        (
            *_CONFIRMED,
            make.form_groups,
            make.set_resources_up,
            make.create_namesake,
            make.confirm,
            make.join_groups,
            make.sign_in,
        ),
        often=True,
    ),
    "linked": Person((*_CONFIRMED, make.link_identities)),
    "two factors": Person((*_APP, make.turn_factors_on), (("token",), ("text", "mail"))),
    "disabled meanwhile": Person(
        (*_CONFIRMED, make.ask, make.disable, make.answer, make.answer), (("token",),), sets_up=True
    ),
    "no software token": Person(_CONFIRMED, (("token",),), sets_up=True),
    "software token": Person((*_APP, make.prefer_software_token), (("token",),)),
    "text messages": Person((*_CONFIRMED, make.prefer_text_message), (("text",),)),
    "e-mail factor": Person((*_CONFIRMED, make.prefer_email), (("mail",),)),
    "remembered device": Person(
        (
            *_CONFIRMED,
            make.sign_in,
            make.confirm_device,
            make.remember_device,
            make.set_up_software_token,
            make.prefer_software_token,
        ),
        (("token",),),
        devices=True,
    ),
    "passkey": Person((*_CONFIRMED, make.sign_in, make.start_passkey, make.complete_passkey), passkeys=True),
}
_FACTORS = (
    "two factors",
    "disabled meanwhile",
    "no software token",
    "software token",
    "text messages",
    "e-mail factor",
)
PERSONS: dict[str, tuple[str, ...]] = {
    "listing": ("nobody", "nobody", "many of each"),
    "life cycle": ("nobody", "nobody", "confirmed"),
    "passwords": ("nobody", "confirmed"),
    "attributes": ("nobody", "confirmed", "namesakes"),
    "sign-in": ("nobody", "nobody", "confirmed", "confirmed", "software token", "remembered device"),
    "tokens": ("nobody", "confirmed", "former sessions"),
    "sessions": ("confirmed", "confirmed", "several sessions"),
    "challenges": (
        "nobody",
        "temporary",
        "confirmed",
        "confirmed",
        *_FACTORS,
        "remembered device",
        "passkey",
    ),
    "mfa": ("nobody", "confirmed", *_FACTORS),
    "devices": ("confirmed", "remembered device", "remembered device"),
    "passkeys": ("confirmed", "passkey"),
    "resources": ("nobody", "nobody", "confirmed", "confirmed", "linked"),
}
"""Who may be there, by area; nobody in any other."""


def prepare(walk: Walk, person: str) -> None:
    """Make the calls that such a person takes, as far as the pool and the target let them go well."""
    for call in KNOWN[person].calls:
        if walk.ended or walk.subject.pool not in walk.judge.world.pools or not call(walk):
            return
