"""What a call exercises, as far as the model can tell: the things whose novelty makes a call worth a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, Bag, Because, Both, Exactly, Including, JsonText, OneOf, Page, Signed

if TYPE_CHECKING:
    from cognito_model.model import Request
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User

Feature = tuple[str, ...]
Weighted = tuple[Feature, float]

SOLE, REFUSED, SUCCESS, SEEN, MEMBER, EVENT, STATE, PAIR, CONFIGURATION = (
    3.0,
    0.7,
    2.0,
    1.5,
    0.7,
    1.0,
    0.3,
    0.3,
    0.1,
)
"""How much a first exercise is worth. A guard shows a fault best where no other guard refuses the same call."""
ITEMS_LOOKED_AT = 3


def features(
    request: Request,
    outcome: Outcome,
    user: User | None,
    earlier: tuple[str, ...],
    configuration: tuple[str, ...],
    broken: Callable[[str], bool],
) -> list[Weighted]:
    """What the call exercises, each with its weight; what is known to be broken on this target is left out.

    `earlier` are the events before it on the same user, `configuration` says how the pool is set up.
    """
    operation = request.operation
    found: list[Weighted] = []
    if outcome.refusals:
        slugs = [refusal.requirement.slug for refusal in outcome.refusals]
        kind = slugs[0] if len(slugs) == 1 else "+".join(slugs)
        if len(slugs) == 1:
            if not broken(kind):
                found.append((("sole", operation, kind), SOLE))
        else:
            found.append((("refused", operation, kind), REFUSED))
            found += [(("among", operation, slug), REFUSED) for slug in slugs if not broken(slug)]
    elif outcome.replies:
        reply = outcome.replies[0]
        kind = reply.requirement.slug
        if not broken(kind):
            found.append((("success", operation, kind), SUCCESS))
        _members(reply.members, operation, "", found, broken)
        found += [(("sent", operation, m.purpose, m.medium), EVENT) for m in reply.messages]
    else:
        kind = "?"
    found += [(("event", operation, event), EVENT) for event in outcome.events]
    if user is not None:
        found.append((("state", operation, kind, state(user)), STATE))
        found += [(("pair", event, operation, kind), PAIR) for event in earlier]
    refused = "refused" if outcome.refusals else "accepted"
    found += [(("set-up", setting, operation, refused), CONFIGURATION) for setting in configuration]
    return found


def _members(
    members: Mapping[str, Any],
    operation: str,
    path: str,
    found: list[Weighted],
    broken: Callable[[str], bool],
) -> None:
    for name, value in members.items():
        _member(value, operation, f"{path}.{name}" if path else name, found, broken)


def _member(
    value: Any, operation: str, path: str, found: list[Weighted], broken: Callable[[str], bool]
) -> None:
    while type(value) is Because:
        slug = value.requirement.slug
        if not broken(slug):
            found.append((("seen", operation, path, slug), SEEN))
        value = value.value
    kind = type(value)
    if kind is dict:
        if "Name" in value and len(value) == 2:
            path = f"{path}.{value['Name']}"
        _members(value, operation, path, found, broken)
    elif kind is Page:
        for item in list(value.items.values())[:ITEMS_LOOKED_AT]:
            _member(item, operation, path, found, broken)
    elif kind in _LISTS:
        for item in _LISTS[kind](value)[:ITEMS_LOOKED_AT]:
            _member(item, operation, path, found, broken)
    elif kind is Signed:
        _members(value.claims, operation, path, found, broken)
    elif kind is Exactly:
        _members(value.members, operation, path, found, broken)
    elif kind is JsonText:
        _member(value.value, operation, path, found, broken)
    elif kind is OneOf:
        pass
    else:
        found.append((("member", operation, path, "no" if value is ABSENT else ""), MEMBER))


_LISTS: dict[type, Callable[[Any], Any]] = {
    list: lambda value: value,
    tuple: lambda value: value,
    Bag: lambda value: value.items,
    Including: lambda value: value.items,
    Both: lambda value: value.parts,
}


def state(user: User) -> str:
    """The user's state, coarsely."""
    mfa = user.mfa
    return "".join(
        (
            user.status,
            " on" if user.enabled else " off",
            f" {mfa.preferred or mfa.enabled or ''}",
            " candidate" if mfa.candidate is not None else "",
            " in group" if user.groups else "",
            " email" if user.verified("email") else "",
            " phone" if user.verified("phone_number") else "",
            " pending" if user.pending else "",
            " device" if user.devices else "",
            f" {min(user.failures, 6)}",
        )
    )


def configuration(pool: Pool, client: Any) -> tuple[str, ...]:
    """How the pool and the app client in use are set up, coarsely."""
    settings = pool.settings
    policy = settings.get("Policies", {}).get("PasswordPolicy", {})
    found = [
        f"aliases {pool.alias_attributes}",
        f"names {pool.username_attributes}",
        f"case {pool.case_sensitive}",
        f"verifies {settings.get('AutoVerifiedAttributes')}",
        f"mfa {settings.get('MfaConfiguration')}",
        f"length {policy.get('MinimumLength')}",
        f"recovery {[m.get('Name') for m in settings.get('AccountRecoverySetting', {}).get('RecoveryMechanisms', ())]}",
        f"waits {settings.get('UserAttributeUpdateSettings')}",
        f"devices {settings.get('DeviceConfiguration')}",
    ]
    if client is not None:
        found += [
            f"secret {client.secret is not None}",
            f"hides {client.settings.get('PreventUserExistenceErrors')}",
            f"flows {client.settings.get('ExplicitAuthFlows')}",
        ]
    return tuple(found)
