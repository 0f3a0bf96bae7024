"""Where faults can sit: every guard, effect and reply member that a walk on the model comes across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from cognito_conformance.calibration.mutations import Fault, Mutation
from cognito_model.call import Call
from cognito_model.expect import ABSENT, Both, OneOf, Page, Present, Signed, unwrap
from cognito_model.outcome import Outcome, Reply
from cognito_model.requirement import Requirement
from cognito_model.terms import Fresh

T = TypeVar("T")
READS = (
    "AdminGetUser",
    "GetUser",
    "GetGroup",
    "DescribeUserPool",
    "DescribeUserPoolClient",
    "ListUsers",
    "ListGroups",
    "GetUserPoolMfaConfig",
)
REUSABLE = ("Sub", "Session", "ClientId", "PoolId", "RefreshToken")


class Census:
    """Counts the points that calls pass. `call_type` is the call that counts."""

    def __init__(self) -> None:
        self.points: Counter[Mutation] = Counter()

    def call_type(self) -> type[Call]:
        """A call that counts the guards that fire, the effects that change something, and the members of replies."""
        points = self.points

        class CountingCall(Call):
            def refuse_if(
                self, condition: object, requirement: Requirement, *text: Any, error: str | None = None
            ) -> None:
                if condition:
                    points[Mutation(Fault.GUARD_DROPPED, self.operation, requirement.slug)] += 1
                    points[Mutation(Fault.ERROR_SWAPPED, self.operation, requirement.slug)] += 1
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
                    if replies[0].page is not None:
                        points[Mutation(Fault.LAST_ITEM_LOST, self.operation, replies[0].page)] += 1
                        points[Mutation(Fault.LIMIT_OFF_BY_ONE, self.operation, replies[0].page)] += 1
                    if self.operation in READS:
                        points[Mutation(Fault.STALE_READ, self.operation, "world")] += 1
                    for term in _fresh(replies[0].members):
                        if term.kind in REUSABLE and term.step == self.step:
                            points[Mutation(Fault.VALUE_REUSED, self.operation, term.kind)] += 1
                return super().outcome(*replies)

        return CountingCall


def _paths(members: Mapping[str, Any], prefix: str = "", *, wrongable: bool = False) -> Iterator[str]:
    """The members that an answer must have (or, wrongable, whose value is fixed), structures gone into."""
    for name, value in members.items():
        inner = unwrap(value)
        path = f"{prefix}{name}"
        if isinstance(inner, Mapping) and inner:
            yield from _paths(inner, f"{path}.", wrongable=wrongable)
        if wrongable:
            if isinstance(inner, str | bool | int | float) or (isinstance(inner, list | tuple) and inner):
                yield path
        elif not _may_be_absent(inner):
            yield path


def _may_be_absent(value: Any) -> bool:
    if isinstance(value, OneOf):
        return any(_may_be_absent(unwrap(choice)) for choice in value.choices)
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
