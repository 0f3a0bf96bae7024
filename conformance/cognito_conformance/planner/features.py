"""What a call exercises, as far as the model can tell: the things whose novelty makes a call worth a request."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from cognito_conformance.machines.roles import STANDARD
from cognito_model.expect import ABSENT, Bag, Because, Both, Exactly, Including, JsonText, OneOf, Page, Signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cognito_model.model import Request
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client, Pool, User

Feature = tuple[str, ...]
"""A kind, the operation, and what it is about: of `PLAIN` kinds a requirement's slug stands last, of the others how
the call goes stands third.
"""
Weighted = tuple[Feature, float]
Written = tuple[str, frozenset[str]]
"""An operation, and the slugs of the requirements by which it changed something."""
Broken = Collection[tuple[str, str]]
"""Slugs of requirements, each with an operation at which the target is known to break it."""

SOLE, REFUSED, SUCCESS, SEEN, EFFECT, MEMBER, EVENT, CONSTRAINT, STATE, PAIR, SETTING = (
    3.0,
    0.7,
    0.5,
    0.3,
    2.0,
    1.0,
    0.3,
    0.25,
    0.15,
    0.1,
    0.03,
)
"""How much a first exercise is worth. A guard shows a fault only where no other refuses the same call; that a call
succeeds, and why a value is as it is, was mostly seen in other calls; there are a thousand constraints; and a state, a pair
of events and a setting come by the dozen with every call.
"""
BREAKS = "breaks"
PLAIN = frozenset({"sole", "refused", "among", "success", "seen", "member", "effect", "fresh"})
"""The kinds that say what was exercised; the others say in which circumstances."""
ITEMS_LOOKED_AT = 3
"""Of a list in an answer; the others rarely show anything else."""


def features(
    request: Request,
    outcome: Outcome,
    user: User | None,
    earlier: tuple[str, ...],
    before: tuple[Written, ...],
    settings: tuple[str, ...],
    broken: Broken,
) -> list[Weighted]:
    """What the call exercises, each with its weight. What is known `broken` on this target is left out.

    `user` is the one whom the call is about, `earlier` the events before it on the same user, `before` those in
    the same pool that changed something, `settings` how that is set up.
    """
    operation, kind = request.operation, kind_of(outcome)
    found: list[Weighted] = []
    if outcome.refusals and not _is_plain(outcome):
        slugs = [refusal.requirement.slug for refusal in outcome.refusals]
        found.append((("refused", operation, kind), REFUSED))
        found += [(("among", operation, slug), REFUSED) for slug in slugs if (slug, operation) not in broken]
    elif outcome.refusals:
        if (kind, operation) not in broken:
            found.append((("sole", operation, kind), SOLE))
            found += _effects((kind,), before)
    elif outcome.replies:
        reply = outcome.replies[0]
        if (kind, operation) not in broken:
            found.append((("success", operation, kind), SUCCESS))
        _members(reply.members, operation, "", found, broken)
        slugs = [feature[-1] for feature, _ in found if feature[0] == "seen"]
        # That it succeeds shows what another operation did by the same requirement.
        found += _effects([kind], tuple(written for written in before if written[0] != operation))
        found += _effects(slugs, before)
        if before and not outcome.effects and not before[-1][1].isdisjoint(slugs):
            found.append((("fresh", operation, kind), SEEN))
        found += [(("sent", operation, message.purpose, message.medium), EVENT) for message in reply.messages]
    found += [_event(operation, event) for event in outcome.events]
    if user is not None:
        found.append((("state", operation, kind, state(user)), STATE))
        found += [(("pair", operation, kind, event), PAIR) for event in earlier]
    answer = "refused" if outcome.refusals else "accepted"
    found += [(("setting", operation, answer, setting), SETTING) for setting in settings]
    return found


def may_show(outcome: Outcome, feature: Feature) -> bool:
    """Whether a call of the feature's operation that goes like this may exercise it, as far as a glance tells."""
    if feature[0] == "sole":
        return feature[-1] == kind_of(outcome)
    return not outcome.refusals or feature[0] not in _OF_SUCCESS


_OF_SUCCESS = frozenset({"success", "seen", "member", "fresh", "sent"})


def _event(operation: str, event: str) -> Weighted:
    """An event; which constraint a request breaks is one of another kind, for no recipe is for it."""
    kind, _, constraint = event.partition(":")
    return (
        (("constraint", operation, constraint), CONSTRAINT)
        if kind == BREAKS
        else (("event", operation, event), EVENT)
    )


def kind_of(outcome: Outcome) -> str:
    """How a call is expected to go: the slugs of the refusals that apply, or the one of the success."""
    if outcome.refusals:
        return "+".join([refusal.requirement.slug for refusal in outcome.refusals])
    return outcome.replies[0].requirement.slug if outcome.replies else "unknown"


