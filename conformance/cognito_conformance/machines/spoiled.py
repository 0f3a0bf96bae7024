"""Requests that are spoiled on purpose and as a whole: of a wrong type, or against one of the API's own constraints."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from cognito_conformance.generators import violating_case
from cognito_conformance.generators.cases import breakable
from cognito_model.terms import Term

if TYPE_CHECKING:
    from cognito_conformance.machines.pick import Params, Pick

WRONG_TYPE, MISSING, CONSTRAINT = range(3)


def spoiled(operation: str, params: Params, pick: Pick) -> Params:
    """A structure where a text belongs, a request without a member that must be there, or one that breaks a constraint.

    The last two are other requests altogether, for what is wrong with them shows before anything is looked up; or the
    request as it was but for that member, which a target answers that does not look at constraints.
    """
    way = pick.index(3)
    ways = [
        index
        for index, (_, kind) in enumerate(breakable(operation))
        if (kind == "required") is (way == MISSING)
    ]
    if way == WRONG_TYPE or not ways:
        return {
            **params,
            **{name: {} for name, value in list(params.items())[:1] if isinstance(value, str | Term)},
        }
    index = pick.of(ways)
    broken, member = _violating(operation, index), breakable(operation)[index][0].steps[0].member
    if pick.chance(50):
        return broken
    kept = {name: value for name, value in params.items() if name != member}
    return {**kept, member: broken[member]} if member in broken else kept


@functools.cache
def _violating(operation: str, index: int) -> Params:
    return violating_case(operation, index).params
