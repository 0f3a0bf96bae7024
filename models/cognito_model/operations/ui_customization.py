"""GetUICustomization, SetUICustomization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import domains, resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, AtLeast, Because, Exactly, OneOf, Pattern, Present
from cognito_model.operations.common import instant, need_client, need_pool
from cognito_model.requirements import ui_customization as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "UICustomizations"
ALL = "ALL"
ALLOWED = "-customizable"
"""What the name of every class that may be styled ends with."""
IMAGE = Pattern(r"https://.+", "https://d111111abcdef8.cloudfront.net/logo.png")


def selectors(css: str) -> list[str]:
    """What the rules of a style sheet are about."""
    rules = [part.split("{") for part in css.split("}")]
    return [rule[0].strip() for rule in rules if len(rule) > 1 and rule[0].strip()]


def subject(call: Call) -> tuple[Pool, Any]:
    """The pool, and the client whose look it is about, or ALL."""
    pool = need_pool(call)
    key: Any = ALL
    if call.ClientId not in (None, ALL):
        pool, client = need_client(call, pool)
        key = client.id
    call.refuse_if(not domains.of_pool(call.world, pool), R.needs_domain)
    return pool, key


def looks(look: Resource, asked: Any, modified: Any) -> dict[str, Any]:
    """UICustomizationType of what was set, for who asked.

    Whether the look of all that a client inherits comes with ALL or with the client's own id no fact tells.
    """
    cause = look.cause("CSS", R.sets_look)
    members: dict[str, Any] = {
        "UserPoolId": look.members["UserPoolId"],
        "ClientId": OneOf.of(ALL, asked, ABSENT) if look.key == ALL else look.key,
        # Amazon's own examples lack both (fact ui-without-dates).
        "CreationDate": OneOf.of(look.created, ABSENT),
        "LastModifiedDate": OneOf.of(modified, ABSENT),
    }
    if look.members["CSS"]:
        members["CSS"] = Because(look.members["CSS"], cause)
        members["CSSVersion"] = Because(Present("20190128172214"), cause)
    if look.members["ImageFile"]:
        members["ImageUrl"] = Because(IMAGE, cause)
    return members


@operation("GetUICustomization")
def get_ui_customization(call: Call) -> Outcome:
    """Show the look of the hosted UI for a client, or for all."""
    pool, key = subject(call)
    table = resources.table(pool, KIND)
    look = table.get(key) or table.get(ALL)
    if look is None:
        return call.reply(R.empty_unless_set, UICustomization=OneOf.of(Exactly({}), ABSENT))
    modified = OneOf.of(look.modified, AtLeast(instant(call), look.created))
    return call.reply(R.shows_look, UICustomization=looks(look, key, modified))


@operation("SetUICustomization")
def set_ui_customization(call: Call) -> Outcome:
    """Set the look of the hosted UI for a client, or for all; with nothing given, clear it."""
    pool, key = subject(call)
    for selector in selectors(call.CSS or ""):
        # Which of the classes with this ending there are is not looked at.
        call.refuse_if(ALLOWED not in selector, R.css_class_is_allowed, selector.lstrip("."))
    before = resources.table(pool, KIND).get(key)
    if not call.CSS and not call.ImageFile:
        cleared = resources.drop(call, pool, R.clears_look, KIND, key)
        return call.reply(R.clears_look, call.world.with_pool(cleared), UICustomization=Present({}))
    now = instant(call)
    created = now if before is None else before.created
    empty = {"UserPoolId": pool.id, "CSS": None, "ImageFile": None}
    look = Resource(key, empty if before is None else before.members, created, now)
    look = resources.write(call, look, R.sets_look, {"CSS": call.CSS, "ImageFile": call.ImageFile})
    return call.reply(
        R.sets_look,
        call.world.with_pool(resources.put(call, pool, R.sets_look, KIND, look)),
        UICustomization=looks(look, key, AtLeast(now, created)),
    )
