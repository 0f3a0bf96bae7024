"""GetProvisionedLimit, UpdateProvisionedLimit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.call import Call, operation
from cognito_model.expect import Present
from cognito_model.requirements import limits as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome

FREE = {
    "UserAuthentication": 120,
    "UserCreation": 50,
    "UserRead": 120,
    "UserUpdate": 25,
    "UserResourceRead": 50,
    "UserResourceUpdate": 25,
    "UserList": 30,
    "UserPoolRead": 15,
    "UserPoolUpdate": 15,
    "UserPoolResourceRead": 20,
    "UserPoolResourceUpdate": 15,
    "UserPoolClientRead": 15,
    "UserPoolClientUpdate": 15,
}
"""Requests a second that an account has of itself (facts quota-…), as far as they are known."""


@operation("GetProvisionedLimit")
def get_provisioned_limit(call: Call) -> Outcome:
    """Show a request rate of the account."""
    free = category(call)
    return call.reply(R.shows_limit, Limit=looks(call, Present(free), free))


@operation("UpdateProvisionedLimit")
def update_provisioned_limit(call: Call) -> Outcome:
    """Set a request rate of the account, within what it may have."""
    free = category(call)
    call.refuse_if(call.RequestedLimitValue < free, R.value_is_in_bounds)
    call.tolerate_if(True, R.value_is_in_bounds)
    return call.reply(R.sets_limit, Limit=looks(call, call.RequestedLimitValue, free))


def category(call: Call) -> int:
    """The free rate of the category that the request names, 0 where it is not known."""
    named = call.LimitDefinition["Attributes"].get("Category")
    if named is None:
        call.refuse(R.limit_is_known)
    call.tolerate_if(named not in FREE, R.limit_is_known)
    return FREE.get(named, 0)


def looks(call: Call, provisioned: Any, free: int) -> dict[str, Any]:
    """LimitType of the limit that the request names."""
    return {
        "LimitDefinition": call.LimitDefinition,
        "ProvisionedLimitValue": provisioned,
        "FreeLimitValue": Present(free),
    }
