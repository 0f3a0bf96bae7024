"""ListUsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attributes, paging, user_filter, user_view
from cognito_model.call import Call, operation
from cognito_model.expect import Bag, Because
from cognito_model.operations.common import need_pool
from cognito_model.requirements import listing as R
from cognito_model.requirements import user_attributes as updates_R
from cognito_model.user_filter import SEARCHABLE, Filter

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool, User


@operation("ListUsers")
def list_users(call: Call) -> Outcome:
    """The users of the pool that a filter selects, page by page."""
    pool = need_pool(call)
    wanted = read_filter(call)
    asked = None if call.AttributesToGet is None else [n for n in call.AttributesToGet if n is not None]
    call.note(f"filter:{wanted.attribute if wanted else 'none'}")
    chosen = [user for user in pool.users.values() if wanted is None or wanted.may_find(call, user)]
    certain = [user for user in chosen if wanted is None or wanted.finds(call, user)]
    check_asked(call, pool, asked, chosen, anyone=bool(certain) and call.PaginationToken is None)
    items = {user_view.name(pool, user): shown(call, pool, user, asked) for user in chosen}
    reason = because(wanted)
    if wanted is not None and certain and all(waits(user, wanted.attribute) for user in certain):
        reason = updates_R.old_value_stays
    if wanted is not None and not certain:
        certain = [user for user in chosen if wanted.finds_in_any_case(call, user)]
        reason = R.filter_ignores_case if certain else reason
    return paging.page(
        call,
        reason,
        items,
        member="Users",
        key="Username",
        limit=paging.limit(call.Limit),
        token="PaginationToken",
        required=frozenset(user_view.name(pool, user) for user in certain),
    )


def check_asked(call: Call, pool: Pool, asked: list[str] | None, chosen: list[User], *, anyone: bool) -> None:
    """Refuse attributes that the schema does not have, if anyone is to be shown.

    Whoever is shown lacks them, which is what the documentation speaks of; of an empty answer nothing is known.
    Reports differ on an empty list, on sub and custom attributes, and on attributes that some user lacks; of these
    the documentation says that they are refused where it is a user of the results.
    """
    known = attributes.schema(pool)
    unknown = asked and any(name not in known for name in asked)
    call.refuse_if(unknown and anyone, R.asked_attribute_exists)
    call.tolerate_if(unknown and not anyone, R.asked_attribute_exists, likely=True)
    if asked is None:
        return
    odd = any(name == "sub" or name.startswith(("custom:", "dev:")) for name in asked)
    lacking = any(name not in user.attributes for name in asked for user in pool.users.values())
    named = [name for name in asked if name != "sub"]
    likely = any(name not in user.attributes for name in named for user in chosen)
    call.tolerate_if(
        not asked or odd or lacking, R.asked_attribute_may_be_missing, likely=bool(asked) and likely
    )


def waits(user: User, attribute: str) -> bool:
    """Whether the user has a value of an attribute only since the new one waits for its verification."""
    return user.causes.get(f"attribute:{attribute}") is updates_R.old_value_stays


def because(wanted: Filter | None) -> Requirement:
    """Which requirement a listing under this filter is about."""
    if wanted is None:
        return R.lists_users
    if wanted.attribute in ("status", "cognito:user_status"):
        return R.status_filter_selects
    return R.prefix_selects if wanted.prefix else R.filter_selects


def read_filter(call: Call) -> Filter | None:
    """The filter of the call, or None for none; one that does not parse or cannot be searched is refused."""
    text = call.Filter
    if not text:
        return None
    if isinstance(text, str) and not text.strip():
        call.tolerate_if(True, R.filter_is_well_formed)
        return None
    found = user_filter.parse(text)
    if found is None:
        call.refuse(R.filter_is_well_formed)
    call.refuse_if(found.attribute not in SEARCHABLE, R.attribute_is_searchable, found.attribute)
    call.settle()
    # No source writes the attribute in quotation marks as well as the value.
    call.tolerate_if(found.quoted, R.filter_is_well_formed)
    return found


def shown(call: Call, pool: Pool, user: User, asked: list[str] | None) -> dict[str, Any]:
    """UserType of a user with the attributes that were asked for."""
    whole = user_view.member(call, pool, user, "Attributes")
    if asked:
        bag = user_view.attributes(pool, user, asked.__contains__)
        kept = bag.items if "sub" in asked else bag.items[1:]
        whole["Attributes"] = Because(Bag(kept, bag.optional), R.shows_asked_attributes)
    elif asked is not None:
        del whole["Attributes"]  # whether an empty list asks for none or for all is not settled
    return whole
