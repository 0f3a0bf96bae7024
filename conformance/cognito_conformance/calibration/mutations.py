"""Faults of the server, one at a time: a guard dropped, an error swapped, an effect lost, a member wrong, a page cut."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TypeVar

from cognito_conformance.server.core import Reference
from cognito_conformance.server.wire import HttpAnswer
from cognito_model.call import Call
from cognito_model.expect import ABSENT, Bag, Because, Both, Including, JsonText, Page, Signed, unwrap
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirement import Requirement
from cognito_model.world import World

T = TypeVar("T")


class Fault(enum.StrEnum):
    """The kinds of faults."""

    GUARD_DROPPED = "guard dropped"
    ERROR_SWAPPED = "error swapped"
    EFFECT_LOST = "effect lost"
    MEMBER_OMITTED = "member omitted"
    MEMBER_WRONG = "member wrong"
    MEMBER_LEAKED = "member leaked"
    LAST_ITEM_LOST = "last item lost"
    LIMIT_OFF_BY_ONE = "limit off by one"
    PAGE_REPEATED = "page repeated"
    STALE_READ = "stale read"
    VALUE_REUSED = "value reused"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault: in which operation, at which point (a requirement's slug, a member, a kind of value)."""

    fault: Fault
    operation: str
    point: str
    field: str = ""

    @property
    def id(self) -> str:
        """A stable name."""
        return "|".join(filter(None, (self.fault.value, self.operation, self.point, self.field)))


MEMBER_FAULTS = frozenset({Fault.MEMBER_OMITTED, Fault.MEMBER_WRONG, Fault.MEMBER_LEAKED})
"""The faults that sit in one member of a reply; their point is its path."""
LEAKED = "leaked"
"""What stands where nothing should."""
SWAPS = (
    "InvalidParameterException",
    "NotAuthorizedException",
    "ResourceNotFoundException",
    "LimitExceededException",
    "AliasExistsException",
    "UserNotConfirmedException",
)
"""Errors to give in place of the right one: the first that is wrong for the call."""


def mutant_call(mutation: Mutation) -> type[Call]:
    """The call type with the fault in it, for the faults that sit in an operation of the model."""

    class MutantCall(Call):
        def _hit(self, fault: Fault, requirement: Requirement) -> bool:
            return (
                mutation.fault is fault
                and self.operation == mutation.operation
                and requirement.slug == mutation.point
            )

        def refuse_if(
            self, condition: object, requirement: Requirement, *text: Any, error: str | None = None
        ) -> None:
            if self._hit(Fault.GUARD_DROPPED, requirement):
                return
            super().refuse_if(condition, requirement, *text, error=error)

        def tolerate_if(self, condition: object, requirement: Requirement, *text: Any, **how: Any) -> None:
            # Who lacks the guard does not refuse for its reason where the evidence is divided either.
            if not self._hit(Fault.GUARD_DROPPED, requirement):
                super().tolerate_if(condition, requirement, *text, **how)

        # Where the guard is dropped the operation goes on, as if all were well.
        def refuse(  # type: ignore[misc]
            self, requirement: Requirement, *text: Any, error: str | None = None
        ) -> NoReturn:
            if not self._hit(Fault.GUARD_DROPPED, requirement):
                super().refuse(requirement, *text, error=error)

        def change(self, thing: T, because: Requirement, **fields: Any) -> T:
            if self._hit(Fault.EFFECT_LOST, because):
                fields = {name: value for name, value in fields.items() if name != mutation.field}
            return super().change(thing, because, **fields)

        def outcome(self, *replies: Reply) -> Outcome:
            if self.operation == mutation.operation and mutation.fault in MEMBER_FAULTS:
                replies = tuple(_without(reply, mutation) for reply in replies)
            right = super().outcome(*replies)
            hit = any(self._hit(Fault.ERROR_SWAPPED, refusal.requirement) for refusal in right.refusals)
            return _swapped(right, mutation.point) if hit else right

    return MutantCall


def _swapped(right: Outcome, slug: str) -> Outcome:
    """The outcome with an error that is wrong for the call where it refuses as this requirement says."""
    allowed = {error for refusal in right.refusals + right.tolerated for error in refusal.errors}
    errors = (next(swap for swap in SWAPS if swap not in allowed),)
    refusals = (replace(r, errors=errors) if r.requirement.slug == slug else r for r in right.refusals)
    return replace(right, refusals=tuple(refusals))


def _without(reply: Reply, mutation: Mutation) -> Reply:
    path = mutation.point.split(".")
    return replace(reply, members=_altered_members(reply.members, path, mutation.fault))


