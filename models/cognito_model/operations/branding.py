"""Managed login branding: create, describe by id and by client, update, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, AtLeast, Bag, Because, OneOf, Present
from cognito_model.operations.common import at_creation, instant, need_client, need_pool
from cognito_model.requirements import branding as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome, Reply
    from cognito_model.world import Pool

KIND = "Brandings"
DEFAULT = "UseCognitoProvidedValues"
MEMBERS = (DEFAULT, "Settings", "Assets")


def of_client(pool: Pool, client: Any) -> Resource | None:
    """The style of an app client, or None."""
    table = resources.table(pool, KIND)
    return next((style for style in table.values() if style.members["ClientId"] == client), None)


@operation("CreateManagedLoginBranding")
def create_managed_login_branding(call: Call) -> Outcome:
    """Make a style for an app client."""
    pool, client = need_client(call, need_pool(call))
    call.refuse_if(of_client(pool, client.id), R.client_has_one_style, client.id)
    check(call)
    now = instant(call)
    key = call.fresh("BrandingId")
    empty = {"UserPoolId": pool.id, "ClientId": client.id, "UseCognitoProvidedValues": False}
    style = Resource(key, empty, now, now)
    style = resources.write(call, style, R.creates_style, given(call))
    world = call.world.with_pool(resources.put(call, pool, R.creates_style, KIND, style))
    return call.reply(R.creates_style, world, ManagedLoginBranding=looks(style, at_creation(call, now)))


def given(call: Call) -> dict[str, Any]:
    """The changeable members that the request names."""
    named = {name: call.params[name] for name in MEMBERS if call.params.get(name) is not None}
    return {**named, DEFAULT: uses_defaults(call)} if DEFAULT in named else named


def uses_defaults(call: Call) -> bool:
    """Whether the request asks for Cognito's own values; it may say so in words (fact ser-boolean-forms)."""
    value = call.UseCognitoProvidedValues
    return value.lower() != "false" if isinstance(value, str) else bool(value)


def check(call: Call) -> None:
    """Refuse what no style can be."""
    has_settings = call.Settings is not None
    call.refuse_if(uses_defaults(call) and has_settings, R.settings_beside_defaults)
    call.refuse_if(not uses_defaults(call) and not has_settings, R.settings_or_defaults)
    icons = [asset for asset in call.Assets or () if asset and asset.get("Extension") == "ICO"]
    misplaced = [icon for icon in icons if not str(icon.get("Category", "")).startswith("FAVICON")]
    call.refuse_if(misplaced, R.icon_is_favicon)
    call.tolerate_if(call.Settings or call.Assets, R.settings_are_known)


def looks(style: Resource, modified: Any, *, merged: bool = False) -> dict[str, Any]:
    """ManagedLoginBrandingType of a style; `merged` with the settings that it does not name itself."""
    default = bool(style.members.get("UseCognitoProvidedValues"))
    members: dict[str, Any] = {
        "ManagedLoginBrandingId": style.key,
        "UserPoolId": style.members["UserPoolId"],
        "UseCognitoProvidedValues": style.shown("UseCognitoProvidedValues"),
        "CreationDate": style.created,
        "LastModifiedDate": modified,
        "Assets": Because(assets(style), style.cause("Assets", R.creates_style)),
    }
    if merged:
        members["Settings"] = OneOf.of(Present({}), ABSENT)
        del members["Assets"]
    elif default:
        members["Settings"] = Because(ABSENT, R.default_style_has_no_settings)
    elif style.members.get("Settings") is not None:
        members["Settings"] = style.shown("Settings")
    return members


def assets(style: Resource) -> Bag:
    """The style's images, in any order; the service may add to each."""
    return Bag(tuple(style.members.get("Assets") or ()))


def later(call: Call, style: Resource) -> Any:
    """What LastModifiedDate of a style must look like in a reading."""
    return OneOf.of(style.modified, AtLeast(instant(call), style.created))


def need_style(call: Call, pool: Pool) -> Resource:
    """The style that ManagedLoginBrandingId names; the call is refused where there is none."""
    return resources.need(call, pool, KIND, call.ManagedLoginBrandingId, R.style_exists, R.deletes_style)


@operation("DescribeManagedLoginBranding")
def describe_managed_login_branding(call: Call) -> Outcome:
    """Show a style."""
    style = need_style(call, need_pool(call))
    shown = looks(style, later(call, style), merged=bool(call.ReturnMergedResources))
    return call.reply(R.shows_style, ManagedLoginBranding=shown)


@operation("DescribeManagedLoginBrandingByClient")
def describe_managed_login_branding_by_client(call: Call) -> Outcome:
    """Show the style of an app client."""
    pool, client = need_client(call, need_pool(call))
    style = of_client(pool, client.id)
    if style is None:
        call.refuse(R.client_has_style, client.id)
    shown = looks(style, later(call, style), merged=bool(call.ReturnMergedResources))
    return call.reply(R.shows_style, ManagedLoginBranding=shown)


@operation("UpdateManagedLoginBranding")
def update_managed_login_branding(call: Call) -> Outcome:
    """Change what the request names of a style; what it does not name the answer shows, where that is not settled."""
    pool = need_pool(call)
    style = need_style(call, pool)
    check(call)
    style = call.change(style, R.updates_style, modified=instant(call))
    style = resources.write(call, style, R.updates_style, given(call))
    if call.Assets:
        style = resources.write(call, style, R.adds_assets, {"Assets": added(call, pool)})
    replies: list[Reply] = []
    for state in readings(call, style):
        world = call.world.with_pool(resources.put(call, pool, R.updates_style, KIND, state))
        shown = looks(state, AtLeast(state.modified, state.created))
        replies += call.reply(R.updates_style, world, ManagedLoginBranding=shown).replies
    return call.outcome(*replies)


def added(call: Call, pool: Pool) -> list[Any]:
    """The images of the style with those that the request brings, one for each place and colour scheme."""
    before = resources.table(pool, KIND)[call.ManagedLoginBrandingId].members.get("Assets") or ()
    images = {(image.get("Category"), image.get("ColorMode")): image for image in (*before, *call.Assets)}
    return list(images.values())


def readings(call: Call, style: Resource) -> list[Resource]:
    """The styles that this one may be after the update, the likeliest first."""
    default = style.members.get("UseCognitoProvidedValues")
    if default and call.Settings is not None:
        own = resources.write(call, style, R.own_settings_end_default, {"UseCognitoProvidedValues": False})
        return [own, style]
    if default and uses_defaults(call):
        style = resources.write(call, style, R.updates_style, {"Settings": None})
        if style.members.get("Assets") and not call.Assets:
            return [style, resources.write(call, style, R.default_may_end_assets, {"Assets": None})]
    return [style]


@operation("DeleteManagedLoginBranding")
def delete_managed_login_branding(call: Call) -> Outcome:
    """Delete a style."""
    pool = need_pool(call)
    style = need_style(call, pool)
    return call.reply(R.deletes_style, resources.without(call, pool, R.deletes_style, KIND, style.key))