def _is_plain(outcome: Outcome) -> bool:
    """Whether a call is refused for one reason, and is not believed to be for another: only then a lost guard shows."""
    believed = [refusal for refusal in outcome.tolerated if refusal.likely or refusal.foremost]
    (first, *others) = outcome.refusals
    return not others and all(refusal.requirement is first.requirement for refusal in believed)


def _members(
    members: Mapping[str, Any], operation: str, path: str, found: list[Weighted], broken: Broken
) -> None:
    for name, value in members.items():
        _member(value, operation, _below(path, name) if path else name, found, broken)


def _below(path: str, name: str) -> str:
    """The path of a part; names that are the client's are one, since a service treats what they name alike."""
    if path.endswith("Tags") or name in STANDARD:
        name = "*"
    before, custom, _ = name.partition("custom:")
    return f"{path}.{before}{custom}*" if custom else f"{path}.{name}"


def _effects(slugs: Iterable[str], before: tuple[Written, ...]) -> list[Weighted]:
    """Which operation's effect an answer shows: of those that had it, the last."""
    shown: list[Weighted] = []
    for slug in dict.fromkeys(slugs):
        writer = next((operation for operation, effects in reversed(before) if slug in effects), None)
        if writer is not None:
            shown.append((("effect", writer, slug), EFFECT))
    return shown


def _member(value: Any, operation: str, path: str, found: list[Weighted], broken: Broken) -> None:
    """A member that the answer shows, and the requirements that explain its value."""
    while type(value) is Because:
        slug = value.requirement.slug
        if (slug, operation) not in broken:
            found.append((("seen", operation, path, slug), SEEN))
        value = value.value
    kind = type(value)
    if kind is dict:
        if len(value) == 2 and "Name" in value:
            path = _below(path, str(value["Name"]))
        _members(value, operation, path, found, broken)
    elif kind in _ITEMS:
        for item in _ITEMS[kind](value)[:ITEMS_LOOKED_AT]:
            _member(item, operation, path, found, broken)
    elif kind in _INNER:
        _member(_INNER[kind](value), operation, path, found, broken)
    elif kind is not OneOf:
        found.append((("member", operation, path, "absent" if value is ABSENT else "there"), MEMBER))


_ITEMS: dict[type, Callable[[Any], Any]] = {
    list: lambda value: value,
    tuple: lambda value: value,
    Bag: lambda bag: bag.items,
    Including: lambda including: including.items,
    Both: lambda both: both.parts,
    Page: lambda page: list(page.items.values()),
}
_INNER: dict[type, Callable[[Any], Any]] = {
    Signed: lambda signed: signed.claims,
    Exactly: lambda exactly: exactly.members,
    JsonText: lambda text: text.value,
}


def state(user: User) -> str:
    """The user's state, coarsely."""
    mfa = user.mfa
    return "".join(
        (
            user.status,
            "" if user.enabled else " disabled",
            f" {mfa.preferred or mfa.enabled or ''}",
            "" if mfa.candidate is None else " candidate",
            " in group" if user.groups else "",
            " email" if user.verified("email") else "",
            " phone" if user.verified("phone_number") else "",
            " pending" if user.pending else "",
            " device" if user.devices else "",
            f" {min(user.failures, 6)}",
        )
    )


def settings_of(pool: Pool, client: Client | None) -> tuple[str, ...]:
    """How the pool and the app client in use are set up, coarsely."""
    settings = pool.settings
    policy = settings.get("Policies", {}).get("PasswordPolicy", {})
    recovery = settings.get("AccountRecoverySetting", {}).get("RecoveryMechanisms", ())
    found: tuple[str, ...] = (
        f"aliases {pool.alias_attributes}",
        f"names {pool.username_attributes}",
        f"case {pool.case_sensitive}",
        f"verifies {settings.get('AutoVerifiedAttributes')}",
        f"mfa {settings.get('MfaConfiguration')}",
        f"length {policy.get('MinimumLength')}",
        f"recovery {[mechanism.get('Name') for mechanism in recovery]}",
        f"waits {settings.get('UserAttributeUpdateSettings')}",
        f"devices {settings.get('DeviceConfiguration')}",
    )
    if settings.get("LambdaConfig"):
        found = (*found, f"triggers {settings['LambdaConfig']}")
    if client is None:
        return found
    return (
        *found,
        f"secret {client.secret is not None}",
        f"hides {client.settings.get('PreventUserExistenceErrors')}",
        f"flows {client.settings.get('ExplicitAuthFlows')}",
    )
