"""Listings that come in pages: one helper for every List operation.

What is promised of a listing: a page holds at most `limit` items, each exists, none comes twice, and what
existed from the first page to the last has come by the end. A page may be short or even empty although more
follow (facts page-clienttype-short, lu-empty-pages). What came or went meanwhile may be on a page or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, OneOf, Page
from cognito_model.requirements import paging as R
from cognito_model.world import Listing, World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement

REMEMBERED = 256
"""How many page tokens a world remembers; the oldest are forgotten first."""


def page(
    call: Call,
    because: Requirement,
    items: Mapping[Any, Any],
    *,
    member: str,
    key: str,
    limit: int,
    token: str = "NextToken",
    required: frozenset[Any] | None = None,
    ordered: bool = False,
    open: bool = False,  # noqa: A002 - the word of expect.Page
) -> Outcome:
    """The outcome of a List operation whose answer's `member` is one page of `items`.

    `items` maps each key (the value of an item's member `key`) to what the item looks like. `required` are
    the keys that must have come by the last page: all of `items` unless told otherwise. `token` is the member
    that carries page tokens in the request and in the answer. All other members of the request, its limit
    apart, must stay the same from page to page.
    """
    given = call.params.get(token)
    listing = call.world.listings.get(given) if given is not None else None
    call.refuse_if(given is not None and listing is None, R.page_token_is_genuine)
    asked = question(call, token)
    if listing is None:
        seen: frozenset[Any] = frozenset()
        wanted = frozenset(items) if required is None else required
    else:
        call.tolerate_if(
            (listing.operation, listing.asked) != (call.operation, asked), R.page_token_is_genuine
        )
        # Whether a token counts on when something that it may stand for is gone is not settled.
        call.tolerate_if((listing.seen | listing.required) - frozenset(items), R.page_token_is_genuine)
        seen = listing.seen
        wanted = listing.required & frozenset(items) - seen
    left = {name: item for name, item in items.items() if name not in seen}
    following = call.fresh("PageToken")
    expected: Any = Because(following, R.token_comes_while_more_remain)
    if len(wanted) <= limit:
        expected = OneOf.of(following, ABSENT) if len(left) > limit else OneOf.of(ABSENT, following)

    def follow(keys: tuple[Any, ...], more: bool) -> World:
        if not more:
            return call.world
        came = frozenset(keys)
        after = Listing(call.operation, asked, seen | came, wanted - came)
        kept = list(call.world.listings.items())[1 - REMEMBERED :]
        return replace(call.world, listings={**dict(kept), following: after})

    bound = Because(limit, R.page_keeps_limit)
    if not call.refusals:
        # Only beside all that came before does an item come twice, whichever it is.
        place = "first" if given is None else "next" if seen and seen <= frozenset(items) else "rest"
        call.note(f"page:{place}{' of more' if len(wanted) > limit else ''}")
    return call.reply(
        because,
        page=member,
        follow=follow,
        **{member: Page(left, key, wanted, limit, token, ordered, open, bound), token: expected},
    )


def question(call: Call, token: str) -> dict[str, Any]:
    """What a listing is about: the request without its page token and its limit."""
    return {name: value for name, value in call.params.items() if name not in (token, "MaxResults", "Limit")}


def limit(given: Any, default: int = 60) -> int:
    """The most items that a page may hold: what the client asks for, or the API's own maximum."""
    return given if isinstance(given, int) and given > 0 else default
