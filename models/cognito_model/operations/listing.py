"""ListUsers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cognito_model import attributes, paging, user_filter, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import Bag, Because
from cognito_model.operations.common import need_pool
from cognito_model.outcome import Outcome
from cognito_model.requirements import listing as R
from cognito_model.user_filter import SEARCHABLE, Filter
from cognito_model.world import User


@operation("ListUsers")
def list_users(call: Call) -> Outcome:
    """The users of the pool that a filter selects, page by page."""
    pool = need_pool(call)
    wanted = read_filter(call)
    asked = call.AttributesToGet
    known = attributes.schema(pool)
    call.refuse_if(asked and any(name not in known for name in asked), R.asked_attribute_exists)
    # Reports differ on sub and custom attributes, and on attributes that some user lacks.
    odd = asked and (
        any(n == "sub" or n.startswith("custom:") for n in asked)
        or any(n not in u.attributes for n in asked for u in pool.users.values())
    )
    call.tolerate_if(odd or asked == [], R.asked_attribute_exists)
    chosen = [user for user in pool.users.values() if wanted is None or wanted.may_find(user)]
    items = {user.username: shown(call, user, asked) for user in chosen}
    certain = frozenset(user.username for user in chosen if wanted is None or wanted.finds(user))
    return paging.page(
        call,
        because(wanted),
        items,
        member="Users",
        key="Username",
        limit=paging.limit(call.Limit),
        token="PaginationToken",
        required=certain,
    )


def because(wanted: Filter | None) -> Any:
    """Which requirement a listing under this filter is about."""
    if wanted is None:
        return R.lists_users
    return R.status_filter_selects if wanted.attribute in ("status", "cognito:user_status") else R.filter_selects


def read_filter(call: Call) -> Filter | None:
    """The filter of the call, or None for none; one that does not parse, or cannot be searched, is refused."""
    text = call.Filter
    if not text:
        return None
    found = user_filter.parse(text)
    if found is None:
        call.refuse(R.filter_is_well_formed)
    name = "status" if found.attribute == "user_status" else found.attribute
    call.refuse_if(name not in SEARCHABLE, R.attribute_is_searchable)
    call.settle()
    return replace(found, value=call.recognised(found.value))


def shown(call: Call, user: User, asked: Any) -> dict[str, Any]:
    """UserType of a user with the attributes that were asked for."""
    whole = user_view.member(call, user, "Attributes")
    if asked:
        bag = whole["Attributes"]
        kept = tuple(item for item in bag.items if name_of(item) in asked)
        optional = tuple(item for item in bag.optional if item["Name"] in asked)
        whole["Attributes"] = Because(Bag(kept, optional), R.shows_asked_attributes)
    elif asked == []:
        del whole["Attributes"]
    return whole


def name_of(item: Any) -> Any:
    """The name of an attribute in a list."""
    while isinstance(item, Because):
        item = item.value
    return item["Name"]
