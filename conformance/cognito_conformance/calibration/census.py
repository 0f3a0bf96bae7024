"""Where faults can sit: every guard, effect and reply member that a walk on the model comes across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from cognito_conformance.calibration.mutations import Fault, Mutation
from cognito_conformance.judge.judge import reads
from cognito_conformance.planner.features import ITEMS_LOOKED_AT
from cognito_model.call import Call
from cognito_model.expect import ABSENT, Bag, Both, Including, JsonText, OneOf, Page, Present, Signed, unwrap
from cognito_model.model import Request
from cognito_model.outcome import Outcome
from cognito_model.requirement import Requirement
from cognito_model.schema_defaults import STANDARD_BY_NAME
from cognito_model.terms import Fresh

T = TypeVar("T")
GUARD_FAULTS = (Fault.GUARD_DROPPED, Fault.ERROR_SWAPPED)
REUSABLE = ("Sub", "Session", "ClientId", "PoolId", "RefreshToken")


class Census:
    """Counts the points that calls pass. `call_type` is the call that counts; `fired` are the guards and effects of the last one."""

    def __init__(self) -> None:
        self.points: Counter[Mutation] = Counter()
        self.fired: list[Mutation] = []

    def call_type(self) -> type[Call]:
        """A call that counts the guards that fire, and the effects that change something."""
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
                        mutation = Mutation(Fault.EFFECT_LOST, self.operation, because.slug, name)
                        points[mutation] += 1
                        fired.append(mutation)
                return super().change(thing, because, **fields)

        return CountingCall

    def saw(self, request: Request, outcome: Outcome) -> None:
        """Count what a server shows that answers as the outcome says; where that allows several answers, what all of them
        have in common.
        """
        if outcome.likeliest_refusal is not None or not outcome.replies:
            return
        operation, reply = request.operation, outcome.replies[0]
        shown = [
            (Fault.MEMBER_OMITTED, _required),
            (Fault.MEMBER_WRONG, _fixed),
            (Fault.MEMBER_LEAKED, _leaks),
        ]
        for fault, look in shown:
            for path, *_ in set.intersection(*({*look(reply.members)} for reply in outcome.replies)):
                self.points[Mutation(fault, operation, path)] += 1
        if reply.page is not None:
            for fault in _page_faults(unwrap(reply.members[reply.page])):
                self.points[Mutation(fault, operation, reply.page)] += 1
        if reads(operation):
            self.points[Mutation(Fault.STALE_READ, operation, "world")] += 1
        for term in _fresh(reply.members):
            if term.kind in REUSABLE and term.step == request.step:
                self.points[Mutation(Fault.VALUE_REUSED, operation, term.kind)] += 1


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


Point = tuple[str, ...]
"""The path of a member, and what of its value matters."""


def _inner(members: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The members of an answer by path, what has members itself gone into."""
    for name, value in members.items():
        inner = unwrap(value)
        path = f"{prefix}{name}"
        yield from _inner(parts_of(inner), f"{path}.")
        yield path, inner


def _required(members: Mapping[str, Any]) -> Iterator[Point]:
    """The members that an answer must have."""
    return ((path,) for path, inner in _inner(members) if not _may_be_absent(inner))


def _fixed(members: Mapping[str, Any]) -> Iterator[Point]:
    """The members whose value is one."""
    for path, inner in _inner(members):
        if isinstance(inner, str | bool | int | float) or (isinstance(inner, list | tuple) and inner):
            yield path, repr(inner)


def _page_faults(page: Page) -> Iterator[Fault]:
    """The faults that show on this page or on the next."""
    if page.items:
        yield Fault.LAST_ITEM_LOST
    if len(page.items) > page.limit:
        yield Fault.LIMIT_OFF_BY_ONE
        yield Fault.PAGE_REPEATED


def _leaks(members: Mapping[str, Any], prefix: str = "") -> Iterator[Point]:
    """Where too much can be shown: a member that must not be there, a list of attributes."""
    for name, value in members.items():
        inner = unwrap(value)
        path = f"{prefix}{name}"
        if isinstance(inner, Mapping):
            yield from _leaks(inner, f"{path}.")
        elif inner is ABSENT or (isinstance(inner, Bag) and _is_named(inner.items)):
            yield (path,)


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
