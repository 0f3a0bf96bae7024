"""Where faults can sit: every guard, effect and reply member that a walk on the model comes across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from cognito_conformance.calibration.mutations import Fault, Mutation
from cognito_conformance.judge.judge import READINGS, WRITING_GETS
from cognito_conformance.planner.features import ITEMS_LOOKED_AT
from cognito_model.call import Call
from cognito_model.expect import ABSENT, Bag, Both, Including, JsonText, OneOf, Page, Present, Signed, unwrap
from cognito_model.outcome import Outcome, Reply
from cognito_model.requirement import Requirement
from cognito_model.schema_defaults import STANDARD_BY_NAME
from cognito_model.terms import Fresh

T = TypeVar("T")
GUARD_FAULTS = (Fault.GUARD_DROPPED, Fault.ERROR_SWAPPED)
REUSABLE = ("Sub", "Session", "ClientId", "PoolId", "RefreshToken")


class Census:
    """Counts the points that calls pass. `call_type` is the call that counts; `fired` are the guards of the last one."""

    def __init__(self) -> None:
        self.points: Counter[Mutation] = Counter()
        self.fired: list[Mutation] = []

    def call_type(self) -> type[Call]:
        """A call that counts the guards that fire, the effects that change something, and the members of replies."""
        points, fired = self.points, self.fired

        class CountingCall(Call):
            def refuse_if(
                self, condition: object, requirement: Requirement, *text: Any, error: str | None = None
            ) -> None:
                if condition:
                    for fault in GUARD_FAULTS:
                        mutation = Mutation(fault, self.operation, requirement.slug)
                        points[mutation] += 1
                        fired.append(mutation)
                super().refuse_if(condition, requirement, *text, error=error)

            def change(self, thing: T, because: Requirement, **fields: Any) -> T:
                for name, value in fields.items():
                    if getattr(thing, name) != value:
                        points[Mutation(Fault.EFFECT_LOST, self.operation, because.slug, name)] += 1
                return super().change(thing, because, **fields)

            def outcome(self, *replies: Reply) -> Outcome:
                if replies and not self.refusals:
                    for path in _paths(replies[0].members):
                        points[Mutation(Fault.MEMBER_OMITTED, self.operation, path)] += 1
                    for path in _paths(replies[0].members, wrongable=True):
                        points[Mutation(Fault.MEMBER_WRONG, self.operation, path)] += 1
                    for path in _leaks(replies[0].members):
                        points[Mutation(Fault.MEMBER_LEAKED, self.operation, path)] += 1
                    if replies[0].page is not None:
                        for fault in _page_faults(unwrap(replies[0].members[replies[0].page])):
                            points[Mutation(fault, self.operation, replies[0].page)] += 1
                    if self.operation.startswith(READINGS) and self.operation not in WRITING_GETS:
                        points[Mutation(Fault.STALE_READ, self.operation, "world")] += 1
                    for term in _fresh(replies[0].members):
                        if term.kind in REUSABLE and term.step == self.step:
                            points[Mutation(Fault.VALUE_REUSED, self.operation, term.kind)] += 1
                return super().outcome(*replies)

        return CountingCall


def parts_of(value: Any) -> Mapping[str, Any]:
    """What a value consists of: members, the claims of a token, the members of a list's items.

    Claims that are attributes of the user are left out: their names are the client's, and a service treats them alike.
    """
    match value:
        case Signed(claims=claims):
            return {name: claim for name, claim in claims.items() if _is_of_tokens(name)}
        case Both(parts=parts):
            return parts_of(unwrap(parts[-1]))
        case JsonText(value=inner):
            return parts_of(unwrap(inner))
        case Bag(items=items) | Including(items=items):
            return _of_items(items)
        case Page(items=items):
            return _of_items(tuple(items.values()))
        case list() | tuple():
            return _of_items(value)
        case _:
            return value if isinstance(value, Mapping) else {}


def _of_items(items: Sequence[Any]) -> Mapping[str, Any]:
    parts: dict[str, Any] = {}
    for item in map(unwrap, items[:ITEMS_LOOKED_AT]):
        if isinstance(item, Mapping):
            parts |= item
    return parts


def _is_of_tokens(claim: str) -> bool:
    """Whether a claim is in clear, and no attribute of the user."""
    return not claim.startswith(("(", "custom:", "dev:")) and (
        claim == "sub" or claim not in STANDARD_BY_NAME
    )


def _paths(members: Mapping[str, Any], prefix: str = "", *, wrongable: bool = False) -> Iterator[str]:
    """The members that an answer must have (or, wrongable, whose value is fixed), what has members itself gone into."""
    for name, value in members.items():
        inner = unwrap(value)
        path = f"{prefix}{name}"
        yield from _paths(parts_of(inner), f"{path}.", wrongable=wrongable)
        if wrongable:
            if isinstance(inner, str | bool | int | float) or (isinstance(inner, list | tuple) and inner):
                yield path
        elif not _may_be_absent(inner):
            yield path


def _page_faults(page: Page) -> Iterator[Fault]:
    """The faults that show on this page or on the next."""
    if page.items:
        yield Fault.LAST_ITEM_LOST
    if len(page.items) > page.limit:
        yield Fault.LIMIT_OFF_BY_ONE
        yield Fault.PAGE_REPEATED


def _leaks(members: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Where too much can be shown: a member that must not be there, a list of attributes."""
    for name, value in members.items():
        inner = unwrap(value)
        path = f"{prefix}{name}"
        if isinstance(inner, Mapping):
            yield from _leaks(inner, f"{path}.")
        elif inner is ABSENT or (isinstance(inner, Bag) and _is_named(inner.items)):
            yield path


def _is_named(items: Sequence[Any]) -> bool:
    """Whether a list is one of names and values, as attributes are."""
    first = unwrap(items[0]) if items else None
    return isinstance(first, Mapping) and "Name" in first


def _may_be_absent(value: Any) -> bool:
    if isinstance(value, OneOf):
        return any(_may_be_absent(unwrap(choice)) for choice in value.choices)
    if isinstance(value, Bag | Including):
        return not value.items
    return value is ABSENT or value is None or isinstance(value, Page) or value in ((), [])


def _fresh(value: Any) -> Iterator[Fresh]:
    value = unwrap(value)
    if isinstance(value, Fresh):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _fresh(item)
    elif isinstance(value, Signed):
        if isinstance(value.term, Fresh):
            yield value.term
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _fresh(item)
    elif isinstance(value, Both | OneOf):
        parts = value.parts if isinstance(value, Both) else value.choices
        for item in parts:
            yield from _fresh(item)
    elif isinstance(value, Present):
        yield from _fresh(value.example)