def _altered_members(members: Mapping[str, Any], path: list[str], fault: Fault) -> dict[str, Any]:
    """The members with what stands at the path gone or wrong."""
    name, rest = path[0], path[1:]
    if name not in members:
        return dict(members)
    inner = unwrap(members[name])
    if rest:
        return {**members, name: _altered(inner, rest, fault)}
    if fault is Fault.MEMBER_OMITTED:
        return {key: value for key, value in members.items() if key != name}
    return {**members, name: _spoiled(inner, fault)}


def _altered(value: Any, path: list[str], fault: Fault) -> Any:
    """A value of which a part is gone or wrong: a member, a claim, that member of each item of a list."""
    match value:
        case Signed(claims=claims):
            return replace(value, claims=_altered_members(claims, path, fault))
        case Both(parts=parts):
            return replace(value, parts=(*parts[:-1], _altered(unwrap(parts[-1]), path, fault)))
        case JsonText(value=inner):
            return replace(value, value=_altered(unwrap(inner), path, fault))
        case Bag(items=items) | Including(items=items):
            return replace(value, items=tuple(_altered_items(items, path, fault)))
        case Page(items=items):
            return replace(
                value, items=dict(zip(items, _altered_items(items.values(), path, fault), strict=True))
            )
        case list() | tuple():
            return list(_altered_items(value, path, fault))
        case _:
            return _altered_members(value, path, fault) if isinstance(value, Mapping) else value


def _altered_items(items: Iterable[Any], path: list[str], fault: Fault) -> Iterator[Any]:
    return (_altered(unwrap(item), path, fault) for item in items)


def _spoiled(value: Any, fault: Fault) -> Any:
    """What a faulty server shows for a member."""
    if fault is Fault.MEMBER_WRONG:
        return wrong(value)
    if isinstance(value, Bag):
        return replace(value, items=(*value.items, {"Name": LEAKED, "Value": LEAKED}))
    return LEAKED if value is ABSENT else value


def changes(outcome: Outcome, world: World) -> bool:
    """Whether a call that goes so leaves another world than this one."""
    return bool(outcome.replies) and not outcome.refused and outcome.replies[0].world is not world


def wrong(value: Any) -> Any:
    """A value of the same type that is not the right one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, list | tuple):
        return list(value)[:-1] if value else ["x"]
    return value


class MutantReference(Reference):
    """The reference service with one fault in it."""

    def __init__(self, mutation: Mutation, **options: Any) -> None:
        self.mutation = mutation
        self._before: World | None = None
        super().__init__(call_type=mutant_call(mutation), **options)
        if mutation.fault is Fault.VALUE_REUSED:
            self.values.reused = mutation.point

    def _hit(self, fault: Fault, operation: str) -> bool:
        return self.mutation.fault is fault and self.mutation.operation == operation

    def predict(self, request: Any) -> Outcome:
        """What the faulty service does: a stale read sees the world before the last change."""
        now = self.world
        if self._hit(Fault.STALE_READ, request.operation) and self._before is not None:
            self.world = self._before
            try:
                outcome = super().predict(request)
            finally:
                self.world = now
            return replace(outcome, replies=tuple(replace(reply, world=now) for reply in outcome.replies))
        outcome = super().predict(request)
        if changes(outcome, now):
            self._before = now
        return outcome

    def _reply(self, operation: str, reply: Reply) -> HttpAnswer:
        follow = reply.follow
        if follow is not None and self._hit(Fault.PAGE_REPEATED, operation):
            # The next page begins with what this one ends with.
            reply = replace(reply, follow=lambda keys, more: follow(keys[:-1], more))
        if reply.page is not None:
            cause, page = None, reply.members[reply.page]
            while isinstance(page, Because):
                cause, page = page.requirement, page.value
            changed = self._changed_page(operation, page)
            if changed is not page:
                shown: Any = changed if cause is None else Because(changed, cause)
                reply = replace(reply, members={**reply.members, reply.page: shown})
        return super()._reply(operation, reply)

    def _changed_page(self, operation: str, page: Page) -> Page:
        if self._hit(Fault.LIMIT_OFF_BY_ONE, operation):
            return replace(page, limit=page.limit + 1)
        if self._hit(Fault.LAST_ITEM_LOST, operation) and page.items:
            return replace(page, items=dict(list(page.items.items())[:-1]))
        return page


__all__ = ["ABSENT", "Fault", "MutantReference", "Mutation", "Refusal", "mutant_call", "wrong"]
